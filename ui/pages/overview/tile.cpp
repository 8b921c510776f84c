#include "ui/pages/overview/tile.h"

#include "ui/support/console_style.h"
#include "ui/support/figures.h"
#include "ui/support/fonts.h"
#include "ui/support/icon.h"

#include <QPainter>
#include <QPainterPath>

namespace ui {

namespace {

constexpr int kPaddingPx = 14;
constexpr int kHeightPx = 88;
constexpr int kWidthPx = 200;
constexpr QSize kLine(72, 20);

} // namespace

Tile::Tile(const QString &name, const QString &title, QWidget *parent)
    : QAbstractButton(parent)
    , m_title(title)
{
    setObjectName(QStringLiteral("page.overview.tile.") + name);
    setAccessibleName(title);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void Tile::setWords(const TileWords &words)
{
    m_words = words;
    setAccessibleDescription(QStringLiteral("%1 %2. %3").arg(words.value, words.unit, words.words));
    update();
}

void Tile::setLine(const QList<qint64> &values)
{
    m_line = values;
    update();
}

QSize Tile::sizeHint() const
{
    return {px(kWidthPx), px(kHeightPx)};
}

void Tile::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = Theme::current();
    painter.fillRect(rect(), theme[underMouse() ? Token::Hover : Token::Surface]);
    const QRect inner = rect().adjusted(px(kPaddingPx), px(11), -px(kPaddingPx), -px(10));
    painter.setFont(textFont(TextSize::Small));
    painter.setPen(theme[Token::Muted]);
    painter.drawText(inner, Qt::AlignTop | Qt::AlignLeading, m_title);
    const int side = px(14);
    const QRect arrow(isRightToLeft() ? inner.left() : inner.right() - side, inner.top() + 1, side,
                      side);
    if (isEnabled())
        paintIcon(&painter, arrow,
                  isRightToLeft() ? QStringLiteral("chevron-left")
                                  : QStringLiteral("chevron-right"),
                  Token::Muted);

    const QFont big = textFont(TextSize::Value, QFont::DemiBold);
    const Figures &figures = figuresFor(big);
    const QRect middle(inner.left(), inner.top() + px(17), inner.width(), px(30));
    painter.setPen(theme[Token::Text]);
    figures.draw(&painter, middle, Qt::AlignLeft | Qt::AlignVCenter, m_words.value);
    painter.setFont(textFont(TextSize::Small));
    painter.setPen(theme[Token::Muted]);
    painter.drawText(middle.adjusted(figures.width(m_words.value) + px(5), px(4), 0, px(4)),
                     Qt::AlignLeading | Qt::AlignVCenter, m_words.unit);
    paintLine(painter, QRect(inner.right() - px(kLine.width()) - px(20),
                             middle.center().y() - px(kLine.height()) / 2, px(kLine.width()),
                             px(kLine.height())));

    const QRect low(inner.left(), inner.bottom() - px(17), inner.width(), px(18));
    QRect words = low;
    if (!m_words.iconName.isEmpty()) {
        paintIcon(&painter, QRect(low.left(), low.top() + (low.height() - side) / 2, side, side),
                  m_words.iconName, m_words.tone);
        words.setLeft(low.left() + side + px(5));
    }
    painter.setPen(theme[m_words.tone]);
    const QFontMetrics metrics(painter.font());
    painter.drawText(words, Qt::AlignLeading | Qt::AlignVCenter,
                     metrics.elidedText(m_words.words, Qt::ElideRight, words.width()));
    if (hasFocus())
        paintFocusRing(&painter, rect().adjusted(1, 1, -1, -1));
}

void Tile::paintLine(QPainter &painter, const QRect &rect) const
{
    if (m_line.size() < 2)
        return;
    const auto [low, high] = std::minmax_element(m_line.cbegin(), m_line.cend());
    const qint64 span = std::max<qint64>(1, *high - *low);
    const auto point = [&](qsizetype i) {
        return QPointF(rect.left() + qreal(rect.width()) * i / (m_line.size() - 1),
                       rect.bottom() - qreal(rect.height() - 2) * (m_line[i] - *low) / span);
    };
    QPainterPath path(point(0));
    for (qsizetype i = 1; i < m_line.size(); ++i)
        path.lineTo(point(i));
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(Theme::current()[Token::Muted], 1.25));
    painter.drawPath(path);
    painter.setPen(Qt::NoPen);
    painter.setBrush(Theme::current()[Token::Muted]);
    painter.drawEllipse(point(m_line.size() - 1), 2, 2);
    painter.restore();
}

} // namespace ui
