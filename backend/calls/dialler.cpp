#include "calls/dialler.h"

#include "calls/call_steps.h"
#include "calls/dial_lines.h"
#include "calls/retell_rows.h"
#include "core/assert.h"
#include "core/fault_point.h"
#include "guards/judge.h"
#include "ledger/transfer.h"
#include "providers/retell/call_requests.h"
#include "providers/retell/masking.h"
#include "subscriptions/allowance.h"

namespace calls {

using namespace std::chrono_literals;
using engine::Outcome;
namespace retell = providers::retell;

namespace {

constexpr std::chrono::seconds kExpected = 120s; // of a call, where nothing else is known
constexpr auto kAskAgentAgain = 5s;
constexpr auto kAgentPatience = 10min;
constexpr auto kQueuePatience = 24h;
constexpr auto kFirstLook = 2min; // a call that has not begun by then is overdue
constexpr std::chrono::milliseconds kRing = 40s;
constexpr int kAttemptBytes = 16;

QString attemptIdOf(engine::Context &context, CallId call)
{
    return QString::fromLatin1(
        context.random("attempt:" + QByteArray::number(call.value), kAttemptBytes).toHex());
}

/// For staff, who read it in the call's history.
QString untilWords(Timestamp until)
{
    return QStringLiteral("until %1 %2 UTC")
        .arg(core::toIso(until).first(10), core::toIso(until).sliced(11, 5));
}

QString codesOf(const guards::Verdict &verdict)
{
    QStringList codes;
    for (const guards::Finding &finding : verdict.obstacles())
        codes << guards::codeOf(finding.rule);
    return codes.join(u' ');
}

Terms termsOf(const Case &facts, const guards::Allotment &allotment)
{
    return {.perMinute = facts.facts.ratePerMinute,
            .recordingFee = facts.facts.fee,
            .fromAllowance = allotment.fromAllowance,
            .hold = allotment.hold};
}

/// The provider records every call. Only the strictest setting makes it keep no audio.
QString storageOf(const CallWish &wish)
{
    return wish.isRecorded ? QStringLiteral("everything") : QStringLiteral("basic_attributes_only");
}

} // namespace

QString dialLane()
{
    return QStringLiteral("dial");
}

Dialler::Dialler(const CallScreen &screen, const CallSettings &settings)
    : m_screen(screen)
    , m_settings(settings)
{
}

Result<Preview> Dialler::preview(engine::Context &context, const CallWish &wish) const
{
    const auto facts =
        gather(context, wish, m_settings, m_screen.catalogue(), Reading::Looking, context.now());
    if (!facts)
        return failure(facts.error());
    Preview preview;
    preview.verdict = guards::judge(facts->request, facts->facts, guards::shippedPolicy());
    const guards::Allotment &allotment = preview.verdict.allotment;
    const Terms terms = termsOf(*facts, allotment);
    const auto paid = [&](std::chrono::seconds length) {
        return std::max(length - allotment.fromAllowance, std::chrono::seconds(0));
    };
    preview.ratePerMinute = terms.perMinute;
    preview.recordingFee = terms.recordingFee;
    preview.hold = allotment.hold;
    preview.longest = allotment.longest;
    preview.expected = std::min(kExpected, allotment.longest);
    preview.priceOfExpected = priceOf(terms, paid(preview.expected));
    preview.priceOfLongest = priceOf(terms, paid(preview.longest));
    return preview;
}

Result<Outcome> Dialler::dial(const engine::Event &event, engine::Context &context) const
{
    auto call = lockCall(context.transaction(), callIdOf(event.payload));
    if (!call)
        return failure(call.error());
    if (!*call || ((*call)->state != State::Asked && (*call)->state != State::Queued))
        return Outcome::Ignored;
    if (auto done = judgeAndDial(context, **call); !done)
        return failure(done.error());
    return Outcome::Handled;
}

Result<Outcome> Dialler::dialDied(const engine::Event &event, engine::Context &context) const
{
    auto call = lockCall(context.transaction(), callIdOf(event.payload));
    if (!call)
        return failure(call.error());
    if (!*call || ((*call)->state != State::Asked && (*call)->state != State::Queued))
        return Outcome::Ignored;
    qCCritical(lcCalls) << "call" << (*call)->id.value << "could not be judged";
    if (auto refused = refuse(context, **call, QStringLiteral("not_placed"),
                              QStringLiteral("the dialler failed"));
        !refused)
        return failure(refused.error());
    return Outcome::Handled;
}

Result<void> Dialler::judgeAndDial(engine::Context &context, Call &call) const
{
    const auto facts = gather(context, call.wish, m_settings, m_screen.catalogue(),
                              Reading::Dialling, call.askedAt);
    if (!facts)
        return failure(facts.error());
    const auto verdict = guards::judge(facts->request, facts->facts, guards::shippedPolicy());
    if (auto saved = saveJudgement(context, call.id,
                                   {.verdict = guards::toJson(verdict),
                                    .request = guards::toJson(facts->request),
                                    .facts = guards::toJson(facts->facts)});
        !saved)
        return saved;
    call.region = verdict.region;
    call.tier = guards::nameOf(facts->facts.tier);
    if (verdict.ruling == guards::Ruling::Queue && verdict.until)
        return waitUntil(context, call, *verdict.until);
    if (!verdict.isAllowed())
        return refuse(context, call, QStringLiteral("refused"), codesOf(verdict));
    if (!facts->agent.isReady)
        return awaitAgent(context, call, facts->agent);
    return place(context, call, *facts, verdict);
}

Result<void> Dialler::awaitAgent(engine::Context &context, Call &call,
                                 const AgentOfScript &agent) const
{
    if (agent.state == AgentState::Failed || context.now() >= call.askedAt + kAgentPatience)
        return refuse(context, call, QStringLiteral("script"),
                      QStringLiteral("the script has no agent"));
    return waitUntil(context, call, context.now() + kAskAgentAgain);
}

Result<void> Dialler::waitUntil(engine::Context &context, Call &call, Timestamp until) const
{
    if (context.now() >= call.askedAt + kQueuePatience)
        return refuse(context, call, QStringLiteral("waited_too_long"),
                      QStringLiteral("it waited for a day"));
    if (call.state != State::Queued) {
        if (auto entered = enter(context, call, State::Queued, untilWords(until)); !entered)
            return entered;
    }
    call.queuedUntil = until;
    if (auto set = context.schedule({timerKey(call.id, "dial"), until, QStringLiteral("call.dial"),
                                     dialLane(), payloadOf(call.id)});
        !set)
        return set;
    if (auto shown = m_screen.refresh(context, call); !shown)
        return shown;
    return saveCall(context, call);
}

Result<void> Dialler::refuse(engine::Context &context, Call &call, const QString &outcome,
                             const QString &detail) const
{
    return closeUncharged(context, m_screen, call,
                          {.state = State::Refused, .outcome = outcome, .detail = detail});
}

Result<void> Dialler::place(engine::Context &context, Call &call, const Case &facts,
                            const guards::Verdict &verdict) const
{
    call.ratesVersion = facts.rate.version;
    call.ratePerMinute = facts.facts.ratePerMinute;
    call.recordingFee = facts.facts.fee;
    call.longest = verdict.allotment.longest;
    call.fromAllowance = verdict.allotment.fromAllowance;
    call.hold = verdict.allotment.hold;
    call.attemptId = attemptIdOf(context, call.id);
    call.dialledAt = context.now();
    call.queuedUntil.reset();
    if (auto held = holdMoney(context, call); !held)
        return held;
    if (auto held = subscriptions::holdAllowance(context, call.wish.customer, call.id.value,
                                                 call.fromAllowance);
        !held)
        return held;
    core::faultPoint("call.held");
    const auto written = write(context, call, facts);
    if (!written)
        return failure(written.error());
    call.dialMessage = *written;
    if (auto entered = enter(context, call, State::Dialling); !entered)
        return entered;
    if (auto taken = takeLine(context, call); !taken)
        return taken;
    if (auto set = context.schedule({timerKey(call.id, "watch"), context.now() + kFirstLook,
                                     QStringLiteral("call.watch"),
                                     customers::laneOf(call.wish.customer), payloadOf(call.id)});
        !set)
        return set;
    if (auto shown = m_screen.refresh(context, call); !shown)
        return shown;
    auto saved = saveCall(context, call);
    core::faultPoint("call.dialled");
    return saved;
}

Result<void> Dialler::holdMoney(engine::Context &context, Call &call) const
{
    if (call.hold.isZero()) // all of it is of a plan
        return {};
    const auto held = ledger::post(context.transaction(),
                                   {.customer = call.wish.customer,
                                    .kind = QStringLiteral("hold"),
                                    .requestKey = QStringLiteral("hold:%1").arg(call.id.value),
                                    .available = -call.hold,
                                    .held = call.hold},
                                   context.cause(), context.now());
    if (!held)
        return failure(held.error());
    call.holdTransfer = held->id;
    return {};
}

Result<OutboxId> Dialler::write(engine::Context &context, const Call &call, const Case &facts) const
{
    retell::CreatePhoneCall dial{.fromNumber = facts.request.from,
                                 .toNumber = facts.request.to,
                                 .agentId = facts.agent.agentId,
                                 .agentVersion = QString::number(facts.agent.agentVersion),
                                 .metadata = {{"attempt", call.attemptId},
                                              {"call", call.id.value},
                                              {"lane", customers::laneOf(call.wish.customer)},
                                              {retell::kRecordedMark, call.wish.isRecorded}}};
    dial.agentOverride.callDurationMax = call.longest;
    dial.agentOverride.ringDuration = kRing;
    dial.agentOverride.dataStorageSetting = storageOf(call.wish);
    dial.agentOverride.webhookEvents =
        QStringList{QStringLiteral("call_started"), QStringLiteral("call_ended"),
                    QStringLiteral("call_analyzed"), QStringLiteral("transcript_updated")};
    if (!m_settings.hookUrl.isEmpty())
        dial.agentOverride.webhookUrl = m_settings.hookUrl.toString();
    dial.engineOverride.beginMessage = facts.request.opening; // to the letter what was judged
    const auto request = retell::createPhoneCall(dial);
    if (!request)
        return failure(request.error());
    return askRetell(context, call, *request, QStringLiteral("dial:%1").arg(call.id.value));
}

} // namespace calls
