#pragma once

#include "calls/customer_calls.h"
#include "engine/context.h"

namespace calls {

/// What a customer says went wrong, of a call they paid for.
struct Problem {
    CallId call;
    CustomerId customer;
    QString reason;     // one of problemReasons()
    QString words = {}; // of their own, at most kProblemWordsMax characters; "other" has some
};
inline constexpr int kProblemWordsMax = 500;

/// The reasons that customers choose from, as refunds name them; the last is "other".
[[nodiscard]] const QStringList &problemReasons();

enum class Reporting {
    Possible,
    AlreadyDone,
    TooLate,     // more than seven days after its end
    NothingPaid, // or not over yet
};
[[nodiscard]] Result<Reporting> mayReport(database::Transaction &transaction, CustomerId customer,
                                          CallId call, Timestamp now);

/// Keeps the report and posts `refund.asked` to whoever gives money back. `Possible`: that was
/// done. Errors: BadInput: no such reason, no words, or too many.
[[nodiscard]] Result<Reporting> report(engine::Context &context, const Problem &problem);

} // namespace calls
