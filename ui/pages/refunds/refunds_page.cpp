#include "ui/pages/refunds/refunds_page.h"

#include "ui/pages/calls/call_words.h"
#include "ui/pages/refunds/refund_parts.h"
#include "ui/support/command_dialog.h"
#include "ui/support/format.h"
#include "ui/support/rights.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace ui {

namespace {

constexpr int kRowPx = 32;

enum RefundTab {
    Waiting,
    All,
};

QList<api::FilterTerm> termsOf(int tab)
{
    if (tab == All)
        return {};
    return {
        {.field = QStringLiteral("state"), .value = QStringLiteral("pending_approval,approved")}};
}

} // namespace

RefundsPage::RefundsPage(const api::Backend &backend, Display &display, QWidget *parent)
    : Page(QStringLiteral("refunds"), tr("Refunds"), QStringLiteral("undo"), parent)
    , m_backend(backend)
    , m_display(display)
    , m_model(new RefundsModel(backend.refunds, display, this))
{
    auto *pane = new TablePane(
        *m_model, RefundsModel::filterFields(backend.refunds),
        {.iconName = QStringLiteral("undo"),
         .purpose = tr("Money that is given back appears here; it begins at a call (Ctrl+R)"),
         .filterHint = tr("state, customer, id"),
         .tableName = tr("Refunds"),
         .fileName = name()});
    pane->setColumns(RefundsModel::columns(), kRowPx);
    build(pane, buildTabs());
    connect(pane, &TablePane::stateChanged, this, &RefundsPage::showFoot);
    connect(&display, &Display::changed, this, [this] {
        this->pane().table().viewport()->update();
        if (isDrawerOpen())
            showObject(m_shown);
    });
    connect(&backend.changes, &api::Changes::changed, this, &RefundsPage::takeChanges);
    connect(&backend.changes, &api::Changes::readAgain, this, [this] {
        reload();
        countWaiting();
    });
    pane->setBaseTerms({});
    countWaiting();
}

QWidget *RefundsPage::buildTabs()
{
    m_tabs = new TabRow;
    m_tabs->addTab(tr("To approve"));
    m_tabs->addTab(tr("All"));
    m_tabs->setCurrentIndex(All);
    m_tabs->setAccessibleName(tr("Which refunds"));
    m_tabs->setObjectName(objectName() + QStringLiteral(".tabs"));
    connect(m_tabs, &QTabBar::currentChanged, this, &RefundsPage::chooseTab);
    auto *panel = new Panel(Token::Surface, Qt::BottomEdge);
    auto *row = new QHBoxLayout(panel);
    row->setContentsMargins(px(12), 0, px(20), 0);
    row->addWidget(m_tabs, 0, Qt::AlignBottom);
    row->addStretch(1);
    return panel;
}

void RefundsPage::chooseTab(int tab)
{
    pane().setBaseTerms(termsOf(tab));
}

void RefundsPage::countWaiting()
{
    whenReady(m_backend.refunds.listRefunds({.filter = termsOf(Waiting), .after = {}, .limit = 1}),
              this, [this](const Result<api::Page<api::RefundRow>> &page) {
                  if (page)
                      m_tabs->setCount(Waiting, page->total, page->isTotalExact,
                                       page->total > 0 ? Token::Warn : Token::Muted);
              });
}

void RefundsPage::takeChanges(const QList<core::Change> &changes)
{
    QList<qint64> ids;
    for (const core::Change &change : changes) {
        if (change.topic == Topic::Refund)
            ids.append(change.id);
    }
    if (ids.isEmpty())
        return;
    m_model->noteChanged(ids);
    countWaiting();
}

void RefundsPage::showFoot()
{
    const QString total = formatTotal(m_model->total(), m_model->isTotalExact());
    const QString words = m_model->total() == 1 ? tr("1 refund") : tr("%1 refunds").arg(total);
    pane().setFoot(m_model->readAt() ? words : QString(), {});
    if (isDrawerOpen())
        showObject(m_shown);
}

// ---- drawer

