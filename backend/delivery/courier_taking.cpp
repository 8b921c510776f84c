// The half of CourierWorker that takes rows and sends them.
#include "core/fault_point.h"
#include "delivery/courier_worker.h"
#include "delivery/http_client.h"

#include <QLoggingCategory>

#include <algorithm>

Q_DECLARE_LOGGING_CATEGORY(lcDelivery)

namespace delivery {

namespace {

using namespace std::chrono_literals;
using queue::Provider;

constexpr auto kSendingFor = 60s;
constexpr auto kHoldMax = 60s;
constexpr int kTelegramFlightsMax = 24;
// Each has its own, so that neither a slow Telegram nor slow answers to questions hold up a
// payment.
constexpr int kCreationFlightsMax = 4;
constexpr int kReadFlightsMax = 6;
constexpr int kRetellFlightsMax = 12;
constexpr int kRetellCreationFlightsMax = 6; // slow ones; what stops a call must still leave
// More than can go, since those that may not go yet stand between those that may.
constexpr int kDynopayHeadsMax = 64;
constexpr int kWalksMax = 4;
constexpr size_t kDueTimesMax = 1024;

/// A call, or what one needs: an engine, an agent.
bool isRetellCreation(const queue::OutboxHead &head)
{
    return head.provider == Provider::Retell && head.method.startsWith(QLatin1String("create"));
}

} // namespace

Result<void> CourierWorker::take()
{
    auto transaction = database::Transaction::begin(*m_connection);
    if (!transaction)
        return failure(transaction.error());
    Taken taken;
    for (const Provider provider : {Provider::Telegram, Provider::Retell, Provider::Dynopay}) {
        if (auto collected = collect(*transaction, provider, taken); !collected)
            return collected;
    }
    if (taken.flights.empty() && taken.outcomes.empty())
        return {};
    if (auto written = write(*transaction, taken); !written)
        return written;
    if (auto committed = transaction->commit(); !committed)
        return committed;
    core::faultPoint("delivery.marked");
    for (const Outcome &outcome : taken.outcomes)
        rememberDue(outcome);
    for (Flight &flight : taken.flights) {
        const auto added = m_flights.emplace(flight.head.id.value, std::move(flight)).first;
        send(added->second);
    }
    return {};
}

Result<void> CourierWorker::write(database::Transaction &transaction, const Taken &taken)
{
    const Timestamp now = m_clock.now();
    if (auto written = writeOutcomes(transaction, taken.outcomes, now); !written)
        return written;
    if (taken.flights.empty())
        return {};
    std::vector<queue::OutboxHead> heads;
    for (const Flight &flight : taken.flights)
        heads.push_back(flight.head);
    return queue::markSending(transaction, heads, now + kSendingFor);
}

bool CourierWorker::isHeldBack(Provider provider, Timestamp now) const
{
    // Neither may last when the clock went back.
    const auto holds = [now](Timestamp until, auto most) {
        return until > now && until <= now + most;
    };
    const auto hold = m_holds.find(provider);
    const auto pause = m_pausedUntil.find(provider);
    return (hold != m_holds.end() && holds(hold->second.until, kHoldMax)) ||
           (pause != m_pausedUntil.end() && holds(pause->second, kPauseMax));
}

int CourierWorker::roomFor(Provider provider) const
{
    if (isHeldBack(provider, m_clock.now()))
        return 0;
    if (provider == Provider::Dynopay)
        return kDynopayHeadsMax;
    const auto used =
        std::count_if(m_flights.begin(), m_flights.end(), [provider](const auto &entry) {
            return entry.second.head.provider == provider;
        });
    return (provider == Provider::Retell ? kRetellFlightsMax : kTelegramFlightsMax) -
           static_cast<int>(used);
}

Result<void> CourierWorker::collect(database::Transaction &transaction, Provider provider,
                                    Taken &taken)
{
    const int room = roomFor(provider);
    QString &cursor = m_cursors[provider];
    // A walk may meet only lanes that have to wait; those behind them need not.
    for (int walk = 0; walk < kWalksMax && room > 0; ++walk) {
        const auto due = queue::dueHeads(transaction, provider, cursor, room, m_clock.now());
        if (!due)
            return failure(due.error());
        const size_t before = taken.flights.size() + taken.outcomes.size();
        for (const queue::OutboxHead &head : due->heads) {
            if (auto sorted = sort(transaction, head, taken); !sorted)
                return sorted;
        }
        const bool hasTaken = taken.flights.size() + taken.outcomes.size() > before;
        m_mayHaveMore =
            m_mayHaveMore || (hasTaken && due->heads.size() == static_cast<size_t>(room));
        const bool isRound = due->next == cursor;
        cursor = due->next;
        if (hasTaken || isRound)
            return {};
    }
    return {};
}

Result<void> CourierWorker::sort(database::Transaction &transaction, const queue::OutboxHead &head,
                                 Taken &taken)
{
    // Due although it is under way: the clock was moved past its minute.
    if (m_flights.contains(head.id.value))
        return {};
    Flight flight{.head = head, .method = findMethod(head.provider, head.method), .call = {}};
    if (!flight.method) {
        refuse(head, QStringLiteral("no such method"), taken.outcomes);
        return {};
    }
    if (head.isUnknown && !mayResume(flight.method->rule)) {
        taken.outcomes.push_back({.head = head, .answer = {{"unknown", true}}});
        return {};
    }
    if (head.provider == Provider::Telegram)
        return sortTelegram(transaction, std::move(flight), taken);
    if (head.provider == Provider::Retell)
        sortRetell(std::move(flight), taken);
    else
        sortDynopay(std::move(flight), taken);
    return {};
}

void CourierWorker::sortRetell(Flight flight, Taken &taken)
{
    const Timestamp now = m_clock.now();
    const bool isOnce = flight.method->rule == RepeatRule::NeverTwice;
    if (isOnce && now - flight.head.createdAt >= kDialLifetime) {
        taken.outcomes.push_back({.head = flight.head, .answer = {{"expired", true}}});
        return;
    }
    if (isRetellCreation(flight.head)) {
        const auto used =
            std::count_if(taken.flights.begin(), taken.flights.end(),
                          [](const Flight &other) { return isRetellCreation(other.head); }) +
            std::count_if(m_flights.begin(), m_flights.end(),
                          [](const auto &entry) { return isRetellCreation(entry.second.head); });
        if (used >= kRetellCreationFlightsMax)
            return; // the next answer is a reason to look again
    }
    if (isOnce) {
        if (const Timestamp freeAt = m_dials.freeAt(now); freeAt > now)
            return rememberDue(freeAt);
        m_dials.take(now);
    }
    taken.flights.push_back(std::move(flight));
}

/// What may not go yet stays due: writing that down for each would be of no use.
void CourierWorker::sortDynopay(Flight flight, Taken &taken)
{
    const bool isCreation = flight.isCreation();
    const auto isAlike = [isCreation](const Flight &other) {
        return other.head.provider == Provider::Dynopay && other.isCreation() == isCreation;
    };
    const auto used = std::count_if(taken.flights.begin(), taken.flights.end(), isAlike) +
                      std::count_if(m_flights.begin(), m_flights.end(),
                                    [&](const auto &entry) { return isAlike(entry.second); });
    if (used >= (isCreation ? kCreationFlightsMax : kReadFlightsMax))
        return; // the next answer is a reason to look again
    CallBudget &budget = isCreation ? m_creations : m_reads;
    const Timestamp now = m_clock.now();
    if (const Timestamp freeAt = budget.freeAt(now); freeAt > now)
        return rememberDue(freeAt);
    budget.take(now);
    taken.flights.push_back(std::move(flight));
}

Result<void> CourierWorker::sortTelegram(database::Transaction &transaction, Flight flight,
                                         Taken &taken)
{
    auto call = telegramCall(transaction, flight.head);
    if (!call && call.error().code != ErrorCode::BadInput)
        return failure(call.error());
    if (!call) {
        refuse(flight.head, call.error().detail, taken.outcomes);
        return {};
    }
    flight.call = *std::move(call);
    flight.isAlternative = flight.call.method != flight.head.method;
    flight.method = findMethod(Provider::Telegram, flight.call.method);
    const auto limit = m_rate.take(flight.call.scope(), flight.method->isLimited, m_clock.now());
    switch (limit.verdict) {
    case RateLimit::Verdict::Go: taken.flights.push_back(std::move(flight)); break;
    case RateLimit::Verdict::Wait:
        taken.outcomes.push_back({.head = flight.head,
                                  .kind = Outcome::Kind::Deferred,
                                  .until = limit.until,
                                  .mayHaveArrived = flight.head.isUnknown});
        break;
    case RateLimit::Verdict::AllWait: // it stays due: writing that down for each would be of no use
        rememberDue(limit.until);
        break;
    }
    return {};
}

void CourierWorker::refuse(const queue::OutboxHead &head, const QString &why,
                           std::vector<Outcome> &outcomes) const
{
    qCCritical(lcDelivery) << "outbox row" << head.id.value << head.method
                           << "cannot be sent:" << why;
    outcomes.push_back({.head = head, .answer = {{"error", why}}});
}

void CourierWorker::rememberDue(Timestamp moment)
{
    if (m_dueTimes.size() < kDueTimesMax)
        m_dueTimes.insert(moment);
}

void CourierWorker::rememberDue(const Outcome &outcome)
{
    if (outcome.kind == Outcome::Kind::Deferred)
        rememberDue(outcome.until);
}

Result<HttpRequest> CourierWorker::requestOf(const Flight &flight) const
{
    switch (flight.head.provider) {
    case Provider::Telegram: return telegramRequest(m_settings.telegram, flight.call);
    case Provider::Retell: return retellRequest(m_settings.retell, flight.head);
    case Provider::Dynopay: break;
    }
    return dynopayRequest(m_settings.dynopay, flight.head, flight.isAlternative);
}

void CourierWorker::send(Flight &flight)
{
    const OutboxId id = flight.head.id;
    flight.request = ++m_requests;
    auto request = requestOf(flight);
    if (!request) {
        refuse(flight.head, request.error().detail, m_outcomes);
        return wake();
    }
    m_client.send(*std::move(request), [this, id, number = flight.request](HttpAnswer answer) {
        arrive({.id = id, .request = number, .answer = std::move(answer)});
    });
}

} // namespace delivery
