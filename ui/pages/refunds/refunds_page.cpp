#include "ui/pages/refunds/refunds_page.h"

#include "ui/pages/refunds/bulk_view.h"
#include "ui/pages/refunds/paid_dialog.h"
#include "ui/pages/refunds/request_actions.h"
#include "ui/pages/refunds/request_words.h"
#include "ui/pages/refunds/rules_dialog.h"
#include "ui/pages/refunds/rules_view.h"
#include "ui/support/command_dialog.h"
#include "ui/support/format.h"
#include "ui/support/rights.h"
#include "ui/support/when_ready.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace ui {

namespace {

using namespace std::chrono_literals;

constexpr int kRowPx = 32;
constexpr auto kCountDelay = 250ms; // a bulk refund that runs tells of many a second

enum RefundTab {
    Waiting,
    Mine,
    All,
    Adjustments,
    Payouts,
    Bulk,
    Rules,
};

const char *const kWaitingStates = "pending_approval,approved";
const char *const kToSend = "to_send";

} // namespace

RefundsPage::RefundsPage(const api::Backend &backend, Display &display, QWidget *parent)
    : Page(QStringLiteral("refunds"), tr("Refunds"), QStringLiteral("undo"), parent)
    , m_backend(backend)
    , m_display(display)
    , m_model(new RequestsModel(backend.refunds, display, this))
{
    auto *pane = new TablePane(
        *m_model, RequestsModel::filterFields(backend.refunds),
        {.iconName = QStringLiteral("undo"),
         .purpose = tr("Money that is given back, given, taken or paid out appears here. A refund "
                       "begins at a call (Ctrl+R)"),
         .filterHint = tr("state, kind, customer, by, id"),
         .tableName = tr("Refunds, adjustments and payouts"),
         .fileName = name()});
    pane->setColumns(RequestsModel::columns(), kRowPx);
    build(pane, buildTabs());
    m_rules = new RulesView(backend, display);
    m_rules->hide();
    static_cast<QVBoxLayout *>(layout())->addWidget(m_rules, 1);
    connect(m_rules, &RulesView::settledChanged, this, &Page::settledChanged);
    m_bulk = new BulkView(backend, display);
    m_bulk->hide();
    static_cast<QVBoxLayout *>(layout())->addWidget(m_bulk, 1);
    connect(m_bulk, &BulkView::settledChanged, this, &Page::settledChanged);
    connect(m_bulk, &BulkView::decided, this, &RefundsPage::countWaiting);
    connect(pane, &TablePane::stateChanged, this, &RefundsPage::showFoot);
    connect(&display, &Display::changed, this, [this] {
        this->pane().table().viewport()->update();
        if (Page::isDrawerOpen())
            showObject(m_shown);
    });
    connect(&backend.changes, &api::Changes::changed, this, &RefundsPage::takeChanges);
    connect(&backend.changes, &api::Changes::readAgain, this, &RefundsPage::readAgain);
    m_countTimer.setSingleShot(true);
    m_countTimer.setInterval(kCountDelay);
    connect(&m_countTimer, &QTimer::timeout, this, &RefundsPage::countWaiting);
    pane->setBaseTerms({});
    countWaiting();
}

