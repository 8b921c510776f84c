#include "operators/customer_request.h"

#include "ledger/refund.h"

namespace operators {

namespace {

const QString kAsked = QStringLiteral("refund.asked");

struct Charged {
    TransferId charge;
    bool isWaiting = false; // somebody decides about a refund of it already
};

Result<std::optional<Charged>> chargedFor(engine::Context &context, qint64 call)
{
    const auto rows = context.transaction().run(
        QStringLiteral("SELECT charge_transfer_id, EXISTS (SELECT FROM refunds r WHERE r.call_id = "
                       "c.id AND r.state IN ('pending_approval', 'approved')) AS is_waiting FROM "
                       "calls c WHERE id = ? AND charge_transfer_id IS NOT NULL"),
        {call});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return std::optional<Charged>();
    return std::optional(Charged{TransferId{rows->first().integer("charge_transfer_id")},
                                 rows->first().boolean("is_waiting")});
}

} // namespace

CustomerRequest::CustomerRequest(const RefundFlow &refunds)
    : m_refunds(refunds)
{
}

void CustomerRequest::addRoutes(engine::RoutingTable &routes) const
{
    routes.add({.kind = kAsked,
                .order = engine::Order::Free,
                .handle = [this](const engine::Event &event, engine::Context &context) {
                    return handle(event, context);
                }});
}

Result<engine::Outcome> CustomerRequest::handle(const engine::Event &event,
                                                engine::Context &context) const
{
    const qint64 call = core::integerMember(event.payload, "call").value_or(0);
    const auto charged = chargedFor(context, call);
    if (!charged)
        return failure(charged.error());
    if (!*charged || (*charged)->isWaiting)
        return engine::Outcome::Ignored;
    const auto what = ledger::lockRefundable(context.transaction(), (*charged)->charge);
    if (!what)
        return failure(what.error());
    if (!what->rest().isPositive())
        return engine::Outcome::Ignored; // it was given back, and the customer was told
    const QString words = core::textMember(event.payload, "words").value_or(QString());
    const QString note = QStringLiteral("the customer: ") + words;
    if (auto left = m_refunds.requestByNobody(
            context,
            {.call = {call},
             .amount = what->rest(),
             .reason = core::textMember(event.payload, "reason").value_or(QString()),
             .note = words.isEmpty() ? QString() : note.left(500)},
            RefundFlow::Nobody::Customer);
        !left)
        return failure(left.error());
    const AuditLine line = {.operatorName = QStringLiteral("customer"),
                            .action = kAsked,
                            .object = QStringLiteral("call %1").arg(call),
                            .origin = QStringLiteral("bot")};
    if (auto written = writeAudit(context.transaction(), line, context.cause(), context.now());
        !written)
        return failure(written.error());
    context.changed(Topic::Call, call);
    return engine::Outcome::Handled;
}

} // namespace operators
