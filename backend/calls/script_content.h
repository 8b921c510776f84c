#pragma once

#include "core/json.h"

#include <QList>
#include <QString>

#include <optional>

namespace calls {

enum class ScriptField {
    Name,
    Purpose,
    Language,
    Voice,
    Opening,
    Goal,
    Facts,
    Questions,
    StopWhen,
};

/// As buttons and drafts name it: "stop_when".
[[nodiscard]] QString nameOf(ScriptField field);
[[nodiscard]] std::optional<ScriptField> fieldNamed(const QString &name);

/// Something to find out in the call; the answer comes back under `key`.
struct Question {
    QString key;   // "answer_1": the provider's name of the result
    QString name;  // what the customer calls it
    QString words; // as it is asked
    friend bool operator==(const Question &, const Question &) = default;
};

/// What a customer writes. Data, never markup and never an instruction to us.
struct ScriptContent {
    QString name;
    QString purpose;  // why the call is made
    QString language; // of the callee: a tag of the catalogue
    QString voice;    // the provider's id
    QString opening;  // the first words, after the disclosure
    QString goal;
    QString facts;
    QList<Question> questions;
    QString stopWhen;
    friend bool operator==(const ScriptContent &, const ScriptContent &) = default;
};

/// In characters, of all of it.
[[nodiscard]] int longestOf(ScriptField field);
[[nodiscard]] bool isOptional(ScriptField field);
constexpr int kQuestionsMax = 10;

/// Takes what was typed, without control characters and blanks around it. A question a line, as
/// "name: words" or the words alone. False: nothing where something is needed, too long, too many
/// questions, or a language or voice that is not on offer.
[[nodiscard]] bool setField(ScriptContent &content, ScriptField field, const QString &typed);
/// As it would be typed again.
[[nodiscard]] QString valueOf(const ScriptContent &content, ScriptField field);
[[nodiscard]] bool isComplete(const ScriptContent &content);

[[nodiscard]] Json toJson(const QList<Question> &questions);
[[nodiscard]] QList<Question> questionsFrom(const Json &json);
/// A draft may lack anything.
[[nodiscard]] Json toJson(const ScriptContent &content);
[[nodiscard]] ScriptContent contentFrom(const Json &json);

} // namespace calls
