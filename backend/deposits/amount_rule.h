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
    Full,          // what was asked, but for what is tolerated
    Partial,       // less: in proportion
    TooLittle,     // so little that a person decides
    Overpaid,      // what was asked, and the excess apart
    OverpaidWhole, // all of it: the excess is small enough to be credited by itself
    UnknownSmall,  // no crypto amount known, but not more than 20 USD
    UnknownLarge,  // no crypto amount known: a person decides
};

struct Decision {
    Verdict verdict = Verdict::UnknownLarge;
    Money credit; // zero: a person decides
    Money excess; // to suspense
    /// Less arrived by one report, clearly more by another: the credit goes by the lower, and a
    /// person looks at the rest.
    bool isDisputed = false;
};

/// Amounts of the coin that was asked for; all are the provider's.
struct Arrival {
    std::optional<core::Decimal> expected;
    std::optional<core::Decimal> received; // by the lowest report
    std::optional<core::Decimal> most;     // by the highest
};

/// Between these, in parts per billion of what was asked for, a payment is as asked.
struct Tolerance {
    qint64 from = 980'000'000;
    qint64 to = 1'020'000'000;
    Money excessUpTo = {}; // is credited by itself
};

/// How many USD a payment is worth. No price is asked anywhere: only ratios of amounts of one coin
/// count.
[[nodiscard]] Decision decide(Rule rule, Money requested, const Arrival &arrival,
                              const Tolerance &tolerance = {});

/// True when the provider's own rate makes what was asked for in the coin worth more than 5 % more
/// or less than what was asked for in USD.
[[nodiscard]] bool isRateOff(Money requested, const std::optional<core::Decimal> &expected,
                             const std::optional<core::Decimal> &usdPerCoin);

} // namespace deposits
