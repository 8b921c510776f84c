// The half of CallFlow that hears from the provider.
#include "calls/call_flow.h"
#include "calls/call_steps.h"
#include "calls/retell_rows.h"
#include "providers/retell/event.h"

namespace calls {

using engine::Outcome;
namespace retell = providers::retell;

namespace {

using namespace std::chrono_literals;
using Source = CallTracker::Source;

constexpr auto kForgottenAfter = 10min; // a call the provider no longer knows by then is no call
constexpr auto kGrace = 60s;            // beyond the longest that they may talk
constexpr auto kAfterStop = 10s;

/// By our attempt, else by the provider's id: an event may come before the answer to the dial.
Result<std::optional<Call>> lockCallOf(engine::Context &context, const retell::Call &report)
{
    const QString attempt = core::textMember(report.metadata, "attempt").value_or(QString());
    if (!attempt.isEmpty())
        return lockCallByAttempt(context.transaction(), attempt);
    if (report.callId.isEmpty())
        return std::optional<Call>();
    return lockCallByProviderId(context.transaction(), report.callId);
}

/// Of a call that somebody answered an end is expected first: they may be talking still.
bool mayBeForgotten(const Call &call, Timestamp now)
{
    if (call.startedAt && now < *call.startedAt + call.longest + kGrace)
        return false;
    return now >= call.dialledAt.value() + kForgottenAfter;
}

} // namespace

CallFlow::Step CallFlow::webhook(const engine::Event &event, engine::Context &context) const
{
    const auto told = retell::readEvent(event.payload);
    if (!told)
        return Outcome::Ignored; // kept in the inbox as malformed
    auto call = lockCallOf(context, told->call);
    if (!call)
        return failure(call.error());
    if (!*call) {
        qCWarning(lcCalls) << "inbox row" << event.id.value << "is about no call of ours";
        return Outcome::Ignored;
    }
    // A call is changed on its customer's lane; metadata that were lost must not change that.
    const QString lane = customers::laneOf((*call)->wish.customer);
    if (event.lane != lane) {
        if (auto posted = context.post(lane, event.kind, event.payload,
                                       QStringLiteral("forward:%1").arg(event.id.value));
            !posted)
            return failure(posted.error());
        return Outcome::Handled;
    }
    if (auto done = m_tracker.seen(context, **call, told->call, Source::Told); !done)
        return failure(done.error());
    return Outcome::Handled;
}

Result<void> CallFlow::dialAnswered(const engine::Event &event, engine::Context &context,
                                    Call &call) const
{
    if (isUnknown(event.payload))
        return m_tracker.outcomeUnknown(context, call);
    if (wasNeverSent(event.payload))
        return m_tracker.notPlaced(context, call, QStringLiteral("not_placed"),
                                   QStringLiteral("the provider could not be reached"));
    const auto answer = retell::parseCallAnswer(retellAnswerIn(event.payload));
    if (answer)
        return m_tracker.seen(context, call, *answer, Source::Told);
    if (answer.error().refusal == retell::Refusal::Unavailable)
        return m_tracker.outcomeUnknown(context, call);
    qCCritical(lcCalls) << "call" << call.id.value
                        << "was refused by the provider:" << retell::name(answer.error().refusal);
    return m_tracker.notPlaced(context, call, QStringLiteral("provider"),
                               QStringLiteral("the provider refused it: ") +
                                   retell::name(answer.error().refusal));
}

Result<void> CallFlow::lookAnswered(const engine::Event &event, engine::Context &context,
                                    Call &call) const
{
    const auto answer = retell::parseCallAnswer(retellAnswerIn(event.payload));
    if (answer)
        return m_tracker.seen(context, call, *answer, Source::Asked);
    const bool isForgotten =
        answer.error().refusal == retell::Refusal::NotFound && mayBeForgotten(call, context.now());
    if (!isForgotten || isFinal(call.state))
        return {}; // the timer asks again
    qCCritical(lcCalls) << "the provider no longer knows call" << call.id.value;
    addNote(call, QStringLiteral("the provider no longer knows it"));
    return closeUncharged(context, m_screen, call,
                          {.state = State::Failed,
                           .outcome = QStringLiteral("provider"),
                           .detail = QStringLiteral("the provider no longer knows it")});
}

Result<void> CallFlow::listAnswered(const engine::Event &event, engine::Context &context,
                                    Call &call) const
{
    const auto answer = retell::parseCallList(retellAnswerIn(event.payload));
    if (!answer)
        return {}; // no answer is not an empty one; the timer asks again
    bool isFound = false;
    for (const retell::Call &item : answer->items) {
        if (core::textMember(item.metadata, "attempt") != call.attemptId)
            continue;
        isFound = true;
        // Without a transcript: of one that is over, all is asked for.
        if (item.isOver() && !isFinal(call.state) && call.providerCallId.isEmpty())
            call.providerCallId = item.callId;
        if (item.isOver() && !isFinal(call.state)) {
            if (auto asked = m_tracker.askAbout(context, call); !asked)
                return asked;
            if (auto saved = saveCall(context, call); !saved)
                return saved;
            continue;
        }
        if (auto done = m_tracker.seen(context, call, item, Source::Told); !done)
            return done;
    }
    return isFound ? Result<void>() : m_tracker.notFound(context, call);
}

/// Over already, not heard, or on its way: either way the end is what counts.
Result<void> CallFlow::stopAnswered(const engine::Event &event, engine::Context &context,
                                    Call &call) const
{
    if (isFinal(call.state))
        return {};
    if (retell::parseDone(retellAnswerIn(event.payload)))
        return {}; // the webhook comes, or the timer looks
    return m_tracker.watchAt(context, call, context.now() + kAfterStop);
}

} // namespace calls
