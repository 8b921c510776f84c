#include "ui/pages/refunds/refunds_page.h"

#include "ui/pages/calls/call_words.h"
#include "ui/pages/refunds/paid_dialog.h"
#include "ui/pages/refunds/request_actions.h"
#include "ui/pages/refunds/request_words.h"
#include "ui/pages/refunds/rules_dialog.h"
#include "ui/pages/refunds/rules_view.h"
#include "ui/support/format.h"
#include "ui/support/reveal_dialog.h"
#include "ui/support/rights.h"
#include "ui/support/when_ready.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace ui {

namespace {

constexpr int kRowPx = 32;

enum RefundTab {
    Waiting,
    Mine,
    All,
    Adjustments,
    Payouts,
    Rules,
};

const char *const kWaitingStates = "pending_approval,approved";
const char *const kToSend = "to_send";

QString orDash(const QString &text)
{
    return text.isEmpty() ? QString(kDash) : text;
}

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
    connect(pane, &TablePane::stateChanged, this, &RefundsPage::showFoot);
    connect(&display, &Display::changed, this, [this] {
        this->pane().table().viewport()->update();
        if (isDrawerOpen())
            showObject(m_shown);
    });
    connect(&backend.changes, &api::Changes::changed, this, &RefundsPage::takeChanges);
    connect(&backend.changes, &api::Changes::readAgain, this, &RefundsPage::readAgain);
    pane->setBaseTerms({});
    countWaiting();
}

QWidget *RefundsPage::buildTabs()
{
    m_tabs = new TabRow;
    for (const QString &words :
         {tr("To approve"), tr("Mine"), tr("All"), tr("Adjustments"), tr("Payouts"), tr("Rules")})
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
    const auto add = [&](const char *name, const QString &words, const char *kind,
                         RequestTask task) {
        auto *button = makeButton(QStringLiteral("plus"), Token::Text, words);
        button->setObjectName(objectName() + QStringLiteral(".action.") + QLatin1String(name));
        offer(*button, whyNot(m_backend.session, kind));
        connect(button, &QPushButton::clicked, this, [this, task] { openRequest(task, {}); });
        row->addWidget(button);
    };
    add("adjust", tr("New adjustment"), "adjustment.request", RequestTask::Adjust);
    add("payout", tr("New payout"), "payout.request", RequestTask::PayOut);
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
    setListShown(tab != Rules);
    m_rules->setVisible(tab == Rules);
    if (tab == Rules)
        m_rules->reload();
    else
        pane().setBaseTerms(termsOf(tab));
    Q_EMIT settledChanged();
}

bool RefundsPage::isRulesShown() const
{
    return m_tabs->currentIndex() == Rules;
}

void RefundsPage::countWaiting()
{
    count(Waiting, kWaitingStates);
    count(Payouts, kToSend);
}

/// What a person has to do there.
void RefundsPage::count(int tab, const char *states)
{
    const QList<api::FilterTerm> filter = {
        {.field = QStringLiteral("state"), .value = QString::fromLatin1(states)}};
    whenReady(m_backend.refunds.listRequests({.filter = filter, .after = {}, .limit = 1}), this,
              [this, tab](const Result<api::Page<api::MoneyRequest>> &page) {
                  // Nothing to do needs no badge, unless it is there to be counted down.
                  const bool hasBadge = m_tabs->tabButton(tab, QTabBar::RightSide) != nullptr;
                  if (page && (page->total > 0 || hasBadge))
                      m_tabs->setCount(tab, page->total, page->isTotalExact,
                                       page->total > 0 ? Token::Warn : Token::Muted);
              });
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
    countWaiting();
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
    if (isDrawerOpen())
        showObject(m_shown);
}

PageState RefundsPage::state() const
{
    return isRulesShown() ? m_rules->state() : Page::state();
}

bool RefundsPage::isSettled() const
{
    return (isRulesShown() ? m_rules->isSettled() : Page::isSettled()) &&
           (!m_dialog || m_dialog->isSettled());
}

void RefundsPage::reload()
{
    if (isRulesShown())
        m_rules->reload();
    else
        Page::reload();
}

void RefundsPage::takeFocus()
{
    if (isRulesShown())
        m_tabs->setFocus();
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
    if (!isRulesShown())
        Page::openDrawer();
}

// ---- drawer

void RefundsPage::showObject(qint64 id)
{
    const api::MoneyRequest *row = m_model->rowOfId(id);
    if (row == nullptr)
        return;
    m_shown = id;
    const api::MoneyRequest request = *row; // a button may outlive the row
    const RequestStateWords state = requestStateWords(request);
    drawer().clear();
    drawer().setHead(requestName(request), request.customerName.isEmpty()
                                               ? tr("Customer %1").arg(request.customer.value)
                                               : request.customerName);
    drawer().setState(state.iconName, state.word, state.tone);
    showMoney(request);
    showPeople(request);
    showActions(request);
}

