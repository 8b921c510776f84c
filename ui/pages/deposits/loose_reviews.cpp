#include "ui/pages/deposits/loose_reviews.h"

#include "ui/pages/deposits/review_words.h"
#include "ui/support/dialog.h"
#include "ui/support/format.h"
#include "ui/support/rights.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace ui {

LooseReviews::LooseReviews(const api::Session &session, QWidget *parent)
    : Panel(Token::WarnTint, Qt::BottomEdge, parent)
    , m_session(session)
{
    setObjectName(QStringLiteral("page.deposits.loose"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(px(20), px(8), px(20), px(8));
    hide();
}

void LooseReviews::showReviews(const QList<api::DepositReview> &reviews)
{
    QList<api::ReviewId> ids;
    for (const api::DepositReview &review : reviews)
        ids.append(review.id);
    if (m_lines != nullptr && ids == m_shown)
        return; // somebody may be about to press a button
    m_shown = ids;
    delete m_lines;
    m_lines = new QWidget;
    auto *column = new QVBoxLayout(m_lines);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(px(6));
    for (const api::DepositReview &review : reviews)
        addReview(*column, review);
    layout()->addWidget(m_lines);
    setVisible(!reviews.isEmpty());
}

void LooseReviews::addReview(QVBoxLayout &column, const api::DepositReview &review)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(px(8));
    auto *words = makeWords(tr("%1 asks to give %2 to customer %3 for a payment that nobody had "
                               "reported. Another person has to agree.")
                                .arg(review.requestedBy, formatUsd(review.amount))
                                .arg(review.payee.value));
    row->addWidget(new IconLabel(QStringLiteral("user"), Token::Warn, 16));
    row->addWidget(words, 1);
    const auto who = m_session.current();
    const bool isOwn = who && who->name == review.requestedBy;
    for (const api::ReviewAction action : actionsOf(review)) {
        const bool isRefusal = action == api::ReviewAction::Refuse;
        auto *button =
            new QPushButton(isOwn && isRefusal ? tr("Take back") : actionWord(action, true));
        button->setAccessibleName(button->text());
        button->setObjectName(QStringLiteral("page.deposits.loose.%1.%2")
                                  .arg(QLatin1String(commandOf(action)).mid(8))
                                  .arg(review.id.value));
        QString refusal = whyNot(m_session, commandOf(action));
        if (refusal.isEmpty() && isOwn && !isRefusal && !who->isSolo)
            refusal = tr("You asked for this. Another person has to agree.");
        offer(*button, refusal);
        connect(button, &QPushButton::clicked, this,
                [this, review, action] { Q_EMIT actionAsked(review, action); });
        row->addWidget(button);
    }
    column.addLayout(row);
}

} // namespace ui
