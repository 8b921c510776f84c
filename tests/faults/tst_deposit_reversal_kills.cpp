#include "core/crypto.h"
#include "tests/support/journey_stage.h"
#include "tests/support/test_main.h"

#include <QTest>

namespace tst_deposit_reversal_kills {

using namespace tests;
using namespace std::chrono_literals;

namespace {

constexpr qint64 kFirst = 8700;
constexpr int kPatienceMs = 30'000;

} // namespace

/// A deposit that is taken back, with the server killed (SIGKILL) on the way: not at all, or once.
class TestDepositReversalKills final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void killedServerTakesBackOnce_data();
    void killedServerTakesBackOnce();
    void cleanupTestCase();

private:
    qint64 submit(const char *who, const char *kind, const Json &payload);
    [[nodiscard]] bool isDone(qint64 command)
    {
        return m_stage->value(QStringLiteral("SELECT state FROM commands WHERE inbox_id = ?"),
                              {command}) == QLatin1String("done");
    }
    [[nodiscard]] QString answerOf(qint64 command, const char *member)
    {
        return m_stage->value(QStringLiteral("SELECT answer ->> '%1' FROM commands WHERE inbox_id "
                                             "= ?")
                                  .arg(QLatin1String(member)),
                              {command});
    }

    std::unique_ptr<JourneyStage> m_stage;
    std::unique_ptr<database::Connection> m_console;
    std::vector<JourneyCustomer> m_customers;
    size_t m_next = 0;
    int m_keys = 0;
};

void TestDepositReversalKills::initTestCase()
{
    m_stage = std::make_unique<JourneyStage>();
    const auto owner = database::Connection::open(m_stage->databaseUrl(), QStringLiteral("test"),
                                                  database::Role::Owner);
    m_console = *database::Connection::open(m_stage->databaseUrl(), QStringLiteral("test"),
                                            database::Role::Console);
    for (const char *who : {"asker", "agrees"})
        QVERIFY((*owner)->run(
            QStringLiteral("WITH o AS (INSERT INTO operators (name, passphrase_hash, roles, "
                           "created_at, changed_at, cause_id) VALUES (?, '$argon2id$', "
                           "'{finance}', now(), now(), 0) RETURNING id) INSERT INTO "
                           "operator_sessions (operator_id, token_sha256, origin, started_at, "
                           "seen_at, active_at, idle_s, ends_at, cause_id) SELECT id, ?, 'local', "
                           "now(), now(), now(), 36000, now() + interval '10 hours', 0 FROM o"),
            {QLatin1String(who), core::sha256(who)}));
    m_stage->startServer();
    for (int i = 0; i < 7; ++i)
        m_customers.emplace_back(*m_stage, kFirst + i, QStringLiteral("fr"));
    QCOMPARE(topUpTogether(*m_stage, m_customers), QString());
    for (const JourneyCustomer &customer : m_customers)
        m_stage->pay(customer.id(), {QStringLiteral("exact")});
    QVERIFY(m_stage->until(
        [&] {
            return m_stage->isQuiet() &&
                   m_stage->number(QStringLiteral("SELECT count(*) FROM deposits WHERE state = "
                                                  "'credited'")) == 7;
        },
        kPatienceMs, 1s));
    QVERIFY(m_stage->server().stop(10s));
}

qint64 TestDepositReversalKills::submit(const char *who, const char *kind, const Json &payload)
{
    const auto rows = m_console->run(
        QStringLiteral("SELECT id FROM console.submit_command(?::bytea, ?, ?::jsonb, ?)"),
        {QByteArray(who), QLatin1String(kind), QString::fromUtf8(core::toBytes(payload)),
         QStringLiteral("key-%1").arg(++m_keys)});
    return rows ? rows->first().integer("id") : 0;
}

void TestDepositReversalKills::killedServerTakesBackOnce_data()
{
    QTest::addColumn<QString>("point");
    QTest::addColumn<bool>("isOfRequest");
    QTest::newRow("asked for") << QStringLiteral("adjustment.requested:1") << true;
    for (const char *point :
         {"reversal.transfer:2", "adjustment.transfer:2", "adjustment.written:1",
          "command.finished:1", "engine.handled:1", "engine.committed:1"})
        QTest::addRow("agreed to, %s", point) << QString::fromLatin1(point) << false;
}

void TestDepositReversalKills::killedServerTakesBackOnce()
{
    QFETCH(QString, point);
    QFETCH(bool, isOfRequest);
    const qint64 customer = m_customers[m_next++].id();
    const qint64 deposit = m_stage->number(
        QStringLiteral("SELECT id FROM deposits WHERE customer_id = ?"), {customer});
    const Json wish = {{"v", 1}, {"deposit", deposit}, {"reason", "it never settled at all"}};
    const Environment fault = {{QStringLiteral("SPEECHCAD_KILL_AT"), point}};
    const auto killedDuring = [&](const char *who, const char *kind, const Json &payload) {
        m_stage->launchServer(0, fault);
        const qint64 command = submit(who, kind, payload);
        if (!m_stage->server().waitForEnd(30s) || m_stage->server().exitCode() != -1)
            return qint64(0);
        m_stage->startServer();
        return m_stage->until([&] { return isDone(command); }, kPatienceMs) ? command : qint64(0);
    };
    qint64 asked = 0;
    if (isOfRequest) {
        asked = killedDuring("asker", "deposit.reverse", wish);
    } else {
        m_stage->startServer();
        asked = submit("asker", "deposit.reverse", wish);
        QVERIFY(m_stage->until([&] { return isDone(asked); }, kPatienceMs));
    }
    QVERIFY(asked > 0);
    const Json agree = {{"v", 1},
                        {"adjustment", answerOf(asked, "adjustment").toLongLong()},
                        {"hash", answerOf(asked, "hash")}};
    QVERIFY(m_stage->until([&] { return m_stage->isQuiet(); }, kPatienceMs));
    qint64 agreed = 0;
    if (isOfRequest) {
        agreed = submit("agrees", "adjustment.approve", agree);
        QVERIFY(m_stage->until([&] { return isDone(agreed); }, kPatienceMs));
    } else {
        QVERIFY(m_stage->server().stop(10s));
        agreed = killedDuring("agrees", "adjustment.approve", agree);
    }
    QVERIFY(agreed > 0);
    QVERIFY(m_stage->until([&] { return m_stage->isQuiet(); }, kPatienceMs, 1s));
    QCOMPARE(m_stage->balanceOf(customer), QStringLiteral("0.00"));
    QCOMPARE(m_stage->stateOf(customer), QStringLiteral("reversed"));
    QCOMPARE(m_stage->number(QStringLiteral("SELECT count(*) FROM transfers WHERE customer_id = ?"),
                             {customer}),
             2);
    QCOMPARE(
        m_stage->number(QStringLiteral("SELECT count(*) FROM outbox WHERE cause_id = ?"), {agreed}),
        1);
    QVERIFY(m_stage->server().stop(10s));
}

void TestDepositReversalKills::cleanupTestCase()
{
    const ProgramRun run = m_stage->verb({QStringLiteral("ledger"), QStringLiteral("verify")});
    QVERIFY2(run.exitCode == 0, qUtf8Printable(run.words()));
    m_customers.clear();
    m_console.reset();
    m_stage.reset();
}

REGISTER_TEST(TestDepositReversalKills);

} // namespace tst_deposit_reversal_kills

#include "tst_deposit_reversal_kills.moc"
