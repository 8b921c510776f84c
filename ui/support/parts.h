#pragma once

#include "ui/support/fonts.h"
#include "ui/support/theme.h"

#include <QFrame>
#include <QLabel>
#include <QTabBar>

class QLineEdit;
class QPushButton;
class QToolButton;

namespace ui {

/// Text in a colour of the theme, also after the theme has changed.
class TokenLabel final : public QLabel {
    Q_OBJECT

public:
    explicit TokenLabel(TextSize size = TextSize::Body, Token token = Token::Text,
                        QFont::Weight weight = QFont::Normal, QWidget *parent = nullptr);
    void setToken(Token token);

protected:
    void changeEvent(QEvent *event) override;

private:
    void applyToken();
    Token m_token;
};

/// One of our icons standing in a layout.
class IconLabel final : public QWidget {
    Q_OBJECT

public:
    IconLabel(const QString &name, Token token, int sizePx, QWidget *parent = nullptr);
    void setIcon(const QString &name, Token token);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_name;
    Token m_token;
};

/// Icon and word on a tint, or plain when no person is needed.
class StateLabel final : public QWidget {
    Q_OBJECT

public:
    explicit StateLabel(QWidget *parent = nullptr);
    void setState(const QString &iconName, const QString &word, Token tone);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_icon;
    QString m_word;
    Token m_tone = Token::Muted;
};

/// A surface with 1-pixel lines at the edges asked for.
class Panel : public QFrame {
    Q_OBJECT

public:
    explicit Panel(Token fill, Qt::Edges lines = {}, QWidget *parent = nullptr);

protected:
    void setFill(Token fill);
    void paintEvent(QPaintEvent *event) override;

private:
    Token m_fill;
    Qt::Edges m_lines;
};

/// The tabs of a page, each with a count when it has one.
class TabRow final : public QTabBar {
    Q_OBJECT

public:
    explicit TabRow(QWidget *parent = nullptr);
    void setCount(int tab, qint64 count, bool isExact, Token tone);

protected:
    QSize tabSizeHint(int index) const override;
};

/// A button of an icon and words.
[[nodiscard]] QPushButton *makeButton(const QString &iconName, Token tone, const QString &words);
/// A field that hides what is typed until its eye is pressed.
[[nodiscard]] QLineEdit *makePassphraseField(const QString &name);
/// A button that is an icon: `words` are its tooltip and its accessible name.
[[nodiscard]] QToolButton *makeIconButton(const QString &iconName, const QString &words,
                                          QWidget *parent);

} // namespace ui
