#pragma once

#include "ui/support/theme.h"

#include <QFont>
#include <QLabel>
#include <QRawFont>

namespace ui {

/// Draws text whose digits all take the same width, so that amounts in a column line up. Qt 6.4
/// cannot ask a font for its tabular figures; where the digits differ in width (Inter, SF), each is
/// drawn centred in the widest. Made per font and kept: see figuresFor().
class Figures {
public:
    explicit Figures(const QFont &font);
    [[nodiscard]] int width(const QString &text) const;
    /// With the painter's pen; the baseline is where drawText would put it in `rect`.
    void draw(QPainter *painter, const QRect &rect, Qt::Alignment alignment,
              const QString &text) const;
    [[nodiscard]] bool isTabularByItself() const { return m_isTabular; }

private:
    struct Laid {
        QList<quint32> glyphs;
        QList<QPointF> positions;
        qreal width = 0;
        bool isComplete = false; // every character has a glyph in this very font
    };
    [[nodiscard]] Laid layOut(const QString &text) const;

    QFont m_font;
    QRawFont m_raw;
    qreal m_digitWidth = 0;
    bool m_isTabular = true;
};

[[nodiscard]] const Figures &figuresFor(const QFont &font);

/// A label for a value, a time or a count.
class FigureLabel final : public QWidget {
    Q_OBJECT

public:
    explicit FigureLabel(const QFont &font, Token token = Token::Text, QWidget *parent = nullptr);
    void setText(const QString &text);
    void setToken(Token token);
    void setAlignment(Qt::Alignment alignment);
    [[nodiscard]] QString text() const { return m_text; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QFont m_font;
    QString m_text;
    Token m_token;
    Qt::Alignment m_alignment = Qt::AlignLeading | Qt::AlignVCenter;
};

} // namespace ui
