#pragma once

#include "operators/operator_store.h"

namespace operators {

/// Counts up when a rule changes: a preview of other rules is not executed.
constexpr int kRefundRules = 1;

/// What the rules look at.
struct RefundCase {
    Money amount;
    std::chrono::hours causeAge{0};
    Money totalToday;              // what the same operator gave back today, without this
    qint64 customerRefunds30d = 0; // without this
};

struct RefundRuling {
    api::RefundNeeds needs = api::RefundNeeds::TwoPeople;
    QString rule; // English
};

/// The strictest rule that matches.
[[nodiscard]] RefundRuling rulingOf(const RefundCase &refund);

/// "nobody", ... as the table of refunds writes it.
[[nodiscard]] QString nameOf(api::RefundNeeds needs);

/// Whether somebody with these roles may agree to what another person asked for. Two people are not
/// one, whoever it is.
[[nodiscard]] bool mayApprove(Roles roles, api::RefundNeeds needs);

} // namespace operators
