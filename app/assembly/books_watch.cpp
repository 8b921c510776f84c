#include "books_watch.h"

#include <QElapsedTimer>
#include <QLoggingCategory>

Q_DECLARE_LOGGING_CATEGORY(lcApp)

namespace assembly {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds kLookAgain = 1s;
constexpr std::chrono::seconds kCountEvery = 60s;
constexpr std::chrono::seconds kVerifyEvery = 24h;
constexpr std::chrono::seconds kFirstVerify = 10min;

} // namespace

BooksWatch::BooksWatch(Setup setup, const Clock &clock, Alerts &alerts)
    : m_setup(std::move(setup))
    , m_clock(clock)
    , m_alerts(alerts)
    , m_counting{.every = kCountEvery}
    , m_verifying{.every = kVerifyEvery}
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
    QList<intake::Metric> all = m_last ? metricsOf(*m_last) : QList<intake::Metric>();
    if (m_isSound)
        all.append(intake::gauge("speechcad_ledger_sound",
                                 "1: the last verification of the whole ledger found nothing",
                                 *m_isSound ? 1 : 0));
    return all;
}

void BooksWatch::work()
{
    database::LeaderLock lock(QStringLiteral("books"));
    std::unique_ptr<database::Connection> connection;
    QElapsedTimer away;
    while (!m_isStopping) {
        if (!connection || connection->isLost()) {
            lock.forget();
            connection.reset();
            auto opened = database::Connection::open(m_setup.databaseUrl, QStringLiteral("books"));
            if (opened)
                connection = std::move(*opened);
        }
        if (connection) {
            away.invalidate();
            m_alerts.clear(QStringLiteral("database"));
        } else if (!away.isValid()) {
            away.start();
        } else if (away.elapsed() > m_setup.awayPatience.count()) {
            m_alerts.raise(QStringLiteral("database"),
                           QStringLiteral("the database cannot be reached"));
        }
        const auto leads = connection ? lock.tryTake(*connection) : Result<bool>(false);
        if (leads && *leads) {
            look(*connection, m_clock.now());
        } else {
            m_counting.due = Timestamp::min(); // who leads again counts at once
            const std::scoped_lock guard(m_mutex);
            m_last.reset();
            m_isSound.reset();
        }
        m_wakeup.wait(m_wakeup.calls(), kLookAgain);
    }
}

void BooksWatch::look(database::Connection &connection, Timestamp now)
{
    lookAtSwitch(connection);
    if (m_counting.isDue(now)) {
        count(connection);
        m_counting.done(now);
    }
    // Not at once: a server that has just begun has other things to do.
    if (m_verifying.last == Timestamp::min())
        m_verifying = {.every = kVerifyEvery, .due = now + kFirstVerify, .last = now};
    if (m_verifying.isDue(now)) {
        verify(connection);
        m_verifying.done(now);
    }
}

/// Sealed rows that were changed, chains that are broken: nothing that counting would see.
void BooksWatch::verify(database::Connection &connection)
{
    std::optional<ledger::SealCheck> seals;
    QStringList words;
    if (m_setup.sealCheck) {
        const auto check = m_setup.sealCheck();
        if (!check) // who takes the key away must not look like nothing
            words << QStringLiteral("verified without seals: ") + check.error().detail;
        else
            seals = *check;
    }
    const auto verified = ledger::verify(connection, seals);
    if (!verified) {
        qCWarning(lcApp) << "the ledger was not verified:" << verified.error().detail;
        return;
    }
    const bool isSound = verified->isSound() && words.isEmpty();
    if (verified->seals)
        words << verified->seals->problems;
    for (const ledger::Problem &problem : verified->problems)
        words << problem.words;
    if (isSound) {
        m_alerts.clear(QStringLiteral("ledger"));
        qCInfo(lcApp) << "the ledger was verified: sound," << verified->transfers << "transfers";
    } else {
        const QString what = QStringLiteral("%1 faults in the ledger or its seals, the first: %2")
                                 .arg(words.size())
                                 .arg(words.value(0, QStringLiteral("the sum is not zero")));
        m_alerts.raise(QStringLiteral("ledger"), what);
        qCWarning(lcApp).noquote() << what;
    }
    const std::scoped_lock lock(m_mutex);
    m_isSound = isSound;
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
