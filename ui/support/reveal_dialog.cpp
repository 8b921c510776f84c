#include "ui/support/reveal_dialog.h"

#include "ui/support/command_dialog.h"
#include "ui/support/rights.h"
#include "ui/support/when_ready.h"

#include <QLineEdit>
#include <QPushButton>
#include <QTimer>
#include <QUuid>
#include <QVBoxLayout>

namespace ui {

namespace {

using namespace std::chrono_literals;

constexpr int kWidthPx = 480;
constexpr auto kShownFor = 60s;

QString revealKey()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

/// Numbers under each other; of a transcript, who said what; of a payout, where it goes.
QString revealedText(const Json &revealed)
{
    QStringList lines;
    for (const Json &number : revealed.value("numbers", Json::array()))
        lines << (number.is_string() ? number.get<QString>() : QString());
    for (const Json &line : revealed.value("lines", Json::array()))
        lines << QStringLiteral("%1: %2").arg(
            core::textMember(line, "role").value_or(QString()),
            core::textMember(line, "content").value_or(QString()));
    if (const auto destination = core::textMember(revealed, "destination"))
        lines << *destination;
    return lines.join(u'\n');
}

} // namespace

RevealDialog::RevealDialog(const QString &title, const QString &kind, const Json &object,
                           api::Commands &commands, QWidget *parent)
    : Dialog(QStringLiteral("dialog.reveal"), title, parent)
    , m_commands(commands)
    , m_kind(kind)
    , m_payload(object)
    , m_requestKey(revealKey())
{
    setWordsWidth(kWidthPx);
    auto *heading = new TokenLabel(TextSize::Section, Token::Text, QFont::DemiBold);
    heading->setText(title);
    head().addWidget(heading);
    m_ask = new QWidget;
    auto *ask = new QVBoxLayout(m_ask);
    ask->setContentsMargins(0, 0, 0, 0);
    ask->setSpacing(px(12));
    ask->addWidget(makeWords(tr("The audit keeps who looked, when and why. It is shown once, for "
                                "60 seconds.")));
    m_reason = new QLineEdit;
    m_reason->setObjectName(objectName() + QStringLiteral(".reason"));
    ask->addWidget(makeField(tr("Reason"), m_reason));
    body().addWidget(m_ask);
    m_shown = makeWords({});
    m_shown->setObjectName(objectName() + QStringLiteral(".shown"));
    m_shown->setFont(codeFont());
    m_shown->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_shown->setAccessibleName(tr("What was masked"));
    m_shown->hide();
    body().addWidget(m_shown);
    m_note = makeWords(tr("It is hidden again after 60 seconds."), Token::Muted);
    m_note->hide();
    body().addWidget(m_note);
    m_verb = addButton(QStringLiteral("verb"), tr("Show"), QStringLiteral("primary"));
    m_verb->setEnabled(false);
    connect(m_verb, &QPushButton::clicked, this, &RevealDialog::submit);
    connect(m_reason, &QLineEdit::textChanged, this,
            [this] { m_verb->setEnabled(m_reason->text().trimmed().size() >= kReasonMin); });
    m_reason->setFocus();
}

void RevealDialog::submit()
{
    setProblem({});
    m_verb->setEnabled(false);
    m_payload["v"] = 1;
    m_payload["reason"] = m_reason->text().trimmed();
    whenReady(m_commands.reveal(m_kind, m_payload, m_requestKey), this,
              [this](const Result<api::CommandResult> &result) { take(result); });
}

void RevealDialog::take(const Result<api::CommandResult> &result)
{
    m_verb->setEnabled(true);
    const bool isOver = result || !result.error().transient;
    if (isOver)
        m_requestKey = revealKey(); // that one was answered for good
    if (!result)
        return setProblem(failureWords(result.error()));
    if (result->state != api::CommandState::Done)
        return setProblem(refusalWords(*result));
    showRevealed(result->answer.value("revealed", Json::object()));
}

void RevealDialog::showRevealed(const Json &revealed)
{
    m_ask->hide();
    m_verb->hide();
    m_shown->setText(revealedText(revealed));
    m_shown->show();
    m_note->show();
    cancelButton().setText(tr("Close"));
    QTimer::singleShot(kShownFor, this, &RevealDialog::hideAgain);
}

void RevealDialog::hideAgain()
{
    m_shown->clear();
    m_note->setText(tr("60 seconds are over. Close this and ask again to see it."));
}

} // namespace ui
