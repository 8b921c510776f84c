#include "ui/pages/refunds/batch_view.h"

#include "ui/pages/refunds/batch_words.h"
#include "ui/pages/refunds/refund_parts.h"
#include "ui/support/format.h"
#include "ui/support/rights.h"
#include "ui/support/when_ready.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QToolButton>

namespace ui {

namespace {

constexpr int kBatchCallRowPx = 30;

enum BatchFigure {
    Asked,
    Calls,
    Given,
    Refused,
};

} // namespace

BatchView::BatchView(const api::Backend &backend, Display &display, QWidget *parent)
    : QWidget(parent)
    , m_backend(backend)
    , m_display(display)
    , m_model(new BatchCallsModel(backend.refunds, display, this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildHead());
    m_pane = new TablePane(*m_model, BatchCallsModel::filterFields(backend.refunds),
                           {.iconName = QStringLiteral("phone"),
                            .purpose = tr("The calls of this bulk refund appear here"),
                            .filterHint = tr("state, customer, id"),
                            .tableName = tr("Calls of the bulk refund"),
                            .fileName = QStringLiteral("bulk_refund")});
    m_pane->setObjectNames(QStringLiteral("page.refunds.batch"));
    m_pane->setColumns(BatchCallsModel::columns(), kBatchCallRowPx);
    column->addWidget(m_pane, 1);
    connect(m_pane, &TablePane::stateChanged, this, [this] {
        const QString total = formatTotal(m_model->total(), m_model->isTotalExact());
        m_pane->setFoot(m_model->readAt()
                            ? m_model->total() == 1 ? tr("1 call") : tr("%1 calls").arg(total)
                            : QString(),
                        {});
        Q_EMIT stateChanged();
    });
    connect(&m_pane->table(), &SmartTable::escaped, this, &BatchView::backAsked);
    connect(&display, &Display::changed, this, [this] {
        m_pane->table().viewport()->update();
        showHead();
    });
    connect(&backend.changes, &api::Changes::changed, this, &BatchView::takeChanges);
    connect(&backend.changes, &api::Changes::readAgain, this, [this] {
        if (isVisible())
            reload();
    });
}

QWidget *BatchView::buildHead()
{
    auto *head = new Panel(Token::Surface, Qt::BottomEdge);
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(px(16), px(12), px(20), px(12));
    row->setSpacing(px(12));
    auto *back =
        makeIconButton(QStringLiteral("arrow-left"), tr("All bulk refunds (Alt+Left)"), head);
    back->setObjectName(QStringLiteral("page.refunds.action.allBatches"));
    connect(back, &QToolButton::clicked, this, &BatchView::backAsked);
    row->addWidget(back, 0, Qt::AlignTop);
    auto *words = new QVBoxLayout;
    words->setSpacing(px(3));
    auto *first = new QHBoxLayout;
    first->setSpacing(px(10));
    m_name = new TokenLabel(TextSize::Section, Token::Text, QFont::DemiBold);
    m_state = new StateLabel;
    first->addWidget(m_name);
    first->addWidget(m_state);
    first->addStretch(1);
    m_query = new TokenLabel(TextSize::Body, Token::Text);
    m_people = new TokenLabel(TextSize::Small, Token::Muted);
    words->addLayout(first);
    for (TokenLabel *label : {m_query, m_people}) {
        label->setWordWrap(true);
        words->addWidget(label);
    }
    row->addLayout(words, 1);
    buildFigures(*row);
    row->addSpacing(px(4));
    const auto add = [&](const char *name) {
        auto *button = new QPushButton;
        button->setObjectName(QStringLiteral("page.refunds.action.") + QLatin1String(name));
        button->hide();
        row->addWidget(button, 0, Qt::AlignVCenter);
        return button;
    };
    m_approve = add("approveBatch");
    m_approve->setText(tr("Look and approve"));
    m_cancel = add("cancelBatch");
    m_cancel->setProperty("kind", QStringLiteral("danger"));
    connect(m_approve, &QPushButton::clicked, this, [this] {
        if (m_batch)
            Q_EMIT approveAsked(*m_batch);
    });
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        if (m_batch)
            Q_EMIT cancelAsked(*m_batch);
    });
    return head;
}

void BatchView::buildFigures(QHBoxLayout &row)
{
    auto *figures = new QHBoxLayout;
    figures->setSpacing(px(20));
    for (const QString &label :
         {tr("Asked for, USD"), tr("Calls"), tr("Given back, USD"), tr("Refused")}) {
        auto *block = new QVBoxLayout;
        block->setSpacing(px(2));
        auto *name = new TokenLabel(TextSize::Small, Token::Muted);
        name->setText(label);
        auto *value = new FigureLabel(textFont(TextSize::Section, QFont::DemiBold));
        value->setAccessibleDescription(label);
        value->setText(QString(kDash));
        m_figures.append(value);
        block->addWidget(name, 0, Qt::AlignRight);
        block->addWidget(value, 0, Qt::AlignRight);
        block->addStretch(1);
        figures->addLayout(block);
    }
    row.addLayout(figures);
}

void BatchView::showBatch(api::BatchId batch)
{
    m_id = batch;
    m_batch.reset();
    m_model->setBatch(batch);
    m_pane->filter().clear();
    m_pane->table().clearChoice();
    m_pane->setBaseTerms({});
    showHead();
    read();
}

