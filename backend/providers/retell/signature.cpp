#include "providers/retell/signature.h"

#include "core/crypto.h"

#include <algorithm>
#include <optional>

namespace providers::retell {

namespace {

constexpr qint64 kMillisMax = 9'007'199'254'740'991; // 2^53 - 1: JavaScript's largest safe integer
constexpr qsizetype kDigestCharacters = 64;

struct Parts {
    qint64 millis = 0;
    QByteArray digest; // 64 characters of lower-case hex
};

qint64 millisOf(Timestamp moment)
{
    return std::chrono::floor<std::chrono::milliseconds>(moment).time_since_epoch().count();
}

bool isHex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

/// A run of digits; nullopt: none, another character, or above 2^53 - 1.
std::optional<qint64> readMillis(QByteArrayView digits)
{
    qint64 millis = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9')
            return std::nullopt;
        millis = millis * 10 + (c - '0');
        if (millis > kMillisMax)
            return std::nullopt;
    }
    return digits.isEmpty() ? std::nullopt : std::optional(millis);
}

/// v=<digits>,d=<64 hex>, in either case, and nothing else.
std::optional<Parts> readHeader(QByteArrayView header)
{
    const QByteArray lower = header.toByteArray().toLower();
    const qsizetype comma = lower.indexOf(',');
    if (!lower.startsWith("v=") || comma < 0 || lower.mid(comma, 3) != ",d=")
        return std::nullopt;
    const auto millis = readMillis(QByteArrayView(lower).sliced(2, comma - 2));
    const QByteArray digest = lower.mid(comma + 3);
    if (!millis || digest.size() != kDigestCharacters ||
        !std::all_of(digest.cbegin(), digest.cend(), isHex))
        return std::nullopt;
    return Parts{.millis = *millis, .digest = digest};
}

QByteArray digestOf(QByteArrayView body, QByteArrayView apiKey, qint64 millis)
{
    return core::hmacSha256(apiKey, body.toByteArray() + QByteArray::number(millis)).toHex();
}

} // namespace

SignatureVerdict verifySignature(QByteArrayView header, QByteArrayView body, QByteArrayView apiKey,
                                 Timestamp now)
{
    if (header.isEmpty())
        return SignatureVerdict::Absent;
    const auto parts = readHeader(header);
    if (!parts || apiKey.isEmpty())
        return SignatureVerdict::Wrong;
    if (!core::equalInConstantTime(digestOf(body, apiKey, parts->millis), parts->digest))
        return SignatureVerdict::Wrong;
    const std::chrono::milliseconds apart(qAbs(millisOf(now) - parts->millis));
    return apart <= kSignatureTolerance ? SignatureVerdict::Valid : SignatureVerdict::Stale;
}

QByteArray sign(QByteArrayView body, QByteArrayView apiKey, Timestamp now)
{
    const qint64 millis = millisOf(now);
    return "v=" + QByteArray::number(millis) + ",d=" + digestOf(body, apiKey, millis);
}

} // namespace providers::retell
