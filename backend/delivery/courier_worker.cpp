#include "delivery/courier_worker.h"

#include "core/fault_point.h"
#include "core/post.h"
#include "delivery/http_client.h"

#include <QLoggingCategory>
#include <QRandomGenerator>

#include <algorithm>

Q_DECLARE_LOGGING_CATEGORY(lcDelivery)

namespace delivery {

namespace {

using namespace std::chrono_literals;
using queue::Provider;

constexpr auto kLookAgain = 250ms; // a test may move the clock, and another process may add rows
constexpr auto kLeadAgain = 1s;
constexpr auto kDrain = 3s;

std::chrono::microseconds jitter(std::chrono::microseconds most)
{
    return std::chrono::microseconds(
        QRandomGenerator::global()->bounded(static_cast<quint32>(most.count())));
}

} // namespace

CourierWorker::CourierWorker(const QString &databaseUrl, database::ChangeSink *sink,
                             const CourierSettings &settings, const Clock &clock,
                             HttpClient &client, CourierCounters &counters)
    : m_databaseUrl(databaseUrl)
    , m_sink(sink)
    , m_settings(settings)
    , m_clock(clock)
    , m_client(client)
    , m_counters(counters)
    , m_lock(QStringLiteral("delivery"))
    , m_rate(settings.rates, jitter)
    , m_creations(settings.dynopayRates.creationsPerMinute)
    , m_reads(settings.dynopayRates.readsPerMinute)
    , m_dials(settings.dialsPerSecond, 1s)
    , m_timer(this)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &CourierWorker::turn);
}

// Turns ---------------------------------------------------------------------------------------

void CourierWorker::wake()
{
    if (!m_isWoken.exchange(true))
        core::post(this, [this] { turn(); });
}

void CourierWorker::stop(std::binary_semaphore *stopped)
{
    m_stopped = stopped;
    m_drainUntil.setRemainingTime(kDrain);
    m_writeAgainAt = {}; // a last time
    turn();
}

void CourierWorker::turn()
{
    m_isWoken = false;
    if (m_isHalted)
        return;
    m_mayHaveMore = false;
    const bool isLeader = lead();
    if (isLeader) {
        readAnswers();
        Result<void> done = settle();
        if (done && !m_stopped)
            done = take();
        if (!done)
            qCWarning(lcDelivery) << "the outbox waits for the database:" << done.error().detail;
    }
    const bool isDrained = m_flights.size() == m_unwritten.size();
    if (m_stopped && (!isLeader || isDrained || m_drainUntil.hasExpired()))
        return halt();
    if (m_mayHaveMore)
        wake();
    m_timer.start(untilNextLook());
}

std::chrono::milliseconds CourierWorker::untilNextLook()
{
    const Timestamp now = m_clock.now();
    m_dueTimes.erase(m_dueTimes.begin(), m_dueTimes.upper_bound(now));
    if (m_dueTimes.empty())
        return kLookAgain;
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(*m_dueTimes.begin() - now);
    return std::min<std::chrono::milliseconds>(kLookAgain, wait);
}

void CourierWorker::halt()
{
    m_isHalted = true;
    m_timer.stop();
    m_lock.forget();
    m_connection.reset(); // which gives the lead away
    m_stopped->release();
}

// The lead ------------------------------------------------------------------------------------

bool CourierWorker::lead()
{
    if (m_connection && m_connection->isLost()) {
        m_lock.forget();
        m_connection.reset();
    }
    if (m_lock.isLeader())
        return true;
    if (!m_leadAgain.hasExpired())
        return false;
    m_leadAgain.setRemainingTime(kLeadAgain);
    const auto isLeader = becomeLeader();
    if (!isLeader && !m_hasWarned)
        qCWarning(lcDelivery) << "the outbox waits for the database:" << isLeader.error().detail;
    m_hasWarned = !isLeader;
    return isLeader && *isLeader;
}

Result<bool> CourierWorker::becomeLeader()
{
    if (!m_connection) {
        auto opened = database::Connection::open(m_databaseUrl, QStringLiteral("outbox"),
                                                 database::Role::Application, m_sink);
        if (!opened)
            return failure(opened.error());
        m_connection = *std::move(opened);
    }
    const auto taken = m_lock.tryTake(*m_connection);
    if (!taken || !*taken)
        return taken;
    qint64 count = 0;
    const auto adopted = database::inTransaction(
        *m_connection, [&](database::Transaction &transaction) -> Result<void> {
            const auto rows = adopt(transaction);
            if (!rows)
                return failure(rows.error());
            count = *rows;
            return {};
        });
    if (!adopted) {
        // Without that it must not send; a new connection gives the lock back.
        m_lock.forget();
        m_connection.reset();
        return failure(adopted.error());
    }
    qCInfo(lcDelivery) << "sends the outbox from now on; of unknown outcome:" << count;
    return true;
}

