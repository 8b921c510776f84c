#include "bot/script_templates.h"

namespace bot {

using namespace language::literals;
using calls::ScriptField;

const std::vector<ScriptTemplate> &scriptTemplates()
{
    static const std::vector<ScriptTemplate> all = {
        {QStringLiteral("reminder"), "script.template.button.reminder"_key,
         "script.template.reminder.purpose"_key, "script.template.reminder.opening"_key,
         "script.template.reminder.goal"_key, "script.template.reminder.questions"_key},
        {QStringLiteral("booking"), "script.template.button.booking"_key,
         "script.template.booking.purpose"_key, "script.template.booking.opening"_key,
         "script.template.booking.goal"_key, "script.template.booking.questions"_key},
        {QStringLiteral("enquiry"), "script.template.button.enquiry"_key,
         "script.template.enquiry.purpose"_key, "script.template.enquiry.opening"_key,
         "script.template.enquiry.goal"_key, "script.template.enquiry.questions"_key},
        {QStringLiteral("feedback"), "script.template.button.feedback"_key,
         "script.template.feedback.purpose"_key, "script.template.feedback.opening"_key,
         "script.template.feedback.goal"_key, "script.template.feedback.questions"_key},
    };
    return all;
}

const ScriptTemplate *findTemplate(const QString &name)
{
    for (const ScriptTemplate &each : scriptTemplates()) {
        if (each.name == name)
            return &each;
    }
    return nullptr;
}

Result<void> fillFrom(const ScriptTemplate &source, const language::Catalogue &catalogue,
                      calls::ScriptContent &content)
{
    for (const auto &[field, key] :
         {std::pair(ScriptField::Name, source.title),
          std::pair(ScriptField::Purpose, source.purpose),
          std::pair(ScriptField::Opening, source.opening),
          std::pair(ScriptField::Goal, source.goal),
          std::pair(ScriptField::Questions, source.questions),
          std::pair(ScriptField::StopWhen, "script.template.stop_when"_key)}) {
        const auto words = catalogue.renderPlain({key}, content.language);
        if (!words)
            return failure(words.error());
        if (!setField(content, field, words->text))
            return failure(
                {.code = ErrorCode::Internal,
                 .detail = QStringLiteral("template text %1 is too long").arg(key.name())});
    }
    return {};
}

} // namespace bot
