#include "ui/support/icon.h"

#include "core/assert.h"

#include <QCache>
#include <QCoreApplication>
#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QSvgRenderer>

namespace ui {

namespace {

constexpr int kPixmapsMax = 400;

QCache<QString, QPixmap> &knownPixmaps()
{
    static QCache<QString, QPixmap> pixmaps(kPixmapsMax);
    return pixmaps;
}

QByteArray drawing(const QString &name)
{
    static QHash<QString, QByteArray> drawings;
    auto found = drawings.find(name);
    if (found == drawings.end()) {
        QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
        const bool isOpen = file.open(QIODevice::ReadOnly);
        CORE_ASSERT(isOpen); // compiled in
        found = drawings.insert(name, file.readAll());
    }
    return *found;
}

QPixmap render(const QString &name, const QColor &color, int sizePx, qreal ratio)
{
    QByteArray svg = drawing(name);
    svg.replace("currentColor", color.name().toUtf8());
    QSvgRenderer renderer(svg);
    QPixmap pixmap(qRound(sizePx * ratio), qRound(sizePx * ratio));
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    renderer.render(&painter, QRectF(QPointF(0, 0), QSizeF(pixmap.size())));
    painter.end();
    pixmap.setDevicePixelRatio(ratio);
    return pixmap;
}

class Engine final : public QIconEngine {
public:
    Engine(QString name, Token token)
        : m_name(std::move(name))
        , m_token(token)
    {
    }
    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        const int side = qMin(rect.width(), rect.height());
        QRect square(0, 0, side, side);
        square.moveCenter(rect.center());
        paintIcon(painter, square, m_name, mode == QIcon::Disabled ? Token::Muted : m_token);
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override
    {
        const Token token = mode == QIcon::Disabled ? Token::Muted : m_token;
        return iconPixmap(m_name, Theme::current()[token], qMin(size.width(), size.height()), 1.0);
    }
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal scale) override
    {
        // `size` is in device pixels here.
        const Token token = mode == QIcon::Disabled ? Token::Muted : m_token;
        const int side = qMin(size.width(), size.height());
        return iconPixmap(m_name, Theme::current()[token], qRound(side / scale), scale);
    }
    QIconEngine *clone() const override { return new Engine(m_name, m_token); }

private:
    QString m_name;
    Token m_token;
};

} // namespace

QIcon icon(const QString &name, Token token)
{
    return QIcon(new Engine(name, token));
}

void paintIcon(QPainter *painter, const QRect &rect, const QString &name, Token token)
{
    const qreal ratio = painter->device()->devicePixelRatioF();
    painter->drawPixmap(rect.topLeft(),
                        iconPixmap(name, Theme::current()[token], rect.width(), ratio));
}

QPixmap iconPixmap(const QString &name, const QColor &color, int sizePx, qreal ratio)
{
    // The colour is part of the key, so a change of theme needs no emptying.
    QCache<QString, QPixmap> &pixmaps = knownPixmaps();
    const QString key =
        QStringLiteral("%1 %2 %3 %4").arg(name, color.name()).arg(sizePx).arg(ratio);
    if (const QPixmap *known = pixmaps.object(key))
        return *known;
    if (pixmaps.isEmpty()) // no pixmap may outlive the application
        qAddPostRoutine([] { knownPixmaps().clear(); });
    const QPixmap fresh = render(name, color, sizePx, ratio);
    pixmaps.insert(key, new QPixmap(fresh));
    return fresh;
}

} // namespace ui
