#pragma once

#include "api/backend.h"

namespace tests {

[[nodiscard]] QList<api::DepositRow> sampleDeposits(Timestamp now);
[[nodiscard]] QList<api::TransferRow> sampleTransfers(Timestamp now);
[[nodiscard]] api::DepositDetail sampleDetail(const api::DepositRow &row);

} // namespace tests
