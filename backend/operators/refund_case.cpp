#include "operators/refund_case.h"

#include "api/permissions.h"

namespace operators {

namespace {

using namespace std::chrono_literals;
using Loaded = tl::expected<WantedRefund, CommandOutcome>;

constexpr qsizetype kNoteMax = 500;
constexpr qsizetype kOtherNoteMin = 10;

Loaded refuse(const char *code, const QString &detail)
{
    return tl::unexpected<CommandOutcome>(refused(code, detail));
}

/// What the payload says by itself.
Loaded wishOf(const Command &command, const Json &payload)
{
    WantedRefund wanted;
    wanted.id = api::RefundId{command.id.value};
    wanted.requestedBy = command.by;
    wanted.hash = core::textMember(payload, "hash").value_or(QString());
    if (const auto waiting = core::integerMember(payload, "refund")) {
        wanted.id = api::RefundId{*waiting};
        wanted.isWaiting = true;
        return wanted; // the rest is what was asked for then
    }
    wanted.wish = {.call = {core::integerMember(payload, "call").value_or(0)},
                   .amount = Money::fromMicros(core::integerMember(payload, "amount").value_or(0)),
                   .reason = core::textMember(payload, "reason").value_or(QString()),
                   .note = core::textMember(payload, "note").value_or(QString()).trimmed()};
    if (const auto payment = core::integerMember(payload, "payment"))
        wanted.wish.payment = TransferId{*payment};
    if (!wanted.wish.amount.isPositive())
        return refuse("BadInput", QStringLiteral("the amount must be above zero"));
    if (auto refusal =
            checkReason(wanted.wish.reason, wanted.wish.note,
                        wanted.wish.payment ? api::planRefundReasons() : api::refundReasons()))
        return tl::unexpected<CommandOutcome>(*std::move(refusal));
    return wanted;
}

Result<Loaded> loadWaiting(engine::Context &context, OperatorId by, WantedRefund wanted)
{
    const auto rows = context.transaction().run(
        QStringLiteral("SELECT call_id, plan_period_id IS NOT NULL AS is_plan, paid_transfer_id, "
                       "amount, reason, note, requested_by, needs, preview_hash, "
                       "state IN ('pending_approval', 'approved') AND coalesce(expires_at > "
                       "?::timestamptz, true) AS is_waiting, (SELECT count(*) FROM "
                       "refund_approvals a WHERE a.refund_id = r.id) AS agreed, EXISTS (SELECT "
                       "FROM refund_approvals a WHERE a.refund_id = r.id AND a.approver_id = ?) AS "
                       "has_agreed FROM refunds r WHERE id = ? FOR UPDATE"),
        {core::toIso(context.now()), by.value, wanted.id.value});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return refuse("NotFound", QStringLiteral("there is no refund %1").arg(wanted.id.value));
    const database::Row row = rows->first();
    if (!row.boolean("is_waiting"))
        return refuse("Settled",
                      QStringLiteral("refund %1 does not wait any more").arg(wanted.id.value));
    const auto requester = row.optionalInteger("requested_by");
    wanted.requestedBy = requester ? std::optional(OperatorId{*requester}) : std::nullopt;
    wanted.ruling.needs = api::refundNeedsFrom(row.text("needs"));
    wanted.agreedHash = row.text("preview_hash");
    wanted.agreed = row.integer("agreed");
    wanted.hasAgreed = row.boolean("has_agreed");
    wanted.wish = {.call = {row.integer("call_id")},
                   .amount = row.money("amount"),
                   .reason = row.text("reason"),
                   .note = row.text("note"),
                   .request = wanted.id};
    if (row.boolean("is_plan"))
        wanted.wish.payment = TransferId{row.integer("paid_transfer_id")};
    return Loaded(std::move(wanted));
}

/// Reads what the rules look at. Whoever asked is the one whose day is counted.
Result<RefundRuling> judge(engine::Context &context, const Command &command,
                           const WantedRefund &wanted)
{
    const auto rules = refundRulesAt(context.transaction(), context.now());
    if (!rules)
        return failure(rules.error());
    const auto day = lockRefundDay(context.transaction(), wanted.requestedBy.value_or(OperatorId{}),
                                   context.now());
    if (!day)
        return failure(day.error());
    const auto rows = context.transaction().run(
        QStringLiteral("SELECT count(*) AS of_customer FROM refunds WHERE state = 'done' AND "
                       "customer_id = ? AND decided_at > ?::timestamptz"),
        {wanted.customer.id.value, core::toIso(context.now() - rules->customerDays * 24h)});
    if (!rows)
        return failure(rows.error());
    return rulingOf(*rules, {.amount = wanted.wish.amount,
                             .causeAge = std::chrono::duration_cast<std::chrono::hours>(
                                 context.now() - wanted.of.at),
                             .requesterRoles = api::effectiveRoles(day->roles, command.isSolo),
                             .totalToday = day->total,
                             .refundsOfCustomer = rows->first().integer("of_customer")});
}

bool mayExecute(const Command &command, const WantedRefund &wanted)
{
    if (command.isSolo && command.roles.testFlag(Role::Finance))
        return true; // there is nobody else to ask
    if (!wanted.isWaiting || wanted.requestedBy == command.by)
        return wanted.ruling.needs == api::RefundNeeds::Nobody;
    return !wanted.hasAgreed && mayApprove(command.roles, wanted.ruling.needs, wanted.agreed);
}

} // namespace

std::optional<CommandOutcome> checkReason(const QString &reason, const QString &note,
                                          const QStringList &known)
{
    if (!known.contains(reason))
        return refused("BadInput",
                       QStringLiteral("reasons are %1").arg(known.join(QStringLiteral(", "))));
    if (note.size() > kNoteMax || (reason == QLatin1String("other") && note.size() < kOtherNoteMin))
        return refused("BadInput",
                       QStringLiteral("\"other\" needs a note of 10 characters; 500 at most"));
    return std::nullopt;
}

Result<Loaded> loadRefund(engine::Context &context, const Command &command, const Json &payload)
{
    Result<Loaded> loaded = wishOf(command, payload);
    if (*loaded && (*loaded)->isWaiting)
        loaded = loadWaiting(context, command.by, **loaded);
    if (!loaded || !*loaded)
        return loaded;
    WantedRefund &wanted = **loaded;
    const auto paid = findPaid(context, wanted.wish);
    if (!paid)
        return failure(paid.error());
    if (!*paid)
        return Loaded(tl::unexpected<CommandOutcome>(paid->error()));
    wanted.of = **paid;
    const auto customer = customers::find(context.transaction(), wanted.of.customer);
    if (!customer)
        return failure(customer.error());
    const auto what = ledger::lockRefundable(context.transaction(), wanted.of.payment);
    if (!what)
        return failure(what.error());
    wanted.customer = customer->value();
    wanted.what = *what;
    if (wanted.wish.amount > what->rest())
        return refuse("AboveRefundable",
                      QStringLiteral("%1 USD were paid for %2, %3 can still be given back")
                          .arg(what->paid.toString(), wanted.of.name(), what->rest().toString()));
    const auto ruling = judge(context, command, wanted);
    if (!ruling)
        return failure(ruling.error());
    // What was asked of others when it was requested is not asked less later.
    const bool isStricter = wanted.isWaiting && wanted.ruling.needs > ruling->needs;
    const api::RefundNeeds needs = isStricter ? wanted.ruling.needs : ruling->needs;
    wanted.ruling = *ruling;
    wanted.ruling.needs = needs;
    wanted.mayExecute = mayExecute(command, wanted);
    return loaded;
}

} // namespace operators
