#include "ui/pages/ledger/past_bar.h"

#include "ui/support/format.h"

#include <QDateTimeEdit>
#include <QHBoxLayout>
#include <QPushButton>
#include <QShortcut>

namespace ui {

namespace {

const QString kPastFormat = QStringLiteral("yyyy-MM-dd HH:mm:ss");

} // namespace

PastBar::PastBar(const Display &display, QWidget *parent)
    : Panel(Token::Surface, Qt::BottomEdge, parent)
    , m_display(display)
{
    setObjectName(QStringLiteral("page.ledger.past"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(px(20), px(6), px(20), px(8));
    row->setSpacing(px(10));
    m_enter = makeButton(QStringLiteral("clock"), Token::Text, tr("Look at the past"));
    m_enter->setObjectName(objectName() + QStringLiteral(".enter"));
    m_enter->setAccessibleName(tr("Look at the balance of this customer at an instant"));
    m_words = new TokenLabel(TextSize::Body, Token::Past, QFont::DemiBold);
    m_at = new QDateTimeEdit;
    m_at->setObjectName(objectName() + QStringLiteral(".at"));
    m_at->setDisplayFormat(kPastFormat);
    m_at->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_at->setTimeSpec(Qt::UTC); // only the figures count, and UTC has no hour that is missing
    m_at->setAccessibleName(tr("Instant"));
    m_show = new QPushButton(tr("Show"));
    m_show->setObjectName(objectName() + QStringLiteral(".show"));
    m_show->setAccessibleName(tr("Show the balance at that instant"));
    m_values = new QWidget;
    auto *values = new QHBoxLayout(m_values);
    values->setContentsMargins(0, 0, 0, 0);
    values->setSpacing(px(6));
    m_available = addValue(*values, tr("Available"));
    m_held = addValue(*values, tr("Held"));
    m_debt = addValue(*values, tr("Debt"));
    m_back = makeButton(QStringLiteral("undo"), Token::Text, tr("Back to now"));
    m_back->setObjectName(objectName() + QStringLiteral(".back"));
    m_back->setAccessibleName(tr("Back to now"));
    m_back->setToolTip(tr("Back to now (Esc)"));
    row->addWidget(m_enter);
    row->addWidget(m_words);
    row->addWidget(m_at);
    row->addWidget(m_show);
    row->addWidget(m_values);
    row->addStretch(1);
    row->addWidget(m_back);
    auto *escape = new QShortcut(QKeySequence(Qt::Key_Escape), this);
    escape->setContext(Qt::WidgetWithChildrenShortcut);
    connect(escape, &QShortcut::activated, this, &PastBar::leave);
    connect(m_enter, &QPushButton::clicked, this, [this] { goTo(m_display.now()); });
    connect(m_show, &QPushButton::clicked, this, &PastBar::ask);
    connect(m_back, &QPushButton::clicked, this, &PastBar::leave);
    showParts();
}

FigureLabel *PastBar::addValue(QHBoxLayout &row, const QString &label)
{
    auto *name = new TokenLabel(TextSize::Small, Token::Muted);
    name->setText(label);
    auto *value = new FigureLabel(textFont(TextSize::Body, QFont::DemiBold));
    value->setAccessibleDescription(label);
    row.addWidget(name);
    row.addWidget(value);
    row.addSpacing(px(8));
    return value;
}

void PastBar::goTo(Timestamp at)
{
    m_isPast = true;
    const QDateTime shown =
        QDateTime::fromMSecsSinceEpoch(core::toMicros(at) / 1000, m_display.zone());
    m_at->setDateTime(QDateTime(shown.date(), shown.time(), Qt::UTC));
    showParts();
    m_at->setFocus();
    ask();
}

/// What is typed are the figures of a clock in the display's zone.
void PastBar::ask()
{
    const QDateTime typed = m_at->dateTime();
    const QDateTime moment(typed.date(), typed.time(), m_display.zone());
    Q_EMIT momentAsked(core::fromMicros(moment.toMSecsSinceEpoch() * 1000));
}

void PastBar::leave()
{
    if (!m_isPast)
        return;
    m_isPast = false;
    showParts();
    Q_EMIT leftPast();
}

void PastBar::showBalance(const api::PastBalance &balance)
{
    m_words->setText(tr("You are looking at the past, %1").arg(m_display.zoneWord()));
    m_available->setText(formatUsd(balance.available));
    m_held->setText(formatUsd(balance.held));
    m_debt->setText(formatUsd(balance.debt));
    m_values->show();
}

void PastBar::showFailure(const core::Error &error)
{
    m_words->setText(sentenceOf(error.code));
    m_values->hide();
}

void PastBar::showParts()
{
    setFill(m_isPast ? Token::PastTint : Token::Surface);
    m_enter->setVisible(!m_isPast);
    for (QWidget *part : QList<QWidget *>{m_words, m_at, m_show, m_values, m_back})
        part->setVisible(m_isPast);
}

} // namespace ui
