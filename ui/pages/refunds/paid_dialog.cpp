#include "ui/pages/refunds/paid_dialog.h"

#include "ui/pages/refunds/request_words.h"
#include "ui/support/code_field.h"
#include "ui/support/drawer.h"
#include "ui/support/format.h"

#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

namespace {

constexpr qsizetype kReferenceMin = 6;
constexpr int kReferenceMax = 200;
constexpr int kPaidWidthPx = 520;

} // namespace

PaidDialog::PaidDialog(const api::MoneyRequest &payout, api::Commands &commands, QWidget *parent)
    : CommandDialog(QStringLiteral("dialog.paid"), tr("%1 was sent").arg(requestName(payout)),
                    commands, parent)
    , m_payout(payout.id.value)
    , m_reference(new QLineEdit)
{
    setWordsWidth(kPaidWidthPx);
    body().addWidget(makeWords(tr("The wallet has paid already, so no money is moved here. The "
                                  "register keeps the transaction, and the customer is told.")));
    body().addWidget(
        makeFacts({{.label = tr("Amount"), .value = formatUsd(payout.amount)},
                   {.label = tr("Customer"), .value = payout.customerName},
                   {.label = tr("Went to"), .value = payout.destination, .isCode = true}}));
    m_reference->setObjectName(objectName() + QStringLiteral(".reference"));
    m_reference->setMaxLength(kReferenceMax);
    m_reference->setFont(codeFont());
    m_reference->setPlaceholderText(QStringLiteral("0x…"));
    body().addWidget(makeField(tr("Hash of the transaction that paid it"), m_reference));
    setVerb(tr("Mark as sent"), QStringLiteral("primary"));
    CodeField &code = addCodeField();
    const auto check = [this, &code] {
        verb().setEnabled(m_reference->text().trimmed().size() >= kReferenceMin && code.isReady());
    };
    connect(m_reference, &QLineEdit::textChanged, this, check);
    connect(&code, &CodeField::changed, this, check);
    check();
}

Json PaidDialog::payload() const
{
    return {{"v", 1}, {"payout", m_payout}, {"reference", m_reference->text().trimmed()}};
}

} // namespace ui
