#include "deposits/consistency.h"

namespace deposits {

namespace {

using namespace std::chrono_literals;
using providers::dynopay::normalisedAddress;

constexpr qsizetype kTransactionCharactersMax = 200;
constexpr std::array<std::chrono::seconds, 4> kAfterReport = {10s, 1min, 5min,
                                                              15min}; // then each hour
constexpr size_t kHourlyAfterReport = 48;
constexpr std::array kAfterCreation = {2min,  5min,  15min,
                                       30min, 60min, 120min}; // then each 6 hours
constexpr std::chrono::hours kWatched = 72h;
constexpr std::chrono::hours kWatchedAfterEvent = 48h;
constexpr std::chrono::hours kLastAnswer = 1h; // so long the last question may take

Timestamp watchedUntil(const Deposit &deposit)
{
    const Timestamp end = deposit.createdAt + kWatched;
    return deposit.lastWebhookAt ? std::max(end, *deposit.lastWebhookAt + kWatchedAfterEvent) : end;
}

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

QString transactionOf(const providers::dynopay::Event &event)
{
    if (!event.txId.isEmpty())
        return event.txId.left(kTransactionCharactersMax);
    // The reference may be another id than the hash that other events of the payment have. The old
    // generation and recoveries tell nothing else.
    const bool isAll = event.event.isEmpty() || !event.recoveryType.isEmpty();
    return isAll ? event.reference.left(kTransactionCharactersMax) : QString();
}

Amount lowerOf(const Amount &left, const Amount &right)
{
    return left && right ? std::min(*left, *right) : left ? left : right;
}

Amount higherOf(const Amount &left, const Amount &right)
{
    return left && right ? std::max(*left, *right) : left ? left : right;
}

Amount amountIn(const QString &text)
{
    const auto amount = core::Decimal::parse(text);
    return amount && !amount->isZero() ? Amount(*amount) : std::nullopt;
}

bool isWatchOver(const Deposit &deposit, Timestamp now)
{
    return now >= watchedUntil(deposit);
}

std::optional<Timestamp> nextCheck(const Deposit &deposit, Timestamp now)
{
    if (deposit.state == State::Verifying) {
        const auto asked = static_cast<size_t>(deposit.checks);
        if (asked >= kAfterReport.size() + kHourlyAfterReport)
            return std::nullopt;
        return now + (asked < kAfterReport.size() ? kAfterReport[asked] : 1h);
    }
    const Timestamp end = watchedUntil(deposit);
    if (now >= end + kLastAnswer)
        return std::nullopt;
    if (now >= end)
        return end + kLastAnswer;
    for (const std::chrono::minutes after : kAfterCreation) {
        if (deposit.createdAt + after > now)
            return deposit.createdAt + after;
    }
    return std::min(now + 6h, end);
}

} // namespace deposits
