#include "ui/support/figures.h"

#include <QCoreApplication>
#include <QFontMetrics>
#include <QGlyphRun>
#include <QPainter>
#include <QStyle>

#include <cmath>

namespace ui {

namespace {

constexpr QStringView kDigits = u"0123456789";

/// A handful: one for each size and weight in use.
QHash<QString, Figures> &knownFigures()
{
    static QHash<QString, Figures> known;
    return known;
}

} // namespace

Figures::Figures(const QFont &font)
    : m_font(font)
    , m_raw(QRawFont::fromFont(font))
{
    const QList<QPointF> advances =
        m_raw.advancesForGlyphIndexes(m_raw.glyphIndexesForString(kDigits.toString()));
    for (const QPointF &advance : advances) {
        m_isTabular = m_isTabular && std::abs(advance.x() - advances.first().x()) < 0.01;
        m_digitWidth = std::max(m_digitWidth, advance.x());
    }
}

Figures::Laid Figures::layOut(const QString &text) const
{
    Laid laid;
    laid.glyphs = m_raw.glyphIndexesForString(text);
    laid.isComplete = laid.glyphs.size() == text.size() && !laid.glyphs.contains(0);
    const QList<QPointF> advances = m_raw.advancesForGlyphIndexes(laid.glyphs);
    for (qsizetype i = 0; i < advances.size(); ++i) {
        const bool isDigit = laid.isComplete && text[i] >= u'0' && text[i] <= u'9';
        const qreal slack = isDigit ? m_digitWidth - advances[i].x() : 0;
        laid.positions.append(QPointF(laid.width + slack / 2, 0));
        laid.width += advances[i].x() + slack;
    }
    return laid;
}

int Figures::width(const QString &text) const
{
    if (m_isTabular)
        return QFontMetrics(m_font).horizontalAdvance(text);
    const Laid laid = layOut(text);
    return laid.isComplete ? int(std::ceil(laid.width))
                           : QFontMetrics(m_font).horizontalAdvance(text);
}

void Figures::draw(QPainter *painter, const QRect &rect, Qt::Alignment alignment,
                   const QString &text) const
{
    const Laid laid = m_isTabular ? Laid{} : layOut(text);
    painter->setFont(m_font);
    if (!laid.isComplete) {
        painter->drawText(rect, int(alignment) | Qt::TextSingleLine, text);
        return;
    }
    qreal left = rect.left();
    if (alignment & Qt::AlignRight)
        left = rect.right() + 1 - laid.width;
    else if (alignment & Qt::AlignHCenter)
        left = rect.left() + (rect.width() - laid.width) / 2;
    const QFontMetrics metrics(m_font);
    const int top = rect.top() + (rect.height() - metrics.height()) / 2;
    QGlyphRun run;
    run.setRawFont(m_raw);
    run.setGlyphIndexes(laid.glyphs);
    run.setPositions(laid.positions);
    painter->drawGlyphRun(QPointF(std::round(left), top + metrics.ascent()), run);
}

const Figures &figuresFor(const QFont &font)
{
    const QString key = font.key();
    auto found = knownFigures().find(key);
    if (found == knownFigures().end()) {
        // Raw fonts must not outlive the application's font database.
        if (knownFigures().isEmpty())
            qAddPostRoutine([] { knownFigures().clear(); });
        found = knownFigures().insert(key, Figures(font));
    }
    return *found;
}

FigureLabel::FigureLabel(const QFont &font, Token token, QWidget *parent)
    : QWidget(parent)
    , m_font(font)
    , m_token(token)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void FigureLabel::setText(const QString &text)
{
    if (m_text == text)
        return;
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

void FigureLabel::setToken(Token token)
{
    m_token = token;
    update();
}

void FigureLabel::setAlignment(Qt::Alignment alignment)
{
    m_alignment = alignment;
    update();
}

QSize FigureLabel::sizeHint() const
{
    return {figuresFor(m_font).width(m_text), QFontMetrics(m_font).height()};
}

void FigureLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(Theme::current()[m_token]);
    figuresFor(m_font).draw(&painter, rect(),
                            QStyle::visualAlignment(layoutDirection(), m_alignment), m_text);
}

} // namespace ui
