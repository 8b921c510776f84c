#pragma once

#include "bot/turn.h"

namespace bot {

/// A contact card in the chat.
struct SharedContact {
    QString number;     // as Telegram wrote it: often without "+"
    bool isOwn = false; // Telegram says that it is the sender's
};

/// One flow of the bot, in one file. Returns whether it took the input; the first dialog that does
/// ends the turn.
class Dialog {
public:
    virtual ~Dialog() = default;
    /// "/wallet" is "wallet".
    [[nodiscard]] virtual Result<bool> command(Turn &, const QString &) { return false; }
    [[nodiscard]] virtual Result<bool> tap(Turn &, const Tap &) { return false; }
    /// Words typed while the conversation is in this dialog.
    [[nodiscard]] virtual Result<bool> typed(Turn &, const Conversation &, const QString &)
    {
        return false;
    }
    [[nodiscard]] virtual Result<bool> shared(Turn &, const Conversation &, const SharedContact &)
    {
        return false;
    }
    /// May be used before the terms are accepted.
    [[nodiscard]] virtual bool isOpenToEveryone() const { return false; }
};

/// For the last line of a dialog's step: done means the input was taken.
[[nodiscard]] inline Result<bool> taken(Result<void> done)
{
    if (!done)
        return failure(done.error());
    return true;
}

} // namespace bot
