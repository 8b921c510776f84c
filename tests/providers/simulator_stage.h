#pragma once

#include "simulator.h"

#include "core/json.h"
#include "http/server.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTest>

namespace tests {

struct WebAnswer {
    int status = 0; // 0: the connection broke
    Json json;
    QNetworkReply::NetworkError error = QNetworkReply::NoError;
    QHash<QByteArray, QByteArray> headers; // names in lower case
};

/// A webhook endpoint that records what comes and answers as it is told.
class Receiver final {
public:
    Receiver()
        : server(limits(), [this](const http::Request &request, const http::Reply &reply) {
            requests.append(request);
            if (isHolding && request.body.contains(holdsBodiesWith)) {
                held.append(reply);
                return;
            }
            const int status = nextStatuses.isEmpty() ? 200 : nextStatuses.takeFirst();
            http::Response response{.status = status, .body = {}};
            if (retryAfter > 0 && status != 200)
                response.headers.append(
                    http::Header{"Retry-After", QByteArray::number(retryAfter)});
            reply.send(response);
        })
    {
        const auto listening = server.listen({QHostAddress(QHostAddress::LocalHost), 0});
        Q_ASSERT(listening);
        port = *listening;
    }
    [[nodiscard]] QString url(const QString &path = QStringLiteral("/hook")) const
    {
        return QStringLiteral("http://127.0.0.1:%1%2").arg(port).arg(path);
    }
    [[nodiscard]] Json body(qsizetype index) const
    {
        const QByteArray &bytes = requests[index].body;
        return Json::parse(bytes.cbegin(), bytes.cend(), nullptr, false);
    }
    [[nodiscard]] QStringList texts(const char *member) const
    {
        QStringList list;
        for (qsizetype i = 0; i < requests.size(); ++i)
            list.append(core::textMember(body(i), member).value_or(QString()));
        return list;
    }

    QList<http::Request> requests;
    QList<int> nextStatuses; // then 200
    int retryAfter = 0;
    bool isHolding = false;
    QByteArray holdsBodiesWith;
    QList<http::Reply> held;
    quint16 port = 0;

private:
    static http::Limits limits()
    {
        http::Limits limits;
        limits.bodyBytesMax = 4 << 20;
        return limits;
    }
    http::Server server;
};

/// A simulator on a clock of the test, a receiver for its webhooks, and a client for both APIs.
class SimulatorStage {
public:
    explicit SimulatorStage(simulator::Options options = {})
        : clock(Timestamp(std::chrono::seconds(1'795'000'000)))
    {
        options.listen = {QHostAddress(QHostAddress::LocalHost), 0};
        options.seed = 7;
        options.botToken = "1000000001:test-bot-token";
        options.apiKey = "test-api-key";
        options.walletToken = "test-wallet-token";
        auto started = simulator::Simulator::start(options, clock);
        Q_ASSERT(started);
        running = *std::move(started);
    }

    WebAnswer request(const QByteArray &verb, const QString &path, const QByteArray &body = {},
                      const QList<http::Header> &headers = {})
    {
        QNetworkRequest request(
            QUrl(QStringLiteral("http://127.0.0.1:%1%2").arg(running->port()).arg(path)));
        request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArray("application/json"));
        for (const http::Header &header : headers)
            request.setRawHeader(header.name, header.value);
        const std::unique_ptr<QNetworkReply> reply(network.sendCustomRequest(request, verb, body));
        QSignalSpy finished(reply.get(), &QNetworkReply::finished);
        if (!reply->isFinished() && !finished.wait(10'000))
            return {.status = -1, .json = {}, .error = QNetworkReply::TimeoutError, .headers = {}};
        return answerOf(*reply);
    }
    static WebAnswer answerOf(QNetworkReply &reply)
    {
        WebAnswer answer;
        answer.status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        answer.error = reply.error();
        const QByteArray bytes = reply.readAll();
        answer.json = Json::parse(bytes.cbegin(), bytes.cend(), nullptr, false);
        for (const auto &header : reply.rawHeaderPairs())
            answer.headers.insert(header.first.toLower(), header.second);
        return answer;
    }

    WebAnswer bot(const char *method, const Json &parameters)
    {
        return request(
            "POST", QStringLiteral("/bot1000000001:test-bot-token/") + QString::fromLatin1(method),
            parameters.is_null() ? QByteArray("{}") : core::toBytes(parameters));
    }
    WebAnswer dynopay(const QByteArray &verb, const QString &path, const QByteArray &body = {},
                      const QByteArray &key = {})
    {
        QList<http::Header> headers = {{"x-api-key", "test-api-key"},
                                       {"Authorization", "Bearer test-wallet-token"}};
        if (!key.isEmpty())
            headers.append(http::Header{"Idempotency-Key", key});
        return request(verb, QStringLiteral("/api/user/") + path, body, headers);
    }
    Json see(const char *path)
    {
        return request("GET", QStringLiteral("/_sim/") + QString::fromLatin1(path)).json;
    }
    WebAnswer act(const char *path, const Json &body = Json::object())
    {
        return request("POST", QStringLiteral("/_sim/") + QString::fromLatin1(path),
                       core::toBytes(body));
    }
    [[nodiscard]] int violations() { return see("violations")["count"].get<int>(); }

    /// A user who has pressed Start, and a webhook that has heard of it.
    void meet(qint64 id)
    {
        act("telegram/users", {{"id", id}, {"first_name", "Anna"}, {"language_code", "fr"}});
        const QByteArray path = "telegram/users/" + QByteArray::number(id) + "/say";
        act(path.constData(), {{"text", "/start"}});
    }
    void setWebhook()
    {
        bot("setWebhook", {{"url", receiver.url()}, {"secret_token", "hook-secret"}});
    }

    core::FakeClock clock;
    Receiver receiver;
    std::unique_ptr<simulator::Simulator> running;
    QNetworkAccessManager network;
};

} // namespace tests
