#pragma once

#include "api/backend.h"
#include "api/deposit_reviews.h"
#include "ui/pages/refunds/preview_view.h"
#include "ui/support/dialog.h"

class QLineEdit;

namespace ui {

class CodeField;

/// Decides about a deposit: why, what exactly would happen, and then, with one more look, it does.
class ReviewDialog final : public Dialog {
    Q_OBJECT

public:
    enum Step {
        Input,
        Preview,
        Done,
    };

    /// Without a review: a match of a payment that nobody reported.
    ReviewDialog(const std::optional<api::DepositReview> &review, api::ReviewAction action,
                 const api::Backend &backend, QWidget *parent);
    [[nodiscard]] Step step() const { return m_step; }
    /// Nothing is awaited.
    [[nodiscard]] bool isSettled() const { return !m_isWaiting; }
    /// Previewed with a sample reason: for a picture.
    void previewFully();

Q_SIGNALS:
    void settledChanged();
    void decided();

private:
    void buildHead();
    QWidget *buildInput();
    QWidget *buildPreview();
    QWidget *buildDone();
    void buildFoot();
    QLineEdit *addField(QVBoxLayout &column, const char *name, const QString &label);

    [[nodiscard]] QString title() const;
    [[nodiscard]] bool isApproval() const;
    [[nodiscard]] Json payload() const;
    void check();
    void checkPreview();
    void askPreview();
    void takePreview(const Result<api::CommandResult> &result);
    void showPreview();
    [[nodiscard]] QString verbWords() const;
    void execute();
    void takeExecuted(const Result<api::CommandResult> &result);
    void setWaiting(bool isWaiting);
    void goTo(Step step);

    std::optional<api::DepositReview> m_review;
    api::ReviewAction m_action;
    api::Commands &m_commands;
    const core::Clock &m_clock;
    Json m_payload; // as previewed
    api::ReviewPreview m_preview;
    QString m_executeKey;
    Step m_step = Input;
    bool m_isWaiting = false;

    Steps *m_steps = nullptr;
    QList<QWidget *> m_pages;        // one a step
    QLineEdit *m_amount = nullptr;   // null where the amount is not asked for
    QLineEdit *m_customer = nullptr; // of a match that begins here
    QLineEdit *m_payment = nullptr;
    QLineEdit *m_reason = nullptr;
    TokenLabel *m_hint = nullptr;
    TokenLabel *m_change = nullptr;
    PreviewView *m_view = nullptr;
    CodeField *m_code = nullptr;
    StateLabel *m_doneState = nullptr;
    TokenLabel *m_doneText = nullptr;
    PreviewAge *m_age = nullptr;
    QPushButton *m_back = nullptr;
    QPushButton *m_verb = nullptr;
};

} // namespace ui
