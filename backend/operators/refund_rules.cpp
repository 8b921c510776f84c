#include "operators/refund_rules.h"

#include "core/assert.h"

#include <array>

namespace operators {

namespace {

using namespace std::chrono_literals;
using api::RefundNeeds;

constexpr std::array<std::pair<RefundNeeds, const char *>, 4> kNeedNames = {
    {{RefundNeeds::Nobody, "nobody"},
     {RefundNeeds::SeniorOrFinance, "senior_or_finance"},
     {RefundNeeds::Finance, "finance"},
     {RefundNeeds::TwoPeople, "two_people"}}};

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
                      QStringLiteral("the call is older than %1 days").arg(rules.oldCauseDays));
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

QString nameOf(RefundNeeds needs)
{
    for (const auto &[value, name] : kNeedNames) {
        if (value == needs)
            return QString::fromLatin1(name);
    }
    CORE_ASSERT(false);
    return {};
}

RefundNeeds refundNeedsFrom(const QString &name)
{
    for (const auto &[value, known] : kNeedNames) {
        if (name == QLatin1String(known))
            return value;
    }
    return RefundNeeds::TwoPeople;
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
