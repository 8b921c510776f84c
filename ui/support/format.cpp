#include "ui/support/format.h"

#include "core/decimal.h"

#include <QDateTime>

namespace ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Format)
};

constexpr qint64 kMicrosInCent = 10'000;
constexpr qint64 kMicrosInDollar = 1'000'000;
constexpr std::chrono::minutes kMinutesShownMax{120};
constexpr std::chrono::hours kHoursShownMax{48};

QDateTime inZone(Timestamp moment, const QTimeZone &zone)
{
    return QDateTime::fromMSecsSinceEpoch(core::toMicros(moment) / 1000, zone);
}

QString grouped(QString digits, const QLocale &locale)
{
    for (qsizetype i = digits.size() - 3; i > 0; i -= 3)
        digits.insert(i, locale.groupSeparator());
    return digits;
}

/// A unit that sticks to its number.
QString withUnit(qint64 value, const QString &unit)
{
    return QString::number(value) + kNoBreakSpace + unit;
}

} // namespace

QString formatMoney(Money amount, const QLocale &locale)
{
    const quint64 micros =
        amount.isNegative() ? quint64(0) - quint64(amount.micros()) : quint64(amount.micros());
    const bool isWholeCents = micros % kMicrosInCent == 0;
    const QString fraction =
        isWholeCents
            ? QString::number(micros % kMicrosInDollar / kMicrosInCent).rightJustified(2, u'0')
            : QString::number(micros % kMicrosInDollar).rightJustified(6, u'0');
    const QString whole = grouped(QString::number(micros / kMicrosInDollar), locale);
    return (amount.isNegative() ? QString(kMinus) : QString()) + whole + locale.decimalPoint() +
           fraction;
}

QString formatUsd(Money amount, const QLocale &locale)
{
    return formatMoney(amount, locale) + kNoBreakSpace + QLatin1String("USD");
}

std::optional<Money> readUsd(const QString &typed, const QLocale &locale)
{
    QString text = typed.trimmed();
    text.remove(locale.groupSeparator());
    text.replace(locale.decimalPoint(), QStringLiteral("."));
    const auto amount = Money::parse(text);
    return amount ? std::optional(*amount) : std::nullopt;
}

QString formatCount(qint64 count, const QLocale &locale)
{
    const QString digits = grouped(QString::number(qAbs(count)), locale);
    return count < 0 ? kMinus + digits : digits;
}

QString formatTotal(qint64 total, bool isExact, const QLocale &locale)
{
    if (isExact)
        return formatCount(total, locale);
    if (total < kMicrosInDollar)
        return Words::tr("about %1").arg(formatCount(total / 1000 * 1000, locale));
    const qint64 tenths = total / (kMicrosInDollar / 10);
    const QString number =
        QString::number(tenths / 10) + locale.decimalPoint() + QString::number(tenths % 10);
    //: %1 is a number of millions: "about 1.2 M".
    return Words::tr("about %1 M").arg(number);
}

int decimalsOf(const QString &decimal)
{
    const qsizetype point = decimal.indexOf(u'.');
    return point < 0 ? 0 : int(decimal.size() - point - 1);
}

QString padDecimals(const QString &decimal, int decimals)
{
    const int missing = decimals - decimalsOf(decimal);
    if (missing <= 0 || decimal.isEmpty())
        return decimal;
    const QString point = decimal.contains(u'.') ? QString() : QStringLiteral(".");
    return decimal + point + QString(missing, u'0');
}

QString formatDifference(const QString &received, const QString &expected)
{
    const auto left = core::Decimal::parse(received);
    const auto right = core::Decimal::parse(expected);
    if (!left || !right)
        return {};
    if (*left == *right)
        return QStringLiteral("0");
    const QString distance = core::Decimal::distance(*left, *right).toString();
    return (*left > *right ? QStringLiteral("+") : QString(kMinus)) + distance;
}

int usualDecimals(const QString &coin)
{
    const QString symbol = coinWords(coin).symbol;
    return symbol.startsWith(QLatin1String("USD")) ? 2 : 0;
}

CoinWords coinWords(const QString &coin)
{
    static const QHash<QString, QString> networks = {
        {QStringLiteral("BTC"), QStringLiteral("Bitcoin")},
        {QStringLiteral("LTC"), QStringLiteral("Litecoin")},
        {QStringLiteral("ETH"), QStringLiteral("Ethereum")},
        {QStringLiteral("TRX"), QStringLiteral("Tron")},
        {QStringLiteral("DOGE"), QStringLiteral("Dogecoin")},
        {QStringLiteral("SOL"), QStringLiteral("Solana")},
        {QStringLiteral("BCH"), QStringLiteral("Bitcoin Cash")},
        {QStringLiteral("XRP"), QStringLiteral("XRP Ledger")},
        {QStringLiteral("POLYGON"), QStringLiteral("Polygon")},
        {QStringLiteral("TRC20"), QStringLiteral("TRC-20")},
        {QStringLiteral("ERC20"), QStringLiteral("ERC-20")},
        {QStringLiteral("BEP20"), QStringLiteral("BEP-20")},
    };
    const QString symbol = coin.section(u'-', 0, 0);
    const QString network = coin.contains(u'-') ? coin.section(u'-', 1) : symbol;
    return {symbol, networks.value(network, network == symbol ? QString() : network)};
}

MomentWords formatMoment(Timestamp moment, Timestamp now, const QTimeZone &zone)
{
    const QDateTime local = inZone(moment, zone);
    const QDate today = inZone(now, zone).date();
    MomentWords words{.date = {}, .time = local.time().toString(QStringLiteral("HH:mm:ss"))};
    if (local.date().year() != today.year())
        words.date = local.date().toString(QStringLiteral("yyyy-MM-dd"));
    else if (local.date() != today)
        words.date = local.date().toString(QStringLiteral("MM-dd"));
    return words;
}

QString formatFullMoment(Timestamp moment, const QTimeZone &zone)
{
    return inZone(moment, zone).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
}

QString formatAge(std::chrono::seconds age)
{
    using namespace std::chrono;
    const seconds shown = std::max(age, seconds(0));
    if (shown < minutes(1))
        return withUnit(shown.count(), Words::tr("s"));
    if (shown < kMinutesShownMax)
        return withUnit(floor<minutes>(shown).count(), Words::tr("min"));
    if (shown < kHoursShownMax)
        return withUnit(floor<hours>(shown).count(), Words::tr("h"));
    return withUnit(floor<days>(shown).count(), Words::tr("d"));
}

QString sentenceOf(core::ErrorCode code)
{
    switch (code) {
    case ErrorCode::DatabaseUnavailable: return Words::tr("The database does not answer.");
    case ErrorCode::DatabaseRefused: return Words::tr("The database refused to be read.");
    case ErrorCode::BadInput: return Words::tr("The filter was not understood.");
    case ErrorCode::NotFound: return Words::tr("This is not there any more.");
    case ErrorCode::Unauthorized: return Words::tr("You may not see this.");
    case ErrorCode::ShuttingDown: return Words::tr("Reading was stopped.");
    default: return Words::tr("The list could not be read.");
    }
}

} // namespace ui
