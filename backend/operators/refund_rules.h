#pragma once

#include "operators/operator_store.h"

namespace operators {

/// Who has to agree to what is given back, as of one version; README has how they are read.
struct RefundRules {
    int version = 0;
    Money small;                             // up to this nobody else is asked
    Money middle;                            // up to this a Senior or Finance
    Money large;                             // up to this Finance; above it two people
    Money daySupport, daySenior, dayFinance; // given back alone by one person in a day
    int oldCauseDays = 0;
    qint64 customerRefunds = 0; // that many in so many days: the next is for Finance
    int customerDays = 0;
    int waitsHours = 0; // for the other person
    Money automaticEach, automaticCustomerDay, automaticDay;
};

/// The newest that had begun by then.
[[nodiscard]] Result<RefundRules> refundRulesAt(database::Transaction &transaction, Timestamp when);
/// Adds the next version. ConstraintViolated: limits that contradict each other.
[[nodiscard]] Result<void> addRefundRules(database::Transaction &transaction,
                                          const RefundRules &rules, OperatorId by,
                                          const QString &reason, InboxId cause, Timestamp now);

/// Limits that go up, times that are at least one: what PostgreSQL asks of them.
[[nodiscard]] bool areSane(const RefundRules &rules);
/// More is given, or with fewer people, than by the rules of before.
[[nodiscard]] bool areLooser(const RefundRules &before, const RefundRules &after);

/// Who asks, and what they have given back since the day (UTC) began; what their running batches
/// will still give counts too.
struct RefundDay {
    Roles roles;
    Money total;
};
/// Until the transaction ends nobody else adds to it: refunds of other customers are on other
/// lanes, and two at once would not see each other.
[[nodiscard]] Result<RefundDay> lockRefundDay(database::Transaction &transaction,
                                              OperatorId requester, Timestamp now);

/// What the rules look at.
struct RefundCase {
    Money amount;
    std::chrono::hours causeAge{0};
    Roles requesterRoles;
    Money totalToday;             // what the same operator gave back today, without this
    qint64 refundsOfCustomer = 0; // in the days that the rules name, without this
};

struct RefundRuling {
    api::RefundNeeds needs = api::RefundNeeds::TwoPeople;
    QString rule; // English
    int version = 0;
};

/// The strictest rule that matches.
[[nodiscard]] RefundRuling rulingOf(const RefundRules &rules, const RefundCase &refund);

/// Whether somebody with these roles may agree to what another person asked for; `agreed` others
/// have done so. Of two, the second is Finance.
[[nodiscard]] bool mayApprove(Roles roles, api::RefundNeeds needs, qint64 agreed);

} // namespace operators
