#include "guards/hours.h"
#include "guards/rules.h"
#include "guards/zones.h"

namespace guards {

using language::Key;
using namespace language::literals;

namespace {

/// Without a valid number there is no line, region or zone to speak of; G01 refuses the call.
Finding notJudged(Rule rule)
{
    return {
        .rule = rule, .ruling = Ruling::NotJudged, .text = {.key = "guard.number.not_judged"_key}};
}

/// Why such a line is never called; absent when it may be.
std::optional<Key> objectionTo(LineKind kind)
{
    switch (kind) {
    case LineKind::Unknown:
    case LineKind::Fixed:
    case LineKind::Mobile:
    case LineKind::FixedOrMobile:
    case LineKind::Voip:
    case LineKind::TollFree: return std::nullopt;
    case LineKind::Emergency: return "guard.line.emergency"_key;
    case LineKind::Short: return "guard.line.short"_key;
    case LineKind::Premium:
    case LineKind::SharedCost: return "guard.line.premium"_key;
    case LineKind::Personal:
    case LineKind::Pager:
    case LineKind::Company:
    case LineKind::Voicemail: return "guard.line.special"_key;
    case LineKind::Satellite: return "guard.line.satellite"_key;
    }
    Q_UNREACHABLE();
}

Json toJson(const Window &window)
{
    const auto text = [](std::chrono::minutes minutes) {
        return QStringLiteral("%1:%2")
            .arg(minutes.count() / 60, 2, 10, QLatin1Char('0'))
            .arg(minutes.count() % 60, 2, 10, QLatin1Char('0'));
    };
    return Json::array({text(window.opens), text(window.closes)});
}

Json toJson(const WeekHours &hours)
{
    return {{"weekday", toJson(hours.weekday)},
            {"saturday", toJson(hours.saturday)},
            {"sunday", toJson(hours.sunday)}};
}

Json toJson(const HoursReading &reading)
{
    Json zones = Json::object();
    for (const ZoneTime &each : reading.zones)
        zones[each.zone.toStdString()] = {{"local", each.local}, {"open", each.isOpen}};
    return {{"zones", zones}};
}

/// Where the callee may be: all that the number says and what the customer says, since either may
/// be wrong. Empty: nobody can tell.
QList<QByteArray> candidateZones(const Case &call)
{
    QList<QByteArray> zones = zonesOf(call.number);
    const QByteArray stated = call.request.calleeZone.toLatin1();
    if (!stated.isEmpty() && !isKnownZone(stated))
        return {};
    if (!stated.isEmpty() && !zones.contains(stated))
        zones << stated;
    return zones;
}

} // namespace

Finding judgeNumber(const Case &call)
{
    const Number &number = call.number;
    const bool isReadable = !number.e164.isEmpty() && number.e164 == call.request.to;
    Finding finding{
        .rule = Rule::Number,
        .ruling = Ruling::Refuse,
        .text = {.key = "guard.number.invalid"_key},
        .seen = {{"readable", isReadable}, {"valid", number.isValid}, {"region", number.region}}};
    if (!isReadable)
        finding.text = {.key = "guard.number.unreadable"_key};
    if (isReadable && number.isValid && !number.region.isEmpty()) {
        finding.ruling = Ruling::Allow;
        finding.text = {.key = "guard.number.good"_key};
    }
    return finding;
}

Finding judgeLine(const Case &call)
{
    const auto objection = objectionTo(call.number.kind);
    if (!objection && !call.number.isValid)
        return notJudged(Rule::Line);
    return {.rule = Rule::Line,
            .ruling = objection ? Ruling::Refuse : Ruling::Allow,
            .text = {.key = objection.value_or("guard.line.good"_key)},
            .seen = {{"kind", nameOf(call.number.kind)}}};
}

Finding judgeRegion(const Case &call)
{
    const QString &region = call.number.region;
    if (!call.number.isValid || region.isEmpty())
        return notJudged(Rule::Region);
    const bool isServed = call.policy.regions.contains(region);
    return {.rule = Rule::Region,
            .ruling = isServed ? Ruling::Allow : Ruling::Refuse,
            .text = {.key = isServed ? "guard.region.good"_key : "guard.region.closed"_key},
            .seen = {{"region", region}},
            .limit = {{"regions", call.policy.regions.size()}}};
}

Finding judgeHours(const Case &call)
{
    if (!call.number.isValid)
        return notJudged(Rule::Hours);
    const WeekHours &hours = call.policy.hours(call.number.region);
    const HoursReading reading = readHours(candidateZones(call), hours, call.facts.now);
    Finding finding{.rule = Rule::Hours,
                    .ruling = Ruling::Refuse,
                    .text = {.key = "guard.hours.unknown"_key},
                    .seen = toJson(reading),
                    .limit = toJson(hours),
                    .until = reading.opens};
    if (reading.isOpen) {
        finding.ruling = Ruling::Allow;
        finding.text = {.key = "guard.hours.good"_key};
    } else if (reading.opens) {
        finding.ruling = Ruling::Queue;
        finding.text = {.key = "guard.hours.quiet"_key, .arguments = {{"time", *reading.opens}}};
    } else if (!reading.zones.empty()) {
        finding.text = {.key = "guard.hours.never"_key};
    }
    return finding;
}

} // namespace guards
