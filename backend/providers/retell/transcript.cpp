#include "providers/retell/transcript.h"

#include <QHash>

namespace providers::retell {

namespace {

using Role = TranscriptItem::Role;

Role roleOf(const QString &word)
{
    static const QHash<QString, Role> roles = {
        {QStringLiteral("agent"), Role::Agent},
        {QStringLiteral("user"), Role::User},
        {QStringLiteral("transfer_target"), Role::TransferTarget},
        {QStringLiteral("tool_call_invocation"), Role::ToolInvocation},
        {QStringLiteral("tool_call_result"), Role::ToolResult},
        {QStringLiteral("node_transition"), Role::NodeTransition},
        {QStringLiteral("dtmf"), Role::Dtmf},
        {QStringLiteral("sms"), Role::Sms},
        {QStringLiteral("injected"), Role::Injected},
    };
    return roles.value(word, Role::Unknown);
}

QList<SpokenWord> readWords(const Json &item)
{
    QList<SpokenWord> words;
    for (const Json &word : arrayOf(item, "words")) {
        words.append({.text = textOf(word, "word"),
                      .start = secondsOf(word, "start"),
                      .end = secondsOf(word, "end")});
    }
    return words;
}

TranscriptItem readItem(const Json &json)
{
    TranscriptItem item;
    item.roleWord = textOf(json, "role");
    item.role = roleOf(item.roleWord);
    item.content = textOf(json, item.role == Role::Dtmf ? "digit" : "content");
    item.words = readWords(json);
    item.at = item.words.isEmpty() ? secondsOf(json, "time_sec") : item.words.front().start;
    item.toolCallId = textOf(json, "tool_call_id");
    item.toolName = textOf(json, "name");
    item.toolArguments = textOf(json, "arguments");
    item.isSuccessful = flagOf(json, "successful");
    item.formerNode = textOf(json, "former_node_name");
    item.newNode = textOf(json, "new_node_name");
    item.transition = textOf(json, "transition_type");
    return item;
}

} // namespace

QList<TranscriptItem> readTranscript(const Json &json, const char *key)
{
    QList<TranscriptItem> items;
    for (const Json &item : arrayOf(json, key)) {
        if (item.is_object())
            items.append(readItem(item));
    }
    return items;
}

} // namespace providers::retell
