#pragma once

#include "providers/retell/members.h"

namespace providers::retell {

struct SpokenWord {
    QString text;
    /// Of the audio, approximate.
    std::optional<std::chrono::milliseconds> start = {};
    std::optional<std::chrono::milliseconds> end = {};
};

/// One thing that was said or happened in a call, in its order.
struct TranscriptItem {
    enum class Role {
        Agent,
        User,
        TransferTarget,
        ToolInvocation,
        ToolResult,
        NodeTransition,
        Dtmf, // `content` is the key
        Sms,
        Injected,
        Unknown, // a role we do not know
    };
    Role role = Role::Unknown;
    QString roleWord; // as it came
    QString content;  // said, or the result of a tool
    QList<SpokenWord> words = {};
    std::optional<std::chrono::milliseconds> at = {}; // of the words, else of the item itself
    QString toolCallId = {};
    QString toolName = {};
    QString toolArguments = {}; // JSON as text
    std::optional<bool> isSuccessful = {};
    QString formerNode = {}; // names, of a node transition
    QString newNode = {};
    QString transition = {};

    [[nodiscard]] bool isSpoken() const
    {
        return role == Role::Agent || role == Role::User || role == Role::TransferTarget;
    }
};

[[nodiscard]] QList<TranscriptItem> readTranscript(const Json &json, const char *key);

} // namespace providers::retell
