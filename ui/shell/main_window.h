#pragma once

#include "api/backend.h"
#include "ui/support/display.h"
#include "ui/support/theme.h"

#include <QMainWindow>

class QSettings;
class QStackedWidget;

namespace ui {

class Navigation;
class Page;
class StatusStrip;
class TopBar;

/// The console. What it is given must live longer than it does.
class MainWindow final : public QMainWindow {
    Q_OBJECT

public:
    struct Options {
        QTimeZone zone = QTimeZone::systemTimeZone();
        QString settingsPath = {}; // where theme, zone and layout are remembered; empty: nowhere
    };

    MainWindow(const api::Backend &backend, Themes &themes, const Options &options);
    ~MainWindow() override;

    void showPage(int page);
    [[nodiscard]] const QList<Page *> &pages() const { return m_pages; }
    [[nodiscard]] Page &currentPage() const;
    /// The status strip knows the state of the system.
    [[nodiscard]] bool hasStatus() const;

Q_SIGNALS:
    void statusChanged();

private:
    void addPage(Page *page, int shortcutDigit);
    void addShortcuts();
    void restoreLayout();
    void saveLayout() const;

    Themes &m_themes;
    Display m_display;
    std::unique_ptr<QSettings> m_settings;
    QList<Page *> m_pages;
    Navigation *m_navigation = nullptr;
    TopBar *m_top = nullptr;
    QStackedWidget *m_stack = nullptr;
    StatusStrip *m_status = nullptr;
};

} // namespace ui
