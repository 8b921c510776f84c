#include "ui/pages/refunds/bulk_dialog.h"

#include "ui/pages/refunds/batch_words.h"
#include "ui/support/code_field.h"
#include "ui/support/format.h"
#include "ui/support/rights.h"
#include "ui/support/when_ready.h"

#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QUuid>
#include <QVBoxLayout>

namespace ui {

namespace {

using namespace std::chrono_literals;

constexpr int kBulkWidthPx = 880;

Money bulkTypedAgainOver()
{
    return Money::fromCents(5000);
}

QString bulkKey()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

QString bulkRefusalWords(const api::CommandResult &result)
{
    if (result.code == QLatin1String("TooMany"))
        return BulkDialog::tr("More than 2,000 calls match. Nothing has changed. Ask for fewer at "
                              "once: a shorter period, or a region.");
    if (result.code == QLatin1String("Duplicate"))
        return BulkDialog::tr("This name was used before: %1. Nothing has changed. If it is the "
                              "same outage, it was asked for already.")
            .arg(result.detail);
    return refusalWords(result);
}

} // namespace

BulkDialog::BulkDialog(const std::optional<api::RefundBatch> &subject, const api::Backend &backend,
                       const Display &display, QWidget *parent)
    : Dialog(QStringLiteral("dialog.bulk"),
             subject ? tr("Approve %1, %2").arg(batchName(subject->id), subject->key)
                     : tr("New bulk refund"),
             parent)
    , m_subject(subject)
    , m_commands(backend.commands)
    , m_clock(backend.clock)
    , m_display(display)
    , m_found(new BatchPreviewModel(this))
{
    setWordsWidth(kBulkWidthPx);
    m_head = new AmountHead({tr("Which calls"), tr("Preview"), tr("Done")});
    m_head->setWhat(tr("Bulk refund, to wallet balances"));
    m_head->setAmount(subject ? formatMoney(subject->total) : QString(kDash));
    head().addWidget(m_head);
    m_pages = {buildInput(), buildPreview(), buildDone()};
    for (QWidget *page : std::as_const(m_pages)) {
        page->hide();
        body().addWidget(page);
    }
    body().addStretch(1);
    buildFoot();
    m_lookTimer.setInterval(1s);
    connect(&m_lookTimer, &QTimer::timeout, this, &BulkDialog::showLooking);
    goTo(Input);
    check();
    if (m_subject)
        askPreview();
}

void BulkDialog::fillSample(bool isPreviewed)
{
    if (m_fields)
        m_fields->fillSample();
    if (isPreviewed && m_step == Input && m_verb->isEnabled())
        askPreview();
}

Json BulkDialog::payload() const
{
    if (m_subject)
        return {{"v", 1}, {"batch", m_subject->id.value}};
    return api::toJson(m_fields->wish());
}

void BulkDialog::check()
{
    if (m_step != Input)
        return;
    const QString obstacle = m_fields ? m_fields->problem() : QString();
    if (!m_isWaiting)
        m_hint->setText(obstacle);
    m_verb->setEnabled(obstacle.isEmpty() && !m_isWaiting && !m_subject);
}

// ---- looking

void BulkDialog::askPreview()
{
    setProblem({});
    if (m_step == Input)
        m_payload = payload(); // what was previewed is what is asked for
    m_lookedFor.start();
    setWaiting(true, true);
    const int look = ++m_look;
    whenReady(m_commands.submit(QStringLiteral("refund.bulk.preview"), m_payload, bulkKey()), this,
              [this, look](const Result<api::CommandResult> &result) {
                  if (look == m_look)
                      takePreview(result);
              });
}

void BulkDialog::stopLooking()
{
    ++m_look;
    setWaiting(false);
    goTo(Input);
    check();
}

void BulkDialog::showLooking()
{
    const qint64 seconds = m_lookedFor.elapsed() / 1000;
    m_hint->setText(seconds == 0 ? tr("Looking through the calls")
                                 : tr("Looking through the calls, %1 s").arg(seconds));
}

void BulkDialog::takePreview(const Result<api::CommandResult> &result)
{
    setWaiting(false);
    const auto preview = result && result->state == api::CommandState::Done
                             ? std::optional(api::bulkPreviewFromJson(result->answer))
                             : std::nullopt;
    if (!preview || !*preview) {
        if (m_subject && m_step == Input)
            m_hint->setText({});
        return setProblem(!result    ? failureWords(result.error())
                          : !preview ? bulkRefusalWords(*result)
                                     : tr("The server's answer was not understood. No money has "
                                          "moved."));
    }
    m_preview = **preview;
    m_executeKey = bulkKey(); // of this preview: trying again cannot do it twice
    m_again->clear();
    goTo(Preview);
    showPreview();
}

bool BulkDialog::haveFiguresChanged() const
{
    return m_subject && m_preview.hash != m_subject->hash;
}

void BulkDialog::showPreview()
{
    m_head->setAmount(formatMoney(m_preview.total));
    showFigures();
    m_found->setFound(m_preview.rows);
    m_changed->setVisible(haveFiguresChanged());
    m_ruleWords->setText(ruleWords());
    m_ruleText->setText(m_preview.rule);
    m_confirm->setVisible(m_preview.total > bulkTypedAgainOver() && !haveFiguresChanged());
    m_verb->setText(m_subject ? tr("Approve %1").arg(formatUsd(m_preview.total))
                              : tr("Ask for approval of %1").arg(formatUsd(m_preview.total)));
    m_verb->setAccessibleName(m_verb->text());
    m_age->begin(m_preview.hash);
}

void BulkDialog::showFigures()
{
    const QStringList words = {
        formatCount(m_preview.calls), formatCount(m_preview.customers),
        formatMoney(m_preview.total), formatCount(m_preview.rows.size() - m_preview.calls),
        m_subject ? m_preview.hash.left(8) : formatCount(m_preview.uncharged)};
    for (qsizetype i = 0; i < m_now.size(); ++i)
        m_now[i]->setText(words[i]);
    if (!m_subject)
        return;
    // What is not as it was asked for stands out.
    const QList<bool> differs = {m_preview.calls != m_subject->calls, false,
                                 m_preview.total != m_subject->total, false, haveFiguresChanged()};
    for (qsizetype i = 0; i < m_now.size(); ++i)
        m_now[i]->setToken(differs[i] ? Token::Bad : Token::Text);
}

QString BulkDialog::ruleWords() const
{
    const QString needs = needsWords(m_preview.needs);
    if (!m_subject)
        return m_preview.mayApprove ? tr("You are alone here: you approve it yourself afterwards.")
                                    : needs;
    if (!m_preview.mayApprove)
        return tr("You may not approve this. %1").arg(needs);
    return m_subject->approvedBy.isEmpty()
               ? tr("%1 asked for this. You are the other person.").arg(m_subject->requestedBy)
               : tr("%1 agreed before you. With you it begins.").arg(m_subject->approvedBy.first());
}

/// What is missing before it can be asked for or agreed to.
QString BulkDialog::previewProblem() const
{
    static const QRegularExpression form(QStringLiteral("^[A-Za-z0-9][A-Za-z0-9._-]{2,63}$"));
    if (haveFiguresChanged())
        return tr("It cannot be agreed to any more");
    if (m_preview.calls == 0)
        return tr("There is nothing to give back");
    if (m_key && m_key->text().trimmed().isEmpty())
        return tr("Give it a name, so that nobody asks for it twice");
    if (m_key && !form.match(m_key->text().trimmed()).hasMatch())
        return tr("A name has 3 to 64 letters, digits, points, lines and underlines");
    if (!m_confirm->isHidden() && readUsd(m_again->text(), locale()) != m_preview.total)
        return tr("Type the amount again");
    return {};
}

void BulkDialog::checkPreview()
{
    if (m_step != Preview)
        return;
    const QString obstacle = previewProblem();
    m_previewHint->setText(obstacle);
    m_verb->setEnabled(!m_isWaiting && !m_age->isExpired() && obstacle.isEmpty() &&
                       m_code->isReady() && (m_preview.mayApprove || !m_subject));
}

// ---- done

void BulkDialog::execute()
{
    setProblem({});
    setWaiting(true);
    Json payload = m_payload;
    payload["hash"] = m_preview.hash;
    if (m_key)
        payload["key"] = m_key->text().trimmed();
    const QString kind =
        m_subject ? QStringLiteral("refund.bulk.approve") : QStringLiteral("refund.bulk.request");
    const QByteArray code = m_code->take();
    whenReady(code.isEmpty() ? m_commands.submit(kind, payload, m_executeKey)
                             : m_commands.submitWithCode(kind, payload, code, m_executeKey),
              this, [this](const Result<api::CommandResult> &result) { takeExecuted(result); });
}

void BulkDialog::takeExecuted(const Result<api::CommandResult> &result)
{
    setWaiting(false);
    checkPreview();
    if (!result)
        return setProblem(failureWords(result.error()));
    if (result->state != api::CommandState::Done) {
        m_executeKey = bulkKey(); // that one was refused for good
        if (result->code == QLatin1String("CodeNeeded"))
            return m_code->ask();
        if (m_subject && result->code == QLatin1String("FiguresChanged"))
            Q_EMIT decided(); // it may be void now
        return setProblem(bulkRefusalWords(*result));
    }
    showDone(result->answer);
    goTo(Done);
    Q_EMIT decided();
}

void BulkDialog::showDone(const Json &answer)
{
    const auto number = core::integerMember(answer, "batch");
    const QString name = number ? batchName(api::BatchId{*number}) : tr("It");
    const bool runs = core::textMember(answer, "state") == QStringLiteral("running");
    m_doneState->setState(runs ? QStringLiteral("loader") : QStringLiteral("hourglass"),
                          runs ? tr("Running") : tr("Waiting for approval"), Token::Info);
    m_doneText->setText(
        runs ? tr("%1 gives back %2 for %3 calls, customer by customer, and each customer is told. "
                  "The list says how far it is; it can be stopped on the way.")
                   .arg(name, formatUsd(m_preview.total), formatCount(m_preview.calls))
        : m_subject ? tr("You agreed to %1. Another person of Finance has to agree too. No money "
                         "has moved yet.")
                          .arg(name)
                    : tr("%1 waits for another person. No money has moved yet.").arg(name));
}

void BulkDialog::setWaiting(bool isWaiting, bool isLooking)
{
    m_isWaiting = isWaiting;
    m_isLooking = isWaiting && isLooking;
    if (m_isLooking) {
        showLooking();
        m_lookTimer.start();
    } else {
        m_lookTimer.stop();
    }
    if (m_fields)
        m_fields->setEnabled(!isWaiting);
    m_age->setWaiting(isWaiting);
    m_verb->setEnabled(!isWaiting);
    m_back->setText(m_isLooking             ? tr("Stop looking")
                    : m_subject.has_value() ? tr("Look again")
                                            : tr("Back"));
    m_back->setAccessibleName(m_back->text());
    m_back->setVisible(m_isLooking || m_step == Preview || (m_subject && m_step == Input));
    m_back->setEnabled(!isWaiting || m_isLooking);
    if (!isWaiting)
        check();
    Q_EMIT settledChanged();
}

void BulkDialog::goTo(Step step)
{
    m_step = step;
    m_head->setStep(step == Done ? Done + 1 : step);
    for (int i = 0; i < int(m_pages.size()); ++i)
        m_pages[i]->setVisible(i == step);
    m_back->setVisible(step == Preview ? !m_subject : m_subject && step == Input);
    m_verb->setVisible(step == Preview || (step == Input && !m_subject));
    if (step == Input) {
        m_verb->setText(tr("Preview"));
        m_verb->setAccessibleName(m_verb->text());
    }
    cancelButton().setText(step == Done ? tr("Close") : tr("Cancel"));
    m_age->setVisible(step == Preview);
}

} // namespace ui
