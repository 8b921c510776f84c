#include "ui/pages/refunds/request_words.h"

#include "ui/pages/refunds/refund_parts.h"
#include "ui/support/format.h"

#include <QCoreApplication>

namespace ui {

namespace {

using api::RequestKind;
using Unit = api::RefundLimit::Unit;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Requests)
};

const QHash<QString, RequestStateWords> &stateWords()
{
    static const QHash<QString, RequestStateWords> words = {
        {QStringLiteral("pending_approval"),
         {Words::tr("Waits"), QStringLiteral("hourglass"), Token::Warn}},
        {QStringLiteral("approved"),
         {Words::tr("One agreed"), QStringLiteral("hourglass"), Token::Warn}},
        {QStringLiteral("to_send"),
         {Words::tr("To send"), QStringLiteral("arrow-right"), Token::Warn}},
        {QStringLiteral("done"), {Words::tr("Done"), QStringLiteral("circle-check"), Token::Good}},
        {QStringLiteral("paid"), {Words::tr("Sent"), QStringLiteral("circle-check"), Token::Good}},
        {QStringLiteral("returned"), {Words::tr("Came back"), QStringLiteral("undo")}},
        {QStringLiteral("rejected"), {Words::tr("Rejected"), QStringLiteral("ban")}},
        {QStringLiteral("cancelled"), {Words::tr("Taken back"), QStringLiteral("undo")}},
        {QStringLiteral("expired"), {Words::tr("Too late"), QStringLiteral("timer")}},
        {QStringLiteral("void"), {Words::tr("Void"), QStringLiteral("circle-minus")}},
        {QStringLiteral("failed"), {Words::tr("Failed"), QStringLiteral("octagon-x"), Token::Bad}},
    };
    return words;
}

} // namespace

RequestStateWords requestStateWords(const api::MoneyRequest &request)
{
    RequestStateWords words = stateWords().value(
        request.state, {request.state, QStringLiteral("circle-dot"), Token::Muted});
    if (request.state == QLatin1String("done") && request.kind == RequestKind::Refund)
        words.word = Words::tr("Given back");
    return words;
}

QList<std::pair<QString, QString>> requestStateFilterWords()
{
    QList<std::pair<QString, QString>> words;
    for (const char *state : {"pending_approval", "approved", "to_send", "done", "paid", "returned",
                              "rejected", "cancelled", "expired", "void"}) {
        const QString code = QString::fromLatin1(state);
        words.append({stateWords().value(code).word.toLower().replace(u' ', u'-'), code});
    }
    return words;
}

QString requestKindWord(RequestKind kind)
{
    switch (kind) {
    case RequestKind::Refund: return Words::tr("Refund");
    case RequestKind::Goodwill: return Words::tr("Goodwill");
    case RequestKind::Correction: return Words::tr("Correction");
    case RequestKind::Reversal: return Words::tr("Reversal");
    case RequestKind::DepositReversal: return Words::tr("Deposit reversal");
    case RequestKind::Payout: return Words::tr("Payout");
    }
    Q_UNREACHABLE();
}

QString requestName(const api::MoneyRequest &request)
{
    const QChar letter = isPayout(request) ? u'P' : isAdjustment(request) ? u'A' : u'R';
    return QStringLiteral("%1-%2").arg(letter).arg(request.id.value);
}

QString requesterWord(const api::MoneyRequest &request)
{
    return request.requestedBy.isEmpty() ? Words::tr("The customer") : request.requestedBy;
}

QString requestReason(const api::MoneyRequest &request)
{
    return request.kind == RequestKind::Refund ? refundReasonWord(request.reason) : request.reason;
}

bool isPayout(const api::MoneyRequest &request)
{
    return request.kind == RequestKind::Payout;
}

bool isAdjustment(const api::MoneyRequest &request)
{
    return request.kind != RequestKind::Payout && request.kind != RequestKind::Refund;
}

QString limitWord(const api::RefundLimit &limit)
{
    static const QHash<QString, QString> words = {
        {QStringLiteral("small"), Words::tr("Nobody else up to")},
        {QStringLiteral("middle"), Words::tr("Senior or Finance up to")},
        {QStringLiteral("large"), Words::tr("Finance up to")},
        {QStringLiteral("old_cause_days"), Words::tr("Finance for calls older than")},
        {QStringLiteral("customer_refunds"), Words::tr("Refunds to one customer")},
        {QStringLiteral("customer_days"), Words::tr("Refunds counted over")},
        {QStringLiteral("day_support"), Words::tr("Support, alone in a day")},
        {QStringLiteral("day_senior"), Words::tr("Senior, alone in a day")},
        {QStringLiteral("day_finance"), Words::tr("Finance, alone in a day")},
        {QStringLiteral("waits_hours"), Words::tr("A request expires after")},
        {QStringLiteral("automatic_each"), Words::tr("By itself, each")},
        {QStringLiteral("automatic_customer_day"), Words::tr("By itself, a customer's day")},
        {QStringLiteral("automatic_day"), Words::tr("By itself, all in a day")},
    };
    return words.value(limit.name, limit.name);
}

QString limitValue(const api::RefundLimit &limit, qint64 value)
{
    switch (limit.unit) {
    case Unit::Usd: return formatUsd(Money::fromMicros(value));
    case Unit::Days: return value == 1 ? Words::tr("1 day") : Words::tr("%1 days").arg(value);
    case Unit::Hours: return value == 1 ? Words::tr("1 hour") : Words::tr("%1 hours").arg(value);
    case Unit::Count: return formatCount(value);
    }
    Q_UNREACHABLE();
}

std::optional<qint64> readLimit(const api::RefundLimit &limit, const QString &typed)
{
    if (limit.unit == Unit::Usd) {
        const auto amount = readUsd(typed);
        return amount && !amount->isNegative() ? std::optional(amount->micros()) : std::nullopt;
    }
    bool isNumber = false;
    const qint64 number = QLocale().toLongLong(typed.trimmed(), &isNumber);
    return isNumber && number >= 0 ? std::optional(number) : std::nullopt;
}

QString limitText(const api::RefundLimit &limit, qint64 value)
{
    return limit.unit == Unit::Usd ? formatMoney(Money::fromMicros(value)) : formatCount(value);
}

QStringList limitChanges(const QList<qint64> &before, const QList<qint64> &after)
{
    QStringList changes;
    const QList<api::RefundLimit> &limits = api::refundLimits();
    for (qsizetype i = 0; i < limits.size() && i < before.size() && i < after.size(); ++i) {
        if (before[i] != after[i])
            changes << QStringLiteral("%1 %2 \u2192 %3")
                           .arg(limitWord(limits[i]), limitValue(limits[i], before[i]),
                                limitValue(limits[i], after[i]));
    }
    return changes;
}

} // namespace ui
