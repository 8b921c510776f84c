#pragma once

#include "api/page.h"
#include "core/id.h"
#include "core/money.h"

#include <QFuture>

#include <optional>

namespace api {

struct EntryRow {
    QString account; // "available", "held", "debt" of the customer, or a platform account
    bool isCustomers = false;
    Money amount;                      // positive: credit to the account; negative: debit
    std::optional<Money> balanceAfter; // nullopt: a platform account that is not summed up yet
};

struct TransferRow {
    TransferId id;
    Timestamp at;
    QString kind;        // "deposit", "hold", "charge", ...
    CustomerId customer; // 0: the house
    QString customerName;
    QList<EntryRow> entries; // debits first; they sum to zero
    QString requestKey;      // "deposit:<payment>"
    InboxId cause;
    QString causeText; // "Deposit 12", for the Cause column
};

struct WalletSummary {
    CustomerId customer;
    QString customerName;
    Money available;
    Money held;
    Money debt; // zero or negative
    qint64 transfers = 0;
    bool isChainIntact = true;
};

/// What the Ledger page may see. Any thread may call; answers come later.
/// Filter fields: customer (id or name), kind, account, amount, id, since.
class Ledger {
public:
    virtual ~Ledger() = default;
    [[nodiscard]] virtual QFuture<Result<Page<TransferRow>>> listTransfers(PageQuery query) = 0;
    /// NotFound when there is no such customer.
    [[nodiscard]] virtual QFuture<Result<WalletSummary>> loadWallet(CustomerId customer) = 0;
    /// A few values of a filter field (customer) that begin with `typed`.
    [[nodiscard]] virtual QFuture<Result<QStringList>> suggest(QString field, QString typed) = 0;
};

} // namespace api
