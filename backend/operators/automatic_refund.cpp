#include "operators/automatic_refund.h"

#include "core/fault_point.h"
#include "customers/customer.h"
#include "ledger/refund.h"
#include "operators/preview_parts.h"
#include "operators/refund_record.h"

namespace operators {

struct AutomaticRefund::Case {
    qint64 call = 0;
    QString why;
    ledger::Refundable what;
    RefundRules rules;
    QString aboveCap; // which one; empty: within all of them
};

namespace {

const QString kAutomatic = QStringLiteral("refund.automatic");

/// Which cap it would pass. The lock is the database's own for the same question, so nothing can
/// come between this and its answer.
Result<QString> capPassed(engine::Context &context, const RefundRules &rules, CustomerId customer,
                          Money amount)
{
    if (amount > rules.automaticEach)
        return QStringLiteral("over %1 USD each").arg(rules.automaticEach.toString());
    const auto locked = context.transaction().run(QStringLiteral(
        "SELECT pg_advisory_xact_lock(hashtextextended('automatic refunds', 3))::text AS locked"));
    if (!locked)
        return failure(locked.error());
    const auto rows = context.transaction().run(
        QStringLiteral(
            "SELECT coalesce(sum(amount), 0)::bigint AS of_all, coalesce(sum(amount) "
            "FILTER (WHERE customer_id = ?), 0)::bigint AS of_customer FROM refunds "
            "WHERE is_automatic AND state = 'done' AND needs = 'nobody' AND decided_at >= "
            "?::timestamptz"),
        {customer.value, core::toIso(std::chrono::floor<std::chrono::days>(context.now()))});
    if (!rows)
        return failure(rows.error());
    if (rows->first().money("of_customer") + amount > rules.automaticCustomerDay)
        return QStringLiteral("over %1 USD of one customer in a day")
            .arg(rules.automaticCustomerDay.toString());
    if (rows->first().money("of_all") + amount > rules.automaticDay)
        return QStringLiteral("over %1 USD in a day").arg(rules.automaticDay.toString());
    return QString();
}

/// The charge of the call; absent: none, or it was looked at before.
Result<std::optional<TransferId>> chargeOf(engine::Context &context, qint64 call)
{
    const auto rows = context.transaction().run(
        QStringLiteral("SELECT charge_transfer_id FROM calls c WHERE id = ? AND charge_transfer_id "
                       "IS NOT NULL AND NOT EXISTS (SELECT FROM refunds r WHERE r.call_id = c.id "
                       "AND (r.is_automatic OR r.state IN ('pending_approval', 'approved')))"),
        {call});
    if (!rows)
        return failure(rows.error());
    return rows->isEmpty() ? std::optional<TransferId>()
                           : TransferId{rows->first().integer("charge_transfer_id")};
}

} // namespace

AutomaticRefund::AutomaticRefund(const customers::Messenger &messenger, const RefundFlow &refunds)
    : m_messenger(messenger)
    , m_refunds(refunds)
{
}

void AutomaticRefund::addRoutes(engine::RoutingTable &routes) const
{
    routes.add({.kind = kAutomatic,
                .order = engine::Order::Free,
                .handle = [this](const engine::Event &event, engine::Context &context) {
                    return handle(event, context);
                }});
}

Result<engine::Outcome> AutomaticRefund::handle(const engine::Event &event,
                                                engine::Context &context) const
{
    Case wanted = {.call = core::integerMember(event.payload, "call").value_or(0),
                   .why = core::textMember(event.payload, "why").value_or(QString()).left(100),
                   .what = {},
                   .rules = {},
                   .aboveCap = {}};
    const auto charge = chargeOf(context, wanted.call);
    if (!charge)
        return failure(charge.error());
    if (!*charge)
        return engine::Outcome::Ignored;
    const auto what = ledger::lockRefundable(context.transaction(), **charge);
    if (!what)
        return failure(what.error());
    if (!what->rest().isPositive())
        return engine::Outcome::Ignored; // a person was quicker
    const auto rules = refundRulesAt(context.transaction(), context.now());
    const auto passed =
        rules ? capPassed(context, *rules, what->customer, what->rest()) : failure(rules.error());
    if (!passed)
        return failure(passed.error());
    wanted.what = *what;
    wanted.rules = *rules;
    wanted.aboveCap = *passed;
    if (auto given = give(context, wanted); !given)
        return failure(given.error());
    const AuditLine line = {
        .operatorName = QStringLiteral("automatic"),
        .action = kAutomatic,
        .object = QStringLiteral("call %1").arg(wanted.call),
        .reason =
            wanted.aboveCap.isEmpty()
                ? wanted.why
                : QStringLiteral("%1: waits for a person, %2").arg(wanted.why, wanted.aboveCap),
        .origin = QStringLiteral("server")};
    if (auto written = writeAudit(context.transaction(), line, context.cause(), context.now());
        !written)
        return failure(written.error());
    context.changed(Topic::Refund, context.cause().value);
    context.changed(Topic::Call, wanted.call);
    return engine::Outcome::Handled;
}

/// Above a cap it is only asked for, and goes the way of any request.
Result<void> AutomaticRefund::give(engine::Context &context, const Case &wanted) const
{
    if (!wanted.aboveCap.isEmpty())
        return m_refunds.requestByNobody(context,
                                         {.call = {wanted.call},
                                          .amount = wanted.what.rest(),
                                          .reason = QStringLiteral("call_failed"),
                                          .note = wanted.why},
                                         RefundFlow::Nobody::Server);
    const auto transfer = ledger::refund(context.transaction(), wanted.what, wanted.what.rest(),
                                         QStringLiteral("refund:%1").arg(context.cause().value),
                                         context.cause(), context.now());
    if (!transfer)
        return failure(transfer.error());
    core::faultPoint("automatic.transfer");
    const PaidThing call = {
        .call = wanted.call, .payment = wanted.what.paidBy, .customer = wanted.what.customer};
    const auto written = insertRefund(context, {.id = api::RefundId{context.cause().value},
                                                .of = call,
                                                .amount = wanted.what.rest(),
                                                .reason = QStringLiteral("call_failed"),
                                                .note = wanted.why,
                                                .ruling = {.needs = api::RefundNeeds::Nobody,
                                                           .rule = QStringLiteral("automatic"),
                                                           .version = wanted.rules.version},
                                                .isAutomatic = true,
                                                .transfer = transfer->id});
    if (!written)
        return failure(written.error());
    core::faultPoint("automatic.written");
    const auto customer = customers::find(context.transaction(), wanted.what.customer);
    if (!customer)
        return failure(customer.error());
    const auto told =
        m_messenger.send(context, **customer,
                         {.parts = {refundedText(call, wanted.what.rest(), transfer->availableAfter,
                                                 referenceOf(transfer->id, false))}});
    if (!told)
        return failure(told.error());
    return {};
}

} // namespace operators
