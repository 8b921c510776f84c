#include "engine/timer_turner.h"

#include "core/fault_point.h"
#include "queue/archive.h"
#include "queue/timers.h"

#include <QLoggingCategory>

Q_DECLARE_LOGGING_CATEGORY(lcEngine)

namespace engine {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds kLookAgain = 250ms;
constexpr std::chrono::seconds kPartitionsEvery = 5s;
constexpr std::chrono::minutes kRetireEvery = 1min;
// Until then every event can be looked at as it came; afterwards what money and other records name.
constexpr std::chrono::days kArchiveAge{90};

/// A clock that was set back must not keep us from looking.
bool isDue(Timestamp last, std::chrono::seconds every, Timestamp now)
{
    return now < last || now - last >= every;
}

Result<bool> retire(database::Connection &connection, queue::Archive archive, Timestamp before)
{
    auto transaction = database::Transaction::begin(connection);
    if (!transaction)
        return failure(transaction.error());
    const auto retired = queue::retirePartition(*transaction, archive, before);
    if (!retired || !*retired)
        return retired;
    if (auto committed = transaction->commit(); !committed)
        return failure(committed.error());
    return true;
}

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
    m_thread = core::startThread(QStringLiteral("timers"), [this] { work(); });
}

void TimerTurner::stop()
{
    m_isStopping = true;
    m_wakeup.wakeAll();
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
    keepPartitions(connection);
    retirePartitions(connection);
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

void TimerTurner::keepPartitions(database::Connection &connection)
{
    const Timestamp now = m_clock.now();
    if (!isDue(m_partitionsKept, kPartitionsEvery, now))
        return;
    const auto kept =
        database::inTransaction(connection, [](database::Transaction &transaction) -> Result<void> {
            const auto made = queue::ensurePartitions(transaction);
            if (!made)
                return failure(made.error());
            return {};
        });
    m_partitionsKept = now;
    if (!kept)
        qCWarning(lcEngine) << "no partitions could be made:" << kept.error().detail;
}

void TimerTurner::retirePartitions(database::Connection &connection)
{
    const Timestamp now = m_clock.now();
    if (!isDue(m_partitionsRetired, kRetireEvery, now))
        return;
    m_partitionsRetired = now;
    for (const queue::Archive archive : {queue::Archive::Inbox, queue::Archive::Outbox}) {
        const auto retired = retire(connection, archive, now - kArchiveAge);
        if (retired && *retired)
            qCInfo(lcEngine) << "an old partition was dropped";
        if (!retired && retired.error().code != ErrorCode::Conflict) // else busy: the next look
            qCWarning(lcEngine) << "an old partition stays:" << retired.error().detail;
    }
}

} // namespace engine
