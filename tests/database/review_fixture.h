#pragma once

#include "assembly/conservation.h"
#include "deposits/event_log.h"
#include "operators/deposit_desk.h"
#include "tests/database/deposit_fixture.h"
#include "tests/database/operator_fixture.h"

namespace tests {

/// Deposits of Asha, and the people who decide about them.
class ReviewStage : public OperatorStage {
protected:
    ReviewStage();
    /// Five operators, and Asha, who reads French and has nothing.
    void startReviews();
    /// A deposit of 50 USD whose address is shown; expects one LTC as "pay-<id>".
    [[nodiscard]] qint64 toAddress();
    void tell(qint64 deposit, Json event);
    void answerStatus(qint64 deposit, Json body, int http = 200, bool isForAmount = false);
    /// Settled, as both the webhook and the provider say.
    void pay(qint64 deposit, const char *amount, const char *transaction = "tx-a");
    [[nodiscard]] QString state(qint64 deposit)
    {
        return value(QStringLiteral("SELECT state AS answer FROM deposits WHERE id = %1"), deposit);
    }
    /// "kind state" of the deposit's reviews, oldest first.
    [[nodiscard]] QStringList reviews(qint64 deposit)
    {
        return column(*m_connection, QStringLiteral("SELECT kind || ' ' || state AS answer FROM "
                                                    "deposit_reviews WHERE deposit_id = %1 ORDER "
                                                    "BY id")
                                         .arg(deposit));
    }
    /// The newest one of that kind; 0: none.
    [[nodiscard]] qint64 review(const char *kind)
    {
        return count(qPrintable(QStringLiteral("SELECT coalesce(max(id), 0) FROM deposit_reviews "
                                               "WHERE kind = '%1'")
                                    .arg(QLatin1String(kind))));
    }
    /// As the command line does it: looked at, then done with what was shown.
    [[nodiscard]] Finished decide(const QString &who, const char *action, Json payload,
                                  const QString &key);
    [[nodiscard]] Finished decide(const QString &who, const char *action, qint64 review,
                                  const QString &key)
    {
        return decide(who, action, Json({{"review", review}}), key);
    }
    [[nodiscard]] QStringList told()
    {
        return column(*m_connection, QStringLiteral("SELECT payload->'texts'->0->>'key' AS answer "
                                                    "FROM outbox WHERE method = 'sendMessage' "
                                                    "ORDER BY id"));
    }
    [[nodiscard]] Money available(qint64 customer = kAsha)
    {
        return balance(*m_connection, customer).available;
    }
    [[nodiscard]] qint64 suspense()
    {
        return count("SELECT coalesce(sum(amount), 0) FROM entries WHERE account = 'suspense'");
    }
    void record(queue::NewEntry entry);
    void checkBooks();

