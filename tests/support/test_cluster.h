#pragma once

#include "database/managed_cluster.h"

#include <QTemporaryDir>

namespace tests {

/// A real PostgreSQL for tests, with the settings of the shipped one, in a temporary directory.
class TestCluster {
public:
    /// The one of this executable, started on first use and stopped at its end. With
    /// SPEECHCAD_TEST_CLUSTER=<data directory> all executables share that one, so do not stop it:
    /// for that make an own object.
    static TestCluster &instance();

    /// A cluster of one's own.
    TestCluster();
    ~TestCluster();
    TestCluster(const TestCluster &) = delete;
    TestCluster &operator=(const TestCluster &) = delete;

    /// The URL of a new empty database.
    [[nodiscard]] QString createDatabase();
    /// The URL of a new copy of a template, which `fill` fills once for this object (apply the
    /// migrations, say). `fill` must have closed its connections when it returns.
    [[nodiscard]] QString databaseFrom(const QString &templateName,
                                       const std::function<void(const QString &url)> &fill);

    [[nodiscard]] QString dataDir() const { return m_dataDir; }
    [[nodiscard]] database::ManagedCluster &cluster() { return *m_cluster; }
    [[nodiscard]] pid_t serverPid() const;

    void stopImmediately(); // as a crash of the server would: every connection is cut, recovery at
                            // the next start
    void start();           // the URLs stay the same
    void restart();

private:
    explicit TestCluster(const QString &sharedDataDir);
    void open();
    void run(const QString &sql);
    [[nodiscard]] QString newName(const QString &kind);
    [[nodiscard]] QString makeDatabase(const QString &name, const QString &options);

    std::unique_ptr<QTemporaryDir> m_directory; // null: shared
    QString m_dataDir;
    std::unique_ptr<database::ManagedCluster> m_cluster;
    QStringList m_databases;
    QHash<QString, QString> m_templates;
};

struct PsqlRun {
    int exitCode = -1;
    QString output; // unaligned, rows only
    QString errors;
};

/// What an operator does by hand: one psql, each statement on its own, ended by the first error.
[[nodiscard]] PsqlRun psql(const QString &url, const QString &sql);

/// A QTemporaryDir is closed to others; as root PostgreSQL runs as another account and must come
/// through.
void openToOthers(const QString &directory);

} // namespace tests
