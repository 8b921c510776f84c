#include "ui/pages/deposits/policy_dialog.h"

#include "ui/pages/deposits/policy_words.h"
#include "ui/support/format.h"
#include "ui/support/rights.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QPushButton>

namespace ui {

namespace {

constexpr int kPolicyWidthPx = 720;
constexpr int kRulesInRow = 2;
constexpr int kCoinsInRow = 4;
constexpr int kPolicyReasonMax = 400;

// What the server accepts; it decides by the same.
constexpr int kTolerateFromMin = 950;
constexpr int kAsAsked = 1000;
constexpr int kTolerateToMax = 1050;

Money mostOfAll()
{
    return Money::fromCents(10'000'00);
}

Money leastMinimum()
{
    return Money::fromCents(1'00);
}

/// Says what is wrong under the field; nothing is shown while nothing is.
template <typename Value>
std::optional<Value> checked(TokenLabel &hint, const std::optional<Value> &value, bool isGood,
                             const QString &problem)
{
    const bool isFine = value && isGood;
    hint.setText(isFine ? QString() : problem);
    hint.setVisible(!isFine);
    return isFine ? value : std::nullopt;
}

} // namespace

PolicyDialog::PolicyDialog(const api::DepositRulesVersion &rules, api::Commands &commands,
                           QWidget *parent)
    : CommandDialog(QStringLiteral("dialog.policy"), tr("Change the rules of deposits"), commands,
                    parent)
    , m_rules(rules)
{
    setWordsWidth(kPolicyWidthPx);
    head().addWidget(makeWords(tr("They hold for what is credited from now on. What was credited "
                                  "already stays as it is."),
                               Token::Muted));
    QGridLayout *amounts = addGroup(tr("How much counts as paid"), kRulesInRow);
    m_tolerateFrom =
        addField(*amounts, 0, QStringLiteral("tolerate_from"),
                 tr("Enough from, % of what was asked for"), percentText(rules.tolerateFrom));
    m_tolerateTo =
        addField(*amounts, 1, QStringLiteral("tolerate_to"),
                 tr("Not too much up to, % of what was asked for"), percentText(rules.tolerateTo));
    addStrict();
    QGridLayout *caps = addGroup(tr("Without a person, and before it settles"), kRulesInRow);
    m_excessUpTo =
        addField(*caps, 0, QStringLiteral("excess_up_to"),
                 tr("Excess credited by itself up to, USD"), formatMoney(rules.excessUpTo));
    m_confirmedUpTo =
        addField(*caps, 1, QStringLiteral("confirmed_up_to"),
                 tr("Credited before it settles up to, USD"), formatMoney(rules.confirmedUpTo));
    addMinimums();
    addReason();
    setVerb(tr("Change rules"), QStringLiteral("primary"));
    check();
}

QGridLayout *PolicyDialog::addGroup(const QString &title, int columns)
{
    auto *words = new TokenLabel(TextSize::Body, Token::Text, QFont::DemiBold);
    words->setText(title);
    auto *group = new QVBoxLayout;
    group->setSpacing(px(8));
    group->addWidget(words);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(px(14));
    grid->setVerticalSpacing(px(10));
    for (int column = 0; column < columns; ++column)
        grid->setColumnStretch(column, 1);
    group->addLayout(grid);
    body().addLayout(group);
    return grid;
}

PolicyDialog::Field PolicyDialog::addField(QGridLayout &grid, int place, const QString &name,
                                           const QString &label, const QString &text)
{
    Field field = {.edit = new QLineEdit(text),
                   .hint = new TokenLabel(TextSize::Small, Token::Bad)};
    field.edit->setObjectName(objectName() + u'.' + name);
    field.edit->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    connect(field.edit, &QLineEdit::textChanged, this, &PolicyDialog::check);
    field.hint->setObjectName(field.edit->objectName() + QStringLiteral(".hint"));
    field.hint->setWordWrap(true);
    QWidget *box = makeField(label, field.edit);
    box->layout()->addWidget(field.hint);
    field.hint->hide();
    int columns = 0;
    while (grid.columnStretch(columns) > 0)
        ++columns;
    grid.addWidget(box, place / columns, place % columns, Qt::AlignTop);
    return field;
}

void PolicyDialog::addStrict()
{
    m_strict = new QCheckBox(tr("Strict: credit exactly what was asked for, whatever came"));
    m_strict->setObjectName(objectName() + QStringLiteral(".strict"));
    m_strict->setAccessibleName(m_strict->text());
    m_strict->setChecked(m_rules.isStrict);
    connect(m_strict, &QCheckBox::toggled, this, &PolicyDialog::check);
    auto *warning = new TokenLabel(TextSize::Small, Token::Muted);
    warning->setText(
        tr("With it a customer can get 100 USD for 5: only for tests with a provider."));
    auto *column = new QVBoxLayout;
    column->setSpacing(px(2));
    column->addWidget(m_strict);
    column->addWidget(warning);
    body().addLayout(column);
}

void PolicyDialog::addMinimums()
{
    QGridLayout *coins = addGroup(tr("The least that may be asked for, USD"), kCoinsInRow);
    for (int i = 0; i < int(m_rules.minimums.size()); ++i) {
        const api::CoinMinimum &coin = m_rules.minimums[i];
        m_minimums.append(addField(*coins, i, QStringLiteral("minimum.") + coin.coin,
                                   coinName(coin.coin), formatMoney(coin.minimum)));
    }
}

void PolicyDialog::addReason()
{
    m_reason = new QLineEdit;
    m_reason->setObjectName(objectName() + QStringLiteral(".reason"));
    m_reason->setMaxLength(kPolicyReasonMax);
    connect(m_reason, &QLineEdit::textChanged, this, &PolicyDialog::check);
    body().addWidget(makeField(tr("Reason"), m_reason));
    auto *band = new Panel(Token::InfoTint);
    auto *column = new QVBoxLayout(band);
    column->setContentsMargins(px(12), px(9), px(12), px(9));
    m_changes = makeWords({});
    m_changes->setObjectName(objectName() + QStringLiteral(".changes"));
    column->addWidget(m_changes);
    body().addWidget(band);
    m_hint = new TokenLabel(TextSize::Small, Token::Muted);
    m_hint->setObjectName(objectName() + QStringLiteral(".hint"));
    body().addWidget(m_hint);
}

void PolicyDialog::changeSample()
{
    m_excessUpTo.edit->setText(QStringLiteral("3.00"));
    m_minimums.first().edit->setText(QStringLiteral("25.00"));
    m_reason->setText(QStringLiteral("Fewer small excesses wait for a person"));
}

std::optional<api::DepositRulesVersion> PolicyDialog::typed() const
{
    // Each is looked at, so that each field says what is wrong with it.
    const auto from = readPercent(m_tolerateFrom.edit->text());
    const auto goodFrom =
        checked(*m_tolerateFrom.hint, from, from && *from >= kTolerateFromMin && *from <= kAsAsked,
                tr("From 95 to 100, such as 97.5"));
    const auto upTo = readPercent(m_tolerateTo.edit->text());
    const auto goodTo =
        checked(*m_tolerateTo.hint, upTo, upTo && *upTo >= kAsAsked && *upTo <= kTolerateToMax,
                tr("From 100 to 105, such as 102.5"));
    const auto amountIn = [this](const Field &field, Money least, const QString &problem) {
        const auto amount = readUsd(field.edit->text(), locale());
        return checked(*field.hint, amount, amount && *amount >= least && *amount <= mostOfAll(),
                       problem);
    };
    const QString capProblem = tr("USD from 0 to 10,000; 0 is none");
    const auto excess = amountIn(m_excessUpTo, Money(), capProblem);
    const auto confirmed = amountIn(m_confirmedUpTo, Money(), capProblem);
    api::DepositRulesVersion rules = m_rules;
    rules.isStrict = m_strict->isChecked();
    bool areGood = goodFrom && goodTo && excess && confirmed;
    for (qsizetype i = 0; i < m_minimums.size(); ++i) {
        const auto minimum = amountIn(m_minimums[i], leastMinimum(), tr("USD from 1 to 10,000"));
        rules.minimums[i].minimum = minimum.value_or(Money());
        areGood = areGood && minimum;
    }
    if (!areGood)
        return std::nullopt;
    rules.tolerateFrom = *goodFrom;
    rules.tolerateTo = *goodTo;
    rules.excessUpTo = *excess;
    rules.confirmedUpTo = *confirmed;
    return rules;
}

void PolicyDialog::check()
{
    const auto rules = typed();
    const QStringList changes = rules ? policyChanges(m_rules, *rules) : QStringList();
    m_changes->parentWidget()->setVisible(!changes.isEmpty());
    m_changes->setText(changes.join(u'\n'));
    QString obstacle;
    if (!rules)
        obstacle = tr("Put right what is marked above");
    else if (changes.isEmpty())
        obstacle = tr("These are the rules now");
    else if (m_reason->text().trimmed().size() < kReasonMin)
        obstacle = tr("Say why, in %1 characters or more").arg(kReasonMin);
    m_hint->setText(obstacle);
    m_hint->setVisible(!obstacle.isEmpty());
    verb().setEnabled(obstacle.isEmpty());
}

/// Only what differs, so that nothing else can change by mistake.
Json PolicyDialog::payload() const
{
    Json payload = {{"v", 1}, {"version", m_rules.version}, {"reason", m_reason->text().trimmed()}};
    const api::DepositRulesVersion rules = typed().value_or(m_rules);
    if (rules.tolerateFrom != m_rules.tolerateFrom)
        payload["tolerate_from"] = rules.tolerateFrom;
    if (rules.tolerateTo != m_rules.tolerateTo)
        payload["tolerate_to"] = rules.tolerateTo;
    if (rules.excessUpTo != m_rules.excessUpTo)
        payload["excess_up_to"] = rules.excessUpTo.micros();
    if (rules.confirmedUpTo != m_rules.confirmedUpTo)
        payload["confirmed_up_to"] = rules.confirmedUpTo.micros();
    if (rules.isStrict != m_rules.isStrict)
        payload["is_strict"] = rules.isStrict;
    for (qsizetype i = 0; i < rules.minimums.size(); ++i) {
        if (rules.minimums[i] != m_rules.minimums[i])
            payload["minimums"][rules.minimums[i].coin.toStdString()] =
                rules.minimums[i].minimum.micros();
    }
    return payload;
}

QString PolicyDialog::wordsOf(const api::CommandResult &refusal) const
{
    if (refusal.code == QLatin1String("FiguresChanged"))
        return tr("Somebody has changed the rules meanwhile. Yours are not in force. Close this "
                  "and look at them again.");
    return CommandDialog::wordsOf(refusal);
}

} // namespace ui
