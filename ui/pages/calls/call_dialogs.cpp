#include "ui/pages/calls/call_dialogs.h"

#include "ui/pages/calls/call_words.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

EndCallDialog::EndCallDialog(const api::CallRow &row, api::Commands &commands, QWidget *parent)
    : CommandDialog(QStringLiteral("dialog.endCall"), tr("End call %1").arg(callName(row.id)),
                    commands, parent)
    , m_call(row.id)
    , m_reason(new QComboBox)
{
    //: %1 is a customer's name, %2 a masked phone number.
    head().addWidget(makeWords(tr("%1 to %2").arg(row.customerName, row.callee), Token::Muted));
    body().addWidget(makeWords(
        tr("The agent stops in the middle of what it says. The customer pays for the time so "
           "far and gets the rest of the hold back.")));
    m_reason->setObjectName(objectName() + QStringLiteral(".reason"));
    m_reason->addItem(tr("The customer asked for it"), QStringLiteral("customer_asked"));
    m_reason->addItem(tr("The person called does not want it"), QStringLiteral("callee_refused"));
    m_reason->addItem(tr("Looks like abuse"), QStringLiteral("abuse"));
    m_reason->addItem(tr("The agent goes wrong"), QStringLiteral("agent_malfunction"));
    m_reason->addItem(tr("Wrong number"), QStringLiteral("wrong_destination"));
    body().addWidget(makeField(tr("Reason"), m_reason));
    setVerb(tr("End call"), QStringLiteral("danger"));
}

QString EndCallDialog::commandKind() const
{
    return QStringLiteral("call.stop");
}

Json EndCallDialog::payload() const
{
    return {{"v", 1}, {"call", m_call.value}, {"reason", m_reason->currentData().toString()}};
}

OutboundDialog::OutboundDialog(Way way, const api::Outbound &outbound, api::Commands &commands,
                               QWidget *parent)
    : CommandDialog(way == Way::Stop ? QStringLiteral("dialog.stopAll")
                                     : QStringLiteral("dialog.resume"),
                    way == Way::Stop ? tr("Stop all outbound calls") : tr("Resume outbound calls"),
                    commands, parent)
    , m_way(way)
    , m_reason(new QLineEdit)
{
    if (way == Way::Stop) {
        body().addWidget(makeWords(outbound.liveCalls == 1
                                       ? tr("1 live call is ended now, and nothing is dialled "
                                            "until somebody resumes.")
                                       : tr("%1 live calls are ended now, and nothing is dialled "
                                            "until somebody resumes.")
                                             .arg(outbound.liveCalls)));
        m_word = new QLineEdit;
        m_word->setObjectName(objectName() + QStringLiteral(".word"));
        m_word->setPlaceholderText(QStringLiteral("STOP"));
        body().addWidget(makeField(tr("Type STOP to confirm"), m_word));
        connect(m_word, &QLineEdit::textChanged, this, &OutboundDialog::check);
    } else {
        body().addWidget(makeWords(
            outbound.resumeAsked
                ? tr("%1 asks for it. When you agree, calls are dialled again from now on. Those "
                     "that were stopped are not begun again.")
                      .arg(outbound.resumeAsked->by)
                : tr("Where there is another Admin it takes two: they do the same within 24 hours. "
                     "Then calls are dialled again; those that were stopped are not begun "
                     "again.")));
    }
    m_reason->setObjectName(objectName() + QStringLiteral(".reason"));
    body().addWidget(makeField(tr("Reason"), m_reason));
    connect(m_reason, &QLineEdit::textChanged, this, &OutboundDialog::check);
    setVerb(way == Way::Stop ? tr("Stop all outbound") : tr("Resume outbound"),
            way == Way::Stop ? QStringLiteral("danger") : QStringLiteral("primary"));
    check();
}

void OutboundDialog::check()
{
    const bool isTyped = m_word == nullptr || m_word->text().trimmed() == QLatin1String("STOP");
    const bool hasReason = m_way == Way::Stop || !m_reason->text().trimmed().isEmpty();
    verb().setEnabled(isTyped && hasReason);
}

QString OutboundDialog::commandKind() const
{
    return m_way == Way::Stop ? QStringLiteral("calls.stop_all") : QStringLiteral("calls.resume");
}

Json OutboundDialog::payload() const
{
    const QString reason = m_reason->text().trimmed();
    return {{"v", 1}, {"reason", reason.isEmpty() ? QStringLiteral("stopped by hand") : reason}};
}

} // namespace ui
