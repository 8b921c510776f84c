#pragma once

#include "ui/support/theme.h"

#include <QAbstractButton>

namespace ui {

/// What a tile says: a value, what it means, and how it is.
struct TileWords {
    QString value;
    QString unit;
    QString iconName;
    QString words;
    Token tone = Token::Muted;
};

/// One figure of the Overview page; pressed, it leads to the page where it comes from.
class Tile final : public QAbstractButton {
    Q_OBJECT

public:
    explicit Tile(const QString &name, const QString &title, QWidget *parent = nullptr);
    void setWords(const TileWords &words);
    /// A small line of the last hours beside the value.
    void setLine(const QList<qint64> &values);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void paintLine(QPainter &painter, const QRect &rect) const;

    QString m_title;
    TileWords m_words;
    QList<qint64> m_line;
};

} // namespace ui
