#pragma once

#include "api/backend.h"
#include "ui/pages/refunds/preview_view.h"
#include "ui/support/dialog.h"

class QButtonGroup;
class QComboBox;
class QLineEdit;

namespace ui {

class CodeField;

/// What was paid for: a call, or by this posting a period of a plan.
struct RefundOf {
    RefundOf(api::CallId id)
        : call(id)
    {
    }
    RefundOf(TransferId id)
        : payment(id)
    {
    }
    api::CallId call = {};
    std::optional<TransferId> payment = {};
    friend bool operator==(const RefundOf &, const RefundOf &) = default;
};

/// Gives money of one call, or of a period of a plan, back: what may be given, how much and why,
/// what exactly would happen, and then, with one more look, it does. Stands beside the other
/// windows.
class RefundDialog final : public Dialog {
    Q_OBJECT

public:
    enum Step {
        Eligible,
        Amount,
        Preview,
        Done,
    };

    /// With a request that waits, what was asked for is previewed at once, for the other person.
    RefundDialog(const RefundOf &of, const api::Backend &backend, QWidget *parent,
                 const std::optional<api::MoneyRequest> &request = {});
    [[nodiscard]] Step step() const { return m_step; }
    [[nodiscard]] const RefundOf &of() const { return m_of; }
    /// Nothing is awaited.
    [[nodiscard]] bool isSettled() const { return !m_isWaiting; }
    /// The draft with everything refundable, previewed: for a picture.
    void previewFully();

Q_SIGNALS:
    void settledChanged();
    void refunded();

private:
    void buildHead();
    QWidget *buildEligible();
    QWidget *buildAmount();
    QWidget *buildPreview();
    QWidget *buildDone();
    void buildFoot();

    /// What was paid, and of it given back.
    struct Figures {
        QString customerName;
        Money paid;
        Money refunded;
    };
    void loadPaid();
    void takePaid(const Result<Figures> &figures);
    [[nodiscard]] QString whyNothing() const;
    [[nodiscard]] static QString titleOf(const RefundOf &of);
    void showFacts();
    void check();
    [[nodiscard]] std::optional<Money> typedAmount() const;
    [[nodiscard]] api::RefundWish wish() const;
    void askPreview();
    void takePreview(const Result<api::CommandResult> &result);
    void showPreview();
    [[nodiscard]] QString ruleWords() const;
    [[nodiscard]] QString verbWords() const;
    void execute();
    void takeExecuted(const Result<api::CommandResult> &result);
    void checkPreview();
    void goTo(Step step);
    void setWaiting(bool isWaiting);
    [[nodiscard]] bool needsTypedAmount() const;

    RefundOf m_of;
    std::optional<api::MoneyRequest> m_request;
    api::Calls &m_calls;
    api::Refunds &m_refunds;
    api::Commands &m_commands;
    const core::Clock &m_clock;
    QString m_customerName;
    api::RefundWish m_wish; // as previewed
    api::RefundPreview m_preview;
    QString m_executeKey;
    Step m_step = Eligible;
    bool m_isWaiting = false;
    bool m_hasFigures = false;
    bool m_previewsAtOnce = false;

    AmountHead *m_head = nullptr;
    QWidget *m_facts = nullptr;
    QList<FigureLabel *> m_factValues;
    QList<QWidget *> m_pages; // one a step
    TokenLabel *m_eligible = nullptr;
    QButtonGroup *m_shares = nullptr;
    QLineEdit *m_custom = nullptr;
    QComboBox *m_reason = nullptr;
    QLineEdit *m_note = nullptr;
    TokenLabel *m_hint = nullptr;
    PreviewView *m_view = nullptr;
    QWidget *m_confirm = nullptr;
    QLineEdit *m_again = nullptr;
    CodeField *m_code = nullptr;
    StateLabel *m_doneState = nullptr;
    TokenLabel *m_doneText = nullptr;
    PreviewAge *m_age = nullptr;
    QPushButton *m_back = nullptr;
    QPushButton *m_verb = nullptr;
};

} // namespace ui
