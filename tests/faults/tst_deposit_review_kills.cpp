#include "core/crypto.h"
#include "tests/support/journey_stage.h"
#include "tests/support/test_main.h"

#include <QTest>

namespace tst_deposit_review_kills {

using namespace tests;
using namespace std::chrono_literals;

namespace {

constexpr qint64 kAsha = 8500;
const QByteArray kToken = QByteArrayLiteral("a token that only this console knows");
constexpr int kPatienceMs = 30'000;

} // namespace

/// A decision about a deposit whose server is killed (SIGKILL) on the way: none, or exactly one.
class TestDepositReviewKills final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void killedServerDecidesOnce_data();
    void killedServerDecidesOnce();
    void cleanupTestCase();

private:
    /// Through the console's role; the command's id.
    qint64 submit(const char *kind, const Json &payload);
    [[nodiscard]] QString stateOf(qint64 command);
    /// A deposit that was paid twice over, all told; its review of what is in suspense.
    [[nodiscard]] qint64 overpaid();

    std::unique_ptr<JourneyStage> m_stage;
    std::unique_ptr<database::Connection> m_console;
    std::vector<JourneyCustomer> m_customers;
    int m_keys = 0;
};

void TestDepositReviewKills::initTestCase()
{
    m_stage = std::make_unique<JourneyStage>();
    const auto owner = database::Connection::open(m_stage->databaseUrl(), QStringLiteral("test"),
                                                  database::Role::Owner);
    m_console = *database::Connection::open(m_stage->databaseUrl(), QStringLiteral("test"),
                                            database::Role::Console);
    QVERIFY((*owner)->runScript(QStringLiteral(
        "UPDATE operator_settings SET is_solo = true; "
        "INSERT INTO operators (name, passphrase_hash, roles, created_at, changed_at, cause_id) "
        "VALUES ('maria', '$argon2id$', '{finance}', now(), now(), 0)")));
    QVERIFY((*owner)->run(
        QStringLiteral("INSERT INTO operator_sessions (operator_id, token_sha256, origin, "
                       "started_at, seen_at, active_at, idle_s, ends_at, cause_id) VALUES (1, ?, "
                       "'local', now(), now(), now(), 3600, now() + interval '1 hour', 0)"),
        {core::sha256(kToken)}));
    m_stage->startServer();
    for (int i = 0; i < 6; ++i)
        m_customers.emplace_back(*m_stage, kAsha + i, QStringLiteral("fr"));
    QCOMPARE(topUpTogether(*m_stage, m_customers), QString());
    for (const JourneyCustomer &customer : m_customers)
        m_stage->pay(customer.id(), {QStringLiteral("over(2)")});
    QVERIFY(m_stage->until(
        [&] {
            return m_stage->isQuiet() &&
                   m_stage->number(QStringLiteral("SELECT count(*) FROM deposit_reviews WHERE kind "
                                                  "= 'excess'")) == 6;
        },
        kPatienceMs, 1s));
    QVERIFY(m_stage->server().stop(10s));
}

void TestDepositReviewKills::cleanupTestCase()
{
    const ProgramRun run = m_stage->verb({QStringLiteral("ledger"), QStringLiteral("verify")});
    QVERIFY2(run.exitCode == 0, qUtf8Printable(run.words()));
    QCOMPARE(m_stage->number(QStringLiteral("SELECT coalesce(sum(amount), 0)::bigint FROM entries "
                                            "WHERE account = 'suspense'")),
             0);
    m_customers.clear();
    m_console.reset();
    m_stage.reset();
}

qint64 TestDepositReviewKills::submit(const char *kind, const Json &payload)
{
    const auto rows = m_console->run(
        QStringLiteral("SELECT id, outcome FROM console.submit_command(?::bytea, ?, ?::jsonb, ?)"),
        {kToken, QLatin1String(kind), QString::fromUtf8(core::toBytes(payload)),
         QStringLiteral("key-%1").arg(++m_keys)});
    return rows ? rows->first().integer("id") : 0;
}

QString TestDepositReviewKills::stateOf(qint64 command)
{
    return m_stage->value(QStringLiteral("SELECT state FROM commands WHERE inbox_id = ?"),
                          {command});
}

qint64 TestDepositReviewKills::overpaid()
{
    return m_stage->number(QStringLiteral("SELECT min(id) FROM deposit_reviews WHERE kind = "
                                          "'excess' AND state = 'open'"));
}

void TestDepositReviewKills::killedServerDecidesOnce_data()
{
    QTest::addColumn<QString>("point");
    for (const char *point : {"review.transfer:1", "review.settled:1", "review.told:1",
                              "command.finished:1", "engine.handled:1", "engine.committed:1"})
        QTest::addRow("%s", point) << QString::fromLatin1(point);
}

void TestDepositReviewKills::killedServerDecidesOnce()
{
    QFETCH(QString, point);
    const qint64 review = overpaid();
    const qint64 customer = m_stage->number(
        QStringLiteral("SELECT customer_id FROM deposit_reviews WHERE id = ?"), {review});
    QCOMPARE(m_stage->balanceOf(customer), QStringLiteral("25.00"));
    Json wish = {{"review", review}, {"action", "credit_excess"}, {"reason", "drill"}};
    m_stage->startServer();
    const qint64 preview = submit("deposit.preview", wish);
    QVERIFY(m_stage->until([&] { return stateOf(preview) == QLatin1String("done"); }, kPatienceMs));
    wish["hash"] = m_stage
                       ->value(QStringLiteral("SELECT answer ->> 'hash' FROM commands WHERE "
                                              "inbox_id = ?"),
                               {preview})
                       .toStdString();
    QVERIFY(m_stage->until([&] { return m_stage->isQuiet(); }, kPatienceMs));
    QVERIFY(m_stage->server().stop(10s));

    m_stage->launchServer(0, {{QStringLiteral("SPEECHCAD_KILL_AT"), point}});
    const qint64 command = submit("deposit.credit_excess", wish);
    QVERIFY(command > 0);
    QVERIFY(m_stage->server().waitForEnd(30s));
    QCOMPARE(m_stage->server().exitCode(), -1); // killed, as it was meant to be
    m_stage->startServer();
    QVERIFY(m_stage->until([&] { return stateOf(command) == QLatin1String("done"); }, kPatienceMs));
    QVERIFY(m_stage->until([&] { return m_stage->isQuiet(); }, kPatienceMs));
    QCOMPARE(m_stage->balanceOf(customer), QStringLiteral("50.00"));
    QCOMPARE(m_stage->number(QStringLiteral("SELECT count(*) FROM transfers WHERE customer_id = ?"),
                             {customer}),
             2);
    QCOMPARE(m_stage->number(QStringLiteral("SELECT count(*) FROM outbox WHERE cause_id = ?"),
                             {command}),
             1);
    QCOMPARE(
        m_stage->number(QStringLiteral("SELECT count(*) FROM audit WHERE cause_id = ?"), {command}),
        1);
    QCOMPARE(m_stage->stateOf(customer), QStringLiteral("credited"));
    QVERIFY(m_stage->server().stop(10s));
}

REGISTER_TEST(TestDepositReviewKills);

} // namespace tst_deposit_review_kills

#include "tst_deposit_review_kills.moc"
