#pragma once

#include "database/server_account.h"

#include <QList>
#include <QString>

#include <chrono>

namespace database {

/// What the server writes into postmaster.pid. After a power loss it may say anything.
struct PostmasterFile {
    pid_t pid = 0;
    int port = 0;
    QString clusterDirectory; // of the server that wrote it: another one's in a copy of a running
                              // cluster
    QString socketDirectory;  // of a server that got that far
    bool isReady = false;     // accepted connections when it was written
};

/// Nothing: no such file. A pid of 0: a file that makes no sense.
[[nodiscard]] std::optional<PostmasterFile> readPostmasterFile(const QString &clusterDirectory);

/// The server processes (postmaster or what is left of its children) that work in this cluster now.
/// Known by their working directory: a pid alone may belong to any program by now.
[[nodiscard]] QList<pid_t> serverProcesses(const ServerAccount &account,
                                           const QString &clusterDirectory);

/// Has not ended. 0: there is no such process.
[[nodiscard]] bool isRunning(pid_t process);

/// Call when no server process is left. PostgreSQL takes a pid file for live when *any* program of
/// its account has that pid, which after a power loss is likely; a file without a pid it refuses.
/// The shared memory key in the file is kept, as it is PostgreSQL's own guard.
[[nodiscard]] Result<void> disarmStalePostmasterFile(const ServerAccount &account,
                                                     const QString &clusterDirectory);

/// Is somebody listening there?
enum class Answer {
    Ready,
    NotYet, // starting, recovering or stopping
    Nobody,
};
[[nodiscard]] Answer askServer(const QString &socketDirectory, int port);

/// Fast shutdown, and when it does not end in time, an immediate one. False: it still runs.
[[nodiscard]] bool stopServer(const ServerAccount &account, const QString &clusterDirectory,
                              std::chrono::milliseconds timeout);

} // namespace database
