#include "operators/preview_parts.h"

#include "core/crypto.h"
#include "language/markup.h"

namespace operators {

Result<QList<api::RefundEntry>> entriesOf(engine::Context &context, TransferId transfer)
{
    const auto rows = context.transaction().run(
        QStringLiteral("SELECT account, is_customers, amount, balance_after FROM entries WHERE "
                       "transfer_id = ? ORDER BY amount, account"),
        {transfer.value});
    if (!rows)
        return failure(rows.error());
    QList<api::RefundEntry> entries;
    for (qsizetype i = 0; i < rows->size(); ++i) {
        const database::Row row = (*rows)[i];
        api::RefundEntry entry = {.account = row.text("account"),
                                  .isCustomers = row.boolean("is_customers"),
                                  .amount = row.money("amount"),
                                  .before = {},
                                  .after = {}};
        if (!row.isNull("balance_after")) {
            entry.after = row.money("balance_after");
            entry.before = *entry.after - entry.amount;
        }
        entries.append(entry);
    }
    return entries;
}

Result<ShownMessage> shownMessage(engine::Context &context, const language::Catalogue &catalogue,
                                  OutboxId message, const QString &operatorLanguage)
{
    if (message.value == 0)
        return ShownMessage();
    const auto rows = context.transaction().run(
        QStringLiteral("SELECT payload #>> '{parameters,text}' AS shown, (payload -> 'texts' -> "
                       "0)::text AS text FROM outbox WHERE id = ?"),
        {message.value});
    if (!rows)
        return failure(rows.error());
    const auto json = core::parseJson(rows->first().text("text").toUtf8());
    if (!json)
        return failure(json.error());
    const auto text = language::textFromJson(*json);
    if (!text)
        return failure(text.error());
    const auto translated = catalogue.render(*text, operatorLanguage);
    if (!translated)
        return failure(translated.error());
    return ShownMessage{.toCustomer = language::withoutMarkup(rows->first().text("shown")),
                        .toOperator = language::withoutMarkup(translated->text)};
}

Result<void> undone(engine::Context &context, const std::function<Result<void>()> &work)
{
    Result<void> done;
    const auto attempted = context.transaction().attempt([&]() -> Result<void> {
        done = work();
        return failure({.code = ErrorCode::BadInput, .detail = QStringLiteral("only looked at")});
    });
    // The connection may have gone while it was being undone.
    if (attempted.error().code == ErrorCode::DatabaseUnavailable)
        return failure(attempted.error());
    return done;
}

bool isSameHash(const QString &left, const QString &right)
{
    return core::equalInConstantTime(left.toLatin1(), right.toLatin1());
}

CommandOutcome figuresChanged()
{
    return refused("FiguresChanged",
                   QStringLiteral("the preview is of other figures; look at it again"));
}

} // namespace operators
