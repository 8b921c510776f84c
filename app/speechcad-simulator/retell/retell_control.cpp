#include "retell/retell_control.h"

#include <QUrlQuery>

namespace simulator {

namespace {

http::Response ok(const Json &body = {{"ok", true}})
{
    return {.body = core::toBytes(body)};
}

http::Response refused(int status, const QString &error)
{
    return {.status = status, .body = core::toBytes(Json{{"error", error}})};
}

QString parameter(const QUrlQuery &query, const char *name)
{
    return query.queryItemValue(QString::fromLatin1(name), QUrl::FullyDecoded);
}

QString memberText(const Json &body, const char *name)
{
    return core::textMember(body, name).value_or(QString());
}

QStringList textsOf(const Json &body, const char *name)
{
    QStringList texts;
    const Json *list = core::member(body, name);
    if (!list || !list->is_array())
        return texts;
    for (const Json &text : *list) {
        if (text.is_string())
            texts.append(text.get<QString>());
    }
    return texts;
}

Json toJson(const QStringList &texts)
{
    Json list = Json::array();
    for (const QString &text : texts)
        list.push_back(text);
    return list;
}

Json described(const RetellCall &call, double centsPerMinute)
{
    return {{"call_id", call.id},
            {"agent_id", call.agentId},
            {"from", call.from},
            {"to", call.to},
            {"metadata", call.metadata},
            {"status", QString(providers::retell::word(call.status))},
            {"reason", call.reason},
            {"created_at", core::toIso(call.createdAt)},
            {"started_at", call.startedAt ? Json(core::toIso(*call.startedAt)) : Json()},
            {"ended_at", call.endedAt ? Json(core::toIso(*call.endedAt)) : Json()},
            {"duration_ms", call.duration().count()},
            {"cost_cents", call.isOver() ? Json(call.cost(centsPerMinute)) : Json()},
            {"longest_ms", call.longest.count()},
            {"lines", call.lines.size()},
            {"analyzed", call.isAnalyzed},
            {"told", toJson(call.told)}};
}

/// "to", and a member of the metadata.
bool isAsked(const RetellCall &call, const QUrlQuery &query)
{
    const QString to = parameter(query, "to");
    const QByteArray key = parameter(query, "metadata_key").toUtf8();
    return (to.isEmpty() || call.to == to) &&
           (key.isEmpty() ||
            core::numberText(call.metadata, key.constData()) == parameter(query, "metadata_value"));
}

template <typename T> void take(const Json &body, const char *name, T &value)
{
    const Json *given = core::member(body, name);
    if (!given)
        return;
    if constexpr (std::is_same_v<T, bool>)
        value = given->is_boolean() ? given->get<bool>() : value;
    else if constexpr (std::is_same_v<T, QString>)
        value = given->is_string() ? given->get<QString>() : value;
    else
        value = given->is_number() ? std::max(T(0), given->get<T>()) : value;
}

} // namespace

RetellControl::RetellControl(World &world, RetellApi &retell)
    : m_world(world)
    , m_retell(retell)
{
}

RetellControl::~RetellControl() = default;

Result<void> RetellControl::changeSettings(Options &options, const Json &body)
{
    QString refusal;
    take(body, "retell_refusal", refusal);
    if (!refusal.isEmpty() && refusal != u"at_once" && refusal != u"late")
        return failure({.code = ErrorCode::BadInput,
                        .detail = QStringLiteral("retell_refusal: at_once or late")});
    if (!refusal.isEmpty())
        options.retellRefusesLate = refusal == u"late";
    take(body, "retell_concurrency", options.retellConcurrency);
    take(body, "retell_dial_rate", options.retellDialRate);
    take(body, "retell_credit", options.hasRetellCredit);
    take(body, "retell_cents_per_minute", options.retellCentsPerMinute);
    take(body, "retell_webhook_url", options.retellWebhookUrl);
    take(body, "retell_webhook_tries", options.retellHookTries);
    take(body, "retell_any_agent", options.retellTakesAnyAgent);
    double delay = -1;
    take(body, "retell_retry_s", delay);
    if (delay >= 0)
        options.retellRetryDelay = std::chrono::milliseconds(static_cast<qint64>(delay * 1000));
    return {};
}

http::Response RetellControl::get(const QStringList &path, const QUrlQuery &query) const
{
    const QString name = path.join(u'/');
    if (name == u"calls")
        return calls(query);
    if (name == u"requests")
        return ok(
            m_retell.requests(parameter(query, "route"), parameter(query, "after").toULongLong()));
    if (name == u"assets")
        return assets();
    return refused(404, QStringLiteral("no such route"));
}

http::Response RetellControl::calls(const QUrlQuery &query) const
{
    Json list = Json::array();
    for (const RetellCallPtr &call : m_retell.calls()) {
        if (isAsked(*call, query))
            list.push_back(described(*call, m_world.options.retellCentsPerMinute));
    }
    return ok(
        {{"dials", list.size()}, {"active", m_retell.activeCount()}, {"calls", std::move(list)}});
}

http::Response RetellControl::assets() const
{
    RetellAssets &assets = m_retell.assets();
    Json all = {{"agents", Json::array()}, {"engines", Json::array()}, {"numbers", Json::array()}};
    for (const Json &agent : assets.agents.all())
        all["agents"].push_back(agent);
    for (const Json &engine : assets.engines.all())
        all["engines"].push_back(engine);
    for (const Json &number : assets.numbers())
        all["numbers"].push_back(number);
    return ok(all);
}

http::Response RetellControl::post(const QStringList &path, const Json &body)
{
    const QString name = path.join(u'/');
    if (name == u"plans")
        return addPlan(body);
    if (name == u"plans/clear") {
        m_retell.clearPlans();
        return ok();
    }
    if (name == u"agents")
        return putAgent(body);
    if (name == u"door")
        return openDoor(body);
    if (path.size() != 3 || path[0] != u"calls")
        return refused(404, QStringLiteral("no such route"));
    const RetellCallPtr call = m_retell.findCall(path[1]);
    return call ? actOnCall(call, path[2], body) : refused(404, QStringLiteral("no such call"));
}

http::Response RetellControl::addPlan(const Json &body)
{
    const RetellApi::Plan plan{.to = memberText(body, "to"),
                               .count = core::integerMember(body, "count").value_or(1),
                               .steps = textsOf(body, "steps")};
    if (plan.steps.isEmpty())
        return refused(400, QStringLiteral("steps: a list of texts"));
    if (const auto checked = callPlanFrom(plan.steps, plan.to); !checked)
        return refused(400, checked.error().detail);
    m_retell.addPlan(plan);
    return ok();
}

http::Response RetellControl::putAgent(const Json &body)
{
    const QString id = memberText(body, "agent_id");
    if (id.isEmpty())
        return refused(400, QStringLiteral("agent_id: a text"));
    m_retell.assets().agents.put(id, body);
    return ok();
}

http::Response RetellControl::actOnCall(const RetellCallPtr &call, const QString &action,
                                        const Json &body)
{
    if (action == u"hang_up") {
        const QString reason = memberText(body, "reason");
        const bool isEnded =
            m_retell.flow().end(call, reason.isEmpty() ? QStringLiteral("user_hangup") : reason);
        return isEnded ? ok() : refused(409, QStringLiteral("it is over"));
    }
    if (action == u"say") {
        const QString role = memberText(body, "role");
        const bool isSaid = m_retell.flow().say(
            call, role.isEmpty() ? QStringLiteral("user") : role, memberText(body, "text"));
        return isSaid ? ok() : refused(409, QStringLiteral("nobody is on the line"));
    }
    if (action == u"webhook") {
        m_retell.hooks().replay(*call, memberText(body, "event"));
        return ok();
    }
    return refused(404, QStringLiteral("no such route"));
}

/// {"open": true} answers with the port, the same each time; {"open": false} closes it, with every
/// connection.
http::Response RetellControl::openDoor(const Json &body)
{
    if (!core::boolMember(body, "open").value_or(true)) {
        m_door.reset();
        return ok();
    }
    if (!m_door) {
        m_door = std::make_unique<http::Server>(
            http::Limits{}, [this](const http::Request &request, const http::Reply &reply) {
                if (!m_retell.handle(request, reply))
                    reply.send({.status = 404, .body = R"({"status":"error"})"});
            });
        const auto port = m_door->listen({QHostAddress(QHostAddress::LocalHost), m_doorPort});
        if (!port) {
            m_door.reset();
            return refused(409, port.error().detail);
        }
        m_doorPort = *port;
    }
    return ok({{"port", m_doorPort}});
}

} // namespace simulator