QWidget *RefundsPage::buildTabs()
{
    m_tabs = new TabRow;
    for (const QString &words : {tr("To approve"), tr("Mine"), tr("All"), tr("Adjustments"),
                                 tr("Payouts"), tr("Bulk"), tr("Rules")})
        m_tabs->addTab(words);
    m_tabs->setCurrentIndex(All);
    m_tabs->setAccessibleName(tr("What to show"));
    m_tabs->setObjectName(objectName() + QStringLiteral(".tabs"));
    connect(m_tabs, &QTabBar::currentChanged, this, &RefundsPage::chooseTab);
    auto *panel = new Panel(Token::Surface, Qt::BottomEdge);
    auto *row = new QHBoxLayout(panel);
    row->setContentsMargins(px(12), 0, px(20), 0);
    row->setSpacing(px(8));
    row->addWidget(m_tabs, 0, Qt::AlignBottom);
    row->addStretch(1);
    const auto add = [&](const char *name, const QString &words, const char *kind, auto act) {
        auto *button = makeButton(QStringLiteral("plus"), Token::Text, words);
        button->setObjectName(objectName() + QStringLiteral(".action.") + QLatin1String(name));
        offer(*button, whyNot(m_backend.session, kind));
        connect(button, &QPushButton::clicked, this, act);
        row->addWidget(button);
        return button;
    };
    m_listButtons = {add("adjust", tr("New adjustment"), "adjustment.request",
                         [this] { openRequest(RequestTask::Adjust, {}); }),
                     add("payout", tr("New payout"), "payout.request",
                         [this] { openRequest(RequestTask::PayOut, {}); })};
    m_newBulk =
        add("bulk", tr("New bulk refund"), "refund.bulk.request", [this] { m_bulk->ask(); });
    m_newBulk->hide();
    return panel;
}

QList<api::FilterTerm> RefundsPage::termsOf(int tab) const
{
    const auto is = [](const char *field, const QString &value) {
        return api::FilterTerm{.field = QString::fromLatin1(field), .value = value};
    };
    const auto who = m_backend.session.current();
    switch (tab) {
    case Waiting: return {is("state", QString::fromLatin1(kWaitingStates))};
    case Mine: return {is("by", who ? who->name : QString())};
    case Adjustments:
        return {is("kind", QStringLiteral("goodwill,correction,reversal,deposit_reversal"))};
    case Payouts: return {is("kind", QStringLiteral("payout"))};
    default: return {};
    }
}

void RefundsPage::chooseTab(int tab)
{
    if (tab == Bulk) { // what is open there is none of the list's
        Page::closeDrawer();
        pane().table().clearChoice();
    }
    setListShown(tab != Rules && tab != Bulk);
    m_rules->setVisible(tab == Rules);
    m_bulk->setVisible(tab == Bulk);
    m_newBulk->setVisible(tab == Bulk);
    for (QPushButton *button : std::as_const(m_listButtons))
        button->setVisible(tab != Bulk);
    if (tab == Rules)
        m_rules->reload();
    else if (tab == Bulk)
        m_bulk->reload();
    else
        pane().setBaseTerms(termsOf(tab));
    Q_EMIT settledChanged();
}

bool RefundsPage::isRulesShown() const
{
    return m_tabs->currentIndex() == Rules;
}

bool RefundsPage::isBulkShown() const
{
    return m_tabs->currentIndex() == Bulk;
}

void RefundsPage::countWaiting()
{
    count(Waiting, kWaitingStates);
    count(Payouts, kToSend);
    countBatches();
}

/// What a person has to do there.
void RefundsPage::count(int tab, const char *states)
{
    const QList<api::FilterTerm> filter = {
        {.field = QStringLiteral("state"), .value = QString::fromLatin1(states)}};
    whenReady(m_backend.refunds.listRequests({.filter = filter, .after = {}, .limit = 1}), this,
              [this, tab](const Result<api::Page<api::MoneyRequest>> &page) {
                  if (page)
                      showCount(tab, page->total, page->isTotalExact);
              });
}

void RefundsPage::countBatches()
{
    const QList<api::FilterTerm> filter = {
        {.field = QStringLiteral("state"), .value = QString::fromLatin1(kWaitingStates)}};
    whenReady(m_backend.refunds.listBatches({.filter = filter, .after = {}, .limit = 1}), this,
              [this](const Result<api::Page<api::RefundBatch>> &page) {
                  if (page)
                      showCount(Bulk, page->total, page->isTotalExact);
              });
}

/// Nothing to do needs no badge, unless it is there to be counted down.
void RefundsPage::showCount(int tab, qint64 total, bool isExact)
{
    const bool hasBadge = m_tabs->tabButton(tab, QTabBar::RightSide) != nullptr;
    if (total > 0 || hasBadge)
        m_tabs->setCount(tab, total, isExact, total > 0 ? Token::Warn : Token::Muted);
}

