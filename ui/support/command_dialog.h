#pragma once

#include "api/operators.h"
#include "ui/support/dialog.h"

class QLineEdit;

namespace ui {

class CodeField;

/// Asks for a reason, submits one command, and tells how it went. The request key is made with the
/// dialog, so that trying again cannot do it twice.
class CommandDialog : public Dialog {
    Q_OBJECT

public:
    CommandDialog(const QString &name, const QString &title, api::Commands &commands,
                  QWidget *parent);

Q_SIGNALS:
    void done(const api::CommandResult &result);

protected:
    void setVerb(const QString &words, const QString &kind);
    [[nodiscard]] QPushButton &verb() const { return *m_verb; }
    [[nodiscard]] virtual QString commandKind() const = 0;
    [[nodiscard]] virtual Json payload() const = 0;
    /// Gives the command; of one that carries a secret another way than by `submit`.
    [[nodiscard]] virtual QFuture<Result<api::CommandResult>> give(const QString &requestKey);
    /// Why it was refused, where a dialog has better words.
    [[nodiscard]] virtual QString wordsOf(const api::CommandResult &refusal) const;
    [[nodiscard]] api::Commands &commands() const { return m_commands; }
    void submit();
    /// Of a command that may want a fresh code: the field for it, which shows when the server has
    /// asked. The dialog's own check looks at `isReady()`, and again at `changed()`.
    [[nodiscard]] CodeField &addCodeField();

private:
    void take(const Result<api::CommandResult> &result);
    void tellAsked();

    api::Commands &m_commands;
    QString m_requestKey;
    QPushButton *m_verb = nullptr;
    CodeField *m_code = nullptr; // null: no code is ever asked for
};

/// What a ReasonDialog asks and submits.
struct ReasonWish {
    QString name;  // for tests: "dialog.endSession"
    QString title; // what would be done
    QString sentence;
    QString verb;
    bool isDanger = false;
    QString kind;
    Json payload; // gets `v` and `reason`
};

/// A command that needs nothing but a reason.
class ReasonDialog final : public CommandDialog {
    Q_OBJECT

public:
    ReasonDialog(const ReasonWish &wish, api::Commands &commands, QWidget *parent);

protected:
    [[nodiscard]] QString commandKind() const override { return m_wish.kind; }
    [[nodiscard]] Json payload() const override;

private:
    ReasonWish m_wish;
    QLineEdit *m_reason = nullptr;
};

/// As long as a reason has to be for the audit.
inline constexpr qsizetype kReasonMin = 3;

} // namespace ui
