#include "api/operators.h"

#include "core/assert.h"

#include <QStringList>

#include <array>

namespace api {

namespace {

constexpr std::array<std::pair<RefundNeeds, const char *>, 4> kNeeds = {
    {{RefundNeeds::Nobody, "nobody"},
     {RefundNeeds::SeniorOrFinance, "senior_or_finance"},
     {RefundNeeds::Finance, "finance"},
     {RefundNeeds::TwoPeople, "two_people"}}};

Json toJson(const std::optional<Money> &amount)
{
    return amount ? Json(amount->micros()) : Json();
}

std::optional<Money> moneyMember(const Json &object, const char *key)
{
    const auto micros = core::integerMember(object, key);
    return micros ? std::optional(Money::fromMicros(*micros)) : std::nullopt;
}

RefundEntry entryFromJson(const Json &json)
{
    return {.account = core::textMember(json, "account").value_or(QString()),
            .isCustomers = core::boolMember(json, "customers").value_or(false),
            .amount = moneyMember(json, "amount").value_or(Money()),
            .before = moneyMember(json, "before"),
            .after = moneyMember(json, "after")};
}

} // namespace

QStringList refundReasons()
{
    return {QStringLiteral("call_failed"),       QStringLiteral("bad_audio"),
            QStringLiteral("wrong_destination"), QStringLiteral("not_answered_but_charged"),
            QStringLiteral("ai_malfunction"),    QStringLiteral("duplicate_charge"),
            QStringLiteral("overcharged"),       QStringLiteral("price_error"),
            QStringLiteral("goodwill"),          QStringLiteral("other")};
}

QStringList planRefundReasons()
{
    return {QStringLiteral("plan_not_used"), QStringLiteral("duplicate_charge"),
            QStringLiteral("overcharged"),   QStringLiteral("price_error"),
            QStringLiteral("goodwill"),      QStringLiteral("other")};
}

QString nameOf(RefundNeeds needs)
{
    for (const auto &[value, name] : kNeeds) {
        if (value == needs)
            return QString::fromLatin1(name);
    }
    CORE_ASSERT(false);
    return {};
}

RefundNeeds refundNeedsFrom(const QString &name)
{
    for (const auto &[value, known] : kNeeds) {
        if (name == QLatin1String(known))
            return value;
    }
    return RefundNeeds::TwoPeople;
}

Json toJson(const RefundWish &wish)
{
    Json json = {
        {"v", 1}, {"amount", wish.amount.micros()}, {"reason", wish.reason}, {"note", wish.note}};
    if (wish.payment)
        json["payment"] = wish.payment->value;
    else
        json["call"] = wish.call.value;
    if (wish.request)
        json["refund"] = wish.request->value;
    return json;
}

Json toJson(const RefundPreview &preview)
{
    Json entries = Json::array();
    for (const RefundEntry &entry : preview.entries)
        entries.push_back({{"account", entry.account},
                           {"customers", entry.isCustomers},
                           {"amount", entry.amount.micros()},
                           {"before", toJson(entry.before)},
                           {"after", toJson(entry.after)}});
    return {{"paid", preview.paid.micros()},
            {"refunded", preview.refunded.micros()},
            {"refundable", preview.refundable.micros()},
            {"entries", std::move(entries)},
            {"customer_language", preview.customerLanguage},
            {"customer_text", preview.customerText},
            {"operator_text", preview.operatorText},
            {"needs", nameOf(preview.needs)},
            {"rule", preview.rule},
            {"may_execute", preview.mayExecute},
            {"hash", preview.hash}};
}

Result<RefundPreview> refundPreviewFromJson(const Json &answer)
{
    const auto refundable = moneyMember(answer, "refundable");
    const auto hash = core::textMember(answer, "hash");
    const Json *entries = core::member(answer, "entries");
    if (!refundable || !hash || !entries || !entries->is_array())
        return failure({.code = ErrorCode::BadInput,
                        .detail = QStringLiteral("this is no preview of a refund")});
    RefundPreview preview = {
        .paid = moneyMember(answer, "paid").value_or(Money()),
        .refunded = moneyMember(answer, "refunded").value_or(Money()),
        .refundable = *refundable,
        .entries = {},
        .customerLanguage = core::textMember(answer, "customer_language").value_or(QString()),
        .customerText = core::textMember(answer, "customer_text").value_or(QString()),
        .operatorText = core::textMember(answer, "operator_text").value_or(QString()),
        .needs = refundNeedsFrom(core::textMember(answer, "needs").value_or(QString())),
        .rule = core::textMember(answer, "rule").value_or(QString()),
        .mayExecute = core::boolMember(answer, "may_execute").value_or(false),
        .hash = *hash};
    for (const Json &entry : *entries)
        preview.entries.append(entryFromJson(entry));
    return preview;
}

} // namespace api
