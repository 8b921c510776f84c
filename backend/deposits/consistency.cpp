#include "deposits/consistency.h"

namespace deposits {

namespace {

using namespace std::chrono_literals;
using providers::dynopay::normalisedAddress;

constexpr std::array kAfterReport = {10s, 60s, 300s, 900s}; // then each hour
constexpr std::array kAfterCreation = {2min,  5min,  15min,
                                       30min, 60min, 120min}; // then each 6 hours
constexpr std::chrono::hours kWatched = 72h;

bool differs(const QString &told, const QString &ours)
{
    return !told.isEmpty() && !ours.isEmpty() && told != ours;
}

bool differsInUsd(const QString &told, Money ours)
{
    if (told.isEmpty())
        return false;
    const auto decimal = core::Decimal::parse(told);
    const auto requested = core::Decimal::parse(ours.toString());
    return !decimal || *decimal != *requested;
}

} // namespace

QString contradictionIn(const providers::dynopay::Event &event, const Deposit &deposit)
{
    if (event.isSimulated)
        return QStringLiteral("it is marked as simulated");
    if (differs(event.paymentId, deposit.paymentId) && event.originalPaymentId != deposit.paymentId)
        return QStringLiteral("it is about another payment");
    if (differs(normalisedAddress(event.address), normalisedAddress(deposit.address)))
        return QStringLiteral("it is about another address");
    if (differs(event.currency, deposit.coin))
        return QStringLiteral("it is in %1").arg(event.currency.left(20));
    if (differs(event.baseCurrency.toUpper(), QStringLiteral("USD")))
        return QStringLiteral("its amounts are not in USD");
    if (event.meta.depositId && *event.meta.depositId != QString::number(deposit.id.value))
        return QStringLiteral("its metadata name another deposit");
    // The row is what was asked; metadata and base amount must agree with it.
    if (event.meta.amountUsd && differsInUsd(*event.meta.amountUsd, deposit.requested))
        return QStringLiteral("its metadata name another amount");
    if (!event.meta.amountUsd && differsInUsd(event.baseAmount, deposit.requested))
        return QStringLiteral("its base amount is another one");
    return {};
}

QString contradictionIn(const providers::dynopay::PaymentStatus &status, const Deposit &deposit)
{
    if (differs(status.paymentId, deposit.paymentId))
        return QStringLiteral("the provider answered about another payment");
    if (differs(status.currency, deposit.coin))
        return QStringLiteral("the provider says the payment is in %1")
            .arg(status.currency.left(20));
    return {};
}

std::optional<core::Decimal> smallerOf(const std::optional<core::Decimal> &left,
                                       const QString &right)
{
    const auto parsed = core::Decimal::parse(right);
    if (!parsed)
        return left;
    return left ? std::min(*left, *parsed) : *parsed;
}

std::optional<Timestamp> nextCheck(const Deposit &deposit, Timestamp now)
{
    const Timestamp end = deposit.createdAt + kWatched;
    if (now >= end)
        return std::nullopt;
    if (deposit.state == State::Verifying) {
        const auto tries = static_cast<size_t>(deposit.checks);
        return now + (tries < kAfterReport.size() ? std::chrono::seconds(kAfterReport[tries]) : 1h);
    }
    for (const std::chrono::minutes after : kAfterCreation) {
        if (deposit.createdAt + after > now)
            return deposit.createdAt + after;
    }
    return std::min(now + 6h, end);
}

} // namespace deposits
