#pragma once

#include "api/operators.h"
#include "ui/support/display.h"
#include "ui/support/figures.h"
#include "ui/support/parts.h"

#include <QTimer>

class QHBoxLayout;
class QToolButton;

namespace ui {

/// Title of the page, time zone, clock, theme.
class TopBar final : public Panel {
    Q_OBJECT

public:
    TopBar(Display &display, Themes &themes, QWidget *parent = nullptr);
    void setTitle(const QString &title);
    void setUser(const api::SignedIn &who);

Q_SIGNALS:
    void lockAsked();
    void signOutAsked();
    void secondFactorAsked();

private:
    void addUser(QHBoxLayout &row);
    void addZones(QHBoxLayout &row);
    void addThemes(QHBoxLayout &row);
    void tick();
    void showThemeIcon();

    Display &m_display;
    Themes &m_themes;
    TokenLabel *m_title = nullptr;
    FigureLabel *m_clock = nullptr;
    QToolButton *m_themeButton = nullptr;
    QToolButton *m_user = nullptr;
    QTimer m_timer;
};

} // namespace ui
