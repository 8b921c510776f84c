#pragma once

#include "api/backend.h"
#include "ui/pages/refunds/refund_parts.h"
#include "ui/support/dialog.h"
#include "ui/support/figures.h"

#include <QTimer>

class QButtonGroup;
class QComboBox;
class QLineEdit;

namespace ui {

/// Gives money of one call back: what may be given, how much and why, what exactly would happen,
/// and then, with one more look, it does. Stands beside the other windows.
class RefundDialog final : public Dialog {
    Q_OBJECT

public:
    enum Step {
        Eligible,
        Amount,
        Preview,
        Done,
    };

    RefundDialog(api::CallId call, const api::Backend &backend, QWidget *parent);
    [[nodiscard]] Step step() const { return m_step; }
    [[nodiscard]] api::CallId call() const { return m_call; }
    /// Nothing is awaited.
    [[nodiscard]] bool isSettled() const { return !m_isWaiting; }
    /// The draft with everything refundable, previewed: for a picture.
    void previewFully();

Q_SIGNALS:
    void settledChanged();
    void refunded();

protected:
    bool event(QEvent *event) override;

private:
    void buildHead();
    QWidget *buildEligible();
    QWidget *buildAmount();
    QWidget *buildPreview();
    QWidget *buildDone();
    void buildFoot();

    void loadCall();
    void takeCall(const Result<api::CallDetail> &detail);
    void showFacts();
    void check();
    [[nodiscard]] std::optional<Money> typedAmount() const;
    [[nodiscard]] api::RefundWish wish() const;
    void askPreview();
    void takePreview(const Result<api::CommandResult> &result);
    void showPreview();
    void execute();
    void takeExecuted(const Result<api::CommandResult> &result);
    void tick();
    void goTo(Step step);
    void setWaiting(bool isWaiting);
    [[nodiscard]] bool needsTypedAmount() const;
    [[nodiscard]] bool isExpired() const;

    api::CallId m_call;
    api::Calls &m_calls;
    api::Commands &m_commands;
    const core::Clock &m_clock;
    api::CallDetail m_detail;
    api::RefundWish m_wish; // as previewed
    api::RefundPreview m_preview;
    Timestamp m_previewedAt;
    QString m_executeKey;
    Step m_step = Eligible;
    bool m_isWaiting = false;
    bool m_hasFigures = false;
    bool m_previewsAtOnce = false;

    TokenLabel *m_what = nullptr;
    FigureLabel *m_amount = nullptr;
    Steps *m_steps = nullptr;
    QWidget *m_facts = nullptr;
    QList<FigureLabel *> m_factValues;
    QList<QWidget *> m_pages; // one a step
    TokenLabel *m_eligible = nullptr;
    QButtonGroup *m_shares = nullptr;
    QLineEdit *m_custom = nullptr;
    QComboBox *m_reason = nullptr;
    QLineEdit *m_note = nullptr;
    TokenLabel *m_hint = nullptr;
    EntriesTable *m_entries = nullptr;
    TokenLabel *m_theirLanguage = nullptr;
    TokenLabel *m_theirText = nullptr;
    TokenLabel *m_myText = nullptr;
    Panel *m_rule = nullptr;
    TokenLabel *m_ruleWords = nullptr;
    TokenLabel *m_ruleText = nullptr;
    QWidget *m_confirm = nullptr;
    QLineEdit *m_again = nullptr;
    StateLabel *m_doneState = nullptr;
    TokenLabel *m_doneText = nullptr;
    QWidget *m_validity = nullptr;
    TokenLabel *m_valid = nullptr;
    TokenLabel *m_hash = nullptr;
    QPushButton *m_recalculate = nullptr;
    QPushButton *m_back = nullptr;
    QPushButton *m_verb = nullptr;
    QTimer m_timer;
};

} // namespace ui
