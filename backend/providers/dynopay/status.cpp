#include "providers/dynopay/status.h"

#include "core/assert.h"

#include <QHash>

namespace providers::dynopay {

namespace {

Status problem(FundsProblem what)
{
    return {StatusClass::ProblemFunds, what};
}

QHash<QString, Status> makeWords()
{
    QHash<QString, Status> words;
    const auto add = [&](Status status, const char *list) {
        for (const QByteArray &word : QByteArray(list).split(' '))
            words.insert(QString::fromLatin1(word), status);
    };
    add({StatusClass::FinalPaid}, "settled completed complete successful success succeeded done "
                                  "paid recovered payout_complete converted");
    add({StatusClass::SeenPaid}, "confirmed processing received confirming detected");
    add({StatusClass::Wait}, "pending waiting created new");
    add(problem(FundsProblem::Underpaid), "underpaid partially_paid");
    add(problem(FundsProblem::Overpaid), "overpaid");
    add(problem(FundsProblem::SettlementFailed), "settlement_failed");
    add({StatusClass::Dead}, "failed expired cancelled canceled declined");
    add({StatusClass::Reversed}, "refunded");
    return words;
}

} // namespace

Status statusOf(QStringView word)
{
    static const QHash<QString, Status> words = makeWords();
    QString plain = word.trimmed().toString().toLower();
    if (plain.startsWith(QLatin1String("payment.")))
        plain.remove(0, 8);
    return words.value(plain);
}

QLatin1String name(StatusClass statusClass)
{
    switch (statusClass) {
    case StatusClass::FinalPaid: return QLatin1String("FinalPaid");
    case StatusClass::SeenPaid: return QLatin1String("SeenPaid");
    case StatusClass::Wait: return QLatin1String("Wait");
    case StatusClass::ProblemFunds: return QLatin1String("ProblemFunds");
    case StatusClass::Dead: return QLatin1String("Dead");
    case StatusClass::Reversed: return QLatin1String("Reversed");
    case StatusClass::Unknown: return QLatin1String("Unknown");
    }
    CORE_ASSERT(false);
    return {};
}

QString normalisedCoin(QStringView coin)
{
    return coin.trimmed().toString().toUpper().replace(u'_', u'-');
}

QString normalisedAddress(QStringView address)
{
    const QString plain = address.trimmed().toString();
    const QString lower = plain.toLower();
    const QLatin1String bitcoinCash("bitcoincash:");
    if (lower.startsWith(bitcoinCash))
        return lower.mid(bitcoinCash.size());
    for (const QLatin1String prefix :
         {QLatin1String("0x"), QLatin1String("bc1"), QLatin1String("ltc1")}) {
        if (lower.startsWith(prefix))
            return lower;
    }
    return plain;
}

} // namespace providers::dynopay
