// How the request dialog is put together; what it does is in request_dialog.cpp.
#include "ui/pages/refunds/request_dialog.h"

#include "ui/pages/refunds/request_words.h"
#include "ui/support/code_field.h"
#include "ui/support/drawer.h"
#include "ui/support/format.h"
#include "ui/support/reveal_dialog.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>

namespace ui {

namespace {

constexpr int kReasonMax = 500;
constexpr int kAmountWidthPx = 160;

QVBoxLayout *columnOfPage(QWidget *page)
{
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(px(12));
    return column;
}

} // namespace

QLineEdit *RequestDialog::addField(QVBoxLayout &column, const char *name, const QString &label)
{
    auto *field = new QLineEdit;
    field->setObjectName(objectName() + u'.' + QLatin1String(name));
    column.addWidget(makeField(label, field));
    connect(field, &QLineEdit::textChanged, this, &RequestDialog::check);
    return field;
}

QWidget *RequestDialog::buildInput()
{
    auto *page = new QWidget;
    auto *column = columnOfPage(page);
    m_sentence = makeWords(sentence());
    column->addWidget(m_sentence);
    if (m_task == RequestTask::Adjust || m_task == RequestTask::PayOut)
        addWish(*column);
    if (m_task == RequestTask::Reverse) {
        m_amount = addField(*column, "amount", tr("Amount, USD"));
        m_amount->setPlaceholderText(tr("All of it, as far as the wallet goes"));
    }
    if (m_task != RequestTask::Approve) {
        m_reason = addField(*column, "reason", tr("Reason"));
        m_reason->setMaxLength(kReasonMax);
        m_reason->setPlaceholderText(
            tr("For colleagues and the audit; the customer does not see it"));
    }
    m_hint = new TokenLabel(TextSize::Small, Token::Muted);
    column->addWidget(m_hint);
    return page;
}

/// Whose money, how much, and where it goes.
void RequestDialog::addWish(QVBoxLayout &column)
{
    if (m_task == RequestTask::Adjust) {
        m_kinds = new QButtonGroup(this);
        auto *kinds = new QHBoxLayout;
        kinds->setSpacing(px(20));
        int id = 0;
        for (const QString &words :
             {tr("Goodwill"), tr("Correction that gives"), tr("Correction that takes")}) {
            auto *button = new QRadioButton(words);
            button->setObjectName(objectName() + QStringLiteral(".kind%1").arg(id));
            button->setAccessibleName(words);
            button->setChecked(id == 0);
            m_kinds->addButton(button, id++);
            kinds->addWidget(button);
        }
        kinds->addStretch(1);
        column.addLayout(kinds);
        connect(m_kinds, &QButtonGroup::idToggled, this, &RequestDialog::check);
    }
    auto *row = new QHBoxLayout;
    row->setSpacing(px(12));
    auto *whose = new QVBoxLayout;
    auto *much = new QVBoxLayout;
    m_customer = addField(*whose, "customer", tr("Telegram id of the customer"));
    m_amount = addField(*much, "amount", tr("Amount, USD"));
    m_amount->setPlaceholderText(QStringLiteral("0.00"));
    m_amount->setFixedWidth(px(kAmountWidthPx));
    row->addLayout(whose, 1);
    row->addLayout(much);
    column.addLayout(row);
    m_customerHint = new TokenLabel(TextSize::Small, Token::Muted);
    m_customerHint->setObjectName(objectName() + QStringLiteral(".customerHint"));
    m_customerHint->setText(tr("Their number is in the list of customers"));
    column.addWidget(m_customerHint);
    connect(m_customer, &QLineEdit::textChanged, &m_lookUp, qOverload<>(&QTimer::start));
    if (m_task == RequestTask::PayOut) {
        m_destination = addField(column, "destination", tr("Where it goes: coin and address"));
        m_destination->setPlaceholderText(QStringLiteral("USDT-TRC20 T…"));
        m_destination->setFont(codeFont());
    }
}

/// What the other person decides about: why it was asked for, and by whom.
QWidget *RequestDialog::buildSubject()
{
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(px(8));
    QList<Fact> facts = {{.label = tr("Asked for by"), .value = m_subject->requestedBy},
                         {.label = tr("Reason"), .value = requestReason(*m_subject)}};
    if (!m_subject->approvedBy.isEmpty())
        facts.append({.label = tr("Agreed already"),
                      .value = m_subject->approvedBy.join(QStringLiteral(", "))});
    if (isPayout(*m_subject))
        facts.append({.label = tr("Goes to"), .value = m_subject->destination, .isCode = true});
    column->addWidget(makeFacts(facts));
    if (isPayout(*m_subject)) {
        auto *see = new QPushButton(tr("Show the whole destination"));
        see->setProperty("kind", QStringLiteral("link"));
        see->setObjectName(objectName() + QStringLiteral(".reveal"));
        see->setAccessibleName(see->text());
        see->setAutoDefault(false);
        column->addWidget(see, 0, Qt::AlignLeading);
        connect(see, &QPushButton::clicked, this, [this] {
            auto *reveal = new RevealDialog(tr("Where %1 goes").arg(requestName(*m_subject)),
                                            QStringLiteral("reveal.destination"),
                                            {{"payout", m_subject->id.value}}, m_commands, this);
            reveal->setAttribute(Qt::WA_DeleteOnClose);
            reveal->show();
        });
    }
    return box;
}

QWidget *RequestDialog::buildPreview()
{
    auto *page = new QWidget;
    auto *column = columnOfPage(page);
    if (m_task == RequestTask::Approve)
        column->addWidget(buildSubject());
    m_view = new PreviewView;
    column->addWidget(m_view);
    m_again = new QLineEdit;
    m_again->setObjectName(objectName() + QStringLiteral(".again"));
    m_again->setFixedWidth(px(kAmountWidthPx));
    m_confirm = makeField(tr("Over 50 USD: type the amount again"), m_again);
    m_confirm->hide();
    column->addWidget(m_confirm);
    m_code = new CodeField(objectName());
    column->addWidget(m_code);
    connect(m_again, &QLineEdit::textChanged, this, &RequestDialog::checkPreview);
    connect(m_code, &CodeField::changed, this, &RequestDialog::checkPreview);
    return page;
}

QWidget *RequestDialog::buildDone()
{
    auto *page = new QWidget;
    auto *column = columnOfPage(page);
    m_doneState = new StateLabel;
    m_doneText = makeWords({});
    column->addWidget(m_doneState);
    column->addWidget(m_doneText);
    return page;
}

void RequestDialog::buildFoot()
{
    m_age = new PreviewAge(objectName(), m_clock);
    addToFoot(m_age);
    const bool isApproval = m_task == RequestTask::Approve;
    m_back = addButton(QStringLiteral("back"), isApproval ? tr("Look again") : tr("Back"), {});
    m_verb = addButton(QStringLiteral("verb"), {}, QStringLiteral("primary"));
    connect(m_age, &PreviewAge::recalculateAsked, this, &RequestDialog::askPreview);
    connect(m_age, &PreviewAge::ticked, this, &RequestDialog::checkPreview);
    connect(m_back, &QPushButton::clicked, this, [this] {
        setProblem({});
        if (m_task == RequestTask::Approve)
            return askPreview();
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

} // namespace ui
