#include "ui/pages/refunds/rules_dialog.h"

#include "ui/pages/refunds/request_words.h"
#include "ui/support/format.h"
#include "ui/support/rights.h"

#include <QGridLayout>
#include <QLineEdit>
#include <QPushButton>

namespace ui {

namespace {

using Unit = api::RefundLimit::Unit;

constexpr int kRulesWidthPx = 720;
constexpr int kFieldsInRow = 3;
constexpr int kReasonMax = 400;

qsizetype placeOf(const char *limit)
{
    const QList<api::RefundLimit> &limits = api::refundLimits();
    for (qsizetype i = 0; i < limits.size(); ++i) {
        if (limits[i].name == QLatin1String(limit))
            return i;
    }
    return -1;
}

QString unitWord(Unit unit)
{
    switch (unit) {
    case Unit::Usd: return RulesDialog::tr("USD");
    case Unit::Days: return RulesDialog::tr("days");
    case Unit::Hours: return RulesDialog::tr("hours");
    case Unit::Count: return {};
    }
    Q_UNREACHABLE();
}

} // namespace

RulesDialog::RulesDialog(const api::RefundRulesVersion &rules, api::Commands &commands,
                         QWidget *parent)
    : CommandDialog(QStringLiteral("dialog.rules"), tr("Change the rules of refunds"), commands,
                    parent)
    , m_rules(rules)
{
    setWordsWidth(kRulesWidthPx);
    head().addWidget(makeWords(tr("They hold for what is asked for from now on. What waits is "
                                  "judged anew and has to be asked for again."),
                               Token::Muted));
    m_fields.resize(api::refundLimits().size());
    addGroup(tr("Who agrees"),
             {QStringLiteral("small"), QStringLiteral("middle"), QStringLiteral("large"),
              QStringLiteral("old_cause_days"), QStringLiteral("customer_refunds"),
              QStringLiteral("customer_days")});
    addGroup(tr("Given back alone by one person"),
             {QStringLiteral("day_support"), QStringLiteral("day_senior"),
              QStringLiteral("day_finance")});
    addGroup(tr("Given back by itself, where the provider failed"),
             {QStringLiteral("automatic_each"), QStringLiteral("automatic_customer_day"),
              QStringLiteral("automatic_day")});
    addGroup(tr("Waiting"), {QStringLiteral("waits_hours")});
    m_reason = new QLineEdit;
    m_reason->setObjectName(objectName() + QStringLiteral(".reason"));
    m_reason->setMaxLength(kReasonMax);
    connect(m_reason, &QLineEdit::textChanged, this, &RulesDialog::check);
    body().addWidget(makeField(tr("Reason"), m_reason));
    auto *band = new Panel(Token::InfoTint);
    auto *column = new QVBoxLayout(band);
    column->setContentsMargins(px(12), px(9), px(12), px(9));
    column->setSpacing(px(2));
    m_changes = makeWords({});
    m_changes->setObjectName(objectName() + QStringLiteral(".changes"));
    column->addWidget(m_changes);
    body().addWidget(band);
    m_hint = new TokenLabel(TextSize::Small, Token::Muted);
    body().addWidget(m_hint);
    setVerb(tr("Change rules"), QStringLiteral("primary"));
    check();
}

void RulesDialog::addGroup(const QString &title, const QStringList &limits)
{
    auto *words = new TokenLabel(TextSize::Body, Token::Text, QFont::DemiBold);
    words->setText(title);
    auto *group = new QVBoxLayout;
    group->setSpacing(px(8));
    group->addWidget(words);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(px(14));
    grid->setVerticalSpacing(px(10));
    for (int column = 0; column < kFieldsInRow; ++column)
        grid->setColumnStretch(column, 1);
    for (int i = 0; i < int(limits.size()); ++i) {
        const qsizetype place = placeOf(limits[i].toLatin1().constData());
        const api::RefundLimit &limit = api::refundLimits()[place];
        auto *field = new QLineEdit(limitText(limit, m_rules.limits.value(place)));
        field->setObjectName(objectName() + u'.' + limit.name);
        field->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        connect(field, &QLineEdit::textChanged, this, &RulesDialog::check);
        m_fields[place] = field;
        const QString unit = unitWord(limit.unit);
        grid->addWidget(makeField(unit.isEmpty() ? limitWord(limit)
                                                 //: %1 is what a limit says, %2 its unit.
                                                 : tr("%1, %2").arg(limitWord(limit), unit),
                                  field),
                        i / kFieldsInRow, i % kFieldsInRow);
    }
    group->addLayout(grid);
    body().addLayout(group);
}

void RulesDialog::changeSample()
{
    m_fields[placeOf("small")]->setText(QStringLiteral("4.00"));
    m_reason->setText(QStringLiteral("Fewer small refunds without a second look"));
}

std::optional<QList<qint64>> RulesDialog::typed() const
{
    QList<qint64> limits;
    for (qsizetype i = 0; i < m_fields.size(); ++i) {
        const auto value = readLimit(api::refundLimits()[i], m_fields[i]->text());
        if (!value)
            return std::nullopt;
        limits.append(*value);
    }
    return limits;
}

QString RulesDialog::problem(const std::optional<QList<qint64>> &limits) const
{
    if (!limits)
        return tr("Each limit is a number that is not negative");
    const auto value = [&](const char *name) { return limits->value(placeOf(name)); };
    if (value("small") > value("middle") || value("middle") > value("large"))
        return tr("The amounts of who agrees go up from left to right");
    if (value("automatic_each") > value("automatic_customer_day") ||
        value("automatic_customer_day") > value("automatic_day"))
        return tr("The amounts of what is given back by itself go up from left to right");
    if (value("old_cause_days") < 1 || value("customer_days") < 1 || value("waits_hours") < 1)
        return tr("Days and hours are one at least");
    if (*limits == m_rules.limits)
        return tr("These are the rules now");
    if (m_reason->text().trimmed().size() < kReasonMin)
        return tr("Say why, in 3 characters or more");
    return {};
}

void RulesDialog::check()
{
    const auto limits = typed();
    const QStringList changes = limits ? limitChanges(m_rules.limits, *limits) : QStringList();
    m_changes->parentWidget()->setVisible(!changes.isEmpty());
    m_changes->setText(changes.join(u'\n'));
    const QString obstacle = problem(limits);
    m_hint->setText(obstacle);
    verb().setEnabled(obstacle.isEmpty());
}

/// Only what differs, so that nothing else can change by mistake.
Json RulesDialog::payload() const
{
    Json payload = {{"v", 1}, {"version", m_rules.version}, {"reason", m_reason->text().trimmed()}};
    const QList<qint64> limits = typed().value_or(m_rules.limits);
    for (qsizetype i = 0; i < limits.size(); ++i) {
        if (limits[i] != m_rules.limits.value(i))
            payload[api::refundLimits()[i].name.toStdString()] = limits[i];
    }
    return payload;
}

QString RulesDialog::wordsOf(const api::CommandResult &refusal) const
{
    if (refusal.code == QLatin1String("FiguresChanged"))
        return tr("Somebody has changed the rules meanwhile. Yours are not in force. Close this "
                  "and look at them again.");
    return CommandDialog::wordsOf(refusal);
}

} // namespace ui
