#include "core/money.h"

#include "core/assert.h"

#include <limits>

namespace core {

namespace {

constexpr qint64 kMicrosPerUsd = 1'000'000;
constexpr qint64 kMicrosPerCent = 10'000;
constexpr int kDecimalsMax = 6;
constexpr int kWholeDigitsMax = 12; // a million million dollars, far inside 64 bits

using Wide = __int128;

qint64 narrow(Wide value)
{
    CORE_ASSERT(value >= std::numeric_limits<qint64>::min() &&
                value <= std::numeric_limits<qint64>::max());
    return static_cast<qint64>(value);
}

Error badAmount()
{
    return {.code = ErrorCode::BadInput, .detail = QStringLiteral("not an amount in USD")};
}

} // namespace

Money Money::fromCents(qint64 cents)
{
    return Money(narrow(Wide(cents) * kMicrosPerCent));
}

Result<Money> Money::parse(QStringView usd)
{
    const bool negative = usd.startsWith(u'-');
    const QStringView digits = negative ? usd.mid(1) : usd;
    const qsizetype dot = digits.indexOf(u'.');
    const QStringView whole = dot < 0 ? digits : digits.left(dot);
    const QStringView decimals = dot < 0 ? QStringView() : digits.mid(dot + 1);
    if (whole.isEmpty() || whole.size() > kWholeDigitsMax || decimals.size() > kDecimalsMax ||
        (dot >= 0 && decimals.isEmpty()))
        return failure(badAmount());

    qint64 micros = 0;
    for (const QStringView part : {whole, decimals}) {
        for (const QChar digit : part) {
            if (digit < u'0' || digit > u'9')
                return failure(badAmount());
            micros = micros * 10 + (digit.unicode() - u'0');
        }
    }
    for (qsizetype i = decimals.size(); i < kDecimalsMax; ++i)
        micros *= 10;
    return Money(negative ? -micros : micros);
}

Money Money::timesRatioDown(qint64 numerator, qint64 denominator) const
{
    CORE_ASSERT(denominator > 0);
    const Wide product = Wide(m_micros) * numerator;
    Wide quotient = product / denominator;
    if (product % denominator < 0)
        --quotient;
    return Money(narrow(quotient));
}

Money Money::timesRatioUp(qint64 numerator, qint64 denominator) const
{
    CORE_ASSERT(denominator > 0);
    const Wide product = Wide(m_micros) * numerator;
    Wide quotient = product / denominator;
    if (product % denominator > 0)
        ++quotient;
    return Money(narrow(quotient));
}

Money Money::roundedDownToCents() const
{
    return Money(m_micros / kMicrosPerCent * kMicrosPerCent);
}

QString Money::toString() const
{
    const Wide absolute = m_micros < 0 ? -Wide(m_micros) : Wide(m_micros);
    QString decimals = QStringLiteral("%1").arg(static_cast<qint64>(absolute % kMicrosPerUsd),
                                                kDecimalsMax, 10, QLatin1Char('0'));
    while (decimals.size() > 2 && decimals.endsWith(u'0'))
        decimals.chop(1);
    return (m_micros < 0 ? QStringLiteral("-") : QString()) +
           QString::number(static_cast<qint64>(absolute / kMicrosPerUsd)) + u'.' + decimals;
}

Money operator+(Money left, Money right)
{
    qint64 sum = 0;
    CORE_ASSERT(!__builtin_add_overflow(left.m_micros, right.m_micros, &sum));
    return Money(sum);
}

Money operator-(Money left, Money right)
{
    qint64 difference = 0;
    CORE_ASSERT(!__builtin_sub_overflow(left.m_micros, right.m_micros, &difference));
    return Money(difference);
}

Money operator-(Money amount)
{
    return Money() - amount;
}

} // namespace core
