#include "bot/script_words.h"

#include "calls/script_voices.h"

namespace bot {

using namespace language::literals;
using calls::ScriptField;

language::Key fieldName(ScriptField field)
{
    switch (field) {
    case ScriptField::Name: return "script.button.field.name"_key;
    case ScriptField::Purpose: return "script.button.field.purpose"_key;
    case ScriptField::Language: return "script.button.field.language"_key;
    case ScriptField::Voice: return "script.button.field.voice"_key;
    case ScriptField::Opening: return "script.button.field.opening"_key;
    case ScriptField::Goal: return "script.button.field.goal"_key;
    case ScriptField::Facts: return "script.button.field.facts"_key;
    case ScriptField::Questions: return "script.button.field.questions"_key;
    case ScriptField::StopWhen: return "script.button.field.stop_when"_key;
    }
    Q_UNREACHABLE();
}

language::Text fieldQuestion(ScriptField field)
{
    switch (field) {
    case ScriptField::Name: return {"script.ask.name"_key};
    case ScriptField::Purpose: return {"script.ask.purpose"_key};
    case ScriptField::Language: return {"script.ask.language"_key};
    case ScriptField::Voice: return {"script.ask.voice"_key};
    case ScriptField::Opening: return {"script.ask.opening"_key};
    case ScriptField::Goal: return {"script.ask.goal"_key};
    case ScriptField::Facts: return {"script.ask.facts"_key};
    case ScriptField::Questions:
        return {"script.ask.questions"_key, {{"maximum", qint64(calls::kQuestionsMax)}}};
    case ScriptField::StopWhen: return {"script.ask.stop_when"_key};
    }
    Q_UNREACHABLE();
}

language::Text fieldRefusal(ScriptField field)
{
    if (field == ScriptField::Questions)
        return {"script.bad.questions"_key, {{"maximum", qint64(calls::kQuestionsMax)}}};
    return {"script.bad.text"_key, {{"maximum", qint64(calls::longestOf(field))}}};
}

std::vector<language::Text> describe(const Turn &turn, const calls::ScriptContent &content)
{
    std::vector<language::Text> parts;
    for (const ScriptField field :
         {ScriptField::Purpose, ScriptField::Language, ScriptField::Voice, ScriptField::Opening,
          ScriptField::Goal, ScriptField::Facts, ScriptField::Questions, ScriptField::StopWhen}) {
        QString value = valueOf(content, field);
        if (value.isEmpty())
            continue;
        if (field == ScriptField::Language)
            value = nativeName(turn, value);
        if (field == ScriptField::Voice)
            value = calls::voiceName(value);
        // A message holds 4,096 characters; the whole text is asked for again when it is changed.
        constexpr qsizetype kShownMax = 420;
        if (value.size() > kShownMax)
            value = value.left(kShownMax) + u'…';
        parts.push_back({"script.field"_key, {{"field", fieldName(field)}, {"value", value}}});
    }
    return parts;
}

customers::Keyboard choicesOf(const Turn &turn, const calls::ScriptContent &content,
                              ScriptField field, const QString &prefix)
{
    customers::Keyboard keyboard;
    if (field == ScriptField::Language) {
        for (const language::Language &each : turn.messenger.catalogue().languages()) {
            if (!calls::voicesOf(each.tag).isEmpty())
                keyboard.append({dataButton(each.nativeName, prefix + each.tag)});
        }
    }
    if (field == ScriptField::Voice) {
        for (const calls::Voice &voice : calls::voicesOf(content.language))
            keyboard.append({dataButton(voice.name, prefix + voice.id)});
    }
    return keyboard;
}

QString nativeName(const Turn &turn, const QString &language)
{
    for (const language::Language &each : turn.messenger.catalogue().languages()) {
        if (each.tag == language)
            return each.nativeName;
    }
    return language;
}

language::Text limitText(calls::WriteLimit limit)
{
    return limit == calls::WriteLimit::Scripts
               ? language::Text{"script.limit.scripts"_key,
                                {{"maximum", qint64(calls::kScriptsMax)}}}
               : language::Text{"script.limit.versions"_key};
}

} // namespace bot
