#pragma once

#include "database/connection.h"
#include "seals/signer.h"

namespace ledger {

/// Seals at most this many ids of a table at once; what is more gets the next seal.
constexpr qint64 kSealedIdsMax = 100'000;

/// Digests, chains and signs what was committed since the newest seal, in the table `seals`.
/// Absent: nothing is new. Errors: Conflict, somebody held a table for too long or sealed at the
/// same moment, so come again; DatabaseRefused, the newest seal is not signed by this key.
[[nodiscard]] Result<std::optional<seals::SignedSeal>>
sealNext(database::Connection &connection, const seals::Signer &signer, Timestamp now);

/// The newest seal of the table, if there is one.
[[nodiscard]] Result<std::optional<seals::SignedSeal>> newestSeal(database::Connection &connection);

} // namespace ledger
