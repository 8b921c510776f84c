#include "ui/pages/deposits/review_dialog.h"

#include "ui/pages/deposits/deposit_words.h"
#include "ui/pages/deposits/review_words.h"
#include "ui/support/code_field.h"
#include "ui/support/command_dialog.h"
#include "ui/support/drawer.h"
#include "ui/support/format.h"
#include "ui/support/rights.h"
#include "ui/support/when_ready.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QUuid>

namespace ui {

namespace {

using api::ReviewAction;

constexpr int kWidthPx = 816;
constexpr qsizetype kReasonMax = 500;

QString freshKey()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

QVBoxLayout *stepColumn(QWidget *page)
{
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(px(12));
    return column;
}

/// The state's word of a deposit, as the server names it.
QString stateWord(const QString &code)
{
    for (int i = 0; i <= int(api::DepositState::WrittenOff); ++i) {
        const DepositStateWords &words = wordsOf(static_cast<api::DepositState>(i));
        if (words.code == code)
            return words.word;
    }
    return code;
}

} // namespace

ReviewDialog::ReviewDialog(const std::optional<api::DepositReview> &review, ReviewAction action,
                           const api::Backend &backend, QWidget *parent)
    : Dialog(QStringLiteral("dialog.review"), {}, parent)
    , m_review(review)
    , m_action(action)
    , m_commands(backend.commands)
    , m_clock(backend.clock)
{
    setWindowTitle(title());
    setWordsWidth(kWidthPx);
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

bool ReviewDialog::isApproval() const
{
    return m_review && m_review->state == api::ReviewState::PendingApproval;
}

QString ReviewDialog::title() const
{
    if (!m_review)
        return tr("Match a payment that was not reported");
    const QString verb = actionWord(m_action, isApproval());
    //: %1 is a verb such as "Accept", %2 what it is about: "Too little".
    return m_review->deposit
               ? tr("%1: %2, %3")
                     .arg(verb, wordsOf(m_review->kind).word, depositName(*m_review->deposit))
               : tr("%1: %2").arg(verb, wordsOf(m_review->kind).word);
}

// ---- how it is put together

void ReviewDialog::buildHead()
{
    auto *row = new QHBoxLayout;
    auto *left = new QVBoxLayout;
    left->setSpacing(px(2));
    auto *heading = new TokenLabel(TextSize::Section, Token::Text, QFont::DemiBold);
    heading->setText(title());
    left->addWidget(heading);
    if (m_review) {
        auto *who = new TokenLabel(TextSize::Small, Token::Muted);
        who->setText(m_review->customerName.isEmpty()
                         ? tr("Customer %1").arg(m_review->customer.value)
                         : m_review->customerName);
        left->addWidget(who);
    }
    m_steps = new Steps({tr("Decide"), tr("Preview"), tr("Done")});
    row->addLayout(left, 1);
    row->addWidget(m_steps, 0, Qt::AlignVCenter);
    head().addLayout(row);
}

QLineEdit *ReviewDialog::addField(QVBoxLayout &column, const char *name, const QString &label)
{
    auto *field = new QLineEdit;
    field->setObjectName(objectName() + u'.' + QLatin1String(name));
    column.addWidget(makeField(label, field));
    connect(field, &QLineEdit::textChanged, this, &ReviewDialog::check);
    return field;
}

QWidget *ReviewDialog::buildInput()
{
    auto *page = new QWidget;
    auto *column = stepColumn(page);
    if (m_review) {
        column->addWidget(makeWords(wordsOf(m_review->kind).sentence));
        if (!m_review->evidence.isEmpty())
            column->addWidget(makeWords(m_review->evidence, Token::Muted));
    } else {
        column->addWidget(makeWords(tr("Two people decide this: you name the payment and the "
                                       "customer, and somebody else agrees.")));
    }
    const bool isMatch = m_action == ReviewAction::Match && !isApproval();
    if (isMatch) {
        m_customer = addField(*column, "customer", tr("Telegram id of the customer"));
        m_payment = addField(*column, "payment", tr("Payment id, or the transaction's hash"));
        if (m_review) {
            m_customer->setText(QString::number(m_review->customer.value));
            m_payment->setText(m_review->subject);
        }
    }
    if (isMatch || m_action == ReviewAction::AcceptPart) {
        m_amount = addField(*column, "amount", tr("Amount, USD"));
        if (m_review && m_review->suggested.isPositive())
            m_amount->setText(m_review->suggested.toString());
    }
    if (isApproval())
        column->addWidget(makeFacts(
            {{.label = tr("Amount"), .value = formatUsd(m_review->amount)},
             {.label = tr("To customer"), .value = QString::number(m_review->payee.value)},
             {.label = tr("Payment"), .value = m_review->payment, .isCode = true},
             {.label = tr("Evidence"), .value = m_review->reason},
             {.label = tr("Asked for by"), .value = m_review->requestedBy}}));
    m_reason = addField(*column, "reason",
                        isMatch ? tr("Reason, and where the evidence is") : tr("Reason"));
    m_reason->setMaxLength(kReasonMax);
    m_reason->setPlaceholderText(tr("For colleagues and the audit; the customer does not see it"));
    m_hint = new TokenLabel(TextSize::Small, Token::Muted);
    column->addWidget(m_hint);
    return page;
}

QWidget *ReviewDialog::buildPreview()
{
    auto *page = new QWidget;
    auto *column = stepColumn(page);
    m_change = makeWords({});
    m_view = new PreviewView;
    m_code = new CodeField(objectName());
    column->addWidget(m_change);
    column->addWidget(m_view);
    column->addWidget(m_code);
    connect(m_code, &CodeField::changed, this, &ReviewDialog::checkPreview);
    return page;
}

QWidget *ReviewDialog::buildDone()
{
    auto *page = new QWidget;
    auto *column = stepColumn(page);
    m_doneState = new StateLabel;
    m_doneText = makeWords({});
    column->addWidget(m_doneState);
    column->addWidget(m_doneText);
    return page;
}

void ReviewDialog::buildFoot()
{
    m_age = new PreviewAge(objectName(), m_clock);
    addToFoot(m_age);
    m_back = addButton(QStringLiteral("back"), tr("Back"), {});
    const bool isRefusal = m_action == ReviewAction::Refuse;
    m_verb = addButton(QStringLiteral("verb"), {},
                       isRefusal ? QStringLiteral("danger") : QStringLiteral("primary"));
    connect(m_age, &PreviewAge::recalculateAsked, this, &ReviewDialog::askPreview);
    connect(m_age, &PreviewAge::ticked, this, &ReviewDialog::checkPreview);
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

// ---- what is wanted

void ReviewDialog::check()
{
    if (m_step != Input || m_verb == nullptr)
        return;
    const qsizetype reason = m_reason->text().trimmed().size();
    const auto amount = m_amount ? readUsd(m_amount->text(), locale()) : std::optional<Money>();
    bool isNumber = true;
    if (m_customer)
        (void)m_customer->text().trimmed().toLongLong(&isNumber);
    QString problem;
    if (!isNumber)
        problem = tr("A customer is named by the number of their Telegram id");
    else if (m_payment && m_payment->text().trimmed().isEmpty())
        problem = tr("Name the payment or its transaction");
    else if (m_amount && (!amount || !amount->isPositive()))
        problem = tr("Type an amount in USD above zero");
    else if (reason < kReasonMin)
        problem = tr("Say why, in 3 characters or more");
    m_hint->setText(problem);
    m_verb->setEnabled(problem.isEmpty() && !m_isWaiting);
}

Json ReviewDialog::payload() const
{
    Json payload = {{"v", 1}, {"reason", m_reason->text().trimmed()}};
    if (m_review)
        payload["review"] = m_review->id.value;
    if (m_amount)
        payload["amount"] = readUsd(m_amount->text(), locale()).value_or(Money()).micros();
    if (m_customer)
        payload["customer"] = m_customer->text().trimmed().toLongLong();
    if (m_payment)
        payload["payment"] = m_payment->text().trimmed();
    return payload;
}

void ReviewDialog::previewFully()
{
    m_reason->setText(QStringLiteral("Ticket 4711, the customer sent the transaction"));
    if (m_verb->isEnabled())
        askPreview();
}

// ---- preview

void ReviewDialog::askPreview()
{
    setProblem({});
    if (m_step == Input)
        m_payload = payload(); // what was previewed is what is done
    Json looked = m_payload;
    looked["action"] = api::nameOf(m_action);
    setWaiting(true);
    whenReady(m_commands.submit(QStringLiteral("deposit.preview"), looked, freshKey()), this,
              [this](const Result<api::CommandResult> &result) { takePreview(result); });
}

void ReviewDialog::takePreview(const Result<api::CommandResult> &result)
{
    setWaiting(false);
    if (!result)
        return setProblem(failureWords(result.error()));
    if (result->state != api::CommandState::Done)
        return setProblem(refusalWords(*result));
    const auto preview = api::reviewPreviewFromJson(result->answer);
    if (!preview)
        return setProblem(tr("The server's answer was not understood. No money has moved."));
    m_preview = *preview;
    m_executeKey = freshKey(); // of this preview: trying again cannot do it twice
    goTo(Preview);
    showPreview();
}

void ReviewDialog::showPreview()
{
    const QString before =
        m_preview.stateBefore.isEmpty() ? QString(kDash) : stateWord(m_preview.stateBefore);
    const QString after =
        m_preview.stateAfter.isEmpty() ? QString(kDash) : stateWord(m_preview.stateAfter);
    m_change->setText(tr("The customer gets %1. The deposit is \"%2\" and will be \"%3\".")
                          .arg(formatUsd(m_preview.amount), before, after));
    const QString rule = m_preview.mayExecute ? tr("Nobody else has to approve this.")
                         : m_preview.needsSecondPerson
                             ? tr("Another person has to agree before any money moves.")
                             : tr("Your role may not decide this.");
    m_view->showPreview({.entries = m_preview.entries,
                         .customerName = m_review ? m_review->customerName : QString(),
                         .language = m_preview.customerLanguage,
                         .customerText = m_preview.customerText,
                         .operatorText = m_preview.operatorText,
                         .silence = tr("The customer is not told anything."),
                         .rule = rule,
                         .ruleDetail = m_preview.rule});
    m_age->begin(m_preview.hash);
}

void ReviewDialog::checkPreview()
{
    if (m_step != Preview)
        return;
    const bool mayGoOn = m_preview.mayExecute || m_preview.needsSecondPerson;
    m_verb->setEnabled(!m_isWaiting && !m_age->isExpired() && m_code->isReady() && mayGoOn);
    m_verb->setToolTip(mayGoOn ? QString() : m_preview.rule);
}

// ---- done

void ReviewDialog::execute()
{
    setProblem({});
    setWaiting(true);
    Json payload = m_payload;
    payload["hash"] = m_preview.hash;
    const QString kind = QString::fromLatin1(commandOf(m_action));
    const QByteArray code = m_code->take();
    whenReady(code.isEmpty() ? m_commands.submit(kind, payload, m_executeKey)
                             : m_commands.submitWithCode(kind, payload, code, m_executeKey),
              this, [this](const Result<api::CommandResult> &result) { takeExecuted(result); });
}

void ReviewDialog::takeExecuted(const Result<api::CommandResult> &result)
{
    setWaiting(false);
    checkPreview();
    if (!result)
        return setProblem(failureWords(result.error()));
    if (result->state != api::CommandState::Done) {
        m_executeKey = freshKey();
        if (result->code == QLatin1String("CodeNeeded"))
            return m_code->ask();
        return setProblem(refusalWords(*result));
    }
    const bool waits = core::boolMember(result->answer, "waits").value_or(false);
    const auto transfer = core::integerMember(result->answer, "transfer");
    m_doneState->setState(waits ? QStringLiteral("hourglass") : QStringLiteral("circle-check"),
                          waits ? tr("Waits for another person") : tr("Decided"),
                          waits ? Token::Info : Token::Good);
    m_doneText->setText(waits ? tr("Somebody else has to agree. No money has moved yet.")
                        : transfer && m_preview.amount.isPositive()
                            ? tr("%1 is in the customer's balance, posting %2.")
                                  .arg(formatUsd(m_preview.amount))
                                  .arg(*transfer)
                        : transfer ? tr("Booked with posting %1.").arg(*transfer)
                                   : tr("No money was moved."));
    goTo(Done);
    Q_EMIT decided();
}

void ReviewDialog::setWaiting(bool isWaiting)
{
    m_isWaiting = isWaiting;
    m_age->setWaiting(isWaiting);
    m_back->setEnabled(!isWaiting);
    m_verb->setEnabled(!isWaiting);
    check();
    Q_EMIT settledChanged();
}

QString ReviewDialog::verbWords() const
{
    if (m_step == Input)
        return tr("Preview");
    if (m_preview.needsSecondPerson && !m_preview.mayExecute)
        return tr("Ask for approval of %1").arg(formatUsd(m_preview.amount));
    if (m_action == ReviewAction::Refuse)
        return tr("Refuse");
    return tr("Credit %1").arg(formatUsd(m_preview.amount));
}

void ReviewDialog::goTo(Step step)
{
    m_step = step;
    m_steps->setCurrent(step == Done ? Done + 1 : step);
    for (int i = 0; i < int(m_pages.size()); ++i)
        m_pages[i]->setVisible(i == step);
    m_back->setVisible(step == Preview);
    m_verb->setVisible(step != Done);
    m_verb->setText(verbWords());
    m_verb->setAccessibleName(m_verb->text());
    cancelButton().setText(step == Done ? tr("Close") : tr("Cancel"));
    m_age->setVisible(step == Preview);
}

} // namespace ui
