#include "calls/call_tracker.h"

#include "calls/call_end.h"
#include "calls/call_records.h"
#include "calls/call_steps.h"
#include "calls/retell_rows.h"
#include "core/assert.h"
#include "core/fault_point.h"
#include "providers/retell/call_requests.h"

#include <algorithm>

namespace calls {

using namespace std::chrono_literals;
namespace retell = providers::retell;

namespace {

constexpr auto kUnknownFor = 10min; // a call that was only registered dies after five
constexpr auto kGrace = 60s;        // beyond its longest, before the provider is asked
constexpr auto kOvertime = 15s;     // beyond its longest, before we stop it ourselves
constexpr auto kLookAgain = 60s;
constexpr auto kLookAgainMax = 15min;
constexpr auto kAfterStop = 30s;
constexpr auto kTellWithoutAnalysis = 90s;
constexpr auto kLookForAnalysis = 10min; // then each hour
constexpr auto kLookForAnalysisLater = 1h;
constexpr auto kLookForAnalysisMax = 24h;

QString lane(const Call &call)
{
    return customers::laneOf(call.wish.customer);
}

/// The provider's own clock, held to what can be.
Timestamp startOf(const Call &call, const retell::Call &report, Timestamp now)
{
    return std::clamp(report.startedAt.value_or(now), std::min(call.dialledAt.value_or(now), now),
                      now);
}

QString reasonOf(const retell::Call &report)
{
    return report.disconnection ? report.disconnection->text : QStringLiteral("not told");
}

/// It was dialled and ended without the provider's word for it, so nobody has paid: whatever is
/// heard of it now was not expected.
bool wasGivenUp(const Call &call)
{
    return !call.attemptId.isEmpty() && isFinal(call.state) && !call.chargeTransfer &&
           call.disconnectionReason.isEmpty();
}

} // namespace

CallTracker::CallTracker(const CallScreen &screen)
    : m_screen(screen)
{
}

// What is told ---------------------------------------------------------------------------------

Result<void> CallTracker::seen(engine::Context &context, Call &call, const Report &report,
                               Source source) const
{
    CORE_ASSERT(!call.attemptId.isEmpty());
    if (!call.providerCallId.isEmpty() && call.providerCallId != report.callId)
        return stray(context, call, report);
    if (auto adopted = adopt(context, call, report); !adopted)
        return adopted;
    if (wasGivenUp(call))
        return seenThoughGivenUp(context, call, report);
    if (isFinal(call.state))
        return seenAfterEnd(context, call, report);
    if (report.isOver())
        return over(context, call, report, source);
    return report.wasConnected() ? started(context, call, report, source)
                                 : registered(context, call, source);
}

Result<void> CallTracker::adopt(engine::Context &context, Call &call, const Report &report) const
{
    if (!call.providerCallId.isEmpty() || report.callId.isEmpty())
        return {};
    call.providerCallId = report.callId;
    core::faultPoint("call.adopted");
    return noteEvent(context, call.id, QStringLiteral("accepted"), report.callId);
}

/// One dial must not make two calls. Whatever did, the second must not go on.
Result<void> CallTracker::stray(engine::Context &context, Call &call, const Report &report) const
{
    if (report.callId.isEmpty())
        return {};
    if (!report.isOver()) {
        if (const auto asked = askRetell(context, call, retell::stopCall(report.callId)); !asked)
            return failure(asked.error());
    }
    if (!addNote(call, QStringLiteral("a second call came: ") + report.callId))
        return {};
    qCCritical(lcCalls) << "call" << call.id.value << "has a second call at the provider";
    if (auto noted = noteEvent(context, call.id, QStringLiteral("second_call"), report.callId);
        !noted)
        return noted;
    return saveCall(context, call);
}

Result<void> CallTracker::registered(engine::Context &context, Call &call, Source source) const
{
    if (call.state == State::Unknown) {
        if (auto entered = enter(context, call, State::Dialling, QStringLiteral("found")); !entered)
            return entered;
        if (auto set = watchAt(context, call, context.now() + kLookAgain); !set)
            return set;
    }
    const bool wasNotHeard = call.state == State::Ending && source == Source::Asked;
    if (call.stopRequestedAt && (call.state == State::Dialling || wasNotHeard)) {
        if (auto asked = askToStop(context, call); !asked)
            return asked;
    }
    return showAndSave(context, call);
}

Result<void> CallTracker::started(engine::Context &context, Call &call, const Report &report,
                                  Source source) const
{
    // A stop while it rang may have been refused, and one that the provider still tells of was not
    // heard.
    bool mustStop = !call.startedAt || (call.state == State::Ending && source == Source::Asked);
    if (!call.startedAt) {
        if (auto begun = begin(context, call, report); !begun)
            return begun;
    }
    if (call.state == State::Dialling || call.state == State::Unknown) {
        if (auto entered = enter(context, call, State::Talking); !entered)
            return entered;
        mustStop = true;
    }
    if (mustStop && call.stopRequestedAt) {
        if (auto asked = askToStop(context, call); !asked)
            return asked;
    }
    core::faultPoint("call.talking");
    return showAndSave(context, call);
}

/// From now on they talk, and only so long.
Result<void> CallTracker::begin(engine::Context &context, Call &call, const Report &report) const
{
    call.startedAt = startOf(call, report, context.now());
    const Timestamp longest = *call.startedAt + call.longest;
    if (!call.stopRequestedAt) { // else whoever stopped it looks sooner
        if (auto set = watchAt(context, call, longest + kGrace); !set)
            return set;
    }
    return context.schedule({timerKey(call.id, "limit"), longest + kOvertime,
                             QStringLiteral("call.limit"), lane(call), payloadOf(call.id)});
}

Result<void> CallTracker::over(engine::Context &context, Call &call, const Report &report,
                               Source source) const
{
    const Ending ending = endingOf(report);
    auto duration = durationOf(report);
    if (report.wasConnected() && !duration) {
        // What it costs depends on it, so whoever knows is asked first.
        if (source == Source::Told) {
            if (call.state != State::Ending) {
                if (auto entered = enter(context, call, State::Ending); !entered)
                    return entered;
            }
            if (auto asked = askAbout(context, call); !asked)
                return asked;
            return showAndSave(context, call);
        }
        qCCritical(lcCalls) << "call" << call.id.value << "ended without a duration";
        addNote(call, QStringLiteral("the provider tells no duration"));
        duration = 0ms;
    }
    call.startedAt = call.startedAt ? call.startedAt : report.startedAt;
    call.endedAt = report.endedAt.value_or(context.now());
    call.duration = duration;
    call.disconnectionReason = reasonOf(report);
    call.outcome = ending.outcome;
    if (auto entered = enter(context, call, ending.state, call.disconnectionReason); !entered)
        return entered;
    const Bill bill = ending.isCharged ? billOf(call.terms(), duration) : Bill{};
    if (auto settled = settle(context, call, bill); !settled)
        return settled;
    core::faultPoint("call.settled");
    if (auto gone = cancelTimers(context, call); !gone)
        return gone;
    if (report.disconnection &&
        report.disconnection->reason == retell::DisconnectionReason::Unknown)
        qCCritical(lcCalls) << "call" << call.id.value << "ended for a reason we do not know";
    if (auto kept = keepReport(context, call, report); !kept)
        return kept;
    if (auto told = tellWhenDue(context, call, report); !told)
        return told;
    return showAndSave(context, call);
}

Result<void> CallTracker::seenAfterEnd(engine::Context &context, Call &call,
                                       const Report &report) const
{
    if (!report.isOver()) // an event of before the end
        return saveCall(context, call);
    if (auto kept = keepReport(context, call, report); !kept)
        return kept;
    if (auto asked = giveBackWhereItFailed(context, call, report); !asked)
        return asked;
    if (auto told = tellWhenDue(context, call, report); !told)
        return told;
    return saveCall(context, call);
}

/// It was charged by what was told first, and by what is told now it should not have been. Who
/// gives money back, and how much without asking anybody, is not decided here.
Result<void> CallTracker::giveBackWhereItFailed(engine::Context &context, const Call &call,
                                                const Report &report) const
{
    if (!call.chargeTransfer || !report.disconnection || endingOf(report).isCharged)
        return {};
    qCWarning(lcCalls) << "call" << call.id.value << "was charged and failed after all";
    return context.post(
        lane(call), QStringLiteral("refund.automatic"),
        {{"v", 1}, {"call", call.id.value}, {"why", reasonOf(report).toStdString()}},
        QStringLiteral("refund.automatic:%1").arg(call.id.value));
}

/// It was given up, its hold has gone back and the customer was told so: what it costs is ours.
Result<void> CallTracker::seenThoughGivenUp(engine::Context &context, Call &call,
                                            const Report &report) const
{
    if (addNote(call, QStringLiteral("it was dialled after all"))) {
        qCCritical(lcCalls) << "call" << call.id.value << "was given up and is there after all";
        if (auto noted = noteEvent(context, call.id, QStringLiteral("found_late")); !noted)
            return noted;
    }
    if (!report.isOver()) {
        if (auto asked = askToStop(context, call); !asked)
            return asked;
        return saveCall(context, call);
    }
    if (auto gone = cancelTimers(context, call); !gone)
        return gone;
    const auto duration = durationOf(report);
    if (endingOf(report).isCharged && call.uncovered.isZero()) {
        const Terms unheld{call.ratePerMinute, call.recordingFee, {}, {}};
        const Bill bill = billOf(unheld, duration.value_or(0ms));
        if (auto written = writeOff(context, call, bill.uncovered); !written)
            return written;
    }
    call.startedAt = report.startedAt;
    call.duration = duration;
    call.disconnectionReason = reasonOf(report);
    if (auto kept = keepReport(context, call, report); !kept)
        return kept;
    if (auto told = tellWhenDue(context, call, report); !told)
        return told;
    return saveCall(context, call);
}

/// With the analysis there is a summary; of a call that had none, nobody waits for one.
Result<void> CallTracker::tellWhenDue(engine::Context &context, Call &call,
                                      const Report &report) const
{
    const bool isLastWord = call.state != State::Ended || report.analysis;
    if (isLastWord && call.state != State::Cancelled) {
        if (auto told = m_screen.tellEnd(context, call); !told)
            return told;
    }
    if (report.analysis)
        return context.cancelTimer(timerKey(call.id, "tell"));
    const auto isThere = hasAnalysis(context, call); // an event of before may come after
    if (!isThere)
        return failure(isThere.error());
    if (*isThere || !report.wasConnected())
        return {};
    return context.schedule({timerKey(call.id, "tell"), context.now() + kTellWithoutAnalysis,
                             QStringLiteral("call.tell"), lane(call), payloadOf(call.id)});
}

Result<void> CallTracker::lookForAnalysis(engine::Context &context, const Call &call) const
{
    const auto since = context.now() - call.endedAt.value_or(context.now());
    if (call.providerCallId.isEmpty() || !call.duration || since > kLookForAnalysisMax)
        return {};
    const auto isThere = hasAnalysis(context, call);
    if (!isThere)
        return failure(isThere.error());
    if (*isThere)
        return {};
    if (auto asked = askAbout(context, call); !asked)
        return asked;
    const Timestamp::duration pause =
        since < kLookForAnalysis ? kLookForAnalysis : kLookForAnalysisLater;
    return context.schedule({timerKey(call.id, "tell"), context.now() + pause,
                             QStringLiteral("call.tell"), lane(call), payloadOf(call.id)});
}

// What is not known ----------------------------------------------------------------------------

Result<void> CallTracker::outcomeUnknown(engine::Context &context, Call &call) const
{
    if (call.state != State::Dialling || !call.providerCallId.isEmpty())
        return {}; // a webhook came before
    call.unknownAt = context.now();
    if (auto entered = enter(context, call, State::Unknown); !entered)
        return entered;
    if (auto asked = askAbout(context, call); !asked)
        return asked;
    if (auto set = watchAt(context, call, context.now() + kLookAgain); !set)
        return set;
    return showAndSave(context, call);
}

Result<void> CallTracker::notFound(engine::Context &context, Call &call) const
{
    if (call.state != State::Unknown || context.now() < call.unknownAt.value() + kUnknownFor)
        return {};
    return notPlaced(context, call, QStringLiteral("not_placed"),
                     QStringLiteral("the provider has no such call"));
}

Result<void> CallTracker::notPlaced(engine::Context &context, Call &call, const QString &outcome,
                                    const QString &why) const
{
    if (call.state != State::Dialling && call.state != State::Unknown)
        return {};
    const bool isStopped = call.stopRequestedAt && call.state == State::Dialling;
    return closeUncharged(context, m_screen, call,
                          {.state = isStopped ? State::Cancelled : State::Failed,
                           .outcome = isStopped ? QStringLiteral("stopped") : outcome,
                           .detail = why});
}

Result<void> CallTracker::watch(engine::Context &context, Call &call) const
{
    const bool isGivenUp = wasGivenUp(call) && !call.providerCallId.isEmpty();
    if (call.attemptId.isEmpty() || (isFinal(call.state) && !isGivenUp))
        return {};
    // The courier always ends the row that dials, also after a crash; until then there is nobody
    // to ask for.
    const bool hasAnswer = call.state != State::Dialling || !call.providerCallId.isEmpty();
    if (hasAnswer) {
        if (auto asked = askAbout(context, call); !asked)
            return asked;
    }
    const auto pause = std::clamp<Timestamp::duration>((context.now() - call.dialledAt.value()) / 4,
                                                       kLookAgain, kLookAgainMax);
    return watchAt(context, call,
                   context.now() +
                       (call.state == State::Unknown ? Timestamp::duration(kLookAgain) : pause));
}

Result<void> CallTracker::askAbout(engine::Context &context, const Call &call) const
{
    if (!call.providerCallId.isEmpty()) {
        const auto asked = askRetell(context, call, retell::getCall(call.providerCallId));
        return asked ? Result<void>() : failure(asked.error());
    }
    retell::ListCalls list;
    list.filter.metadata = {{QStringLiteral("attempt"), call.attemptId}};
    list.filter.toNumber = call.wish.to;
    const auto request = retell::listCalls(list);
    if (!request)
        return failure(request.error());
    const auto asked = askRetell(context, call, *request);
    return asked ? Result<void>() : failure(asked.error());
}

Result<void> CallTracker::watchAt(engine::Context &context, const Call &call, Timestamp due) const
{
    return context.schedule({timerKey(call.id, "watch"), due, QStringLiteral("call.watch"),
                             lane(call), payloadOf(call.id)});
}

// Stop -------------------------------------------------------------------------------------------

Result<void> CallTracker::stop(engine::Context &context, Call &call, StopReason reason,
                               const QString &by) const
{
    if (isFinal(call.state))
        return {};
    if (auto noted = noteStop(context, call, reason, by); !noted)
        return noted;
    bool isUndialled = call.state == State::Asked || call.state == State::Queued;
    if (call.state == State::Dialling && call.providerCallId.isEmpty()) {
        // Still in the outbox it never leaves; under way it is stopped as soon as its id is known,
        // and not sent again when it did not arrive.
        const auto withdrawn =
            queue::withdraw(context.transaction(), call.dialMessage, context.now());
        if (!withdrawn)
            return failure(withdrawn.error());
        isUndialled = *withdrawn;
    }
    if (isUndialled)
        return closeUncharged(context, m_screen, call,
                              {.state = State::Cancelled,
                               .outcome = QStringLiteral("stopped"),
                               .detail = call.stoppedBy});
    if (!call.providerCallId.isEmpty()) {
        if (auto asked = askToStop(context, call); !asked)
            return asked;
    }
    return showAndSave(context, call);
}

/// The first one counts; it is tried again all the same.
Result<void> CallTracker::noteStop(engine::Context &context, Call &call, StopReason reason,
                                   const QString &by) const
{
    if (call.stopRequestedAt)
        return {};
    call.stopRequestedAt = context.now();
    call.stopReason = nameOf(reason);
    call.stoppedBy = by;
    return noteEvent(context, call.id, QStringLiteral("stop"), nameOf(reason));
}

Result<void> CallTracker::askToStop(engine::Context &context, Call &call) const
{
    if (const auto asked = askRetell(context, call, retell::stopCall(call.providerCallId)); !asked)
        return failure(asked.error());
    if (call.state == State::Dialling || call.state == State::Talking ||
        call.state == State::Unknown) {
        if (auto entered = enter(context, call, State::Ending); !entered)
            return entered;
    }
    return watchAt(context, call, context.now() + kAfterStop);
}

Result<void> CallTracker::showAndSave(engine::Context &context, Call &call) const
{
    if (auto shown = m_screen.refresh(context, call); !shown)
        return shown;
    return saveCall(context, call);
}

} // namespace calls
