#include "ui/pages/deposits/deposits_page.h"

#include "ui/pages/deposits/deposit_words.h"
#include "ui/pages/deposits/loose_reviews.h"
#include "ui/pages/deposits/policy_dialog.h"
#include "ui/pages/deposits/policy_view.h"
#include "ui/pages/deposits/reversal_dialog.h"
#include "ui/pages/deposits/review_block.h"
#include "ui/pages/deposits/review_dialog.h"
#include "ui/pages/deposits/review_words.h"
#include "ui/support/format.h"
#include "ui/support/rights.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace ui {

namespace {

using namespace std::chrono_literals;

constexpr auto kCountDelay = 1s;
constexpr auto kTickInterval = 10s;
constexpr int kRowPx = 32;

enum Tab {
    Open,
    All,
    NeedsPerson,
    Rules,
};

QList<api::FilterTerm> termsOf(int tab)
{
    switch (tab) {
    case Open: return termsForStates([](api::DepositState state) { return !isFinal(state); });
    case NeedsPerson:
        return {{.field = QStringLiteral("review"), .value = QStringLiteral("waiting")}};
    default: return {};
    }
}

QString iconOfEvent(const QString &kind)
{
    if (kind.startsWith(QLatin1String("webhook")))
        return QStringLiteral("bolt");
    if (kind.contains(QLatin1String("credited")))
        return QStringLiteral("circle-check");
    if (kind.contains(QLatin1String("asked")))
        return QStringLiteral("circle-help");
    if (kind.contains(QLatin1String("expired")))
        return QStringLiteral("timer");
    return QStringLiteral("circle-dot");
}

bool isCredited(const api::DepositRow &row)
{
    return row.transfer && (row.state == api::DepositState::Credited ||
                            row.state == api::DepositState::OverpaidReview);
}

QString amountWithCoin(const QString &amount, const api::DepositRow &row)
{
    return amount.isEmpty() ? QString(kDash)
                            : padDecimals(amount, usualDecimals(row.coin)) + kNoBreakSpace +
                                  coinWords(row.coin).symbol;
}

} // namespace

DepositsPage::DepositsPage(const api::Backend &backend, Display &display, QWidget *parent)
    : Page(QStringLiteral("deposits"), tr("Deposits"), QStringLiteral("deposits"), parent)
    , m_backend(backend)
    , m_deposits(backend.deposits)
    , m_display(display)
    , m_model(new DepositsModel(backend.deposits, display, this))
    , m_loose(new LooseReviews(backend.session))
{
    auto *tabPanel = buildTabs();
    auto *pane = new TablePane(
        *m_model, DepositsModel::filterFields(backend.deposits),
        {.iconName = QStringLiteral("deposits"),
         .purpose = tr("Deposits appear here as soon as a customer tops up"),
         .filterHint = tr("customer, state, coin, amount, since, review, id, provider"),
         .tableName = tr("Deposits"),
         .fileName = name()});
    pane->setColumns(DepositsModel::columns(), kRowPx);
    build(pane, tabPanel, m_loose);
    m_policy = new PolicyView(backend, display);
    m_policy->hide();
    static_cast<QVBoxLayout *>(layout())->addWidget(m_policy, 1);
    connect(m_policy, &PolicyView::settledChanged, this, &Page::settledChanged);

    connect(m_loose, &LooseReviews::actionAsked, this,
            [this](const api::DepositReview &review, api::ReviewAction action) {
                openReview(review, action);
            });
    connect(pane, &TablePane::stateChanged, this, &DepositsPage::showFoot);
    connect(pane, &TablePane::stateChanged, this, &DepositsPage::showNotice);
    connect(&pane->table(), &SmartTable::objectSelected, this, [this] {
        showFoot();
        showNotice();
    });
    connect(m_model, &QAbstractItemModel::dataChanged, this, &DepositsPage::showNotice);
    connect(&display, &Display::changed, this, [this] {
        this->pane().table().viewport()->update();
        if (isDrawerOpen())
            showObject(m_shown);
    });
    connect(&backend.changes, &api::Changes::changed, this, &DepositsPage::takeChanges);
    connect(&backend.changes, &api::Changes::readAgain, this, [this] {
        reload();
        m_countTimer.start();
    });
    m_countTimer.setSingleShot(true);
    m_countTimer.setInterval(kCountDelay);
    connect(&m_countTimer, &QTimer::timeout, this, &DepositsPage::countTabs);
    connect(&m_tickTimer, &QTimer::timeout, m_model, &DepositsModel::tick);
    connect(&m_tickTimer, &QTimer::timeout, this, [this] {
        if (isVisible())
            readLoose(); // no change of a deposit tells of them
    });
    m_tickTimer.start(kTickInterval);
    pane->setBaseTerms({});
    countTabs();
}

