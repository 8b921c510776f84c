#include "operators/refund_rules.h"

#include "core/assert.h"

namespace operators {

namespace {

using namespace std::chrono_literals;
using api::RefundNeeds;

const Money kSmall = Money::fromCents(5'00);
const Money kSmallADay = Money::fromCents(25'00);
const Money kMiddle = Money::fromCents(50'00);
const Money kLarge = Money::fromCents(500'00);
constexpr std::chrono::hours kOldCause = 30 * 24h;
constexpr qint64 kRefundsOfCustomerMax = 2; // in 30 days

} // namespace

RefundRuling rulingOf(const RefundCase &refund)
{
    if (refund.amount > kLarge)
        return {RefundNeeds::TwoPeople, QStringLiteral("over 500 USD")};
    if (refund.amount > kMiddle)
        return {RefundNeeds::Finance, QStringLiteral("over 50 USD")};
    if (refund.causeAge > kOldCause)
        return {RefundNeeds::Finance, QStringLiteral("the call is older than 30 days")};
    if (refund.customerRefunds30d >= kRefundsOfCustomerMax)
        return {RefundNeeds::Finance,
                QStringLiteral("the customer's third refund in 30 days, or a later one")};
    if (refund.amount > kSmall)
        return {RefundNeeds::SeniorOrFinance, QStringLiteral("over 5 USD")};
    if (refund.totalToday + refund.amount > kSmallADay)
        return {RefundNeeds::SeniorOrFinance, QStringLiteral("over 25 USD by one person in a day")};
    return {RefundNeeds::Nobody, QStringLiteral("up to 5 USD")};
}

QString nameOf(RefundNeeds needs)
{
    switch (needs) {
    case RefundNeeds::Nobody: return QStringLiteral("nobody");
    case RefundNeeds::SeniorOrFinance: return QStringLiteral("senior_or_finance");
    case RefundNeeds::Finance: return QStringLiteral("finance");
    case RefundNeeds::TwoPeople: return QStringLiteral("two_people");
    }
    CORE_ASSERT(false);
    return {};
}

bool mayApprove(Roles roles, RefundNeeds needs)
{
    switch (needs) {
    case RefundNeeds::Nobody: return bool(roles & (Role::Support | Role::Senior | Role::Finance));
    case RefundNeeds::SeniorOrFinance: return bool(roles & (Role::Senior | Role::Finance));
    case RefundNeeds::Finance: return roles.testFlag(Role::Finance);
    case RefundNeeds::TwoPeople: return false;
    }
    CORE_ASSERT(false);
    return false;
}

} // namespace operators
