#include "engine/timer_turner.h"

#include "core/fault_point.h"
#include "queue/inbox.h"
#include "queue/timers.h"

#include <QLoggingCategory>

Q_DECLARE_LOGGING_CATEGORY(lcEngine)

namespace engine {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds kLookAgain = 250ms;
constexpr std::chrono::minutes kPartitionsEvery = 1min;

} // namespace

TimerTurner::TimerTurner(QString databaseUrl, const Clock &clock, std::function<void()> turned)
    : m_databaseUrl(std::move(databaseUrl))
    , m_clock(clock)
    , m_turned(std::move(turned))
{
}

TimerTurner::~TimerTurner()
{
    stop();
}

void TimerTurner::start()
{
    m_thread.reset(QThread::create([this] { work(); }));
    m_thread->setObjectName(QStringLiteral("timers"));
    m_thread->start();
}

void TimerTurner::stop()
{
    m_isStopping = true;
    m_wakeup.wakeAll();
    if (m_thread)
        m_thread->wait();
    m_thread.reset();
}

void TimerTurner::work()
{
    database::LeaderLock lock(QStringLiteral("timers"));
    std::unique_ptr<database::Connection> connection;
    while (!m_isStopping) {
        if (!connection || connection->isLost()) {
            lock.forget();
            connection.reset();
            auto opened = database::Connection::open(m_databaseUrl, QStringLiteral("timers"));
            if (opened)
                connection = std::move(*opened);
        }
        const auto leads = connection ? lock.tryTake(*connection) : Result<bool>(false);
        m_isLeader = leads && *leads;
        const auto turned = m_isLeader ? turn(*connection) : Result<int>(0);
        if (!turned)
            qCWarning(lcEngine) << "timers wait:" << turned.error().detail;
        if (!turned || *turned == 0)
            m_wakeup.wait(m_wakeup.calls(), kLookAgain);
    }
    m_isLeader = false;
}

Result<int> TimerTurner::turn(database::Connection &connection)
{
    if (auto kept = keepPartitions(connection); !kept)
        return failure(kept.error());
    auto transaction = database::Transaction::begin(connection);
    if (!transaction)
        return failure(transaction.error());
    const auto fired = queue::fireDue(*transaction, m_clock.now());
    if (!fired || *fired == 0)
        return fired;
    core::faultPoint("timers.fired");
    if (auto committed = transaction->commit(); !committed)
        return failure(committed.error());
    core::faultPoint("timers.committed");
    m_turned();
    return fired;
}

Result<void> TimerTurner::keepPartitions(database::Connection &connection)
{
    if (m_clock.now() - m_partitionsChecked < kPartitionsEvery)
        return {};
    const auto kept =
        database::inTransaction(connection, [](database::Transaction &transaction) -> Result<void> {
            const auto made = queue::ensurePartitions(transaction);
            if (!made)
                return failure(made.error());
            return {};
        });
    if (kept)
        m_partitionsChecked = m_clock.now();
    return kept;
}

} // namespace engine
