#include "operators/refund_rules.h"

#include "core/assert.h"

namespace operators {

namespace {

using namespace std::chrono_literals;
using api::RefundNeeds;

/// By the role that allows most.
Money dayLimitOf(const RefundRules &rules, Roles roles)
{
    Money limit;
    if (roles.testFlag(Role::Support))
        limit = std::max(limit, rules.daySupport);
    if (roles.testFlag(Role::Senior))
        limit = std::max(limit, rules.daySenior);
    if (roles.testFlag(Role::Finance))
        limit = std::max(limit, rules.dayFinance);
    return limit;
}

/// "5", "0.50": as people say it.
QString usd(Money amount)
{
    const QString text = amount.toString();
    return text.endsWith(QLatin1String(".00")) ? text.chopped(3) : text;
}

} // namespace

Result<RefundRules> refundRulesAt(database::Transaction &transaction, Timestamp when)
{
    const auto rows = transaction.run(
        QStringLiteral("SELECT version, small, middle, large, day_support, day_senior, "
                       "day_finance, old_cause_days, customer_refunds, customer_days, "
                       "waits_hours, automatic_each, automatic_customer_day, automatic_day FROM "
                       "refund_rules WHERE in_force_from <= ?::timestamptz ORDER BY version DESC "
                       "LIMIT 1"),
        {core::toIso(when)});
    if (!rows)
        return failure(rows.error());
    CORE_ASSERT(!rows->isEmpty()); // the first version has always been in force
    const database::Row row = rows->first();
    return RefundRules{.version = static_cast<int>(row.integer("version")),
                       .small = row.money("small"),
                       .middle = row.money("middle"),
                       .large = row.money("large"),
                       .daySupport = row.money("day_support"),
                       .daySenior = row.money("day_senior"),
                       .dayFinance = row.money("day_finance"),
                       .oldCauseDays = static_cast<int>(row.integer("old_cause_days")),
                       .customerRefunds = row.integer("customer_refunds"),
                       .customerDays = static_cast<int>(row.integer("customer_days")),
                       .waitsHours = static_cast<int>(row.integer("waits_hours")),
                       .automaticEach = row.money("automatic_each"),
                       .automaticCustomerDay = row.money("automatic_customer_day"),
                       .automaticDay = row.money("automatic_day")};
}

Result<void> addRefundRules(database::Transaction &transaction, const RefundRules &rules,
                            OperatorId by, const QString &reason, InboxId cause, Timestamp now)
{
    return database::done(transaction.run(
        QStringLiteral("INSERT INTO refund_rules (version, in_force_from, small, middle, large, "
                       "day_support, day_senior, day_finance, old_cause_days, customer_refunds, "
                       "customer_days, waits_hours, automatic_each, automatic_customer_day, "
                       "automatic_day, changed_by, reason, cause_id) VALUES (?, ?::timestamptz, "
                       "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        {rules.version, core::toIso(now), rules.small.micros(), rules.middle.micros(),
         rules.large.micros(), rules.daySupport.micros(), rules.daySenior.micros(),
         rules.dayFinance.micros(), rules.oldCauseDays, rules.customerRefunds, rules.customerDays,
         rules.waitsHours, rules.automaticEach.micros(), rules.automaticCustomerDay.micros(),
         rules.automaticDay.micros(), by.value, reason, cause.value}));
}

bool areSane(const RefundRules &rules)
{
    const auto isWithin = [](qint64 number, qint64 least, qint64 most) {
        return number >= least && number <= most;
    };
    const Money zero;
    return zero <= rules.small && rules.small <= rules.middle && rules.middle <= rules.large &&
           std::min({rules.daySupport, rules.daySenior, rules.dayFinance}) >= zero &&
           isWithin(rules.oldCauseDays, 1, 3650) && isWithin(rules.customerRefunds, 0, 1000) &&
           isWithin(rules.customerDays, 1, 3650) && isWithin(rules.waitsHours, 1, 720) &&
           zero <= rules.automaticEach && rules.automaticEach <= rules.automaticCustomerDay &&
           rules.automaticCustomerDay <= rules.automaticDay;
}

bool areLooser(const RefundRules &before, const RefundRules &after)
{
    return after.small > before.small || after.middle > before.middle ||
           after.large > before.large || after.daySupport > before.daySupport ||
           after.daySenior > before.daySenior || after.dayFinance > before.dayFinance ||
           after.oldCauseDays > before.oldCauseDays ||
           after.customerRefunds > before.customerRefunds ||
           after.customerDays < before.customerDays || after.automaticEach > before.automaticEach ||
           after.automaticCustomerDay > before.automaticCustomerDay ||
           after.automaticDay > before.automaticDay;
}

Result<RefundDay> lockRefundDay(database::Transaction &transaction, OperatorId requester,
                                Timestamp now)
{
    const auto locked = transaction.run(
        QStringLiteral("SELECT roles::text AS roles FROM operators WHERE id = ? FOR NO KEY UPDATE"),
        {requester.value});
    if (!locked)
        return failure(locked.error());
    // Only now, in a statement of its own: what was given back meanwhile is seen.
    const auto total =
        transaction.run(QStringLiteral("SELECT refund_day_total(?, ?::timestamptz, 0) AS total"),
                        {requester.value, core::toIso(std::chrono::floor<std::chrono::days>(now))});
    if (!total)
        return failure(total.error());
    return RefundDay{.roles = locked->isEmpty() ? Roles()
                                                : rolesFromArray(locked->first().text("roles")),
                     .total = total->first().money("total")};
}

RefundRuling rulingOf(const RefundRules &rules, const RefundCase &refund)
{
    const auto ruling = [&](RefundNeeds needs, const QString &rule) {
        return RefundRuling{needs, rule, rules.version};
    };
    if (refund.amount > rules.large)
        return ruling(RefundNeeds::TwoPeople, QStringLiteral("over %1 USD").arg(usd(rules.large)));
    if (refund.amount > rules.middle)
        return ruling(RefundNeeds::Finance, QStringLiteral("over %1 USD").arg(usd(rules.middle)));
    if (refund.causeAge > rules.oldCauseDays * 24h)
        return ruling(RefundNeeds::Finance,
                      QStringLiteral("older than %1 days").arg(rules.oldCauseDays));
    if (refund.refundsOfCustomer >= rules.customerRefunds)
        return ruling(RefundNeeds::Finance,
                      QStringLiteral("refund number %1 of the customer in %2 days")
                          .arg(refund.refundsOfCustomer + 1)
                          .arg(rules.customerDays));
    if (refund.amount > rules.small)
        return ruling(RefundNeeds::SeniorOrFinance,
                      QStringLiteral("over %1 USD").arg(usd(rules.small)));
    const Money dayLimit = dayLimitOf(rules, refund.requesterRoles);
    if (refund.totalToday + refund.amount > dayLimit)
        return ruling(RefundNeeds::SeniorOrFinance,
                      QStringLiteral("over %1 USD by one person in a day").arg(usd(dayLimit)));
    return ruling(RefundNeeds::Nobody, QStringLiteral("up to %1 USD").arg(usd(rules.small)));
}

bool mayApprove(Roles roles, RefundNeeds needs, qint64 agreed)
{
    switch (needs) {
    case RefundNeeds::Nobody:
    case RefundNeeds::SeniorOrFinance: return bool(roles & (Role::Senior | Role::Finance));
    case RefundNeeds::Finance: return roles.testFlag(Role::Finance);
    case RefundNeeds::TwoPeople:
        return agreed == 0 ? bool(roles & (Role::Senior | Role::Finance))
                           : roles.testFlag(Role::Finance);
    }
    CORE_ASSERT(false);
    return false;
}

} // namespace operators
