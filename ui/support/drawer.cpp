#include "ui/support/drawer.h"

#include "ui/support/console_style.h"
#include "ui/support/figures.h"
#include "ui/support/icon.h"

#include <QAction>
#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QScrollArea>
#include <QScrollBar>
#include <QTextLayout>
#include <QtMath>
#include <QToolButton>

namespace ui {

namespace {

constexpr int kMarginPx = 16;
constexpr int kIconPx = 15;
constexpr int kEventGapPx = 12;
constexpr int kLabelColumnPx = 116;

QRect detailRect(const QString &text, int left, int width)
{
    const QFontMetrics metrics(textFont(TextSize::Small));
    return metrics.boundingRect(QRect(left, 0, width, 10'000), Qt::AlignLeft | Qt::TextWordWrap,
                                text);
}

class CodeLabel final : public QWidget {
public:
    explicit CodeLabel(const QString &code, const QString &what)
        : m_code(code)
    {
        QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
        policy.setHeightForWidth(true);
        setSizePolicy(policy);
        setFocusPolicy(Qt::TabFocus);
        setAccessibleName(what);
        setAccessibleDescription(code);
        setContextMenuPolicy(Qt::ActionsContextMenu);
        auto *copy = new QAction(Drawer::tr("Copy"), this);
        copy->setShortcut(QKeySequence::Copy);
        copy->setShortcutContext(Qt::WidgetShortcut);
        addAction(copy);
        connect(copy, &QAction::triggered, this,
                [this] { QGuiApplication::clipboard()->setText(m_code); });
    }
    [[nodiscard]] int heightForWidth(int width) const override { return layOut(width, nullptr); }
    [[nodiscard]] QSize sizeHint() const override { return {px(120), heightForWidth(px(120))}; }
    [[nodiscard]] QSize minimumSizeHint() const override
    {
        return {px(80), QFontMetrics(codeFont()).height()};
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setPen(Theme::current()[Token::Text]);
        layOut(width(), &painter);
        if (hasFocus())
            paintFocusRing(&painter, rect());
    }

private:
    int layOut(int width, QPainter *painter) const
    {
        QString text = m_code;
        QTextLayout layout(text.replace(u'\n', QChar(QChar::LineSeparator)), codeFont());
        QTextOption option;
        option.setWrapMode(QTextOption::WrapAnywhere);
        layout.setTextOption(option);
        layout.beginLayout();
        qreal height = 0;
        for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
            line.setLineWidth(width);
            line.setPosition({0, height});
            height += line.height();
        }
        layout.endLayout();
        if (painter != nullptr)
            layout.draw(painter, {0, 0});
        return qCeil(height);
    }

    QString m_code;
};

QWidget *makeValue(const Fact &fact)
{
    if (fact.isCode)
        return new CodeLabel(fact.value, fact.label);
    auto *value = new TokenLabel(TextSize::Body, fact.tone);
    value->setText(fact.value);
    value->setWordWrap(true);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return value;
}

} // namespace

QWidget *makeCode(const QString &code, const QString &what)
{
    return new CodeLabel(code, what);
}

QWidget *makeFacts(const QList<Fact> &facts)
{
    auto *box = new QWidget;
    auto *grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(px(8));
    grid->setVerticalSpacing(px(6));
    grid->setColumnMinimumWidth(0, px(kLabelColumnPx));
    grid->setColumnStretch(1, 1);
    for (int i = 0; i < facts.size(); ++i) {
        auto *label = new TokenLabel(TextSize::Small, Token::Muted);
        label->setText(facts[i].label);
        grid->addWidget(label, i, 0, Qt::AlignTop);
        grid->addWidget(makeValue(facts[i]), i, 1);
    }
    return box;
}

Timeline::Timeline(QList<TimelineEvent> events, QWidget *parent)
    : QWidget(parent)
    , m_events(std::move(events))
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    QStringList lines;
    for (const TimelineEvent &event : std::as_const(m_events))
        lines << event.time + u' ' + event.title + u' ' + event.detail;
    setAccessibleName(tr("History"));
    setAccessibleDescription(lines.join(u'\n'));
}

int Timeline::eventHeight(const TimelineEvent &event, int width) const
{
    const int left = px(kIconPx) + px(9);
    const int title = QFontMetrics(textFont(TextSize::Body)).height();
    const int detail =
        event.detail.isEmpty() ? 0 : detailRect(event.detail, left, width - left).height() + px(1);
    return title + detail + px(kEventGapPx);
}

int Timeline::heightForWidth(int width) const
{
    int height = 0;
    for (const TimelineEvent &event : m_events)
        height += eventHeight(event, width);
    return height;
}

QSize Timeline::sizeHint() const
{
    const int width = px(Drawer::kWidthPx - 2 * kMarginPx);
    return {width, heightForWidth(width)};
}

