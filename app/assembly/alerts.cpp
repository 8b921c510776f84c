#include "alerts.h"

#include "core/json.h"
#include "core/log.h"

#include <QProcess>
#include <QRegularExpression>

Q_DECLARE_LOGGING_CATEGORY(lcApp)

namespace assembly {

namespace {

using namespace std::chrono_literals;

constexpr size_t kWaitingMax = 100;
constexpr qsizetype kNotedMax = 1000;
constexpr std::chrono::hours kNotedFor = 1h;
constexpr qsizetype kWordsMax = 500;

/// The settings, and so all secrets, are in ours.
QProcessEnvironment plainEnvironment()
{
    const QProcessEnvironment own = QProcessEnvironment::systemEnvironment();
    QProcessEnvironment plain;
    for (const char *name : {"PATH", "HOME", "LANG", "LC_ALL", "TZ", "USER"}) {
        const QString key = QString::fromLatin1(name);
        if (own.contains(key))
            plain.insert(key, own.value(key));
    }
    return plain;
}

} // namespace

Alerts::Alerts(Setup setup, const Clock &clock)
    : m_setup(std::move(setup))
    , m_clock(clock)
{
}

Alerts::~Alerts()
{
    stop();
}

void Alerts::start()
{
    if (!m_setup.command.isEmpty())
        m_thread = core::startThread(QStringLiteral("alerts"), [this] { work(); });
}

void Alerts::stop()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_isStopping = true;
    }
    m_condition.notify_all();
    m_thread.reset();
}

void Alerts::raise(const QString &key, const QString &words)
{
    const std::scoped_lock lock(m_mutex);
    if (!m_raised.contains(key) && add(key, words))
        m_raised.insert(key);
}

void Alerts::clear(const QString &key)
{
    const std::scoped_lock lock(m_mutex);
    m_raised.remove(key);
}

void Alerts::note(const QString &key, const QString &words)
{
    static const QRegularExpression numbers(QStringLiteral("[0-9]+"));
    QString what = key + u' ' + words;
    what.replace(numbers, QStringLiteral("#"));
    const Timestamp now = m_clock.now();
    const std::scoped_lock lock(m_mutex);
    const auto last = m_noted.constFind(what);
    if (last != m_noted.cend() && now >= *last && now - *last < kNotedFor)
        return;
    if (m_noted.size() >= kNotedMax)
        m_noted.clear();
    m_noted.insert(what, now);
    add(key, words);
}

bool Alerts::add(const QString &key, const QString &words)
{
    if (m_setup.command.isEmpty() || m_isStopping || m_waiting.size() >= kWaitingMax)
        return false;
    m_waiting.push_back({key, core::toBytes({{"v", 1},
                                             {"level", "critical"},
                                             {"alert", key},
                                             {"words", core::maskedForLog(words).left(kWordsMax)},
                                             {"at", core::toIso(m_clock.now())}})});
    m_condition.notify_all();
    return true;
}

void Alerts::work()
{
    for (;;) {
        Waiting alert;
        {
            std::unique_lock lock(m_mutex);
            m_condition.wait(lock, [this] { return m_isStopping || !m_waiting.empty(); });
            if (m_waiting.empty())
                return;
            alert = m_waiting.front();
            m_waiting.pop_front();
            if (m_isStopping)
                m_waiting.clear();
        }
        if (!tell(alert.body))
            clear(alert.key); // so that a state that lasts is raised, and told, again
    }
}

bool Alerts::tell(const QByteArray &alert) const
{
    QStringList words = QProcess::splitCommand(m_setup.command);
    QProcess process;
    process.setProcessEnvironment(plainEnvironment());
    process.setStandardOutputFile(QProcess::nullDevice());
    process.setStandardErrorFile(QProcess::nullDevice());
    process.setProgram(words.takeFirst());
    process.setArguments(words);
    process.start();
    const auto patience = static_cast<int>(m_setup.patience.count());
    if (!process.waitForStarted(patience)) {
        qCWarning(lcApp) << "the alert command cannot be started:" << process.errorString();
        return false;
    }
    process.write(alert + '\n');
    process.closeWriteChannel();
    if (!process.waitForFinished(patience)) {
        process.kill();
        process.waitForFinished(1000);
        qCWarning(lcApp) << "the alert command took too long and was ended";
        return false;
    }
    if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0) {
        qCWarning(lcApp) << "the alert command failed with status" << process.exitCode();
        return false;
    }
    return true;
}

} // namespace assembly
