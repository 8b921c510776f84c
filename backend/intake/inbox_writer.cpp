#include "intake/inbox_writer.h"

#include "core/assert.h"
#include "core/fault_point.h"
#include "intake/payload.h"

#include <QLoggingCategory>

#include <algorithm>
#include <set>
#include <utility>

Q_LOGGING_CATEGORY(lcInbox, "intake.inbox")

namespace intake {

namespace {

constexpr size_t kBatchRowsMax = 256;
constexpr size_t kWaitingMax = 4096;
constexpr size_t kChoresMax = 64;
constexpr int kAttemptsMax = 3;
constexpr std::chrono::seconds kReconnectInterval{1};

Error away(const QString &detail)
{
    return {.code = ErrorCode::DatabaseUnavailable, .detail = detail, .transient = true};
}

/// The statement itself was refused, which another entry in the batch may be the reason for.
bool isOfContent(const Error &error)
{
    return !error.transient && error.code != ErrorCode::DatabaseRefused;
}

} // namespace

InboxWriter::InboxWriter(QString databaseUrl, const Clock &clock, std::function<void()> committed)
    : m_databaseUrl(std::move(databaseUrl))
    , m_clock(clock)
    , m_committed(std::move(committed))
    , m_thread(core::startThread(QStringLiteral("inbox"), [this] { run(); }))
{
}

InboxWriter::~InboxWriter()
{
    stop();
}

void InboxWriter::record(queue::NewEntry entry, Done done)
{
    Error error;
    {
        const std::scoped_lock lock(m_mutex);
        if (!m_isStopping && !m_isAway && m_waiting.size() < kWaitingMax) {
            m_waiting.push_back({std::move(entry), std::move(done)});
            m_wake.notify_one();
            return;
        }
        if (m_isStopping)
            error = {.code = ErrorCode::ShuttingDown, .transient = true};
        else
            error = away(m_isAway ? QStringLiteral("the database is away")
                                  : QStringLiteral("too many entries are waiting"));
    }
    done(failure(error));
}

void InboxWriter::afterwards(Chore chore)
{
    const std::scoped_lock lock(m_mutex);
    if (m_isStopping || m_isAway || m_chores.size() == kChoresMax)
        return;
    m_chores.push_back(std::move(chore));
    m_wake.notify_one();
}

void InboxWriter::stop()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_isStopping = true;
        m_wake.notify_one();
    }
    m_thread.reset();
}

int InboxWriter::waitingCount() const
{
    const std::scoped_lock lock(m_mutex);
    return static_cast<int>(m_waiting.size());
}

void InboxWriter::run()
{
    while (waitForWork()) {
        if (!m_connection && !connect())
            continue;
        if (Batch batch = take(); !batch.empty())
            write(std::move(batch));
        runChores();
    }
    m_isConnected = false;
    m_connection.reset();
}

/// True when there is something to write or a connection to make; false when all is done.
bool InboxWriter::waitForWork()
{
    std::unique_lock lock(m_mutex);
    if (m_isAway)
        m_wake.wait_for(lock, kReconnectInterval, [this] { return m_isStopping; });
    m_wake.wait(lock, [this] {
        return m_isStopping || !m_connection || !m_waiting.empty() || !m_chores.empty();
    });
    return !m_isStopping || !m_waiting.empty() || !m_chores.empty();
}

bool InboxWriter::connect()
{
    auto opened = database::Connection::open(m_databaseUrl, QStringLiteral("inbox"));
    if (!opened) {
        goAway(opened.error());
        return false;
    }
    m_connection = std::move(*opened);
    const std::scoped_lock lock(m_mutex);
    if (std::exchange(m_isAway, false))
        qCInfo(lcInbox) << "the database is back";
    m_isConnected = true;
    return true;
}

/// Nobody waits for a database that is away: those who do are answered, those who come are refused.
void InboxWriter::goAway(const Error &error)
{
    m_connection.reset();
    m_isConnected = false;
    std::deque<Waiting> waiting;
    bool wasAway = false;
    {
        const std::scoped_lock lock(m_mutex);
        wasAway = std::exchange(m_isAway, true);
        waiting.swap(m_waiting);
        m_chores.clear();
    }
    if (!wasAway)
        qCWarning(lcInbox) << "the database is away; webhooks are told to come again:"
                           << core::name(error.code) << error.detail;
    for (const Waiting &each : waiting)
        each.done(failure(away(QStringLiteral("the database is away"))));
}

