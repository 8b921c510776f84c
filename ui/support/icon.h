#pragma once

#include "ui/support/theme.h"

#include <QIcon>
#include <QPixmap>
#include <QRect>

class QPainter;

namespace ui {

/// One of our drawings (resources/icons) in a colour of the current theme; it follows a change of
/// theme by itself, since the colour is looked up when the icon is painted.
[[nodiscard]] QIcon icon(const QString &name, Token token = Token::Text);
/// The same for painting code; `rect` is square and on whole pixels.
void paintIcon(QPainter *painter, const QRect &rect, const QString &name, Token token);
[[nodiscard]] QPixmap iconPixmap(const QString &name, const QColor &color, int sizePx, qreal ratio);

} // namespace ui
