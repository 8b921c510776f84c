#include "operators/import_command.h"

#include "customers/opening_balance.h"
#include "operators/agreement.h"
#include "subscriptions/moved_in.h"

namespace operators {

namespace {

constexpr size_t kRowsMax = 200;
constexpr qsizetype kFileDigits = 8;

Result<std::vector<customers::ImportRow>> rowsOf(const Json &payload)
{
    const Json *list = core::member(payload, "rows");
    if (!list || !list->is_array() || list->empty() || list->size() > kRowsMax)
        return failure({.code = ErrorCode::BadInput,
                        .detail = QStringLiteral("an import has 1 to %1 rows").arg(kRowsMax)});
    std::vector<customers::ImportRow> rows;
    for (const Json &json : *list) {
        auto row = customers::importRowFrom(json);
        if (!row)
            return failure(row.error());
        rows.push_back(*std::move(row));
    }
    return rows;
}

AuditLine lineOf(const Command &command, const Json &payload, size_t count, Money total)
{
    const QString file = core::textMember(payload, "file").value_or(QString()).left(kFileDigits);
    return {.operatorId = command.by,
            .operatorName = command.name,
            .roles = command.roles,
            .action = command.kind,
            .object = QStringLiteral("file %1").arg(file),
            .result = AuditResult::Done,
            .reason = QStringLiteral("%1 customers, %2 USD").arg(count).arg(total.toString()),
            .origin = command.origin};
}

/// The same rows of the same file.
Wish wishOf(const Json &payload, const std::vector<customers::ImportRow> &rows)
{
    Money total;
    for (const customers::ImportRow &row : rows)
        total += row.balance;
    return {
        .what = QStringLiteral("move in %1 customers with %2 USD")
                    .arg(rows.size())
                    .arg(total.toString()),
        .content = {{"file", core::textMember(payload, "file").value_or(QString()).toStdString()},
                    {"rows", payload.at("rows")}}};
}

/// The customer, and behind them on their lane the plan.
Result<void> postRow(engine::Context &context, const customers::ImportRow &row)
{
    if (auto posted = customers::postImport(context, row); !posted || !row.planEnds)
        return posted;
    return subscriptions::postMoveIn(
        context, row.id, row.plan, *row.planEnds,
        QStringLiteral("import:%1:%2:plan").arg(context.cause().value).arg(row.line));
}

} // namespace

Result<CommandOutcome> importCustomers(engine::Context &context, const Command &command,
                                       const Json &payload)
{
    const auto rows = rowsOf(payload);
    if (!rows)
        return failure(rows.error());
    const auto differing = customers::linesThatDiffer(context.transaction(), *rows);
    if (!differing)
        return failure(differing.error());
    if (!differing->isEmpty())
        return refused("OpeningDiffers",
                       QStringLiteral("moved in before with another balance: line %1")
                           .arg(differing->join(QStringLiteral(", "))));
    // Balances that nobody paid in are what a correction is: two people agree to them.
    auto waits = waitsForSecond(context, command, wishOf(payload, *rows));
    if (!waits)
        return failure(waits.error());
    if (*waits)
        return **waits;
    Money total;
    for (const customers::ImportRow &row : *rows) {
        if (auto posted = postRow(context, row); !posted)
            return failure(posted.error());
        total += row.balance;
    }
    return CommandOutcome{.answer = {{"customers", rows->size()}, {"total", total.micros()}},
                          .audit = lineOf(command, payload, rows->size(), total)};
}

} // namespace operators
