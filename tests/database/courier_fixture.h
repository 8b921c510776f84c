#pragma once

#include "database/migrations.h"
#include "delivery/courier.h"
#include "delivery/decision.h"
#include "http/server.h"
#include "tests/support/test_cluster.h"

#include <QTest>

#include <functional>

namespace tests {

/// A request that a provider received.
struct ProviderCall {
    QByteArray path;
    QByteArray method; // of Telegram's: the last part of the path
    Json body;
    http::Request request;
};

/// Telegram and DynoPay for the courier: keeps every request, and answers as the test says.
class FakeProvider {
public:
    using Answer = std::function<void(const ProviderCall &, const http::Reply &)>;

    FakeProvider()
        : m_server({}, [this](const http::Request &request, const http::Reply &reply) {
            serve(request, reply);
        })
    {
        const auto port = m_server.listen({QHostAddress::LocalHost, 0});
        if (!port)
            qFatal("no port");
        url = QUrl(QStringLiteral("http://127.0.0.1:%1").arg(*port));
    }

    /// What Telegram says to a message that it takes.
    void accept(const http::Reply &reply)
    {
        const Json json = {{"ok", true}, {"result", {{"message_id", ++lastMessageId}}}};
        reply.send({.body = core::toBytes(json)});
    }
    static void refuse(const http::Reply &reply, int code, const QByteArray &description,
                       const Json &parameters = {})
    {
        Json json = {
            {"ok", false}, {"error_code", code}, {"description", description.toStdString()}};
        if (!parameters.is_null())
            json["parameters"] = parameters;
        reply.send({.status = code, .body = core::toBytes(json)});
    }

    /// The texts sent to a chat, in order.
    [[nodiscard]] QStringList texts(qint64 chat) const
    {
        QStringList all;
        for (const ProviderCall &call : calls) {
            if (core::integerMember(call.body, "chat_id") == chat)
                all << core::textMember(call.body, "text").value_or(QString());
        }
        return all;
    }

    QUrl url;
    std::vector<ProviderCall> calls;
    qint64 lastMessageId = 100;
    Answer answer = [this](const ProviderCall &, const http::Reply &reply) { accept(reply); };

private:
    void serve(const http::Request &request, const http::Reply &reply)
    {
        const auto body = core::parseJson(request.body);
        calls.push_back({request.path, request.path.mid(request.path.lastIndexOf('/') + 1),
                         body ? *body : Json::object(), request});
        answer(calls.back(), reply);
    }
    http::Server m_server;
};

/// A migrated database, providers, a clock that stands still, and couriers.
class CourierFixture {
public:
    CourierFixture()
        : clock(core::fromMicros(1'800'000'000'000'000))
        , url(TestCluster::instance().databaseFrom(QStringLiteral("migrated"), migrate))
        , m_connection(open(url, database::Role::Application))
    {
        settings.telegram = {provider.url, QStringLiteral("12:token")};
        settings.rates = {.perSecond = 10'000, .chatPerSecond = 1000, .chatBurst = 1000};
        settings.dynopay = {.baseUrl = QUrl(provider.url.toString() + QStringLiteral("/api")),
                            .apiKey = QStringLiteral("the-key"),
                            .walletToken = QStringLiteral("the-wallet"),
                            .publicUrl = QUrl(QStringLiteral("https://bot.example.net")),
                            .installationKey = QByteArray(32, 'k')};
        settings.timeouts.total = std::chrono::seconds(5);
    }

    void start()
    {
        courier = std::make_unique<delivery::Courier>(url, nullptr, settings, clock);
        courier->start();
    }

    OutboxId enqueue(queue::NewMessage message)
    {
        if (message.requestKey.isEmpty())
            message.requestKey = QStringLiteral("key:%1").arg(++m_keys);
        OutboxId id;
        inTransaction([&](database::Transaction &transaction) -> Result<void> {
            const auto row = queue::enqueue(transaction, message, InboxId{1}, clock.now());
            if (row)
                id = *row;
            return row ? Result<void>() : failure(row.error());
        });
        if (courier)
            courier->wake();
        return id;
    }

    OutboxId sendMessage(qint64 chat, const QString &text)
    {
        return enqueue({.requestKey = {},
                        .method = QStringLiteral("sendMessage"),
                        .lane = QStringLiteral("chat:%1").arg(chat),
                        .payload = {{"parameters", {{"chat_id", chat}, {"text", text}}}}});
    }

    OutboxId edit(qint64 chat, OutboxId message, const QString &text,
                  const QString &supersedeKey = {})
    {
        return enqueue(
            {.requestKey = {},
             .method = QStringLiteral("editMessageText"),
             .lane = QStringLiteral("chat:%1").arg(chat),
             .payload = {{"parameters", {{"chat_id", chat}, {"message_id", 0}, {"text", text}}},
                         {"edit_of", message.value}},
             .supersedeKey = supersedeKey});
    }

    void inTransaction(const std::function<Result<void>(database::Transaction &)> &work)
    {
        const auto done = database::inTransaction(*m_connection, work);
        if (!done)
            qFatal("%s", qUtf8Printable(done.error().detail));
    }

    [[nodiscard]] database::Rows rows(const QString &sql) const
    {
        auto found = m_connection->run(sql);
        if (!found)
            qFatal("%s", qUtf8Printable(found.error().detail));
        return *std::move(found);
    }
    [[nodiscard]] qint64 number(const QString &sql) const { return rows(sql).first().integer("n"); }
    [[nodiscard]] qint64 waiting() const
    {
        return number(QStringLiteral("SELECT count(*) AS n FROM outbox_waiting"));
    }
    /// "sent", "failed", "superseded", or "" while it waits.
    [[nodiscard]] QString stateOf(OutboxId id) const
    {
        const auto found = rows(
            QStringLiteral("SELECT state FROM outbox_outcomes WHERE outbox_id = %1").arg(id.value));
        return found.isEmpty() ? QString() : found.first().text("state");
    }
    [[nodiscard]] Json answerOf(OutboxId id) const
    {
        const auto found =
            rows(QStringLiteral("SELECT answer FROM outbox_outcomes WHERE outbox_id = %1")
                     .arg(id.value));
        return found.isEmpty() ? Json() : *core::parseJson(found.first().text("answer").toUtf8());
    }

    core::FakeClock clock;
    QString url;
    FakeProvider provider;
    delivery::CourierSettings settings;
    std::unique_ptr<delivery::Courier> courier;

private:
    static std::unique_ptr<database::Connection> open(const QString &url, database::Role role)
    {
        auto connection = database::Connection::open(url, QStringLiteral("test"), role);
        if (!connection)
            qFatal("%s", qUtf8Printable(connection.error().detail));
        return *std::move(connection);
    }
    static void migrate(const QString &url)
    {
        const auto done = database::migrate(*open(url, database::Role::Owner));
        if (!done)
            qFatal("%s", qUtf8Printable(done.error().detail));
    }

    std::unique_ptr<database::Connection> m_connection;
    int m_keys = 0;
};

} // namespace tests
