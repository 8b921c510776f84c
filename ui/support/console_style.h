#pragma once

#include <QProxyStyle>

namespace ui {

/// Fusion with our focus ring (2 px, in the focus colour), tabs that are an underline, and boxes
/// and radio buttons in the colours of the theme.
class ConsoleStyle final : public QProxyStyle {
    Q_OBJECT

public:
    ConsoleStyle();
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption *option,
                    const QWidget *widget) const override;
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                  QStyleHintReturn *returned) const override;
};

/// The 2-pixel ring inside `rect`.
void paintFocusRing(QPainter *painter, const QRect &rect);

} // namespace ui
