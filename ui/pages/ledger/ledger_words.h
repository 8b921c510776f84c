#pragma once

#include "api/ledger.h"
#include "ui/support/filter_grammar.h"

namespace ui {

/// "Deposit", "Hold", ... A kind this version does not know is shown as it is.
[[nodiscard]] QString transferKindWord(const QString &kind);
[[nodiscard]] QList<FilterField> ledgerFilterFields(api::Ledger &ledger);
/// The name for people, or the number of a customer who has none.
[[nodiscard]] QString customerWord(const api::TransferRow &row);

} // namespace ui