/// What waits, in its order, up to the second entry of a key that is in it already: in one
/// statement the two could not be told apart.
InboxWriter::Batch InboxWriter::take()
{
    const std::scoped_lock lock(m_mutex);
    Batch batch;
    std::set<std::pair<queue::Source, QString>> keys;
    while (!m_waiting.empty() && batch.size() < kBatchRowsMax) {
        const queue::NewEntry &next = m_waiting.front().entry;
        if (!keys.emplace(next.source, next.externalId).second)
            break;
        batch.push_back(std::move(m_waiting.front()));
        m_waiting.pop_front();
    }
    return batch;
}

void InboxWriter::write(Batch batch)
{
    std::vector<queue::NewEntry> entries;
    entries.reserve(batch.size());
    for (const Waiting &waiting : batch)
        entries.push_back(waiting.entry);
    const auto outcomes = attempt(entries);
    if (!outcomes && isOfContent(outcomes.error())) {
        for (Waiting &waiting : batch)
            writeAlone(std::move(waiting));
        return;
    }
    answer(batch, outcomes);
    if (!outcomes && (!m_connection || m_connection->isLost()))
        goAway(outcomes.error());
}

/// An entry must not fail its neighbours, and what is genuine must not be lost: bytes that jsonb
/// refuses are kept as raw bytes, for a person to look at.
void InboxWriter::writeAlone(Waiting waiting)
{
    queue::NewEntry &entry = waiting.entry;
    auto outcomes =
        m_connection ? attempt({&entry, 1}) : failure(away(QStringLiteral("the database is away")));
    if (!outcomes && isOfContent(outcomes.error()) && m_connection) {
        qCWarning(lcInbox) << "an entry of source" << static_cast<int>(entry.source)
                           << "is kept as raw bytes only:" << core::name(outcomes.error().code);
        if (entry.raw.isEmpty())
            entry.raw = entry.payload;
        entry.payload = malformed().text;
        outcomes = attempt({&entry, 1});
    }
    Batch alone;
    alone.push_back(std::move(waiting));
    answer(alone, outcomes);
    if (!outcomes && (!m_connection || m_connection->isLost()))
        goAway(outcomes.error());
}

/// Again after a conflict or a lost connection: the keys make a second time harmless, also when the
/// first was committed and only its answer was lost.
Result<InboxWriter::Outcomes> InboxWriter::attempt(std::span<const queue::NewEntry> entries)
{
    for (int attempts = 1;; ++attempts) {
        core::faultPoint("intake.before_commit");
        auto outcomes = queue::record(*m_connection, entries, m_clock.now());
        if (outcomes) {
            ++m_commits;
            core::faultPoint("intake.after_commit");
            return outcomes;
        }
        if (!outcomes.error().transient || attempts == kAttemptsMax)
            return outcomes;
        if (m_connection->isLost() && !connect())
            return outcomes;
    }
}

void InboxWriter::answer(const Batch &batch, const Result<Outcomes> &outcomes)
{
    CORE_ASSERT(!outcomes || outcomes->size() == batch.size());
    for (size_t i = 0; i < batch.size(); ++i) {
        if (outcomes)
            batch[i].done((*outcomes)[i]);
        else
            batch[i].done(failure(outcomes.error()));
    }
    const auto isNew = [](const queue::Recorded &recorded) {
        return recorded.outcome == queue::RecordOutcome::Recorded;
    };
    if (m_committed && outcomes && std::any_of(outcomes->begin(), outcomes->end(), isNew))
        m_committed();
}

void InboxWriter::runChores()
{
    std::vector<Chore> chores;
    {
        const std::scoped_lock lock(m_mutex);
        chores.swap(m_chores);
    }
    for (const Chore &chore : chores) {
        if (m_connection && !m_connection->isLost())
            chore(*m_connection);
    }
}

} // namespace intake
