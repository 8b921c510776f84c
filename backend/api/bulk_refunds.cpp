#include "api/bulk_refunds.h"

#include <array>

namespace api {

namespace {

constexpr std::array<std::pair<RefundShare, const char *>, 3> kShares = {
    {{RefundShare::Full, "full"}, {RefundShare::Half, "half"}, {RefundShare::Amount, "amount"}}};
constexpr qsizetype kWordsMax = 50;

Error badWish(const QString &detail)
{
    return {.code = ErrorCode::BadInput, .detail = detail};
}

Json listOf(const QStringList &words)
{
    Json list = Json::array();
    for (const QString &word : words)
        list.push_back(word.toStdString());
    return list;
}

/// Absent is empty.
Result<QStringList> wordsMember(const Json &json, const char *name)
{
    const Json *list = core::member(json, name);
    if (!list)
        return QStringList();
    if (!list->is_array() || list->size() > kWordsMax)
        return failure(badWish(QStringLiteral("%1 is a list of words").arg(QLatin1String(name))));
    QStringList words;
    for (const Json &word : *list) {
        if (!word.is_string())
            return failure(
                badWish(QStringLiteral("%1 is a list of words").arg(QLatin1String(name))));
        words << QString::fromStdString(word.get<std::string>());
    }
    words.sort(); // the same calls are the same query
    words.removeDuplicates();
    return words;
}

Result<Timestamp> timeMember(const Json &json, const char *name)
{
    const auto time = core::fromIso(core::textMember(json, name).value_or(QString()));
    if (!time)
        return failure(badWish(
            QStringLiteral("%1 is a time such as 2026-11-22T08:00:00Z").arg(QLatin1String(name))));
    return time;
}

Money moneyIn(const Json &json, const char *name)
{
    return Money::fromMicros(core::integerMember(json, name).value_or(0));
}

} // namespace

QString nameOf(RefundShare share)
{
    for (const auto &[value, name] : kShares) {
        if (value == share)
            return QString::fromLatin1(name);
    }
    return {};
}

Json toJson(const BulkRefundQuery &query)
{
    Json json = {{"from", core::toIso(query.from)}, {"to", core::toIso(query.to)}};
    if (!query.disconnections.isEmpty())
        json["disconnections"] = listOf(query.disconnections);
    if (!query.states.isEmpty())
        json["states"] = listOf(query.states);
    if (!query.regions.isEmpty())
        json["regions"] = listOf(query.regions);
    if (query.script)
        json["script"] = *query.script;
    if (query.customer)
        json["customer"] = query.customer->value;
    return json;
}

Json toJson(const BulkRefundWish &wish)
{
    Json json = {{"v", 1},
                 {"query", toJson(wish.query)},
                 {"share", nameOf(wish.share)},
                 {"reason", wish.reason},
                 {"note", wish.note}};
    if (wish.share == RefundShare::Amount)
        json["each"] = wish.each.micros();
    return json;
}

Result<BulkRefundQuery> bulkQueryFromJson(const Json &json)
{
    const auto from = timeMember(json, "from");
    const auto to = from ? timeMember(json, "to") : failure(from.error());
    if (!to)
        return failure(to.error());
    const auto disconnections = wordsMember(json, "disconnections");
    const auto states = disconnections ? wordsMember(json, "states") : disconnections;
    const auto regions = states ? wordsMember(json, "regions") : states;
    if (!regions)
        return failure(regions.error());
    const auto customer = core::integerMember(json, "customer");
    return BulkRefundQuery{.from = *from,
                           .to = *to,
                           .disconnections = *disconnections,
                           .states = *states,
                           .regions = *regions,
                           .script = core::integerMember(json, "script"),
                           .customer =
                               customer ? std::optional(CustomerId{*customer}) : std::nullopt};
}

Result<BulkRefundWish> bulkWishFromJson(const Json &json)
{
    const Json *query = core::member(json, "query");
    if (!query || !query->is_object())
        return failure(badWish(QStringLiteral("a query says which calls")));
    auto read = bulkQueryFromJson(*query);
    if (!read)
        return failure(read.error());
    BulkRefundWish wish = {.query = std::move(*read),
                           .each = moneyIn(json, "each"),
                           .reason = core::textMember(json, "reason").value_or(QString()),
                           .note = core::textMember(json, "note").value_or(QString()).trimmed()};
    const QString share = core::textMember(json, "share").value_or(QString());
    for (const auto &[value, name] : kShares) {
        if (share != QLatin1String(name))
            continue;
        wish.share = value;
        if ((value == RefundShare::Amount) != wish.each.isPositive())
            return failure(badWish(QStringLiteral("an amount of each is above zero")));
        return wish;
    }
    return failure(badWish(QStringLiteral("of each call full, half or an amount")));
}

Json toJson(const BulkRefundPreview &preview)
{
    Json rows = Json::array();
    for (const BulkRefundRow &row : preview.rows)
        rows.push_back({{"call", row.call.value},
                        {"customer", row.customer.value},
                        {"paid", row.paid.micros()},
                        {"refunded", row.refunded.micros()},
                        {"amount", row.amount.micros()},
                        {"why", row.why}});
    return {{"rows", std::move(rows)},
            {"uncharged", preview.uncharged},
            {"calls", preview.calls},
            {"customers", preview.customers},
            {"total", preview.total.micros()},
            {"needs", nameOf(preview.needs)},
            {"rule", preview.rule},
            {"may_approve", preview.mayApprove},
            {"hash", preview.hash}};
}

Result<BulkRefundPreview> bulkPreviewFromJson(const Json &answer)
{
    const Json *rows = core::member(answer, "rows");
    const auto hash = core::textMember(answer, "hash");
    if (!rows || !rows->is_array() || !hash)
        return failure(badWish(QStringLiteral("this is no preview of a bulk refund")));
    BulkRefundPreview preview = {
        .rows = {},
        .uncharged = core::integerMember(answer, "uncharged").value_or(0),
        .calls = core::integerMember(answer, "calls").value_or(0),
        .customers = core::integerMember(answer, "customers").value_or(0),
        .total = moneyIn(answer, "total"),
        .needs = refundNeedsFrom(core::textMember(answer, "needs").value_or(QString())),
        .rule = core::textMember(answer, "rule").value_or(QString()),
        .mayApprove = core::boolMember(answer, "may_approve").value_or(false),
        .hash = *hash};
    for (const Json &row : *rows)
        preview.rows.append(
            {.call = {core::integerMember(row, "call").value_or(0)},
             .customer = CustomerId{core::integerMember(row, "customer").value_or(0)},
             .paid = moneyIn(row, "paid"),
             .refunded = moneyIn(row, "refunded"),
             .amount = moneyIn(row, "amount"),
             .why = core::textMember(row, "why").value_or(QString())});
    return preview;
}

} // namespace api
