#pragma once

#include "core/decimal.h"
#include "core/money.h"

#include <optional>

namespace deposits {

enum class Rule {
    Guarded, // the table below
    Strict,  // always what was asked for, whatever arrived: a payer can buy 100 USD with 5
};

enum class Verdict {
    Full,         // within 2 % of what was asked
    Partial,      // less: in proportion
    TooLittle,    // so little that a person decides
    Overpaid,     // what was asked, and the excess apart
    UnknownSmall, // no crypto amount known, but not more than 20 USD
    UnknownLarge, // no crypto amount known: a person decides
};

struct Decision {
    Verdict verdict = Verdict::UnknownLarge;
    Money credit; // zero: a person decides
    Money excess; // to suspense
};

/// How many USD a payment is worth. No price is asked anywhere: `received` and `expected` are both
/// the provider's, in the same coin, and only their ratio counts.
[[nodiscard]] Decision decide(Rule rule, Money requested,
                              const std::optional<core::Decimal> &expected,
                              const std::optional<core::Decimal> &received);

} // namespace deposits