void RefundsPage::takeChanges(const QList<core::Change> &changes)
{
    QList<qint64> ids;
    bool haveRulesChanged = false;
    for (const core::Change &change : changes) {
        if (change.topic == Topic::Refund)
            ids.append(change.id);
        haveRulesChanged = haveRulesChanged || change.topic == Topic::Policy;
    }
    if (haveRulesChanged && isRulesShown())
        m_rules->reload();
    if (ids.isEmpty())
        return;
    m_model->noteChanged(ids);
    if (!m_countTimer.isActive())
        m_countTimer.start();
}

void RefundsPage::readAgain()
{
    reload();
    countWaiting();
}

void RefundsPage::showFoot()
{
    const QString total = formatTotal(m_model->total(), m_model->isTotalExact());
    const QString words = m_model->total() == 1 ? tr("1 request") : tr("%1 requests").arg(total);
    pane().setFoot(m_model->readAt() ? words : QString(), {});
    if (Page::isDrawerOpen())
        showObject(m_shown);
}

PageState RefundsPage::state() const
{
    return isRulesShown()  ? m_rules->state()
           : isBulkShown() ? m_bulk->pane().state()
                           : Page::state();
}

bool RefundsPage::isSettled() const
{
    const bool isListSettled = isRulesShown()  ? m_rules->isSettled()
                               : isBulkShown() ? m_bulk->isSettled()
                                               : Page::isSettled();
    return isListSettled && (!m_dialog || m_dialog->isSettled());
}

void RefundsPage::reload()
{
    if (isRulesShown())
        m_rules->reload();
    else if (isBulkShown())
        m_bulk->reload();
    else
        Page::reload();
}

void RefundsPage::focusFilter()
{
    (isBulkShown() ? m_bulk->pane() : pane()).filter().focusField();
}

void RefundsPage::askExport()
{
    (isBulkShown() ? m_bulk->pane() : pane()).askExport();
}

void RefundsPage::showColumnMenu()
{
    (isBulkShown() ? m_bulk->pane() : pane()).showColumnMenu();
}

void RefundsPage::takeFocus()
{
    if (isRulesShown())
        m_tabs->setFocus();
    else if (isBulkShown())
        m_bulk->pane().table().setFocus();
    else
        Page::takeFocus();
}

void RefundsPage::showStart()
{
    m_tabs->setCurrentIndex(All);
    Page::showStart();
}

void RefundsPage::openDrawer()
{
    if (isBulkShown())
        m_bulk->openBatch();
    else if (!isRulesShown())
        Page::openDrawer();
}

void RefundsPage::closeDrawer()
{
    if (isBulkShown())
        m_bulk->showList();
    else
        Page::closeDrawer();
}

/// Of bulk refunds one fills the page instead.
bool RefundsPage::isDrawerOpen() const
{
    return isBulkShown() ? m_bulk->isBatchOpen() : Page::isDrawerOpen();
}

// ---- what is done about it

RequestDialog *RefundsPage::openRequest(RequestTask task,
                                        const std::optional<api::MoneyRequest> &subject)
{
    auto *dialog = new RequestDialog(task, subject, m_backend, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &RequestDialog::settledChanged, this, &Page::settledChanged);
    connect(dialog, &RequestDialog::decided, this, &RefundsPage::readAgain);
    m_dialog = dialog;
    dialog->show();
    return dialog;
}

