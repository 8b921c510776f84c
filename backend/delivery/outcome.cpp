#include "delivery/outcome.h"

#include "delivery/method_table.h"
#include "queue/inbox.h"
#include "queue/withdrawal.h"

#include <algorithm>

namespace delivery {

namespace {

queue::NewEntry unreachable(const Outcome &outcome)
{
    const Json payload = {
        {"v", 1}, {"chat_id", *outcome.unreachableChat}, {"outbox", outcome.head.id.value}};
    return {.source = queue::Source::Delivery,
            .externalId = QStringLiteral("unreachable:%1").arg(outcome.head.id.value),
            .lane = QStringLiteral("customer:%1").arg(*outcome.unreachableChat),
            .kind = QStringLiteral("telegram.unreachable"),
            .payload = core::toBytes(payload),
            .cause = outcome.head.cause};
}

/// Of what is never sent twice, whoever wants it back may still get it: it surely did not arrive.
Result<std::vector<OutboxId>> withdrawnOf(database::Transaction &transaction,
                                          std::span<const Outcome> outcomes)
{
    std::vector<queue::OutboxHead> heads;
    for (const Outcome &outcome : outcomes) {
        const Method *method = findMethod(outcome.head.provider, outcome.head.method);
        if (outcome.kind == Outcome::Kind::Deferred && method &&
            method->rule == RepeatRule::NeverTwice)
            heads.push_back(outcome.head);
    }
    return heads.empty() ? std::vector<OutboxId>() : queue::lockWithdrawn(transaction, heads);
}

} // namespace

Result<void> writeOutcomes(database::Transaction &transaction, std::span<const Outcome> outcomes,
                           Timestamp now)
{
    const auto withdrawn = withdrawnOf(transaction, outcomes);
    if (!withdrawn)
        return failure(withdrawn.error());
    const auto isWithdrawn = [&](OutboxId id) {
        return std::find(withdrawn->begin(), withdrawn->end(), id) != withdrawn->end();
    };
    std::vector<queue::Finished> finished;
    std::vector<queue::Deferred> deferred;
    std::vector<queue::NewEntry> entries;
    for (const Outcome &outcome : outcomes) {
        if (isWithdrawn(outcome.head.id))
            finished.push_back({outcome.head, false, {{"expired", true}}});
        else if (outcome.kind == Outcome::Kind::Deferred)
            deferred.push_back(
                {outcome.head, outcome.until, outcome.mayHaveArrived, outcome.takesSendBack});
        else
            finished.push_back({outcome.head, outcome.kind == Outcome::Kind::Sent, outcome.answer});
        if (outcome.unreachableChat)
            entries.push_back(unreachable(outcome));
    }
    Result<void> done;
    if (!finished.empty())
        done = queue::finish(transaction, finished, now);
    if (done && !deferred.empty())
        done = queue::defer(transaction, deferred);
    if (!done || entries.empty())
        return done;
    if (const auto recorded = queue::record(transaction, entries, now); !recorded)
        return failure(recorded.error());
    return {};
}

} // namespace delivery