    std::unique_ptr<deposits::DepositFlow> m_deposits;
    std::unique_ptr<operators::DepositDesk> m_desk;
    deposits::EventLog m_eventLog;
    int m_recorded = 0;
    const QString m_finance = QStringLiteral("finance");
    const QString m_senior = QStringLiteral("senior");

private:
    [[nodiscard]] QString value(const QString &sql, qint64 id)
    {
        return column(*m_connection, sql.arg(id)).value(0);
    }
};

inline ReviewStage::ReviewStage()
{
    m_deposits = std::make_unique<deposits::DepositFlow>(*m_messenger, deposits::Rule::Guarded);
    m_deposits->addRoutes(m_routes);
    m_desk = std::make_unique<operators::DepositDesk>(*m_deposits, *m_catalogue, kInstallationKey);
    m_desk->addRoutes(m_routes);
    m_eventLog.addRoutes(m_routes);
    m_routes.add({.kind = QStringLiteral("test.begin"),
                  .order = engine::Order::Ordered,
                  .handle = [this](const engine::Event &,
                                   engine::Context &context) -> Result<engine::Outcome> {
                      const auto customer =
                          customers::find(context.transaction(), CustomerId{kAsha});
                      const auto begun =
                          m_deposits->begin(context, **customer, kAsked, QStringLiteral("LTC"));
                      return begun ? Result<engine::Outcome>(engine::Outcome::Handled)
                                   : failure(begun.error());
                  }});
}

inline void ReviewStage::startReviews()
{
    startStage();
    addCustomer(*m_connection, kAsha, QStringLiteral("Asha"));
    if (!m_connection->run(QStringLiteral("UPDATE customers SET language = 'fr' WHERE id = ?"),
                           {kAsha}))
        qFatal("no French");
}

inline void ReviewStage::record(queue::NewEntry entry)
{
    entry.externalId = QStringLiteral("test-%1").arg(++m_recorded);
    const auto recorded = queue::record(*m_connection, std::span(&entry, 1), m_clock.now());
    if (!recorded || recorded->front().outcome != queue::RecordOutcome::Recorded)
        qFatal("not recorded");
    handleAll();
}

inline qint64 ReviewStage::toAddress()
{
    const QString lane = QStringLiteral("customer:%1").arg(kAsha);
    record({.source = queue::Source::Internal,
            .externalId = {},
            .lane = lane,
            .kind = QStringLiteral("test.begin"),
            .payload = "{}"});
    const qint64 id = count("SELECT max(id) FROM deposits");
    Json body = createdBody();
    body["data"]["transaction_id"] = "pay-" + std::to_string(id);
    body["data"]["address"] = "LXmB1rTq9c" + std::to_string(id);
    const QString text = QString::fromUtf8(core::toBytes(body));
    record({.source = queue::Source::Delivery,
            .externalId = {},
            .lane = lane,
            .kind = QStringLiteral("deposit.created"),
            .payload = core::toBytes(
                {{"request", {{"deposit", id}}}, {"answer", {{"http", 200}, {"body", text}}}})});
    return id;
}

inline void ReviewStage::tell(qint64 deposit, Json event)
{
    if (event.contains("payment_id") && event["payment_id"] == "pay-1")
        event["payment_id"] = "pay-" + std::to_string(deposit);
    record({.source = queue::Source::Dynopay,
            .externalId = {},
            .lane = {},
            .kind = QStringLiteral("dynopay.webhook"),
            .payload = core::toBytes(event),
            .routeTokenSha256 =
                core::sha256(core::callbackToken(kInstallationKey, DepositId{deposit}))});
}

inline void ReviewStage::answerStatus(qint64 deposit, Json body, int http, bool isForAmount)
{
    if (body.contains("data") && !isForAmount)
        body["data"]["payment_id"] = "pay-" + std::to_string(deposit);
    const QString text = QString::fromUtf8(core::toBytes(body));
    record({.source = queue::Source::Delivery,
            .externalId = {},
            .lane = QStringLiteral("customer:%1").arg(kAsha),
            .kind = QStringLiteral("deposit.status"),
            .payload = core::toBytes(
                {{"request",
                  {{"deposit", deposit}, {"by_address", isForAmount}, {"for_amount", isForAmount}}},
                 {"answer", {{"http", http}, {"body", text}}}})});
}

inline void ReviewStage::pay(qint64 deposit, const char *amount, const char *transaction)
{
    tell(deposit, news("payment.settled", amount, transaction));
    answerStatus(deposit, statusBody("settled", amount));
}

inline OperatorStage::Finished ReviewStage::decide(const QString &who, const char *action,
                                                   Json payload, const QString &key)
{
    payload["v"] = 1;
    if (!payload.contains("reason"))
        payload["reason"] = "ticket 4711";
    Json shown = payload;
    shown["action"] = action;
    const Finished preview =
        command(who, "deposit.preview", shown, key + QStringLiteral("-preview"));
    if (preview.state != QLatin1String("done"))
        return preview;
    payload["hash"] = core::textMember(preview.answer, "hash").value_or(QString());
    const QByteArray kind = QByteArray("deposit.") + action;
    return command(who, kind.constData(), payload, key);
}

/// Whatever was done, the books are sound and nothing was dropped on the way.
inline void ReviewStage::checkBooks()
{
    const auto verified = ledger::verify(*m_connection);
    QVERIFY(verified);
    QVERIFY(verified->isSound());
    QCOMPARE(count("SELECT count(*) FROM inbox_outcomes WHERE state = 'dead'"), 0);
    // What waits in suspense is what open reviews say.
    QCOMPARE(suspense(), count("SELECT coalesce(sum(in_suspense), 0) FROM deposit_reviews WHERE "
                               "state = 'open'"));
    // Each credit is named by its deposit, or by the review that gave it to somebody; but for the
    // money that the tests make themselves.
    const auto counted = assembly::readConservation(*m_connection, m_clock.now());
    QVERIFY(counted);
    const qint64 made = count("SELECT coalesce(sum(available + debt), 0) FROM transfers WHERE "
                              "request_key = 'deposit:made'");
    for (const assembly::Equation &equation : counted->equations)
        QVERIFY2(equation.name != QLatin1String("deposits") ||
                     equation.left + made == equation.right,
                 qUtf8Printable(equation.words()));
}

} // namespace tests
