#pragma once

#include "database/connection.h"
#include "seals/seal.h"

namespace ledger {

/// The file of seals beside the database: `seals` in the data folder, one line each, and the key
/// that they are checked with in `seals.pub`. It is evidence, so it is only ever added to.
class SealBook {
public:
    explicit SealBook(QString directory);
    [[nodiscard]] QString file() const;
    [[nodiscard]] QString publicKeyFile() const;

    /// Makes both files when they are missing.
    [[nodiscard]] Result<void> open(const QByteArray &publicKey) const;
    /// Writes again what a crash tore, and adds what the table has and the file has not. Returns
    /// how many lines. Errors: DatabaseRefused, the file has what the table has not; Internal, it
    /// cannot be written.
    [[nodiscard]] Result<int> catchUp(database::Connection &connection,
                                      const QByteArray &publicKey) const;

private:
    [[nodiscard]] Result<std::optional<seals::SignedSeal>> mendedEnd() const;
    [[nodiscard]] Result<void> expectInTable(database::Connection &connection,
                                             const seals::SignedSeal &newest) const;

    QString m_directory;
};

} // namespace ledger
