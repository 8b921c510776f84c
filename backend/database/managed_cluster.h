#pragma once

#include "database/cluster_files.h"
#include "database/file_lock.h"

#include <functional>
#include <memory>

namespace database {

/// The PostgreSQL of a data directory, used when SPEECHCAD_DATABASE_URL is empty: no TCP, a Unix
/// socket in a private directory, run by an unprivileged account when we are root.
///
/// Several processes share it. Each holds `users.lock` shared while it lives; whoever starts or
/// stops the server holds `start.lock`. The last one out stops the server; after a crash of ours
/// the next one adopts it.
class ManagedCluster {
public:
    using Progress = std::function<void(const QString &)>;

    /// Makes the cluster at the first start, starts the server or joins one that runs. Blocks (half
    /// a second at the first start, more after a crash): not for the gui thread. `progress` tells
    /// English words for a log.
    [[nodiscard]] static Result<std::unique_ptr<ManagedCluster>>
    open(const QString &dataDir, const Progress &progress = {});
    /// Leaves; the last one out stops the server and waits for it.
    ~ManagedCluster();
    ManagedCluster(const ManagedCluster &) = delete;
    ManagedCluster &operator=(const ManagedCluster &) = delete;

    /// Starts the server again when it has gone away under us (killed, out of memory); nothing when
    /// it runs. Blocks. One thread at a time. The URL stays the same unless somebody took the
    /// socket's directory.
    [[nodiscard]] Result<void> ensureRunning(const Progress &progress = {});

    [[nodiscard]] QString socketDirectory() const { return m_socketDirectory; }
    [[nodiscard]] int port() const { return m_port; }
    [[nodiscard]] QString superuser() const { return QStringLiteral("speechcad"); }
    /// As libpq and psql take it: postgresql:///speechcad?host=...
    [[nodiscard]] QString
    connectionUrl(const QString &database = QStringLiteral("speechcad")) const;
    /// The files, for tests and `doctor`.
    [[nodiscard]] const ClusterFiles &files() const { return m_files; }

private:
    enum class Waited;
    explicit ManagedCluster(ClusterFiles files);
    [[nodiscard]] Result<void> join(const Progress &progress);
    [[nodiscard]] Result<void> bringUp(const Progress &progress);
    [[nodiscard]] Result<PostgresPrograms> makeIfMissing(const Progress &progress);
    [[nodiscard]] Result<void> start(const PostgresPrograms &programs, const Progress &progress);
    [[nodiscard]] Result<pid_t> launch(const PostgresPrograms &programs,
                                       const QString &socketDirectory);
    /// `launched`: the process just started, 0 for whatever runs.
    [[nodiscard]] Waited waitUntilReady(const Progress &progress, pid_t launched);
    [[nodiscard]] Result<void> makeDatabase();
    [[nodiscard]] QString saidSince(qint64 logStart) const;
    [[nodiscard]] Error notStarted(const QString &said) const;
    [[nodiscard]] Error tooSlow() const;
    [[nodiscard]] Error stillInUse() const;

    ClusterFiles m_files;
    FileLock m_startLock;
    FileLock m_usersLock;
    QString m_socketDirectory;
    int m_port = kClusterPort;
};

} // namespace database
