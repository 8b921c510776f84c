#include "api/permissions.h"

#include <array>

namespace api {

namespace {

struct Permission {
    const char *kind;
    Roles roles;
};

constexpr Roles kViewer = Role::Viewer;
constexpr Roles kSupport = Role::Support;
constexpr Roles kSenior = Role::Senior;
constexpr Roles kFinance = Role::Finance;
constexpr Roles kAdmin = Role::Admin;
constexpr Roles kEverybody = kViewer | kSupport | kSenior | kFinance | kAdmin;

const std::array kPermissions = {
    Permission{"session.open", kEverybody}, // by whoever proves to be one
    Permission{"session.close", kEverybody},
    Permission{"second_factor.begin", kEverybody}, // of their own
    Permission{"second_factor.confirm", kEverybody},

    Permission{"reveal.number", kSupport | kSenior | kAdmin},
    Permission{"reveal.transcript", kSupport | kSenior | kAdmin},
    Permission{"reveal.destination",
               kSenior | kFinance}, // whoever agrees to payouts, or sends them

    Permission{"call.stop", kSupport | kSenior | kAdmin},
    Permission{"calls.stop_all", kSupport | kSenior | kFinance | kAdmin},
    Permission{"calls.resume", kAdmin},

    Permission{"refund.preview", kSupport | kSenior | kFinance},
    Permission{"refund.execute", kSupport | kSenior | kFinance},
    Permission{"refund.request", kSupport | kSenior | kFinance},
    Permission{"refund.approve", kSenior | kFinance},
    Permission{"refund.reject", kSupport | kSenior | kFinance}, // or taken back by who asked

    Permission{"refund.bulk.preview", kSenior | kFinance},
    Permission{"refund.bulk.request", kSenior | kFinance},
    Permission{"refund.bulk.approve", kSenior | kFinance}, // of a large sum, the second: Finance
    Permission{"refund.bulk.cancel", kSenior | kFinance},

    Permission{"refund.reverse", kSenior | kFinance}, // asks for it; Finance agrees
    Permission{"adjustment.preview", kSenior | kFinance},
    Permission{"adjustment.request", kFinance},
    Permission{"adjustment.approve", kFinance},
    Permission{"adjustment.reject", kSenior | kFinance}, // of others: Finance
    Permission{"payout.preview", kSenior | kFinance},
    Permission{"payout.request", kSenior | kFinance},
    Permission{"payout.approve", kSenior | kFinance}, // the second of two: Finance
    Permission{"payout.reject", kSenior | kFinance},
    Permission{"payout.paid", kFinance},
    Permission{"payout.failed", kFinance},
    Permission{"policy.refund_rules", kFinance | kAdmin},
    Permission{"policy.second_factor", kAdmin},
    Permission{"policy.deposit_rules", kFinance | kAdmin},
    Permission{"policy.plan_price", kFinance | kAdmin}, // two of them, as rates
    Permission{"policy.rates", kFinance | kAdmin},

    Permission{"deposit.preview",
               kSenior | kFinance}, // how much a Senior may decide: the review's work
    Permission{"deposit.accept", kSenior | kFinance},
    Permission{"deposit.accept_part", kSenior | kFinance},
    Permission{"deposit.credit_excess", kSenior | kFinance},
    Permission{"deposit.refuse", kSenior | kFinance},
    Permission{"deposit.match", kSenior | kFinance},
    Permission{"deposit.reverse", kSenior | kFinance}, // asks for it; Finance agrees
    // Whoever sees that something is wrong may stop it; taking money again is for those who answer
    // for it.
    Permission{"deposits.pause", kSupport | kSenior | kFinance | kAdmin},
    Permission{"deposits.resume", kFinance | kAdmin},

    Permission{"import.customers", kFinance}, // it makes money

    Permission{"operator.add", kAdmin},
    Permission{"operator.roles", kAdmin},
    Permission{"operator.deactivate", kAdmin},
    Permission{"operator.activate", kAdmin},
    Permission{"second_factor.clear", kAdmin}, // of somebody else
    Permission{"session.end", kAdmin},
};

} // namespace

std::optional<Roles> rolesFor(const QString &kind)
{
    for (const Permission &permission : kPermissions) {
        if (kind == QLatin1String(permission.kind))
            return permission.roles;
    }
    return std::nullopt;
}

QStringList commandKinds()
{
    QStringList kinds;
    for (const Permission &permission : kPermissions)
        kinds << QLatin1String(permission.kind);
    return kinds;
}

Roles effectiveRoles(Roles roles, bool isSolo)
{
    return isSolo && roles.testFlag(Role::Admin) ? roles | Role::Finance : roles;
}

bool mayGive(const SignedIn &who, const char *kind)
{
    const auto allowed = rolesFor(QLatin1String(kind));
    return allowed && (effectiveRoles(who.roles, who.isSolo) & *allowed);
}

} // namespace api
