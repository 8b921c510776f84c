#include "operators/payout_case.h"

namespace operators {

namespace {

using PaidOut = tl::expected<WantedPayout, CommandOutcome>;

constexpr qsizetype kDestinationMin = 6;
constexpr qsizetype kDestinationMax = 200;
constexpr qsizetype kPayoutReasonMin = 10;
constexpr qsizetype kPayoutReasonMax = 500;

PaidOut noPayout(const char *code, const QString &detail)
{
    return tl::unexpected<CommandOutcome>(refused(code, detail));
}

/// What the payload says by itself.
PaidOut payoutOf(const Command &command, const Json &payload)
{
    WantedPayout wanted;
    wanted.id = command.id.value;
    wanted.requestedBy = command.by;
    wanted.hash = core::textMember(payload, "hash").value_or(QString());
    if (const auto waiting = core::integerMember(payload, "payout")) {
        wanted.id = *waiting;
        wanted.isWaiting = true;
        return wanted; // the rest is what was asked for then
    }
    wanted.customer.id = CustomerId{core::integerMember(payload, "customer").value_or(0)};
    wanted.amount = Money::fromMicros(core::integerMember(payload, "amount").value_or(0));
    wanted.destination = core::textMember(payload, "destination").value_or(QString()).trimmed();
    wanted.reason = core::textMember(payload, "reason").value_or(QString()).trimmed();
    if (!wanted.amount.isPositive())
        return noPayout("BadInput", QStringLiteral("the amount must be above zero"));
    if (wanted.destination.size() < kDestinationMin || wanted.destination.size() > kDestinationMax)
        return noPayout("BadInput", QStringLiteral("a destination of 6 to 200 characters says "
                                                   "where it goes: coin and address"));
    if (wanted.reason.size() < kPayoutReasonMin || wanted.reason.size() > kPayoutReasonMax)
        return noPayout("BadInput", QStringLiteral("a reason of 10 to 500 characters says why"));
    return wanted;
}

Result<PaidOut> loadWaitingPayout(engine::Context &context, WantedPayout wanted)
{
    const auto rows = context.transaction().run(
        QStringLiteral("SELECT customer_id, amount, destination, reason, requested_by, first_by, "
                       "preview_hash, state = 'requested' AND expires_at > ?::timestamptz AS "
                       "is_waiting FROM payouts WHERE id = ? FOR UPDATE"),
        {core::toIso(context.now()), wanted.id});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return noPayout("NotFound", QStringLiteral("there is no payout %1").arg(wanted.id));
    const database::Row row = rows->first();
    if (!row.boolean("is_waiting"))
        return noPayout("Settled",
                        QStringLiteral("payout %1 does not wait any more").arg(wanted.id));
    wanted.customer.id = CustomerId{row.integer("customer_id")};
    wanted.amount = row.money("amount");
    wanted.destination = row.text("destination");
    wanted.reason = row.text("reason");
    wanted.requestedBy = OperatorId{row.integer("requested_by")};
    wanted.agreedHash = row.text("preview_hash");
    if (const auto first = row.optionalInteger("first_by"))
        wanted.firstBy = OperatorId{*first};
    return PaidOut(std::move(wanted));
}

/// Of two, the second is Finance, and neither is who asked.
bool mayAgree(const Command &command, const WantedPayout &wanted)
{
    const bool isFinance = command.roles.testFlag(Role::Finance);
    if (command.isSolo && isFinance)
        return true; // there is nobody else to ask
    if (!wanted.isWaiting || wanted.requestedBy == command.by || wanted.firstBy == command.by)
        return false;
    return isFinance || (!wanted.firstBy && command.roles.testFlag(Role::Senior));
}

} // namespace

Result<PaidOut> loadPayout(engine::Context &context, const Command &command, const Json &payload)
{
    Result<PaidOut> loaded = payoutOf(command, payload);
    if (*loaded && (*loaded)->isWaiting)
        loaded = loadWaitingPayout(context, **loaded);
    if (!loaded || !*loaded)
        return loaded;
    WantedPayout &wanted = **loaded;
    const auto customer = customers::find(context.transaction(), wanted.customer.id);
    if (!customer)
        return failure(customer.error());
    if (!*customer)
        return noPayout("NotFound", QStringLiteral("there is no such customer"));
    wanted.customer = **customer;
    const auto balance = ledger::lockBalance(context.transaction(), wanted.customer.id);
    if (!balance)
        return failure(balance.error());
    wanted.balance = *balance;
    if (wanted.amount > balance->available)
        return noPayout("InsufficientFunds",
                        QStringLiteral("the wallet has %1 USD").arg(balance->available.toString()));
    if (balance->debt.isNegative())
        return noPayout(
            "InsufficientFunds",
            QStringLiteral("the customer owes %1 USD").arg((-balance->debt).toString()));
    wanted.mayDecide = mayAgree(command, wanted);
    return loaded;
}

} // namespace operators
