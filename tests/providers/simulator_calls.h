#pragma once

#include "hook_client.h"
#include "tests/providers/simulator_stage.h"

#include "providers/retell/call_requests.h"
#include "providers/retell/event.h"
#include "providers/retell/signature.h"

namespace tests {

inline const QByteArray kRetellKey = "key_of_the_tests_0123456789";

inline simulator::Options retellOptions()
{
    simulator::Options options;
    options.retellApiKey = kRetellKey;
    options.retellDialRate = 0;
    return options;
}

/// A simulator with one agent that tells everything to the receiver.
class CallStage final : public SimulatorStage {
public:
    explicit CallStage(const simulator::Options &options = retellOptions())
        : SimulatorStage(options)
    {
        act("retell/agents", {{"agent_id", "agent_1"},
                              {"webhook_url", receiver.url()},
                              {"webhook_events", {"call_started", "call_ended", "call_analyzed"}}});
    }

    WebAnswer retell(const providers::retell::Request &call, const QByteArray &key = kRetellKey)
    {
        return request(call.method->verb, QString::fromLatin1(call.path()), call.bodyBytes(),
                       {{"Authorization", "Bearer " + key}});
    }
    [[nodiscard]] static providers::retell::CreatePhoneCall
    dialOf(const QString &to = QStringLiteral("+33612345699"))
    {
        return {.fromNumber = QStringLiteral("+14155550100"),
                .toNumber = to,
                .agentId = QStringLiteral("agent_1"),
                .metadata = {{"attempt", "a-1"}}};
    }
    /// Dials with a plan, and returns the call's id; empty: it was refused.
    QString dial(const QStringList &steps = {}, const QString &to = dialOf().toNumber)
    {
        if (!steps.isEmpty()) {
            Json list = Json::array();
            for (const QString &step : steps)
                list.push_back(step);
            if (act("retell/plans", {{"steps", list}}).status != 200)
                return {};
        }
        const WebAnswer answer = retell(*providers::retell::createPhoneCall(dialOf(to)));
        return core::textMember(answer.json, "call_id").value_or(QString());
    }
    /// The status of one dial, 0 when the connection broke. QNetworkAccessManager would send it
    /// again by itself.
    int dialOnce()
    {
        std::optional<int> status;
        const auto call = *providers::retell::createPhoneCall(dialOf());
        m_client.post({.url = QUrl(QStringLiteral("http://127.0.0.1:%1%2")
                                       .arg(running->port())
                                       .arg(QString::fromLatin1(call.path()))),
                       .headers = {{"Authorization", "Bearer " + kRetellKey}},
                       .body = call.bodyBytes()},
                      [&status](const simulator::HookAnswer &answer) { status = answer.status; });
        const bool isAnswered = QTest::qWaitFor([&status] { return status.has_value(); }, 10'000);
        return isAnswered ? *status : -1;
    }
    providers::retell::Call call(const QString &id)
    {
        const WebAnswer answer = retell(providers::retell::getCall(id));
        return providers::retell::parseCallAnswer(
                   {.httpStatus = answer.status, .body = core::toBytes(answer.json)})
            .value_or(providers::retell::Call());
    }
    [[nodiscard]] int dials() { return see("retell/calls")["dials"].get<int>(); }
    [[nodiscard]] QStringList told() const { return receiver.texts("event"); }
    [[nodiscard]] providers::retell::Event event(qsizetype index) const
    {
        return providers::retell::parseEvent(receiver.requests[index].body)
            .value_or(providers::retell::Event());
    }
    [[nodiscard]] providers::retell::SignatureVerdict verdict(qsizetype index) const
    {
        const http::Request &hook = receiver.requests[index];
        return providers::retell::verifySignature(hook.header(providers::retell::kSignatureHeader),
                                                  hook.body, kRetellKey, clock.now());
    }

private:
    simulator::HookClient m_client;
};

/// As the client would have got it.
[[nodiscard]] inline providers::retell::ApiAnswer toAnswer(const WebAnswer &answer)
{
    return {.httpStatus = answer.status, .body = core::toBytes(answer.json)};
}

} // namespace tests
