#include "ui/support/parts.h"

#include "ui/support/cells.h"
#include "ui/support/figures.h"
#include "ui/support/format.h"
#include "ui/support/icon.h"

#include <QAction>
#include <QEvent>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace ui {

namespace {

constexpr int kBadgePx = 16;

/// The count beside the word of a tab.
class CountBadge final : public QWidget {
public:
    explicit CountBadge(QWidget *parent)
        : QWidget(parent)
    {
        setAttribute(Qt::WA_TransparentForMouseEvents);
    }
    void setCount(const QString &text, Token tone)
    {
        m_text = text;
        m_tone = tone;
        resize(sizeHint());
        update();
    }
    [[nodiscard]] QSize sizeHint() const override
    {
        const int words = figuresFor(textFont(TextSize::Tiny, QFont::Medium)).width(m_text);
        return {std::max(words + px(10), px(kBadgePx) + px(2)), px(kBadgePx)};
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const bool isContrast = Theme::current().name == ThemeName::Contrast;
        painter.setPen(isContrast ? QPen(Theme::current()[m_tone], 1) : QPen(Qt::NoPen));
        painter.setBrush(Theme::current()[tintOf(m_tone)]);
        const QRectF shape =
            isContrast ? QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5) : QRectF(rect());
        painter.drawRoundedRect(shape, shape.height() / 2, shape.height() / 2);
        painter.setPen(Theme::current()[m_tone]);
        figuresFor(textFont(TextSize::Tiny, QFont::Medium))
            .draw(&painter, rect(), Qt::AlignHCenter | Qt::AlignVCenter, m_text);
    }

private:
    QString m_text;
    Token m_tone = Token::Muted;
};

} // namespace

TokenLabel::TokenLabel(TextSize size, Token token, QFont::Weight weight, QWidget *parent)
    : QLabel(parent)
    , m_token(token)
{
    setFont(textFont(size, weight));
    setTextFormat(Qt::PlainText);
    applyToken();
}

void TokenLabel::setToken(Token token)
{
    m_token = token;
    applyToken();
}

void TokenLabel::applyToken()
{
    const QColor wanted = Theme::current()[m_token];
    if (palette().color(foregroundRole()) == wanted)
        return;
    QPalette colours = palette();
    colours.setColor(foregroundRole(), wanted);
    setPalette(colours);
}

void TokenLabel::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        applyToken();
}

IconLabel::IconLabel(const QString &name, Token token, int sizePx, QWidget *parent)
    : QWidget(parent)
    , m_name(name)
    , m_token(token)
{
    setFixedSize(px(sizePx), px(sizePx));
}

void IconLabel::setIcon(const QString &name, Token token)
{
    m_name = name;
    m_token = token;
    update();
}

void IconLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintIcon(&painter, rect(), m_name, m_token);
}

StateLabel::StateLabel(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void StateLabel::setState(const QString &iconName, const QString &word, Token tone)
{
    m_icon = iconName;
    m_word = word;
    m_tone = tone;
    setAccessibleName(word);
    updateGeometry();
    update();
}

QSize StateLabel::sizeHint() const
{
    return {m_word.isEmpty() ? 0 : pillWidth(m_word), px(20)};
}

void StateLabel::paintEvent(QPaintEvent *)
{
    if (m_word.isEmpty())
        return;
    QPainter painter(this);
    paintPill(&painter, rect(), m_icon, m_word, m_tone);
}

Panel::Panel(Token fill, Qt::Edges lines, QWidget *parent)
    : QFrame(parent)
    , m_fill(fill)
    , m_lines(lines)
{
}

void Panel::setFill(Token fill)
{
    m_fill = fill;
    update();
}

void Panel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = Theme::current();
    painter.fillRect(rect(), theme[m_fill]);
    if (m_lines & Qt::TopEdge)
        painter.fillRect(0, 0, width(), 1, theme[Token::Border]);
    if (m_lines & Qt::BottomEdge)
        painter.fillRect(0, height() - 1, width(), 1, theme[Token::Border]);
    const Qt::Edge leading = isRightToLeft() ? Qt::RightEdge : Qt::LeftEdge;
    if (m_lines & leading)
        painter.fillRect(0, 0, 1, height(), theme[Token::Border]);
    if (m_lines & (Qt::LeftEdge | Qt::RightEdge) & ~leading)
        painter.fillRect(width() - 1, 0, 1, height(), theme[Token::Border]);
}

TabRow::TabRow(QWidget *parent)
    : QTabBar(parent)
{
    setDrawBase(false);
    setDocumentMode(true);
    setExpanding(false);
    setAccessibleName(tr("Tabs"));
}

void TabRow::setCount(int tab, qint64 count, bool isExact, Token tone)
{
    auto *badge = static_cast<CountBadge *>(tabButton(tab, QTabBar::RightSide));
    const bool isNew = badge == nullptr;
    if (isNew)
        badge = new CountBadge(this);
    badge->setCount(formatTotal(count, isExact), tone);
    if (isNew)
        setTabButton(tab, QTabBar::RightSide, badge);
    setTabText(tab, tabText(tab)); // makes the bar measure its tabs again
    setTabToolTip(tab, formatTotal(count, isExact));
}

QSize TabRow::tabSizeHint(int index) const
{
    const QFontMetrics words(textFont(TextSize::Body, QFont::DemiBold));
    const QWidget *badge = tabButton(index, QTabBar::RightSide);
    const int extra = badge == nullptr ? 0 : px(6) + badge->width();
    return {words.horizontalAdvance(tabText(index)) + extra + px(16), px(40)};
}

QPushButton *makeButton(const QString &iconName, Token tone, const QString &words)
{
    auto *button =
        new QPushButton(icon(iconName, tone), kNoBreakSpace + words); // room between them
    button->setAccessibleName(words);
    return button;
}

QLineEdit *makePassphraseField(const QString &name)
{
    auto *field = new QLineEdit;
    field->setObjectName(name);
    field->setEchoMode(QLineEdit::Password);
    QAction *see =
        field->addAction(icon(QStringLiteral("eye"), Token::Muted), QLineEdit::TrailingPosition);
    see->setToolTip(QObject::tr("Show the passphrase"));
    see->setCheckable(true);
    QObject::connect(see, &QAction::toggled, field, [field, see](bool isSeen) {
        field->setEchoMode(isSeen ? QLineEdit::Normal : QLineEdit::Password);
        see->setIcon(
            icon(isSeen ? QStringLiteral("eye-off") : QStringLiteral("eye"), Token::Muted));
    });
    return field;
}

QToolButton *makeIconButton(const QString &iconName, const QString &words, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setProperty("kind", QStringLiteral("bare"));
    button->setIcon(icon(iconName, Token::Muted));
    button->setIconSize({px(16), px(16)});
    button->setToolTip(words);
    button->setAccessibleName(words);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

} // namespace ui
