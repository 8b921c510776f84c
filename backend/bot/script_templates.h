#pragma once

#include "calls/script_content.h"
#include "language/catalogue.h"

namespace bot {

struct ScriptTemplate {
    QString name; // in buttons: "reminder"
    language::Key title;
    language::Key purpose;
    language::Key opening;
    language::Key goal;
    language::Key questions;
};

[[nodiscard]] const std::vector<ScriptTemplate> &scriptTemplates();
/// Null: no such template.
[[nodiscard]] const ScriptTemplate *findTemplate(const QString &name);
/// Its words in the content's language. What is particular to the call is asked for as facts.
[[nodiscard]] Result<void> fillFrom(const ScriptTemplate &source,
                                    const language::Catalogue &catalogue,
                                    calls::ScriptContent &content);

} // namespace bot