/// What it was sending when it lost the lead is its own still, unless another server led meanwhile
/// and has taken it for unknown. So a restart of PostgreSQL repeats nothing whose answer comes.
Result<qint64> CourierWorker::adopt(database::Transaction &transaction)
{
    std::vector<queue::OutboxHead> heads;
    for (const auto &[id, flight] : m_flights)
        heads.push_back(flight.head);
    const auto own = queue::stillSending(transaction, heads);
    if (!own)
        return failure(own.error());
    forgetAllBut(*own);
    return queue::adoptSending(transaction, *own);
}

void CourierWorker::forgetAllBut(const std::vector<OutboxId> &rows)
{
    std::erase_if(m_flights, [&](const auto &entry) {
        return std::find(rows.begin(), rows.end(), OutboxId{entry.first}) == rows.end();
    });
    for (std::vector<Outcome> *outcomes : {&m_outcomes, &m_unwritten}) {
        std::erase_if(*outcomes, [&](const Outcome &outcome) {
            return !m_flights.contains(outcome.head.id.value);
        });
    }
}

// What came back ------------------------------------------------------------------------------

void CourierWorker::arrive(Arrived arrived)
{
    {
        const std::lock_guard lock(m_mutex);
        m_arrived.push_back(std::move(arrived));
    }
    wake();
}

void CourierWorker::readAnswers()
{
    std::vector<Arrived> arrived;
    {
        const std::lock_guard lock(m_mutex);
        arrived.swap(m_arrived);
    }
    const Timestamp now = m_clock.now();
    for (const Arrived &one : arrived) {
        const auto flight = m_flights.find(one.id.value);
        if (flight != m_flights.end() && flight->second.request == one.request)
            conclude(flight->second, one.answer, now);
    }
}

void CourierWorker::conclude(Flight &flight, const HttpAnswer &answer, Timestamp now)
{
    if (answer.outcome == HttpAnswer::Outcome::Answered)
        m_holds.erase(flight.head.provider);
    const Decision decision = decide(flight, answer, now);
    if (answer.outcome == HttpAnswer::Outcome::Unknown)
        ++m_counters.unknownOutcomes;
    report(flight, decision);
    if (decision.next == Next::Alternative)
        startAlternative(flight);
    else
        m_outcomes.push_back(outcomeOf(flight, decision, now));
}

Decision CourierWorker::decide(const Flight &flight, const HttpAnswer &answer, Timestamp now) const
{
    const Attempt attempt{
        .rule = flight.method->rule,
        .triesMax = flight.method->triesMax,
        .triesBefore = flight.head.attempts,
        .mayHaveArrived = flight.head.isUnknown,
        .isAlternative = flight.isAlternative,
        .age = std::chrono::floor<std::chrono::seconds>(now - flight.head.createdAt)};
    switch (flight.head.provider) {
    case Provider::Telegram: return decideTelegram(attempt, answer, flight.call.editedMessage());
    case Provider::Retell: return decideRetell(attempt, answer);
    case Provider::Dynopay: break;
    }
    return decideDynopay(attempt, flight.head.method, answer);
}

Outcome CourierWorker::outcomeOf(const Flight &flight, const Decision &decision, Timestamp now)
{
    Outcome outcome{.head = flight.head,
                    .kind =
                        decision.next == Next::Sent ? Outcome::Kind::Sent : Outcome::Kind::Failed,
                    .answer = decision.answer};
    if (decision.scope == Decision::Scope::Unreachable)
        outcome.unreachableChat = core::integerMember(flight.call.parameters, "chat_id");
    if (decision.next == Next::Repeat) {
        outcome.kind = Outcome::Kind::Deferred;
        outcome.until = repeatAt(flight, decision, now);
        outcome.mayHaveArrived = decision.mayHaveArrived;
        outcome.takesSendBack = !decision.isTry;
    }
    return outcome;
}

