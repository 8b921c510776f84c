#pragma once

#include "database/server_account.h"

#include <QStringList>

#include <chrono>

namespace database {

/// A directory with `initdb` and `postgres` of one major version.
struct PostgresPrograms {
    QString directory;
    int version = 0;
    [[nodiscard]] QString path(const char *program) const;
};

constexpr int kPostgresVersionMin = 15;

/// Where the programs may be: what pg_config says, the folders of Debian, Red Hat and a source
/// build, PATH.
[[nodiscard]] QStringList programDirectories();

/// The newest of those in `directories`, or for an existing cluster (`wanted`) the version that
/// made it: no other may open it.
[[nodiscard]] Result<PostgresPrograms> findPostgresPrograms(const QStringList &directories,
                                                            std::optional<int> wanted);

struct ProgramRun {
    int exitCode = -1;
    QString output; // both streams
};

/// Runs a program as the account, in a session of its own, so that Ctrl+C in our terminal does not
/// end it.
[[nodiscard]] Result<ProgramRun> runAs(const ServerAccount &account, const QString &program,
                                       const QStringList &arguments,
                                       std::chrono::milliseconds timeout);

struct ServerLaunch {
    QString clusterDirectory;
    QString socketDirectory;
    QString logFile;
};

/// Starts `postgres` on its own: no child of ours, in a session of its own. Gives its process,
/// which may not show itself as a server yet.
[[nodiscard]] Result<pid_t> launchServer(const ServerAccount &account,
                                         const PostgresPrograms &programs,
                                         const ServerLaunch &launch);

} // namespace database
