#pragma once

#include "api/backend.h"
#include "ui/support/display.h"
#include "ui/support/theme.h"

#include <QElapsedTimer>
#include <QMainWindow>
#include <QPointer>

class QSettings;
class QStackedWidget;

namespace ui {

class CustomersPage;
class LiveCallsPage;
class Navigation;
class Page;
class RefundDialog;
struct RefundOf;
class SignInView;
class StatusStrip;
class TopBar;

/// The console. What it is given must live longer than it does. While nobody is signed in there is
/// the sign-in and nothing else: the pages are taken away, and with them what they knew.
class MainWindow final : public QMainWindow {
    Q_OBJECT

public:
    struct Options {
        QTimeZone zone = QTimeZone::systemTimeZone();
        QString settingsPath = {}; // where theme, zone and layout are remembered; empty: nowhere
    };

    MainWindow(const api::Backend &backend, Themes &themes, const Options &options);
    ~MainWindow() override;

    /// Nobody is signed in, or somebody has locked it.
    [[nodiscard]] bool isLocked() const { return m_stack == nullptr; }
    /// Ctrl+L.
    void lock();
    void signOut();

    void showPage(int page);
    /// The page of that name, with these conditions in its filter.
    void showPage(const QString &name, const QList<api::FilterTerm> &terms);
    [[nodiscard]] const QList<Page *> &pages() const { return m_pages; }
    [[nodiscard]] Page &currentPage() const;
    /// One dialog a call, beside the window.
    RefundDialog *openRefund(const RefundOf &of,
                             const std::optional<api::MoneyRequest> &request = {});
    void openCustomer(CustomerId customer);
    /// The status strip knows the state of the system.
    [[nodiscard]] bool hasStatus() const;

Q_SIGNALS:
    void statusChanged();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void enter(const api::SignedIn &who);
    void leave(const QString &lockedBy, const QString &words);
    void takeRights(const api::SignedIn &who);
    void buildContent();
    void buildPages();
    void addPage(Page *page, Qt::Key shortcutKey);
    void addStaffPages();
    void openSecondFactor();
    void addShortcuts();
    void restoreLayout();
    void restoreColumns();
    void saveLayout() const;
    void hideDialogs();
    void showDialogs(const QString &name);

    const api::Backend m_backend;
    Themes &m_themes;
    Display m_display;
    std::unique_ptr<QSettings> m_settings;
    QStackedWidget *m_root = nullptr;
    SignInView *m_signIn = nullptr;
    QWidget *m_content = nullptr; // null while nobody is signed in, as all below
    QList<Page *> m_pages;
    Navigation *m_navigation = nullptr;
    TopBar *m_top = nullptr;
    QStackedWidget *m_stack = nullptr;
    StatusStrip *m_status = nullptr;
    LiveCallsPage *m_calls = nullptr;
    CustomersPage *m_customers = nullptr;
    QList<QPointer<RefundDialog>> m_refunds; // drafts outlive a lock
    QString m_who;
    api::Roles m_roles;   // that the pages were made for
    int m_pageBefore = 0; // the one to come back to
    bool m_isFolded = false;
    QElapsedTimer m_sinceActivity;
};

} // namespace ui
