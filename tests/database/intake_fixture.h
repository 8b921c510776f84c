#pragma once

#include "core/crypto.h"
#include "database/migrations.h"
#include "database/transaction.h"
#include "intake/webhook_server.h"

#include "tests/http/http_client.h"
#include "tests/support/test_cluster.h"

#include <QTest>

namespace tests {

inline const QByteArray kBotSecret = "telegram-secret-0123456789";
inline const QByteArray kRetellKey = "key_0123456789abcdef";
inline const QByteArray kWebhookSecret = "whsec_example_only_0123456789abcdef";
inline constexpr std::chrono::seconds kUnixNow{1'790'000'000};

inline core::Settings intakeSettings()
{
    core::Settings settings;
    settings.listen = {QHostAddress(QHostAddress::LocalHost), 0};
    settings.telegramBotToken = QStringLiteral("4242:AAAA");
    settings.telegramWebhookSecret = QString::fromLatin1(kBotSecret);
    settings.retellApiKey = QString::fromLatin1(kRetellKey);
    settings.dynopayWebhookSecrets = {QString::fromLatin1(kWebhookSecret)};
    return settings;
}

/// A new database with the schema in it.
inline QString migratedDatabase(TestCluster &cluster)
{
    return cluster.databaseFrom(QStringLiteral("migrated"), [](const QString &url) {
        auto owner = database::Connection::open(url, QStringLiteral("test"), database::Role::Owner);
        if (!owner || !database::migrate(**owner))
            qFatal("the migrations cannot be applied");
    });
}

/// Looks into the database with a connection of its own each time, so it may be restarted between.
inline QString ask(const QString &url, const QString &sql)
{
    auto connection =
        database::Connection::open(url, QStringLiteral("test"), database::Role::Owner);
    if (!connection)
        return connection.error().detail;
    const auto rows = (*connection)->run(QStringLiteral("SELECT (%1)::text AS answer").arg(sql));
    return rows ? rows->first().text("answer") : rows.error().detail;
}

/// As long as it lives, nobody can write to the inbox.
class InboxLock {
public:
    explicit InboxLock(const QString &url)
        : m_connection(
              *database::Connection::open(url, QStringLiteral("lock"), database::Role::Owner))
        , m_transaction(*database::Transaction::begin(*m_connection))
    {
        if (!m_connection->runScript(QStringLiteral("LOCK TABLE inbox_keys IN EXCLUSIVE MODE")))
            qFatal("no lock");
    }

private:
    std::unique_ptr<database::Connection> m_connection;
    database::Transaction m_transaction;
};

inline QByteArray update(qint64 id, const QByteArray &text = "hi")
{
    return R"({"update_id":)" + QByteArray::number(id) +
           R"(,"message":{"message_id":1,"date":1,"chat":{"id":77,"type":"private"},"from":{"id":77},"text":")" +
           text + R"("}})";
}

inline QByteArray telegramPost(const QByteArray &body, const QByteArray &secret = kBotSecret)
{
    return post("/webhooks/telegram", body, "X-Telegram-Bot-Api-Secret-Token: " + secret + "\r\n");
}

/// The webhook server on a database of its own.
struct IntakeFixture {
    explicit IntakeFixture(TestCluster &cluster = TestCluster::instance(),
                           const core::Settings &settings = intakeSettings(),
                           http::Limits limits = {})
        : url(migratedDatabase(cluster))
        , server(thread, clock,
                 {.settings = settings,
                  .databaseUrl = url,
                  .pages = {[](const http::Request &request) -> std::optional<http::Response> {
                      if (request.path != "/terms")
                          return std::nullopt;
                      return http::Response{.body = "terms " + request.query};
                  }},
                  .recorded = [this] { ++wakes; },
                  .limits = limits})
        , port(server.start().value())
    {
    }

    [[nodiscard]] qint64 count(const QString &table) const
    {
        return ask(url, QStringLiteral("SELECT count(*) FROM ") + table).toLongLong();
    }

    void addRoute(const QByteArray &token, const QString &lane) const
    {
        auto connection = *database::Connection::open(url, QStringLiteral("test"));
        const auto added =
            database::inTransaction(*connection, [&](database::Transaction &transaction) {
                return queue::addRoute(transaction, core::sha256(token), lane);
            });
        if (!added)
            qFatal("no route");
    }

    /// True when the writer's statement waits for an InboxLock: what comes now gathers behind it.
    [[nodiscard]] bool isWriterBlocked() const
    {
        return count(QStringLiteral("pg_locks WHERE NOT granted AND database = (SELECT oid FROM "
                                    "pg_database WHERE datname = current_database())")) > 0;
    }

    /// A figure of /metrics without labels.
    [[nodiscard]] qint64 metric(const QByteArray &name)
    {
        QByteArray text;
        thread.run([&] { text = '\n' + intake::prometheusText(server.metrics()); });
        const QByteArray rest = text.mid(text.indexOf('\n' + name + ' ') + name.size() + 2);
        return rest.left(rest.indexOf('\n')).toLongLong();
    }

    /// Status of the answer to one request on a connection of its own; 0: none came.
    [[nodiscard]] int statusOf(const QByteArray &bytes) const
    {
        RawClient client(port);
        client.send(bytes);
        return QTest::qWaitFor([&] { return client.responses() > 0; }) ? client.status() : 0;
    }

    QString url;
    core::FakeClock clock{Timestamp(kUnixNow)};
    std::atomic<int> wakes = 0;
    intake::HttpThread thread;
    intake::WebhookServer server;
    quint16 port;
};

} // namespace tests
