#include "ui/pages/refunds/request_actions.h"

#include "api/permissions.h"
#include "ui/pages/refunds/request_words.h"
#include "ui/support/fonts.h"
#include "ui/support/format.h"
#include "ui/support/rights.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace ui {

namespace {

const char *approveKind(const api::MoneyRequest &request)
{
    return isPayout(request)       ? "payout.approve"
           : isAdjustment(request) ? "adjustment.approve"
                                   : "refund.approve";
}

const char *rejectKind(const api::MoneyRequest &request)
{
    return isPayout(request)       ? "payout.reject"
           : isAdjustment(request) ? "adjustment.reject"
                                   : "refund.reject";
}

/// Why who sits here may not agree; empty: they may. The server decides by the same.
QString whyNotApprove(const api::MoneyRequest &request, const api::Session &session)
{
    const auto who = session.current();
    QString refusal = whyNot(session, approveKind(request));
    if (!refusal.isEmpty() || !who || who->isSolo)
        return refusal;
    if (isOwn(request, session))
        return RequestActions::tr("You asked for this. Another person has to agree.");
    if (request.approvedBy.contains(who->name))
        return RequestActions::tr("You have agreed already. Another person of Finance has to.");
    const bool isSecond = !request.approvedBy.isEmpty();
    if (isSecond && !api::effectiveRoles(who->roles, who->isSolo).testFlag(api::Role::Finance))
        return RequestActions::tr("The second of the two is Finance.");
    return {};
}

} // namespace

bool isOwn(const api::MoneyRequest &request, const api::Session &session)
{
    const auto who = session.current();
    return who && !request.requestedBy.isEmpty() && request.requestedBy == who->name;
}

RequestActions::RequestActions(const api::MoneyRequest &request, const api::Session &session,
                               const Display &display, QWidget *parent)
    : QWidget(parent)
    , m_name(requestName(request))
{
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(px(8));
    if (request.isWaiting())
        addDecisions(request, session);
    if (request.isToSend())
        addSettlement(request, session, display);
    if (request.kind == api::RequestKind::Refund && request.state == QLatin1String("done")) {
        auto *reverse = add("reverse", tr("Reverse refund"), whyNot(session, "refund.reverse"));
        connect(reverse, &QPushButton::clicked, this, &RequestActions::reverseAsked);
    }
    line->addStretch(1);
}

bool RequestActions::hasAny(const api::MoneyRequest &request)
{
    return request.isWaiting() || request.isToSend() ||
           (request.kind == api::RequestKind::Refund && request.state == QLatin1String("done"));
}

QPushButton *RequestActions::add(const char *name, const QString &words, const QString &refusal)
{
    auto *button = new QPushButton(words);
    button->setObjectName(QStringLiteral("page.refunds.action.") + QLatin1String(name));
    button->setAccessibleName(tr("%1: %2").arg(words, m_name));
    offer(*button, refusal);
    layout()->addWidget(button);
    return button;
}

void RequestActions::addDecisions(const api::MoneyRequest &request, const api::Session &session)
{
    auto *approve = add("approve", tr("Look and approve"), whyNotApprove(request, session));
    connect(approve, &QPushButton::clicked, this, &RequestActions::approveAsked);
    auto *reject = add("reject", isOwn(request, session) ? tr("Take back") : tr("Reject"),
                       whyNot(session, rejectKind(request)));
    reject->setProperty("kind", QStringLiteral("danger"));
    connect(reject, &QPushButton::clicked, this, &RequestActions::rejectAsked);
}

void RequestActions::addSettlement(const api::MoneyRequest &request, const api::Session &session,
                                   const Display &display)
{
    QString tooSoon = whyNot(session, "payout.paid");
    if (tooSoon.isEmpty() && request.payableFrom && display.now() < *request.payableFrom)
        tooSoon = tr("It may be sent from %1 %2 on, a day after the second person agreed.")
                      .arg(formatFullMoment(*request.payableFrom, display.zone()).left(16),
                           display.zoneWord());
    auto *paid = add("paid", tr("Mark as sent"), tooSoon);
    connect(paid, &QPushButton::clicked, this, &RequestActions::paidAsked);
    auto *failed = add("return", tr("Could not be sent"), whyNot(session, "payout.failed"));
    failed->setProperty("kind", QStringLiteral("danger"));
    connect(failed, &QPushButton::clicked, this, &RequestActions::returnAsked);
}

} // namespace ui