QWidget *DepositsPage::buildTabs()
{
    m_tabs = new TabRow;
    m_tabs->addTab(tr("Open"));
    m_tabs->addTab(tr("All"));
    m_tabs->addTab(tr("Needs a person"));
    m_tabs->addTab(tr("Rules"));
    m_tabs->setCurrentIndex(All);
    m_tabs->setAccessibleName(tr("Which deposits"));
    m_tabs->setObjectName(objectName() + QStringLiteral(".tabs"));
    connect(m_tabs, &QTabBar::currentChanged, this, &DepositsPage::chooseTab);
    auto *match = makeButton(QStringLiteral("link"), Token::Text, tr("Match a payment"));
    match->setObjectName(objectName() + QStringLiteral(".action.match"));
    match->setAccessibleName(tr("Match a payment that nobody reported to a customer"));
    offer(*match, whyNot(m_backend.session, "deposit.match"));
    connect(match, &QPushButton::clicked, this,
            [this] { openReview(std::nullopt, api::ReviewAction::Match); });
    auto *panel = new Panel(Token::Surface, Qt::BottomEdge);
    auto *row = new QHBoxLayout(panel);
    row->setContentsMargins(px(12), 0, px(20), 0);
    row->addWidget(m_tabs, 0, Qt::AlignBottom);
    row->addStretch(1);
    row->addWidget(match);
    return panel;
}

void DepositsPage::chooseTab(int tab)
{
    setListShown(tab != Rules);
    m_policy->setVisible(tab == Rules);
    if (tab == Rules)
        m_policy->reload();
    else
        pane().setBaseTerms(termsOf(tab));
    Q_EMIT settledChanged();
}

bool DepositsPage::isPolicyShown() const
{
    return m_tabs->currentIndex() == Rules;
}

/// The counts are small questions of their own: a page of one row carries the total.
void DepositsPage::countTabs()
{
    const auto count = [this](int tab, Token tone) {
        whenReady(m_deposits.listDeposits({.filter = termsOf(tab), .after = {}, .limit = 1}), this,
                  [this, tab, tone](const Result<api::Page<api::DepositRow>> &page) {
                      if (page)
                          m_tabs->setCount(tab, page->total, page->isTotalExact,
                                           page->total > 0 ? tone : Token::Muted);
                  });
    };
    count(Open, Token::Muted);
    count(NeedsPerson, Token::Warn);
    readLoose();
}

void DepositsPage::readLoose()
{
    whenReady(m_deposits.loadLooseReviews(), this,
              [this](const Result<QList<api::DepositReview>> &reviews) {
                  if (reviews)
                      m_loose->showReviews(*reviews);
              });
}

void DepositsPage::takeChanges(const QList<core::Change> &changes)
{
    QList<qint64> ids;
    bool hasPolicyChanged = false;
    for (const core::Change &change : changes) {
        if (change.topic == Topic::Deposit)
            ids.append(change.id);
        hasPolicyChanged = hasPolicyChanged || change.topic == Topic::Policy;
    }
    if (hasPolicyChanged && isPolicyShown())
        m_policy->reload();
    if (ids.isEmpty())
        return;
    m_model->noteChanged(ids);
    if (isDrawerOpen() && ids.contains(m_shown))
        showObject(m_shown);
    if (!m_countTimer.isActive())
        m_countTimer.start();
}

void DepositsPage::showFoot()
{
    QString leading = tr("%1 rows").arg(formatTotal(m_model->total(), m_model->isTotalExact()));
    if (m_model->total() == 1)
        leading = tr("1 row");
    if (m_model->rowOfId(pane().table().selectedObject()) != nullptr)
        leading = tr("%1, 1 selected").arg(leading);
    QStringList trailing;
    if (m_model->isComplete()) {
        int slow = 0;
        int late = 0;
        const Timestamp now = m_display.now();
        m_model->forEachRow([&](const api::DepositRow &row) {
            const Slowness slowness = slownessOf(row, now);
            slow += slowness == Slowness::Slow ? 1 : 0;
            late += slowness == Slowness::Late ? 1 : 0;
        });
        if (slow > 0)
            trailing << tr("%1 over 15 min").arg(formatCount(slow));
        if (late > 0)
            trailing << tr("%1 over 60 min").arg(formatCount(late));
    }
    const bool isKnown = m_model->readAt().has_value();
    pane().setFoot(isKnown ? leading : QString(),
                   isKnown ? trailing.join(QStringLiteral("     ")) : QString());
}

