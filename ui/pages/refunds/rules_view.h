#pragma once

#include "api/backend.h"
#include "ui/support/display.h"
#include "ui/support/state_pane.h"

#include <QPointer>

class QScrollArea;

namespace ui {

class RulesDialog;

/// Who has to agree to a refund: the rules in force, and every version before.
class RulesView final : public QWidget {
    Q_OBJECT

public:
    RulesView(const api::Backend &backend, const Display &display, QWidget *parent = nullptr);
    [[nodiscard]] PageState state() const { return m_states->state(); }
    /// Nothing is awaited.
    [[nodiscard]] bool isSettled() const { return !m_isReading; }
    void reload();
    /// The dialog that changes them; null while there are none.
    RulesDialog *change();

Q_SIGNALS:
    void settledChanged();

private:
    QWidget *build();
    void take(const Result<QList<api::RefundRulesVersion>> &versions);
    void showRules();
    void showHistory();

    const api::Backend m_backend;
    const Display &m_display;
    QList<api::RefundRulesVersion> m_versions; // the newest first
    bool m_isReading = false;
    StatePane *m_states = nullptr;
    TokenLabel *m_inForce = nullptr;
    QPushButton *m_change = nullptr;
    QScrollArea *m_rules = nullptr;
    QScrollArea *m_history = nullptr;
};

} // namespace ui
