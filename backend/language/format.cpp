#include "language/format.h"

#include <QDateTime>

namespace language {

namespace {

constexpr QChar kNoBreakSpace(0x00A0);
constexpr qsizetype kGroupDigits = 3;

QString grouped(QString digits, const QLocale &locale)
{
    for (qsizetype at = digits.size() - kGroupDigits; at > 0; at -= kGroupDigits)
        digits.insert(at, locale.groupSeparator());
    return digits;
}

/// "-1234.50" in the locale's signs. Text to text: no amount passes through a double.
QString localized(QString plain, const QLocale &locale)
{
    QString sign;
    if (plain.startsWith(u'-')) {
        sign = locale.negativeSign();
        plain.remove(0, 1);
    }
    const qsizetype point = plain.indexOf(u'.');
    if (point < 0)
        return sign + grouped(plain, locale);
    return sign + grouped(plain.first(point), locale) + locale.decimalPoint() +
           plain.sliced(point + 1);
}

} // namespace

QString formatted(Money money, const QLocale &locale)
{
    return localized(money.toString(), locale) + kNoBreakSpace + QStringLiteral("USD");
}

QString formatted(const core::Decimal &amount, const QLocale &locale)
{
    return localized(amount.toString(), locale);
}

QString formatted(const CoinAmount &amount, const QLocale &locale)
{
    return formatted(amount.amount, locale) + kNoBreakSpace + amount.coin;
}

QString formatted(qint64 number, const QLocale &locale)
{
    return localized(QString::number(number), locale);
}

QString formatted(Timestamp moment, const QLocale &locale)
{
    const QString pattern = locale.language() == QLocale::Chinese
                                ? QStringLiteral("yyyy年M月d日 HH:mm")
                                : QStringLiteral("d MMM yyyy HH:mm");
    const qint64 seconds =
        std::chrono::floor<std::chrono::seconds>(moment).time_since_epoch().count();
    QString text = locale.toString(QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC), pattern) +
                   QStringLiteral(" UTC");
    return text.replace(u' ', kNoBreakSpace);
}

} // namespace language
