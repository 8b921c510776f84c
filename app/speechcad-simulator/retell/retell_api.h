#pragma once

#include "retell/call_flow.h"
#include "retell/retell_assets.h"

#include <QUrlQuery>

#include <deque>

namespace simulator {

/// Retell's API, as strict as the true one and a little stricter where our own rules are.
class RetellApi final {
public:
    explicit RetellApi(World &world);

    /// False: not a path of Retell.
    [[nodiscard]] bool handle(const http::Request &request, const http::Reply &reply);

    /// Null: there is none. The id "last" is the call that was placed last.
    [[nodiscard]] RetellCallPtr findCall(const QString &id) const;
    [[nodiscard]] const std::vector<RetellCallPtr> &calls() const { return m_calls; }
    [[nodiscard]] CallFlow &flow() { return m_flow; }
    [[nodiscard]] CallHooks &hooks() { return m_hooks; }
    [[nodiscard]] RetellAssets &assets() { return m_assets; }
    [[nodiscard]] int activeCount() const;
    /// Every request after that number: what it asked for and what it was told.
    [[nodiscard]] Json requests(const QString &route, quint64 after) const;

    /// How the next calls go; `to` empty: whoever is called. `count` 0: from now on.
    struct Plan {
        QString to;
        qint64 count = 1;
        QStringList steps;
    };
    void addPlan(const Plan &plan) { m_plans.push_back(plan); }
    void clearPlans() { m_plans.clear(); }

private:
    struct Route {
        QString name; // "createPhoneCall"
        QString target;
        QUrlQuery query;
    };
    struct Seen {
        quint64 number = 0;
        Timestamp at;
        QString route;
        QString target;
        int status = 0; // 0: no answer was sent
        bool isApplied = true;
        Json body;
    };
    using Handler = RetellResult<Json> (RetellApi::*)(const Route &, const Json &);
    struct RouteRule;

    [[nodiscard]] static const QList<RouteRule> &rules();
    [[nodiscard]] static const RouteRule *ruleOf(const http::Request &request, Route &route);
    [[nodiscard]] bool isKnownKey(const http::Request &request) const;
    [[nodiscard]] http::Response run(const RouteRule &rule, const Route &route,
                                     const http::Request &request);
    [[nodiscard]] http::Response refused(const QString &route, const RetellRefusal &refusal);
    void remember(const Route &route, const http::Request &request, const Faults::Outcome &outcome);

    [[nodiscard]] RetellResult<Json> createPhoneCall(const Route &route, const Json &body);
    [[nodiscard]] RetellResult<RetellCallPtr> readCall(const Json &body);
    [[nodiscard]] RetellResult<void> checkCall(const Json &body) const;
    [[nodiscard]] RetellResult<void> takeSlot(RetellCall &call);
    [[nodiscard]] RetellResult<Json> agentFor(const Json &body) const;
    void applySettings(RetellCall &call, const Json &settings) const;
    [[nodiscard]] RetellResult<void> planCall(RetellCall &call);
    [[nodiscard]] RetellResult<Json> getCall(const Route &route, const Json &body);
    [[nodiscard]] RetellResult<Json> listCalls(const Route &route, const Json &body);
    [[nodiscard]] RetellResult<Json> stopCall(const Route &route, const Json &body);
    [[nodiscard]] RetellResult<Json> updateCall(const Route &route, const Json &body);
    [[nodiscard]] RetellResult<Json> updateLiveCall(const Route &route, const Json &body);
    [[nodiscard]] RetellResult<Json> deleteCall(const Route &route, const Json &body);
    [[nodiscard]] RetellResult<Json> rerunAnalysis(const Route &route, const Json &body);
    [[nodiscard]] RetellResult<Json> concurrency(const Route &route, const Json &body);
    [[nodiscard]] RetellResult<Json> keyInfo(const Route &route, const Json &body);

    [[nodiscard]] RetellResult<Json> createAgent(const Route &route, const Json &body);
    [[nodiscard]] RetellResult<Json> updateAgent(const Route &route, const Json &body);
    template <VersionedStore RetellAssets::*Store>
    [[nodiscard]] RetellResult<Json> getAsset(const Route &route, const Json &body);
    template <VersionedStore RetellAssets::*Store>
    [[nodiscard]] RetellResult<Json> deleteAsset(const Route &route, const Json &body);
    [[nodiscard]] RetellResult<Json> listAgents(const Route &route, const Json &body);
    [[nodiscard]] RetellResult<Json> listAgentVersions(const Route &route, const Json &body);
    [[nodiscard]] RetellResult<Json> createAgentVersion(const Route &route, const Json &body);
    [[nodiscard]] RetellResult<Json> publishAgentVersion(const Route &route, const Json &body);
    [[nodiscard]] RetellResult<Json> deleteAgentVersion(const Route &route, const Json &body);
    [[nodiscard]] RetellResult<Json> createEngine(const Route &route, const Json &body);
    [[nodiscard]] RetellResult<Json> updateEngine(const Route &route, const Json &body);
    [[nodiscard]] RetellResult<Json> listEngines(const Route &route, const Json &body);
    [[nodiscard]] RetellResult<Json> listVoices(const Route &route, const Json &body);
    [[nodiscard]] RetellResult<Json> getVoice(const Route &route, const Json &body);
    [[nodiscard]] RetellResult<Json> listNumbers(const Route &route, const Json &body);
    [[nodiscard]] RetellResult<Json> getNumber(const Route &route, const Json &body);
    [[nodiscard]] RetellResult<Json> updateNumber(const Route &route, const Json &body);
    [[nodiscard]] std::optional<http::Response> recording(const http::Request &request) const;

    World &m_world;
    RetellAssets m_assets;
    CallHooks m_hooks;
    CallFlow m_flow;
    std::vector<RetellCallPtr> m_calls; // in the order of their creation
    QHash<QString, RetellCallPtr> m_byId;
    std::deque<Plan> m_plans;
    std::deque<Seen> m_seen;
    quint64 m_seenCount = 0;
    QString m_host; // where the request being handled came in: recordings are there
    TokenBucket m_dialBucket;
};

} // namespace simulator
