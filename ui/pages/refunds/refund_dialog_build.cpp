// How the refund dialog is put together; what it does is in refund_dialog.cpp.
#include "ui/pages/refunds/refund_dialog.h"

#include "ui/support/code_field.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>

namespace ui {

namespace {

TokenLabel *label(TextSize size, Token token, QFont::Weight weight = QFont::Normal)
{
    auto *words = new TokenLabel(size, token, weight);
    words->setWordWrap(true);
    return words;
}

QVBoxLayout *columnIn(QWidget *widget)
{
    auto *column = new QVBoxLayout(widget);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(px(12));
    return column;
}

} // namespace

void RefundDialog::buildHead()
{
    m_head = new AmountHead({tr("Eligible"), tr("Amount"), tr("Preview"), tr("Done")});
    head().addWidget(m_head);

    m_facts = new QWidget;
    auto *facts = new QHBoxLayout(m_facts);
    facts->setContentsMargins(0, 0, 0, 0);
    facts->setSpacing(px(6));
    for (const QString &name : {tr("Paid"), tr("Already refunded"), tr("Refundable now")}) {
        auto *word = new TokenLabel(TextSize::Small, Token::Muted);
        word->setText(name);
        auto *value = new FigureLabel(textFont(TextSize::Body, QFont::DemiBold));
        value->setAccessibleDescription(name);
        m_factValues.append(value);
        facts->addWidget(word);
        facts->addWidget(value);
        facts->addSpacing(px(14));
    }
    facts->addStretch(1);
    m_facts->hide();
}

QWidget *RefundDialog::buildEligible()
{
    auto *page = new QWidget;
    auto *column = columnIn(page);
    m_eligible = label(TextSize::Body, Token::Text);
    column->addWidget(m_eligible);
    column->addStretch(1);
    return page;
}

QWidget *RefundDialog::buildAmount()
{
    auto *page = new QWidget;
    auto *column = columnIn(page);
    m_shares = new QButtonGroup(page);
    auto *shares = new QHBoxLayout;
    shares->setSpacing(px(16));
    const auto addShare = [&](const QString &words, int id) {
        auto *button = new QRadioButton(words);
        button->setObjectName(objectName() + QStringLiteral(".share%1").arg(id));
        button->setAccessibleName(words);
        m_shares->addButton(button, id);
        shares->addWidget(button);
        return button;
    };
    addShare(tr("All of it"), 0)->setChecked(true);
    addShare(tr("Half"), 1);
    addShare(tr("Other amount"), 2);
    m_custom = new QLineEdit;
    m_custom->setObjectName(objectName() + QStringLiteral(".amount"));
    m_custom->setAccessibleName(tr("Amount in USD"));
    m_custom->setPlaceholderText(QStringLiteral("0.00"));
    m_custom->setFixedWidth(px(120));
    shares->addWidget(m_custom);
    shares->addStretch(1);
    auto *how = new TokenLabel(TextSize::Body, Token::Text, QFont::Medium);
    how->setText(tr("How much"));
    column->addWidget(how);
    column->addLayout(shares);

    m_reason = new QComboBox;
    m_reason->setObjectName(objectName() + QStringLiteral(".reason"));
    m_reason->addItem(tr("Choose a reason"), QString());
    const QStringList reasons = m_of.payment ? api::planRefundReasons() : api::refundReasons();
    for (const QString &reason : reasons)
        m_reason->addItem(refundReasonWord(reason), reason);
    m_note = new QLineEdit;
    m_note->setObjectName(objectName() + QStringLiteral(".note"));
    m_note->setPlaceholderText(tr("For colleagues; the customer does not see it"));
    auto *fields = new QHBoxLayout;
    fields->setSpacing(px(12));
    fields->addWidget(makeField(tr("Reason"), m_reason), 2);
    fields->addWidget(makeField(tr("Note"), m_note), 3);
    column->addLayout(fields);
    m_hint = label(TextSize::Small, Token::Muted);
    column->addWidget(m_hint);
    column->addStretch(1);
    connect(m_shares, &QButtonGroup::idToggled, this, &RefundDialog::check);
    connect(m_custom, &QLineEdit::textChanged, this, &RefundDialog::check);
    connect(m_reason, &QComboBox::currentIndexChanged, this, &RefundDialog::check);
    connect(m_note, &QLineEdit::textChanged, this, &RefundDialog::check);
    return page;
}

QWidget *RefundDialog::buildPreview()
{
    auto *page = new QWidget;
    auto *column = columnIn(page);
    m_view = new PreviewView;
    column->addWidget(m_view);
    m_again = new QLineEdit;
    m_again->setObjectName(objectName() + QStringLiteral(".again"));
    m_again->setFixedWidth(px(160));
    m_confirm = makeField(tr("Over 50 USD: type the amount again"), m_again);
    m_confirm->hide();
    column->addWidget(m_confirm);
    m_code = new CodeField(objectName());
    column->addWidget(m_code);
    connect(m_again, &QLineEdit::textChanged, this, &RefundDialog::checkPreview);
    connect(m_code, &CodeField::changed, this, &RefundDialog::checkPreview);
    return page;
}

QWidget *RefundDialog::buildDone()
{
    auto *page = new QWidget;
    auto *column = columnIn(page);
    m_doneState = new StateLabel;
    m_doneText = label(TextSize::Body, Token::Text);
    column->addWidget(m_doneState);
    column->addWidget(m_doneText);
    column->addStretch(1);
    return page;
}

void RefundDialog::buildFoot()
{
    m_age = new PreviewAge(objectName(), m_clock);
    addToFoot(m_age);
    m_back = addButton(QStringLiteral("back"), tr("Back"), {});
    m_verb = addButton(QStringLiteral("verb"), tr("Preview refund"), QStringLiteral("primary"));
    connect(m_age, &PreviewAge::recalculateAsked, this, &RefundDialog::askPreview);
    connect(m_age, &PreviewAge::ticked, this, &RefundDialog::checkPreview);
    connect(m_back, &QPushButton::clicked, this, [this] {
        setProblem({});
        if (m_step == Preview)
            goTo(Amount);
        else
            loadPaid();
    });
    connect(m_verb, &QPushButton::clicked, this, [this] {
        if (m_step == Amount)
            askPreview();
        else
            execute();
    });
}

} // namespace ui
