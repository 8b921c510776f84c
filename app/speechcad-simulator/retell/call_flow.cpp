#include "retell/call_flow.h"

#include <array>

namespace simulator {

namespace {

namespace retell = providers::retell;
using Micros = std::chrono::microseconds;

constexpr double kRingDefault = 2;
constexpr double kTalkDefault = 45;
constexpr double kAnalysisDefault = 3;
constexpr double kRegisteredMax = 300; // then registered_call_timeout

constexpr std::array kLines = {
    "Hello, this is a call by a computer on behalf of a customer.",
    "Hello, who is it, please?",
    "I am calling about the appointment on Thursday. Does the time suit you?",
    "Yes, Thursday is fine.",
    "Thank you, I will pass that on. Is there anything else?",
    "No, that is all. Goodbye.",
};

double ringOf(const RetellCall &call)
{
    if (call.plan.ringSeconds)
        return *call.plan.ringSeconds;
    if (call.plan.reason == u"registered_call_timeout")
        return kRegisteredMax;
    if (call.plan.reason == u"dial_no_answer")
        return static_cast<double>(call.longestRing.count()) / 1000;
    return kRingDefault;
}

QList<SpokenLine> linesOf(const CallPlan &plan)
{
    if (!plan.lines.isEmpty())
        return plan.lines;
    QList<SpokenLine> lines;
    for (int i = 0; i < plan.turns; ++i)
        lines.append({i % 2 == 0 ? QStringLiteral("agent") : QStringLiteral("user"),
                      QString::fromLatin1(kLines[static_cast<size_t>(i) % kLines.size()]), 0});
    return lines;
}

retell::CallStatus statusAfter(const RetellCall &call, const QString &reason)
{
    const auto disconnection = retell::disconnectionOf(reason);
    const auto known = disconnection ? disconnection->reason : retell::DisconnectionReason::Unknown;
    if (known != retell::DisconnectionReason::Unknown)
        return retell::statusAfter(known);
    return call.startedAt ? retell::CallStatus::Ended : retell::CallStatus::Error;
}

} // namespace

CallFlow::CallFlow(World &world, CallHooks &hooks)
    : m_world(world)
    , m_hooks(hooks)
{
}

void CallFlow::begin(const RetellCallPtr &call)
{
    const Timestamp moment = call->createdAt + span(ringOf(*call));
    m_world.scheduler.at(moment, [this, call, moment] {
        if (call->plan.isConnecting())
            connect(call, moment);
        else
            finish(call, call->plan.reason, moment);
    });
}

void CallFlow::connect(const RetellCallPtr &call, Timestamp moment)
{
    if (call->isOver())
        return;
    call->status = retell::CallStatus::Ongoing;
    call->startedAt = moment;
    m_hooks.tell(call, QStringLiteral("call_started"));
    const Micros wished = span(call->plan.talkSeconds.value_or(kTalkDefault));
    const bool isTooLong = wished > call->longest;
    const Micros talk = isTooLong ? Micros(call->longest) : wished;
    planTalk(call, talk);
    const QString reason = isTooLong ? QStringLiteral("max_duration_reached") : call->plan.reason;
    m_world.scheduler.at(moment + talk,
                         [this, call, reason, end = moment + talk] { finish(call, reason, end); });
}

void CallFlow::planTalk(const RetellCallPtr &call, Micros talk)
{
    const QList<SpokenLine> lines = linesOf(call->plan);
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const Micros at = talk * (i + 1) / (lines.size() + 1);
        SpokenLine line = lines[i];
        line.atSeconds = static_cast<double>(at.count()) / 1e6;
        m_world.scheduler.at(*call->startedAt + at, [this, call, line] { speak(call, line); });
    }
}

void CallFlow::speak(const RetellCallPtr &call, const SpokenLine &line)
{
    if (call->isOver())
        return;
    call->lines.append(line);
    m_hooks.tell(call, QStringLiteral("transcript_updated"));
}

bool CallFlow::say(const RetellCallPtr &call, const QString &role, const QString &text)
{
    if (call->isOver() || !call->startedAt)
        return false;
    const auto at = m_world.scheduler.now() - *call->startedAt;
    speak(call, {role, text, static_cast<double>(at.count()) / 1e6});
    return true;
}

bool CallFlow::end(const RetellCallPtr &call, const QString &reason)
{
    if (call->isOver())
        return false;
    finish(call, reason, m_world.scheduler.now());
    return true;
}

void CallFlow::finish(const RetellCallPtr &call, const QString &reason, Timestamp moment)
{
    if (call->isOver())
        return;
    call->status = statusAfter(*call, reason);
    call->reason = reason;
    call->endedAt = moment;
    tellTransfer(call);
    if (call->startedAt)
        m_hooks.tell(call, QStringLiteral("transcript_updated"));
    m_hooks.tell(call, QStringLiteral("call_ended"));
    if (!call->plan.hasAnalysis)
        return;
    const Micros wait = m_world.scaled(span(call->plan.analysisSeconds.value_or(kAnalysisDefault)));
    m_world.scheduler.at(moment + wait, [this, call] {
        call->isAnalyzed = true;
        m_hooks.tell(call, QStringLiteral("call_analyzed"));
    });
}

void CallFlow::tellTransfer(const RetellCallPtr &call)
{
    if (call->reason != u"call_transfer" && !call->reason.startsWith(u"transfer_"))
        return;
    m_hooks.tell(call, QStringLiteral("transfer_started"));
    if (call->reason == u"transfer_cancelled")
        m_hooks.tell(call, QStringLiteral("transfer_cancelled"));
    else
        m_hooks.tell(call, QStringLiteral("transfer_bridged"));
}

} // namespace simulator
