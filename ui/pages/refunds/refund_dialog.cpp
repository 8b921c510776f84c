#include "ui/pages/refunds/refund_dialog.h"

#include "ui/pages/calls/call_words.h"
#include "ui/pages/refunds/request_words.h"
#include "ui/support/code_field.h"
#include "ui/support/format.h"
#include "ui/support/rights.h"
#include "ui/support/when_ready.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QUuid>

namespace ui {

namespace {

constexpr auto kNoteMin = 10;
constexpr int kWidthPx = 816;

Money typedAgainAbove()
{
    return Money::fromCents(5000);
}

QString newKey()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

} // namespace

RefundDialog::RefundDialog(const RefundOf &of, const api::Backend &backend, QWidget *parent,
                           const std::optional<api::MoneyRequest> &request)
    : Dialog(QStringLiteral("dialog.refund"), titleOf(of), parent)
    , m_of(of)
    , m_request(request)
    , m_calls(backend.calls)
    , m_refunds(backend.refunds)
    , m_commands(backend.commands)
    , m_clock(backend.clock)
{
    setWordsWidth(kWidthPx);
    buildHead();
    body().addWidget(m_facts);
    m_pages = {buildEligible(), buildAmount(), buildPreview(), buildDone()};
    for (QWidget *page : std::as_const(m_pages)) {
        page->hide();
        body().addWidget(page);
    }
    body().addStretch(1);
    buildFoot();
    goTo(Eligible);
    loadPaid();
}

QString RefundDialog::titleOf(const RefundOf &of)
{
    return of.payment ? tr("Refund the plan of posting %1").arg(of.payment->value)
                      : tr("Refund call %1").arg(callName(of.call));
}

void RefundDialog::previewFully()
{
    m_previewsAtOnce = true;
    if (m_step == Amount) {
        m_previewsAtOnce = false;
        m_reason->setCurrentIndex(m_reason->findData(QStringLiteral("bad_audio")));
        askPreview();
    }
}

// ---- what was eligible

void RefundDialog::loadPaid()
{
    setWaiting(true);
    m_eligible->setText(tr("Reading what was paid"));
    if (m_of.payment)
        return whenReady(m_refunds.loadPlanPayment(*m_of.payment), this,
                         [this](const Result<api::PlanPayment> &payment) {
                             takePaid(payment.map([](const api::PlanPayment &of) {
                                 return Figures{of.customerName, of.paid, of.refunded};
                             }));
                         });
    whenReady(m_calls.loadCall(m_of.call), this, [this](const Result<api::CallDetail> &detail) {
        takePaid(detail.map([](const api::CallDetail &of) {
            return Figures{of.row.customerName, of.row.charged, of.row.refunded};
        }));
    });
}

/// Why there is nothing to give back; empty: there is.
QString RefundDialog::whyNothing() const
{
    if (!m_preview.paid.isPositive())
        return tr("Nothing was charged for this call, so there is nothing to give back. Its hold "
                  "was released.");
    if (!m_preview.refundable.isPositive())
        return tr("All of it has been refunded already.");
    return {};
}

void RefundDialog::takePaid(const Result<Figures> &figures)
{
    setWaiting(false);
    if (!figures) {
        m_eligible->setText(sentenceOf(figures.error().code));
        m_back->setText(tr("Read again"));
        m_back->show();
        return;
    }
    m_customerName = figures->customerName;
    setWindowTitle(tr("%1, %2").arg(titleOf(m_of), m_customerName));
    m_hasFigures = true;
    m_preview.paid = figures->paid;
    m_preview.refunded = figures->refunded;
    m_preview.refundable = figures->paid - figures->refunded;
    showFacts();
    if (const QString words = whyNothing(); !words.isEmpty())
        return m_eligible->setText(words);
    if (m_request) {
        m_eligible->setText(tr("Working out what it would do now"));
        m_wish = {.call = m_of.call,
                  .payment = m_of.payment,
                  .amount = m_request->amount,
                  .reason = m_request->reason,
                  .note = m_request->note,
                  .request = api::RefundId{m_request->id.value}};
        m_head->setAmount(formatMoney(m_wish.amount));
        return askPreview();
    }
    goTo(Amount);
    check();
    if (m_previewsAtOnce)
        previewFully();
}

void RefundDialog::showFacts()
{
    m_facts->setVisible(m_hasFigures);
    m_factValues[0]->setText(formatMoney(m_preview.paid));
    m_factValues[1]->setText(formatMoney(m_preview.refunded));
    m_factValues[2]->setText(formatMoney(m_preview.refundable));
}

// ---- amount and reason

std::optional<Money> RefundDialog::typedAmount() const
{
    switch (m_shares->checkedId()) {
    case 0: return m_preview.refundable;
    case 1: return std::min(m_preview.paid.timesRatioDown(1, 2), m_preview.refundable);
    default: break;
    }
    return readUsd(m_custom->text(), locale());
}

api::RefundWish RefundDialog::wish() const
{
    return {.call = m_of.call,
            .payment = m_of.payment,
            .amount = typedAmount().value_or(Money()),
            .reason = m_reason->currentData().toString(),
            .note = m_note->text().trimmed()};
}

void RefundDialog::check()
{
    const auto amount = typedAmount();
    const QString reason = m_reason->currentData().toString();
    const bool needsNote = reason == QLatin1String("other");
    m_custom->setEnabled(m_shares->checkedId() == 2);
    QString problem;
    if (!amount)
        problem = m_custom->text().isEmpty() ? QString() : tr("This is no amount in USD");
    else if (!amount->isPositive())
        problem = tr("The amount must be above zero");
    else if (*amount > m_preview.refundable)
        problem = tr("At most %1 can be refunded").arg(formatUsd(m_preview.refundable));
    else if (needsNote && m_note->text().trimmed().size() < kNoteMin)
        problem = tr("Say in the note what happened, in 10 characters or more");
    const bool isGood = amount && problem.isEmpty() && !reason.isEmpty();
    m_hint->setText(problem.isEmpty() && reason.isEmpty() ? tr("Choose a reason") : problem);
    m_hint->setToken(problem.isEmpty() ? Token::Muted : Token::Bad);
    m_head->setAmount(amount && amount->isPositive() ? formatMoney(*amount) : QString(kDash));
    m_head->setWhat(reason.isEmpty()
                        ? tr("To wallet balance")
                        : tr("To wallet balance, %1").arg(m_reason->currentText().toLower()));
    if (m_step == Amount)
        m_verb->setEnabled(isGood && !m_isWaiting);
}

// ---- preview

void RefundDialog::askPreview()
{
    setProblem({});
    if (m_step == Amount)
        m_wish = wish(); // what was previewed is what is executed, whatever the figures do
    setWaiting(true);
    whenReady(m_commands.submit(QStringLiteral("refund.preview"), api::toJson(m_wish), newKey()),
              this, [this](const Result<api::CommandResult> &result) { takePreview(result); });
}

void RefundDialog::takePreview(const Result<api::CommandResult> &result)
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
    m_executeKey = newKey(); // of this preview: trying again cannot refund twice
    m_again->clear();
    goTo(Preview);
    showPreview();
}

