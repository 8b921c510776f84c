#include "operators/preview_parts.h"

#include "core/crypto.h"
#include "language/markup.h"
#include "operators/refund_rules.h"

namespace operators {

namespace {

QString timerOf(const Waiting &what, qint64 id)
{
    return QStringLiteral("%1:%2").arg(what.expire).arg(id);
}

} // namespace

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

Result<api::RefundPreview> previewOf(engine::Context &context, const language::Catalogue &catalogue,
                                     const Command &command,
                                     const std::function<Result<Made>()> &work)
{
    api::RefundPreview preview;
    const auto looked = undone(context, [&]() -> Result<void> {
        const auto made = work();
        if (!made)
            return failure(made.error());
        // What only the commit would check is part of what it would do.
        if (auto checked =
                context.transaction().set(QStringLiteral("SET CONSTRAINTS ALL IMMEDIATE"));
            !checked)
            return failure(checked.error());
        const auto entries = entriesOf(context, made->transfer.id);
        if (!entries)
            return failure(entries.error());
        const auto message = shownMessage(context, catalogue, made->message, command.language);
        if (!message)
            return failure(message.error());
        preview.entries = *entries;
        preview.customerText = message->toCustomer;
        preview.operatorText = message->toOperator;
        return {};
    });
    if (!looked)
        return failure(looked.error());
    return preview;
}

QString referenceOf(TransferId transfer, bool isShown)
{
    return isShown ? QStringLiteral("T-…") : QStringLiteral("T-%1").arg(transfer.value);
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

Result<Timestamp> waitForOthers(engine::Context &context, const Waiting &what, qint64 id,
                                const QString &lane, std::optional<std::chrono::hours> howLong)
{
    const auto rules = refundRulesAt(context.transaction(), context.now());
    if (!rules)
        return failure(rules.error());
    const Timestamp until = context.now() + howLong.value_or(std::chrono::hours(rules->waitsHours));
    if (auto set = waitUntil(context, what, id, lane, until); !set)
        return failure(set.error());
    return until;
}

Result<void> waitUntil(engine::Context &context, const Waiting &what, qint64 id,
                       const QString &lane, Timestamp until)
{
    return context.schedule({.key = timerOf(what, id),
                             .dueAt = until,
                             .kind = what.expire,
                             .lane = lane,
                             .payload = {{"v", 1}, {what.noun, id}}});
}

Result<void> waitNoMore(engine::Context &context, const Waiting &what, qint64 id)
{
    return context.cancelTimer(timerOf(what, id));
}

Result<void> auditExpiry(engine::Context &context, const Waiting &what, qint64 id)
{
    const AuditLine line = {.operatorName = QStringLiteral("timer"),
                            .action = what.expire,
                            .object = QStringLiteral("%1 %2").arg(QLatin1String(what.noun)).arg(id),
                            .origin = QStringLiteral("server")};
    return writeAudit(context.transaction(), line, context.cause(), context.now());
}

} // namespace operators
