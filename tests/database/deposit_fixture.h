#pragma once

#include "core/callback_token.h"
#include "core/crypto.h"
#include "deposits/deposit_flow.h"
#include "tests/database/engine_fixture.h"
#include "tests/database/ledger_fixture.h"

namespace tests {

using namespace std::chrono_literals;

inline constexpr qint64 kAsha = 7001;
inline const QString kLane = QStringLiteral("customer:7001");
inline const Money kAsked = Money::fromCents(50'00);

inline Json json(const char *text)
{
    return Json::parse(text);
}

/// What DynoPay answers when an address was made.
inline Json createdBody()
{
    return json(R"({"success":true,"data":{"transaction_id":"pay-1","address":"LXmB1rTq9c",
                    "amount":"1","currency":"LTC"}})");
}

/// "settled", ...: what DynoPay answers when it is asked about the payment.
inline Json statusBody(const char *word, const char *received)
{
    return {{"success", true},
            {"data",
             {{"payment_id", "pay-1"},
              {"payment_status", word},
              {"is_paid", qstrcmp(word, "settled") == 0},
              {"currency", "LTC"},
              {"amount", "1"},
              {"amount_received", received},
              {"confirmations", 2},
              {"required_confirmations", 6}}}};
}

/// What it answers about the address.
inline Json chainBody(const char *word, const char *received, const char *expected = "1")
{
    return {{"success", true},
            {"data",
             {{"status", word},
              {"paidAmount", received},
              {"expectedAmount", expected},
              {"currency", "LTC"}}}};
}

inline Json news(const char *name, const char *amount, const char *transaction = "tx-a")
{
    return {{"event", name},
            {"payment_id", "pay-1"},
            {"amount", amount},
            {"currency", "LTC"},
            {"txId", transaction}};
}

/// A deposit step by step, without a network: what arrives are rows, and so is what leaves.
class DepositStage : public QObject {
protected:
    DepositStage();
    /// An empty database with one customer, in the morning.
    void start();

    void record(queue::NewEntry entry);
    void begin(const char *coin = "LTC");
    void answerCreation(const Json &body, int http = 200, qint64 deposit = 1);
    void answerStatus(const Json &body, int http = 200, bool byAddress = false);
    /// What the chain had, asked since the payment's status had not told it.
    void answerAmount(const Json &body, int http = 200, const char *transaction = "");
    void tell(const Json &event);
    void toAddress();
    void pay(const char *amount);
    /// Moves the clock, in steps, and lets the timers that come due do their work.
    void wait(std::chrono::minutes duration, std::chrono::minutes step);
    [[nodiscard]] QString value(const char *column);
    [[nodiscard]] qint64 asked(const char *method = "getPaymentStatus");
    [[nodiscard]] QStringList told();
    [[nodiscard]] qint64 transfers()
    {
        return number(*m_connection, QStringLiteral("(SELECT count(*) FROM transfers)"));
    }
    [[nodiscard]] qint64 dead()
    {
        return number(*m_connection,
                      QStringLiteral("(SELECT count(*) FROM inbox_outcomes WHERE state = 'dead') + "
                                     "(SELECT count(*) FROM inbox_waiting)"));
    }

    std::shared_ptr<const language::Catalogue> m_catalogue;
    std::unique_ptr<customers::Messenger> m_messenger;
    std::unique_ptr<deposits::DepositFlow> m_flow;
    QString m_url;
    std::unique_ptr<database::Connection> m_connection;
    engine::RoutingTable m_routes;
    core::FakeClock m_clock{kMorning};
    engine::Counters m_counters;
    std::unique_ptr<engine::Worker> m_worker;
    int m_recorded = 0;
    bool m_mayBegin = true;
};

inline DepositStage::DepositStage()
{
    const auto loaded = language::Catalogue::load();
    if (!loaded)
        qFatal("no catalogue");
    m_catalogue = *loaded;
    m_messenger = std::make_unique<customers::Messenger>(m_catalogue);
    m_flow = std::make_unique<deposits::DepositFlow>(*m_messenger, deposits::Rule::Guarded);
    m_flow->addRoutes(m_routes);
    m_routes.add({.kind = QStringLiteral("test.begin"),
                  .order = engine::Order::Ordered,
                  .handle = [this](const engine::Event &event,
                                   engine::Context &context) -> Result<engine::Outcome> {
                      const auto customer =
                          customers::find(context.transaction(), CustomerId{kAsha});
                      const auto may = m_flow->mayBegin(context, **customer);
                      if (!may)
                          return failure(may.error());
                      m_mayBegin = *may;
                      const auto begun =
                          m_flow->begin(context, **customer, kAsked,
                                        core::textMember(event.payload, "coin").value());
                      if (!begun)
                          return failure(begun.error());
                      return engine::Outcome::Handled;
                  }});
}