void RefundDialog::showPreview()
{
    showFacts();
    m_view->showPreview({.entries = m_preview.entries,
                         .customerName = m_customerName,
                         .language = m_preview.customerLanguage,
                         .customerText = m_preview.customerText,
                         .operatorText = m_preview.operatorText,
                         .silence = tr("The customer has blocked the bot."),
                         .rule = ruleWords(),
                         .ruleDetail = m_preview.rule});
    m_confirm->setVisible(needsTypedAmount());
    m_age->begin(m_preview.hash);
}

QString RefundDialog::ruleWords() const
{
    const QString needs = needsWords(m_preview.needs);
    if (m_request)
        return m_preview.mayExecute ? tr("%1 asked for this. You are the other person.")
                                          .arg(requesterWord(*m_request))
                                    : tr("You may not approve this. %1").arg(needs);
    return m_preview.mayExecute || needs.isEmpty() ? tr("Nobody else has to approve this.") : needs;
}

bool RefundDialog::needsTypedAmount() const
{
    return m_wish.amount > typedAgainAbove();
}

void RefundDialog::checkPreview()
{
    if (m_step != Preview)
        return;
    const bool isTyped = !needsTypedAmount() || readUsd(m_again->text(), locale()) == m_wish.amount;
    const bool mayGoOn = m_preview.mayExecute || !m_request; // else it becomes a request
    m_verb->setEnabled(!m_isWaiting && !m_age->isExpired() && isTyped && mayGoOn &&
                       m_code->isReady());
}

