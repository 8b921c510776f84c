#pragma once

#include "core/id.h"
#include "core/money.h"
#include "database/connection.h"

namespace ledger {

struct Problem {
    QString words; // English, for staff
    CustomerId customer;
    TransferId transfer; // 0: a wallet, not a transfer
};

struct Verification {
    qint64 transfers = 0;
    qint64 wallets = 0;
    Money sum; // of all entries: zero in a sound ledger
    QList<Problem> problems;
    [[nodiscard]] bool isSound() const { return problems.isEmpty() && sum.isZero(); }
};

/// Recomputes every balance and every link of every chain, in one snapshot. Takes about two seconds
/// a million transfers.
[[nodiscard]] Result<Verification> verify(database::Connection &connection);

} // namespace ledger
