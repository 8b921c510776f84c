#include "calls/call_screen.h"

#include "calls/call_end.h"
#include "guards/verdict.h"

#include <algorithm>

namespace calls {

using namespace language::literals;
using namespace std::chrono_literals;
using language::Text;

namespace {

constexpr auto kEditInterval = 3s;
constexpr auto kTick = 15s; // while they talk
constexpr size_t kObstaclesMax = 3;
constexpr qsizetype kSummaryShownMax = 1000; // of a message's 4,096; the history has it all
constexpr qsizetype kTranscriptCharactersMax = 2000;

/// "1:40"
QString clockOf(std::chrono::milliseconds duration)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(duration).count();
    return QStringLiteral("%1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
}

QString shortIdOf(const std::optional<TransferId> &transfer)
{
    return transfer ? QStringLiteral("T-%1").arg(transfer->value) : QString();
}

Text talkingText(const Call &call, Timestamp now)
{
    const auto talked = std::chrono::floor<std::chrono::milliseconds>(
        std::max(now - call.startedAt.value_or(now), Timestamp::duration(0)));
    return {"call.live.talking"_key,
            {{"number", call.wish.to},
             {"duration", clockOf(talked)},
             {"amount", billOf(call.terms(), talked).captured},
             {"hold", call.hold}}};
}

/// What stands against it, as the guards said last.
Result<std::vector<Text>> obstaclesOf(engine::Context &context, CallId call)
{
    const auto rows = context.transaction().run(
        QStringLiteral("SELECT verdict FROM calls WHERE id = ? AND verdict IS NOT NULL"),
        {call.value});
    if (!rows)
        return failure(rows.error());
    std::vector<Text> texts;
    if (rows->isEmpty())
        return texts;
    const auto json = core::parseJson(rows->first().text("verdict").toUtf8());
    const auto verdict = json ? guards::verdictFromJson(*json) : failure(json.error());
    if (!verdict)
        return failure(verdict.error());
    for (const guards::Finding &finding : verdict->obstacles()) {
        if (texts.size() < kObstaclesMax)
            texts.push_back(finding.text);
    }
    return texts;
}

Text moneyText(const Call &call)
{
    if (call.chargeTransfer)
        return {"call.money.charged"_key,
                {{"amount", call.charged},
                 {"duration", clockOf(call.billed.value_or(0s) - call.usedOfAllowance())},
                 {"rest", call.hold - call.charged},
                 {"transfer", shortIdOf(call.chargeTransfer)}}};
    if (call.releaseTransfer)
        return {"call.money.released"_key,
                {{"amount", call.hold}, {"transfer", shortIdOf(call.releaseTransfer)}}};
    return {"call.money.nothing"_key};
}

QString transcriptText(const Json &transcript)
{
    QString text;
    for (const Json &item : transcript) {
        const bool isAgent = core::textMember(item, "role") == QStringLiteral("agent");
        text += QString::fromUtf8(isAgent ? "🤖 " : "👤 ") +
                core::textMember(item, "content").value_or(QString()).trimmed() + u'\n';
    }
    if (text.size() > kTranscriptCharactersMax)
        text = text.left(kTranscriptCharactersMax) + QChar(0x2026);
    return text.trimmed();
}

Text stateText(const Call &call, Timestamp now)
{
    switch (call.state) {
    case State::Asked: return {"call.live.asked"_key, {{"number", call.wish.to}}};
    case State::Queued: return {"call.live.queued"_key, {{"number", call.wish.to}}};
    case State::Dialling: return {"call.live.dialling"_key, {{"number", call.wish.to}}};
    case State::Unknown: return {"call.live.unknown"_key, {{"number", call.wish.to}}};
    case State::Talking: return talkingText(call, now);
    case State::Ending: return {"call.live.ending"_key, {{"number", call.wish.to}}};
    case State::Cancelled: return {"call.live.cancelled"_key, {{"number", call.wish.to}}};
    case State::Ended:
    case State::NotConnected:
    case State::Failed:
    case State::Refused: break;
    }
    return {"call.live.over"_key, {{"number", call.wish.to}}};
}

bool mayBeStopped(const Call &call)
{
    return !isFinal(call.state) && call.state != State::Ending && !call.stopRequestedAt;
}

Result<customers::Customer> customerOf(engine::Context &context, const Call &call)
{
    auto customer = customers::find(context.transaction(), call.wish.customer);
    if (!customer)
        return failure(customer.error());
    if (!*customer)
        return failure({.code = ErrorCode::Internal,
                        .detail = QStringLiteral("call %1 has no customer").arg(call.id.value)});
    return **customer;
}

} // namespace

QString timerKey(CallId call, const char *purpose)
{
    return QStringLiteral("call:%1:%2").arg(call.value).arg(QLatin1String(purpose));
}

Json payloadOf(CallId call)
{
    return {{"v", 1}, {"call", call.value}};
}

CallId callIdOf(const Json &payload)
{
    return CallId{core::integerMember(payload, "call").value_or(0)};
}

CallScreen::CallScreen(const customers::Messenger &messenger)
    : m_messenger(messenger)
{
}

Result<customers::Message> CallScreen::messageOf(engine::Context &context, const Call &call) const
{
    customers::Message message{.parts = {stateText(call, context.now())}};
    if (call.state == State::Queued || call.state == State::Refused) {
        const auto obstacles = obstaclesOf(context, call.id);
        if (!obstacles)
            return failure(obstacles.error());
        message.parts.insert(message.parts.end(), obstacles->begin(), obstacles->end());
    }
    if (isFinal(call.state) && call.state != State::Cancelled) {
        if (call.state != State::Refused || message.parts.size() == 1)
            message.parts.push_back(textOfOutcome(call.outcome));
        if (call.usedOfAllowance() > 0s)
            message.parts.push_back(
                {"call.money.plan"_key, {{"duration", clockOf(call.usedOfAllowance())}}});
        if (call.usedOfAllowance() == 0s || call.holdTransfer)
            message.parts.push_back(moneyText(call));
    }
    if (mayBeStopped(call))
        message.keyboard = {{{.label = Text{"call.button.stop"_key},
                              .data = QStringLiteral("call:stop:%1").arg(call.id.value)}}};
    return message;
}

Result<void> CallScreen::begin(engine::Context &context, Call &call) const
{
    const auto customer = customerOf(context, call);
    if (!customer)
        return failure(customer.error());
    const auto message = messageOf(context, call);
    if (!message)
        return failure(message.error());
    const auto sent = m_messenger.send(context, *customer, *message);
    if (!sent)
        return failure(sent.error());
    call.liveMessage = *sent;
    call.liveEditAt = context.now();
    return {};
}

Result<void> CallScreen::refresh(engine::Context &context, Call &call) const
{
    if (call.liveMessage.value == 0)
        return {};
    const QString key = timerKey(call.id, "show");
    const Timestamp mayAt = call.liveEditAt.value_or(Timestamp()) + kEditInterval;
    const QString lane = customers::laneOf(call.wish.customer);
    const auto showAt = [&](Timestamp due) {
        return context.schedule({key, due, QStringLiteral("call.show"), lane, payloadOf(call.id)});
    };
    if (context.now() < mayAt)
        return showAt(mayAt);
    const auto customer = customerOf(context, call);
    if (!customer)
        return failure(customer.error());
    const auto message = messageOf(context, call);
    if (!message)
        return failure(message.error());
    if (auto edited = m_messenger.edit(context, *customer, call.liveMessage, *message); !edited)
        return edited;
    call.liveEditAt = context.now();
    if (call.state == State::Talking)
        return showAt(context.now() + kTick);
    return context.cancelTimer(key);
}

Result<void> CallScreen::tellEnd(engine::Context &context, Call &call) const
{
    if (call.toldAt)
        return {};
    const auto customer = customerOf(context, call);
    if (!customer)
        return failure(customer.error());
    auto message = messageOf(context, call);
    if (!message)
        return failure(message.error());
    if (!call.summary.isEmpty())
        message->parts.push_back(
            {"call.end.summary"_key, {{"summary", call.summary.left(kSummaryShownMax)}}});
    const auto transcript = transcriptOf(context.transaction(), call.id);
    if (!transcript)
        return failure(transcript.error());
    if (const QString said = transcriptText(*transcript); !said.isEmpty())
        message->parts.push_back({"call.end.transcript"_key, {{"transcript", said}}});
    if (const auto sent = m_messenger.send(context, *customer, *message); !sent)
        return failure(sent.error());
    call.toldAt = context.now();
    return context.cancelTimer(timerKey(call.id, "tell"));
}

} // namespace calls
