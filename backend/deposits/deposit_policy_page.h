#pragma once

#include "api/deposit_rules.h"
#include "database/connection.h"

namespace deposits {

/// What the console shows of the rules and of the coins.
[[nodiscard]] Result<api::DepositPolicy> readPolicy(database::Connection &connection,
                                                    Timestamp now);

} // namespace deposits
