#pragma once

#include "bot/turn.h"
#include "calls/call_wish.h"
#include "calls/customer_calls.h"

namespace bot {

/// What customers read before a call and about their past calls.

/// "3:05": the same in every language.
[[nodiscard]] QString minutesAndSeconds(std::chrono::seconds duration);
/// What stands against it, or that nothing does; then the price, when it may be placed.
[[nodiscard]] std::vector<language::Text> explain(const calls::Preview &preview);
/// How it went, in a few words.
[[nodiscard]] language::Key outcomeOf(const calls::PastCall &call);

} // namespace bot
