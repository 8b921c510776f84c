#pragma once

#include "core/settings.h"
#include "core/thread.h"
#include "database/connection.h"
#include "database/managed_cluster.h"
#include "engine/wakeup.h"

namespace assembly {

/// The database a program works on: the one SPEECHCAD_DATABASE_URL names, or the managed PostgreSQL
/// of the data directory, which is kept running as long as this object lives.
class DatabaseAccess {
public:
    /// Blocks, about a second at the very first start.
    [[nodiscard]] static Result<std::unique_ptr<DatabaseAccess>>
    open(const core::Settings &settings);
    ~DatabaseAccess();

    [[nodiscard]] const QString &url() const { return m_url; }
    [[nodiscard]] bool isManaged() const { return m_cluster != nullptr; }
    /// Checks the server's settings, applies what is missing of the migrations, and makes sure that
    /// `installationKey` is the one this database was made with. Errors: DatabaseRefused, with what
    /// to do.
    [[nodiscard]] Result<QStringList> prepare(const QByteArray &installationKey) const;

private:
    DatabaseAccess() = default;
    void keepRunning();

    std::unique_ptr<database::ManagedCluster> m_cluster; // null: somebody else's server
    QString m_url;
    engine::Wakeup m_wakeup;
    std::atomic<bool> m_isStopping = false;
    core::ThreadPtr m_watch;
};

} // namespace assembly
