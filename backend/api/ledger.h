#pragma once

#include "api/page.h"
#include "core/id.h"
#include "core/json.h"
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

/// What a customer had at an instant: after their last transfer at or before it.
struct PastBalance {
    Timestamp at;
    Money available;
    Money held;
    Money debt;                         // zero or negative
    std::optional<TransferId> transfer; // that last one; absent: there was none yet
};

/// An inbox row, and what is known about it.
struct Cause {
    InboxId id;
    QString source; // "telegram", "dynopay", "operator", ...
    QString kind;
    QString lane;
    Timestamp receivedAt;
    QString state;  // "done", "dead", "expired", "waiting"
    QString detail; // the request it answers, or who asked for it
    Json body;      // masked
};

struct ExplainedTransfer {
    TransferId id;
    CustomerId customer;
    Timestamp at;
    QString kind;
    QString reference; // the request key: "charge:42"
    Money available;
    Money held;
    Money debt;
    QString platforms; // "revenue_calls 0.58"
    Money availableAfter;
    std::optional<TransferId> resolves;
    std::optional<TransferId> refunds;
    QList<Cause> causes; // what made it, and what made that, back to what came from outside
};

/// What the Ledger page may see. Any thread may call; answers come later.
/// Filter fields: customer (id or name), kind, account, amount, id, since.
class Ledger {
public:
    virtual ~Ledger() = default;
    [[nodiscard]] virtual QFuture<Result<Page<TransferRow>>> listTransfers(PageQuery query) = 0;
    /// NotFound when there is no such customer.
    [[nodiscard]] virtual QFuture<Result<WalletSummary>> loadWallet(CustomerId customer) = 0;
    /// NotFound when there is no such customer.
    [[nodiscard]] virtual QFuture<Result<PastBalance>> loadBalanceAt(CustomerId customer,
                                                                     Timestamp at) = 0;
    /// Why there is this transfer: itself, what it ends or gives back, what ended it or gave it
    /// back, oldest first, each with its whole chain of causes. NotFound: there is none.
    [[nodiscard]] virtual QFuture<Result<QList<ExplainedTransfer>>>
    explain(TransferId transfer) = 0;
    /// A few values of a filter field (customer) that begin with `typed`.
    [[nodiscard]] virtual QFuture<Result<QStringList>> suggest(QString field, QString typed) = 0;
};

} // namespace api
