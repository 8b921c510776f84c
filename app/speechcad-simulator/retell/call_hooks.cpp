#include "retell/call_hooks.h"

#include "providers/retell/signature.h"

#include <algorithm>

namespace simulator {

namespace {

namespace retell = providers::retell;
using namespace std::chrono_literals;

const QString kProvider = QStringLiteral("retell");
constexpr auto kStaleness = 1h;

bool isLast(const RetellCall &call, const QString &event)
{
    return event == (call.plan.hasAnalysis ? u"call_analyzed" : u"call_ended");
}

} // namespace

CallHooks::CallHooks(World &world)
    : m_world(world)
{
}

CallHooks::HookPtr CallHooks::makeHook(const RetellCall &call, const QString &event) const
{
    const bool isLive = event == u"transcript_updated";
    Json body = {{"event", event},
                 {"call", callJson(call, m_world.options.retellCentsPerMinute,
                                   isLive ? CallView::Live : CallView::Whole)}};
    if (event.startsWith(u"transfer_"))
        body["transfer_destination"] = {{"number", "+14155550199"}};
    auto hook = std::make_shared<Hook>();
    hook->event = event;
    hook->callId = call.id;
    hook->target = call.hook;
    hook->body = core::toBytes(styled(std::move(body), call.plan));
    hook->signing = call.plan.signing;
    return hook;
}

void CallHooks::tell(const RetellCallPtr &call, const QString &event)
{
    call->told.append(event);
    const bool isWanted = call->hook.events.contains(event) && !call->hook.url.isEmpty();
    if (isWanted) {
        const HookPtr hook = makeHook(*call, event);
        if (call->plan.telling == CallPlan::Telling::InOrder)
            send(*call, hook);
        else if (call->plan.telling == CallPlan::Telling::InTurn)
            queue(call, {hook});
        else
            m_kept[call->id].append(hook);
    }
    if (isLast(*call, event))
        tellAll(call);
}

void CallHooks::replay(const RetellCall &call, const QString &event)
{
    start(makeHook(call, event));
}

/// What was kept goes out, as far as the plan lets it.
void CallHooks::tellAll(const RetellCallPtr &call)
{
    QList<HookPtr> kept = m_kept.take(call->id);
    if (call->plan.telling == CallPlan::Telling::None)
        return;
    std::reverse(kept.begin(), kept.end());
    if (call->plan.telling == CallPlan::Telling::OnlyLast)
        kept = kept.mid(0, 1);
    queue(call, kept);
}

void CallHooks::queue(const RetellCallPtr &call, const QList<HookPtr> &hooks)
{
    m_queues[call->id].waiting.append(hooks);
    sendNext(call);
}

void CallHooks::sendNext(const RetellCallPtr &call)
{
    Queue &queue = m_queues[call->id];
    if (queue.isBusy)
        return;
    if (queue.waiting.isEmpty()) {
        m_queues.remove(call->id);
        return;
    }
    queue.isBusy = true;
    const HookPtr hook = queue.waiting.takeFirst();
    hook->whenDone = [this, call] {
        m_queues[call->id].isBusy = false;
        sendNext(call);
    };
    send(*call, hook);
}

void CallHooks::send(const RetellCall &call, const HookPtr &hook)
{
    for (int copy = 0; copy < call.plan.copies; ++copy) {
        const auto each = std::make_shared<Hook>(*hook);
        if (copy + 1 < call.plan.copies)
            each->whenDone = nullptr; // only the last goes on
        if (call.plan.lateSeconds > 0)
            m_world.scheduler.after(
                std::chrono::microseconds(static_cast<qint64>(call.plan.lateSeconds * 1e6)),
                [this, each] { dispatch(each); });
        else
            dispatch(each);
    }
}

void CallHooks::dispatch(const HookPtr &hook)
{
    const DeliveryFaults::Plan plan = m_world.deliveryFaults.next(kProvider, hook->event);
    if (plan.fate == DeliveryFaults::Fate::Lost) {
        done(hook);
        return;
    }
    if (plan.fate == DeliveryFaults::Fate::Held) {
        m_world.deliveryFaults.hold([this, hook] { start(hook); });
        done(hook);
        return;
    }
    for (int copy = 1; copy <= plan.copies; ++copy) {
        const auto again = std::make_shared<Hook>(*hook);
        again->whenDone = nullptr;
        start(again);
    }
    start(hook);
}

void CallHooks::done(const HookPtr &hook)
{
    if (const auto next = std::exchange(hook->whenDone, nullptr))
        next();
}

void CallHooks::start(const HookPtr &hook)
{
    ++m_pendingCount;
    attempt(hook);
}

/// Each try is signed anew, else a late one would be refused as stale.
void CallHooks::attempt(const HookPtr &hook)
{
    ++hook->attempts;
    const Timestamp now = m_world.scheduler.now();
    m_world.hooks.post(
        {.url = hook->target.url,
         .headers = headersOf(*hook),
         .body = hook->body,
         .timeout = m_world.patience(hook->target.timeout)},
        [this, hook, now](const HookAnswer &answer) { answered(hook, answer, now); });
}

QList<http::Header> CallHooks::headersOf(const Hook &hook) const
{
    QList<http::Header> headers = {{"User-Agent", "axios/1.7"}};
    if (hook.signing == CallPlan::Signing::None)
        return headers;
    const bool isWrong = hook.signing == CallPlan::Signing::Wrong;
    const auto age = hook.signing == CallPlan::Signing::Stale ? kStaleness : 0h;
    const QByteArray key = isWrong ? "key_nobody_knows" : m_world.options.retellApiKey;
    headers.append(
        {retell::kSignatureHeader, retell::sign(hook.body, key, m_world.scheduler.now() - age)});
    return headers;
}

void CallHooks::answered(const HookPtr &hook, const HookAnswer &answer, Timestamp at)
{
    m_world.deliveries.add({.at = at,
                            .provider = kProvider,
                            .kind = hook->event,
                            .about = hook->callId,
                            .attempt = hook->attempts},
                           answer);
    if (answer.isSuccess() || hook->attempts >= m_world.options.retellHookTries) {
        --m_pendingCount;
        done(hook);
        return;
    }
    m_world.scheduler.after(m_world.scaled(m_world.options.retellRetryDelay),
                            [this, hook] { attempt(hook); });
}

} // namespace simulator
