#pragma once

#include "api/audit.h"
#include "core/settings.h"
#include "core/thread.h"
#include "database/read_pool.h"
#include "ledger/verify.h"

namespace assembly {

/// What this machine can compare the seals with: the installation's key and the file of seals
/// (empty: the one in the data folder). A verification makes no key.
[[nodiscard]] Result<ledger::SealCheck> sealCheckOf(const core::Settings &settings,
                                                    const QString &file = {});

/// Answers the console's Audit page. What looks through everything has a thread and a connection of
/// its own, so that no page waits for it.
class AuditPages final : public api::Audit {
public:
    AuditPages(database::ReadPool &pool, const QString &databaseUrl, const core::Settings &settings,
               const Clock &clock);
    ~AuditPages() override;
    [[nodiscard]] QFuture<Result<api::Page<api::AuditRow>>>
    listAudit(api::PageQuery query) override;
    [[nodiscard]] QFuture<Result<QStringList>> suggest(QString field, QString typed) override;
    [[nodiscard]] QFuture<Result<api::VerifyReport>> verify() override;

private:
    using Promise = QPromise<Result<api::VerifyReport>>;
    [[nodiscard]] Result<api::VerifyReport> verifyNow(Promise &promise) const;

    database::ReadPool &m_pool;
    QString m_databaseUrl;
    core::Settings m_settings;
    const Clock &m_clock;
    std::atomic<bool> m_isStopping = false;
    QObject *m_worker; // lives on the thread
    core::ThreadPtr m_thread;
};

} // namespace assembly
