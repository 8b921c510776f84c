#include "ui/pages/refunds/bulk_view.h"

#include "ui/pages/refunds/batch_words.h"
#include "ui/support/command_dialog.h"
#include "ui/support/format.h"

#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace ui {

namespace {

constexpr int kBatchRowPx = 32;

/// What is asked before it is ended.
ReasonWish wishToEnd(const api::RefundBatch &batch, bool isOwn)
{
    const QString name = batchName(batch.id);
    const bool isRunning = batch.isRunning();
    const QString verb = isRunning ? BulkView::tr("Stop")
                         : isOwn   ? BulkView::tr("Take back")
                                   : BulkView::tr("Reject");
    const QString sentence =
        isRunning ? BulkView::tr("%1 calls were given back and stay so. The other %2 get nothing.")
                        .arg(formatCount(batch.done),
                             formatCount(batch.calls - batch.done - batch.refused))
                  : BulkView::tr("%1 for %2 calls are not given back. The customers are not told.")
                        .arg(formatUsd(batch.total), formatCount(batch.calls));
    return {.name = QStringLiteral("dialog.endBatch"),
            //: "Stop B-3140".
            .title = BulkView::tr("%1 %2").arg(verb, name),
            .sentence = sentence,
            .verb = verb,
            .isDanger = true,
            .kind = QStringLiteral("refund.bulk.cancel"),
            .payload = {{"batch", batch.id.value}}};
}

} // namespace

BulkView::BulkView(const api::Backend &backend, Display &display, QWidget *parent)
    : QWidget(parent)
    , m_backend(backend)
    , m_display(display)
    , m_model(new BatchesModel(backend.refunds, display, this))
    , m_views(new QStackedWidget)
{
    setObjectName(QStringLiteral("page.refunds.bulk"));
    m_list = new TablePane(
        *m_model, BatchesModel::filterFields(backend.refunds),
        {.iconName = QStringLiteral("undo"),
         .purpose =
             tr("Refunds of many calls at once, as after an outage, appear here. You choose the "
                "calls, see what each gets back, and another person agrees"),
         .filterHint = tr("state, name, by, id"),
         .tableName = tr("Bulk refunds"),
         .fileName = QStringLiteral("bulk_refunds")});
    m_list->setObjectNames(objectName());
    m_list->setColumns(BatchesModel::columns(), kBatchRowPx);
    m_batch = new BatchView(backend, display);
    m_views->addWidget(m_list);
    m_views->addWidget(m_batch);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_views);
    auto *back = new QShortcut(QKeySequence(Qt::ALT | Qt::Key_Left), this);
    back->setContext(Qt::WidgetWithChildrenShortcut);
    connect(back, &QShortcut::activated, this, &BulkView::showList);
    connect(m_list, &TablePane::stateChanged, this, [this] {
        const QString total = formatTotal(m_model->total(), m_model->isTotalExact());
        m_list->setFoot(m_model->readAt() ? m_model->total() == 1 ? tr("1 bulk refund")
                                                                  : tr("%1 bulk refunds").arg(total)
                                          : QString(),
                        {});
        Q_EMIT settledChanged();
    });
    connect(&m_list->table(), &SmartTable::objectOpened, this,
            [this](qint64 id) { showBatch(api::BatchId{id}); });
    connect(m_batch, &BatchView::backAsked, this, &BulkView::showList);
    connect(m_batch, &BatchView::approveAsked, this, &BulkView::approve);
    connect(m_batch, &BatchView::cancelAsked, this, &BulkView::cancel);
    connect(m_batch, &BatchView::stateChanged, this, &BulkView::settledChanged);
    connect(&display, &Display::changed, this, [this] { m_list->table().viewport()->update(); });
    connect(&backend.changes, &api::Changes::changed, this, &BulkView::takeChanges);
    connect(&backend.changes, &api::Changes::readAgain, this, [this] {
        if (isVisible())
            m_list->reload();
    });
}

TablePane &BulkView::pane() const
{
    return isBatchOpen() ? m_batch->pane() : *m_list;
}

bool BulkView::isBatchOpen() const
{
    return m_views->currentWidget() == m_batch;
}

bool BulkView::isSettled() const
{
    const bool isThere =
        isBatchOpen() ? m_batch->isSettled() : m_list->state() != PageState::Loading;
    return isThere && (!m_dialog || m_dialog->isSettled());
}

void BulkView::reload()
{
    if (isBatchOpen())
        m_batch->reload();
    if (m_model->readAt())
        m_list->reload();
    else
        m_list->setBaseTerms({}); // the first read
}

void BulkView::showList()
{
    m_views->setCurrentWidget(m_list);
    m_list->table().setFocus();
    Q_EMIT settledChanged();
}

void BulkView::showBatch(api::BatchId batch)
{
    m_views->setCurrentWidget(m_batch);
    m_batch->showBatch(batch);
    m_batch->pane().table().setFocus();
    Q_EMIT settledChanged();
}

void BulkView::openBatch()
{
    SmartTable &table = m_list->table();
    if (table.selectedObject() == 0 && m_model->rowCount() > 0)
        table.setCurrentIndex(m_model->index(0, 0));
    if (table.selectedObject() != 0)
        showBatch(api::BatchId{table.selectedObject()});
}

void BulkView::takeChanges(const QList<core::Change> &changes)
{
    QList<qint64> ids;
    for (const core::Change &change : changes) {
        if (change.topic == Topic::Refund)
            ids.append(change.id);
    }
    if (!ids.isEmpty() && isVisible())
        m_model->noteChanged(ids);
}

const api::RefundBatch *BulkView::firstOf(const char *state) const
{
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const api::RefundBatch *batch = m_model->rowAt(row);
        if (batch != nullptr && batch->state == QLatin1String(state))
            return batch;
    }
    return nullptr;
}

// ---- what is done

BulkDialog *BulkView::open(const std::optional<api::RefundBatch> &subject)
{
    auto *dialog = new BulkDialog(subject, m_backend, m_display, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &BulkDialog::settledChanged, this, &BulkView::settledChanged);
    connect(dialog, &BulkDialog::decided, this, [this] {
        reload();
        Q_EMIT decided();
    });
    m_dialog = dialog;
    dialog->show();
    return dialog;
}

BulkDialog *BulkView::ask()
{
    return open({});
}

BulkDialog *BulkView::approve(const api::RefundBatch &batch)
{
    return open(batch);
}

void BulkView::cancel(const api::RefundBatch &batch)
{
    auto *dialog = new ReasonDialog(wishToEnd(batch, isOwnBatch(batch, m_backend.session)),
                                    m_backend.commands, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CommandDialog::done, this, [this] {
        reload();
        Q_EMIT decided();
    });
    dialog->show();
}

} // namespace ui
