#include "books_watch.h"

#include <QElapsedTimer>
#include <QLoggingCategory>

Q_DECLARE_LOGGING_CATEGORY(lcApp)

namespace assembly {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds kLookAgain = 1s;
constexpr std::chrono::seconds kCountEvery = 60s;

} // namespace

BooksWatch::BooksWatch(QString databaseUrl, const Clock &clock, Alerts &alerts,
                       std::chrono::milliseconds awayPatience)
    : m_databaseUrl(std::move(databaseUrl))
    , m_clock(clock)
    , m_alerts(alerts)
    , m_awayPatience(awayPatience)
{
}

BooksWatch::~BooksWatch()
{
    stop();
}

void BooksWatch::start()
{
    m_thread = core::startThread(QStringLiteral("books"), [this] { work(); });
}

void BooksWatch::stop()
{
    m_isStopping = true;
    m_wakeup.wakeAll();
    m_thread.reset();
}

QList<intake::Metric> BooksWatch::metrics() const
{
    const std::scoped_lock lock(m_mutex);
    return m_last ? metricsOf(*m_last) : QList<intake::Metric>();
}

void BooksWatch::work()
{
    database::LeaderLock lock(QStringLiteral("books"));
    std::unique_ptr<database::Connection> connection;
    QElapsedTimer away;
    Timestamp due = Timestamp::min(); // at once
    Timestamp counted = Timestamp::min();
    while (!m_isStopping) {
        if (!connection || connection->isLost()) {
            lock.forget();
            connection.reset();
            auto opened = database::Connection::open(m_databaseUrl, QStringLiteral("books"));
            if (opened)
                connection = std::move(*opened);
        }
        if (connection) {
            away.invalidate();
            m_alerts.clear(QStringLiteral("database"));
        } else if (!away.isValid()) {
            away.start();
        } else if (away.elapsed() > m_awayPatience.count()) {
            m_alerts.raise(QStringLiteral("database"),
                           QStringLiteral("the database cannot be reached"));
        }
        const auto leads = connection ? lock.tryTake(*connection) : Result<bool>(false);
        if (leads && *leads) {
            lookAtSwitch(*connection);
            const Timestamp now = m_clock.now();
            // A clock that was set back must not keep us from counting.
            if (now >= due || now < counted) {
                count(*connection);
                counted = now;
                due = now + kCountEvery;
            }
        } else {
            due = Timestamp::min(); // who leads again counts at once
            const std::scoped_lock guard(m_mutex);
            m_last.reset();
        }
        m_wakeup.wait(m_wakeup.calls(), kLookAgain);
    }
}

void BooksWatch::count(database::Connection &connection)
{
    const auto conservation = readConservation(connection, m_clock.now());
    if (!conservation) {
        qCWarning(lcApp) << "the books were not counted:" << conservation.error().detail;
        return;
    }
    const QStringList mismatches = conservation->mismatches();
    if (mismatches.isEmpty())
        m_alerts.clear(QStringLiteral("conservation"));
    else
        m_alerts.raise(QStringLiteral("conservation"),
                       QStringLiteral("the books do not balance: ") +
                           mismatches.join(QStringLiteral("; ")));
    for (const QString &words : mismatches)
        qCWarning(lcApp).noquote() << "the books do not balance:" << words;
    const std::scoped_lock lock(m_mutex);
    m_last = *conservation;
}

void BooksWatch::lookAtSwitch(database::Connection &connection)
{
    const auto rows = connection.run(
        QStringLiteral("SELECT is_on FROM policy_switches WHERE name = 'stop_calls'"));
    if (!rows || rows->isEmpty())
        return;
    if (rows->first().boolean("is_on"))
        m_alerts.raise(QStringLiteral("stop_switch"), QStringLiteral("all calls were stopped"));
    else
        m_alerts.clear(QStringLiteral("stop_switch"));
}

} // namespace assembly
