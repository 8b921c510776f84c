#pragma once

#include "api/ledger.h"
#include "core/clock.h"
#include "database/read_pool.h"
#include "ledger/platform_balances.h"

namespace ledger {

/// Answers the console's Ledger page from the read connections.
class LedgerPages final : public api::Ledger {
public:
    LedgerPages(database::ReadPool &pool, const Clock &clock);
    [[nodiscard]] QFuture<Result<api::Page<api::TransferRow>>>
    listTransfers(api::PageQuery query) override;
    [[nodiscard]] QFuture<Result<api::WalletSummary>> loadWallet(CustomerId customer) override;
    [[nodiscard]] QFuture<Result<api::PastBalance>> loadBalanceAt(CustomerId customer,
                                                                  Timestamp at) override;
    [[nodiscard]] QFuture<Result<QList<api::ExplainedTransfer>>>
    explain(TransferId transfer) override;
    [[nodiscard]] QFuture<Result<QStringList>> suggest(QString field, QString typed) override;

private:
    database::ReadPool &m_pool;
    const Clock &m_clock;
    PlatformBalances m_balances;
};

} // namespace ledger
