// What the drawer of the page of refunds shows of one request.
#include "ui/pages/refunds/refunds_page.h"

#include "ui/pages/calls/call_words.h"
#include "ui/pages/refunds/request_actions.h"
#include "ui/pages/refunds/request_words.h"
#include "ui/support/format.h"
#include "ui/support/reveal_dialog.h"
#include "ui/support/rights.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace ui {

namespace {

QString orDash(const QString &text)
{
    return text.isEmpty() ? QString(kDash) : text;
}

} // namespace

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

} // namespace ui
