#pragma once

#include "api/calls.h"
#include "api/operators.h"
#include "ui/support/dialog.h"

class QComboBox;
class QLineEdit;

namespace ui {

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
    void submit();

private:
    void take(const Result<api::CommandResult> &result);

    api::Commands &m_commands;
    QString m_requestKey;
    QPushButton *m_verb = nullptr;
};

class EndCallDialog final : public CommandDialog {
    Q_OBJECT

public:
    EndCallDialog(const api::CallRow &row, api::Commands &commands, QWidget *parent);

protected:
    [[nodiscard]] QString commandKind() const override;
    [[nodiscard]] Json payload() const override;

private:
    api::CallId m_call;
    QComboBox *m_reason = nullptr;
};

/// The stop switch, on or off. On needs the word STOP; it may also be held down (HoldButton).
class OutboundDialog final : public CommandDialog {
    Q_OBJECT

public:
    enum class Way {
        Stop,
        Resume,
    };
    OutboundDialog(Way way, qint64 liveCalls, api::Commands &commands, QWidget *parent);

protected:
    [[nodiscard]] QString commandKind() const override;
    [[nodiscard]] Json payload() const override;

private:
    void check();

    Way m_way;
    QLineEdit *m_word = nullptr;
    QLineEdit *m_reason = nullptr;
};

} // namespace ui
