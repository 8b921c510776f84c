#include "calls/script_agents.h"

#include "calls/agent_prompt.h"
#include "guards/disclosure.h"

#include <QLoggingCategory>

namespace calls {

namespace {

Q_LOGGING_CATEGORY(lcScripts, "scripts")

} // namespace

using namespace language::literals;
using namespace std::chrono_literals;
using engine::Outcome;
namespace retell = providers::retell;

namespace {

// Five tries over half an hour; after that the customer is told and may try again.
constexpr std::array<std::chrono::seconds, 4> kPauses = {10s, 60s, 300s, 1500s};

QString stateName(AgentState state)
{
    switch (state) {
    case AgentState::Making: return QStringLiteral("making");
    case AgentState::Ready: return QStringLiteral("ready");
    case AgentState::Failed: return QStringLiteral("failed");
    }
    Q_UNREACHABLE();
}

AgentState stateNamed(const QString &name)
{
    return name == QLatin1String("ready")    ? AgentState::Ready
           : name == QLatin1String("failed") ? AgentState::Failed
                                             : AgentState::Making;
}

/// What delivery stored of Retell's answer: {"http": 201, "body": "..."}. Without one nobody knows
/// whether it arrived, which here is no worse than a failure.
retell::ApiAnswer answerIn(const Json &payload)
{
    const Json *answer = core::member(payload, "answer");
    if (!answer)
        return {};
    return {.httpStatus = static_cast<int>(core::integerMember(*answer, "http").value_or(0)),
            .body = core::textMember(*answer, "body").value_or(QString()).toUtf8()};
}

Result<void> ignoring(const Result<OutboxId> &sent)
{
    if (!sent)
        return failure(sent.error());
    return {};
}

Result<Outcome> handled(const Result<void> &done)
{
    if (!done)
        return failure(done.error());
    return Outcome::Handled;
}

} // namespace

/// The row of script_agents, locked.
struct ScriptAgents::Making {
    ScriptVersionId version;
    AgentState state = AgentState::Making;
    QString engineId = {};
    QString agentId = {};
    qint64 agentVersion = 0;
    int round = 1;
    int tries = 0;
    QString note = {};

    /// Absent: there is no row yet.
    [[nodiscard]] static Result<std::optional<Making>> lock(database::Transaction &transaction,
                                                            ScriptVersionId version)
    {
        const auto rows = transaction.run(
            QStringLiteral("SELECT state, coalesce(engine_id, '') AS engine_id, "
                           "coalesce(agent_id, '') AS agent_id, agent_version, round, tries, note "
                           "FROM script_agents WHERE script_version_id = ? FOR UPDATE"),
            {version.value});
        if (!rows)
            return failure(rows.error());
        if (rows->isEmpty())
            return std::optional<Making>();
        const database::Row row = rows->first();
        return std::optional(Making{.version = version,
                                    .state = stateNamed(row.text("state")),
                                    .engineId = row.text("engine_id"),
                                    .agentId = row.text("agent_id"),
                                    .agentVersion = row.integer("agent_version"),
                                    .round = int(row.integer("round")),
                                    .tries = int(row.integer("tries")),
                                    .note = row.text("note")});
    }

    [[nodiscard]] Result<void> save(engine::Context &context) const
    {
        const auto saved = context.transaction().run(
            QStringLiteral("UPDATE script_agents SET state = ?, engine_id = ?, agent_id = ?, "
                           "agent_version = ?, round = ?, tries = ?, note = ?, "
                           "changed_at = ?::timestamptz, cause_id = ? WHERE script_version_id = ?"),
            {stateName(state), database::nullable(engineId), database::nullable(agentId),
             agentId.isEmpty() ? database::null() : QVariant(agentVersion), round, tries, note,
             core::toIso(context.now()), context.cause().value, version.value});
        if (!saved)
            return failure(saved.error());
        return {};
    }

