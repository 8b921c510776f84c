#include "ui/pages/refunds/batch_words.h"

#include "api/permissions.h"
#include "ui/support/format.h"
#include "ui/support/rights.h"

#include <QCoreApplication>

namespace ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Batches)
};

/// "2026-11-20 08:00"; a period is of whole minutes.
QString minuteWords(Timestamp at, const QTimeZone &zone)
{
    return formatFullMoment(at, zone).left(16);
}

} // namespace

RequestStateWords batchStateWords(const api::RefundBatch &batch)
{
    if (batch.isRunning())
        return {Words::tr("Running"), QStringLiteral("loader"), Token::Info};
    if (batch.state == QLatin1String("done") && batch.refused > 0)
        return {Words::tr("Done in part"), QStringLiteral("triangle-alert"), Token::Warn};
    if (batch.state == QLatin1String("cancelled") && batch.startedAt)
        return {Words::tr("Stopped"), QStringLiteral("stop"), Token::Muted};
    api::MoneyRequest request;
    request.state = batch.state;
    return requestStateWords(request);
}

RequestStateWords batchCallStateWords(const QString &state)
{
    if (state == QLatin1String("planned"))
        return {Words::tr("To come"), QStringLiteral("hourglass"), Token::Muted};
    if (state == QLatin1String("done"))
        return {Words::tr("Given back"), QStringLiteral("circle-check"), Token::Good};
    if (state == QLatin1String("refused"))
        return {Words::tr("Refused"), QStringLiteral("circle-x"), Token::Bad};
    if (state == QLatin1String("left"))
        return {Words::tr("Left out"), QStringLiteral("circle-minus"), Token::Muted};
    return {state, QStringLiteral("circle-dot"), Token::Muted};
}

QList<std::pair<QString, QString>> batchStateFilterWords()
{
    return {{QStringLiteral("waits"), QStringLiteral("pending_approval")},
            {QStringLiteral("one-agreed"), QStringLiteral("approved")},
            {QStringLiteral("running"), QStringLiteral("running")},
            {QStringLiteral("done"), QStringLiteral("done")},
            {QStringLiteral("rejected"), QStringLiteral("rejected")},
            {QStringLiteral("stopped"), QStringLiteral("cancelled")},
            {QStringLiteral("too-late"), QStringLiteral("expired")},
            {QStringLiteral("void"), QStringLiteral("void")}};
}

QList<std::pair<QString, QString>> batchCallStateFilterWords()
{
    return {{QStringLiteral("to-come"), QStringLiteral("planned")},
            {QStringLiteral("given-back"), QStringLiteral("done")},
            {QStringLiteral("refused"), QStringLiteral("refused")},
            {QStringLiteral("left-out"), QStringLiteral("left")}};
}

QString batchName(api::BatchId id)
{
    return QStringLiteral("B-%1").arg(id.value);
}

QString batchQueryWords(const api::BulkRefundQuery &query, const Display &display)
{
    const QString list = QStringLiteral(", ");
    const QString from = minuteWords(query.from, display.zone());
    QString to = minuteWords(query.to, display.zone());
    if (to.left(10) == from.left(10))
        to = to.mid(11);
    // What chooses the calls comes first: a narrow column cuts the end.
    QStringList parts = {query.disconnections.isEmpty()
                             ? Words::tr("Ended")
                             : Words::tr("Ended as %1").arg(query.disconnections.join(list))};
    if (!query.states.isEmpty())
        parts << Words::tr("state %1").arg(query.states.join(list));
    if (!query.regions.isEmpty())
        parts << Words::tr("in %1").arg(query.regions.join(list));
    if (query.script)
        parts << Words::tr("script %1").arg(*query.script);
    if (query.customer)
        parts << Words::tr("customer %1").arg(query.customer->value);
    const QString period = Words::tr("%1 to %2 %3").arg(from, to, display.zoneWord());
    const bool isOnlyPeriod = query.disconnections.isEmpty() && parts.size() == 1;
    return parts.join(list) + (isOnlyPeriod ? QStringLiteral(" ") : list) + period;
}

QString batchShareWords(const api::BulkRefundWish &wish)
{
    switch (wish.share) {
    case api::RefundShare::Full: return Words::tr("All that is left of each");
    case api::RefundShare::Half: return Words::tr("Half of what was paid for each");
    case api::RefundShare::Amount: return Words::tr("%1 of each").arg(formatUsd(wish.each));
    }
    Q_UNREACHABLE();
}

QString batchProgressWords(const api::RefundBatch &batch)
{
    QStringList parts = {
        Words::tr("%1 of %2 given back").arg(formatCount(batch.done), formatCount(batch.calls))};
    if (batch.refused > 0)
        parts << Words::tr("%1 refused").arg(formatCount(batch.refused));
    if (batch.left > 0)
        parts << Words::tr("%1 left out").arg(formatCount(batch.left));
    return parts.join(QStringLiteral(", "));
}

bool isOwnBatch(const api::RefundBatch &batch, const api::Session &session)
{
    const auto who = session.current();
    return who && batch.requestedBy == who->name;
}

QString whyNotApproveBatch(const api::RefundBatch &batch, const api::Session &session)
{
    const auto who = session.current();
    const QString refusal = whyNot(session, "refund.bulk.approve");
    if (!refusal.isEmpty() || !who || who->isSolo)
        return refusal;
    if (isOwnBatch(batch, session))
        return Words::tr("You asked for this. Another person has to agree.");
    if (batch.approvedBy.contains(who->name))
        return Words::tr("You have agreed already. Another person of Finance has to.");
    const bool isForFinance =
        batch.needs == api::RefundNeeds::Finance || !batch.approvedBy.isEmpty();
    if (isForFinance && !who->roles.testFlag(api::Role::Finance))
        return batch.approvedBy.isEmpty() ? Words::tr("This sum is for Finance.")
                                          : Words::tr("The second of the two is Finance.");
    return {};
}

QString batchWhyWords(const QString &why)
{
    return why.isEmpty() ? QString() : why.left(1).toUpper() + why.mid(1);
}

} // namespace ui
