#pragma once

#include "api/backend.h"
#include "ui/pages/refunds/preview_view.h"
#include "ui/support/dialog.h"

class QLineEdit;

namespace ui {

/// Asks that a credited deposit is taken back: why, what exactly would happen, and then it is left
/// for another person, who sees the same.
class ReversalDialog final : public Dialog {
    Q_OBJECT

public:
    enum Step {
        Input,
        Preview,
        Done,
    };

    ReversalDialog(const api::DepositRow &deposit, const api::Backend &backend, QWidget *parent);
    [[nodiscard]] Step step() const { return m_step; }
    /// Nothing is awaited.
    [[nodiscard]] bool isSettled() const { return !m_isWaiting; }
    /// Previewed with a sample reason: for a picture.
    void previewFully();

Q_SIGNALS:
    void settledChanged();
    void asked();

private:
    void buildHead();
    QWidget *buildInput();
    QWidget *buildPreview();
    QWidget *buildDone();
    void buildFoot();

    void check();
    void checkPreview();
    void askPreview();
    void takePreview(const Result<api::CommandResult> &result);
    void showPreview();
    void execute();
    void takeExecuted(const Result<api::CommandResult> &result);
    void setWaiting(bool isWaiting);
    void goTo(Step step);

    api::DepositRow m_deposit;
    api::Commands &m_commands;
    const core::Clock &m_clock;
    Json m_payload; // as previewed
    api::RefundPreview m_preview;
    QString m_executeKey;
    Step m_step = Input;
    bool m_isWaiting = false;

    Steps *m_steps = nullptr;
    QList<QWidget *> m_pages; // one a step
    QLineEdit *m_reason = nullptr;
    TokenLabel *m_hint = nullptr;
    TokenLabel *m_change = nullptr;
    PreviewView *m_view = nullptr;
    StateLabel *m_doneState = nullptr;
    TokenLabel *m_doneText = nullptr;
    PreviewAge *m_age = nullptr;
    QPushButton *m_back = nullptr;
    QPushButton *m_verb = nullptr;
};

} // namespace ui
