#pragma once

#include "core/error.h"
#include "ui/support/parts.h"
#include "ui/support/table_pane.h"

class QPushButton;

namespace ui {

/// Loading, failed, empty or there: the four states of what is not a list. What was there before a
/// failure stays, dimmed by a band above it.
class StatePane final : public QWidget {
    Q_OBJECT

public:
    explicit StatePane(QWidget *content, QWidget *parent = nullptr);
    [[nodiscard]] PageState state() const { return m_state; }
    void setLoading();
    void setReady();
    void setEmpty(const QString &iconName, const QString &text);
    void setFailed(const core::Error &error);

Q_SIGNALS:
    void retryAsked();

private:
    void show(PageState state);
    void showMessage(const QString &iconName, const QString &text, bool canRetry);

    QWidget *m_content = nullptr;
    QWidget *m_message = nullptr;
    IconLabel *m_icon = nullptr;
    TokenLabel *m_text = nullptr;
    QPushButton *m_retry = nullptr;
    Panel *m_band = nullptr;
    TokenLabel *m_bandTitle = nullptr;
    TokenLabel *m_bandCode = nullptr;
    PageState m_state = PageState::Loading;
    bool m_hasContent = false;
    QTimer m_loadingTimer;
};

} // namespace ui
