#include "operators/adjustment_case.h"

#include "deposits/deposit_reversal.h"

namespace operators {

namespace {

using Adjusted = tl::expected<WantedAdjustment, CommandOutcome>;

constexpr qsizetype kAdjustReasonMin = 10;
constexpr qsizetype kAdjustReasonMax = 500;
const Money kAdjustMost = Money::fromCents(100'000'00); // a slip of the keyboard, not a wish

Adjusted declined(const char *code, const QString &detail)
{
    return tl::unexpected<CommandOutcome>(refused(code, detail));
}

/// What the payload says by itself.
Adjusted adjustmentOf(const Command &command, const Json &payload)
{
    WantedAdjustment wanted;
    wanted.id = command.id.value;
    wanted.requestedBy = command.by;
    wanted.hash = core::textMember(payload, "hash").value_or(QString());
    if (const auto waiting = core::integerMember(payload, "adjustment")) {
        wanted.id = *waiting;
        wanted.isWaiting = true;
        return wanted; // the rest is what was asked for then
    }
    wanted.reason = core::textMember(payload, "reason").value_or(QString()).trimmed();
    wanted.amount = Money::fromMicros(core::integerMember(payload, "amount").value_or(0));
    wanted.customer.id = CustomerId{core::integerMember(payload, "customer").value_or(0)};
    if (const auto deposit = core::integerMember(payload, "deposit")) {
        wanted.deposit = deposits::Deposit();
        wanted.deposit->id = DepositId{*deposit};
        wanted.kind = QStringLiteral("deposit_reversal");
        wanted.amount = {}; // all that was credited
    } else if (const auto refund = core::integerMember(payload, "refund")) {
        wanted.refund = api::RefundId{*refund};
        wanted.kind = QStringLiteral("reversal");
    } else {
        wanted.kind = core::textMember(payload, "kind").value_or(QString());
        if (wanted.kind != QLatin1String("goodwill") && wanted.kind != QLatin1String("correction"))
            return declined("BadInput", QStringLiteral("kinds are goodwill and correction"));
    }
    if (wanted.reason.size() < kAdjustReasonMin || wanted.reason.size() > kAdjustReasonMax)
        return declined("BadInput", QStringLiteral("a reason of 10 to 500 characters says why"));
    const bool isNothing = wanted.amount.isZero() && !wanted.refund && !wanted.deposit;
    if (isNothing || wanted.amount > kAdjustMost || -wanted.amount > kAdjustMost)
        return declined("BadInput", QStringLiteral("the amount must not be zero, nor above %1 USD")
                                        .arg(kAdjustMost.toString()));
    if (wanted.kind == QLatin1String("goodwill") && wanted.amount.isNegative())
        return declined("BadInput", QStringLiteral("goodwill is given; a correction may take"));
    return wanted;
}

Result<Adjusted> loadWaitingAdjustment(engine::Context &context, WantedAdjustment wanted)
{
    const auto rows = context.transaction().run(
        QStringLiteral(
            "SELECT customer_id, kind, amount, refund_id, deposit_id, reason, requested_by, "
            "preview_hash, state = 'pending_approval' AND expires_at > ?::timestamptz AS "
            "is_waiting FROM adjustments WHERE id = ? FOR UPDATE"),
        {core::toIso(context.now()), wanted.id});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return declined("NotFound", QStringLiteral("there is no adjustment %1").arg(wanted.id));
    const database::Row row = rows->first();
    if (!row.boolean("is_waiting"))
        return declined("Settled",
                        QStringLiteral("adjustment %1 does not wait any more").arg(wanted.id));
    wanted.customer.id = CustomerId{row.integer("customer_id")};
    wanted.kind = row.text("kind");
    wanted.amount = row.money("amount");
    wanted.reason = row.text("reason");
    wanted.requestedBy = OperatorId{row.integer("requested_by")};
    wanted.agreedHash = row.text("preview_hash");
    if (const auto refund = row.optionalInteger("refund_id"))
        wanted.refund = api::RefundId{*refund};
    if (const auto deposit = row.optionalInteger("deposit_id")) {
        wanted.deposit = deposits::Deposit();
        wanted.deposit->id = DepositId{*deposit};
    }
    return Adjusted(std::move(wanted));
}

/// Absent: go on. Its amount is what is credited now: one that waits was asked for with another
/// preview if that has changed.
Result<std::optional<CommandOutcome>> loadTakenBack(engine::Context &context,
                                                    WantedAdjustment &wanted)
{
    const qint64 id = wanted.deposit->id.value;
    wanted.deposit.reset();
    auto found = deposits::lockDeposit(context.transaction(), DepositId{id});
    if (!found)
        return failure(found.error());
    if (!*found)
        return std::optional(refused("NotFound", QStringLiteral("there is no deposit %1").arg(id)));
    const auto waiting = context.transaction().run(
        QStringLiteral("SELECT EXISTS (SELECT FROM adjustments WHERE deposit_id = ? AND id <> ? "
                       "AND state IN ('pending_approval', 'done')) AS is_known"),
        {id, wanted.id});
    const auto obstacle = waiting ? deposits::obstacleToReversal(context.transaction(), **found)
                                  : Result<QString>(failure(waiting.error()));
    if (!obstacle)
        return failure(obstacle.error());
    if (waiting->first().boolean("is_known"))
        return std::optional(refused("Settled", QStringLiteral("deposit %1 is taken back already, "
                                                               "or somebody waits for that")
                                                    .arg(id)));
    if (!obstacle->isEmpty())
        return std::optional(refused("Settled", *obstacle));
    wanted.deposit = **std::move(found);
    wanted.customer.id = wanted.deposit->customer;
    wanted.refunded = wanted.deposit->credited;
    wanted.amount = -wanted.deposit->credited;
    return std::optional<CommandOutcome>();
}

/// Absent: go on.
Result<std::optional<CommandOutcome>> loadReversed(engine::Context &context,
                                                   WantedAdjustment &wanted)
{
    const auto rows = context.transaction().run(
        QStringLiteral("SELECT r.customer_id, r.call_id, r.plan_period_id, v.plan, "
                       "r.paid_transfer_id, r.transfer_id, r.amount, EXISTS (SELECT FROM "
                       "adjustments a WHERE a.refund_id = r.id AND a.id <> ? AND a.state IN "
                       "('pending_approval', 'done')) AS is_reversed FROM refunds r LEFT JOIN "
                       "plan_periods p ON p.id = r.plan_period_id LEFT JOIN plan_versions v ON "
                       "v.id = p.plan_version_id WHERE r.id = ? AND r.state = 'done'"),
        {wanted.id, wanted.refund->value});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return std::optional(
            refused("NotFound", QStringLiteral("no refund %1 was done").arg(wanted.refund->value)));
    const database::Row row = rows->first();
    if (row.boolean("is_reversed"))
        return std::optional(
            refused("Settled", QStringLiteral("refund %1 is taken back already, or somebody waits "
                                              "for that")
                                   .arg(wanted.refund->value)));
    wanted.customer.id = CustomerId{row.integer("customer_id")};
    wanted.refundOf = {.call = row.integer("call_id"),
                       .period = row.integer("plan_period_id"),
                       .plan = row.text("plan"),
                       .payment = TransferId{row.integer("paid_transfer_id")},
                       .customer = wanted.customer.id};
    wanted.refundTransfer = TransferId{row.integer("transfer_id")};
    wanted.refunded = row.money("amount");
    return std::optional<CommandOutcome>();
}

/// Of a reversal as far as the wallet goes, where no amount was named.
std::optional<CommandOutcome> checkAmount(WantedAdjustment &wanted)
{
    if (wanted.deposit)
        return std::nullopt; // what the wallet has no more is owed
    const Money available = wanted.balance.available;
    if (wanted.refund && !wanted.isWaiting) {
        wanted.amount =
            wanted.amount.isZero() ? std::min(wanted.refunded, available) : wanted.amount;
        wanted.amount = wanted.amount.isPositive() ? -wanted.amount : wanted.amount;
        if (-wanted.amount > wanted.refunded)
            return refused("AboveRefundable", QStringLiteral("refund %1 gave %2 USD")
                                                  .arg(wanted.refund->value)
                                                  .arg(wanted.refunded.toString()));
    }
    if (wanted.amount.isZero() || -wanted.amount > available)
        return refused("InsufficientFunds",
                       QStringLiteral("the wallet has %1 USD; more cannot be taken from it")
                           .arg(available.toString()));
    return std::nullopt;
}

bool mayDecide(const Command &command, const WantedAdjustment &wanted)
{
    const bool isFinance = command.roles.testFlag(Role::Finance);
    if (!wanted.isWaiting)
        return command.isSolo && isFinance; // otherwise somebody else always agrees
    return isFinance && (command.isSolo || wanted.requestedBy != command.by);
}

} // namespace

Result<Adjusted> loadAdjustment(engine::Context &context, const Command &command,
                                const Json &payload)
{
    Result<Adjusted> loaded = adjustmentOf(command, payload);
    if (*loaded && (*loaded)->isWaiting)
        loaded = loadWaitingAdjustment(context, **loaded);
    if (!loaded || !*loaded)
        return loaded;
    WantedAdjustment &wanted = **loaded;
    if (wanted.refund || wanted.deposit) {
        const auto refusal =
            wanted.deposit ? loadTakenBack(context, wanted) : loadReversed(context, wanted);
        if (!refusal)
            return failure(refusal.error());
        if (*refusal)
            return Adjusted(tl::unexpected<CommandOutcome>(**refusal));
    }
    const auto customer = customers::find(context.transaction(), wanted.customer.id);
    if (!customer)
        return failure(customer.error());
    if (!*customer)
        return declined("NotFound", QStringLiteral("there is no such customer"));
    wanted.customer = **customer;
    const auto balance = ledger::lockBalance(context.transaction(), wanted.customer.id);
    if (!balance)
        return failure(balance.error());
    wanted.balance = *balance;
    if (auto refusal = checkAmount(wanted))
        return Adjusted(tl::unexpected<CommandOutcome>(*refusal));
    wanted.mayDecide = mayDecide(command, wanted);
    return loaded;
}

} // namespace operators
