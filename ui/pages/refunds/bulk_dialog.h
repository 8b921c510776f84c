#pragma once

#include "api/backend.h"
#include "ui/pages/refunds/batches_model.h"
#include "ui/pages/refunds/bulk_fields.h"
#include "ui/pages/refunds/preview_view.h"
#include "ui/support/dialog.h"

#include <QElapsedTimer>
#include <QTimer>

class QLineEdit;

namespace ui {

class CodeField;

/// Many calls given back at once: which, how much of each and why; what that would do, call by
/// call; a name that is good once; and then it is left for others. For whoever agrees, what it
/// would do now beside what was asked for.
class BulkDialog final : public Dialog {
    Q_OBJECT

public:
    enum Step {
        Input,
        Preview,
        Done,
    };

    /// `subject`: one that waits, to be agreed to; without, a new one is asked for.
    BulkDialog(const std::optional<api::RefundBatch> &subject, const api::Backend &backend,
               const Display &display, QWidget *parent);
    [[nodiscard]] Step step() const { return m_step; }
    /// Nothing is awaited.
    [[nodiscard]] bool isSettled() const { return !m_isWaiting; }
    /// Filled in with a sample, and previewed unless it is only the first step: for a picture.
    void fillSample(bool isPreviewed);

Q_SIGNALS:
    void settledChanged();
    void decided();

private:
    QWidget *buildInput();
    QWidget *buildPreview();
    [[nodiscard]] QWidget *buildSubject();
    [[nodiscard]] QWidget *buildFigures();
    [[nodiscard]] QWidget *buildRule();
    QWidget *buildDone();
    void buildFoot();

    [[nodiscard]] Json payload() const;
    void check();
    void askPreview();
    void takePreview(const Result<api::CommandResult> &result);
    /// The answer is not waited for any more; a preview moves nothing.
    void stopLooking();
    void showLooking();
    void showPreview();
    void showFigures();
    [[nodiscard]] QString ruleWords() const;
    [[nodiscard]] bool haveFiguresChanged() const;
    [[nodiscard]] QString previewProblem() const;
    void checkPreview();
    void execute();
    void takeExecuted(const Result<api::CommandResult> &result);
    void showDone(const Json &answer);
    void setWaiting(bool isWaiting, bool isLooking = false);
    void goTo(Step step);

    const std::optional<api::RefundBatch> m_subject;
    api::Commands &m_commands;
    const core::Clock &m_clock;
    const Display &m_display;
    Json m_payload; // as previewed
    api::BulkRefundPreview m_preview;
    QString m_executeKey;
    Step m_step = Input;
    bool m_isWaiting = false;
    bool m_isLooking = false;
    int m_look = 0; // which preview is waited for
    QTimer m_lookTimer;
    QElapsedTimer m_lookedFor;

    AmountHead *m_head = nullptr;
    QList<QWidget *> m_pages; // one a step
    BulkFields *m_fields = nullptr;
    TokenLabel *m_hint = nullptr;
    QList<FigureLabel *> m_now; // calls, customers, amount, get nothing, cost nothing
    BatchPreviewModel *m_found = nullptr;
    Panel *m_changed = nullptr;
    TokenLabel *m_ruleWords = nullptr;
    TokenLabel *m_ruleText = nullptr;
    QLineEdit *m_key = nullptr; // null where one that waits is agreed to
    QWidget *m_confirm = nullptr;
    QLineEdit *m_again = nullptr;
    CodeField *m_code = nullptr;
    TokenLabel *m_previewHint = nullptr;
    StateLabel *m_doneState = nullptr;
    TokenLabel *m_doneText = nullptr;
    PreviewAge *m_age = nullptr;
    QPushButton *m_back = nullptr;
    QPushButton *m_verb = nullptr;
};

} // namespace ui
