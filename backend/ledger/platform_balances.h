#pragma once

#include "api/ledger.h"
#include "database/connection.h"

#include <QHash>

#include <mutex>

namespace ledger {

/// The balances of platform accounts after a posting. Those accounts have no row, so that a
/// thousand customers pay at once: a balance is the sum of all entries up to the posting. The sums
/// of old entries are kept here by blocks of ids, so that no page has to sum up more than what is
/// newer than they are. Any thread may call.
class PlatformBalances {
public:
    struct Sizes {
        qint64 blockIds = 256;
        /// Ids commit out of order: what is nearer to the newest one may still get company.
        qint64 lateIds = 50'000;
        qint64 chunkBlocks = 400; // summed up by one statement
        int chunksMax = 5;        // and so many statements a page: a quarter of a second
    };
    PlatformBalances();
    explicit PlatformBalances(const Sizes &sizes);

    /// Sets balanceAfter of the platform entries. Where the sums do not reach yet, which a long
    /// ledger has just after the start, it stays empty until a later page.
    [[nodiscard]] Result<void> fill(database::Connection &connection,
                                    QList<api::TransferRow> &rows);

private:
    /// The balance of each account after each of a run of blocks.
    using Sums = QHash<QString, std::vector<Money>>;

    [[nodiscard]] Result<void> keep(database::Connection &connection, qint64 settled);
    [[nodiscard]] Result<void> addBlocks(database::Connection &connection, Sums &sums,
                                         qint64 firstBlock, qint64 blocks) const;
    [[nodiscard]] Result<void> addRest(database::Connection &connection, const Sums &sums,
                                       qint64 blocks, const QList<api::EntryRow *> &entries,
                                       const std::vector<qint64> &ids) const;

    Sizes m_sizes;
    std::mutex m_mutex;
    Sums m_kept;
    qint64 m_keptBlocks = 0;
};

} // namespace ledger
