#include "ui/pages/audit/verify_bar.h"

#include "ui/support/format.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>

namespace ui {

namespace {

constexpr int kProblemsShown = 8;
constexpr int kProgressPx = 180;

} // namespace

VerifyBar::VerifyBar(api::Audit &audit, const Display &display, QWidget *parent)
    : Panel(Token::Surface, Qt::BottomEdge, parent)
    , m_audit(audit)
    , m_display(display)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(px(20), px(10), px(20), px(10));
    row->setSpacing(px(10));
    m_icon = new IconLabel(QStringLiteral("shield"), Token::Muted, 18);
    auto *words = new QVBoxLayout;
    words->setSpacing(px(2));
    m_title = new TokenLabel(TextSize::Body, Token::Text, QFont::DemiBold);
    m_title->setObjectName(QStringLiteral("page.audit.verify.title"));
    m_title->setWordWrap(true);
    m_words = new TokenLabel(TextSize::Small, Token::Muted);
    m_words->setObjectName(QStringLiteral("page.audit.verify.words"));
    m_words->setWordWrap(true);
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    words->addWidget(m_title);
    words->addWidget(m_words);
    m_progress = new QProgressBar;
    m_progress->setObjectName(QStringLiteral("page.audit.verify.progress"));
    m_progress->setFixedWidth(px(kProgressPx));
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("How far it is"));
    m_cancel = new QPushButton(tr("Cancel"));
    m_cancel->setObjectName(QStringLiteral("page.audit.action.cancel"));
    m_cancel->setAccessibleName(tr("Cancel the verification"));
    m_verify = makeButton(QStringLiteral("shield-check"), Token::Text, tr("Verify"));
    m_verify->setObjectName(QStringLiteral("page.audit.action.verify"));
    m_verify->setAccessibleName(tr("Verify the audit and the ledger"));
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addLayout(words, 1);
    row->addWidget(m_progress);
    row->addWidget(m_cancel);
    row->addWidget(m_verify);
    connect(m_verify, &QPushButton::clicked, this, &VerifyBar::start);
    connect(m_cancel, &QPushButton::clicked, this, &VerifyBar::stop);
    connect(&m_watcher, &QFutureWatcherBase::progressValueChanged, this, &VerifyBar::showProgress);
    connect(&m_watcher, &QFutureWatcherBase::progressTextChanged, this, &VerifyBar::showProgress);
    connect(&m_watcher, &QFutureWatcherBase::finished, this, &VerifyBar::take);
    showWords(QStringLiteral("shield"), Token::Muted, tr("Not verified in this session"),
              {tr("Compares every posting, every balance and every audit row with the seals, and "
                  "the seals with each other. Takes seconds for a million rows; nothing waits for "
                  "it.")});
    setRunning(false);
}

/// Nobody is left to read what it would find.
VerifyBar::~VerifyBar()
{
    m_watcher.cancel();
}

void VerifyBar::start()
{
    if (m_isRunning)
        return;
    showWords(QStringLiteral("loader"), Token::Info, tr("Verifying"), {});
    m_progress->setValue(0);
    setRunning(true);
    m_watcher.setFuture(m_audit.verify());
}

/// It ends after the part that it is at.
void VerifyBar::stop()
{
    if (!m_isRunning)
        return;
    m_watcher.cancel();
    m_cancel->setEnabled(false);
    m_title->setText(tr("Stopping"));
}

void VerifyBar::showProgress()
{
    if (!m_isRunning || m_watcher.isCanceled())
        return;
    m_progress->setRange(m_watcher.progressMinimum(), m_watcher.progressMaximum());
    m_progress->setValue(m_watcher.progressValue());
    m_words->setText(m_watcher.progressText());
    m_words->setVisible(!m_words->text().isEmpty());
}

void VerifyBar::take()
{
    setRunning(false);
    if (m_watcher.isCanceled() || m_watcher.future().resultCount() == 0)
        return showWords(QStringLiteral("circle-minus"), Token::Muted, tr("Stopped"),
                         {tr("Nothing is said about what was not looked at.")});
    const Result<api::VerifyReport> report = m_watcher.result();
    if (!report)
        return showWords(QStringLiteral("octagon-x"), Token::Bad, tr("It could not be verified"),
                         {sentenceOf(report.error().code)});
    showReport(*report);
}

void VerifyBar::showReport(const api::VerifyReport &report)
{
    const auto sealedWords = [](const api::SealedCount &count, const QString &all,
                                const QString &some) {
        return count.unsealed == 0 ? all : some.arg(formatCount(count.unsealed));
    };
    QStringList lines = {
        tr("%1 postings of %2 wallets, entries sum to %3. %4")
            .arg(formatCount(report.transfers), formatCount(report.wallets),
                 formatMoney(report.sum),
                 sealedWords(report.sealedTransfers, tr("All postings are sealed."),
                             tr("%1 postings are not sealed yet, so nothing proves them yet."))),
        tr("%1 audit rows. %2")
            .arg(formatCount(report.sealedAudit.sealed + report.sealedAudit.unsealed),
                 sealedWords(report.sealedAudit, tr("All of them are sealed."),
                             tr("%1 of them are not sealed yet, so nothing proves them yet."))),
        report.newestSealAt ? tr("%1 seals, the newest of %2.")
                                  .arg(formatCount(report.seals),
                                       formatFullMoment(*report.newestSealAt, m_display.zone()))
                            : tr("Nothing was sealed yet.")};
    if (!report.hasEvidence)
        lines << tr("The key and the file of the seals are on the server's machine: whether the "
                    "seals are signed is verified there, with speechcad-server audit verify.");
    const bool isSound = report.problems.isEmpty();
    lines = report.problems.mid(0, kProblemsShown) + lines;
    if (report.problems.size() > kProblemsShown)
        lines << tr("and %1 more problems").arg(report.problems.size() - kProblemsShown);
    showWords(isSound ? QStringLiteral("shield-check") : QStringLiteral("shield-x"),
              isSound ? Token::Good : Token::Bad,
              isSound ? tr("Sound at %1: all is as it was sealed")
                            .arg(formatFullMoment(report.finishedAt, m_display.zone()))
                      : tr("NOT AS SEALED: %1 problems. Stop paying out and tell whoever answers "
                           "for the books.")
                            .arg(report.problems.size()),
              lines);
}

void VerifyBar::showWords(const QString &iconName, Token tone, const QString &title,
                          const QStringList &lines)
{
    m_icon->setIcon(iconName, tone);
    m_title->setText(title);
    m_title->setToken(tone == Token::Bad ? Token::Bad : Token::Text);
    m_words->setText(lines.join(u'\n'));
    m_words->setVisible(!lines.isEmpty());
}

void VerifyBar::setRunning(bool isRunning)
{
    m_isRunning = isRunning;
    m_verify->setVisible(!isRunning);
    m_cancel->setVisible(isRunning);
    m_cancel->setEnabled(true);
    m_progress->setVisible(isRunning);
    Q_EMIT runningChanged();
}

} // namespace ui
