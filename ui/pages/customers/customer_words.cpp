#include "ui/pages/customers/customer_words.h"

#include <QCoreApplication>
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