Timestamp CourierWorker::repeatAt(const Flight &flight, const Decision &decision, Timestamp now)
{
    switch (decision.scope) {
    case Decision::Scope::ScopePaused: return m_rate.pause(flight.call.scope(), decision.wait, now);
    case Decision::Scope::ProviderPaused: {
        Timestamp &until = m_pausedUntil[flight.head.provider];
        until = std::max(until, now + std::min<std::chrono::seconds>(decision.wait, kPauseMax));
        return until;
    }
    case Decision::Scope::TokenRefused:
        m_rate.pauseAll(decision.wait, now);
        return now + decision.wait;
    case Decision::Scope::ProviderDown: {
        Hold &hold = m_holds[flight.head.provider];
        if (hold.until <= now) // else one of many that were under way together
            hold.until = now + backoff(hold.failures++);
        return hold.until;
    }
    case Decision::Scope::RowOnly:
    case Decision::Scope::Unreachable:
    case Decision::Scope::OurError:
    case Decision::Scope::GivenUp: break;
    }
    return now + decision.wait;
}

void CourierWorker::report(const Flight &flight, const Decision &decision)
{
    const QString &method = flight.method->name;
    switch (decision.scope) {
    case Decision::Scope::TokenRefused:
        qCCritical(lcDelivery) << method << "was refused, the token or the address is wrong: code"
                               << decision.code;
        return;
    case Decision::Scope::OurError:
        qCCritical(lcDelivery) << method << "of outbox row" << flight.head.id.value
                               << "was refused: code" << decision.code;
        return;
    case Decision::Scope::GivenUp:
        qCCritical(lcDelivery) << method << "of outbox row" << flight.head.id.value
                               << "was given up: tries" << flight.head.attempts + 1
                               << ", given up so far" << ++m_counters.givenUp;
        return;
    case Decision::Scope::ScopePaused:
    case Decision::Scope::ProviderPaused:
        qCInfo(lcDelivery) << method << "has to wait:" << decision.wait.count() << "s";
        return;
    case Decision::Scope::ProviderDown:
        qCInfo(lcDelivery) << method << "found no connection";
        return;
    case Decision::Scope::RowOnly:
    case Decision::Scope::Unreachable: return;
    }
}

void CourierWorker::startAlternative(Flight &flight)
{
    flight.isAlternative = true;
    if (flight.head.provider == Provider::Telegram) {
        flight.call = asNewMessage(std::move(flight.call));
        flight.method = findMethod(Provider::Telegram, flight.call.method);
    }
    send(flight);
}

Result<void> CourierWorker::settle()
{
    tryUnwritten();
    if (m_outcomes.empty())
        return {};
    auto done = commit(m_outcomes);
    if (!done && !done.error().transient)
        return settleOneByOne();
    if (!done)
        return done; // they stay: the next turn tries again
    m_outcomes.clear();
    if (m_unwritten.empty())
        m_writeFailures = 0;
    return {};
}

Result<void> CourierWorker::commit(std::span<const Outcome> outcomes)
{
    const Timestamp now = m_clock.now();
    auto done = database::inTransaction(*m_connection, [&](database::Transaction &transaction) {
        return writeOutcomes(transaction, outcomes, now);
    });
    if (!done)
        return done;
    core::faultPoint("delivery.finished");
    for (const Outcome &outcome : outcomes) {
        m_flights.erase(outcome.head.id.value);
        rememberDue(outcome);
    }
    return {};
}

/// One of them cannot be written. Its row stays under way, so that it is not sent again; what came
/// of it is kept, and written as soon as that is possible.
Result<void> CourierWorker::settleOneByOne()
{
    while (!m_outcomes.empty()) {
        const auto done = commit(std::span(&m_outcomes.back(), 1));
        if (!done && done.error().transient)
            return done;
        if (!done) {
            qCCritical(lcDelivery) << "the outcome of outbox row" << m_outcomes.back().head.id.value
                                   << "cannot be stored:" << done.error().detail;
            m_unwritten.push_back(std::move(m_outcomes.back()));
            m_writeAgainAt = m_clock.now() + backoff(m_writeFailures);
            rememberDue(m_writeAgainAt);
        }
        m_outcomes.pop_back();
    }
    ++m_writeFailures;
    return {};
}

void CourierWorker::tryUnwritten()
{
    const Timestamp now = m_clock.now();
    // The second: a clock that went back must not make it wait for hours.
    if (m_writeAgainAt > now && m_writeAgainAt <= now + kBackoffMax)
        return;
    std::move(m_unwritten.begin(), m_unwritten.end(), std::back_inserter(m_outcomes));
    m_unwritten.clear();
}

} // namespace delivery
