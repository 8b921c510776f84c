#include "core/decimal.h"

#include "core/assert.h"

namespace core {

namespace {

constexpr int kScale = 18;
constexpr int kWholeDigitsMax = 12;
constexpr qint64 kPartsPerBillionMax = 1'000'000'000'000'000'000;

Error badDecimal()
{
    return {.code = ErrorCode::BadInput, .detail = QStringLiteral("not a decimal amount")};
}

struct Written {
    QString digits;   // no point, no sign
    int exponent = 0; // value = digits x 10^exponent
};

Result<Written> readWritten(QStringView text)
{
    Written written;
    bool seenPoint = false;
    qsizetype i = 0;
    for (; i < text.size() && text[i] != u'e' && text[i] != u'E'; ++i) {
        if (text[i] == u'.' && !seenPoint && i > 0) {
            seenPoint = true;
        } else if (text[i] >= u'0' && text[i] <= u'9') {
            written.digits += text[i];
            written.exponent -= seenPoint ? 1 : 0;
        } else {
            return failure(badDecimal());
        }
    }
    if (i > 0 && text[i - 1] == u'.')
        return failure(badDecimal());
    if (i < text.size()) {
        bool ok = false;
        const QStringView exponent = text.mid(i + 1);
        const int shift = exponent.toInt(&ok);
        if (!ok || exponent.trimmed() != exponent || shift < -64 || shift > 64)
            return failure(badDecimal());
        written.exponent += shift;
    }
    if (written.digits.isEmpty() || written.digits.size() > 64)
        return failure(badDecimal());
    return written;
}

} // namespace

Result<Decimal> Decimal::parse(QStringView text)
{
    auto written = readWritten(text);
    if (!written)
        return failure(written.error());
    QString &digits = written->digits;
    while (digits.size() > 1 && digits.startsWith(u'0'))
        digits.remove(0, 1);
    Decimal decimal;
    if (digits == QLatin1String("0"))
        return decimal;
    // Zeros at the end say nothing, and what is too fine to be kept is cut off.
    while (!digits.isEmpty() && (digits.endsWith(u'0') || written->exponent < -kScale)) {
        digits.chop(1);
        ++written->exponent;
    }
    if (digits.size() + written->exponent > kWholeDigitsMax)
        return failure(badDecimal());
    for (const QChar digit : std::as_const(digits))
        decimal.m_mantissa = decimal.m_mantissa * 10 + (digit.unicode() - u'0');
    for (int i = -kScale; i < written->exponent; ++i)
        decimal.m_mantissa *= 10;
    return decimal;
}

qint64 Decimal::partsPerBillionOf(const Decimal &other) const
{
    if (other.m_mantissa == 0)
        return 0;
    // Long division, a decimal digit at a time: mantissa x 10^9 would not fit in 128 bits.
    __int128 quotient = m_mantissa / other.m_mantissa;
    if (quotient >= kPartsPerBillionMax / 1'000'000'000)
        return kPartsPerBillionMax; // and the digits below would not fit either
    __int128 rest = m_mantissa % other.m_mantissa;
    for (int i = 0; i < 9; ++i) {
        rest *= 10;
        quotient = quotient * 10 + rest / other.m_mantissa;
        rest %= other.m_mantissa;
    }
    return static_cast<qint64>(quotient);
}

QString Decimal::toString() const
{
    QString digits;
    for (__int128 rest = m_mantissa; rest > 0; rest /= 10)
        digits.prepend(QChar(u'0' + static_cast<int>(rest % 10)));
    digits = digits.rightJustified(kScale + 1, u'0');
    digits.insert(digits.size() - kScale, u'.');
    while (digits.endsWith(u'0'))
        digits.chop(1);
    if (digits.endsWith(u'.'))
        digits.chop(1);
    return digits;
}

Decimal Decimal::distance(const Decimal &left, const Decimal &right)
{
    Decimal difference;
    difference.m_mantissa = left.m_mantissa > right.m_mantissa ? left.m_mantissa - right.m_mantissa
                                                               : right.m_mantissa - left.m_mantissa;
    return difference;
}

} // namespace core
