#pragma once

#include "bot/dialog.h"
#include "calls/call_problems.h"

namespace bot {

/// A customer reports what went wrong with a call they paid for: a reason, or their own words.
class ProblemDialog final : public Dialog {
public:
    [[nodiscard]] Result<bool> tap(Turn &turn, const Tap &tap) override;
    [[nodiscard]] Result<bool> typed(Turn &turn, const Conversation &conversation,
                                     const QString &words) override;

private:
    [[nodiscard]] Result<void> ask(Turn &turn, const calls::PastCall &call) const;
    [[nodiscard]] Result<void> askForWords(Turn &turn, calls::CallId call) const;
    [[nodiscard]] Result<void> report(Turn &turn, const calls::Problem &problem) const;
};

} // namespace bot
