#include "ui/pages/customers/customer_words.h"

#include "ui/support/format.h"

#include <QRegularExpression>

namespace ui {

namespace {

using Kind = api::TimelineRow::Kind;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Customers)
};

} // namespace

CustomerStatusWords wordsOf(api::CustomerStatus status)
{
    switch (status) {
    case api::CustomerStatus::Active:
        return {QStringLiteral("active"), Words::tr("Active"), QStringLiteral("circle-check"),
                Token::Good};
    case api::CustomerStatus::NoTerms:
        return {QStringLiteral("no_terms"), Words::tr("No terms"), QStringLiteral("hourglass"),
                Token::Muted};
    case api::CustomerStatus::Unreachable:
        return {QStringLiteral("unreachable"), Words::tr("Blocked us"), QStringLiteral("ban"),
                Token::Muted};
    }
    Q_UNREACHABLE();
}

QList<FilterField> customerFilterFields(api::Customers &customers)
{
    using Field = FilterField::Kind;
    QList<FilterWord> statuses;
    for (const auto status : {api::CustomerStatus::Active, api::CustomerStatus::NoTerms,
                              api::CustomerStatus::Unreachable}) {
        const CustomerStatusWords words = wordsOf(status);
        statuses.append({words.word.toLower().replace(u' ', u'-'), words.code});
    }
    const auto suggest = [&customers](const char *field) {
        return [&customers, name = QString::fromLatin1(field)](const QString &typed) {
            return customers.suggest(name, typed);
        };
    };
    return {
        {.name = QStringLiteral("name"), .suggest = suggest("name")},
        {.name = QStringLiteral("status"), .kind = Field::Word, .words = statuses},
        {.name = QStringLiteral("language"), .suggest = suggest("language")},
        {.name = QStringLiteral("since"), .kind = Field::Age},
        {.name = QStringLiteral("id"), .kind = Field::Id},
    };
}

TimelineWords wordsOf(Kind kind)
{
    const auto make = [](const char *code, const QString &word, const char *iconName, Token tone) {
        return TimelineWords{QLatin1String(code), word, QLatin1String(iconName), tone};
    };
    switch (kind) {
    case Kind::MessageIn: return make("message", Words::tr("They wrote"), "message", Token::Info);
    case Kind::MessageOut: return make("message", Words::tr("We wrote"), "robot", Token::Muted);
    case Kind::Deposit: return make("deposit", Words::tr("Deposit"), "deposits", Token::Good);
    case Kind::Call: return make("call", Words::tr("Call"), "phone", Token::Text);
    case Kind::Hold: return make("money", Words::tr("Hold"), "lock", Token::Muted);
    case Kind::Charge: return make("money", Words::tr("Charge"), "receipt", Token::Text);
    case Kind::Release: return make("money", Words::tr("Released"), "undo", Token::Muted);
    case Kind::Refund: return make("money", Words::tr("Refund"), "undo", Token::Info);
    case Kind::OtherTransfer: return make("money", Words::tr("Posting"), "ledger", Token::Muted);
    }
    Q_UNREACHABLE();
}

QList<FilterField> timelineFilterFields()
{
    return {{.name = QStringLiteral("kind"),
             .kind = FilterField::Kind::Word,
             .words = {{Words::tr("messages"), QStringLiteral("message")},
                       {Words::tr("money"), QStringLiteral("money")},
                       {Words::tr("calls"), QStringLiteral("call")},
                       {Words::tr("deposits"), QStringLiteral("deposit")}}}};
}

QString planWord(const QString &plan)
{
    const QHash<QString, QString> words = {
        {QStringLiteral("free"), Words::tr("Free")},
        {QStringLiteral("prime"), Words::tr("Prime")},
        {QStringLiteral("elite"), Words::tr("Elite")},
        {QStringLiteral("ultra"), Words::tr("Ultra")},
    };
    return words.value(plan, plan);
}

QString planWords(const std::optional<api::CustomerPlan> &plan, const QTimeZone &zone)
{
    using std::chrono::minutes;
    if (!plan)
        return Words::tr("No plan: calls are paid from the balance");
    const auto minutesOf = [](std::chrono::seconds time) {
        return formatCount(std::chrono::floor<minutes>(time).count());
    };
    const auto day = [&](Timestamp at) { return formatFullMoment(at, zone).left(16); };
    const QString days =
        plan->days == 1 ? Words::tr("1 day") : Words::tr("%1 days").arg(plan->days);
    QStringList words = {
        plan->price.isZero()
            ? Words::tr("%1, %2").arg(planWord(plan->plan), days)
            : Words::tr("%1, %2 for %3").arg(planWord(plan->plan), days, formatUsd(plan->price)),
        Words::tr("%1 of %2 min left").arg(minutesOf(plan->left()), minutesOf(plan->granted))};
    if (plan->held.count() > 0)
        words << Words::tr("%1 min held by calls").arg(minutesOf(plan->held));
    if (plan->state == QLatin1String("grace"))
        words << Words::tr("not paid since %1, tried again %2")
                     .arg(day(plan->endsAt), day(plan->nextTryAt.value_or(plan->endsAt)));
    else if (plan->renews)
        words << Words::tr("renews %1").arg(day(plan->endsAt));
    else
        words << Words::tr("ends %1").arg(day(plan->endsAt));
    return words.join(QStringLiteral("   "));
}

QString tierWord(const QString &tier)
{
    if (tier == QLatin1String("new"))
        return Words::tr("New");
    if (tier == QLatin1String("regular"))
        return Words::tr("Regular");
    return tier == QLatin1String("business") ? Words::tr("Business") : tier;
}

QString customerWord(const api::CustomerRow &row)
{
    return row.name.isEmpty() ? QString::number(row.id.value) : row.name;
}

QString initialsOf(const QString &name)
{
    static const QRegularExpression blanks(QStringLiteral("\\s+"));
    const QStringList words = name.split(blanks, Qt::SkipEmptyParts);
    if (words.isEmpty())
        return QStringLiteral("?");
    const QString last = words.size() > 1 ? words.last().left(1) : QString();
    return (words.first().left(1) + last).toUpper();
}

} // namespace ui
