#pragma once

#include "core/clock.h"
#include "core/money.h"
#include "database/transaction.h"

namespace ledger {

struct TrialLine {
    QString account; // "available", "held", "debt", or a platform account
    bool isCustomers = false;
    Money amount;
    qint64 entries = 0;
};

struct TrialBalance {
    QList<TrialLine> lines; // customers' accounts first
    Money sum;              // zero in a sound ledger
    qint64 transfers = 0;
};

/// The balance of every account, of all customers together, now or at that moment.
[[nodiscard]] Result<TrialBalance> trialBalance(database::Transaction &transaction,
                                                std::optional<Timestamp> at);

} // namespace ledger
