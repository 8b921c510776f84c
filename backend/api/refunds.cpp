#include "api/refunds.h"

#include "core/assert.h"

#include <array>

namespace api {

namespace {

constexpr std::array<std::pair<RequestKind, const char *>, 6> kRequestKinds = {
    {{RequestKind::Refund, "refund"},
     {RequestKind::Goodwill, "goodwill"},
     {RequestKind::Correction, "correction"},
     {RequestKind::Reversal, "reversal"},
     {RequestKind::DepositReversal, "deposit_reversal"},
     {RequestKind::Payout, "payout"}}};

} // namespace

QString nameOf(RequestKind kind)
{
    for (const auto &[value, name] : kRequestKinds) {
        if (value == kind)
            return QString::fromLatin1(name);
    }
    CORE_ASSERT(false);
    return {};
}

std::optional<RequestKind> requestKindFrom(const QString &name)
{
    for (const auto &[value, known] : kRequestKinds) {
        if (name == QLatin1String(known))
            return value;
    }
    return std::nullopt;
}

const QList<RefundLimit> &refundLimits()
{
    using Unit = RefundLimit::Unit;
    static const QList<RefundLimit> limits = {{QStringLiteral("small"), Unit::Usd},
                                              {QStringLiteral("middle"), Unit::Usd},
                                              {QStringLiteral("large"), Unit::Usd},
                                              {QStringLiteral("old_cause_days"), Unit::Days},
                                              {QStringLiteral("customer_refunds"), Unit::Count},
                                              {QStringLiteral("customer_days"), Unit::Days},
                                              {QStringLiteral("day_support"), Unit::Usd},
                                              {QStringLiteral("day_senior"), Unit::Usd},
                                              {QStringLiteral("day_finance"), Unit::Usd},
                                              {QStringLiteral("waits_hours"), Unit::Hours},
                                              {QStringLiteral("automatic_each"), Unit::Usd},
                                              {QStringLiteral("automatic_customer_day"), Unit::Usd},
                                              {QStringLiteral("automatic_day"), Unit::Usd}};
    return limits;
}

} // namespace api
