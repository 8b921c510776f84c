#pragma once

#include "core/clock.h"
#include "database/transaction.h"

#include <QStringList>

#include <functional>

namespace ledger {

/// Told what is being looked at, and how much of everything is done, in thousandths. False: stop.
using VerifyProgress = std::function<bool(const QString &what, int thousandths)>;

/// What seals are compared with besides the rows.
struct SealCheck {
    QByteArray publicKey; // empty: there is no key here
    QString file;         // of seals
    /// False: neither is on this machine, so seals are compared with the rows and each other only.
    bool hasEvidence = true;
    std::optional<qint64> fileBytes = {}; // how much of the file is compared; absent: all
};

/// The rows of one table, as its seals see them.
struct SealedRows {
    qint64 sealed = 0;
    qint64 unsealed = 0;
    qint64 firstUnsealed = 0; // ids; 0: none
    qint64 lastUnsealed = 0;
};

struct SealReport {
    qint64 seals = 0;
    std::optional<Timestamp> newestAt;
    SealedRows transfers;
    SealedRows audit;
    qint64 missingInFile = 0; // seals that the file does not have yet: no problem
    QStringList problems;
};

/// Begins the snapshot, without a time limit, in which everything is verified. What the file of
/// `check` holds beyond that is not compared: a server that runs seals meanwhile.
[[nodiscard]] Result<database::Transaction> beginSnapshot(database::Connection &connection,
                                                          SealCheck &check);

/// Seals against rows, against each other, against their signatures and against the file.
/// ShuttingDown: `progress`, which is told from `begun` thousandths on, wanted it to stop.
[[nodiscard]] Result<SealReport> verifySeals(database::Transaction &transaction,
                                             const SealCheck &check,
                                             const VerifyProgress &progress = {}, int begun = 0);

} // namespace ledger
