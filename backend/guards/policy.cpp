#include "guards/policy.h"

#include "core/assert.h"
#include "guards/members.h"

#include <QFile>
#include <QRegularExpression>

/// Q_INIT_RESOURCE declares a global function, so it cannot stand inside a namespace.
static void initGuardsResources()
{
    Q_INIT_RESOURCE(guards);
}

namespace guards {

namespace {

constexpr int kMinutesADay = 24 * 60;
constexpr int kPercentMax = 100;

/// "09:00", up to "24:00".
std::optional<std::chrono::minutes> timeOfDay(const Json &json)
{
    static const QRegularExpression form(QStringLiteral("^([0-9]{2}):([0-5][0-9])$"));
    if (!json.is_string())
        return std::nullopt;
    const auto found = form.match(json.get<QString>());
    const int minutes = found.captured(1).toInt() * 60 + found.captured(2).toInt();
    if (!found.hasMatch() || minutes > kMinutesADay)
        return std::nullopt;
    return std::chrono::minutes(minutes);
}

Window windowIn(Members &members, const char *day)
{
    const Json &ends = members.list(day);
    const auto opens = ends.size() == 2 ? timeOfDay(ends[0]) : std::nullopt;
    const auto closes = ends.size() == 2 ? timeOfDay(ends[1]) : std::nullopt;
    if (opens && closes && *opens <= *closes)
        return {*opens, *closes};
    members.refuse(day);
    return {};
}

Result<WeekHours> weekHoursFromJson(const Json &json)
{
    Members members(json);
    WeekHours hours{.weekday = windowIn(members, "weekday"),
                    .saturday = windowIn(members, "saturday"),
                    .sunday = windowIn(members, "sunday")};
    if (!members.isGood())
        return members.problem();
    return hours;
}

Result<void> readHours(const Json &json, Policy &policy)
{
    for (const auto &[region, hours] : json.items()) {
        const auto read = weekHoursFromJson(hours);
        if (!read)
            return failure(read.error());
        if (region == "usual")
            policy.usualHours = *read;
        else
            policy.hoursOfRegion.emplace(QString::fromStdString(region), *read);
    }
    if (!json.contains("usual"))
        return failure({.code = ErrorCode::BadInput,
                        .detail = QStringLiteral("guards: hours.usual is missing or wrong")});
    return {};
}

Result<TierLimits> tierFromJson(const Json &json)
{
    Members members(json);
    TierLimits limits{
        .callsAnHour = members.count("calls_an_hour"),
        .callsADay = members.count("calls_a_day"),
        .newDestinationsADay = members.countIfAny("new_destinations_a_day"),
        .callsAtOnce = members.count("calls_at_once"),
        .longestCall = members.seconds("longest_call_s"),
        .recipientsOfCampaign = members.count("recipients_of_campaign"),
        .needsOwnContacts = members.flag("needs_own_contacts"),
        .needsConsentProof = members.flag("needs_consent_proof"),
        .needsReviewOfFirst = members.flag("needs_review_of_first"),
        .isRegionCapped = members.flag("is_region_capped"),
    };
    if (!json.contains("new_destinations_a_day")) // null says that there is no limit
        members.refuse("new_destinations_a_day");
    if (!members.isGood())
        return members.problem();
    return limits;
}

Result<void> readTiers(const Json &json, Policy &policy)
{
    for (const Tier tier : {Tier::New, Tier::Regular, Tier::Business}) {
        const Json *limits = core::member(json, nameOf(tier).toUtf8().constData());
        const auto read = tierFromJson(limits ? *limits : Json());
        if (!read)
            return failure(read.error());
        if (read->longestCall < policy.shortestCall)
            return failure({.code = ErrorCode::BadInput,
                            .detail = QStringLiteral("guards: a longest call is too short")});
        policy.tiers[size_t(tier)] = *read;
    }
    return {};
}

void readRegions(Members &members, Policy &policy)
{
    static const QRegularExpression region(QStringLiteral("^[A-Z]{2}$"));
    for (const Json &each : members.list("regions")) {
        const QString name = each.is_string() ? each.get<QString>() : QString();
        if (!region.match(name).hasMatch())
            members.refuse("regions");
        policy.regions.insert(name);
    }
}

void readKnownRanges(Members &members, Policy &policy)
{
    static const QRegularExpression prefix(QStringLiteral("^\\+[1-9][0-9]{2,12}$"));
    for (const Json &each : members.list("known_ranges")) {
        Members range(each);
        const KnownRange read{.prefix = range.text("prefix"), .region = range.text("region")};
        if (!range.isGood() || !prefix.match(read.prefix).hasMatch())
            members.refuse("known_ranges");
        policy.knownRanges.push_back(read);
    }
}

} // namespace

const Window &WeekHours::on(int dayOfWeek) const
{
    if (dayOfWeek == Qt::Sunday)
        return sunday;
    return dayOfWeek == Qt::Saturday ? saturday : weekday;
}

const WeekHours &Policy::hours(const QString &region) const
{
    const auto found = hoursOfRegion.find(region);
    return found == hoursOfRegion.end() ? usualHours : found->second;
}

Result<Policy> policyFromJson(const Json &json)
{
    Policy policy;
    Members members(json);
    policy.version = members.whole("version");
    policy.callsADayToDestination = members.count("calls_a_day_to_destination");
    policy.callsAtOnceInRegion = members.count("calls_at_once_in_region");
    policy.providerSharePercent = members.count("provider_share_percent", kPercentMax);
    policy.askAgain = members.seconds("ask_again_s");
    policy.shortestCall = members.seconds("shortest_call_s");
    policy.ageOfRegular = std::chrono::hours(members.count("age_of_regular_h"));
    policy.answeredCallsOfRegular = members.count("answered_calls_of_regular");
    readRegions(members, policy);
    readKnownRanges(members, policy);
    const Json &hours = members.object("hours");
    const Json &tiers = members.object("tiers");
    if (!members.isGood())
        return members.problem();
    return readHours(hours, policy).and_then([&] { return readTiers(tiers, policy); }).map([&] {
        return policy;
    });
}

const Policy &shippedPolicy()
{
    static const Policy policy = [] {
        initGuardsResources();
        QFile file(QStringLiteral(":/guards/policy.json"));
        CORE_ASSERT(file.open(QIODevice::ReadOnly)); // built in
        const auto read = core::parseJson(file.readAll()).and_then(policyFromJson);
        CORE_ASSERT(read);
        return *read;
    }();
    return policy;
}

} // namespace guards
