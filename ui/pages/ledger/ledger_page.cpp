#include "ui/pages/ledger/ledger_page.h"

#include "ui/pages/ledger/explanation_view.h"
#include "ui/pages/ledger/ledger_words.h"
#include "ui/pages/ledger/past_bar.h"
#include "ui/pages/ledger/wallet_head.h"
#include "ui/support/format.h"
#include "ui/support/rights.h"

#include <QPushButton>
#include <QScrollBar>
#include <QShortcut>
#include <QVBoxLayout>

namespace ui {

namespace {

using namespace std::chrono_literals;

constexpr int kRowPx = 26;
constexpr auto kBalancesDelay = 500ms;

/// An entry as a line of the drawer: "Priya Nair available" and "+10.00".
Fact factOf(const api::TransferRow &row, const api::EntryRow &entry)
{
    const QString sign = entry.amount.isPositive() ? QStringLiteral("+") : QString();
    const QString owner = entry.isCustomers ? customerWord(row) + u' ' : QString();
    return {.label = owner + entry.account, .value = sign + formatMoney(entry.amount)};
}

} // namespace

LedgerPage::LedgerPage(const api::Backend &backend, Display &display, QWidget *parent)
    : Page(QStringLiteral("ledger"), tr("Ledger"), QStringLiteral("ledger"), parent)
    , m_ledger(backend.ledger)
    , m_session(backend.session)
    , m_display(display)
    , m_model(new LedgerModel(backend.ledger, display, this))
    , m_head(new WalletHead)
    , m_past(new PastBar(display))
{
    auto *pane =
        new TablePane(*m_model, ledgerFilterFields(backend.ledger),
                      {.iconName = QStringLiteral("ledger"),
                       .purpose = tr("Every movement of money appears here as two or more entries"),
                       .filterHint = tr("customer, account, kind, amount, id, since"),
                       .tableName = tr("Ledger"),
                       .fileName = name()});
    pane->setColumns(LedgerModel::columns(), kRowPx);
    m_head->setObjectName(objectName() + QStringLiteral(".wallet"));
    m_head->hide();
    m_past->hide();
    auto *above = new QWidget;
    auto *column = new QVBoxLayout(above);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_head);
    column->addWidget(m_past);
    build(pane, nullptr, above);
    connect(m_past, &PastBar::momentAsked, this, &LedgerPage::showPast);
    // Later: it may have been left because the list changed.
    connect(m_past, &PastBar::leftPast, this, &LedgerPage::leavePast, Qt::QueuedConnection);
    auto *explainKey = new QShortcut(QKeySequence(Qt::Key_X), &pane->table());
    explainKey->setContext(Qt::WidgetShortcut); // a letter, so nowhere else
    connect(explainKey, &QShortcut::activated, this, &LedgerPage::explainSelected);

    connect(pane, &TablePane::stateChanged, this, &LedgerPage::showTotals);
    connect(&pane->table(), &SmartTable::objectSelected, this, &LedgerPage::showTotals);
    connect(&display, &Display::changed, this, [this] {
        this->pane().table().viewport()->update();
        if (isDrawerOpen())
            showObject(this->pane().table().selectedObject());
    });
    connect(&backend.changes, &api::Changes::changed, this, &LedgerPage::takeChanges);
    connect(&backend.changes, &api::Changes::readAgain, this, [this] { reload(); });
    const auto refundKey = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_R), this);
    refundKey->setContext(Qt::WidgetWithChildrenShortcut);
    connect(refundKey, &QShortcut::activated, this, [this] {
        const api::TransferRow *row = m_model->rowOfId(this->pane().table().selectedObject());
        if (row != nullptr && row->kind == QLatin1String("plan") && !m_past->isPast() &&
            may(m_session, "refund.request"))
            Q_EMIT planRefundAsked(row->id);
    });
    connect(pane, &TablePane::stateChanged, this, &LedgerPage::readBalancesLater);
    m_balancesTimer.setSingleShot(true);
    m_balancesTimer.setInterval(kBalancesDelay);
    connect(&m_balancesTimer, &QTimer::timeout, this, [this] {
        if (this->pane().table().verticalScrollBar()->value() == 0)
            reload();
    });
    pane->setBaseTerms({});
}

