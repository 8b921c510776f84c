#pragma once

#include "core/clock.h"
#include "core/money.h"
#include "database/transaction.h"

#include <optional>

namespace calls {

/// What a call costs by the minute, and with recording besides.
struct Rate {
    int version = 0;
    QString prefix; // that matched: "+44"
    Money perMinute;
    Money recordingFee;
};

/// By the longest prefix of the rates that were in force at that moment.
[[nodiscard]] Result<Rate> rateFor(database::Transaction &transaction, const QString &number,
                                   Timestamp at);

/// What was agreed when the call was dialled.
struct Terms {
    Money perMinute;
    Money recordingFee;
    std::chrono::seconds fromAllowance{0}; // of the plan, held for this call
    Money hold;
};

struct Bill {
    std::chrono::seconds billed{0};
    std::chrono::seconds fromAllowance{0};
    Money captured;  // of the hold
    Money uncovered; // of the price, what is beyond the hold: ours
};

/// Seconds are billed from the sixth, a begun one whole; a fraction of a micro-dollar is rounded
/// up. Absent: it never connected, and costs nothing.
[[nodiscard]] Bill billOf(const Terms &terms, std::optional<std::chrono::milliseconds> duration);
/// The price of so many seconds, with the fee, when none of them is of a plan.
[[nodiscard]] Money priceOf(const Terms &terms, std::chrono::seconds paid);

} // namespace calls
