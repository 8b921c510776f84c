#pragma once

#include "api/backend.h"
#include "ui/support/theme.h"

#include <QString>
#include <QTimer>

namespace ui {

class MainWindow;
class RefundDialog;
class SignInView;

/// Shows the window at 1440x900 and writes a picture of the sign-in and of each page in light and
/// dark, with what can be opened on it: deposits-light.png, deposits-drawer-light.png, ... Each is
/// taken when its data is there. Somebody must be signed in.
class Screenshots final : public QObject {
    Q_OBJECT

public:
    Screenshots(const api::Backend &backend, Themes &themes, QString directory);
    ~Screenshots() override;
    void start();

Q_SIGNALS:
    /// False when the data of a page did not come in time or a file could not be written; the rest
    /// is written all the same.
    void finished(bool isGood);

private:
    struct Step {
        int page = 0;
        ThemeChoice theme = ThemeChoice::Light;
        QString scene;
    };

    void addSteps();
    void startStep();
    void openRefund();
    void look();
    void take();
    [[nodiscard]] bool isReady() const;
    [[nodiscard]] QString fileName() const;

    api::Backend m_backend;
    Themes &m_themes;
    QString m_directory;
    ThemeChoice m_themeBefore;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<SignInView> m_signIn; // of its own: the window is signed in
    RefundDialog *m_refund = nullptr;
    bool m_isRefundAwaited = false;
    QList<Step> m_steps; // the first one is under way
    QTimer m_deadline;
    QTimer m_settle;
    bool m_isGood = true;
};

} // namespace ui