    /// What the answer to a request of ours is about. Absent: of an earlier round, or nothing is
    /// awaited any more.
    [[nodiscard]] static Result<std::optional<Making>> awaited(const Json &request,
                                                               engine::Context &context)
    {
        const ScriptVersionId version{core::integerMember(request, "script_version").value_or(0)};
        auto making = lock(context.transaction(), version);
        if (!making || !*making)
            return making;
        const bool isAwaited = (*making)->state == AgentState::Making &&
                               core::integerMember(request, "round") == (*making)->round &&
                               core::integerMember(request, "try") == (*making)->tries;
        return isAwaited ? making : std::optional<Making>();
    }
};

QString optOutResult()
{
    return QStringLiteral("wants_no_more_calls");
}

Result<void> lockAgent(database::Transaction &transaction, ScriptVersionId version)
{
    return database::done(transaction.run(
        QStringLiteral("SELECT FROM script_agents WHERE script_version_id = ? FOR SHARE"),
        {version.value}));
}

Result<AgentOfScript> agentOf(database::Transaction &transaction, ScriptVersionId version)
{
    const auto rows = transaction.run(
        QStringLiteral("SELECT v.script_id, s.customer_id, v.name, v.language, v.on_behalf_of, "
                       "v.opening AS words, a.state, coalesce(a.agent_id, '') AS agent_id, "
                       "a.agent_version, a.opening FROM script_versions v "
                       "JOIN scripts s ON s.id = v.script_id "
                       "JOIN script_agents a ON a.script_version_id = v.id WHERE v.id = ?"),
        {version.value});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return failure(
            {.code = ErrorCode::NotFound,
             .detail = QStringLiteral("no agent of script version %1").arg(version.value)});
    const database::Row row = rows->first();
    const AgentState state = stateNamed(row.text("state"));
    return AgentOfScript{.version = version,
                         .script = {row.integer("script_id")},
                         .customer = {row.integer("customer_id")},
                         .scriptName = row.text("name"),
                         .state = state,
                         .isReady = state == AgentState::Ready,
                         .agentId = row.text("agent_id"),
                         .agentVersion = row.integer("agent_version"),
                         .language = row.text("language"),
                         .onBehalfOf = row.text("on_behalf_of"),
                         .ownWords = withoutVariables(row.text("words")),
                         .opening = row.text("opening")};
}

ScriptAgents::ScriptAgents(const customers::Messenger &messenger, QString webhookUrl)
    : m_messenger(messenger)
    , m_webhookUrl(std::move(webhookUrl))
{
}

void ScriptAgents::addRoutes(engine::RoutingTable &routes) const
{
    const auto add = [&](const char *kind, auto step) {
        routes.add({.kind = QString::fromLatin1(kind),
                    .order = engine::Order::Free,
                    .handle = [this, step](const auto &event,
                                           auto &context) { return (this->*step)(event, context); },
                    .whenDead = [this](const auto &event,
                                       auto &context) { return died(event, context); }});
    };
    add("script.engine_made", &ScriptAgents::engineMade);
    add("script.agent_made", &ScriptAgents::agentMade);
    add("script.agent_retry", &ScriptAgents::retry);
}

Result<AgentOrder> ScriptAgents::orderOf(const ScriptVersion &version) const
{
    const auto disclosure = m_messenger.catalogue().renderPlain(
        guards::disclosureSentence(version.onBehalfOf), version.content.language);
    if (!disclosure)
        return failure(disclosure.error());
    if (disclosure->isFallback)
        return failure(
            {.code = ErrorCode::Internal,
             .detail = QStringLiteral("no disclosure in %1").arg(version.content.language)});
    return AgentOrder{
        .version = version, .disclosure = disclosure->text, .webhookUrl = m_webhookUrl};
}

Result<void> ScriptAgents::make(engine::Context &context, const ScriptVersion &version) const
{
    auto making = Making::lock(context.transaction(), version.id);
    if (!making)
        return failure(making.error());
    if (*making) {
        if ((*making)->state != AgentState::Failed)
            return {};
        (*making)->state = AgentState::Making;
        (*making)->tries = 0;
        ++(*making)->round;
        if (auto saved = (*making)->save(context); !saved)
            return saved;
        return askNext(context, **making);
    }
    const auto order = orderOf(version);
    if (!order)
        return failure(order.error());
    const auto inserted = context.transaction().run(
        QStringLiteral("INSERT INTO script_agents (script_version_id, state, opening, changed_at, "
                       "cause_id) VALUES (?, 'making', ?, ?::timestamptz, ?)"),
        {version.id.value, openingOf(*order), core::toIso(context.now()), context.cause().value});
    if (!inserted)
        return failure(inserted.error());
    return askNext(context, {.version = version.id});
}

Result<void> ScriptAgents::askNext(engine::Context &context, const Making &making) const
{
    const auto version = versionOf(context.transaction(), making.version);
    if (!version)
        return failure(version.error());
    const auto order = orderOf(*version);
    if (!order)
        return failure(order.error());
    const bool isEngine = making.engineId.isEmpty();
    const auto request = isEngine ? engineRequest(*order) : agentRequest(*order, making.engineId);
    if (!request)
        return failure(request.error());
    queue::NewMessage message;
    message.provider = queue::Provider::Retell;
    message.method = request->method->name;
    message.requestKey = QStringLiteral("script:%1:%2:%3:%4")
                             .arg(making.version.value)
                             .arg(making.round)
                             .arg(making.tries)
                             .arg(message.method);
    message.lane = QStringLiteral("script:%1").arg(making.version.value);
    message.payload = retell::payloadOf(*request);
    message.payload["script_version"] = making.version.value;
    message.payload["round"] = making.round;
    message.payload["try"] = making.tries;
    message.replyKind =
        isEngine ? QStringLiteral("script.engine_made") : QStringLiteral("script.agent_made");
    message.replyLane = customers::laneOf(version->customer);
    return ignoring(context.send(std::move(message)));
}

Result<Outcome> ScriptAgents::engineMade(const engine::Event &event, engine::Context &context) const
{
    const Json *request = core::member(event.payload, "request");
    auto making = Making::awaited(request ? *request : Json::object(), context);
    if (!making)
        return failure(making.error());
    if (!*making || !(*making)->engineId.isEmpty())
        return Outcome::Ignored;
    const auto engine = retell::parseEngine(answerIn(event.payload));
    if (!engine)
        return handled(failed(context, **making, engine.error()));
    (*making)->engineId = engine->engineId;
    if (auto saved = (*making)->save(context); !saved)
        return failure(saved.error());
    return handled(askNext(context, **making));
}

Result<Outcome> ScriptAgents::agentMade(const engine::Event &event, engine::Context &context) const
{
    const Json *request = core::member(event.payload, "request");
    auto making = Making::awaited(request ? *request : Json::object(), context);
    if (!making)
        return failure(making.error());
    if (!*making)
        return Outcome::Ignored;
    const auto agent = retell::parseAgent(answerIn(event.payload));
    if (!agent)
        return handled(failed(context, **making, agent.error()));
    (*making)->agentId = agent->agentId;
    (*making)->agentVersion = agent->version.value_or(0);
    (*making)->state = AgentState::Ready;
    (*making)->note.clear();
    if (auto saved = (*making)->save(context); !saved)
        return failure(saved.error());
    return handled(tellReady(context, **making));
}

Result<Outcome> ScriptAgents::retry(const engine::Event &event, engine::Context &context) const
{
    const auto making = Making::awaited(event.payload, context);
    if (!making)
        return failure(making.error());
    if (!*making)
        return Outcome::Ignored;
    return handled(askNext(context, **making));
}

Result<void> ScriptAgents::failed(engine::Context &context, Making &making,
                                  const retell::ApiError &error) const
{
    const QString why =
        QStringLiteral("%1 (%2)").arg(retell::name(error.refusal)).arg(error.httpStatus);
    qCWarning(lcScripts) << "no agent for script version" << making.version.value << why;
    if (!error.isTransient() || size_t(making.tries) >= kPauses.size())
        return giveUp(context, making, why);
    const std::chrono::seconds pause = std::max(kPauses[size_t(making.tries)], error.retryAfter);
    ++making.tries;
    making.note = why;
    if (auto saved = making.save(context); !saved)
        return saved;
    const auto version = versionOf(context.transaction(), making.version);
    if (!version)
        return failure(version.error());
    return context.schedule({.key = QStringLiteral("script_agent:%1").arg(making.version.value),
                             .dueAt = context.now() + pause,
                             .kind = QStringLiteral("script.agent_retry"),
                             .lane = customers::laneOf(version->customer),
                             .payload = {{"v", 1},
                                         {"script_version", making.version.value},
                                         {"round", making.round},
                                         {"try", making.tries}}});
}

Result<void> ScriptAgents::giveUp(engine::Context &context, Making &making,
                                  const QString &why) const
{
    making.state = AgentState::Failed;
    making.note = why;
    if (auto saved = making.save(context); !saved)
        return saved;
    const auto version = versionOf(context.transaction(), making.version);
    const auto customer = version ? customers::find(context.transaction(), version->customer)
                                  : failure(version.error());
    if (!customer)
        return failure(customer.error());
    context.changed(Topic::Script, version->script.value);
    const QString script = QString::number(version->script.value);
    return ignoring(
        m_messenger.send(context, **customer,
                         {.parts = {{"script.failed"_key, {{"name", version->content.name}}}},
                          .keyboard = {{{.label = language::Text{"script.button.retry"_key},
                                         .data = QStringLiteral("script:retry:") + script}}}}));
}

Result<void> ScriptAgents::tellReady(engine::Context &context, const Making &making) const
{
    const auto version = versionOf(context.transaction(), making.version);
    if (!version)
        return failure(version.error());
    context.changed(Topic::Script, version->script.value);
    const auto newest = findScript(context.transaction(), version->customer, version->script);
    if (!newest)
        return failure(newest.error());
    if (!*newest || (*newest)->id != making.version)
        return {}; // edited again or deleted meanwhile
    const auto customer = customers::find(context.transaction(), version->customer);
    if (!customer)
        return failure(customer.error());
    const QString script = QString::number(version->script.value);
    return ignoring(
        m_messenger.send(context, **customer,
                         {.parts = {{"script.ready"_key, {{"name", version->content.name}}}},
                          .keyboard = {{{.label = language::Text{"script.button.call"_key},
                                         .data = QStringLiteral("call:script:") + script}},
                                       {{.label = language::Text{"script.button.show"_key},
                                         .data = QStringLiteral("script:show:") + script}}}}));
}

/// A step that cannot be done at all: the customer may begin again.
Result<Outcome> ScriptAgents::died(const engine::Event &event, engine::Context &context) const
{
    const Json *request = core::member(event.payload, "request");
    auto making = Making::awaited(request ? *request : event.payload, context);
    if (!making)
        return failure(making.error());
    if (!*making)
        return Outcome::Ignored;
    return handled(giveUp(context, **making, QStringLiteral("an internal error")));
}

} // namespace calls
