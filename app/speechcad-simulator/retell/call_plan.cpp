#include "retell/call_plan.h"

#include "dynopay/payment_scenario.h"

#include "providers/retell/disconnection.h"

namespace simulator {

namespace {

namespace retell = providers::retell;
using Step = void (*)(CallPlan &, const QString &);

double number(const QString &text)
{
    return std::max(0.0, text.toDouble());
}

const QHash<QString, CallPlan::Telling> &tellings()
{
    static const QHash<QString, CallPlan::Telling> all = {
        {QStringLiteral("in_order"), CallPlan::Telling::InOrder},
        {QStringLiteral("in_turn"), CallPlan::Telling::InTurn},
        {QStringLiteral("reversed"), CallPlan::Telling::Reversed},
        {QStringLiteral("only_last"), CallPlan::Telling::OnlyLast},
        {QStringLiteral("none"), CallPlan::Telling::None}};
    return all;
}

const QHash<QString, CallPlan::Signing> &signings()
{
    static const QHash<QString, CallPlan::Signing> all = {
        {QStringLiteral("good"), CallPlan::Signing::Good},
        {QStringLiteral("wrong"), CallPlan::Signing::Wrong},
        {QStringLiteral("stale"), CallPlan::Signing::Stale},
        {QStringLiteral("none"), CallPlan::Signing::None}};
    return all;
}

const QHash<QString, Step> &valueSteps()
{
    static const QHash<QString, Step> all = {
        {QStringLiteral("reason"), [](CallPlan &plan, const QString &v) { plan.reason = v; }},
        {QStringLiteral("ring"),
         [](CallPlan &plan, const QString &v) { plan.ringSeconds = number(v); }},
        {QStringLiteral("talk"),
         [](CallPlan &plan, const QString &v) { plan.talkSeconds = number(v); }},
        {QStringLiteral("analysis"),
         [](CallPlan &plan, const QString &v) { plan.analysisSeconds = number(v); }},
        {QStringLiteral("turns"), [](CallPlan &plan, const QString &v) { plan.turns = v.toInt(); }},
        {QStringLiteral("agent"),
         [](CallPlan &plan, const QString &v) {
             plan.lines.append({QStringLiteral("agent"), v, 0});
         }},
        {QStringLiteral("user"),
         [](CallPlan &plan, const QString &v) {
             plan.lines.append({QStringLiteral("user"), v, 0});
         }},
        {QStringLiteral("cost"),
         [](CallPlan &plan, const QString &v) { plan.costCents = number(v); }},
        {QStringLiteral("recording_dies"),
         [](CallPlan &plan, const QString &v) { plan.recordingSeconds = number(v); }},
        {QStringLiteral("late"),
         [](CallPlan &plan, const QString &v) { plan.lateSeconds = number(v); }},
        {QStringLiteral("duplicate"),
         [](CallPlan &plan, const QString &v) { plan.copies = std::max(1, v.toInt()); }},
    };
    return all;
}

const QHash<QString, Step> &plainSteps()
{
    static const QHash<QString, Step> all = {
        {QStringLiteral("connected"),
         [](CallPlan &plan, const QString &) { plan.connects = true; }},
        {QStringLiteral("unconnected"),
         [](CallPlan &plan, const QString &) { plan.connects = false; }},
        {QStringLiteral("no_analysis"),
         [](CallPlan &plan, const QString &) { plan.hasAnalysis = false; }},
        {QStringLiteral("no_stop_while_ringing"),
         [](CallPlan &plan, const QString &) { plan.refusesStopWhileRinging = true; }},
        {QStringLiteral("no_recording"),
         [](CallPlan &plan, const QString &) { plan.hasRecording = false; }},
        {QStringLiteral("unknown_fields"),
         [](CallPlan &plan, const QString &) { plan.hasUnknownFields = true; }},
        {QStringLiteral("nulls"), [](CallPlan &plan, const QString &) { plan.hasNulls = true; }},
        {QStringLiteral("text_numbers"),
         [](CallPlan &plan, const QString &) { plan.hasTextNumbers = true; }},
        {QStringLiteral("says_registered"),
         [](CallPlan &plan, const QString &) { plan.saysRegistered = true; }},
    };
    return all;
}

/// False: no such step.
bool apply(CallPlan &plan, const ScenarioStep &step)
{
    const QString value = step.arguments.value(0);
    if (step.name == u"webhooks" && tellings().contains(value)) {
        plan.telling = tellings()[value];
    } else if (step.name == u"signing" && signings().contains(value)) {
        plan.signing = signings()[value];
    } else if (step.name == u"answer" && step.arguments.size() == 2) {
        plan.answers[value] = step.arguments[1];
    } else if (valueSteps().contains(step.name) && !value.isEmpty()) {
        valueSteps()[step.name](plan, value);
    } else if (plainSteps().contains(step.name)) {
        plainSteps()[step.name](plan, value);
    } else {
        return false;
    }
    return true;
}

} // namespace

bool CallPlan::isConnecting() const
{
    if (connects)
        return *connects;
    using enum retell::DisconnectionReason;
    const auto disconnection = retell::disconnectionOf(reason);
    switch (disconnection ? disconnection->reason : Unknown) {
    case ConcurrencyLimitReached:
    case NoValidPayment:
    case ScamDetected:
    case ErrorUserNotJoined:
    case RegisteredCallTimeout: return false;
    default: break;
    }
    return !disconnection ||
           retell::statusAfter(disconnection->reason) != retell::CallStatus::NotConnected;
}

Result<CallPlan> callPlanFrom(const QStringList &steps, const QString &toNumber)
{
    CallPlan plan = planOfNumber(toNumber);
    for (const QString &text : steps) {
        const auto step = scenarioStepFrom(text);
        if (!step)
            return failure(step.error());
        if (!apply(plan, *step))
            return failure(
                {.code = ErrorCode::BadInput, .detail = QStringLiteral("unknown step: ") + text});
    }
    return plan;
}

CallPlan planOfNumber(const QString &toNumber)
{
    CallPlan plan;
    bool isNumber = false;
    const auto digits = static_cast<size_t>(toNumber.right(2).toUInt(&isNumber));
    const auto reasons = retell::disconnectionReasons();
    if (isNumber && digits < reasons.size())
        plan.reason = reasons[digits].word;
    return plan;
}

} // namespace simulator
