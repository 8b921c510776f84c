#include "ui/support/command_dialog.h"

#include "ui/support/code_field.h"
#include "ui/support/rights.h"
#include "ui/support/when_ready.h"

#include <QLineEdit>
#include <QPushButton>
#include <QUuid>
#include <QVBoxLayout>

namespace ui {

namespace {

constexpr int kWidthPx = 440;

} // namespace

CommandDialog::CommandDialog(const QString &name, const QString &title, api::Commands &commands,
                             QWidget *parent)
    : Dialog(name, title, parent)
    , m_commands(commands)
    , m_requestKey(QUuid::createUuid().toString(QUuid::WithoutBraces))
{
    setFixedWidth(px(kWidthPx));
    auto *heading = new TokenLabel(TextSize::Section, Token::Text, QFont::DemiBold);
    heading->setText(title);
    head().addWidget(heading);
}

void CommandDialog::setVerb(const QString &words, const QString &kind)
{
    m_verb = addButton(QStringLiteral("verb"), words, kind);
    connect(m_verb, &QPushButton::clicked, this, &CommandDialog::submit);
}

void CommandDialog::submit()
{
    setProblem({});
    m_verb->setEnabled(false);
    whenReady(give(m_requestKey), this,
              [this](const Result<api::CommandResult> &result) { take(result); });
}

QFuture<Result<api::CommandResult>> CommandDialog::give(const QString &requestKey)
{
    const QByteArray code = m_code == nullptr ? QByteArray() : m_code->take();
    return code.isEmpty() ? m_commands.submit(commandKind(), payload(), requestKey)
                          : m_commands.submitWithCode(commandKind(), payload(), code, requestKey);
}

CodeField &CommandDialog::addCodeField()
{
    m_code = new CodeField(objectName());
    body().addWidget(m_code);
    return *m_code;
}

QString CommandDialog::wordsOf(const api::CommandResult &refusal) const
{
    return refusalWords(refusal);
}

void CommandDialog::take(const Result<api::CommandResult> &result)
{
    m_verb->setEnabled(true);
    if (!result)
        return setProblem(failureWords(result.error()));
    if (result->state != api::CommandState::Done) {
        // That one was answered for good; another try is another command.
        m_requestKey = QUuid::createUuid().toString(QUuid::WithoutBraces);
        if (m_code != nullptr && result->code == QLatin1String("CodeNeeded"))
            return m_code->ask();
        return setProblem(wordsOf(*result));
    }
    Q_EMIT done(*result);
    if (core::boolMember(result->answer, "asked").value_or(false))
        return tellAsked();
    accept();
}

/// The window stays, so that nobody takes it for done.
void CommandDialog::tellAsked()
{
    m_verb->hide();
    cancelButton().setText(tr("Close"));
    setProblem(tr("You have asked for it, and nothing has changed yet. It takes two: another "
                  "person does the same within 24 hours."));
}

ReasonDialog::ReasonDialog(const ReasonWish &wish, api::Commands &commands, QWidget *parent)
    : CommandDialog(wish.name, wish.title, commands, parent)
    , m_wish(wish)
    , m_reason(new QLineEdit)
{
    body().addWidget(makeWords(wish.sentence));
    m_reason->setObjectName(objectName() + QStringLiteral(".reason"));
    body().addWidget(makeField(tr("Reason"), m_reason));
    setVerb(wish.verb, wish.isDanger ? QStringLiteral("danger") : QStringLiteral("primary"));
    const auto check = [this] {
        verb().setEnabled(m_reason->text().trimmed().size() >= kReasonMin);
    };
    connect(m_reason, &QLineEdit::textChanged, this, check);
    check();
}

Json ReasonDialog::payload() const
{
    Json payload = m_wish.payload;
    payload["v"] = 1;
    payload["reason"] = m_reason->text().trimmed();
    return payload;
}

} // namespace ui
