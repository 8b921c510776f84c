#include "calls/call_flow.h"

#include "calls/call_steps.h"
#include "calls/dial_lines.h"

namespace calls {

using engine::Outcome;

namespace {

const QString kStopSwitch = QStringLiteral("stop_calls");

/// Answers of the provider name the call in the request that they answer.
CallId callOfEvent(const Json &payload)
{
    if (const CallId direct = callIdOf(payload); direct.value != 0)
        return direct;
    const Json *request = core::member(payload, "request");
    return request ? callIdOf(*request) : CallId{};
}

} // namespace

CallFlow::CallFlow(const customers::Messenger &messenger, CallSettings settings)
    : m_settings(std::move(settings))
    , m_screen(messenger)
    , m_dialler(m_screen, m_settings)
    , m_tracker(m_screen)
{
}

void CallFlow::addRoutes(engine::RoutingTable &routes) const
{
    routes.add(
        {.kind = QStringLiteral("call.dial"),
         .handle = [this](const engine::Event &event,
                          engine::Context &context) { return m_dialler.dial(event, context); },
         .whenDead =
             [this](const engine::Event &event, engine::Context &context) {
                 return m_dialler.dialDied(event, context);
             }});
    routes.add({.kind = QStringLiteral("call.line_free"), .handle = freeLine});
    routes.add({.kind = QStringLiteral("retell.webhook"),
                .handle = [this](const engine::Event &event, engine::Context &context) {
                    return webhook(event, context);
                }});
    routes.add(route("call.stop", &CallFlow::stopPosted));
    routes.add(route("call.watch", &CallFlow::watch));
    routes.add(route("call.limit", &CallFlow::limit));
    routes.add(route("call.show", &CallFlow::show));
    routes.add(route("call.tell", &CallFlow::tell));
    routes.add(route("retell.answer.createPhoneCall", &CallFlow::dialAnswered));
    routes.add(route("retell.answer.getCall", &CallFlow::lookAnswered));
    routes.add(route("retell.answer.listCalls", &CallFlow::listAnswered));
    routes.add(route("retell.answer.stopCall", &CallFlow::stopAnswered));
}

engine::Route CallFlow::route(const char *kind, OnCall step) const
{
    return {.kind = QString::fromLatin1(kind),
            .handle = [this, step](const engine::Event &event, engine::Context &context) {
                return onCall(event, context, step);
            }};
}

CallFlow::Step CallFlow::onCall(const engine::Event &event, engine::Context &context,
                                OnCall step) const
{
    auto call = lockCall(context.transaction(), callOfEvent(event.payload));
    if (!call)
        return failure(call.error());
    if (!*call)
        return Outcome::Ignored;
    if (auto done = (this->*step)(event, context, **call); !done)
        return failure(done.error());
    return Outcome::Handled;
}

// Asked for ------------------------------------------------------------------------------------

Result<Preview> CallFlow::preview(engine::Context &context, const CallWish &wish) const
{
    return m_dialler.preview(context, wish);
}

Result<CallId> CallFlow::ask(engine::Context &context, const CallWish &wish,
                             const QString &requestKey) const
{
    const auto tier = tierOf(context.transaction(), wish.customer, context.now());
    if (!tier)
        return failure(tier.error());
    const auto inserted = insertCall(context, wish, requestKey, guards::nameOf(*tier));
    if (!inserted)
        return failure(inserted.error());
    if (!inserted->isNew)
        return inserted->id;
    auto call = lockCall(context.transaction(), inserted->id);
    if (!call)
        return failure(call.error());
    if (auto begun = m_screen.begin(context, **call); !begun)
        return failure(begun.error());
    if (auto saved = saveCall(context, **call); !saved)
        return failure(saved.error());
    if (auto noted = noteEvent(context, inserted->id, QStringLiteral("asked")); !noted)
        return failure(noted.error());
    if (auto posted = context.post(dialLane(), QStringLiteral("call.dial"), payloadOf(inserted->id),
                                   QStringLiteral("dial:%1").arg(inserted->id.value));
        !posted)
        return failure(posted.error());
    return inserted->id;
}

// Stopped ----------------------------------------------------------------------------------------

Result<void> CallFlow::stop(engine::Context &context, CallId id, StopReason reason,
                            const QString &by) const
{
    auto call = lockCall(context.transaction(), id);
    if (!call)
        return failure(call.error());
    if (!*call)
        return failure(
            {.code = ErrorCode::NotFound, .detail = QStringLiteral("no call %1").arg(id.value)});
    return m_tracker.stop(context, **call, reason, by);
}

Result<void> CallFlow::postStop(engine::Context &context, CallId id, StopReason reason,
                                const QString &by) const
{
    const auto found = context.transaction().run(
        QStringLiteral("SELECT customer_id FROM calls WHERE id = ?"), {id.value});
    if (!found)
        return failure(found.error());
    if (found->isEmpty())
        return failure(
            {.code = ErrorCode::NotFound, .detail = QStringLiteral("no call %1").arg(id.value)});
    Json payload = payloadOf(id);
    payload["reason"] = nameOf(reason);
    payload["by"] = by;
    return context.post(customers::laneOf(CustomerId{found->first().integer("customer_id")}),
                        QStringLiteral("call.stop"), payload,
                        QStringLiteral("stop:%1:%2").arg(id.value).arg(context.cause().value));
}

Result<void> CallFlow::stopPosted(const engine::Event &event, engine::Context &context,
                                  Call &call) const
{
    const auto reason =
        stopReasonNamed(core::textMember(event.payload, "reason").value_or(QString()));
    return m_tracker.stop(context, call, reason.value_or(StopReason::Operator),
                          core::textMember(event.payload, "by").value_or(QString()));
}

Result<void> CallFlow::turnSwitch(engine::Context &context, bool isOn, const QString &reason,
                                  const QString &by) const
{
    const auto turned = context.transaction().run(
        QStringLiteral("UPDATE policy_switches SET is_on = ?, reason = ?, changed_by = ?, "
                       "changed_at = ?::timestamptz, cause_id = ? WHERE name = ?"),
        {isOn, reason, by, core::toIso(context.now()), context.cause().value, kStopSwitch});
    if (!turned)
        return failure(turned.error());
    if (turned->affected() != 1)
        return failure(
            {.code = ErrorCode::Internal, .detail = QStringLiteral("there is no stop switch")});
    qCWarning(lcCalls) << "all calls are" << (isOn ? "stopped" : "allowed again");
    context.changed(Topic::Policy, 0);
    return {};
}

Result<void> CallFlow::stopAll(engine::Context &context, const QString &reason,
                               const QString &by) const
{
    // The dialler holds the switch's row until its commit, so every dial before this one is seen.
    if (auto turned = turnSwitch(context, true, reason, by); !turned)
        return turned;
    const auto unfinished = unfinishedCalls(context.transaction());
    if (!unfinished)
        return failure(unfinished.error());
    for (const Unfinished &each : *unfinished) {
        Json payload = payloadOf(each.call);
        payload["reason"] = nameOf(StopReason::StopSwitch);
        payload["by"] = by;
        if (auto posted = context.post(
                customers::laneOf(each.customer), QStringLiteral("call.stop"), payload,
                QStringLiteral("stop:%1:%2").arg(each.call.value).arg(context.cause().value));
            !posted)
            return posted;
    }
    return {};
}

Result<std::optional<Timestamp>> CallFlow::stoppedSince(engine::Context &context) const
{
    const auto rows = context.transaction().run(
        QStringLiteral("SELECT to_micros(changed_at) AS since FROM policy_switches WHERE name = ? "
                       "AND is_on"),
        {kStopSwitch});
    if (!rows)
        return failure(rows.error());
    return rows->isEmpty() ? std::optional<Timestamp>()
                           : std::optional(rows->first().time("since"));
}

Result<void> CallFlow::resume(engine::Context &context, const QString &reason,
                              const QString &by) const
{
    return turnSwitch(context, false, reason, by);
}

// Timers -----------------------------------------------------------------------------------------

Result<void> CallFlow::watch(const engine::Event &, engine::Context &context, Call &call) const
{
    return m_tracker.watch(context, call);
}

Result<void> CallFlow::limit(const engine::Event &, engine::Context &context, Call &call) const
{
    return m_tracker.stop(context, call, StopReason::TooLong, QStringLiteral("timer"));
}

Result<void> CallFlow::show(const engine::Event &, engine::Context &context, Call &call) const
{
    if (auto shown = m_screen.refresh(context, call); !shown)
        return shown;
    return saveCall(context, call);
}

Result<void> CallFlow::tell(const engine::Event &, engine::Context &context, Call &call) const
{
    if (!isFinal(call.state))
        return {};
    if (call.state != State::Cancelled) {
        if (auto told = m_screen.tellEnd(context, call); !told)
            return told;
    }
    if (auto looked = m_tracker.lookForAnalysis(context, call); !looked)
        return looked;
    return saveCall(context, call);
}

} // namespace calls
