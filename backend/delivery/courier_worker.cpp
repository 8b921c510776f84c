#include "delivery/courier_worker.h"

#include "core/fault_point.h"
#include "delivery/http_client.h"

#include <QLoggingCategory>
#include <QRandomGenerator>
#include <QSemaphore>

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
                             HttpClient &client)
    : m_databaseUrl(databaseUrl)
    , m_sink(sink)
    , m_settings(settings)
    , m_clock(clock)
    , m_client(client)
    , m_lock(QStringLiteral("delivery"))
    , m_rate(settings.rates, jitter)
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
        QMetaObject::invokeMethod(this, &CourierWorker::turn, Qt::QueuedConnection);
}

void CourierWorker::stop(QSemaphore *stopped)
{
    m_stopped = stopped;
    m_drainUntil.setRemainingTime(kDrain);
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
    if (m_stopped && (!isLeader || m_flights.empty() || m_drainUntil.hasExpired()))
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
    stepDown();
    m_connection.reset();
    m_stopped->release();
}

// The lead ------------------------------------------------------------------------------------

bool CourierWorker::lead()
{
    if (m_connection && m_connection->isLost()) {
        stepDown();
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
            const auto rows = queue::adoptSending(transaction);
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

void CourierWorker::stepDown()
{
    m_lock.forget();
    ++m_term;
    m_flights.clear();
    m_outcomes.clear();
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
        if (one.term == m_term && flight != m_flights.end())
            conclude(flight->second, one.answer, now);
    }
}

void CourierWorker::conclude(Flight &flight, const HttpAnswer &answer, Timestamp now)
{
    if (answer.outcome == HttpAnswer::Outcome::Answered)
        m_holds.erase(flight.head.provider);
    const Decision decision = decide(flight, answer, now);
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
    return flight.head.provider == Provider::Telegram
               ? decideTelegram(attempt, answer, flight.call.editedMessage())
               : decideDynopay(attempt, flight.head.method, answer);
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
    }
    return outcome;
}

Timestamp CourierWorker::repeatAt(const Flight &flight, const Decision &decision, Timestamp now)
{
    switch (decision.scope) {
    case Decision::Scope::ScopePaused: return m_rate.pause(flight.call.scope(), decision.wait, now);
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
    case Decision::Scope::OurError: break;
    }
    return now + decision.wait;
}

void CourierWorker::report(const Flight &flight, const Decision &decision) const
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
    case Decision::Scope::ScopePaused:
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
    if (m_outcomes.empty())
        return {};
    auto done = commit(m_outcomes);
    if (!done && !done.error().transient)
        return settleOneByOne();
    if (!done)
        return done; // they stay: the next turn tries again
    m_outcomes.clear();
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

/// One of them cannot be written. It stays under way for ever, so that it is not sent again and
/// again.
Result<void> CourierWorker::settleOneByOne()
{
    while (!m_outcomes.empty()) {
        const auto done = commit(std::span(&m_outcomes.back(), 1));
        if (!done && done.error().transient)
            return done;
        if (!done)
            qCCritical(lcDelivery) << "the outcome of outbox row" << m_outcomes.back().head.id.value
                                   << "cannot be stored:" << done.error().detail;
        m_outcomes.pop_back();
    }
    return {};
}

} // namespace delivery