void RefundsPage::showMoney(const api::MoneyRequest &request)
{
    const auto posting = [](const std::optional<TransferId> &transfer) {
        return transfer ? QString::number(transfer->value) : QString(kDash);
    };
    QList<Fact> facts = {{.label = tr("Amount"), .value = formatUsd(request.amount)},
                         {.label = tr("Kind"), .value = requestKindWord(request.kind)}};
    if (request.kind == api::RequestKind::Refund)
        facts.append(
            {.label = tr("Of"),
             .value = request.call.value != 0 ? callName(request.call) : tr("a period of a plan")});
    if (request.refund)
        facts.append(
            {.label = tr("Of refund"), .value = QStringLiteral("R-%1").arg(request.refund->value)});
    facts.append({.label = tr("Reason"), .value = requestReason(request)});
    if (request.kind == api::RequestKind::Refund)
        facts.append({.label = tr("Note"), .value = orDash(request.note)});
    if (isPayout(request))
        facts.append({.label = tr("Goes to"), .value = request.destination, .isCode = true});
    facts.append({.label = tr("Posting"), .value = posting(request.transfer)});
    if (request.payableFrom)
        facts.append({.label = tr("Sent from, %1").arg(m_display.zoneWord()),
                      .value = formatFullMoment(*request.payableFrom, m_display.zone())});
    if (!request.reference.isEmpty())
        facts.append({.label = tr("Transaction"), .value = request.reference, .isCode = true});
    if (request.returned)
        facts.append({.label = tr("Came back by"), .value = posting(request.returned)});
    drawer().addFacts(tr("What is moved"), facts);
    if (isPayout(request))
        drawer().addBlock({}, buildReveal(request));
}

QWidget *RefundsPage::buildReveal(const api::MoneyRequest &request)
{
    auto *box = new QWidget;
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    auto *button = makeButton(QStringLiteral("eye"), Token::Text, tr("Show destination"));
    button->setObjectName(objectName() + QStringLiteral(".action.reveal"));
    offer(*button, whyNot(m_backend.session, "reveal.destination"));
    connect(button, &QPushButton::clicked, this, [this, request] {
        auto *dialog = new RevealDialog(tr("Where %1 goes").arg(requestName(request)),
                                        QStringLiteral("reveal.destination"),
                                        {{"payout", request.id.value}}, m_backend.commands, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->show();
    });
    row->addWidget(button);
    row->addStretch(1);
    return box;
}

void RefundsPage::showPeople(const api::MoneyRequest &request)
{
    const auto moment = [this](const std::optional<Timestamp> &at) {
        return at ? formatFullMoment(*at, m_display.zone()) : QString(kDash);
    };
    QString rule = request.rule;
    if (isAdjustment(request))
        rule = tr("Another person of Finance agrees");
    if (isPayout(request))
        rule = tr("Two others agree, the second Finance");
    drawer().addFacts(tr("Who decides"),
                      {{.label = tr("Asked for by"), .value = requesterWord(request)},
                       {.label = tr("Asked for, %1").arg(m_display.zoneWord()),
                        .value = moment(request.requestedAt)},
                       {.label = tr("Rule"), .value = orDash(rule)},
                       {.label = tr("Expires"),
                        .value = request.isWaiting() ? moment(request.expiresAt) : QString(kDash)},
                       {.label = tr("Approved by"),
                        .value = orDash(request.approvedBy.join(QStringLiteral(", ")))},
                       {.label = tr("Decided"), .value = moment(request.decidedAt)},
                       {.label = tr("Why not"), .value = orDash(request.decision)}});
}

void RefundsPage::showActions(const api::MoneyRequest &request)
{
    if (!RequestActions::hasAny(request))
        return;
    auto *actions = new RequestActions(request, m_backend.session, m_display);
    connect(actions, &RequestActions::approveAsked, this, [this, request] {
        if (request.kind == api::RequestKind::Refund && request.call.value != 0)
            Q_EMIT approvalAsked(request); // with what is known of the call beside it
        else
            openRequest(RequestTask::Approve, request);
    });
    connect(actions, &RequestActions::rejectAsked, this, [this, request] { askReject(request); });
    connect(actions, &RequestActions::paidAsked, this, [this, request] { askPaid(request); });
    connect(actions, &RequestActions::returnAsked, this,
            [this, request] { openRequest(RequestTask::Return, request); });
    connect(actions, &RequestActions::reverseAsked, this,
            [this, request] { openRequest(RequestTask::Reverse, request); });
    drawer().addBlock(request.isWaiting()  ? tr("Decide")
                      : request.isToSend() ? tr("Send")
                                           : tr("Put right"),
                      actions);
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
                          << QStringLiteral("rules") << QStringLiteral("change_rules");
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
