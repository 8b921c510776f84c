#pragma once

#include "api/audit.h"
#include "ui/support/display.h"
#include "ui/support/parts.h"

#include <QFutureWatcher>

class QProgressBar;
class QPushButton;

namespace ui {

/// Looks through all the books and the audit, says how far it is, can be stopped, and tells in
/// words what it found and what no seal proves yet.
class VerifyBar final : public Panel {
    Q_OBJECT

public:
    VerifyBar(api::Audit &audit, const Display &display, QWidget *parent = nullptr);
    ~VerifyBar() override;
    void start();
    void stop();
    [[nodiscard]] bool isRunning() const { return m_isRunning; }

Q_SIGNALS:
    void runningChanged();

private:
    void showProgress();
    void take();
    void showReport(const api::VerifyReport &report);
    void showWords(const QString &iconName, Token tone, const QString &title,
                   const QStringList &lines);
    void setRunning(bool isRunning);

    api::Audit &m_audit;
    const Display &m_display;
    QFutureWatcher<Result<api::VerifyReport>> m_watcher;
    bool m_isRunning = false;
    QPushButton *m_verify = nullptr;
    QPushButton *m_cancel = nullptr;
    QProgressBar *m_progress = nullptr;
    IconLabel *m_icon = nullptr;
    TokenLabel *m_title = nullptr;
    TokenLabel *m_words = nullptr;
};

} // namespace ui