/// Just after the start of a console, the balances of the platform accounts in a long ledger are
/// still being summed up, a part with each read. Nobody who has scrolled away is disturbed for it.
void LedgerPage::readBalancesLater()
{
    bool isMissing = false;
    m_model->forEachRow([&](const api::TransferRow &row) {
        for (const api::EntryRow &entry : row.entries)
            isMissing = isMissing || !entry.balanceAfter;
    });
    if (isMissing && state() == PageState::Ready && !m_balancesTimer.isActive())
        m_balancesTimer.start();
}

void LedgerPage::showCustomer(CustomerId customer, const QString &name)
{
    pane().filter().nameValue(QStringLiteral("customer"),
                              {.word = name, .value = QString::number(customer.value)});
    pane().filter().setTerms({{.field = QStringLiteral("customer"),
                               .comparison = api::FilterTerm::Comparison::Is,
                               .value = QString::number(customer.value)}});
}

void LedgerPage::takeChanges(const QList<core::Change> &changes)
{
    QList<qint64> ids;
    bool isWalletTouched = false;
    for (const core::Change &change : changes) {
        if (change.topic == Topic::Transfer)
            ids.append(change.id);
        isWalletTouched =
            isWalletTouched || (change.topic == Topic::Wallet && change.id == m_walletOf.value);
    }
    if (!ids.isEmpty())
        m_model->noteChanged(ids);
    if (isWalletTouched && m_head->isVisible())
        loadWallet();
}

void LedgerPage::showTotals()
{
    qint64 entries = 0;
    Money sum;
    m_model->forEachRow([&](const api::TransferRow &row) {
        entries += row.entries.size();
        for (const api::EntryRow &entry : row.entries)
            sum += entry.amount;
    });
    const QString total = formatTotal(m_model->total(), m_model->isTotalExact());
    QString leading = m_model->isComplete()
                          ? tr("%1 postings, %2 entries").arg(total, formatCount(entries))
                          : tr("%1 postings").arg(total);
    if (m_model->rowOfId(pane().table().selectedObject()) != nullptr)
        leading = tr("%1, 1 selected").arg(leading);
    pane().setFoot(m_model->readAt() ? leading : QString(), {});
    m_head->showSum(sum);

    const std::optional<CustomerId> customer = filteredCustomer();
    if (!customer) {
        m_head->hide();
        m_past->hide();
        m_walletOf = {};
        m_past->leave();
    } else if (*customer != m_walletOf) {
        m_walletOf = *customer;
        loadWallet();
    }
}

/// What the filter asks for as the one customer; empty: for none, or several.
QString LedgerPage::customerFilter() const
{
    QStringList asked;
    for (const api::FilterTerm &term : m_model->filter()) {
        if (term.field == QLatin1String("customer") &&
            term.comparison == api::FilterTerm::Comparison::Is)
            asked << term.value;
    }
    return asked.size() == 1 ? asked.first() : QString();
}

/// The one customer all rows belong to, when the filter asks for one.
std::optional<CustomerId> LedgerPage::filteredCustomer() const
{
    const QString asked = customerFilter();
    if (asked.isEmpty())
        return std::nullopt;
    if (m_past->isPast()) // there may be no row yet at that instant
        return asked == m_pastFilter ? std::optional(m_walletOf) : std::nullopt;
    std::optional<CustomerId> only;
    bool isOne = true;
    m_model->forEachRow([&](const api::TransferRow &row) {
        isOne = isOne && (!only || *only == row.customer);
        only = row.customer;
    });
    return isOne && only && *only != CustomerId{} ? only : std::nullopt;
}

