#include "ui/support/dialog.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>

namespace ui {

namespace {

constexpr int kMarginPx = 20;

QVBoxLayout *sectionOf(Panel *panel)
{
    auto *column = new QVBoxLayout(panel);
    column->setContentsMargins(px(kMarginPx), px(14), px(kMarginPx), px(14));
    column->setSpacing(px(12));
    return column;
}

} // namespace

Dialog::Dialog(const QString &name, const QString &title, QWidget *parent)
    : QDialog(parent)
{
    setObjectName(name);
    setWindowTitle(title);
    setModal(false);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *head = new Panel(Token::Surface, Qt::BottomEdge);
    m_head = sectionOf(head);
    m_head->setSpacing(px(4));
    auto *bodyPanel = new Panel(Token::Surface);
    m_body = sectionOf(bodyPanel);
    m_problem = new Panel(Token::BadTint);
    auto *problem = new QHBoxLayout(m_problem);
    problem->setContentsMargins(px(12), px(8), px(12), px(8));
    problem->setSpacing(px(8));
    m_problemText = new TokenLabel(TextSize::Body, Token::Text);
    m_problemText->setWordWrap(true);
    problem->addWidget(new IconLabel(QStringLiteral("octagon-x"), Token::Bad, 15), 0, Qt::AlignTop);
    problem->addWidget(m_problemText, 1);
    m_problem->hide();
    auto *problemRow = new Panel(Token::Surface);
    auto *problemColumn = new QVBoxLayout(problemRow);
    problemColumn->setContentsMargins(px(kMarginPx), 0, px(kMarginPx), px(10));
    problemColumn->addWidget(m_problem);

    auto *foot = new Panel(Token::Surface2, Qt::TopEdge);
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(px(kMarginPx), px(11), px(kMarginPx), px(11));
    row->setSpacing(px(8));
    m_footLeading = new QHBoxLayout;
    m_footLeading->setSpacing(px(12));
    m_buttons = new QHBoxLayout;
    m_buttons->setSpacing(px(8));
    row->addLayout(m_footLeading);
    row->addStretch(1);
    row->addLayout(m_buttons);
    column->addWidget(head);
    column->addWidget(bodyPanel, 1);
    column->addWidget(problemRow);
    column->addWidget(foot);
    m_cancel = addButton(QStringLiteral("cancel"), tr("Cancel"), {});
    m_cancel->setDefault(true);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    m_cancel->setFocus();
}

Dialog *Dialog::openOn(const QWidget &window)
{
    const auto dialogs = window.findChildren<Dialog *>();
    for (Dialog *dialog : dialogs) {
        if (dialog->isVisible())
            return dialog;
    }
    return nullptr;
}

void Dialog::addToFoot(QWidget *widget)
{
    m_footLeading->addWidget(widget);
}

QPushButton *Dialog::addButton(const QString &name, const QString &words, const QString &kind)
{
    auto *button = new QPushButton(words);
    button->setObjectName(objectName() + u'.' + name);
    button->setAccessibleName(words);
    button->setAutoDefault(false); // Enter in a field must not do what cannot be undone
    if (!kind.isEmpty())
        button->setProperty("kind", kind);
    m_buttons->addWidget(button);
    return button;
}

void Dialog::setProblem(const QString &text)
{
    m_problemText->setText(text);
    m_problem->setVisible(!text.isEmpty());
}

void Dialog::setWordsWidth(int widthPx)
{
    m_followsWords = true;
    setFixedWidth(px(widthPx));
}

/// The words decide how tall it is, each time they have been laid out anew. adjustSize() would ask
/// for the height at the width the words would like, which is not ours.
bool Dialog::event(QEvent *event)
{
    // Another event may be the one that deletes this.
    const bool isLaidOut = event->type() == QEvent::LayoutRequest;
    const bool isTaken = QDialog::event(event);
    if (isLaidOut && m_followsWords)
        resize(width(), layout()->totalHeightForWidth(width()));
    return isTaken;
}

TokenLabel *makeWords(const QString &text, Token tone)
{
    auto *label = new TokenLabel(TextSize::Body, tone);
    label->setWordWrap(true);
    label->setText(text);
    return label;
}

QWidget *makeField(const QString &label, QWidget *field)
{
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(px(5));
    auto *words = new TokenLabel(TextSize::Body, Token::Text, QFont::Medium);
    words->setText(label);
    words->setBuddy(field);
    field->setAccessibleName(label);
    column->addWidget(words);
    column->addWidget(field);
    return box;
}

} // namespace ui
