#include "tests/fakes/samples.h"

namespace tests {

namespace {

using namespace std::chrono_literals;
using api::RequestKind;

const QString kHash =
    QStringLiteral("5d07e2b91c44aa06c0ffee005d07e2b91c44aa06c0ffee005d07e2b91c44aa06");

struct RequestSample {
    const char *customer;
    RequestKind kind;
    qint64 call; // of a refund
    int cents;
    const char *reason;
    const char *state;
    const char *by;
    const char *approvedBy; // with commas
};

constexpr RequestSample kRequestSamples[] = {
    {"Jonas Weber", RequestKind::Refund, 88'206, 72, "bad_audio", "pending_approval", "omar", ""},
    {"Praxis Nordlicht", RequestKind::Refund, 88'200, 459, "ai_malfunction", "pending_approval",
     "maria.lindqvist", ""},
    {"Camille Perrin", RequestKind::Refund, 88'203, 58, "wrong_destination", "done", "omar", ""},
    {"Hannah Brooks", RequestKind::Goodwill, 0, 750, "The line was bad for a week, ticket 4711",
     "pending_approval", "ines.duarte", ""},
    {"Harper & Lowe", RequestKind::Payout, 0, 12'500, "Closes the account, asked for in writing",
     "approved", "omar", "ines.duarte"},
    {"Yusuf Demir", RequestKind::Payout, 0, 4'000, "Paid in twice by mistake, ticket 4702",
     "to_send", "omar", "ines.duarte,maria.lindqvist"},
    {"Harper & Lowe", RequestKind::Refund, 88'190, 1'200, "overcharged", "done", "omar",
     "ines.duarte"},
    {"Chen Wei", RequestKind::Correction, 0, -310, "Credited twice on 18 November", "done",
     "ines.duarte", "maria.lindqvist"},
    {"Diego Salas", RequestKind::Refund, 88'188, 1'430, "goodwill", "rejected", "omar", ""},
    {"Ravi Menon", RequestKind::Payout, 0, 2'600, "Moves to another country", "paid", "omar",
     "ines.duarte,maria.lindqvist"},
    {"Camille Perrin", RequestKind::Reversal, 0, -58, "The customer asked for the call after all",
     "cancelled", "maria.lindqvist", ""},
    {"Chen Wei", RequestKind::Refund, 88'150, 300, "call_failed", "expired", "", ""},
    {"Priya Nair", RequestKind::Payout, 0, 1'800, "Asked for in writing, ticket 4655", "returned",
     "omar", "ines.duarte,maria.lindqvist"},
};

void settle(api::MoneyRequest &row)
{
    const bool isSettled = !row.isWaiting() && !row.isToSend();
    if (row.isWaiting())
        row.expiresAt = row.requestedAt + 24h;
    if (isSettled)
        row.decidedAt = row.requestedAt + 9min;
    if (row.state == QLatin1String("rejected"))
        row.decision = QStringLiteral("the recording is fine");
    if (row.kind != RequestKind::Payout)
        return;
    row.destination = QStringLiteral("USDT-TRC20 •••aPzk");
    if (row.isWaiting())
        return;
    row.transfer = TransferId{204'100 + row.id.value % 100};
    row.payableFrom = row.requestedAt - 2h;
    if (row.state == QLatin1String("paid"))
        row.reference = QStringLiteral("7c9f3ab2e1d04f6c8b5a99e0d17c4f20b3a6e8d1");
    if (row.state == QLatin1String("returned"))
        row.returned = TransferId{204'231};
}

} // namespace

QList<api::MoneyRequest> sampleRequests(Timestamp now)
{
    QList<api::MoneyRequest> rows;
    qint64 id = 3107;
    for (const RequestSample &sample : kRequestSamples) {
        api::MoneyRequest row;
        row.id = api::RequestId{id--};
        row.kind = sample.kind;
        row.call = {sample.call};
        if (sample.kind == RequestKind::Reversal)
            row.refund = api::RefundId{3105};
        row.customerName = QString::fromUtf8(sample.customer);
        row.customer = CustomerId{sampleCustomerId(row.customerName)};
        row.amount = Money::fromCents(sample.cents);
        row.reason = QString::fromLatin1(sample.reason);
        row.state = QString::fromLatin1(sample.state);
        if (sample.kind == RequestKind::Refund)
            row.rule = QStringLiteral("over 5 USD, or past 25 USD a day: senior or finance");
        row.requestedBy = QString::fromLatin1(sample.by);
        row.approvedBy = QString::fromLatin1(sample.approvedBy).split(u',', Qt::SkipEmptyParts);
        row.requestedAt = now - 40min * (3108 - row.id.value);
        settle(row);
        rows.append(row);
    }
    return rows;
}

QList<api::RefundRulesVersion> sampleRules(Timestamp now)
{
    const qint64 usd = 1'000'000;
    const QList<qint64> shipped = {5 * usd, 50 * usd, 500 * usd, 30,       2,
                                   30,      25 * usd, 25 * usd,  25 * usd, 24,
                                   5 * usd, 10 * usd, 100 * usd};
    QList<qint64> second = shipped;
    second[1] = 40 * usd;
    QList<qint64> third = second;
    third[6] = 15 * usd;
    third[9] = 48;
    return {{.version = 3,
             .since = now - 50h,
             .limits = third,
             .changedBy = QStringLiteral("maria.lindqvist"),
             .reason = QStringLiteral("Weekends: nobody of Finance is here on Sunday")},
            {.version = 2,
             .since = now - 24h * 31,
             .limits = second,
             .changedBy = QStringLiteral("ines.duarte"),
             .reason = QStringLiteral("Too many refunds over 40 USD turned out wrong")},
            {.version = 1,
             .since = std::nullopt,
             .limits = shipped,
             .changedBy = {},
             .reason = QStringLiteral("as shipped")}};
}

/// From which account, and what the customer reads.
api::RefundPreview sampleRequestPreview(const QString &kind, const Json &payload)
{
    if (payload.contains("deposit"))
        return sampleReversalPreview();
    const bool isPayout = kind.startsWith(QLatin1String("payout"));
    const bool isWaiting = payload.contains("payout") || payload.contains("adjustment");
    const bool isReturn = payload.contains("outcome");
    Money amount = Money::fromMicros(core::integerMember(payload, "amount").value_or(0));
    if (amount.isZero())
        amount = Money::fromCents(isPayout ? 12'500 : 750);
    if (isPayout && !isReturn)
        amount = -amount;
    const Money before = Money::fromCents(18'040);
    const QString platform = isPayout                     ? QStringLiteral("payouts")
                             : payload.contains("refund") ? QStringLiteral("revenue_calls")
                             : amount.isPositive()        ? QStringLiteral("adjust_goodwill")
                                                          : QStringLiteral("adjust_correction");
    const QString balance = (before + amount).toString();
    const QString shown = (amount.isNegative() ? -amount : amount).toString();
    return {.paid = {},
            .refunded = {},
            .refundable = before,
            .entries = {{.account = platform,
                         .isCustomers = false,
                         .amount = -amount,
                         .before = {},
                         .after = {}},
                        {.account = QStringLiteral("available"),
                         .isCustomers = true,
                         .amount = amount,
                         .before = before,
                         .after = before + amount}},
            .customerLanguage = QStringLiteral("fr"),
            .customerText =
                QStringLiteral("%1 USD. Nouveau solde : %2 USD. Référence : T-…")
                    .arg(QString(shown).replace(u'.', u','), QString(balance).replace(u'.', u',')),
            .operatorText =
                QStringLiteral("%1 USD. New balance: %2 USD. Reference: T-…").arg(shown, balance),
            .needs = isReturn   ? api::RefundNeeds::Nobody
                     : isPayout ? api::RefundNeeds::TwoPeople
                                : api::RefundNeeds::Finance,
            .rule = isPayout ? QStringLiteral("a Senior or Finance agrees, then another of Finance")
                             : QStringLiteral("another person of Finance agrees"),
            .mayExecute = isWaiting,
            .hash = kHash};
}

} // namespace tests
