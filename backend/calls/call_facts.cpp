#include "calls/call_facts.h"

#include "calls/call_records.h"
#include "calls/dial_lines.h"
#include "guards/disclosure.h"
#include "guards/judge.h"
#include "ledger/transfer.h"
#include "subscriptions/allowance.h"

namespace calls {

namespace {

using namespace std::chrono_literals;

/// "{regular,new}": whose calls count towards the lines of a region.
QString cappedTiers(const guards::Policy &policy)
{
    std::vector<QString> names;
    for (const guards::Tier tier :
         {guards::Tier::New, guards::Tier::Regular, guards::Tier::Business}) {
        if (policy.limits(tier).isRegionCapped)
            names.push_back(guards::nameOf(tier));
    }
    return database::arrayOf(names);
}

Result<bool> isStopped(database::Transaction &transaction, Reading reading)
{
    // Locked, so that whoever turns the switch waits for this dial and then sees it.
    const auto rows = transaction.run(
        QStringLiteral("SELECT is_on FROM policy_switches WHERE name = 'stop_calls'") +
        (reading == Reading::Dialling ? QStringLiteral(" FOR SHARE") : QString()));
    if (!rows)
        return failure(rows.error());
    return rows->isEmpty() || rows->first().boolean("is_on"); // a switch that is lost is on
}

Result<guards::DoNotCall> doNotCallOf(database::Transaction &transaction, const CallWish &wish)
{
    const auto rows = transaction.run(
        QStringLiteral("SELECT kind FROM do_not_call WHERE number = ? AND (customer_id IS NULL OR "
                       "customer_id = ?)"),
        {wish.to, wish.customer.value});
    if (!rows)
        return failure(rows.error());
    guards::DoNotCall list;
    for (qsizetype i = 0; i < rows->size(); ++i) {
        const QString kind = (*rows)[i].text("kind");
        list.isListed = list.isListed || kind == QLatin1String("listed");
        list.hasOptedOut = list.hasOptedOut || kind == QLatin1String("opted_out");
        list.isListedForCustomer = list.isListedForCustomer || kind == QLatin1String("customer");
    }
    return list;
}

Result<void> countCalls(database::Transaction &transaction, const CallWish &wish,
                        guards::Facts &facts)
{
    const QString hourAgo = core::toIso(facts.now - 1h);
    const QString dayAgo = core::toIso(facts.now - 24h);
    // Bounded by the day: what a customer has ever dialled only grows.
    const auto rows = transaction.run(
        QStringLiteral(
            "SELECT count(*) FILTER (WHERE c.campaign_id IS NULL AND c.dialled_at > "
            "?::timestamptz) AS in_hour, "
            "count(*) FILTER (WHERE c.campaign_id IS NULL) AS in_day, "
            "count(DISTINCT c.to_number) FILTER (WHERE c.campaign_id IS NULL AND NOT EXISTS "
            "(SELECT FROM calls e WHERE e.customer_id = c.customer_id AND e.to_number = "
            "c.to_number AND e.campaign_id IS NULL AND e.dialled_at <= ?::timestamptz)) AS "
            "new_in_day, "
            "EXISTS (SELECT FROM calls k WHERE k.customer_id = ? AND k.to_number = ? AND "
            "k.dialled_at IS NOT NULL) AS is_known, "
            "(SELECT count(*) FROM calls d WHERE d.to_number = ? AND d.dialled_at > "
            "?::timestamptz) AS by_all "
            "FROM calls c WHERE c.customer_id = ? AND c.dialled_at > ?::timestamptz"),
        {hourAgo, dayAgo, wish.customer.value, wish.to, wish.to, dayAgo, wish.customer.value,
         dayAgo});
    if (!rows)
        return failure(rows.error());
    const database::Row row = rows->first();
    facts.callsInHour = static_cast<int>(row.integer("in_hour"));
    facts.callsInDay = static_cast<int>(row.integer("in_day"));
    facts.newDestinationsInDay = static_cast<int>(row.integer("new_in_day"));
    facts.isNewDestination = !row.boolean("is_known");
    facts.callsToDestinationInDay = static_cast<int>(row.integer("by_all"));
    return {};
}

/// Empty when the callee's language has no such sentence: a fallback would not be understood.
QString spoken(const language::Catalogue &catalogue, const language::Text &sentence,
               const QString &language)
{
    const auto rendered = catalogue.renderPlain(sentence, language);
    return rendered && !rendered->isFallback ? rendered->text : QString();
}

struct Beginning {
    QString disclosure; // that must come first; empty: it cannot be said
    QString opening;
};

/// An agent speaks recorded and unrecorded calls alike, so that a call is recorded is put into the
/// opening of that call. An opening without its disclosure stays as it is: the guards refuse it.
Beginning beginningOf(const language::Catalogue &catalogue, const AgentOfScript &agent,
                      bool isRecorded)
{
    Beginning made{.disclosure = spoken(catalogue, guards::disclosureSentence(agent.onBehalfOf),
                                        agent.language),
                   .opening = agent.opening};
    if (!isRecorded || made.disclosure.isEmpty())
        return made;
    const QString recording = spoken(catalogue, guards::recordingSentence(), agent.language);
    if (recording.isEmpty())
        return {.disclosure = {}, .opening = agent.opening};
    const QString told = made.disclosure + u' ' + recording;
    if (made.opening.startsWith(made.disclosure))
        made.opening.replace(0, made.disclosure.size(), told);
    made.disclosure = told;
    return made;
}

/// With the wallet locked first, by which all that dials on one account waits for each other.
Result<void> readAccount(engine::Context &context, const CallWish &wish, const QString &region,
                         Reading reading, guards::Facts &facts)
{
    const auto balance = reading == Reading::Dialling
                             ? ledger::lockBalance(context.transaction(), wish.customer)
                             : ledger::balanceOf(context.transaction(), wish.customer);
    if (!balance)
        return failure(balance.error());
    facts.available = balance->available;
    const auto allowance =
        subscriptions::allowanceLeft(context.transaction(), wish.customer, region, context.now());
    if (!allowance)
        return failure(allowance.error());
    facts.allowance = *allowance;
    const auto tier = tierOf(context.transaction(), wish.customer, context.now());
    if (!tier)
        return failure(tier.error());
    facts.tier = *tier;
    return {};
}

Result<void> readPolicy(engine::Context &context, const CallWish &wish, Reading reading,
                        guards::Facts &facts)
{
    const auto stopped = isStopped(context.transaction(), reading);
    if (!stopped)
        return failure(stopped.error());
    facts.isStopped = *stopped;
    if (reading == Reading::Dialling) {
        if (auto locked = lockNumber(context.transaction(), wish.to); !locked)
            return locked;
    }
    const auto list = doNotCallOf(context.transaction(), wish);
    if (!list)
        return failure(list.error());
    facts.doNotCall = *list;
    return countCalls(context.transaction(), wish, facts);
}

} // namespace

Result<Case> gather(engine::Context &context, const CallWish &wish, const CallSettings &settings,
                    const language::Catalogue &catalogue, Reading reading, Timestamp pricedAt)
{
    if (reading == Reading::Dialling) {
        if (auto locked = lockAgent(context.transaction(), wish.script); !locked)
            return failure(locked.error());
    }
    auto agent = agentOf(context.transaction(), wish.script);
    if (!agent)
        return failure(agent.error());
    if (agent->customer != wish.customer)
        return failure({.code = ErrorCode::NotFound,
                        .detail = QStringLiteral("script version %1 is of another customer")
                                      .arg(wish.script.value)});
    const auto rate = rateFor(context.transaction(), wish.to, pricedAt);
    if (!rate)
        return failure(rate.error());
    const Beginning beginning = beginningOf(catalogue, *agent, wish.isRecorded);
    Case made{.request = {.customer = wish.customer,
                          .to = wish.to,
                          .from = settings.fromNumber,
                          .opening = beginning.opening,
                          .calleeZone = wish.calleeZone,
                          .longest = wish.longest,
                          .campaign = {}},
              .facts = {},
              .rate = *rate,
              .agent = *std::move(agent)};
    guards::Facts &facts = made.facts;
    facts.now = context.now();
    facts.providerCallsMax = settings.providerCallsMax;
    facts.ratePerMinute = rate->perMinute;
    facts.fee = wish.isRecorded ? rate->recordingFee : Money();
    if (!settings.fromNumber.isEmpty())
        facts.ownNumbers = QStringList{settings.fromNumber};
    facts.disclosure = beginning.disclosure;
    const guards::Policy &policy = guards::shippedPolicy();
    const QString region = guards::destinationOf(made.request, policy).region;
    if (auto read = readAccount(context, wish, region, reading, facts); !read)
        return failure(read.error());
    // The number after the wallet, in the order in which the end of a call locks the two.
    if (auto read = readPolicy(context, wish, reading, facts); !read)
        return failure(read.error());
    const auto taken =
        linesTaken(context.transaction(), wish.customer, region, cappedTiers(policy));
    if (!taken)
        return failure(taken.error());
    facts.liveCalls = taken->all;
    facts.liveCallsOfCustomer = taken->ofCustomer;
    facts.liveCallsInRegion = taken->inRegion;
    return made;
}

Result<guards::Tier> tierOf(database::Transaction &transaction, CustomerId customer, Timestamp now)
{
    const guards::Policy &policy = guards::shippedPolicy();
    // More answered calls than it takes change nothing.
    const auto rows = transaction.run(
        QStringLiteral("SELECT to_micros(created_at) AS since, (SELECT count(*) FROM (SELECT FROM "
                       "calls WHERE customer_id = c.id AND state = 'ended' LIMIT ?::int) x) AS "
                       "answered FROM customers c WHERE id = ?"),
        {policy.answeredCallsOfRegular, customer.value});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return failure({.code = ErrorCode::NotFound,
                        .detail = QStringLiteral("no customer %1").arg(customer.value)});
    return guards::earnedTier(
        {.since = rows->first().time("since"),
         .answeredCalls = static_cast<int>(rows->first().integer("answered"))},
        policy, now);
}

} // namespace calls
