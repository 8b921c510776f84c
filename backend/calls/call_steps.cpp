#include "calls/call_steps.h"

#include "calls/dial_lines.h"
#include "core/assert.h"
#include "core/fault_point.h"
#include "ledger/transfer.h"
#include "subscriptions/allowance.h"

Q_LOGGING_CATEGORY(lcCalls, "calls")

namespace calls {

namespace {

constexpr qint64 kHouse = 0;

Result<void> release(engine::Context &context, Call &call)
{
    const auto released =
        ledger::post(context.transaction(),
                     {.customer = call.wish.customer,
                      .kind = QStringLiteral("release"),
                      .requestKey = QStringLiteral("release:%1").arg(call.id.value),
                      .available = call.hold,
                      .held = -call.hold,
                      .resolves = call.holdTransfer},
                     context.cause(), context.now());
    if (!released)
        return failure(released.error());
    call.releaseTransfer = released->id;
    return {};
}

Result<void> charge(engine::Context &context, Call &call, Money captured)
{
    const auto charged = ledger::post(context.transaction(),
                                      {.customer = call.wish.customer,
                                       .kind = QStringLiteral("charge"),
                                       .requestKey = QStringLiteral("charge:%1").arg(call.id.value),
                                       .available = call.hold - captured,
                                       .held = -call.hold,
                                       .platform = ledger::Platform::RevenueCalls,
                                       .platformAmount = captured,
                                       .resolves = call.holdTransfer},
                                      context.cause(), context.now());
    if (!charged)
        return failure(charged.error());
    call.chargeTransfer = charged->id;
    call.charged = captured;
    return {};
}

bool isToldApart(const Call &call)
{
    // Who stopped it themselves has just seen that it is stopped.
    return call.state != State::Cancelled || call.stopReason != nameOf(StopReason::Customer);
}

} // namespace

Result<void> enter(engine::Context &context, Call &call, State state, const QString &detail)
{
    CORE_ASSERT(mayFollow(call.state, state));
    call.state = state;
    qCInfo(lcCalls) << "call" << call.id.value << "is" << nameOf(state);
    if (isFinal(state) && !call.attemptId.isEmpty()) {
        if (auto posted = postLineIsFree(context, call); !posted)
            return posted;
    }
    return noteEvent(context, call.id, nameOf(state), detail);
}

Result<void> settle(engine::Context &context, Call &call, const Bill &bill)
{
    CORE_ASSERT(!call.chargeTransfer && !call.releaseTransfer);
    call.billed = bill.billed;
    call.settledAt = context.now();
    // Also where only minutes of a plan are resolved: a dial of this customer, which locks it too,
    // must not see half of it.
    if (auto locked = ledger::lockBalance(context.transaction(), call.wish.customer); !locked)
        return failure(locked.error());
    if (call.holdTransfer) {
        const auto resolved = bill.captured.isPositive() ? charge(context, call, bill.captured)
                                                         : release(context, call);
        if (!resolved)
            return resolved;
    }
    // After the wallet, as the dialler does, so that the two never wait for each other.
    if (call.fromAllowance.count() > 0) {
        const auto resolved =
            subscriptions::resolveAllowance(context, call.id.value, bill.fromAllowance);
        if (!resolved)
            return resolved;
    }
    return writeOff(context, call, bill.uncovered);
}

Result<void> writeOff(engine::Context &context, Call &call, Money worth)
{
    if (!worth.isPositive())
        return {};
    const auto written =
        ledger::post(context.transaction(),
                     {.customer = CustomerId{kHouse},
                      .kind = QStringLiteral("write_off"),
                      .requestKey = QStringLiteral("write_off:%1").arg(call.id.value),
                      .platform = ledger::Platform::WriteOff,
                      .platformAmount = -worth,
                      .otherPlatform = ledger::Platform::RevenueCalls,
                      .otherAmount = worth},
                     context.cause(), context.now());
    if (!written)
        return failure(written.error());
    call.uncovered = worth;
    return noteEvent(context, call.id, QStringLiteral("written_off"), worth.toString());
}

Result<void> cancelTimers(engine::Context &context, const Call &call)
{
    for (const char *purpose : {"dial", "watch", "limit"}) {
        if (auto gone = context.cancelTimer(timerKey(call.id, purpose)); !gone)
            return gone;
    }
    return {};
}

Result<void> closeUncharged(engine::Context &context, const CallScreen &screen, Call &call,
                            const Close &close)
{
    if (auto entered = enter(context, call, close.state, close.detail); !entered)
        return entered;
    call.outcome = close.outcome;
    call.endedAt = context.now();
    call.queuedUntil.reset();
    if (auto settled = settle(context, call, {}); !settled)
        return settled;
    if (auto gone = cancelTimers(context, call); !gone)
        return gone;
    if (auto shown = screen.refresh(context, call); !shown)
        return shown;
    if (isToldApart(call)) {
        if (auto told = screen.tellEnd(context, call); !told)
            return told;
    }
    return saveCall(context, call);
}

} // namespace calls