// ---- done

void RefundDialog::execute()
{
    setProblem({});
    setWaiting(true);
    Json payload = api::toJson(m_wish);
    const bool isRequest = !m_preview.mayExecute;
    if (!isRequest)
        payload["hash"] = m_preview.hash;
    const QString kind = isRequest   ? QStringLiteral("refund.request")
                         : m_request ? QStringLiteral("refund.approve")
                                     : QStringLiteral("refund.execute");
    const QByteArray code = m_code->take();
    whenReady(code.isEmpty() ? m_commands.submit(kind, payload, m_executeKey)
                             : m_commands.submitWithCode(kind, payload, code, m_executeKey),
              this, [this](const Result<api::CommandResult> &result) { takeExecuted(result); });
}

void RefundDialog::takeExecuted(const Result<api::CommandResult> &result)
{
    setWaiting(false);
    checkPreview();
    if (!result)
        return setProblem(failureWords(result.error()));
    if (result->state != api::CommandState::Done) {
        m_executeKey = newKey();
        if (result->code == QLatin1String("CodeNeeded"))
            return m_code->ask();
        return setProblem(refusalWords(*result));
    }
    const auto refund = core::integerMember(result->answer, "refund");
    const auto transfer = core::integerMember(result->answer, "transfer");
    const bool isRequest = !m_preview.mayExecute;
    const QString number = refund ? QStringLiteral("R-%1").arg(*refund) : tr("The refund");
    m_doneState->setState(isRequest ? QStringLiteral("hourglass") : QStringLiteral("circle-check"),
                          isRequest ? tr("Waiting for approval") : tr("Refunded"),
                          isRequest ? Token::Info : Token::Good);
    m_doneText->setText(
        isRequest ? tr("%1 waits for another person. No money has moved yet.").arg(number)
        : transfer
            ? tr("%1: %2 is in the customer's balance, posting %3. The customer is told.")
                  .arg(number, formatUsd(m_wish.amount))
                  .arg(*transfer)
            : tr("%1: %2 is in the customer's balance.").arg(number, formatUsd(m_wish.amount)));
    goTo(Done);
    Q_EMIT refunded();
}

void RefundDialog::setWaiting(bool isWaiting)
{
    m_isWaiting = isWaiting;
    m_age->setWaiting(isWaiting);
    m_back->setEnabled(!isWaiting);
    m_verb->setEnabled(!isWaiting);
    if (!isWaiting && m_step == Amount)
        check();
    Q_EMIT settledChanged();
}

QString RefundDialog::verbWords() const
{
    const QString amount = formatUsd(m_wish.amount);
    if (m_step == Amount)
        return tr("Preview refund");
    if (m_request)
        return tr("Approve %1").arg(amount);
    return m_preview.mayExecute ? tr("Refund %1").arg(amount)
                                : tr("Request refund of %1").arg(amount);
}

void RefundDialog::goTo(Step step)
{
    m_step = step;
    m_head->setStep(step == Done ? Done + 1 : step);
    for (int i = 0; i < int(m_pages.size()); ++i)
        m_pages[i]->setVisible(i == step);
    m_back->setText(tr("Back"));
    m_back->setVisible(step == Preview && !m_request);
    m_verb->setVisible(step == Amount || step == Preview);
    m_verb->setText(verbWords());
    m_verb->setAccessibleName(m_verb->text());
    cancelButton().setText(step == Done ? tr("Close") : tr("Cancel"));
    m_age->setVisible(step == Preview);
}

} // namespace ui
