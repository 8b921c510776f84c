#pragma once

#include "core/id.h"
#include "core/money.h"
#include "ledger/seal_verify.h"

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
    std::optional<SealReport> seals; // where they were asked for
    [[nodiscard]] bool isSound() const
    {
        return problems.isEmpty() && sum.isZero() && (!seals || seals->problems.isEmpty());
    }
};

/// Recomputes every balance and every link of every chain, and compares the holds and charges that
/// calls name, in one snapshot. Takes about two seconds a million transfers; with the seals six.
/// ShuttingDown: `progress` wanted it to stop.
[[nodiscard]] Result<Verification> verify(database::Connection &connection,
                                          const std::optional<SealCheck> &seals = {},
                                          const VerifyProgress &progress = {});

} // namespace ledger
