#include "ledger/platform_balances.h"

namespace ledger {

namespace {

/// All accounts. The column has their type, which a console's role cannot name.
const QString kAccounts =
    QStringLiteral("unnest(enum_range((SELECT platform FROM transfers WHERE false)))");

/// The sum before block `block`, which is what the blocks before it leave.
Money before(const QHash<QString, std::vector<Money>> &sums, const QString &account, qint64 block)
{
    const auto found = sums.constFind(account);
    if (block == 0 || found == sums.cend())
        return {};
    return (*found)[static_cast<std::size_t>(block - 1)];
}

} // namespace

PlatformBalances::PlatformBalances()
    : PlatformBalances(Sizes{})
{
}

PlatformBalances::PlatformBalances(const Sizes &sizes)
    : m_sizes(sizes)
{
}

Result<void> PlatformBalances::fill(database::Connection &connection, QList<api::TransferRow> &rows)
{
    QList<api::EntryRow *> entries;
    std::vector<qint64> ids;
    for (api::TransferRow &row : rows) {
        for (api::EntryRow &entry : row.entries) {
            if (entry.isCustomers)
                continue;
            entries.append(&entry);
            ids.push_back(row.id.value);
        }
    }
    if (entries.isEmpty())
        return {};
    const auto newest =
        connection.run(QStringLiteral("SELECT coalesce(max(id), 0) AS id FROM transfers"));
    if (!newest)
        return failure(newest.error());
    const std::scoped_lock lock(m_mutex);
    const qint64 settled =
        std::max<qint64>(0, newest->first().integer("id") - m_sizes.lateIds) / m_sizes.blockIds;
    if (auto kept = keep(connection, settled); !kept)
        return kept;
    if (m_keptBlocks < settled)
        return addRest(connection, m_kept, m_keptBlocks, entries, ids);
    Sums sums = m_kept;
    const qint64 blocks =
        std::max(m_keptBlocks, *std::max_element(ids.cbegin(), ids.cend()) / m_sizes.blockIds);
    if (auto added = addBlocks(connection, sums, m_keptBlocks, blocks - m_keptBlocks); !added)
        return added;
    return addRest(connection, sums, blocks, entries, ids);
}

/// Sums up what nothing can come into any more.
Result<void> PlatformBalances::keep(database::Connection &connection, qint64 settled)
{
    for (int chunk = 0; chunk < m_sizes.chunksMax && m_keptBlocks < settled; ++chunk) {
        const qint64 blocks = std::min(m_sizes.chunkBlocks, settled - m_keptBlocks);
        if (auto added = addBlocks(connection, m_kept, m_keptBlocks, blocks); !added)
            return added;
        m_keptBlocks += blocks;
    }
    return {};
}

/// One account after the other, since only then the index on account and id answers alone.
Result<void> PlatformBalances::addBlocks(database::Connection &connection, Sums &sums,
                                         qint64 firstBlock, qint64 blocks) const
{
    if (blocks <= 0)
        return {};
    const qint64 low = firstBlock * m_sizes.blockIds;
    const qint64 high = low + blocks * m_sizes.blockIds;
    const auto rows = connection.run(
        QStringLiteral(
            "SELECT a::text AS account, x.block, sum(x.amount)::bigint AS amount "
            "FROM %1 a CROSS JOIN LATERAL ("
            "SELECT (id - 1) / ?::bigint AS block, platform_amount AS amount FROM transfers "
            "WHERE platform = a AND id > ? AND id <= ? UNION ALL "
            "SELECT (id - 1) / ?::bigint, other_amount FROM transfers "
            "WHERE other_platform = a AND id > ? AND id <= ?) x GROUP BY 1, 2")
            .arg(kAccounts),
        {m_sizes.blockIds, low, high, m_sizes.blockIds, low, high});
    if (!rows)
        return failure(rows.error());
    QHash<QString, std::vector<Money>> added;
    for (qsizetype i = 0; i < rows->size(); ++i) {
        const database::Row row = (*rows)[i];
        auto &amounts = added[row.text("account")];
        amounts.resize(static_cast<std::size_t>(blocks));
        amounts[static_cast<std::size_t>(row.integer("block") - firstBlock)] = row.money("amount");
    }
    for (auto account = added.cbegin(); account != added.cend(); ++account)
        sums[account.key()].resize(static_cast<std::size_t>(firstBlock)); // nothing until now
    for (auto account = sums.begin(); account != sums.end(); ++account) {
        const std::vector<Money> amounts = added.value(account.key());
        Money sum = before(sums, account.key(), firstBlock);
        for (std::size_t block = 0; block < static_cast<std::size_t>(blocks); ++block) {
            sum += amounts.empty() ? Money() : amounts[block];
            account->push_back(sum);
        }
    }
    return {};
}

/// From the last whole block to the posting itself; `blocks` of them are in `sums`.
Result<void> PlatformBalances::addRest(database::Connection &connection, const Sums &sums,
                                       qint64 blocks, const QList<api::EntryRow *> &entries,
                                       const std::vector<qint64> &ids) const
{
    QList<api::EntryRow *> reached;
    std::vector<QString> accounts;
    std::vector<qint64> lows;
    std::vector<qint64> highs;
    for (qsizetype i = 0; i < entries.size(); ++i) {
        const qint64 id = ids[static_cast<std::size_t>(i)];
        const qint64 block = (id - 1) / m_sizes.blockIds;
        if (block > blocks)
            continue;
        entries[i]->balanceAfter = before(sums, entries[i]->account, block);
        reached.append(entries[i]);
        accounts.push_back(entries[i]->account);
        lows.push_back(block * m_sizes.blockIds);
        highs.push_back(id);
    }
    const auto rows = connection.run(
        QStringLiteral("SELECT ((SELECT coalesce(sum(platform_amount), 0) FROM transfers WHERE "
                       "platform = a AND id > u.low AND id <= u.high) + "
                       "(SELECT coalesce(sum(other_amount), 0) FROM transfers WHERE "
                       "other_platform = a AND id > u.low AND id <= "
                       "u.high))::bigint "
                       "AS amount FROM unnest(?::text[], ?::bigint[], ?::bigint[]) "
                       "WITH ORDINALITY AS u(account, low, high, place) JOIN %1 a ON a::text = "
                       "u.account ORDER BY u.place")
            .arg(kAccounts),
        {database::arrayOf(accounts), database::arrayOf(lows), database::arrayOf(highs)});
    if (!rows)
        return failure(rows.error());
    for (qsizetype i = 0; i < reached.size(); ++i)
        *reached[i]->balanceAfter += (*rows)[i].money("amount");
    return {};
}

} // namespace ledger
