#include "retell/call_filter.h"

#include <algorithm>

namespace simulator {

namespace {

const QStringList kSingles = {
    QStringLiteral("call_id"),       QStringLiteral("call_status"),
    QStringLiteral("call_type"),     QStringLiteral("agent_tag"),
    QStringLiteral("direction"),     QStringLiteral("disconnection_reason"),
    QStringLiteral("duration_ms"),   QStringLiteral("start_timestamp"),
    QStringLiteral("end_timestamp"), QStringLiteral("from_number"),
    QStringLiteral("to_number"),     QStringLiteral("data_storage_setting")};

RetellResult<bool> matchText(const Json *value, const QString &op, const Json &wanted)
{
    if (!wanted.is_string())
        return refuse(400, QStringLiteral("a text filter needs a text"));
    const QString text = value && value->is_string() ? value->get<QString>() : QString();
    const QString other = wanted.get<QString>();
    if (op == u"eq")
        return value && text == other;
    if (op == u"ne")
        return !value || text != other;
    if (op == u"sw")
        return text.startsWith(other);
    if (op == u"ew")
        return text.endsWith(other);
    if (op == u"co")
        return text.contains(other);
    return refuse(400, QStringLiteral("no such operator of texts"));
}

RetellResult<bool> matchNumber(const Json *value, const QString &op, const Json &wanted)
{
    static const QStringList operators = {QStringLiteral("eq"), QStringLiteral("ne"),
                                          QStringLiteral("gt"), QStringLiteral("ge"),
                                          QStringLiteral("lt"), QStringLiteral("le")};
    if (!wanted.is_number() || !operators.contains(op))
        return refuse(400, QStringLiteral("a number filter needs a number and an operator"));
    if (!value || !value->is_number())
        return false;
    const double left = value->get<double>();
    const double right = wanted.get<double>();
    switch (operators.indexOf(op)) {
    case 0: return left == right;
    case 1: return left != right;
    case 2: return left > right;
    case 3: return left >= right;
    case 4: return left < right;
    default: return left <= right;
    }
}

RetellResult<bool> matchRange(const Json *value, const Json &wanted)
{
    if (!wanted.is_array() || wanted.size() != 2 || !wanted[0].is_number() ||
        !wanted[1].is_number())
        return refuse(400, QStringLiteral("a range filter needs two numbers"));
    return value && value->is_number() && *value >= wanted[0] && *value <= wanted[1];
}

RetellResult<bool> matchEnum(const Json *value, const Json &wanted)
{
    if (!wanted.is_array())
        return refuse(400, QStringLiteral("an enum filter needs a list"));
    if (std::find(wanted.begin(), wanted.end(), Json("registered")) != wanted.end())
        return refuse(400, QStringLiteral("registered cannot be filtered by"));
    return value && std::find(wanted.begin(), wanted.end(), *value) != wanted.end();
}

RetellResult<bool> matchOne(const Json *value, const Json &filter)
{
    const QString type = core::textMember(filter, "type").value_or(QString());
    const QString op = core::textMember(filter, "op").value_or(QString());
    const Json wanted = filter.is_object() ? filter.value("value", Json()) : Json();
    if (type == u"string")
        return matchText(value, op, wanted);
    if (type == u"number")
        return matchNumber(value, op, wanted);
    if (type == u"range" && op == u"bt")
        return matchRange(value, wanted);
    if (type == u"enum" && op == u"in")
        return matchEnum(value, wanted);
    if (type == u"boolean" && op == u"eq")
        return value && *value == wanted;
    if (type == u"present" && (op == u"pr" || op == u"np"))
        return (value != nullptr) == (op == u"pr");
    return refuse(400, QStringLiteral("not a typed filter"));
}

/// [{key, type, op, value}], all of them.
RetellResult<bool> matchKeys(const Json &call, const char *member, const Json &filters)
{
    if (!filters.is_array())
        return refuse(400, QStringLiteral("filters by key are a list"));
    const Json *object = core::member(call, member);
    for (const Json &filter : filters) {
        const auto key = core::textMember(filter, "key");
        if (!key)
            return refuse(400, QStringLiteral("a filter by key needs a key"));
        const QByteArray name = key->toUtf8();
        const Json *value = object ? core::member(*object, name.constData()) : nullptr;
        const auto matched = matchOne(value, filter);
        if (!matched || !*matched)
            return matched;
    }
    return true;
}

RetellResult<bool> matchAgents(const Json &call, const Json &agents)
{
    if (!agents.is_array())
        return refuse(400, QStringLiteral("agents are a list"));
    return std::any_of(agents.begin(), agents.end(), [&](const Json &agent) {
        return core::textMember(agent, "agent_id") == core::textMember(call, "agent_id");
    });
}

RetellResult<bool> matchMember(const Json &call, const QString &name, const Json &filter)
{
    if (name == u"agent")
        return matchAgents(call, filter);
    if (name == u"metadata")
        return matchKeys(call, "metadata", filter);
    if (name == u"dynamic_variables")
        return matchKeys(call, "retell_llm_dynamic_variables", filter);
    if (!kSingles.contains(name))
        return refuse(400, QStringLiteral("no such filter: %1").arg(name));
    const QByteArray key = name.toUtf8();
    return matchOne(core::member(call, key.constData()), filter);
}

} // namespace

RetellResult<bool> matches(const Json &call, const Json &filterCriteria)
{
    if (!filterCriteria.is_object())
        return refuse(400, QStringLiteral("filter_criteria is no object"));
    bool isMatch = true;
    for (const auto &[name, filter] : filterCriteria.items()) {
        const auto matched = matchMember(call, QString::fromStdString(name), filter);
        if (!matched)
            return matched;
        isMatch = isMatch && *matched;
    }
    return isMatch;
}

} // namespace simulator
