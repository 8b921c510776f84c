#pragma once

#include "core/id.h"
#include "core/json.h"
#include "core/money.h"
#include "database/transaction.h"

namespace ledger {

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

/// Why there is this transfer: itself, what it ends or gives back, what ended it or gave it back,
/// oldest first, each with its whole chain of causes. NotFound: there is none.
[[nodiscard]] Result<QList<ExplainedTransfer>> explainTransfer(database::Transaction &transaction,
                                                               TransferId transfer);
/// Why the customer's balance is what it is: the newest `limit` transfers, oldest first. NotFound:
/// no such wallet.
[[nodiscard]] Result<QList<ExplainedTransfer>> explainCustomer(database::Transaction &transaction,
                                                               CustomerId customer, int limit);

} // namespace ledger
