#pragma once

#include "database/managed_cluster.h"
#include "database/postmaster.h"

#include <QDir>
#include <QFile>
#include <QProcess>

#include <csignal>

#include <sys/stat.h>
#include <unistd.h>

namespace tests {

constexpr int kProgramTimeoutMs = 60'000;
constexpr uid_t kNobody = 65534;

inline bool isRoot()
{
    return ::geteuid() == 0;
}

/// A process of its own that uses the cluster.
class User {
public:
    /// As root with `asNobody`: as that account.
    explicit User(const QString &dataDir, const QString &killAt = {}, bool asNobody = false)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("SPEECHCAD_KILL_AT"), killAt);
        m_process.setProcessEnvironment(environment);
        m_process.setChildProcessModifier(
            [] { ::setsid(); }); // a process group, as a shell gives it one
        const QString program = QStringLiteral(SPEECHCAD_BINARY_DIR "/managed_cluster_user");
        if (asNobody)
            m_process.start(QStringLiteral("setpriv"),
                            {QStringLiteral("--reuid=65534"), QStringLiteral("--regid=65534"),
                             QStringLiteral("--clear-groups"), program, dataDir});
        else
            m_process.start(program, {dataDir});
    }
    ~User() { leave(); }
    /// "joined <url>" or "refused <why>", when it has come to that.
    [[nodiscard]] QString said()
    {
        while (m_said.isEmpty() && !m_process.canReadLine())
            if (!m_process.waitForReadyRead(kProgramTimeoutMs))
                return QStringLiteral("nothing");
        if (m_said.isEmpty())
            m_said = QString::fromUtf8(m_process.readLine()).trimmed();
        return m_said;
    }
    [[nodiscard]] QString url() { return said().section(u' ', 1); }
    void startLeaving() { m_process.closeWriteChannel(); }
    void leave()
    {
        startLeaving();
        m_process.waitForFinished(kProgramTimeoutMs);
    }
    /// With everything in its process group, as a terminal that is closed does.
    void kill()
    {
        ::kill(-static_cast<pid_t>(m_process.processId()), SIGKILL);
        m_process.waitForFinished(kProgramTimeoutMs);
    }
    [[nodiscard]] bool wasKilled()
    {
        m_process.waitForFinished(kProgramTimeoutMs);
        return m_process.exitStatus() == QProcess::CrashExit;
    }

private:
    QProcess m_process;
    QString m_said;
};

inline QByteArray readFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline bool writeFile(const QString &path, const QByteArray &content)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

inline bool run(const QString &program, const QStringList &arguments)
{
    return QProcess::execute(program, arguments) == 0;
}

inline bool isMode(const QString &path, mode_t mode)
{
    struct stat found = {};
    return ::stat(QFile::encodeName(path).constData(), &found) == 0 &&
           (found.st_mode & 0777) == mode;
}

inline bool setMode(const QString &path, mode_t mode)
{
    return ::chmod(QFile::encodeName(path).constData(), mode) == 0;
}

inline uid_t ownerOf(const QString &path)
{
    struct stat found = {};
    return ::stat(QFile::encodeName(path).constData(), &found) == 0 ? found.st_uid
                                                                    : static_cast<uid_t>(-1);
}

inline bool giveTo(const QString &path, uid_t account)
{
    return ::chown(QFile::encodeName(path).constData(), account, account) == 0;
}

} // namespace tests
