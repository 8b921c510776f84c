#pragma once

#include "core/thread.h"
#include "database/leader_lock.h"
#include "engine/wakeup.h"
#include "ledger/seal_book.h"
#include "seals/signer.h"

#include <atomic>
#include <functional>

namespace ledger {

/// Seals once a minute, on the thread "seals", in one server at a time.
class SealKeeper {
public:
    struct Setup {
        QString databaseUrl;
        QString directory; // of the file of seals
        QByteArray installationKey;
        /// Called on that thread: why sealing does not go on, empty when it does again.
        std::function<void(const QString &problem)> told = {};
    };
    SealKeeper(Setup setup, const Clock &clock);
    ~SealKeeper();
    void start();
    void stop();

    /// When the newest seal was made that this server knows of; absent: it does not seal.
    [[nodiscard]] std::optional<Timestamp> newestAt() const;

    /// What one minute does: the file is brought up to the table, everything new is sealed, and the
    /// file again. Returns how many seals were made.
    [[nodiscard]] static Result<int> sealAll(database::Connection &connection,
                                             const seals::Signer &signer, const SealBook &book,
                                             Timestamp now);

private:
    void work();
    [[nodiscard]] Result<void> round(database::Connection &connection);

    Setup m_setup;
    const Clock &m_clock;
    seals::Signer m_signer;
    SealBook m_book;
    engine::Wakeup m_wakeup;
    std::atomic<bool> m_isStopping = false;
    std::atomic<qint64> m_newestAt = 0; // microseconds; 0: absent
    core::ThreadPtr m_thread;
};

} // namespace ledger