inline void DepositStage::start()
{
    m_connection.reset();
    m_url = emptiedDatabase();
    m_connection = openConnection(m_url);
    addCustomer(*m_connection, kAsha, QStringLiteral("Asha"));
    m_clock.set(kMorning);
    m_worker = std::make_unique<engine::Worker>(m_routes, m_clock, kInstallationKey, m_counters);
}

inline void DepositStage::record(queue::NewEntry entry)
{
    entry.externalId = QString::number(++m_recorded);
    const auto recorded = queue::record(*m_connection, std::span(&entry, 1), m_clock.now());
    if (!recorded || recorded->front().outcome != queue::RecordOutcome::Recorded)
        qFatal("not recorded");
    for (int rows = 1; rows > 0;) {
        const auto pass = m_worker->runOnce(*m_connection);
        rows = pass ? pass->rows : 0;
    }
}

inline void DepositStage::begin(const char *coin)
{
    record({.source = queue::Source::Internal,
            .externalId = {},
            .lane = kLane,
            .kind = QStringLiteral("test.begin"),
            .payload = core::toBytes({{"coin", coin}})});
}

inline void DepositStage::answerCreation(const Json &body, int http, qint64 deposit)
{
    const QString text = QString::fromUtf8(core::toBytes(body));
    record({.source = queue::Source::Delivery,
            .externalId = {},
            .lane = kLane,
            .kind = QStringLiteral("deposit.created"),
            .payload = core::toBytes({{"request", {{"deposit", deposit}}},
                                      {"answer", {{"http", http}, {"body", text}}}})});
}

inline void DepositStage::answerStatus(const Json &body, int http, bool byAddress)
{
    const QString text = QString::fromUtf8(core::toBytes(body));
    record({.source = queue::Source::Delivery,
            .externalId = {},
            .lane = kLane,
            .kind = QStringLiteral("deposit.status"),
            .payload = core::toBytes({{"request", {{"deposit", 1}, {"by_address", byAddress}}},
                                      {"answer", {{"http", http}, {"body", text}}}})});
}

inline void DepositStage::answerAmount(const Json &body, int http, const char *transaction)
{
    const QString text = QString::fromUtf8(core::toBytes(body));
    record({.source = queue::Source::Delivery,
            .externalId = {},
            .lane = kLane,
            .kind = QStringLiteral("deposit.status"),
            .payload = core::toBytes({{"request",
                                       {{"deposit", 1},
                                        {"by_address", true},
                                        {"for_amount", true},
                                        {"transaction", transaction}}},
                                      {"answer", {{"http", http}, {"body", text}}}})});
}

inline void DepositStage::tell(const Json &event)
{
    record({.source = queue::Source::Dynopay,
            .externalId = {},
            .lane = {},
            .kind = QStringLiteral("dynopay.webhook"),
            .payload = core::toBytes(event),
            .routeTokenSha256 = core::sha256(core::callbackToken(kInstallationKey, DepositId{1}))});
}

inline void DepositStage::toAddress()
{
    begin();
    answerCreation(createdBody());
    QCOMPARE(value("state"), QStringLiteral("awaiting_payment"));
}

inline void DepositStage::pay(const char *amount)
{
    tell(news("payment.pending", amount));
    tell(news("payment.confirmed", amount));
    tell(news("payment.settled", amount));
    QCOMPARE(value("state"), QStringLiteral("verifying"));
    answerStatus(statusBody("settled", amount));
}

inline void DepositStage::wait(std::chrono::minutes duration, std::chrono::minutes step)
{
    for (std::chrono::minutes waited = 0min; waited < duration; waited += step) {
        m_clock.advance(step);
        const auto fired = committed<int>(*m_connection, [&](database::Transaction &transaction) {
            return queue::fireDue(transaction, m_clock.now());
        });
        QVERIFY(fired);
        for (int rows = *fired; rows > 0;) {
            const auto pass = m_worker->runOnce(*m_connection);
            QVERIFY(pass);
            rows = pass->rows;
        }
    }
}

inline QString DepositStage::value(const char *name)
{
    return column(*m_connection, QStringLiteral("SELECT %1 AS answer FROM deposits WHERE id = 1")
                                     .arg(QLatin1String(name)))
        .value(0);
}

inline qint64 DepositStage::asked(const char *method)
{
    return number(*m_connection, QStringLiteral("(SELECT count(*) FROM outbox WHERE method = '%1')")
                                     .arg(QLatin1String(method)));
}

inline QStringList DepositStage::told()
{
    return column(*m_connection,
                  QStringLiteral("SELECT payload->'texts'->0->>'key' AS answer FROM outbox "
                                 "WHERE method = 'sendMessage' ORDER BY id"));
}

} // namespace tests