/// Why the selected deposit waits for a person, in the words of whoever stopped it.
void DepositsPage::showNotice()
{
    const api::DepositRow *row = m_model->rowOfId(pane().table().selectedObject());
    if (row == nullptr || !wordsOf(row->state).needsPerson)
        return pane().setNotice({}, {}, {});
    pane().setNotice(tr("%1 waits for a person.").arg(depositName(row->id)),
                     row->note.isEmpty()
                         ? tr("Nothing more is credited until somebody has decided.")
                         : row->note,
                     {});
}

// ---- drawer

void DepositsPage::showObject(qint64 id)
{
    if (m_shown != id)
        drawer().clear();
    m_shown = id;
    const DepositId deposit{id};
    drawer().setHead(depositName(deposit), {});
    if (const api::DepositRow *row = m_model->rowOfId(id))
        drawer().setState(wordsOf(row->state).iconName, wordsOf(row->state).word,
                          wordsOf(row->state).tone);
    setDetailPending(true);
    whenReady(m_deposits.loadDeposit(deposit), this,
              [this, id](const Result<api::DepositDetail> &detail) {
                  if (m_shown != id)
                      return;
                  setDetailPending(false);
                  if (detail)
                      showDetail(*detail);
                  else
                      drawer().setMessage(sentenceOf(detail.error().code));
              });
}

void DepositsPage::showDetail(const api::DepositDetail &detail)
{
    const api::DepositRow &row = detail.row;
    const DepositStateWords &state = wordsOf(row.state);
    drawer().clear();
    drawer().setHead(depositName(row.id), row.customerName.isEmpty()
                                              ? tr("Customer %1").arg(row.customer.value)
                                              : row.customerName);
    drawer().setState(state.iconName, state.word, state.tone);
    if (!row.note.isEmpty())
        drawer().addText(state.needsPerson ? state.iconName : QStringLiteral("message"),
                         state.needsPerson ? state.tone : Token::Muted, row.note);
    addReviews(detail);
    addMoney(detail);
    addReversal(row);
    addHistory(detail);
}

void DepositsPage::addReviews(const api::DepositDetail &detail)
{
    for (const api::DepositReview &review : detail.reviews) {
        auto *block = new ReviewBlock(review, m_backend.session, m_display);
        connect(block, &ReviewBlock::actionAsked, this,
                [this, review](api::ReviewAction action) { openReview(review, action); });
        drawer().addBlock(wordsOf(review.kind).word, block);
        if (!m_opensReview || !review.isWaiting() ||
            !whyNot(m_backend.session, "deposit.preview").isEmpty())
            continue;
        m_opensReview = false;
        openReview(review, actionsOf(review).first())->previewFully();
    }
    m_opensReview = false;
}

void DepositsPage::addMoney(const api::DepositDetail &detail)
{
    const api::DepositRow &row = detail.row;
    const auto moment = [&](const std::optional<Timestamp> &when) {
        return when ? formatFullMoment(*when, m_display.zone()) : QString(kDash);
    };
    drawer().addFacts(
        tr("Money"),
        {{.label = tr("Asked for"), .value = formatUsd(row.requested)},
         {.label = tr("Expected"), .value = amountWithCoin(row.expectedCrypto, row)},
         {.label = tr("Received"), .value = amountWithCoin(row.receivedCrypto, row)},
         {.label = tr("Credited"),
          .value = formatUsd(row.credited),
          .tone = row.credited.isZero() ? Token::Muted : Token::Good},
         {.label = tr("Posting"),
          .value = row.transfer ? QString::number(row.transfer->value) : QString(kDash)}});
    const CoinWords coin = coinWords(row.coin);
    drawer().addFacts(
        tr("Payment"),
        {{.label = tr("Coin"),
          .value = coin.network.isEmpty() ? coin.symbol : coin.symbol + u' ' + coin.network},
         {.label = tr("Address"),
          .value = detail.address.isEmpty() ? QString(kDash) : detail.address,
          .isCode = true},
         {.label = tr("Provider id"),
          .value = row.providerPaymentId.isEmpty() ? QString(kDash) : row.providerPaymentId,
          .isCode = true},
         {.label = tr("Created, %1").arg(m_display.zoneWord()), .value = moment(row.createdAt)},
         {.label = tr("Expires"), .value = moment(detail.expiresAt)},
         {.label = tr("Last webhook"), .value = moment(row.lastWebhookAt)},
         {.label = tr("Last check"), .value = moment(row.lastCheckAt)}});
}

