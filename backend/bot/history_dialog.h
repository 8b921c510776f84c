#pragma once

#include "bot/dialog.h"
#include "calls/customer_calls.h"

namespace bot {

/// Past calls: a list, one of them with its answers, and what was said.
class HistoryDialog final : public Dialog {
public:
    [[nodiscard]] Result<bool> command(Turn &turn, const QString &name) override;
    [[nodiscard]] Result<bool> tap(Turn &turn, const Tap &tap) override;

private:
    [[nodiscard]] Result<void> showList(Turn &turn, calls::CallId before) const;
    [[nodiscard]] Result<void> showCall(Turn &turn, const calls::PastCall &call) const;
    [[nodiscard]] Result<void> showTranscript(Turn &turn, const calls::PastCall &call) const;
};

} // namespace bot
