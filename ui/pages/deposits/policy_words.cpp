#include "ui/pages/deposits/policy_words.h"

#include "ui/support/format.h"

#include <QRegularExpression>

namespace ui {

namespace {

struct PolicyTexts {
    Q_DECLARE_TR_FUNCTIONS(DepositPolicy)
};

constexpr int kWhole = 10; // a percent in thousandths

QString change(const QString &what, const QString &before, const QString &after)
{
    return QStringLiteral("%1 %2 \u2192 %3").arg(what, before, after);
}

QString orNone(Money cap)
{
    return cap.isZero() ? PolicyTexts::tr("none") : formatUsd(cap);
}

} // namespace

QString percentText(int thousandths)
{
    const QString whole = QString::number(thousandths / kWhole);
    return thousandths % kWhole == 0
               ? whole
               : whole + QLocale().decimalPoint() + QString::number(thousandths % kWhole);
}

QString percentWords(int thousandths)
{
    return percentText(thousandths) + kNoBreakSpace + u'%';
}

std::optional<int> readPercent(const QString &typed)
{
    static const QRegularExpression shape(QStringLiteral("^([0-9]{1,3})(?:[.]([0-9]))?$"));
    const auto match =
        shape.match(typed.trimmed().replace(QLocale().decimalPoint(), QStringLiteral(".")));
    if (!match.hasMatch())
        return std::nullopt;
    return match.captured(1).toInt() * kWhole + match.captured(2).toInt();
}

QString coinName(const QString &coin)
{
    // The network says something only where a coin runs on several.
    const CoinWords words = coinWords(coin);
    return words.symbol == coin ? coin : words.symbol + kNoBreakSpace + words.network;
}

QStringList policyChanges(const api::DepositRulesVersion &before,
                          const api::DepositRulesVersion &after)
{
    using Words = PolicyTexts;
    QStringList changes;
    if (before.tolerateFrom != after.tolerateFrom)
        changes << change(Words::tr("Enough from"), percentWords(before.tolerateFrom),
                          percentWords(after.tolerateFrom));
    if (before.tolerateTo != after.tolerateTo)
        changes << change(Words::tr("Not too much up to"), percentWords(before.tolerateTo),
                          percentWords(after.tolerateTo));
    if (before.excessUpTo != after.excessUpTo)
        changes << change(Words::tr("Excess credited by itself up to"), orNone(before.excessUpTo),
                          orNone(after.excessUpTo));
    if (before.confirmedUpTo != after.confirmedUpTo)
        changes << change(Words::tr("Credited before it settles up to"),
                          orNone(before.confirmedUpTo), orNone(after.confirmedUpTo));
    const auto word = [](bool isOn) { return isOn ? Words::tr("on") : Words::tr("off"); };
    if (before.isStrict != after.isStrict)
        changes << change(Words::tr("Strict"), word(before.isStrict), word(after.isStrict));
    for (qsizetype i = 0; i < before.minimums.size() && i < after.minimums.size(); ++i) {
        if (before.minimums[i] != after.minimums[i])
            changes << change(Words::tr("Minimum of %1").arg(coinName(after.minimums[i].coin)),
                              formatUsd(before.minimums[i].minimum),
                              formatUsd(after.minimums[i].minimum));
    }
    return changes;
}

} // namespace ui