void LedgerPage::loadWallet()
{
    whenReady(m_ledger.loadWallet(m_walletOf), this,
              [this, asked = m_walletOf](const Result<api::WalletSummary> &wallet) {
                  if (asked != m_walletOf || asked == CustomerId{})
                      return;
                  m_head->setVisible(wallet.has_value());
                  m_past->setVisible(wallet.has_value());
                  if (wallet)
                      m_head->showWallet(*wallet);
              });
}

// ---- the past

void LedgerPage::showPast(Timestamp at)
{
    m_isPastPending = true;
    m_pastFilter = customerFilter();
    whenReady(m_ledger.loadBalanceAt(m_walletOf, at), this,
              [this, asked = m_walletOf](const Result<api::PastBalance> &balance) {
                  m_isPastPending = false;
                  if (asked != m_walletOf || !m_past->isPast())
                      return;
                  if (!balance)
                      return m_past->showFailure(balance.error());
                  m_past->showBalance(*balance);
                  const qint64 last = balance->transfer ? balance->transfer->value : 0;
                  pane().setBaseTerms({{.field = QStringLiteral("id"),
                                        .comparison = api::FilterTerm::Comparison::Below,
                                        .value = QString::number(last + 1)}});
                  Q_EMIT settledChanged();
              });
}

void LedgerPage::leavePast()
{
    pane().setBaseTerms({});
}

// ---- why

void LedgerPage::explainSelected()
{
    const qint64 id = pane().table().selectedObject();
    if (id == 0)
        return;
    if (!isDrawerOpen())
        openDrawer();
    explain(TransferId{id});
}

void LedgerPage::explain(TransferId transfer)
{
    m_explained = transfer;
    setDetailPending(true);
    whenReady(m_ledger.explain(transfer), this,
              [this, transfer](const Result<QList<api::ExplainedTransfer>> &explained) {
                  if (m_explained != transfer)
                      return;
                  setDetailPending(false);
                  if (explained)
                      showExplanation(transfer, *explained);
                  else
                      drawer().setMessage(sentenceOf(explained.error().code));
              });
}

void LedgerPage::showExplanation(TransferId asked, const QList<api::ExplainedTransfer> &transfers)
{
    drawer().clear();
    drawer().setHead(tr("Why posting %1").arg(asked.value),
                     tr("What belongs together, oldest first"));
    drawer().setState({}, {}, Token::Muted);
    for (const api::ExplainedTransfer &transfer : transfers)
        drawer().addBlock(transfer.id == asked
                              ? tr("%1, this posting").arg(ExplanationView::titleOf(transfer))
                              : ExplanationView::titleOf(transfer),
                          new ExplanationView(transfer, m_display.zone()));
    auto *back = new QPushButton(tr("Back to the posting"));
    back->setObjectName(objectName() + QStringLiteral(".action.back"));
    back->setAccessibleName(back->text());
    // Later: the button goes with what the drawer shows now.
    connect(
        back, &QPushButton::clicked, this, [this, asked] { showObject(asked.value); },
        Qt::QueuedConnection);
    drawer().addBlock({}, back);
    drawer().setFoot(tr("Names, numbers and what people wrote are masked."));
}

bool LedgerPage::isSettled() const
{
    return Page::isSettled() && !m_isPastPending;
}

QStringList LedgerPage::scenes() const
{
    return Page::scenes() << QStringLiteral("explain") << QStringLiteral("past");
}

/// "past" is just before the newest posting, of its customer.
void LedgerPage::showScene(const QString &scene)
{
    m_past->leave();
    pane().filter().clear();
    Page::showScene(scene == QLatin1String("past") ? QString() : scene);
    if (scene == QLatin1String("explain"))
        explainSelected();
    const api::TransferRow *newest = m_model->rowAt(0);
    if (scene != QLatin1String("past") || newest == nullptr || newest->customer == CustomerId{})
        return;
    const CustomerId customer = newest->customer;
    const Timestamp before = newest->at - std::chrono::seconds(1);
    showCustomer(customer, customerWord(*newest));
    m_walletOf = customer; // the list has not been read yet
    m_past->goTo(before);
    loadWallet();
}

