#pragma once

#include "tests/support/program.h"
#include "tests/support/test_cluster.h"

namespace benchmarks {

inline constexpr auto kSecret = "benchmark-webhook-secret";
inline constexpr qint64 kFirstCustomer = 1000;
inline constexpr int kCustomers = 500;

/// Returns what it prints; `url` is a database of its own.
QString runPgbench(const QString &url, const QStringList &arguments);
/// Transactions a second.
[[nodiscard]] double pgbench(const QString &url, const QStringList &arguments);

/// A database for TPC-B, scale 10, and transactions a second in it: 16 clients for three seconds.
[[nodiscard]] QString tpcbDatabase(tests::TestCluster &cluster);
[[nodiscard]] double tpcb(const QString &url);

struct WrkRun {
    double perSecond = 0;
    double p99Ms = 0;
};
/// 50 connections that send updates of the known customers; whatever is not acknowledged ends the
/// program.
[[nodiscard]] WrkRun wrk(quint16 port, int seconds, qint64 firstUpdate);

/// The URL of a new database with the schema and customers who have accepted the terms.
[[nodiscard]] QString customersDatabase(tests::TestCluster &cluster);

/// What a server needs to be told; `databaseUrl` empty: a managed PostgreSQL in `dataDir`.
[[nodiscard]] tests::Environment serverSettings(const QString &databaseUrl, const QUrl &providers,
                                                int workers, const QString &dataDir);

/// The real speechcad-server with its rates raised; killed with the object.
class Server {
public:
    Server(const QString &databaseUrl, const QUrl &telegram, int workers);
    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] double residentMegabytes() const;

private:
    QTemporaryDir m_directory;
    std::unique_ptr<tests::Program> m_program;
    quint16 m_port = 0;
};

} // namespace benchmarks
