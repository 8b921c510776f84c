#include "database/change_feed.h"

#include "core/crypto.h"
#include "core/post.h"

#include <QLoggingCategory>
#include <QSocketNotifier>
#include <QTimer>

Q_DECLARE_LOGGING_CATEGORY(lcDatabase)

namespace database {

namespace {

constexpr std::chrono::milliseconds kCoalesce(50);
constexpr std::chrono::milliseconds kReconnect(1000);
constexpr size_t kIdsInNotificationMax = 100;
const QString kChannel = QStringLiteral("speechcad");
const QString kReadAgain = QStringLiteral("*");

QString encoded(const std::set<core::Change> &changes)
{
    if (changes.size() > kIdsInNotificationMax)
        return kReadAgain;
    QStringList parts;
    for (const core::Change &change : changes)
        parts << QStringLiteral("%1:%2").arg(static_cast<int>(change.topic)).arg(change.id);
    return parts.join(u',');
}

QList<core::Change> decoded(const QString &text)
{
    QList<core::Change> changes;
    for (const QString &part : text.split(u',', Qt::SkipEmptyParts))
        changes.append({static_cast<core::Topic>(part.section(u':', 0, 0).toInt()),
                        part.section(u':', 1).toLongLong()});
    return changes;
}

} // namespace

/// The connection of the thread: hears the other processes and tells them ours.
class ChangeFeed::Listener : public QObject {
public:
    Listener(ChangeFeed &feed, QString url, Role role)
        : m_feed(feed)
        , m_url(std::move(url))
        , m_role(role)
        , m_watch(new QTimer(this))
    {
        connect(m_watch, &QTimer::timeout, this, &Listener::keepConnected);
    }

    void keepConnected()
    {
        m_watch->start(kReconnect);
        if (m_connection && m_connection->runScript(QStringLiteral("SELECT 1"))) {
            hear();
            return;
        }
        if (m_connection) {
            m_notifier.reset(); // before its socket is closed
            m_connection.reset();
            m_feed.tell([](ChangeFeed &feed) { Q_EMIT feed.lost(); });
        }
        auto opened = Connection::open(m_url, QStringLiteral("listen"), m_role);
        if (!opened)
            return;
        m_connection = std::move(*opened);
        m_notifier =
            std::make_unique<QSocketNotifier>(m_connection->socket(), QSocketNotifier::Read);
        connect(m_notifier.get(), &QSocketNotifier::activated, this, &Listener::hear);
        if (!m_connection->runScript(QStringLiteral("LISTEN ") + kChannel))
            return; // lost again: the next look sees it
        m_feed.tell([](ChangeFeed &feed) { Q_EMIT feed.connected(); });
        // What was told while nobody listened is unknown: here, and to the others what we could not
        // tell.
        m_feed.tell([](ChangeFeed &feed) { Q_EMIT feed.readAgain(); });
        if (std::exchange(m_hasUntold, false))
            notify(kReadAgain);
    }

    void hear()
    {
        for (const QString &payload : m_connection->takeNotifications())
            m_feed.take(payload);
        if (m_connection->isLost())
            m_notifier->setEnabled(false); // a closed socket is readable for ever
    }

    void notify(const QString &changes)
    {
        const QString payload = m_feed.m_origin + u';' + changes;
        m_hasUntold = !m_connection || !m_connection->run(QStringLiteral("SELECT pg_notify(?, ?)"),
                                                          {kChannel, payload});
        if (m_connection)
            hear(); // what came with the answer leaves the socket silent
    }

    void scheduleFlush()
    {
        QTimer::singleShot(kCoalesce, this, [this] { m_feed.flush(); });
    }

private:
    ChangeFeed &m_feed;
    QString m_url;
    Role m_role;
    QTimer *m_watch;
    std::unique_ptr<Connection> m_connection;
    std::unique_ptr<QSocketNotifier> m_notifier;
    bool m_hasUntold = false; // the others have missed something of ours
};

ChangeFeed::ChangeFeed(const QString &databaseUrl, std::function<void()> heard, Role role)
    : m_heard(std::move(heard))
    , m_origin(QString::fromLatin1(core::toBase64Url(core::randomBytes(6))))
    , m_listener(new Listener(*this, databaseUrl, role))
    , m_thread(core::startThread(QStringLiteral("listen")))
{
    m_thread->adopt(m_listener);
    core::post(m_listener, [this] { m_listener->keepConnected(); });
}

ChangeFeed::~ChangeFeed() = default;

void ChangeFeed::publish(std::vector<core::Change> changes)
{
    const std::scoped_lock locker(m_mutex);
    m_waiting.insert(changes.begin(), changes.end());
    if (std::exchange(m_flushIsDue, true))
        return;
    core::post(m_listener, [this] { m_listener->scheduleFlush(); });
}

void ChangeFeed::flush()
{
    std::set<core::Change> changes;
    {
        const std::scoped_lock locker(m_mutex);
        changes.swap(m_waiting);
        m_flushIsDue = false;
    }
    heard(QList<core::Change>(changes.begin(), changes.end()));
    m_listener->notify(encoded(changes));
}

void ChangeFeed::take(const QString &payload)
{
    const QString origin = payload.section(u';', 0, 0);
    const QString text = payload.section(u';', 1);
    if (origin == m_origin)
        return;
    if (text == kReadAgain)
        tell([](ChangeFeed &feed) { Q_EMIT feed.readAgain(); });
    else
        heard(decoded(text));
}

void ChangeFeed::heard(const QList<core::Change> &changes)
{
    if (m_heard)
        m_heard();
    tell([changes](ChangeFeed &feed) { Q_EMIT feed.changed(changes); });
}

void ChangeFeed::tell(std::function<void(ChangeFeed &)> signal)
{
    core::post(this, [this, signal = std::move(signal)] { signal(*this); });
}

} // namespace database
