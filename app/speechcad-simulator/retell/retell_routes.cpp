#include "retell/retell_api.h"

#include "core/crypto.h"

#include <algorithm>

namespace simulator {

namespace {

const QString kProvider = QStringLiteral("retell");
constexpr size_t kSeenMax = 10'000;

QByteArray faultBody(int status, std::optional<int>)
{
    const char *message = status == 429   ? "Account rate limited, please throttle your requests."
                          : status == 402 ? "Trial has ended, please add payment method."
                                          : "An unexpected server error occurred.";
    return core::toBytes({{"status", "error"}, {"message", message}});
}

/// What only Retell's paths look like; a wrong one of them is a violation.
bool isRetells(const QString &path)
{
    static const QStringList starts = {
        QStringLiteral("/v2/"),     QStringLiteral("/v3/"),     QStringLiteral("/v1/"),
        QStringLiteral("/create-"), QStringLiteral("/get-"),    QStringLiteral("/list-"),
        QStringLiteral("/update-"), QStringLiteral("/delete-"), QStringLiteral("/publish-"),
        QStringLiteral("/rerun-"),  QStringLiteral("/stop-"),   QStringLiteral("/import-")};
    return std::any_of(starts.cbegin(), starts.cend(),
                       [&](const QString &start) { return path.startsWith(start); });
}

QString pathOf(const http::Request &request)
{
    return QString::fromUtf8(QByteArray::fromPercentEncoding(request.path));
}

} // namespace

RetellApi::RetellApi(World &world)
    : m_world(world)
    , m_assets(world)
    , m_hooks(world)
    , m_flow(world, m_hooks)
{
}

struct RetellApi::RouteRule {
    const char *name;
    const char *verb;
    const char *path; // ends in '/' when a target follows
    int status;       // of success
    Handler handler;
};

const QList<RetellApi::RouteRule> &RetellApi::rules()
{
    using Api = RetellApi;
    constexpr auto agents = &RetellAssets::agents;
    constexpr auto engines = &RetellAssets::engines;
    static const QList<RouteRule> all = {
        {"createPhoneCall", "POST", "/v2/create-phone-call", 201, &Api::createPhoneCall},
        {"getCall", "GET", "/v2/get-call/", 200, &Api::getCall},
        {"listCalls", "POST", "/v3/list-calls", 200, &Api::listCalls},
        {"stopCall", "POST", "/v2/stop-call/", 204, &Api::stopCall},
        {"updateCall", "PATCH", "/v2/update-call/", 200, &Api::updateCall},
        {"updateLiveCall", "PATCH", "/v2/update-live-call/", 200, &Api::updateLiveCall},
        {"deleteCall", "DELETE", "/v2/delete-call/", 204, &Api::deleteCall},
        {"rerunCallAnalysis", "PUT", "/rerun-call-analysis/", 200, &Api::rerunAnalysis},
        {"getConcurrency", "GET", "/get-concurrency", 200, &Api::concurrency},
        {"getApiKeyInfo", "GET", "/get-api-key-info", 200, &Api::keyInfo},
        {"createAgent", "POST", "/create-agent", 201, &Api::createAgent},
        {"getAgent", "GET", "/get-agent/", 200, &Api::getAsset<agents>},
        {"updateAgent", "PATCH", "/update-agent/", 200, &Api::updateAgent},
        {"deleteAgent", "DELETE", "/delete-agent/", 204, &Api::deleteAsset<agents>},
        {"listAgents", "POST", "/v2/list-agents", 200, &Api::listAgents},
        {"listAgentVersions", "GET", "/list-agent-versions/", 200, &Api::listAgentVersions},
        {"createAgentVersion", "POST", "/create-agent-version/", 201, &Api::createAgentVersion},
        {"publishAgentVersion", "POST", "/publish-agent-version/", 200, &Api::publishAgentVersion},
        {"deleteAgentVersion", "DELETE", "/delete-agent-version/", 204, &Api::deleteAgentVersion},
        {"createRetellLlm", "POST", "/create-retell-llm", 201, &Api::createEngine},
        {"getRetellLlm", "GET", "/get-retell-llm/", 200, &Api::getAsset<engines>},
        {"updateRetellLlm", "PATCH", "/update-retell-llm/", 200, &Api::updateEngine},
        {"deleteRetellLlm", "DELETE", "/delete-retell-llm/", 204, &Api::deleteAsset<engines>},
        {"listRetellLlms", "GET", "/v2/list-retell-llms", 200, &Api::listEngines},
        {"listVoices", "GET", "/list-voices", 200, &Api::listVoices},
        {"getVoice", "GET", "/get-voice/", 200, &Api::getVoice},
        {"listPhoneNumbers", "GET", "/v2/list-phone-numbers", 200, &Api::listNumbers},
        {"getPhoneNumber", "GET", "/get-phone-number/", 200, &Api::getNumber},
        {"updatePhoneNumber", "PATCH", "/update-phone-number/", 200, &Api::updateNumber},
    };
    return all;
}

const RetellApi::RouteRule *RetellApi::ruleOf(const http::Request &request, Route &route)
{
    const QString path = pathOf(request);
    for (const RouteRule &rule : rules()) {
        const QString start = QString::fromLatin1(rule.path);
        const bool hasTarget = start.endsWith(u'/');
        const bool isIt =
            hasTarget ? path.startsWith(start) && path.size() > start.size() : path == start;
        if (!isIt || request.method != rule.verb)
            continue;
        route.name = QString::fromLatin1(rule.name);
        route.target = hasTarget ? path.mid(start.size()) : QString();
        route.query = QUrlQuery(QString::fromUtf8(request.query));
        return &rule;
    }
    return nullptr;
}

bool RetellApi::isKnownKey(const http::Request &request) const
{
    return core::equalInConstantTime(request.header("Authorization"),
                                     "Bearer " + m_world.options.retellApiKey);
}

bool RetellApi::handle(const http::Request &request, const http::Reply &reply)
{
    if (const auto audio = recording(request)) {
        reply.send(*audio);
        return true;
    }
    Route route;
    const RouteRule *rule = ruleOf(request, route);
    if (!rule && !isRetells(pathOf(request)))
        return false;
    if (!isKnownKey(request)) {
        reply.send(refused(route.name, {401, QStringLiteral("API key is missing or invalid.")}));
        return true;
    }
    if (!rule) {
        reply.send(refused(QStringLiteral("unknown"), {404, QStringLiteral("no such route")}));
        return true;
    }
    m_host = QString::fromLatin1(request.header("Host"));
    const Faults::Outcome outcome =
        m_world.faults.answer(kProvider + u'.' + route.name, reply, faultBody,
                              [&] { return run(*rule, route, request); });
    remember(route, request, outcome);
    return true;
}

http::Response RetellApi::run(const RouteRule &rule, const Route &route,
                              const http::Request &request)
{
    const auto body = readBody(request);
    if (!body)
        return refused(route.name, body.error());
    const auto answer = (this->*rule.handler)(route, *body);
    if (!answer)
        return refused(route.name, answer.error());
    return toHttp(rule.status, rule.status == 204 ? Json(nullptr) : *answer);
}

http::Response RetellApi::refused(const QString &route, const RetellRefusal &refusal)
{
    if (refusal.isOurFault)
        m_world.violation(kProvider, route, refusal.message);
    return toHttp(refusal);
}

void RetellApi::remember(const Route &route, const http::Request &request,
                         const Faults::Outcome &outcome)
{
    ++m_seenCount;
    if (m_world.options.isFast)
        return;
    const auto body = readBody(request);
    m_seen.push_back({.number = m_seenCount,
                      .at = m_world.scheduler.now(),
                      .route = route.name,
                      .target = route.target,
                      .status = outcome.status,
                      .isApplied = outcome.isApplied,
                      .body = body ? *body : Json(nullptr)});
    if (m_seen.size() > kSeenMax)
        m_seen.pop_front();
}

Json RetellApi::requests(const QString &route, quint64 after) const
{
    Json list = Json::array();
    for (const Seen &seen : m_seen) {
        const bool isAsked = route.isEmpty() || seen.route.compare(route, Qt::CaseInsensitive) == 0;
        if (seen.number <= after || !isAsked)
            continue;
        list.push_back({{"n", seen.number},
                        {"at", core::toIso(seen.at)},
                        {"route", seen.route},
                        {"target", seen.target},
                        {"status", seen.status},
                        {"applied", seen.isApplied},
                        {"body", seen.body}});
    }
    return {{"count", list.size()}, {"last", m_seenCount}, {"requests", std::move(list)}};
}

RetellCallPtr RetellApi::findCall(const QString &id) const
{
    if (id == u"last")
        return m_calls.empty() ? nullptr : m_calls.back();
    return m_byId.value(id);
}

int RetellApi::activeCount() const
{
    return static_cast<int>(
        std::count_if(m_calls.cbegin(), m_calls.cend(),
                      [](const RetellCallPtr &call) { return !call->isOver(); }));
}

} // namespace simulator
