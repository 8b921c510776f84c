#pragma once

#include "api/calls.h"
#include "ui/support/command_dialog.h"

class QComboBox;
class QLineEdit;

namespace ui {

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
    OutboundDialog(Way way, const api::Outbound &outbound, api::Commands &commands,
                   QWidget *parent);

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
