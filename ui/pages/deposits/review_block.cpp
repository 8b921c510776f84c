#include "ui/pages/deposits/review_block.h"

#include "ui/pages/deposits/review_words.h"
#include "ui/support/dialog.h"
#include "ui/support/drawer.h"
#include "ui/support/format.h"
#include "ui/support/rights.h"

#include <QGridLayout>
#include <QPushButton>

namespace ui {

namespace {

constexpr int kButtonsInRow = 2;

/// What is known, leaving out what is not.
QList<Fact> factsOf(const api::DepositReview &review, const Display &display)
{
    QList<Fact> facts;
    const auto add = [&](const QString &label, const QString &value, bool isCode = false) {
        if (!value.isEmpty())
            facts.append({.label = label, .value = value, .isCode = isCode});
    };
    const auto usd = [](Money amount) { return amount.isZero() ? QString() : formatUsd(amount); };
    add(ReviewBlock::tr("Asked for"), usd(review.asked));
    if (!review.receivedCrypto.isEmpty())
        add(ReviewBlock::tr("Received"), review.receivedCrypto + kNoBreakSpace + review.coin);
    add(ReviewBlock::tr("Worth by the rule"), usd(review.suggested));
    add(ReviewBlock::tr("In suspense"), usd(review.inSuspense));
    add(ReviewBlock::tr("Payment"), review.payment.isEmpty() ? review.subject : review.payment,
        true);
    if (review.state == api::ReviewState::PendingApproval || review.state == api::ReviewState::Done)
        add(ReviewBlock::tr("Amount"), usd(review.amount));
    if (review.payee != CustomerId{})
        add(ReviewBlock::tr("To customer"), QString::number(review.payee.value));
    add(ReviewBlock::tr("Reason"), review.reason);
    add(review.decidedAt ? ReviewBlock::tr("Decided by") : ReviewBlock::tr("Asked for by"),
        review.requestedBy);
    add(ReviewBlock::tr("Approved by"), review.approvedBy);
    if (review.transfer)
        add(ReviewBlock::tr("Posting"), QString::number(review.transfer->value));
    add(review.decidedAt ? ReviewBlock::tr("Decided") : ReviewBlock::tr("Since"),
        formatFullMoment(review.decidedAt.value_or(review.openedAt), display.zone()));
    return facts;
}

} // namespace

ReviewBlock::ReviewBlock(const api::DepositReview &review, const api::Session &session,
                         const Display &display, QWidget *parent)
    : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(px(8));
    const ReviewStateWords words = wordsOf(review.state);
    auto *state = new StateLabel;
    state->setState(words.iconName, words.word, words.tone);
    column->addWidget(state, 0, Qt::AlignLeading);
    column->addWidget(makeWords(wordsOf(review.kind).sentence));
    if (!review.evidence.isEmpty())
        column->addWidget(makeWords(review.evidence, Token::Muted));
    column->addWidget(makeFacts(factsOf(review, display)));
    addButtons(review, session);
}

void ReviewBlock::addButtons(const api::DepositReview &review, const api::Session &session)
{
    const bool isApproval = review.state == api::ReviewState::PendingApproval;
    const auto who = session.current();
    const bool isOwn = isApproval && who && review.requestedBy == who->name;
    auto *grid = new QGridLayout;
    grid->setSpacing(px(8));
    const QList<api::ReviewAction> actions = actionsOf(review);
    for (int i = 0; i < int(actions.size()); ++i) {
        const api::ReviewAction action = actions[i];
        const bool isRefusal = action == api::ReviewAction::Refuse;
        const QString words = isOwn && isRefusal ? tr("Take back") : actionWord(action, isApproval);
        auto *button = new QPushButton(words);
        //: %1 is a verb such as "Accept", %2 what it is about: "Too little".
        button->setAccessibleName(tr("%1: %2").arg(words, wordsOf(review.kind).word));
        button->setObjectName(QStringLiteral("page.deposits.action.%1.%2")
                                  .arg(QLatin1String(commandOf(action)).mid(8))
                                  .arg(review.id.value));
        if (isRefusal)
            button->setProperty("kind", QStringLiteral("danger"));
        QString refusal = whyNot(session, commandOf(action));
        if (refusal.isEmpty() && isOwn && !isRefusal && !who->isSolo)
            refusal = tr("You asked for this. Another person has to agree.");
        if (refusal.isEmpty())
            refusal = obstacleTo(review, action);
        offer(*button, refusal);
        connect(button, &QPushButton::clicked, this,
                [this, action] { Q_EMIT actionAsked(action); });
        grid->addWidget(button, i / kButtonsInRow, i % kButtonsInRow);
    }
    if (!actions.isEmpty())
        static_cast<QVBoxLayout *>(layout())->addLayout(grid);
    else
        delete grid;
}

} // namespace ui