void BatchView::reload()
{
    if (m_id == api::BatchId{})
        return;
    m_pane->reload();
    read();
}

bool BatchView::isSettled() const
{
    return m_pane->state() != PageState::Loading && m_batch.has_value();
}

void BatchView::takeChanges(const QList<core::Change> &changes)
{
    const core::Change ours = {.topic = Topic::Refund, .id = m_id.value};
    if (!isVisible() || !changes.contains(ours))
        return;
    m_model->noteProgress();
    read();
}

/// One read at a time: a batch that runs says more often that it changed than it can be read.
void BatchView::read()
{
    if (m_isReading) {
        m_readsAgain = true;
        return;
    }
    m_isReading = true;
    whenReady(m_backend.refunds.loadBatches({m_id}), this,
              [this, asked = m_id](const Result<QList<api::RefundBatch>> &batches) {
                  m_isReading = false;
                  if (asked == m_id)
                      take(batches);
                  if (std::exchange(m_readsAgain, false) || asked != m_id)
                      read();
              });
}

void BatchView::take(const Result<QList<api::RefundBatch>> &batches)
{
    if (batches && !batches->isEmpty()) {
        const bool hasEnded = m_batch && !m_batch->endedAt && batches->first().endedAt;
        m_batch = batches->first();
        showHead();
        if (hasEnded) // whose turn had not come says so now
            m_model->noteProgress();
    } else {
        m_people->setText(batches ? tr("This bulk refund is not there any more.")
                                  : sentenceOf(batches.error().code));
    }
    Q_EMIT stateChanged();
}

void BatchView::showHead()
{
    if (!m_batch) {
        m_name->setText(batchName(m_id));
        m_state->setState({}, {}, Token::Muted);
        m_query->setText({});
        m_people->setText({});
        for (FigureLabel *figure : std::as_const(m_figures))
            figure->setText(QString(kDash));
        m_approve->hide();
        m_cancel->hide();
        return;
    }
    const RequestStateWords state = batchStateWords(*m_batch);
    m_name->setText(tr("%1, %2").arg(batchName(m_id), m_batch->key));
    m_state->setState(state.iconName, state.word, state.tone);
    m_query->setText(
        QStringList({batchQueryWords(m_batch->wish.query, m_display),
                     batchShareWords(m_batch->wish), refundReasonWord(m_batch->wish.reason)})
            .join(QStringLiteral("   ")));
    m_people->setText(peopleWords());
    m_figures[Asked]->setText(formatMoney(m_batch->total));
    m_figures[Calls]->setText(
        m_batch->startedAt
            ? QStringLiteral("%1/%2").arg(m_batch->decided() - m_batch->left).arg(m_batch->calls)
            : formatCount(m_batch->calls));
    m_figures[Given]->setText(m_batch->startedAt ? formatMoney(m_batch->given) : QString(kDash));
    m_figures[Refused]->setText(m_batch->startedAt ? formatCount(m_batch->refused)
                                                   : QString(kDash));
    m_figures[Refused]->setToken(m_batch->refused > 0 ? Token::Bad : Token::Text);
    showActions();
}

void BatchView::showActions()
{
    const bool isWaiting = m_batch->isWaiting();
    m_approve->setVisible(isWaiting);
    m_approve->setAccessibleName(tr("Look at %1 and approve it").arg(batchName(m_id)));
    offer(*m_approve, whyNotApproveBatch(*m_batch, m_backend.session));
    m_cancel->setVisible(isWaiting || m_batch->isRunning());
    m_cancel->setText(m_batch->isRunning()                      ? tr("Stop")
                      : isOwnBatch(*m_batch, m_backend.session) ? tr("Take back")
                                                                : tr("Reject"));
    m_cancel->setAccessibleName(tr("%1: %2").arg(m_cancel->text(), batchName(m_id)));
    offer(*m_cancel, whyNot(m_backend.session, "refund.bulk.cancel"));
}

QString BatchView::peopleWords() const
{
    const auto moment = [this](Timestamp at) {
        return formatFullMoment(at, m_display.zone()) + u' ' + m_display.zoneWord();
    };
    QStringList parts = {
        tr("%1 asked for it %2").arg(m_batch->requestedBy, moment(m_batch->requestedAt))};
    if (!m_batch->wish.note.isEmpty())
        parts.first() += QStringLiteral(": ") + m_batch->wish.note;
    if (!m_batch->approvedBy.isEmpty())
        parts << tr("%1 agreed").arg(m_batch->approvedBy.join(QStringLiteral(", ")));
    if (m_batch->isWaiting())
        parts << tr("expires %1").arg(moment(m_batch->expiresAt)) << needsWords(m_batch->needs);
    if (m_batch->startedAt)
        parts << batchProgressWords(*m_batch);
    if (m_batch->endedAt)
        parts << (m_batch->endedBy.isEmpty()
                      ? tr("ended %1").arg(moment(*m_batch->endedAt))
                      : tr("%1 ended it %2").arg(m_batch->endedBy, moment(*m_batch->endedAt)));
    if (!m_batch->decision.isEmpty())
        parts.last() += QStringLiteral(": ") + m_batch->decision;
    return parts.join(QStringLiteral("   "));
}

} // namespace ui
