#include "ui/pages/deposits/policy_view.h"

#include "ui/pages/deposits/policy_dialog.h"
#include "ui/pages/deposits/policy_words.h"
#include "ui/support/drawer.h"
#include "ui/support/format.h"
#include "ui/support/rights.h"
#include "ui/support/when_ready.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>

namespace ui {

namespace {

constexpr int kPolicyColumnPx = 760;
constexpr int kOutcomeWidthPx = 350;
constexpr int kMinimumWidthPx = 120;
constexpr int kOfferWidthPx = 220;
constexpr int kSwitchWidthPx = 96;
constexpr int kPastWidthPx = 400;

QScrollArea *makePolicyArea(const QString &name)
{
    auto *area = new QScrollArea;
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->viewport()->setBackgroundRole(QPalette::Base);
    area->setAccessibleName(name);
    return area;
}

/// Another content at the same place: somebody may be reading it.
void setContent(QScrollArea &area, QWidget *content)
{
    const int at = area.verticalScrollBar()->value();
    area.setWidget(content); // deletes the one before
    content->show();
    area.verticalScrollBar()->setValue(at);
}

void addPolicyTitle(QVBoxLayout &column, const QString &words)
{
    auto *title = new TokenLabel(TextSize::Section, Token::Text, QFont::DemiBold);
    title->setText(words);
    if (column.count() > 0)
        column.addSpacing(px(22));
    column.addWidget(title);
    column.addSpacing(px(6));
}

QHBoxLayout *addLine(QVBoxLayout &column)
{
    auto *line = new Panel(Token::Surface, Qt::BottomEdge);
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(0, px(8), 0, px(9));
    row->setSpacing(px(12));
    column.addWidget(line);
    return row;
}

/// What came, and what becomes of it.
void addOutcome(QVBoxLayout &column, const QString &words, const QString &outcome)
{
    QHBoxLayout *row = addLine(column);
    auto *right = new TokenLabel(TextSize::Body, Token::Text, QFont::Medium);
    right->setText(outcome);
    right->setWordWrap(true);
    right->setFixedWidth(px(kOutcomeWidthPx));
    row->addWidget(makeWords(words), 1);
    row->addWidget(right);
}

} // namespace

PolicyView::PolicyView(const api::Backend &backend, const Display &display, QWidget *parent)
    : QWidget(parent)
    , m_backend(backend)
    , m_display(display)
{
    setObjectName(QStringLiteral("page.deposits.rules"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    m_states = new StatePane(build());
    column->addWidget(m_states);
    connect(m_states, &StatePane::retryAsked, this, &PolicyView::reload);
    connect(&display, &Display::changed, this, [this] {
        if (m_policy)
            showPolicy(*m_policy);
    });
}

QWidget *PolicyView::build()
{
    auto *content = new Panel(Token::Surface);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *head = new Panel(Token::Surface, Qt::BottomEdge);
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(px(20), px(8), px(20), px(9));
    m_inForce = new TokenLabel(TextSize::Body, Token::Muted);
    m_change = makeButton(QStringLiteral("pencil"), Token::Text, tr("Change rules"));
    m_change->setObjectName(objectName() + QStringLiteral(".change"));
    offer(*m_change, whyNot(m_backend.session, "policy.deposit_rules"));
    connect(m_change, &QPushButton::clicked, this, &PolicyView::change);
    row->addWidget(m_inForce, 1);
    row->addWidget(m_change);
    column->addWidget(head);
    auto *panes = new QHBoxLayout;
    panes->setSpacing(0);
    m_rules = makePolicyArea(tr("Rules in force"));
    m_history = makePolicyArea(tr("Versions of the rules"));
    auto *side = new Panel(Token::Surface, Qt::LeftEdge);
    side->setFixedWidth(px(kPastWidthPx));
    auto *sideColumn = new QVBoxLayout(side);
    sideColumn->setContentsMargins(1, 0, 0, 0);
    sideColumn->addWidget(m_history);
    panes->addWidget(m_rules, 1);
    panes->addWidget(side);
    column->addLayout(panes, 1);
    return content;
}

void PolicyView::reload()
{
    m_isStale = m_isReading;
    if (m_isReading)
        return;
    m_isReading = true;
    if (!m_policy)
        m_states->setLoading();
    whenReady(m_backend.deposits.loadPolicy(), this,
              [this](const Result<api::DepositPolicy> &policy) { take(policy); });
}

void PolicyView::take(const Result<api::DepositPolicy> &policy)
{
    m_isReading = false;
    if (policy && policy->versions.isEmpty()) {
        m_policy.reset();
        m_states->setEmpty(QStringLiteral("scale"), tr("How deposits are credited stands here"));
    } else if (policy) {
        m_policy = *policy;
        showPolicy(*policy);
        m_states->setReady();
    } else {
        m_policy.reset();
        m_states->setFailed(policy.error());
    }
    if (m_isStale && policy)
        reload();
    Q_EMIT settledChanged();
}

void PolicyView::showPolicy(const api::DepositPolicy &policy)
{
    const api::DepositRulesVersion &rules = policy.versions.first();
    showRules();
    showHistory();
    m_inForce->setText(rules.since
                           ? tr("Version %1, in force since %2 %3")
                                 .arg(rules.version)
                                 .arg(formatFullMoment(*rules.since, m_display.zone()).left(16),
                                      m_display.zoneWord())
                           : tr("Version %1, as shipped").arg(rules.version));
}

// ---- the rules, in words

void PolicyView::showRules()
{
    auto *box = new QWidget;
    box->setBackgroundRole(QPalette::Base);
    auto *outer = new QHBoxLayout(box);
    outer->setContentsMargins(px(20), px(18), px(20), px(20));
    auto *inner = new QWidget;
    inner->setMaximumWidth(px(kPolicyColumnPx));
    auto *column = new QVBoxLayout(inner);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    addCrediting(*column);
    addCoins(*column);
    column->addStretch(1);
    outer->addWidget(inner, 1);
    outer->addStretch(0);
    setContent(*m_rules, box);
}

void PolicyView::addCrediting(QVBoxLayout &column)
{
    const api::DepositRulesVersion &rules = m_policy->versions.first();
    addPolicyTitle(column, tr("How much counts as paid"));
    if (rules.isStrict) {
        addOutcome(column, tr("Whatever came: the rules are strict"),
                   tr("Exactly what was asked for"));
    } else {
        const QString enough = percentWords(rules.tolerateFrom);
        const QString tooMuch = percentWords(rules.tolerateTo);
        addOutcome(column, tr("From %1 to %2 of what was asked for").arg(enough, tooMuch),
                   tr("Credited as asked"));
        addOutcome(column, tr("Less than %1").arg(enough), tr("Credited in proportion"));
        if (rules.excessUpTo.isZero()) {
            addOutcome(column, tr("More than %1").arg(tooMuch),
                       tr("Credited as asked; a person decides about the rest"));
        } else {
            const QString cap = formatUsd(rules.excessUpTo);
            addOutcome(column, tr("More than %1, by up to %2").arg(tooMuch, cap),
                       tr("Credited with all of it"));
            addOutcome(column, tr("More than %1, by over %2").arg(tooMuch, cap),
                       tr("Credited as asked; a person decides about the rest"));
        }
        addOutcome(column, tr("Nobody says how much came"),
                   tr("Up to 20.00 USD as asked, else a person decides"));
    }
    addPolicyTitle(column, tr("When it is credited"));
    const bool hasCap = !rules.confirmedUpTo.isZero();
    if (hasCap)
        addOutcome(column, tr("Asked for up to %1").arg(formatUsd(rules.confirmedUpTo)),
                   tr("As soon as the payment is confirmed"));
    addOutcome(column, hasCap ? tr("Asked for more") : tr("Every payment"),
               tr("When the provider has settled it"));
}

// ---- the coins

void PolicyView::addCoins(QVBoxLayout &column)
{
    addPolicyTitle(column, tr("Coins, and the least that may be asked for"));
    addOffer(column, m_policy->all, {});
    const QList<api::CoinMinimum> &minimums = m_policy->versions.first().minimums;
    for (const api::CoinOffer &offer : std::as_const(m_policy->coins)) {
        Money minimum = offer.providerMinimum.value_or(Money());
        for (const api::CoinMinimum &ours : minimums) {
            if (ours.coin == offer.coin)
                minimum = std::max(minimum, ours.minimum);
        }
        addOffer(column, offer, formatUsd(minimum));
    }
}

void PolicyView::addOffer(QVBoxLayout &column, const api::CoinOffer &offer, const QString &minimum)
{
    const QString name = offer.coin.isEmpty() ? tr("All coins") : coinName(offer.coin);
    QHBoxLayout *row = addLine(column);
    row->setContentsMargins(0, px(5), 0, px(6));
    auto *left = new QVBoxLayout;
    left->setSpacing(px(1));
    left->addWidget(makeWords(name));
    if (offer.isPaused) {
        auto *why = new TokenLabel(TextSize::Small, Token::Muted);
        why->setWordWrap(true);
        why->setText(offer.changedAt
                         ? tr("%1, %2: %3")
                               .arg(offer.changedBy,
                                    formatFullMoment(*offer.changedAt, m_display.zone()).left(16),
                                    offer.reason)
                         : tr("%1: %2").arg(offer.changedBy, offer.reason));
        left->addWidget(why);
    }
    row->addLayout(left, 1);
    auto *least = new TokenLabel(TextSize::Body, Token::Text, QFont::Medium);
    least->setText(minimum);
    least->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    least->setFixedWidth(px(kMinimumWidthPx));
    row->addWidget(least);
    auto *state = new StateLabel;
    if (offer.isPaused)
        state->setState(QStringLiteral("ban"), tr("Paused"), Token::Warn);
    else if (offer.unavailableUntil)
        state->setState(QStringLiteral("timer"), tr("The provider has none"), Token::Warn);
    else if (m_policy->all.isPaused)
        state->setState(QStringLiteral("circle-minus"), tr("Stopped with all"), Token::Muted);
    else
        state->setState(QStringLiteral("circle-check"), tr("On offer"), Token::Good);
    auto *place = new QWidget;
    place->setFixedWidth(px(kOfferWidthPx));
    auto *placeRow = new QHBoxLayout(place);
    placeRow->setContentsMargins(px(20), 0, 0, 0);
    placeRow->addWidget(state);
    placeRow->addStretch(1);
    row->addWidget(place);
    addSwitch(*row, offer, name);
}

void PolicyView::addSwitch(QLayout &row, const api::CoinOffer &offer, const QString &name)
{
    const QString words = offer.isPaused ? tr("Take again") : tr("Pause");
    auto *button = new QPushButton(words);
    button->setFixedWidth(px(kSwitchWidthPx));
    //: %1 is "Pause" or "Take again", %2 a coin.
    button->setAccessibleName(tr("%1: %2").arg(words, name));
    button->setObjectName(
        objectName() + (offer.isPaused ? QStringLiteral(".resume.") : QStringLiteral(".pause.")) +
        (offer.coin.isEmpty() ? QStringLiteral("all") : offer.coin));
    ui::offer(*button,
              whyNot(m_backend.session, offer.isPaused ? "deposits.resume" : "deposits.pause"));
    connect(button, &QPushButton::clicked, this, [this, offer] { askSwitch(offer); });
    row.addWidget(button);
}

void PolicyView::askSwitch(const api::CoinOffer &offer)
{
    const bool isAll = offer.coin.isEmpty();
    const QString name = isAll ? tr("all coins") : coinName(offer.coin);
    auto *dialog = new ReasonDialog(
        {.name = QStringLiteral("dialog.coin"),
         .title = offer.isPaused ? tr("Take %1 again").arg(name) : tr("Pause %1").arg(name),
         .sentence = offer.isPaused
                         ? tr("From now on the bot offers it again.")
                         : tr("From now on the bot does not offer it. What is under way already is "
                              "credited as always."),
         .verb = offer.isPaused ? tr("Take again") : tr("Pause"),
         .isDanger = !offer.isPaused,
         .kind =
             offer.isPaused ? QStringLiteral("deposits.resume") : QStringLiteral("deposits.pause"),
         .payload = {{"coin", isAll ? QStringLiteral("all") : offer.coin}}},
        m_backend.commands, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CommandDialog::done, this, &PolicyView::reload);
    dialog->show();
}

// ---- what was before

void PolicyView::showHistory()
{
    const QList<api::DepositRulesVersion> &versions = m_policy->versions;
    QList<TimelineEvent> events;
    for (qsizetype i = 0; i < versions.size(); ++i) {
        const api::DepositRulesVersion &rules = versions[i];
        QStringList lines;
        if (i + 1 < versions.size())
            lines = policyChanges(versions[i + 1], rules);
        if (!rules.changedBy.isEmpty())
            lines.prepend(QStringLiteral("%1: %2").arg(rules.changedBy, rules.reason));
        events.append(
            {.time = rules.since ? formatFullMoment(*rules.since, m_display.zone()).left(16)
                                 : QString(),
             .title = rules.since ? tr("Version %1").arg(rules.version)
                                  : tr("Version %1, as shipped").arg(rules.version),
             .detail = lines.join(u'\n'),
             .iconName = i == 0 ? QStringLiteral("circle-check") : QStringLiteral("circle-dot"),
             .tone = i == 0 ? Token::Good : Token::Muted});
    }
    auto *box = new QWidget;
    box->setBackgroundRole(QPalette::Base);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(px(16), px(18), px(16), px(16));
    column->setSpacing(px(12));
    auto *title = new TokenLabel(TextSize::Section, Token::Text, QFont::DemiBold);
    title->setText(tr("History"));
    column->addWidget(title);
    column->addWidget(new Timeline(events));
    column->addStretch(1);
    setContent(*m_history, box);
}

PolicyDialog *PolicyView::change()
{
    if (!m_policy)
        return nullptr;
    auto *dialog = new PolicyDialog(m_policy->versions.first(), m_backend.commands, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CommandDialog::done, this, &PolicyView::reload);
    dialog->show();
    return dialog;
}

} // namespace ui