void RefundsPage::askReject(const api::MoneyRequest &request)
{
    const bool isTakenBack = isOwn(request, m_backend.session);
    const QString name = requestName(request);
    const QString amount = formatUsd(request.amount);
    const char *noun = isPayout(request)       ? "payout"
                       : isAdjustment(request) ? "adjustment"
                                               : "refund";
    auto *dialog = new ReasonDialog(
        {.name = QStringLiteral("dialog.reject"),
         .title = isTakenBack ? tr("Take back %1").arg(name) : tr("Reject %1").arg(name),
         .sentence = isPayout(request)
                         ? tr("%1 are not paid out. The customer is not told.").arg(amount)
                     : isAdjustment(request)
                         ? tr("%1 are not booked. The customer is not told.").arg(amount)
                         : tr("%1 are not given back. The customer is not told.").arg(amount),
         .verb = isTakenBack ? tr("Take back") : tr("Reject"),
         .isDanger = true,
         .kind = QLatin1String(noun) + QStringLiteral(".reject"),
         .payload = {{noun, request.id.value}}},
        m_backend.commands, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CommandDialog::done, this, &RefundsPage::readAgain);
    dialog->show();
}

void RefundsPage::askPaid(const api::MoneyRequest &request)
{
    auto *dialog = new PaidDialog(request, m_backend.commands, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CommandDialog::done, this, &RefundsPage::readAgain);
    dialog->show();
}

// ---- pictures

QStringList RefundsPage::scenes() const
{
    return Page::scenes() << QStringLiteral("payout") << QStringLiteral("adjust")
                          << QStringLiteral("approve") << QStringLiteral("sent")
                          << QStringLiteral("bulk") << QStringLiteral("bulk_calls")
                          << QStringLiteral("bulk_new") << QStringLiteral("bulk_preview")
                          << QStringLiteral("bulk_approve") << QStringLiteral("rules")
                          << QStringLiteral("change_rules");
}

bool RefundsPage::selectFirst(bool (*isIt)(const api::MoneyRequest &))
{
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const api::MoneyRequest *request = m_model->rowAt(row);
        if (request == nullptr || !isIt(*request))
            continue;
        pane().table().setCurrentIndex(m_model->index(row, 0));
        return true;
    }
    return false;
}

void RefundsPage::showBulkScene(const QString &scene)
{
    m_tabs->setCurrentIndex(Bulk);
    m_bulk->showList();
    if (scene == QLatin1String("bulk_new") || scene == QLatin1String("bulk_preview"))
        m_bulk->ask()->fillSample(scene == QLatin1String("bulk_preview"));
    const api::RefundBatch *waiting = m_bulk->firstOf("pending_approval");
    if (scene == QLatin1String("bulk_approve") && waiting != nullptr)
        m_bulk->approve(*waiting);
    if (scene == QLatin1String("bulk_calls"))
        m_bulk->openBatch();
}

void RefundsPage::showScene(const QString &scene)
{
    if (scene.isEmpty() || scene == QLatin1String("drawer"))
        return Page::showScene(scene);
    if (scene == QLatin1String("rules") || scene == QLatin1String("change_rules")) {
        m_tabs->setCurrentIndex(Rules);
        if (scene == QLatin1String("rules"))
            return;
        if (RulesDialog *dialog = m_rules->change())
            dialog->changeSample();
        return;
    }
    if (scene.startsWith(QLatin1String("bulk")))
        return showBulkScene(scene);
    m_tabs->setCurrentIndex(All);
    const auto waits = [](const api::MoneyRequest &request) {
        return isPayout(request) && request.isWaiting();
    };
    const auto isToSend = [](const api::MoneyRequest &request) { return request.isToSend(); };
    const bool isThere =
        scene == QLatin1String("sent") ? selectFirst(isToSend) : selectFirst(waits);
    openDrawer();
    const api::MoneyRequest *payout = isThere ? m_model->rowOfId(m_shown) : nullptr;
    if (scene == QLatin1String("adjust") && m_model->rowCount() > 0)
        openRequest(RequestTask::Adjust, {})->previewSample(m_model->rowAt(0)->customer);
    else if (scene == QLatin1String("approve") && payout != nullptr)
        openRequest(RequestTask::Approve, *payout);
    else if (scene == QLatin1String("sent") && payout != nullptr)
        askPaid(*payout);
}

} // namespace ui
