#include "ui/pages/refunds/request_dialog.h"

#include "ui/pages/refunds/request_words.h"
#include "ui/support/code_field.h"
#include "ui/support/command_dialog.h"
#include "ui/support/format.h"
#include "ui/support/rights.h"
#include "ui/support/when_ready.h"

#include <QButtonGroup>
#include <QLineEdit>
#include <QPushButton>
#include <QUuid>
#include <QVBoxLayout>

namespace ui {

namespace {

using namespace std::chrono_literals;

constexpr int kDialogWidthPx = 816;
constexpr auto kLookUpDelay = 200ms;
constexpr qsizetype kLongReasonMin = 10; // of what has no paid thing behind it
constexpr qsizetype kDestinationMin = 6;

enum AdjustKind {
    Goodwill,
    Gives,
    Takes,
};

Money typedAgainOver()
{
    return Money::fromCents(5000);
}

QString requestKey()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

Money absolute(Money amount)
{
    return amount.isNegative() ? -amount : amount;
}

} // namespace

RequestDialog::RequestDialog(RequestTask task, const std::optional<api::MoneyRequest> &subject,
                             const api::Backend &backend, QWidget *parent)
    : Dialog(QStringLiteral("dialog.request"), titleOf(task, subject), parent)
    , m_task(task)
    , m_subject(subject)
    , m_commands(backend.commands)
    , m_customers(backend.customers)
    , m_clock(backend.clock)
{
    setWordsWidth(kDialogWidthPx);
    if (subject)
        m_customerName = subject->customerName;
    m_lookUp.setSingleShot(true);
    m_lookUp.setInterval(kLookUpDelay);
    connect(&m_lookUp, &QTimer::timeout, this, &RequestDialog::lookUpCustomer);
    m_head = new AmountHead({tr("Request"), tr("Preview"), tr("Done")});
    head().addWidget(m_head);
    m_pages = {buildInput(), buildPreview(), buildDone()};
    for (QWidget *page : std::as_const(m_pages)) {
        page->hide();
        body().addWidget(page);
    }
    body().addStretch(1);
    buildFoot();
    goTo(Input);
    check();
    if (m_task == RequestTask::Approve)
        askPreview();
}

QString RequestDialog::titleOf(RequestTask task, const std::optional<api::MoneyRequest> &subject)
{
    const QString name = subject ? requestName(*subject) : QString();
    const QString whose = subject ? subject->customerName : QString();
    switch (task) {
    case RequestTask::Adjust: return tr("New adjustment");
    case RequestTask::PayOut: return tr("New payout");
    case RequestTask::Reverse: return tr("Reverse %1, %2").arg(name, whose);
    case RequestTask::Approve: return tr("Approve %1, %2").arg(name, whose);
    case RequestTask::Return: return tr("%1 could not be sent, %2").arg(name, whose);
    }
    Q_UNREACHABLE();
}

QString RequestDialog::sentence() const
{
    switch (m_task) {
    case RequestTask::Adjust:
        return tr("Money that is given to a wallet or taken from it, without a paid thing behind "
                  "it. You ask; another person of Finance agrees to the same figures.");
    case RequestTask::PayOut:
        return tr("Money that leaves the system. You ask, two others agree, and with that the "
                  "wallet pays. A day later at the earliest somebody sends it with the provider's "
                  "own tools.");
    case RequestTask::Reverse:
        return tr("%1 gave back %2. That is taken from the wallet again, as far as it goes; what "
                  "was refunded is not refunded a second time. A person of Finance agrees.")
            .arg(requestName(*m_subject), formatUsd(m_subject->amount));
    case RequestTask::Approve: return tr("Working out what it would do now");
    case RequestTask::Return:
        return tr("%1 go back to the wallet, and the customer is told. Be sure that nothing was "
                  "sent.")
            .arg(formatUsd(m_subject->amount));
    }
    Q_UNREACHABLE();
}

// ---- what is wanted

std::optional<Money> RequestDialog::typedAmount() const
{
    return m_amount ? readUsd(m_amount->text(), locale()) : std::nullopt;
}

/// As far as it is known: of a reversal "as far as the wallet goes" the preview knows it.
Money RequestDialog::shownAmount() const
{
    if (m_task == RequestTask::Approve || m_task == RequestTask::Return)
        return absolute(m_subject->amount);
    if (const auto amount = typedAmount())
        return *amount;
    if (m_preview.entries.isEmpty())
        return m_subject ? m_subject->amount : Money();
    Money moved;
    for (const api::RefundEntry &entry : m_preview.entries) {
        if (entry.isCustomers)
            moved += entry.amount;
    }
    return absolute(moved);
}

QString RequestDialog::whatWords() const
{
    if (m_subject) {
        //: "Payout P-57, Harper & Lowe".
        const QString what = tr("%1 %2, %3")
                                 .arg(requestKindWord(m_subject->kind), requestName(*m_subject),
                                      m_subject->customerName);
        const bool isBack = m_task == RequestTask::Return;
        const bool isOut = m_task == RequestTask::Reverse || m_subject->amount.isNegative();
        return isBack                 ? tr("%1: back to the wallet").arg(what)
               : isPayout(*m_subject) ? tr("%1: out of the system").arg(what)
               : isOut                ? tr("%1: out of the wallet").arg(what)
                                      : tr("%1: to wallet balance").arg(what);
    }
    if (m_task == RequestTask::PayOut)
        return tr("Payout, out of the system");
    switch (m_kinds->checkedId()) {
    case Goodwill: return tr("Goodwill, to wallet balance");
    case Gives: return tr("Correction, to wallet balance");
    default: return tr("Correction, out of the wallet");
    }
}

QString RequestDialog::problem() const
{
    bool isNumber = true;
    if (m_customer)
        (void)m_customer->text().trimmed().toLongLong(&isNumber);
    const auto amount = typedAmount();
    const bool isAll = m_task == RequestTask::Reverse && m_amount->text().trimmed().isEmpty();
    if (!isNumber)
        return tr("A customer is named by the number of their Telegram id");
    if (m_amount && !isAll && (!amount || !amount->isPositive()))
        return tr("Type an amount in USD above zero");
    if (m_task == RequestTask::Reverse && amount && *amount > m_subject->amount)
        return tr("At most %1 can be taken back").arg(formatUsd(m_subject->amount));
    if (m_destination && m_destination->text().trimmed().size() < kDestinationMin)
        return tr("Say where it goes: the coin and the address");
    const qsizetype least = m_task == RequestTask::Return ? kReasonMin : kLongReasonMin;
    if (m_reason && m_reason->text().trimmed().size() < least)
        return tr("Say why, in %1 characters or more").arg(least);
    return {};
}

void RequestDialog::check()
{
    if (m_step != Input || m_verb == nullptr)
        return;
    const QString obstacle = problem();
    m_hint->setText(obstacle);
    m_verb->setEnabled(obstacle.isEmpty() && !m_isWaiting && m_task != RequestTask::Approve);
    m_head->setAmount(formatMoney(absolute(shownAmount())));
    m_head->setWhat(whatWords());
}

Json RequestDialog::payload() const
{
    Json payload = {{"v", 1}};
    if (m_reason)
        payload["reason"] = m_reason->text().trimmed();
    if (m_customer)
        payload["customer"] = m_customer->text().trimmed().toLongLong();
    if (const auto amount = typedAmount())
        payload["amount"] = amount->micros();
    switch (m_task) {
    case RequestTask::Adjust:
        payload["kind"] = m_kinds->checkedId() == Goodwill ? "goodwill" : "correction";
        if (m_kinds->checkedId() == Takes)
            payload["amount"] = -typedAmount().value_or(Money()).micros();
        break;
    case RequestTask::PayOut: payload["destination"] = m_destination->text().trimmed(); break;
    case RequestTask::Reverse: payload["refund"] = m_subject->id.value; break;
    case RequestTask::Approve:
        payload[isPayout(*m_subject)       ? "payout"
                : isAdjustment(*m_subject) ? "adjustment"
                                           : "refund"] = m_subject->id.value;
        break;
    case RequestTask::Return:
        payload["payout"] = m_subject->id.value;
        payload["outcome"] = "failed";
        break;
    }
    return payload;
}

/// Whose number it is, before any money is spoken of.
void RequestDialog::lookUpCustomer()
{
    bool isNumber = false;
    const qint64 id = m_customer->text().trimmed().toLongLong(&isNumber);
    m_customerName.clear();
    m_customerHint->setToken(Token::Muted);
    m_customerHint->setText(QString());
    if (!isNumber)
        return;
    whenReady(m_customers.loadCustomers({CustomerId{id}}), this,
              [this, id](const Result<QList<api::CustomerRow>> &customers) {
                  takeCustomer(id, customers);
              });
}

void RequestDialog::takeCustomer(qint64 id, const Result<QList<api::CustomerRow>> &customers)
{
    if (m_customer->text().trimmed() != QString::number(id))
        return; // another number by now
    if (!customers)
        return m_customerHint->setText(sentenceOf(customers.error().code));
    if (customers->isEmpty()) {
        m_customerHint->setToken(Token::Bad);
        return m_customerHint->setText(tr("No customer has this number"));
    }
    const api::CustomerRow &row = customers->first();
    m_customerName = row.name.isEmpty() ? tr("Customer %1").arg(id) : row.name;
    m_customerHint->setText(
        tr("%1, with %2 in the wallet").arg(m_customerName, formatUsd(row.available)));
}

void RequestDialog::previewSample(CustomerId customer)
{
    if (m_customer)
        m_customer->setText(QString::number(customer.value));
    if (m_kinds || m_destination)
        m_amount->setText(QStringLiteral("7.50"));
    if (m_destination)
        m_destination->setText(QStringLiteral("USDT-TRC20 TQrZ8tKf7Jv1NYwq4nJ5bXhD2sLmE9aPzk"));
    if (m_reason)
        m_reason->setText(QStringLiteral("Ticket 4711, asked for in writing"));
    if (m_customer)
        lookUpCustomer();
    if (m_step == Input && m_verb->isEnabled())
        askPreview();
}

// ---- preview

QString RequestDialog::previewKind() const
{
    const bool isOut = m_subject ? isPayout(*m_subject) : m_task == RequestTask::PayOut;
    if (m_task == RequestTask::Approve && !isOut && !isAdjustment(*m_subject))
        return QStringLiteral("refund.preview");
    return isOut ? QStringLiteral("payout.preview") : QStringLiteral("adjustment.preview");
}

QString RequestDialog::executeKind() const
{
    switch (m_task) {
    case RequestTask::Adjust: return QStringLiteral("adjustment.request");
    case RequestTask::PayOut: return QStringLiteral("payout.request");
    case RequestTask::Reverse: return QStringLiteral("refund.reverse");
    case RequestTask::Approve:
        return isPayout(*m_subject)       ? QStringLiteral("payout.approve")
               : isAdjustment(*m_subject) ? QStringLiteral("adjustment.approve")
                                          : QStringLiteral("refund.approve");
    case RequestTask::Return: return QStringLiteral("payout.failed");
    }
    Q_UNREACHABLE();
}

void RequestDialog::askPreview()
{
    setProblem({});
    if (m_step == Input)
        m_payload = payload(); // what was previewed is what is done
    setWaiting(true);
    whenReady(m_commands.submit(previewKind(), m_payload, requestKey()), this,
              [this](const Result<api::CommandResult> &result) { takePreview(result); });
}

void RequestDialog::takePreview(const Result<api::CommandResult> &result)
{
    setWaiting(false);
    const auto preview = result && result->state == api::CommandState::Done
                             ? std::optional(api::refundPreviewFromJson(result->answer))
                             : std::nullopt;
    if (!preview || !*preview) {
        const bool isAlone = m_step == Input && m_task == RequestTask::Approve;
        m_sentence->setVisible(!isAlone);
        m_back->setVisible(isAlone || m_back->isVisible());
        return setProblem(!result    ? failureWords(result.error())
                          : !preview ? refusalWords(*result)
                                     : tr("The server's answer was not understood. No money has "
                                          "moved."));
    }
    m_preview = **preview;
    m_executeKey = requestKey(); // of this preview: trying again cannot do it twice
    m_again->clear();
    goTo(Preview);
    showPreview();
}

void RequestDialog::showPreview()
{
    m_head->setAmount(formatMoney(shownAmount()));
    m_view->showPreview(
        {.entries = m_preview.entries,
         .customerName = m_customerName.isEmpty() ? tr("the customer") : m_customerName,
         .language = m_preview.customerLanguage,
         .customerText = m_preview.customerText,
         .operatorText = m_preview.operatorText,
         .silence = tr("The customer has blocked the bot."),
         .rule = ruleWords(),
         .ruleDetail = m_preview.rule});
    m_confirm->setVisible(shownAmount() > typedAgainOver());
    m_verb->setText(verbWords());
    m_verb->setAccessibleName(m_verb->text());
    m_age->begin(m_preview.hash);
}

QString RequestDialog::ruleWords() const
{
    const QString needs = needsWords(m_preview.needs);
    if (m_task == RequestTask::Return)
        return m_preview.mayExecute ? tr("Nobody else has to approve this.")
                                    : tr("This is for Finance.");
    if (m_task != RequestTask::Approve)
        return m_preview.mayExecute ? tr("You are alone here: you approve it yourself afterwards.")
                                    : needs;
    if (!m_preview.mayExecute)
        return tr("You may not approve this. %1").arg(needs);
    if (isPayout(*m_subject))
        return m_subject->approvedBy.isEmpty()
                   ? tr("%1 asked for this. You are the first of two who agree.")
                         .arg(m_subject->requestedBy)
                   : tr("%1 agreed before you. With you the wallet pays.")
                         .arg(m_subject->approvedBy.first());
    return tr("%1 asked for this. You are the other person.").arg(requesterWord(*m_subject));
}

void RequestDialog::checkPreview()
{
    if (m_step != Preview)
        return;
    const bool isTyped =
        m_confirm->isHidden() || readUsd(m_again->text(), locale()) == shownAmount();
    // A wish is left for others; the rest is for who may do it.
    const bool isDecision = m_task == RequestTask::Approve || m_task == RequestTask::Return;
    m_verb->setEnabled(!m_isWaiting && !m_age->isExpired() && isTyped && m_code->isReady() &&
                       (m_preview.mayExecute || !isDecision));
}

// ---- done

void RequestDialog::execute()
{
    setProblem({});
    setWaiting(true);
    Json payload = m_payload;
    payload["hash"] = m_preview.hash;
    const QByteArray code = m_code->take();
    whenReady(code.isEmpty()
                  ? m_commands.submit(executeKind(), payload, m_executeKey)
                  : m_commands.submitWithCode(executeKind(), payload, code, m_executeKey),
              this, [this](const Result<api::CommandResult> &result) { takeExecuted(result); });
}

void RequestDialog::takeExecuted(const Result<api::CommandResult> &result)
{
    setWaiting(false);
    checkPreview();
    if (!result)
        return setProblem(failureWords(result.error()));
    if (result->state != api::CommandState::Done) {
        m_executeKey = requestKey(); // that one was refused for good
        if (result->code == QLatin1String("CodeNeeded"))
            return m_code->ask();
        return setProblem(refusalWords(*result));
    }
    showDone(result->answer);
    goTo(Done);
    Q_EMIT decided();
}

void RequestDialog::showDone(const Json &answer)
{
    const bool isOut = m_subject ? isPayout(*m_subject) : m_task == RequestTask::PayOut;
    const auto number = core::integerMember(answer, isOut ? "payout" : "adjustment");
    const QString name =
        m_task == RequestTask::Approve ? requestName(*m_subject)
        : number ? (isOut ? QStringLiteral("P-%1") : QStringLiteral("A-%1")).arg(*number)
                 : tr("It");
    const QString amount = formatUsd(shownAmount());
    const auto transfer = core::integerMember(answer, "transfer");
    const bool waits = !transfer;
    QString words;
    if (waits)
        words = m_task == RequestTask::Approve
                    ? tr("You agreed to %1. Another person of Finance has to agree too. No money "
                         "has moved yet.")
                : isOut ? tr("%1 waits for two other people. No money has moved yet.")
                        : tr("%1 waits for another person of Finance. No money has moved yet.");
    else if (m_task == RequestTask::Return)
        words = tr("%1 came back: %2 are in the wallet again, posting %3. The customer is told.");
    else if (isOut)
        words = tr("%1: the wallet has paid %2, posting %3. In 24 hours somebody of Finance sends "
                   "it and says by which transaction.");
    else
        words = tr("%1: %2 are booked, posting %3. The customer is told.");
    m_doneState->setState(waits ? QStringLiteral("hourglass") : QStringLiteral("circle-check"),
                          waits ? tr("Waiting for approval") : tr("Done"),
                          waits ? Token::Info : Token::Good);
    m_doneText->setText(waits ? words.arg(name) : words.arg(name, amount).arg(*transfer));
}

void RequestDialog::setWaiting(bool isWaiting)
{
    m_isWaiting = isWaiting;
    m_age->setWaiting(isWaiting);
    m_back->setEnabled(!isWaiting);
    m_verb->setEnabled(!isWaiting);
    check();
    Q_EMIT settledChanged();
}

QString RequestDialog::verbWords() const
{
    const QString amount = formatUsd(shownAmount());
    if (m_step == Input)
        return tr("Preview");
    switch (m_task) {
    case RequestTask::Approve: return tr("Approve %1").arg(amount);
    case RequestTask::Return: return tr("Give back %1").arg(amount);
    case RequestTask::Reverse: return tr("Ask to take back %1").arg(amount);
    case RequestTask::Adjust:
    case RequestTask::PayOut: return tr("Ask for approval of %1").arg(amount);
    }
    Q_UNREACHABLE();
}

void RequestDialog::goTo(Step step)
{
    m_step = step;
    m_head->setStep(step == Done ? Done + 1 : step);
    for (int i = 0; i < int(m_pages.size()); ++i)
        m_pages[i]->setVisible(i == step);
    m_back->setVisible(step == Preview && m_task != RequestTask::Approve);
    m_verb->setVisible(step == Preview || (step == Input && m_task != RequestTask::Approve));
    m_verb->setText(verbWords());
    m_verb->setAccessibleName(m_verb->text());
    cancelButton().setText(step == Done ? tr("Close") : tr("Cancel"));
    m_age->setVisible(step == Preview);
}

} // namespace ui