void RefundsPage::showObject(qint64 id)
{
    const api::RefundRow *row = m_model->rowOfId(id);
    if (row == nullptr)
        return;
    m_shown = id;
    const RefundStateWords state = refundStateWords(row->state);
    const auto orDash = [](const QString &text) { return text.isEmpty() ? QString(kDash) : text; };
    const auto moment = [this](const std::optional<Timestamp> &at) {
        return at ? formatFullMoment(*at, m_display.zone()) : QString(kDash);
    };
    drawer().clear();
    drawer().setHead(refundName(row->id), row->customerName.isEmpty()
                                              ? tr("Customer %1").arg(row->customer.value)
                                              : row->customerName);
    drawer().setState(state.iconName, state.word, state.tone);
    drawer().addFacts(
        tr("What is given back"),
        {{.label = tr("Amount"), .value = formatUsd(row->amount)},
         {.label = tr("Of"), .value = row->call.value == 0 ? QString(kDash) : callName(row->call)},
         {.label = tr("Reason"), .value = refundReasonWord(row->reason)},
         {.label = tr("Note"), .value = orDash(row->note)},
         {.label = tr("Posting"),
          .value = row->transfer ? QString::number(row->transfer->value) : QString(kDash)}});
    drawer().addFacts(
        tr("Who decides"),
        {{.label = tr("Asked for by"),
          .value = row->requestedBy.isEmpty() ? tr("The customer") : row->requestedBy},
         {.label = tr("Asked for, %1").arg(m_display.zoneWord()),
          .value = moment(row->requestedAt)},
         {.label = tr("Rule"), .value = orDash(row->rule)},
         {.label = tr("Expires"), .value = moment(row->expiresAt)},
         {.label = tr("Approved by"), .value = orDash(row->approvedBy)},
         {.label = tr("Decided"), .value = moment(row->decidedAt)},
         {.label = tr("Why not"), .value = orDash(row->decision)}});
    if (row->isWaiting())
        drawer().addBlock(tr("Decide"), buildActions(*row));
}

QWidget *RefundsPage::buildActions(const api::RefundRow &row)
{
    const auto who = m_backend.session.current();
    const bool isOwn = who && !row.requestedBy.isEmpty() && row.requestedBy == who->name;
    auto *box = new QWidget;
    auto *line = new QHBoxLayout(box);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(px(8));
    const auto add = [&](const char *name, const QString &words, const QString &refusal) {
        auto *button = new QPushButton(words);
        button->setObjectName(objectName() + QStringLiteral(".action.") + QLatin1String(name));
        button->setAccessibleName(tr("%1: %2").arg(words, refundName(row.id)));
        offer(*button, refusal);
        line->addWidget(button);
        return button;
    };
    QString obstacle = whyNot(m_backend.session, "refund.execute");
    if (obstacle.isEmpty() && isOwn && !who->isSolo)
        obstacle = tr("You asked for this. Another person has to agree.");
    auto *approve = add("approve", tr("Look and approve"), obstacle);
    connect(approve, &QPushButton::clicked, this, [this, row] { Q_EMIT approvalAsked(row); });
    auto *reject = add("reject", isOwn ? tr("Take back") : tr("Reject"),
                       whyNot(m_backend.session, "refund.reject"));
    reject->setProperty("kind", QStringLiteral("danger"));
    connect(reject, &QPushButton::clicked, this, [this, row, isOwn] { askReject(row, isOwn); });
    line->addStretch(1);
    return box;
}

void RefundsPage::askReject(const api::RefundRow &row, bool isOwn)
{
    auto *dialog = new ReasonDialog(
        {.name = QStringLiteral("dialog.reject"),
         .title = isOwn ? tr("Take back %1").arg(refundName(row.id))
                        : tr("Reject %1").arg(refundName(row.id)),
         .sentence =
             tr("%1 are not given back. The customer is not told.").arg(formatUsd(row.amount)),
         .verb = isOwn ? tr("Take back") : tr("Reject"),
         .isDanger = true,
         .kind = QStringLiteral("refund.reject"),
         .payload = {{"refund", row.id.value}}},
        m_backend.commands, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CommandDialog::done, this, [this] {
        reload();
        countWaiting();
    });
    dialog->show();
}

} // namespace ui
