#include "bot/draft_dialog.h"

#include "bot/script_templates.h"
#include "bot/script_words.h"
#include "calls/script_voices.h"

namespace bot {

using namespace language::literals;
using calls::ScriptField;

namespace {

const QString kDraft = QStringLiteral("script.new");

} // namespace

struct DraftDialog::Draft {
    calls::ScriptContent content;
    QString templateName;       // empty: in own words
    QList<ScriptField> missing; // asked for in this order

    [[nodiscard]] Conversation toConversation() const
    {
        Json fields = Json::array();
        for (const ScriptField field : missing)
            fields.push_back(calls::nameOf(field));
        return {kDraft,
                {{"draft", calls::toJson(content)},
                 {"template", templateName},
                 {"missing", std::move(fields)}}};
    }
    /// Absent: the customer is not writing a script.
    [[nodiscard]] static std::optional<Draft> from(const Conversation &conversation)
    {
        if (conversation.dialog != kDraft)
            return std::nullopt;
        Draft draft;
        if (const Json *content = core::member(conversation.data, "draft"))
            draft.content = calls::contentFrom(*content);
        draft.templateName = core::textMember(conversation.data, "template").value_or(QString());
        const Json *fields = core::member(conversation.data, "missing");
        for (const Json &name : fields ? *fields : Json::array()) {
            if (const auto field = calls::fieldNamed(name.get<QString>()))
                draft.missing << *field;
        }
        return draft;
    }
};

DraftDialog::DraftDialog(const calls::ScriptAgents &agents)
    : m_agents(agents)
{
}

Result<bool> DraftDialog::tap(Turn &turn, const Tap &tap)
{
    if (tap.action != QLatin1String("draft"))
        return false;
    const QString verb = tap.argument.section(u':', 0, 0);
    const QString rest = tap.argument.section(u':', 1);
    if (verb == QLatin1String("templates"))
        return taken(chooseTemplate(turn));
    if (verb == QLatin1String("own"))
        return begin(turn, {});
    if (verb == QLatin1String("template"))
        return begin(turn, rest);
    const auto conversation = loadConversation(turn);
    if (!conversation)
        return failure(conversation.error());
    auto draft = Draft::from(*conversation);
    if (!draft)
        return false; // saved or left meanwhile
    if (verb == QLatin1String("save"))
        return taken(save(turn, *draft));
    const auto field = calls::fieldNamed(rest.section(u':', 0, 0));
    if (!field)
        return false;
    if (verb == QLatin1String("field")) {
        draft->missing.prepend(*field);
        return taken(goOn(turn, *draft));
    }
    const bool isAsked = !draft->missing.isEmpty() && draft->missing.front() == *field;
    if (verb == QLatin1String("set") && isAsked)
        return taken(take(turn, *draft, *field, rest.section(u':', 1)));
    return false;
}

Result<bool> DraftDialog::typed(Turn &turn, const Conversation &conversation, const QString &text)
{
    const auto draft = Draft::from(conversation);
    if (!draft)
        return false;
    if (draft->missing.isEmpty())
        return taken(showWhole(turn, *draft));
    const ScriptField field = draft->missing.front();
    // These are chosen; what is typed meanwhile is answered with the choice again.
    if (field == ScriptField::Language || field == ScriptField::Voice)
        return taken(ask(turn, *draft, field));
    return taken(take(turn, *draft, field, text));
}

Result<void> DraftDialog::chooseTemplate(Turn &turn) const
{
    customers::Message message = {.parts = {{"script.template.choose"_key}}};
    for (const ScriptTemplate &each : scriptTemplates())
        message.keyboard.append(
            {button(each.title, QStringLiteral("draft:template:") + each.name)});
    message.keyboard.append({button("script.button.own_words"_key, QStringLiteral("draft:own"))});
    message.keyboard.append({button("button.back"_key, QStringLiteral("menu:scripts"))});
    return turn.show(message);
}

Result<bool> DraftDialog::begin(Turn &turn, const QString &templateName) const
{
    if (!templateName.isEmpty() && !findTemplate(templateName))
        return false;
    const auto limit = calls::writeLimit(turn.context, turn.customer.id, true);
    if (!limit)
        return failure(limit.error());
    if (*limit != calls::WriteLimit::None)
        return taken(
            turn.show({.parts = {limitText(*limit)},
                       .keyboard = {{button("button.back"_key, QStringLiteral("menu:scripts"))}}}));
    Draft draft;
    draft.templateName = templateName;
    if (templateName.isEmpty())
        draft.missing = {ScriptField::Name,  ScriptField::Purpose,   ScriptField::Language,
                         ScriptField::Voice, ScriptField::Opening,   ScriptField::Goal,
                         ScriptField::Facts, ScriptField::Questions, ScriptField::StopWhen};
    else
        draft.missing = {ScriptField::Language, ScriptField::Voice, ScriptField::Facts};
    return taken(goOn(turn, draft));
}

Result<void> DraftDialog::take(Turn &turn, Draft draft, ScriptField field,
                               const QString &value) const
{
    if (!setField(draft.content, field, value))
        return turn.show(
            {.parts = {fieldRefusal(field)},
             .keyboard = {{button("button.cancel"_key, QStringLiteral("nav:cancel"))}}});
    draft.missing.removeFirst();
    const ScriptTemplate *source = findTemplate(draft.templateName);
    if (source && field == ScriptField::Language) {
        if (auto filled = fillFrom(*source, turn.messenger.catalogue(), draft.content); !filled)
            return filled;
    }
    return goOn(turn, draft);
}

Result<void> DraftDialog::goOn(Turn &turn, const Draft &draft) const
{
    if (auto saved = saveConversation(turn, draft.toConversation()); !saved)
        return saved;
    return draft.missing.isEmpty() ? showWhole(turn, draft)
                                   : ask(turn, draft, draft.missing.front());
}

Result<void> DraftDialog::ask(Turn &turn, const Draft &draft, ScriptField field) const
{
    const QString set = QStringLiteral("draft:set:%1:").arg(calls::nameOf(field));
    customers::Message message = {.parts = {fieldQuestion(field)},
                                  .keyboard = choicesOf(turn, draft.content, field, set)};
    if (calls::isOptional(field))
        message.keyboard.append({button("script.button.empty"_key, set)});
    message.keyboard.append({button("button.cancel"_key, QStringLiteral("nav:cancel"))});
    return turn.show(message);
}

Result<void> DraftDialog::showWhole(Turn &turn, const Draft &draft) const
{
    customers::Message message = {
        .parts = {{"script.draft"_key, {{"name", draft.content.name}}}},
        .keyboard = {{button("script.button.save"_key, QStringLiteral("draft:save"))}}};
    for (language::Text &part : describe(turn, draft.content))
        message.parts.push_back(std::move(part));
    const auto edit = [](ScriptField field) {
        return button(fieldName(field), QStringLiteral("draft:field:") + calls::nameOf(field));
    };
    message.keyboard.append({edit(ScriptField::Name), edit(ScriptField::Purpose)});
    message.keyboard.append({edit(ScriptField::Voice), edit(ScriptField::Opening)});
    message.keyboard.append({edit(ScriptField::Goal), edit(ScriptField::Facts)});
    message.keyboard.append({edit(ScriptField::Questions), edit(ScriptField::StopWhen)});
    message.keyboard.append({button("button.cancel"_key, QStringLiteral("nav:cancel"))});
    return turn.show(message);
}

Result<void> DraftDialog::save(Turn &turn, const Draft &draft) const
{
    if (!draft.missing.isEmpty() || !isComplete(draft.content))
        return goOn(turn, draft);
    const auto limit = calls::writeLimit(turn.context, turn.customer.id, true);
    if (!limit)
        return failure(limit.error());
    if (*limit != calls::WriteLimit::None)
        return turn.show(
            {.parts = {limitText(*limit)},
             .keyboard = {{button("button.back"_key, QStringLiteral("menu:scripts"))}}});
    if (auto left = saveConversation(turn, {}); !left)
        return left;
    const auto version = calls::insertScript(turn.context, turn.customer, draft.content);
    if (!version)
        return failure(version.error());
    if (auto made = m_agents.make(turn.context, *version); !made)
        return made;
    return turn.show({.parts = {{"script.saved"_key, {{"name", version->content.name}}}},
                      .keyboard = {{button("button.back"_key, QStringLiteral("menu:scripts"))}}});
}

} // namespace bot