// ---- drawer

void LedgerPage::showObject(qint64 id)
{
    const api::TransferRow *row = m_model->rowOfId(id);
    if (row == nullptr)
        return;
    if (m_explained != TransferId{}) {
        m_explained = {};
        setDetailPending(false);
    }
    drawer().clear();
    drawer().setHead(tr("%1 %2").arg(transferKindWord(row->kind)).arg(row->id.value),
                     customerWord(*row));
    drawer().setState(QStringLiteral("scale"), tr("Balanced"), Token::Good);
    QList<Fact> entries;
    QList<Fact> balances;
    Money sum;
    for (const api::EntryRow &entry : row->entries) {
        entries.append(factOf(*row, entry));
        sum += entry.amount;
        if (entry.balanceAfter)
            balances.append({.label = entry.account, .value = formatUsd(*entry.balanceAfter)});
    }
    if (!sum.isZero())
        drawer().setState(QStringLiteral("octagon-x"), tr("Does not balance"), Token::Bad);
    entries.append({.label = tr("Sum"), .value = formatMoney(sum), .tone = Token::Muted});
    drawer().addFacts(tr("Entries, USD"), entries);
    if (!balances.isEmpty())
        drawer().addFacts(tr("Balance after"), balances);
    drawer().addFacts(
        tr("Posting"),
        {{.label = tr("Time, %1").arg(m_display.zoneWord()),
          .value = formatFullMoment(row->at, m_display.zone())},
         {.label = tr("Cause"),
          .value = row->causeText.isEmpty() ? QString(kDash) : row->causeText},
         {.label = tr("Inbox row"),
          .value = row->cause == InboxId{} ? QString(kDash) : QString::number(row->cause.value)},
         {.label = tr("Request key"), .value = row->requestKey, .isCode = true}});
    addButtons(*row);
    drawer().setFoot(tr("Postings are never changed or deleted: a correction is a new posting."));
}

void LedgerPage::addButtons(const api::TransferRow &row)
{
    auto *why = makeButton(QStringLiteral("circle-help"), Token::Text, tr("Explain"));
    why->setObjectName(objectName() + QStringLiteral(".action.explain"));
    why->setAccessibleName(tr("Explain posting %1").arg(row.id.value));
    why->setToolTip(tr("What caused it, back to what came from outside (X)"));
    connect(why, &QPushButton::clicked, this, [this, id = row.id] { explain(id); });
    drawer().addBlock({}, why);
    // In the past nothing is done.
    if (row.kind == QLatin1String("plan") && !m_past->isPast()) {
        auto *refund = makeButton(QStringLiteral("undo"), Token::Text, tr("Refund"));
        refund->setObjectName(objectName() + QStringLiteral(".action.refund"));
        refund->setAccessibleName(tr("Refund what posting %1 paid for").arg(row.id.value));
        offer(*refund, whyNot(m_session, "refund.request"));
        connect(refund, &QPushButton::clicked, this,
                [this, id = row.id] { Q_EMIT planRefundAsked(id); });
        drawer().addBlock({}, refund);
    }
    if (row.customer != CustomerId{} && m_walletOf != row.customer) {
        auto *only = new QPushButton(tr("Show only this customer"));
        only->setAccessibleName(tr("Show only the postings of %1").arg(customerWord(row)));
        connect(only, &QPushButton::clicked, this,
                [this, customer = row.customer, name = customerWord(row)] {
                    showCustomer(customer, name);
                });
        drawer().addBlock({}, only);
    }
}

} // namespace ui