void Timeline::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = Theme::current();
    const QFont titleFont = textFont(TextSize::Body, QFont::Medium);
    const QFont smallFont = textFont(TextSize::Small);
    const int titleHeight = QFontMetrics(titleFont).height();
    const int left = px(kIconPx) + px(9);
    int top = 0;
    for (qsizetype i = 0; i < m_events.size(); ++i) {
        const TimelineEvent &event = m_events[i];
        const int height = eventHeight(event, width());
        const QRect icon(0, top + (titleHeight - px(kIconPx)) / 2, px(kIconPx), px(kIconPx));
        paintIcon(&painter, icon, event.iconName, event.tone);
        if (i + 1 < m_events.size())
            painter.fillRect(icon.center().x(), icon.bottom() + px(4), 1,
                             height - icon.height() - px(7), theme[Token::Border]);
        const QRect line(left, top, width() - left, titleHeight);
        painter.setPen(theme[Token::Muted]);
        figuresFor(smallFont).draw(&painter, line, Qt::AlignRight | Qt::AlignVCenter, event.time);
        const int room = line.width() - figuresFor(smallFont).width(event.time) - px(8);
        painter.setFont(titleFont);
        painter.setPen(theme[Token::Text]);
        painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(event.title, Qt::ElideRight, room));
        painter.setFont(smallFont);
        painter.setPen(theme[Token::Muted]);
        painter.drawText(QRect(left, top + titleHeight + px(1), width() - left, height),
                         Qt::AlignLeft | Qt::TextWordWrap, event.detail);
        top += height;
    }
}

Drawer::Drawer(QWidget *parent)
    : Panel(Token::Surface, {}, parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);

    auto *head = new Panel(Token::Surface, Qt::BottomEdge);
    auto *lines = new QVBoxLayout(head);
    lines->setContentsMargins(px(kMarginPx), px(10), px(8), px(12));
    lines->setSpacing(px(2));
    auto *first = new QHBoxLayout;
    m_title = new TokenLabel(TextSize::Section, Token::Text, QFont::DemiBold);
    m_state = new StateLabel;
    m_close = makeIconButton(QStringLiteral("x"), tr("Close details (F9)"), head);
    m_close->setObjectName(QStringLiteral("drawer.close"));
    connect(m_close, &QToolButton::clicked, this, &Drawer::closed);
    first->addWidget(m_title);
    first->addSpacing(px(8));
    first->addWidget(m_state);
    first->addStretch(1);
    first->addWidget(m_close);
    m_subtitle = new TokenLabel(TextSize::Body, Token::Muted);
    lines->addLayout(first);
    lines->addWidget(m_subtitle);
    column->addWidget(head);

    m_area = new QScrollArea;
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setWidgetResizable(true);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_area->setFocusPolicy(Qt::NoFocus);
    m_area->viewport()->setBackgroundRole(QPalette::Base);
    column->addWidget(m_area, 1);

    m_foot = new Panel(Token::Surface, Qt::TopEdge);
    auto *row = new QHBoxLayout(m_foot);
    row->setContentsMargins(px(kMarginPx), px(10), px(kMarginPx), px(10));
    m_footText = new TokenLabel(TextSize::Small, Token::Muted);
    m_footText->setWordWrap(true);
    row->addWidget(m_footText);
    m_foot->hide();
    column->addWidget(m_foot);
    clear();
}

void Drawer::setHead(const QString &title, const QString &subtitle)
{
    m_title->setText(title);
    m_subtitle->setText(subtitle);
    m_subtitle->setVisible(!subtitle.isEmpty());
}

void Drawer::setState(const QString &iconName, const QString &word, Token tone)
{
    m_state->setState(iconName, word, tone);
    m_state->setVisible(!word.isEmpty());
}

void Drawer::setFoot(const QString &text)
{
    m_footText->setText(text);
    m_foot->setVisible(!text.isEmpty());
}

void Drawer::clear()
{
    const int place = m_area->verticalScrollBar()->value();
    m_body = new QWidget;
    m_body->setBackgroundRole(QPalette::Base);
    m_blocks = new QVBoxLayout(m_body);
    m_blocks->setContentsMargins(0, 0, 0, 0);
    m_blocks->setSpacing(0);
    m_blocks->addStretch(1);
    m_area->setWidget(m_body); // deletes the one before
    m_body->show();
    m_area->verticalScrollBar()->setValue(place);
}

QVBoxLayout *Drawer::startBlock(const QString &title)
{
    auto *block = new Panel(Token::Surface, m_blocks->count() > 1 ? Qt::TopEdge : Qt::Edges());
    auto *column = new QVBoxLayout(block);
    column->setContentsMargins(px(kMarginPx), px(12), px(kMarginPx), px(12));
    column->setSpacing(px(8));
    if (!title.isEmpty()) {
        auto *label = new TokenLabel(TextSize::Body, Token::Text, QFont::DemiBold);
        label->setText(title);
        column->addWidget(label);
    }
    m_blocks->insertWidget(m_blocks->count() - 1, block);
    return column;
}

void Drawer::addFacts(const QString &title, const QList<Fact> &facts)
{
    startBlock(title)->addWidget(makeFacts(facts));
}

void Drawer::addBlock(const QString &title, QWidget *content)
{
    startBlock(title)->addWidget(content);
}

void Drawer::addText(const QString &iconName, Token tone, const QString &text)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(px(8));
    auto *words = new TokenLabel(TextSize::Body, tone);
    words->setWordWrap(true);
    words->setText(text);
    row->addWidget(new IconLabel(iconName, tone, kIconPx), 0, Qt::AlignTop);
    row->addWidget(words, 1);
    startBlock({})->addLayout(row);
}

void Drawer::setMessage(const QString &text)
{
    clear();
    auto *words = new TokenLabel(TextSize::Body, Token::Muted);
    words->setWordWrap(true);
    words->setText(text);
    startBlock({})->addWidget(words);
}

void Drawer::setContent(QWidget *content)
{
    m_body = nullptr;
    m_blocks = nullptr;
    m_area->setWidget(content); // deletes the one before
    content->show();
}

} // namespace ui
