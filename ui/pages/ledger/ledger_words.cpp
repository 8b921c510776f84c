#include "ui/pages/ledger/ledger_words.h"

#include <QCoreApplication>

namespace ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Ledger)
};

QList<FilterWord> asWords(const QStringList &values)
{
    QList<FilterWord> words;
    for (const QString &value : values)
        words.append({.word = value, .value = value});
    return words;
}

const QHash<QString, QString> &kindWords()
{
    static const QHash<QString, QString> words = {
        {QStringLiteral("deposit"), Words::tr("Deposit")},
        {QStringLiteral("deposit_excess"), Words::tr("Excess")},
        {QStringLiteral("excess_refused"), Words::tr("Excess refused")},
        {QStringLiteral("deposit_reversal"), Words::tr("Deposit reversal")},
        {QStringLiteral("opening"), Words::tr("Opening balance")},
        {QStringLiteral("hold"), Words::tr("Hold")},
        {QStringLiteral("charge"), Words::tr("Charge")},
        {QStringLiteral("release"), Words::tr("Release")},
        {QStringLiteral("write_off"), Words::tr("Write-off")},
        {QStringLiteral("plan"), Words::tr("Plan")},
        {QStringLiteral("refund"), Words::tr("Refund")},
        {QStringLiteral("refund_reversal"), Words::tr("Refund reversal")},
        {QStringLiteral("goodwill"), Words::tr("Goodwill")},
        {QStringLiteral("correction"), Words::tr("Correction")},
        {QStringLiteral("payout"), Words::tr("Payout")},
        {QStringLiteral("payout_returned"), Words::tr("Payout returned")},
    };
    return words;
}

/// What the backend calls them; a kind that is newer than this list may be typed all the same.
QStringList kinds()
{
    QStringList names = kindWords().keys();
    names.sort();
    return names;
}

} // namespace

QString transferKindWord(const QString &kind)
{
    return kindWords().value(kind, kind);
}

QList<FilterField> ledgerFilterFields(api::Ledger &ledger)
{
    using Kind = FilterField::Kind;
    static const QStringList accounts = {
        QStringLiteral("available"),
        QStringLiteral("held"),
        QStringLiteral("debt"),
        QStringLiteral("dynopay_clearing"),
        QStringLiteral("revenue_calls"),
        QStringLiteral("revenue_plans"),
        QStringLiteral("adjust_goodwill"),
        QStringLiteral("adjust_correction"),
        QStringLiteral("suspense"),
        QStringLiteral("write_off"),
        QStringLiteral("payouts"),
    };
    return {
        {.name = QStringLiteral("customer"),
         .suggest =
             [&ledger](const QString &typed) {
                 return ledger.suggest(QStringLiteral("customer"), typed);
             }},
        {.name = QStringLiteral("kind"), .words = asWords(kinds())},
        {.name = QStringLiteral("account"), .kind = Kind::Word, .words = asWords(accounts)},
        {.name = QStringLiteral("amount"), .kind = Kind::Number},
        {.name = QStringLiteral("id"), .kind = Kind::Id},
        {.name = QStringLiteral("since"), .kind = Kind::Age},
    };
}

QString customerWord(const api::TransferRow &row)
{
    if (row.customer == CustomerId{})
        return {};
    return row.customerName.isEmpty() ? QString::number(row.customer.value) : row.customerName;
}

} // namespace ui
