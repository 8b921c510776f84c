#include "guards/facts.h"

#include "guards/members.h"

namespace guards {

namespace {

constexpr int kVersion = 1;

Json toJson(const Campaign &campaign)
{
    return {{"recipients", campaign.recipients},
            {"own_contacts", campaign.hasOnlyOwnContacts},
            {"consent_proof", campaign.hasConsentProof},
            {"first", campaign.isFirst},
            {"approved", campaign.isApproved}};
}

Result<Campaign> campaignFromJson(const Json &json)
{
    Members members(json);
    Campaign campaign{.recipients = members.count("recipients"),
                      .hasOnlyOwnContacts = members.flag("own_contacts"),
                      .hasConsentProof = members.flag("consent_proof"),
                      .isFirst = members.flag("first"),
                      .isApproved = members.flag("approved")};
    if (!members.isGood())
        return members.problem();
    return campaign;
}

void checkVersion(Members &members)
{
    if (members.count("v") != kVersion)
        members.refuse("v");
}

void readMoney(Members &members, Facts &facts)
{
    facts.available = members.amount("available_micros");
    facts.ratePerMinute = members.amount("rate_micros_per_minute");
    facts.fee = members.amount("fee_micros");
    facts.allowance = members.seconds("allowance_s");
}

void readCounts(Members &members, Facts &facts)
{
    facts.callsInHour = members.count("calls_in_hour");
    facts.callsInDay = members.count("calls_in_day");
    facts.newDestinationsInDay = members.count("new_destinations_in_day");
    facts.isNewDestination = members.flag("new_destination");
    facts.callsToDestinationInDay = members.count("calls_to_destination_in_day");
    facts.liveCallsOfCustomer = members.count("live_calls_of_customer");
    facts.liveCallsInRegion = members.count("live_calls_in_region");
    facts.liveCalls = members.count("live_calls");
    facts.providerCallsMax = members.count("provider_calls_max");
}

void readOwnNumbers(Members &members, Facts &facts)
{
    for (const Json &each : members.list("own_numbers")) {
        if (each.is_string())
            facts.ownNumbers << each.get<QString>();
        else
            members.refuse("own_numbers");
    }
}

} // namespace

Json toJson(const CallRequest &request)
{
    Json json = {{"v", kVersion},
                 {"customer", request.customer.value},
                 {"to", request.to},
                 {"from", request.from},
                 {"opening", request.opening},
                 {"callee_zone", request.calleeZone}};
    if (request.longest)
        json["longest_s"] = request.longest->count();
    if (request.campaign)
        json["campaign"] = toJson(*request.campaign);
    return json;
}

Result<CallRequest> requestFromJson(const Json &json)
{
    Members members(json);
    checkVersion(members);
    CallRequest request{.customer = CustomerId{members.whole("customer")},
                        .to = members.text("to"),
                        .from = members.text("from"),
                        .opening = members.text("opening"),
                        .calleeZone = members.text("callee_zone")};
    if (const auto longest = members.countIfAny("longest_s"))
        request.longest = std::chrono::seconds(*longest);
    if (!members.isGood())
        return members.problem();
    if (const Json *campaign = core::member(json, "campaign")) {
        const auto read = campaignFromJson(*campaign);
        if (!read)
            return failure(read.error());
        request.campaign = *read;
    }
    return request;
}

Json toJson(const Facts &facts)
{
    Json numbers = Json::array();
    for (const QString &each : facts.ownNumbers)
        numbers.push_back(each);
    return {{"v", kVersion},
            {"now", core::toIso(facts.now)},
            {"stopped", facts.isStopped},
            {"tier", nameOf(facts.tier)},
            {"listed", facts.doNotCall.isListed},
            {"opted_out", facts.doNotCall.hasOptedOut},
            {"listed_for_customer", facts.doNotCall.isListedForCustomer},
            {"calls_in_hour", facts.callsInHour},
            {"calls_in_day", facts.callsInDay},
            {"new_destinations_in_day", facts.newDestinationsInDay},
            {"new_destination", facts.isNewDestination},
            {"calls_to_destination_in_day", facts.callsToDestinationInDay},
            {"live_calls_of_customer", facts.liveCallsOfCustomer},
            {"live_calls_in_region", facts.liveCallsInRegion},
            {"live_calls", facts.liveCalls},
            {"provider_calls_max", facts.providerCallsMax},
            {"available_micros", facts.available.micros()},
            {"rate_micros_per_minute", facts.ratePerMinute.micros()},
            {"fee_micros", facts.fee.micros()},
            {"allowance_s", facts.allowance.count()},
            {"own_numbers", numbers},
            {"disclosure", facts.disclosure}};
}

Result<Facts> factsFromJson(const Json &json)
{
    Members members(json);
    checkVersion(members);
    Facts facts;
    facts.now = members.time("now");
    facts.isStopped = members.flag("stopped");
    const auto tier = tierNamed(members.text("tier"));
    if (!tier)
        members.refuse("tier");
    facts.tier = tier.value_or(Tier::New);
    facts.doNotCall = {.isListed = members.flag("listed"),
                       .hasOptedOut = members.flag("opted_out"),
                       .isListedForCustomer = members.flag("listed_for_customer")};
    readCounts(members, facts);
    readMoney(members, facts);
    readOwnNumbers(members, facts);
    facts.disclosure = members.text("disclosure");
    if (!members.isGood())
        return members.problem();
    return facts;
}

} // namespace guards
