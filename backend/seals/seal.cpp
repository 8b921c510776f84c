#include "seals/seal.h"

#include "core/crypto.h"
#include "core/json.h"

namespace seals {

namespace {

constexpr qint64 kFormat = 1;
constexpr qsizetype kDigestBytes = 32;

QString hex(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toHex());
}

Json jsonOf(const Span &span)
{
    return {{"after", span.after},
            {"upto", span.upto},
            {"rows", span.rows},
            {"digest", hex(span.digest)}};
}

std::optional<Span> spanOf(const Json *json)
{
    if (!json)
        return std::nullopt;
    const auto after = core::integerMember(*json, "after");
    const auto upto = core::integerMember(*json, "upto");
    const auto rows = core::integerMember(*json, "rows");
    const QByteArray digest =
        QByteArray::fromHex(core::textMember(*json, "digest").value_or(QString()).toLatin1());
    if (!after || !upto || !rows || *after > *upto || *rows < 0 || digest.size() != kDigestBytes)
        return std::nullopt;
    return Span{*after, *upto, *rows, digest};
}

} // namespace

QByteArray bodyOf(const Seal &seal)
{
    return core::toBytes({{"v", kFormat},
                          {"seal", seal.number},
                          {"at", core::toIso(seal.at)},
                          {"transfers", jsonOf(seal.transfers)},
                          {"audit", jsonOf(seal.audit)},
                          {"previous", hex(seal.previous)}});
}

Result<Seal> sealOf(const QByteArray &body)
{
    const auto unreadable = [] {
        return failure(
            {.code = ErrorCode::BadInput, .detail = QStringLiteral("this is no seal we know")});
    };
    const auto json = core::parseJson(body);
    if (!json || core::integerMember(*json, "v") != kFormat)
        return unreadable();
    const auto number = core::integerMember(*json, "seal");
    const auto at = core::fromIso(core::textMember(*json, "at").value_or(QString()));
    const auto transfers = spanOf(core::member(*json, "transfers"));
    const auto audit = spanOf(core::member(*json, "audit"));
    const auto previous = core::textMember(*json, "previous");
    if (!number || !at || !transfers || !audit || !previous)
        return unreadable();
    return Seal{*number, *at, *transfers, *audit, QByteArray::fromHex(previous->toLatin1())};
}

QByteArray hashOf(const SignedSeal &seal)
{
    return core::sha256(seal.body);
}

} // namespace seals
