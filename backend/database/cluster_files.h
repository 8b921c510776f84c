#pragma once

#include "database/cluster_failure.h"
#include "database/postgres_programs.h"

namespace database {

/// Everything of the managed cluster lies in <data directory>/database, which belongs to the
/// account that runs PostgreSQL and is closed to all others (0700).
struct ClusterFiles {
    ServerAccount account;
    QString directory;

    [[nodiscard]] QString cluster() const { return directory + QStringLiteral("/cluster"); }
    [[nodiscard]] QString startLock() const { return directory + QStringLiteral("/start.lock"); }
    [[nodiscard]] QString usersLock() const { return directory + QStringLiteral("/users.lock"); }
    [[nodiscard]] QString log() const { return directory + QStringLiteral("/server.log"); }
    [[nodiscard]] FailurePlace place(const QString &logFile = {}) const;
};

constexpr int kClusterPort = 5432; // in the socket's file name only: there is no TCP port

/// Makes <data directory>/database with the right owner, or checks the one that is there.
[[nodiscard]] Result<ClusterFiles> prepareClusterFiles(const QString &dataDir);

/// Must what is at `path` be given away first?
[[nodiscard]] Result<void> checkOwner(const QString &path, uid_t owner,
                                      const ServerAccount &account);

/// The major version that made the cluster. Nothing: there is no cluster yet.
[[nodiscard]] Result<std::optional<int>> clusterVersion(const ClusterFiles &files);

/// initdb under another name, renamed when everything is on the disk: a cluster is there whole or
/// not at all. What crashes before that left behind is removed. Call with the start lock held.
[[nodiscard]] Result<void> makeCluster(const ClusterFiles &files, const PostgresPrograms &programs);

/// A directory of the account, 0700, whose path a socket and libpq can take: <directory>/socket,
/// or for a long data directory one in the runtime directory or /tmp whose name is recorded, so
/// that it stays the same.
[[nodiscard]] Result<QString> prepareSocketDirectory(const ClusterFiles &files);

/// Call when no server process is left. The socket's lock file names a pid, as postmaster.pid does,
/// and would be believed when another program has that pid by now.
[[nodiscard]] Result<void> removeStaleSocket(const ClusterFiles &files,
                                             const QString &socketDirectory);

/// After the server's stop: nothing of ours stays in /tmp. The same name is made again at the next
/// start.
void removeSocketDirectory(const ClusterFiles &files, const QString &socketDirectory);

/// Our settings for a queue and a ledger, included by the cluster's postgresql.conf; written anew
/// before each start.
[[nodiscard]] Result<void> writeConfiguration(const ClusterFiles &files);
[[nodiscard]] QByteArray configurationText();

/// Keeps the log small: an old one is put aside once. Returns its size now.
[[nodiscard]] qint64 rotateLog(const ClusterFiles &files);

} // namespace database
