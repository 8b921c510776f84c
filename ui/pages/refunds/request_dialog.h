#pragma once

#include "api/backend.h"
#include "ui/pages/refunds/preview_view.h"
#include "ui/support/dialog.h"

#include <QTimer>

class QButtonGroup;
class QLineEdit;

namespace ui {

class CodeField;

/// What is done with a RequestDialog.
enum class RequestTask {
    Adjust,  // gives to a wallet or takes from it
    PayOut,  // asks for an entry in the register of payouts
    Reverse, // takes a refund back
    Approve, // agrees to what waits: an adjustment, a payout, a refund of a plan
    Return,  // a payout could not be sent
};

/// Money that is moved by hand: what is wanted and why, what exactly would happen, and then, with
/// one more look, it is asked for, agreed to or done.
class RequestDialog final : public Dialog {
    Q_OBJECT

public:
    enum Step {
        Input,
        Preview,
        Done,
    };

    /// `subject`: what is agreed to, reversed or returned; of Adjust and PayOut none.
    RequestDialog(RequestTask task, const std::optional<api::MoneyRequest> &subject,
                  const api::Backend &backend, QWidget *parent);
    [[nodiscard]] Step step() const { return m_step; }
    /// Nothing is awaited.
    [[nodiscard]] bool isSettled() const { return !m_isWaiting; }
    /// Filled in with a sample and previewed: for a picture.
    void previewSample(CustomerId customer);

Q_SIGNALS:
    void settledChanged();
    void decided();

private:
    QWidget *buildInput();
    void addWish(QVBoxLayout &column);
    QWidget *buildPreview();
    QWidget *buildDone();
    void buildFoot();
    QLineEdit *addField(QVBoxLayout &column, const char *name, const QString &label);
    [[nodiscard]] QWidget *buildSubject();

    [[nodiscard]] static QString titleOf(RequestTask task,
                                         const std::optional<api::MoneyRequest> &subject);
    [[nodiscard]] QString sentence() const;
    [[nodiscard]] QString whatWords() const;
    [[nodiscard]] std::optional<Money> typedAmount() const;
    [[nodiscard]] Money shownAmount() const;
    [[nodiscard]] QString problem() const;
    [[nodiscard]] Json payload() const;
    void check();
    void lookUpCustomer();
    void takeCustomer(qint64 id, const Result<QList<api::CustomerRow>> &customers);
    void askPreview();
    void takePreview(const Result<api::CommandResult> &result);
    void showPreview();
    [[nodiscard]] QString ruleWords() const;
    void checkPreview();
    [[nodiscard]] QString previewKind() const;
    [[nodiscard]] QString executeKind() const;
    [[nodiscard]] QString verbWords() const;
    void execute();
    void takeExecuted(const Result<api::CommandResult> &result);
    void showDone(const Json &answer);
    void setWaiting(bool isWaiting);
    void goTo(Step step);

    RequestTask m_task;
    std::optional<api::MoneyRequest> m_subject;
    api::Commands &m_commands;
    api::Customers &m_customers;
    const core::Clock &m_clock;
    Json m_payload; // as previewed
    api::RefundPreview m_preview;
    QString m_customerName;
    QString m_executeKey;
    QTimer m_lookUp;
    Step m_step = Input;
    bool m_isWaiting = false;

    AmountHead *m_head = nullptr;
    QList<QWidget *> m_pages; // one a step
    TokenLabel *m_sentence = nullptr;
    QButtonGroup *m_kinds = nullptr;
    QLineEdit *m_customer = nullptr; // these are null where they are not asked for
    TokenLabel *m_customerHint = nullptr;
    QLineEdit *m_amount = nullptr;
    QLineEdit *m_destination = nullptr;
    QLineEdit *m_reason = nullptr;
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
