#include "ui/support/console_style.h"

#include "ui/support/fonts.h"
#include "ui/support/icon.h"
#include "ui/support/theme.h"

#include <QPainter>
#include <QStyleOptionTab>

namespace ui {

namespace {

constexpr int kUnderlinePx = 2;
constexpr int kIndicatorPx = 16;

void paintTabShape(const QStyleOptionTab &tab, QPainter *painter)
{
    if (tab.state & QStyle::State_MouseOver && !(tab.state & QStyle::State_Selected))
        painter->fillRect(tab.rect.adjusted(0, 6, 0, -6), Theme::current()[Token::Hover]);
    if (tab.state & QStyle::State_Selected) {
        const QRect line(tab.rect.left() + px(8), tab.rect.bottom() - kUnderlinePx + 1,
                         tab.rect.width() - px(16), kUnderlinePx);
        painter->fillRect(line, Theme::current()[Token::Accent]);
    }
    if (tab.state & QStyle::State_HasFocus)
        paintFocusRing(painter, tab.rect.adjusted(1, 5, -1, -5));
}

/// The word of a tab, beside its badge when it has one.
void paintTabLabel(const QStyleOptionTab &tab, QPainter *painter)
{
    const bool isCurrent = tab.state & QStyle::State_Selected;
    painter->setFont(textFont(TextSize::Body, isCurrent ? QFont::DemiBold : QFont::Normal));
    painter->setPen(Theme::current()[isCurrent ? Token::Text : Token::Muted]);
    const QRect words = tab.rect.adjusted(px(8), 0, -px(8), 0);
    painter->drawText(words, Qt::AlignVCenter | Qt::AlignLeading | Qt::TextHideMnemonic, tab.text);
}

/// The edge of a box or of a radio button, filled where it is chosen: Fusion's own cannot be seen
/// on a dark surface.
void paintIndicator(const QStyleOption &option, QPainter *painter, bool isRound)
{
    const Theme &theme = Theme::current();
    const bool isOn = option.state & QStyle::State_On;
    const bool isEnabled = option.state & QStyle::State_Enabled;
    const int side = std::min(option.rect.width(), option.rect.height());
    const QRect box(option.rect.left(), option.rect.top() + (option.rect.height() - side) / 2, side,
                    side);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const Token edge = !isEnabled ? Token::Border : isOn ? Token::AccentFill : Token::Control;
    painter->setPen(QPen(theme[edge], 1));
    painter->setBrush(theme[isOn && isEnabled ? Token::AccentFill : Token::Surface]);
    const QRectF frame = QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5);
    const qreal radius = isRound ? frame.width() / 2 : 3;
    painter->drawRoundedRect(frame, radius, radius);
    const Token mark = isEnabled ? Token::OnAccent : Token::Muted;
    if (isOn && isRound) {
        const qreal inset = frame.width() * 0.3;
        painter->setPen(Qt::NoPen);
        painter->setBrush(theme[mark]);
        painter->drawEllipse(frame.adjusted(inset, inset, -inset, -inset));
    } else if (isOn) {
        paintIcon(painter, box.adjusted(2, 2, -2, -2), QStringLiteral("check"), mark);
    }
    painter->restore();
}

} // namespace

void paintFocusRing(QPainter *painter, const QRect &rect)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(Theme::current()[Token::Focus], 2));
    painter->setBrush(Qt::NoBrush);
    painter->drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), 3, 3);
    painter->restore();
}

ConsoleStyle::ConsoleStyle()
    : QProxyStyle(QStringLiteral("Fusion"))
{
}

void ConsoleStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option,
                                 QPainter *painter, const QWidget *widget) const
{
    switch (element) {
    case PE_FrameFocusRect: return paintFocusRing(painter, option->rect);
    case PE_FrameTabBarBase: return; // the tab row draws its own line
    case PE_IndicatorCheckBox: return paintIndicator(*option, painter, false);
    case PE_IndicatorRadioButton: return paintIndicator(*option, painter, true);
    default: QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void ConsoleStyle::drawControl(ControlElement element, const QStyleOption *option,
                               QPainter *painter, const QWidget *widget) const
{
    const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option);
    if (tab != nullptr && element == CE_TabBarTabShape)
        return paintTabShape(*tab, painter);
    if (tab != nullptr && element == CE_TabBarTabLabel)
        return paintTabLabel(*tab, painter);
    QProxyStyle::drawControl(element, option, painter, widget);
}

int ConsoleStyle::pixelMetric(PixelMetric metric, const QStyleOption *option,
                              const QWidget *widget) const
{
    switch (metric) {
    case PM_TabBarTabHSpace: return px(20);
    case PM_TabBarTabVSpace: return px(20);
    case PM_TabBarTabShiftHorizontal:
    case PM_TabBarTabShiftVertical:
    case PM_TabBarBaseOverlap:
    case PM_TabBarTabOverlap: return 0;
    case PM_SplitterWidth: return 1;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight: return px(kIndicatorPx);
    default: return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int ConsoleStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                            QStyleHintReturn *returned) const
{
    // Nothing moves by itself: no animation is longer than the eye needs, and most are none.
    if (hint == SH_Widget_Animation_Duration)
        return 0;
    return QProxyStyle::styleHint(hint, option, widget, returned);
}

} // namespace ui
