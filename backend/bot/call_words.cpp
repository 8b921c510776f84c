#include "bot/call_words.h"

namespace bot {

using namespace language::literals;
using CallState = calls::State;

namespace {

language::Key unconnected(const QString &reason)
{
    if (reason == QLatin1String("dial_busy"))
        return "history.outcome.busy"_key;
    if (reason == QLatin1String("dial_no_answer"))
        return "history.outcome.no_answer"_key;
    if (reason == QLatin1String("user_declined"))
        return "history.outcome.declined"_key;
    if (reason == QLatin1String("invalid_destination"))
        return "history.outcome.wrong_number"_key;
    return "history.outcome.not_connected"_key;
}

language::Key ended(const QString &reason)
{
    if (reason == QLatin1String("voicemail_reached"))
        return "history.outcome.mailbox"_key;
    if (reason == QLatin1String("max_duration_reached"))
        return "history.outcome.longest"_key;
    return "history.outcome.talked"_key;
}

} // namespace

QString minutesAndSeconds(std::chrono::seconds duration)
{
    return QStringLiteral("%1:%2")
        .arg(duration.count() / 60)
        .arg(duration.count() % 60, 2, 10, QLatin1Char('0'));
}

std::vector<language::Text> explain(const calls::Preview &preview)
{
    std::vector<language::Text> parts;
    const guards::Verdict &verdict = preview.verdict;
    const bool mayCome =
        verdict.ruling == guards::Ruling::Allow || verdict.ruling == guards::Ruling::Queue;
    if (verdict.isAllowed())
        parts.push_back({"call.allowed"_key});
    else if (verdict.ruling == guards::Ruling::Queue)
        parts.push_back({"call.queued"_key});
    else
        parts.push_back({"call.refused"_key});
    for (const guards::Finding &finding : verdict.obstacles())
        parts.push_back(finding.text);
    if (!mayCome)
        return parts;
    parts.push_back({"call.price"_key,
                     {{"rate", preview.ratePerMinute},
                      {"expected", minutesAndSeconds(preview.expected)},
                      {"expected_price", preview.priceOfExpected},
                      {"longest", minutesAndSeconds(preview.longest)},
                      {"longest_price", preview.priceOfLongest}}});
    const auto fromPlan = verdict.allotment.fromAllowance;
    if (fromPlan.count() > 0)
        parts.push_back({"call.plan_minutes"_key, {{"duration", minutesAndSeconds(fromPlan)}}});
    if (preview.recordingFee.isPositive())
        parts.push_back({"call.recording_fee"_key, {{"fee", preview.recordingFee}}});
    return parts;
}

language::Key outcomeOf(const calls::PastCall &call)
{
    switch (call.state) {
    case CallState::Asked:
    case CallState::Queued: return "history.outcome.waiting"_key;
    case CallState::Dialling:
    case CallState::Unknown: return "history.outcome.dialling"_key;
    case CallState::Talking:
    case CallState::Ending: return "history.outcome.talking"_key;
    case CallState::Ended: return ended(call.reason);
    case CallState::NotConnected: return unconnected(call.reason);
    case CallState::Failed: return "history.outcome.failed"_key;
    case CallState::Refused: return "history.outcome.refused"_key;
    case CallState::Cancelled: return "history.outcome.cancelled"_key;
    }
    Q_UNREACHABLE();
}

} // namespace bot
