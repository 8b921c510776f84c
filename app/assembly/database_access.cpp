#include "database_access.h"

#include "core/crypto.h"
#include "core/log.h"
#include "database/migrations.h"
#include "database/transaction.h"

Q_LOGGING_CATEGORY(lcApp, "app")

namespace assembly {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds kLookAfterServer = 1s;

/// The first start of a database records the key's digest; later a server with another key is
/// refused, since it could neither recognise its own webhook addresses nor verify its seals.
Result<void> claimKey(database::Connection &owner, const QByteArray &installationKey)
{
    const QByteArray fingerprint = core::sha256("fingerprint" + installationKey);
    return database::inTransaction(owner, [&](database::Transaction &transaction) -> Result<void> {
        const auto claimed = transaction.run(
            QStringLiteral("UPDATE schema_state SET key_fingerprint = coalesce(key_fingerprint, ?) "
                           "RETURNING key_fingerprint"),
            {fingerprint});
        if (!claimed)
            return failure(claimed.error());
        if (claimed->first().bytes("key_fingerprint") != fingerprint)
            return failure(
                {.code = ErrorCode::DatabaseRefused,
                 .detail = QStringLiteral(
                     "this database belongs to an installation with another key file; set "
                     "SPEECHCAD_SEAL_KEY_FILE to the file that was used first")});
        return {};
    });
}

} // namespace

Result<std::unique_ptr<DatabaseAccess>> DatabaseAccess::open(const core::Settings &settings)
{
    std::unique_ptr<DatabaseAccess> access(new DatabaseAccess);
    if (!settings.databaseUrl.isEmpty()) {
        access->m_url = settings.databaseUrl;
        return access;
    }
    auto cluster = database::ManagedCluster::open(
        settings.dataDir, [](const QString &words) { qCInfo(lcApp).noquote() << words; });
    if (!cluster)
        return failure(cluster.error());
    access->m_cluster = std::move(*cluster);
    access->m_url = access->m_cluster->connectionUrl();
    access->m_watch =
        core::startThread(QStringLiteral("cluster"), [raw = access.get()] { raw->keepRunning(); });
    return access;
}

DatabaseAccess::~DatabaseAccess()
{
    m_isStopping = true;
    m_wakeup.wakeAll();
    if (m_watch)
        m_watch->wait();
}

void DatabaseAccess::keepRunning()
{
    while (!m_isStopping) {
        m_wakeup.wait(0, kLookAfterServer);
        if (m_isStopping)
            return;
        if (auto running = m_cluster->ensureRunning(); !running)
            qCCritical(lcApp).noquote()
                << "the managed PostgreSQL is down:" << running.error().detail;
    }
}

Result<QStringList> DatabaseAccess::prepare(const QByteArray &installationKey) const
{
    const auto owner =
        database::Connection::open(m_url, QStringLiteral("prepare"), database::Role::Owner);
    if (!owner)
        return failure(owner.error());
    if (auto good = database::checkServer(**owner); !good)
        return failure(good.error());
    const auto report = database::migrate(**owner);
    if (!report)
        return failure(report.error());
    if (auto claimed = claimKey(**owner, installationKey); !claimed)
        return failure(claimed.error());
    return report->applied;
}

} // namespace assembly
