#pragma once

#include "api/operators.h"
#include "ui/support/dialog.h"

class QLineEdit;

namespace ui {

/// Shows what is masked everywhere else: asks why, since the audit keeps that, and shows it once,
/// for a minute.
class RevealDialog final : public Dialog {
    Q_OBJECT

public:
    /// `kind` is "reveal.number" or another of them, `object` names whose: {"customer": 12}.
    RevealDialog(const QString &title, const QString &kind, const Json &object,
                 api::Commands &commands, QWidget *parent);

private:
    void submit();
    void take(const Result<api::CommandResult> &result);
    void showRevealed(const Json &revealed);
    void hideAgain();

    api::Commands &m_commands;
    QString m_kind;
    Json m_payload;
    QString m_requestKey;
    QWidget *m_ask = nullptr;
    QLineEdit *m_reason = nullptr;
    TokenLabel *m_shown = nullptr;
    TokenLabel *m_note = nullptr;
    QPushButton *m_verb = nullptr;
};

} // namespace ui
