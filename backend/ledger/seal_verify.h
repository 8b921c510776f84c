#pragma once

#include "core/clock.h"
#include "database/transaction.h"

#include <QStringList>

namespace ledger {

/// What seals are compared with besides the rows.
struct SealCheck {
    QByteArray publicKey; // empty: there is no key here
    QString file;         // of seals
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

/// Seals against rows, against each other, against their signatures and against the file. The
/// transaction should be one snapshot.
[[nodiscard]] Result<SealReport> verifySeals(database::Transaction &transaction,
                                             const SealCheck &check);

} // namespace ledger
