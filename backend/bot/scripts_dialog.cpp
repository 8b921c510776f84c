#include "bot/scripts_dialog.h"

#include "bot/script_words.h"

namespace bot {

using namespace language::literals;
using calls::AgentState;
using calls::ScriptField;

namespace {

const QString kEdit = QStringLiteral("script.edit");

QString about(const char *verb, calls::ScriptId script)
{
    return QStringLiteral("script:%1:%2").arg(QString::fromLatin1(verb)).arg(script.value);
}

customers::Button backTo(const QString &data)
{
    return button("button.back"_key, data);
}

} // namespace

ScriptsDialog::ScriptsDialog(const calls::ScriptAgents &agents)
    : m_agents(agents)
{
}

Result<bool> ScriptsDialog::command(Turn &turn, const QString &name)
{
    return name == QLatin1String("scripts") ? taken(showAll(turn)) : Result<bool>(false);
}

Result<bool> ScriptsDialog::tap(Turn &turn, const Tap &tap)
{
    if (tap.action == QLatin1String("menu") && tap.argument == QLatin1String("scripts"))
        return taken(showAll(turn));
    if (tap.action == QLatin1String("script"))
        return tapOn(turn, tap.argument.section(u':', 0, 0), tap.argument.section(u':', 1));
    return false;
}

/// `rest`: the script's id, and what else the button says.
Result<bool> ScriptsDialog::tapOn(Turn &turn, const QString &verb, const QString &rest) const
{
    const calls::ScriptId id{rest.section(u':', 0, 0).toLongLong()};
    const auto script = calls::findScript(turn.context.transaction(), turn.customer.id, id);
    if (!script)
        return failure(script.error());
    if (!*script)
        return false; // deleted, or another customer's: the button is old
    if (verb == QLatin1String("show"))
        return taken(showOne(turn, **script));
    if (verb == QLatin1String("edit"))
        return taken(chooseField(turn, **script));
    if (verb == QLatin1String("delete"))
        return taken(askDelete(turn, **script));
    if (verb == QLatin1String("gone"))
        return taken(remove(turn, **script));
    if (verb == QLatin1String("retry"))
        return taken(retry(turn, **script));
    const auto field = calls::fieldNamed(rest.section(u':', 1, 1));
    if (!field)
        return false;
    if (verb == QLatin1String("field"))
        return taken(askField(turn, **script, *field));
    if (verb == QLatin1String("set"))
        return taken(change(turn, **script, *field, rest.section(u':', 2)));
    return false;
}

Result<bool> ScriptsDialog::typed(Turn &turn, const Conversation &conversation, const QString &text)
{
    if (conversation.dialog != kEdit)
        return false;
    const calls::ScriptId id{core::integerMember(conversation.data, "script").value_or(0)};
    const auto field =
        calls::fieldNamed(core::textMember(conversation.data, "field").value_or(QString()));
    const auto script = calls::findScript(turn.context.transaction(), turn.customer.id, id);
    if (!script)
        return failure(script.error());
    if (!*script || !field)
        return taken(showAll(turn));
    return taken(change(turn, **script, *field, text));
}

Result<void> ScriptsDialog::showAll(Turn &turn) const
{
    if (auto left = saveConversation(turn, {}); !left)
        return left;
    const auto scripts =
        calls::listScripts(turn.context.transaction(), turn.customer.id, calls::kScriptsMax);
    if (!scripts)
        return failure(scripts.error());
    customers::Message message = {
        .parts = {{scripts->empty() ? "script.list.empty"_key : "script.list.title"_key}}};
    for (const Script &script : *scripts)
        message.keyboard.append({dataButton(script.content.name, about("show", script.script))});
    message.keyboard.append(
        {button("script.button.from_template"_key, QStringLiteral("draft:templates"))});
    message.keyboard.append({button("script.button.own_words"_key, QStringLiteral("draft:own"))});
    message.keyboard.append({backTo(QStringLiteral("menu:main"))});
    return turn.show(message);
}

Result<void> ScriptsDialog::showOne(Turn &turn, const Script &script) const
{
    if (auto left = saveConversation(turn, {}); !left)
        return left;
    const auto agent = calls::agentOf(turn.context.transaction(), script.id);
    if (!agent)
        return failure(agent.error());
    customers::Message message = {
        .parts = {{"script.title"_key,
                   {{"name", script.content.name}, {"version", qint64(script.number)}}}}};
    for (language::Text &part : describe(turn, script.content))
        message.parts.push_back(std::move(part));
    if (agent->state == AgentState::Making)
        message.parts.push_back({"script.making"_key});
    if (agent->state == AgentState::Failed) {
        message.parts.push_back({"script.not_made"_key});
        message.keyboard.append({button("script.button.retry"_key, about("retry", script.script))});
    }
    if (agent->state == AgentState::Ready)
        message.keyboard.append({button(
            "script.button.call"_key, QStringLiteral("call:script:%1").arg(script.script.value))});
    message.keyboard.append({button("script.button.edit"_key, about("edit", script.script)),
                             button("script.button.delete"_key, about("delete", script.script))});
    message.keyboard.append({backTo(QStringLiteral("menu:scripts"))});
    return turn.show(message);
}

Result<void> ScriptsDialog::chooseField(Turn &turn, const Script &script) const
{
    if (auto left = saveConversation(turn, {}); !left)
        return left;
    customers::Message message = {
        .parts = {{"script.edit.choose"_key, {{"name", script.content.name}}}}};
    for (const auto &[left, right] : {std::pair(ScriptField::Name, ScriptField::Purpose),
                                      std::pair(ScriptField::Language, ScriptField::Voice),
                                      std::pair(ScriptField::Opening, ScriptField::Goal),
                                      std::pair(ScriptField::Facts, ScriptField::Questions)}) {
        const auto edit = [&](ScriptField field) {
            return button(fieldName(field),
                          about("field", script.script) + u':' + calls::nameOf(field));
        };
        message.keyboard.append({edit(left), edit(right)});
    }
    message.keyboard.append(
        {button(fieldName(ScriptField::StopWhen),
                about("field", script.script) + u':' + calls::nameOf(ScriptField::StopWhen))});
    message.keyboard.append({backTo(about("show", script.script))});
    return turn.show(message);
}

Result<void> ScriptsDialog::askField(Turn &turn, const Script &script, ScriptField field) const
{
    const QString name = calls::nameOf(field);
    if (auto saved =
            saveConversation(turn, {kEdit, {{"script", script.script.value}, {"field", name}}});
        !saved)
        return saved;
    const QString set = about("set", script.script) + u':' + name + u':';
    customers::Message message = {.parts = {fieldQuestion(field)},
                                  .keyboard = choicesOf(turn, script.content, field, set)};
    if (message.keyboard.isEmpty()) {
        const QString now = valueOf(script.content, field);
        if (!now.isEmpty())
            message.parts.push_back({"script.edit.now"_key, {{"value", now}}});
        if (calls::isOptional(field))
            message.keyboard.append({button("script.button.empty"_key, set)});
    }
    message.keyboard.append({backTo(about("show", script.script))});
    return turn.show(message);
}

Result<void> ScriptsDialog::change(Turn &turn, const Script &script, ScriptField field,
                                   const QString &value) const
{
    calls::ScriptContent content = script.content;
    if (!setField(content, field, value))
        return turn.show(
            {.parts = {fieldRefusal(field)}, .keyboard = {{backTo(about("show", script.script))}}});
    const auto limit = calls::writeLimit(turn.context, turn.customer.id, false);
    if (!limit)
        return failure(limit.error());
    if (*limit != calls::WriteLimit::None)
        return turn.show(
            {.parts = {limitText(*limit)}, .keyboard = {{backTo(about("show", script.script))}}});
    const auto version = calls::insertVersion(turn.context, turn.customer, script.script, content);
    if (!version)
        return failure(version.error());
    if (auto made = m_agents.make(turn.context, *version); !made)
        return made;
    return showOne(turn, *version);
}

Result<void> ScriptsDialog::askDelete(Turn &turn, const Script &script) const
{
    return turn.show({.parts = {{"script.delete.sure"_key, {{"name", script.content.name}}}},
                      .keyboard = {{button("button.yes"_key, about("gone", script.script)),
                                    button("button.no"_key, about("show", script.script))}}});
}

Result<void> ScriptsDialog::remove(Turn &turn, const Script &script) const
{
    if (auto gone = calls::deleteScript(turn.context, turn.customer.id, script.script); !gone)
        return gone;
    return showAll(turn);
}

Result<void> ScriptsDialog::retry(Turn &turn, const Script &script) const
{
    if (auto made = m_agents.make(turn.context, script); !made)
        return made;
    return showOne(turn, script);
}

} // namespace bot
