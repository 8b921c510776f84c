#include "ui/pages/ledger/explanation_view.h"

#include "ui/pages/ledger/ledger_words.h"
#include "ui/support/dialog.h"
#include "ui/support/drawer.h"
#include "ui/support/format.h"

#include <QHBoxLayout>

namespace ui {

namespace {

/// With a sign, as what it did to the balance.
QString moved(Money amount)
{
    return (amount.isPositive() ? QStringLiteral("+") : QString()) + formatUsd(amount);
}

QString iconOfSource(const QString &source)
{
    if (source == QLatin1String("operator"))
        return QStringLiteral("user");
    if (source == QLatin1String("timer"))
        return QStringLiteral("timer");
    if (source == QLatin1String("telegram"))
        return QStringLiteral("message");
    return source == QLatin1String("internal") ? QStringLiteral("circle-dot")
                                               : QStringLiteral("bolt");
}

QList<Fact> factsOf(const api::ExplainedTransfer &transfer, const QTimeZone &zone)
{
    QList<Fact> facts = {
        {.label = ExplanationView::tr("Time"), .value = formatFullMoment(transfer.at, zone)},
        {.label = ExplanationView::tr("Request key"), .value = transfer.reference, .isCode = true}};
    const auto add = [&](const QString &label, Money amount) {
        if (!amount.isZero())
            facts.append({.label = label, .value = moved(amount)});
    };
    add(ExplanationView::tr("Available"), transfer.available);
    add(ExplanationView::tr("Held"), transfer.held);
    add(ExplanationView::tr("Debt"), transfer.debt);
    if (!transfer.platforms.isEmpty())
        facts.append({.label = ExplanationView::tr("House"), .value = transfer.platforms});
    facts.append({.label = ExplanationView::tr("Available after"),
                  .value = formatUsd(transfer.availableAfter)});
    if (transfer.resolves)
        facts.append({.label = ExplanationView::tr("Ends hold"),
                      .value = QString::number(transfer.resolves->value)});
    if (transfer.refunds)
        facts.append({.label = ExplanationView::tr("Gives back of"),
                      .value = QString::number(transfer.refunds->value)});
    return facts;
}

} // namespace

QString ExplanationView::titleOf(const api::ExplainedTransfer &transfer)
{
    return tr("%1 %2").arg(transferKindWord(transfer.kind)).arg(transfer.id.value);
}

ExplanationView::ExplanationView(const api::ExplainedTransfer &transfer, const QTimeZone &zone,
                                 QWidget *parent)
    : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(px(10));
    column->addWidget(makeFacts(factsOf(transfer, zone)));
    for (const api::Cause &cause : transfer.causes)
        column->addWidget(buildCause(cause, zone));
    if (transfer.causes.isEmpty())
        column->addWidget(
            makeWords(tr("What caused it is not in the archive any more."), Token::Muted));
}

QWidget *ExplanationView::buildCause(const api::Cause &cause, const QTimeZone &zone)
{
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(px(4));
    auto *head = new QHBoxLayout;
    head->setSpacing(px(6));
    auto *title = new TokenLabel(TextSize::Body, Token::Text, QFont::Medium);
    title->setWordWrap(true);
    title->setText(tr("because of %1").arg(cause.kind));
    head->addWidget(new IconLabel(iconOfSource(cause.source), Token::Muted, 15), 0, Qt::AlignTop);
    head->addWidget(title, 1);
    column->addLayout(head);
    //: %1 is where it came from, %2 its number in the inbox, %3 when, %4 what became of it.
    auto *words = makeWords(tr("%1, inbox row %2, %3, %4")
                                .arg(cause.source)
                                .arg(cause.id.value)
                                .arg(formatFullMoment(cause.receivedAt, zone), cause.state),
                            Token::Muted);
    column->addWidget(words);
    if (!cause.detail.isEmpty())
        column->addWidget(makeWords(cause.detail, Token::Muted));
    auto *panel = new Panel(Token::Surface2);
    auto *inside = new QVBoxLayout(panel);
    inside->setContentsMargins(px(8), px(6), px(8), px(6));
    inside->addWidget(makeCode(
        QString::fromStdString(cause.body.dump(1, ' ', false, Json::error_handler_t::replace)),
        tr("The event, masked")));
    column->addWidget(panel);
    return box;
}

} // namespace ui