/// Of a credit that turned out false: one person asks here, another one of Finance agrees.
void DepositsPage::addReversal(const api::DepositRow &row)
{
    if (!isCredited(row))
        return;
    auto *button = new QPushButton(tr("Ask to take it back"));
    button->setObjectName(objectName() + QStringLiteral(".action.takeBack"));
    button->setAccessibleName(tr("Ask to take deposit %1 back").arg(depositName(row.id)));
    offer(*button, whyNot(m_backend.session, "deposit.reverse"));
    connect(button, &QPushButton::clicked, this, [this, row] { openReversal(row); });
    drawer().addBlock(tr("Never settled?"), button);
}

void DepositsPage::addHistory(const api::DepositDetail &detail)
{
    QList<TimelineEvent> events;
    for (const api::DepositEvent &event : detail.events) {
        const QString icon = iconOfEvent(event.kind);
        const MomentWords when = formatMoment(event.at, detail.row.createdAt, m_display.zone());
        events.append({.time = when.date.isEmpty() ? when.time : when.date + u' ' + when.time,
                       .title = event.kind,
                       .detail = event.detail,
                       .iconName = icon,
                       .tone = icon == QLatin1String("circle-check") ? Token::Good : Token::Muted});
    }
    if (!events.isEmpty())
        drawer().addBlock(tr("History"), new Timeline(events));
}

// ---- deciding

ReviewDialog *DepositsPage::openReview(const std::optional<api::DepositReview> &review,
                                       api::ReviewAction action)
{
    auto *dialog = new ReviewDialog(review, action, m_backend, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ReviewDialog::settledChanged, this, &Page::settledChanged);
    connect(dialog, &ReviewDialog::decided, this, [this] {
        reload();
        m_countTimer.start();
        if (isDrawerOpen())
            showObject(m_shown);
    });
    m_dialog = dialog;
    dialog->show();
    return dialog;
}

ReversalDialog *DepositsPage::openReversal(const api::DepositRow &row)
{
    auto *dialog = new ReversalDialog(row, m_backend, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ReversalDialog::settledChanged, this, &Page::settledChanged);
    connect(dialog, &ReversalDialog::asked, this, &DepositsPage::reload);
    m_reversal = dialog;
    dialog->show();
    return dialog;
}

// ---- the list, or the rules in its place

PageState DepositsPage::state() const
{
    return isPolicyShown() ? m_policy->state() : Page::state();
}

bool DepositsPage::isSettled() const
{
    return (isPolicyShown() ? m_policy->isSettled() : Page::isSettled()) &&
           (!m_dialog || m_dialog->isSettled()) && (!m_reversal || m_reversal->isSettled());
}

void DepositsPage::reload()
{
    if (isPolicyShown())
        m_policy->reload();
    else
        Page::reload();
}

void DepositsPage::takeFocus()
{
    if (isPolicyShown())
        m_tabs->setFocus();
    else
        Page::takeFocus();
}

void DepositsPage::showStart()
{
    m_tabs->setCurrentIndex(All);
    Page::showStart();
}

void DepositsPage::openDrawer()
{
    if (!isPolicyShown())
        Page::openDrawer();
}

// ---- pictures

QStringList DepositsPage::scenes() const
{
    return Page::scenes() << QStringLiteral("review") << QStringLiteral("take_back")
                          << QStringLiteral("rules") << QStringLiteral("change_rules");
}

bool DepositsPage::selectFirst(bool (*isIt)(const api::DepositRow &))
{
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const api::DepositRow *deposit = m_model->rowAt(row);
        if (deposit == nullptr || !isIt(*deposit))
            continue;
        pane().table().setCurrentIndex(m_model->index(row, 0));
        return true;
    }
    return false;
}

/// A decision about the first deposit that waits for one; without any, only its drawer.
void DepositsPage::showScene(const QString &scene)
{
    if (scene == QLatin1String("rules") || scene == QLatin1String("change_rules")) {
        m_tabs->setCurrentIndex(Rules);
        PolicyDialog *dialog = scene == QLatin1String("rules") ? nullptr : m_policy->change();
        if (dialog != nullptr)
            dialog->changeSample();
        return;
    }
    if (scene == QLatin1String("review"))
        m_opensReview =
            selectFirst([](const api::DepositRow &row) { return row.waitingReviews > 0; });
    else if (scene == QLatin1String("take_back") && selectFirst(isCredited))
        openReversal(*m_model->rowOfId(pane().table().selectedObject()))->previewFully();
    else
        return Page::showScene(scene);
    openDrawer();
}

} // namespace ui
