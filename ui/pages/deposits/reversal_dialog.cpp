#include "ui/pages/deposits/reversal_dialog.h"

#include "ui/pages/deposits/deposit_words.h"
#include "ui/support/format.h"
#include "ui/support/rights.h"
#include "ui/support/when_ready.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QUuid>

namespace ui {

namespace {

constexpr int kReversalWidthPx = 816;
constexpr qsizetype kReversalReasonMin = 10; // as the server wants it of all that is booked by hand
constexpr int kReversalReasonMax = 500;

QString newRequestKey()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

QVBoxLayout *columnIn(QWidget *page)
{
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(px(12));
    return column;
}

/// What one account of the customer gets, with its sign.
Money movedOn(const QString &account, const api::RefundPreview &preview)
{
    Money moved;
    for (const api::RefundEntry &entry : preview.entries) {
        if (entry.isCustomers && entry.account == account)
            moved += entry.amount;
    }
    return moved;
}

} // namespace

ReversalDialog::ReversalDialog(const api::DepositRow &deposit, const api::Backend &backend,
                               QWidget *parent)
    : Dialog(QStringLiteral("dialog.takeBack"),
             tr("Ask to take back %1").arg(depositName(deposit.id)), parent)
    , m_deposit(deposit)
    , m_commands(backend.commands)
    , m_clock(backend.clock)
{
    setWordsWidth(kReversalWidthPx);
    buildHead();
    m_pages = {buildInput(), buildPreview(), buildDone()};
    for (QWidget *page : std::as_const(m_pages)) {
        page->hide();
        body().addWidget(page);
    }
    body().addStretch(1);
    buildFoot();
    goTo(Input);
    check();
}

// ---- how it is put together

void ReversalDialog::buildHead()
{
    auto *row = new QHBoxLayout;
    auto *left = new QVBoxLayout;
    left->setSpacing(px(2));
    auto *heading = new TokenLabel(TextSize::Section, Token::Text, QFont::DemiBold);
    heading->setText(windowTitle());
    auto *who = new TokenLabel(TextSize::Small, Token::Muted);
    who->setText(m_deposit.customerName.isEmpty() ? tr("Customer %1").arg(m_deposit.customer.value)
                                                  : m_deposit.customerName);
    left->addWidget(heading);
    left->addWidget(who);
    m_steps = new Steps({tr("Reason"), tr("Preview"), tr("Done")});
    row->addLayout(left, 1);
    row->addWidget(m_steps, 0, Qt::AlignVCenter);
    head().addLayout(row);
}

QWidget *ReversalDialog::buildInput()
{
    auto *page = new QWidget;
    QVBoxLayout *column = columnIn(page);
    column->addWidget(makeWords(
        tr("%1 were credited. All of it leaves the wallet once another person of Finance agrees. "
           "What is spent already is owed, and paid by later deposits.")
            .arg(formatUsd(m_deposit.credited))));
    m_reason = new QLineEdit;
    m_reason->setObjectName(objectName() + QStringLiteral(".reason"));
    m_reason->setMaxLength(kReversalReasonMax);
    m_reason->setPlaceholderText(tr("For colleagues and the audit; the customer does not see it"));
    connect(m_reason, &QLineEdit::textChanged, this, &ReversalDialog::check);
    m_hint = new TokenLabel(TextSize::Small, Token::Muted);
    m_hint->setObjectName(objectName() + QStringLiteral(".hint"));
    column->addWidget(makeField(tr("Why it was false, and where the evidence is"), m_reason));
    column->addWidget(m_hint);
    return page;
}

QWidget *ReversalDialog::buildPreview()
{
    auto *page = new QWidget;
    QVBoxLayout *column = columnIn(page);
    m_change = makeWords({});
    m_change->setObjectName(objectName() + QStringLiteral(".change"));
    m_view = new PreviewView;
    column->addWidget(m_change);
    column->addWidget(m_view);
    return page;
}

QWidget *ReversalDialog::buildDone()
{
    auto *page = new QWidget;
    QVBoxLayout *column = columnIn(page);
    m_doneState = new StateLabel;
    m_doneState->setState(QStringLiteral("hourglass"), tr("Waiting for approval"), Token::Info);
    m_doneText = makeWords({});
    column->addWidget(m_doneState);
    column->addWidget(m_doneText);
    return page;
}

void ReversalDialog::buildFoot()
{
    m_age = new PreviewAge(objectName(), m_clock);
    addToFoot(m_age);
    m_back = addButton(QStringLiteral("back"), tr("Back"), {});
    m_verb = addButton(QStringLiteral("verb"), {}, QStringLiteral("primary"));
    connect(m_age, &PreviewAge::recalculateAsked, this, &ReversalDialog::askPreview);
    connect(m_age, &PreviewAge::ticked, this, &ReversalDialog::checkPreview);
    connect(m_back, &QPushButton::clicked, this, [this] {
        setProblem({});
        goTo(Input);
        check();
    });
    connect(m_verb, &QPushButton::clicked, this, [this] {
        if (m_step == Input)
            askPreview();
        else
            execute();
    });
}

// ---- why

void ReversalDialog::check()
{
    if (m_step != Input || m_verb == nullptr)
        return;
    const qsizetype left = kReversalReasonMin - m_reason->text().trimmed().size();
    m_hint->setText(left > 0 ? tr("Say why, in %1 characters or more").arg(kReversalReasonMin)
                             : QString());
    m_verb->setEnabled(left <= 0 && !m_isWaiting);
}

void ReversalDialog::previewFully()
{
    m_reason->setText(QStringLiteral("Ticket 4711, the provider never settled it"));
    if (m_verb->isEnabled())
        askPreview();
}

// ---- preview

void ReversalDialog::askPreview()
{
    setProblem({});
    if (m_step == Input) // what was previewed is what is asked for
        m_payload = {
            {"v", 1}, {"deposit", m_deposit.id.value}, {"reason", m_reason->text().trimmed()}};
    setWaiting(true);
    whenReady(m_commands.submit(QStringLiteral("adjustment.preview"), m_payload, newRequestKey()),
              this, [this](const Result<api::CommandResult> &result) { takePreview(result); });
}

void ReversalDialog::takePreview(const Result<api::CommandResult> &result)
{
    setWaiting(false);
    if (!result)
        return setProblem(failureWords(result.error()));
    if (result->state != api::CommandState::Done)
        return setProblem(refusalWords(*result));
    const auto preview = api::refundPreviewFromJson(result->answer);
    if (!preview)
        return setProblem(tr("The server's answer was not understood. No money has moved."));
    m_preview = *preview;
    m_executeKey = newRequestKey(); // of this preview: trying again cannot do it twice
    goTo(Preview);
    showPreview();
}

void ReversalDialog::showPreview()
{
    const Money taken = -movedOn(QStringLiteral("available"), m_preview);
    const Money owed = -movedOn(QStringLiteral("debt"), m_preview);
    m_change->setText(
        owed.isPositive()
            ? tr("%1 leave the wallet. %2 are spent already: they become a debt, which later "
                 "deposits pay first.")
                  .arg(formatUsd(taken), formatUsd(owed))
            : tr("%1 leave the wallet. Nothing becomes a debt.").arg(formatUsd(taken)));
    m_view->showPreview({.entries = m_preview.entries,
                         .customerName = m_deposit.customerName,
                         .language = m_preview.customerLanguage,
                         .customerText = m_preview.customerText,
                         .operatorText = m_preview.operatorText,
                         .silence = tr("The customer has blocked the bot."),
                         .rule = m_preview.mayExecute
                                     ? tr("You are alone here: you approve it yourself afterwards.")
                                     : tr("Another person of Finance has to agree before any money "
                                          "moves."),
                         .ruleDetail = tr("Until then the wallet may change. How much of it is a "
                                          "debt is worked out when they agree.")});
    m_age->begin(m_preview.hash);
}

void ReversalDialog::checkPreview()
{
    if (m_step == Preview)
        m_verb->setEnabled(!m_isWaiting && !m_age->isExpired());
}

// ---- done

void ReversalDialog::execute()
{
    setProblem({});
    setWaiting(true);
    Json payload = m_payload;
    payload["hash"] = m_preview.hash;
    whenReady(m_commands.submit(QStringLiteral("deposit.reverse"), payload, m_executeKey), this,
              [this](const Result<api::CommandResult> &result) { takeExecuted(result); });
}

void ReversalDialog::takeExecuted(const Result<api::CommandResult> &result)
{
    setWaiting(false);
    checkPreview();
    if (!result)
        return setProblem(failureWords(result.error()));
    if (result->state != api::CommandState::Done) {
        m_executeKey = newRequestKey();
        return setProblem(refusalWords(*result));
    }
    const auto number = core::integerMember(result->answer, "adjustment");
    m_doneText->setText(
        tr("%1 waits for another person of Finance, on the page Refunds. No money has moved yet.")
            .arg(number ? QStringLiteral("A-%1").arg(*number) : tr("It")));
    goTo(Done);
    Q_EMIT asked();
}

void ReversalDialog::setWaiting(bool isWaiting)
{
    m_isWaiting = isWaiting;
    m_age->setWaiting(isWaiting);
    m_back->setEnabled(!isWaiting);
    m_verb->setEnabled(!isWaiting);
    check();
    Q_EMIT settledChanged();
}

void ReversalDialog::goTo(Step step)
{
    m_step = step;
    m_steps->setCurrent(step == Done ? Done + 1 : step);
    for (int i = 0; i < int(m_pages.size()); ++i)
        m_pages[i]->setVisible(i == step);
    m_back->setVisible(step == Preview);
    m_verb->setVisible(step != Done);
    m_verb->setText(step == Input ? tr("Preview")
                                  : tr("Ask to take back %1").arg(formatUsd(m_deposit.credited)));
    m_verb->setAccessibleName(m_verb->text());
    cancelButton().setText(step == Done ? tr("Close") : tr("Cancel"));
    m_age->setVisible(step == Preview);
}

} // namespace ui
