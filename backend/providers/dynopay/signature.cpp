#include "providers/dynopay/signature.h"

#include "core/assert.h"
#include "core/crypto.h"
#include "core/json.h"

#include <optional>

namespace providers::dynopay {

namespace {

constexpr qsizetype kSecondsDigitsMax = 12;

QByteArray hexOf(const QByteArray &secret, const QByteArray &message)
{
    return core::hmacSha256(secret, message).toHex();
}

std::optional<qint64> readSeconds(const QByteArray &digits)
{
    if (digits.isEmpty() || digits.size() > kSecondsDigitsMax)
        return std::nullopt;
    qint64 seconds = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9')
            return std::nullopt;
        seconds = seconds * 10 + (c - '0');
    }
    return seconds;
}

/// Whether a secret of ours makes one of `signatures` of `message`. Looks at all, found or not.
bool isSigned(const QByteArray &message, const QList<QByteArray> &signatures,
              const QList<QByteArray> &secrets)
{
    bool found = false;
    for (const QByteArray &secret : secrets) {
        const QByteArray expected = hexOf(secret, message);
        for (const QByteArray &signature : signatures)
            found |= core::equalInConstantTime(expected, signature) && !secret.isEmpty();
    }
    return found;
}

bool isNear(qint64 seconds, Timestamp now, std::chrono::seconds tolerance)
{
    const qint64 nowSeconds =
        std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    return qAbs(nowSeconds - seconds) <= tolerance.count();
}

struct V2 {
    QByteArray time; // as written: it is part of what is signed
    qint64 seconds = 0;
    QList<QByteArray> signatures;
};

/// t=<unix>,v1=<hex>[,v1=<hex>]; schemes of other names are none of ours.
std::optional<V2> readV2(const QByteArray &header)
{
    V2 v2;
    for (const QByteArray &part : header.split(',')) {
        const QByteArray trimmed = part.trimmed();
        if (trimmed.startsWith("t=")) {
            if (!v2.time.isEmpty())
                return std::nullopt;
            v2.time = trimmed.mid(2);
        } else if (trimmed.startsWith("v1=")) {
            v2.signatures << trimmed.mid(3).toLower();
        }
    }
    const auto seconds = readSeconds(v2.time);
    if (!seconds || v2.signatures.isEmpty())
        return std::nullopt;
    v2.seconds = *seconds;
    return v2;
}

/// Finds its way in a text that is known to be a JSON object.
class Scanner {
public:
    explicit Scanner(const QByteArray &text)
        : m_text(text)
    {
    }

    /// The body as V1 signs it: the top-level "timestamp" set to `seconds`, every other byte as it
    /// was.
    QByteArray withTimestamp(qint64 seconds)
    {
        const QByteArray number = QByteArray::number(seconds);
        m_at = m_text.indexOf('{') + 1;
        bool isEmpty = true;
        for (skipSpace(); current() == '"'; skipSpace()) {
            isEmpty = false;
            const QByteArray key = takeString();
            skipTo(':');
            ++m_at;
            skipSpace();
            const qsizetype begin = m_at;
            skipValue();
            if (key == "\"timestamp\"")
                return m_text.left(begin) + number + m_text.mid(m_at);
            skipSpace();
            if (current() == ',')
                ++m_at;
        }
        const QByteArray comma = isEmpty ? QByteArray() : QByteArray(",");
        return m_text.left(m_at) + comma + "\"timestamp\":" + number + m_text.mid(m_at);
    }

private:
    char current() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }

    void skipTo(char wanted)
    {
        while (m_at < m_text.size() && current() != wanted)
            ++m_at;
    }

    void skipSpace()
    {
        while (current() == ' ' || current() == '\t' || current() == '\n' || current() == '\r')
            ++m_at;
    }

    QByteArray takeString()
    {
        const qsizetype begin = m_at++;
        while (m_at < m_text.size() && current() != '"')
            m_at += current() == '\\' ? 2 : 1;
        ++m_at;
        return m_text.mid(begin, m_at - begin);
    }

    void skipValue()
    {
        int depth = 0;
        while (m_at < m_text.size()) {
            const char c = current();
            if (depth == 0 && (c == ',' || c == '}'))
                break;
            if (c == '"') {
                takeString();
                continue;
            }
            depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
            ++m_at;
        }
        while (m_at > 0 && QByteArrayView(" \t\r\n").contains(m_text[m_at - 1]))
            --m_at;
    }

    const QByteArray &m_text;
    qsizetype m_at = 0;
};

/// What V1 signs; nullopt: the body is no JSON object.
std::optional<QByteArray> messageV1(QByteArrayView body, qint64 seconds)
{
    const auto json = core::parseJson(body);
    if (!json || !json->is_object())
        return std::nullopt;
    const QByteArray text = body.toByteArray();
    return Scanner(text).withTimestamp(seconds);
}

SignatureVerdict verifyV2(const QByteArray &header, QByteArrayView body,
                          const QList<QByteArray> &secrets, Timestamp now,
                          std::chrono::seconds tolerance)
{
    const auto v2 = readV2(header);
    if (!v2 || !isSigned(v2->time + '.' + body.toByteArray(), v2->signatures, secrets))
        return SignatureVerdict::Wrong;
    return isNear(v2->seconds, now, tolerance) ? SignatureVerdict::ValidV2
                                               : SignatureVerdict::Stale;
}

SignatureVerdict verifyV1(const SignatureHeaders &headers, QByteArrayView body,
                          const QList<QByteArray> &secrets, Timestamp now,
                          std::chrono::seconds tolerance)
{
    const auto seconds = readSeconds(headers.timestamp.trimmed());
    const auto message = seconds ? messageV1(body, *seconds) : std::nullopt;
    if (!message || !isSigned(*message, {headers.v1.trimmed().toLower()}, secrets))
        return SignatureVerdict::Wrong;
    return isNear(*seconds, now, tolerance) ? SignatureVerdict::ValidV1 : SignatureVerdict::Stale;
}

} // namespace

QLatin1String name(SignatureVerdict verdict)
{
    switch (verdict) {
    case SignatureVerdict::ValidV2: return QLatin1String("ValidV2");
    case SignatureVerdict::ValidV1: return QLatin1String("ValidV1");
    case SignatureVerdict::Absent: return QLatin1String("Absent");
    case SignatureVerdict::Wrong: return QLatin1String("Wrong");
    case SignatureVerdict::Stale: return QLatin1String("Stale");
    }
    CORE_ASSERT(false);
    return {};
}

SignatureVerdict verifySignature(const SignatureHeaders &headers, QByteArrayView body,
                                 const QList<QByteArray> &secrets, Timestamp now,
                                 std::chrono::seconds tolerance)
{
    if (secrets.isEmpty() || (headers.v2.isEmpty() && headers.v1.isEmpty()))
        return SignatureVerdict::Absent;
    return headers.v2.isEmpty() ? verifyV1(headers, body, secrets, now, tolerance)
                                : verifyV2(headers.v2, body, secrets, now, tolerance);
}

QByteArray signV2(QByteArrayView body, qint64 unixSeconds, const QList<QByteArray> &secrets)
{
    const QByteArray time = QByteArray::number(unixSeconds);
    QByteArray header = "t=" + time;
    for (const QByteArray &secret : secrets)
        header += ",v1=" + hexOf(secret, time + '.' + body.toByteArray());
    return header;
}

QByteArray signV1(QByteArrayView body, qint64 unixSeconds, const QByteArray &secret)
{
    const auto message = messageV1(body, unixSeconds);
    return message ? hexOf(secret, *message) : QByteArray();
}

} // namespace providers::dynopay
