#include "core/crypto.h"
#include "tests/support/journey_stage.h"
#include "tests/support/paid_call.h"
#include "tests/support/test_main.h"

#include <QTest>

namespace tst_approval_kills {

using namespace tests;
using namespace std::chrono_literals;

namespace {

constexpr qint64 kCamille = 8600;
constexpr int kPatienceMs = 30'000;

} // namespace

/// What people ask for and agree to, with the server killed (SIGKILL) on the way: each step happens
/// once, and with it the money that it moves.
class TestApprovalKills final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void killedServerTakesEachStepOnce_data();
    void killedServerTakesEachStepOnce();
    void killedServerGivesBackByItselfOnce_data();
    void killedServerGivesBackByItselfOnce();
    void cleanupTestCase();

private:
    struct Step {
        const char *who;
        const char *kind;
        Json payload;
    };
    [[nodiscard]] qint64 submit(const Step &step);
    /// The command's id, handled; 0: it was not.
    [[nodiscard]] qint64 give(const Step &step);
    [[nodiscard]] Json answerOf(qint64 command);
    [[nodiscard]] bool isOver(qint64 command)
    {
        return m_stage->number(
                   QStringLiteral("SELECT count(*) FROM commands WHERE inbox_id = ? AND "
                                  "state <> 'sent'"),
                   {command}) == 1;
    }
    /// All before the last step of `flow`, and that step.
    [[nodiscard]] Step lastStepOf(const QString &flow);
    [[nodiscard]] Step lastStepOfPayout(const QString &flow);

    std::unique_ptr<JourneyStage> m_stage;
    std::unique_ptr<database::Connection> m_owner;
    std::unique_ptr<database::Connection> m_console;
    int m_keys = 0;
};

void TestApprovalKills::initTestCase()
{
    m_stage = std::make_unique<JourneyStage>();
    m_owner = *database::Connection::open(m_stage->databaseUrl(), QStringLiteral("test"),
                                          database::Role::Owner);
    m_console = *database::Connection::open(m_stage->databaseUrl(), QStringLiteral("test"),
                                            database::Role::Console);
    for (const char *who : {"asker", "first", "second"})
        QVERIFY(m_owner->run(
            QStringLiteral("WITH o AS (INSERT INTO operators (name, passphrase_hash, roles, "
                           "created_at, changed_at, cause_id) VALUES (?, '$argon2id$', "
                           "'{finance}', now(), now(), 0) RETURNING id) INSERT INTO "
                           "operator_sessions (operator_id, token_sha256, origin, started_at, "
                           "seen_at, active_at, idle_s, ends_at, cause_id) SELECT id, ?, 'local', "
                           "now(), now(), now(), 36000, now() + interval '10 hours', 0 FROM o"),
            {QLatin1String(who), core::sha256(who)}));
    addFrenchCustomer(*m_owner, kCamille);
    // Telegram lets the bot write only to those who have written first.
    m_stage->startServer();
    JourneyCustomer camille(*m_stage, kCamille, QStringLiteral("fr"));
    camille.say(QStringLiteral("/start"));
    QVERIFY(m_stage->until([&] { return m_stage->isQuiet() && !camille.messages().isEmpty(); },
                           kPatienceMs));
    QVERIFY(m_stage->server().stop(10s));
}

void TestApprovalKills::cleanupTestCase()
{
    const ProgramRun run = m_stage->verb({QStringLiteral("ledger"), QStringLiteral("verify")});
    QVERIFY2(run.exitCode == 0, qUtf8Printable(run.words()));
    m_console.reset();
    m_owner.reset();
    m_stage.reset();
}

qint64 TestApprovalKills::submit(const Step &step)
{
    const auto rows = m_console->run(
        QStringLiteral("SELECT id FROM console.submit_command(?::bytea, ?, ?::jsonb, ?)"),
        {QByteArray(step.who), QLatin1String(step.kind),
         QString::fromUtf8(core::toBytes(step.payload)), QStringLiteral("key-%1").arg(++m_keys)});
    return rows ? rows->first().integer("id") : 0;
}

qint64 TestApprovalKills::give(const Step &step)
{
    const qint64 command = submit(step);
    return m_stage->until([&] { return isOver(command); }, kPatienceMs) ? command : 0;
}

Json TestApprovalKills::answerOf(qint64 command)
{
    const auto answer = core::parseJson(
        m_stage
            ->value(QStringLiteral("SELECT answer::text FROM commands WHERE inbox_id = ?"),
                    {command})
            .toUtf8(),
        64);
    return answer ? *answer : Json();
}

TestApprovalKills::Step TestApprovalKills::lastStepOf(const QString &flow)
{
    if (flow.startsWith(QLatin1String("payout")))
        return lastStepOfPayout(flow);
    const bool isRefund = flow.startsWith(QLatin1String("refund"));
    const Json wish =
        isRefund ? Json{{"v", 1},
                        {"call", addPaidCall(*m_owner, kCamille, Money::fromCents(600'00))},
                        {"amount", 600'000'000},
                        {"reason", "bad_audio"}}
                 : Json{{"v", 1},
                        {"customer", kCamille},
                        {"kind", "goodwill"},
                        {"amount", 1'000'000},
                        {"reason", "a bad week for everybody"}};
    const Step request = {"asker", isRefund ? "refund.request" : "adjustment.request", wish};
    if (flow.endsWith(QLatin1String("request")))
        return request;
    const Json asked = answerOf(give(request));
    const char *noun = isRefund ? "refund" : "adjustment";
    const Json agree = {{"v", 1},
                        {noun, core::integerMember(asked, noun).value_or(0)},
                        {"hash", core::textMember(asked, "hash").value_or(QString())}};
    if (flow == QLatin1String("refund withdrawn"))
        return {"asker", "refund.reject", agree};
    const Step first = {"first", isRefund ? "refund.approve" : "adjustment.approve", agree};
    if (flow != QLatin1String("refund second"))
        return first;
    (void)give(first);
    return {"second", "refund.approve", agree};
}

TestApprovalKills::Step TestApprovalKills::lastStepOfPayout(const QString &flow)
{
    const Step request = {"asker",
                          "payout.request",
                          {{"v", 1},
                           {"customer", kCamille},
                           {"amount", 2'000'000},
                           {"destination", "BTC bc1qexampleaddress"},
                           {"reason", "closes the account"}}};
    if (flow.endsWith(QLatin1String("request")))
        return request;
    const Json asked = answerOf(give(request));
    const qint64 id = core::integerMember(asked, "payout").value_or(0);
    const Json agree = {{"v", 1},
                        {"payout", id},
                        {"hash", core::textMember(asked, "hash").value_or(QString())},
                        {"reference", QStringLiteral("0xabcdef%1").arg(id).toStdString()},
                        {"reason", "no such address"}};
    const Step first = {"first", "payout.approve", agree};
    if (flow == QLatin1String("payout first"))
        return first;
    (void)give(first);
    const Step second = {"second", "payout.approve", agree};
    if (flow == QLatin1String("payout second"))
        return second;
    (void)give(second);
    if (flow == QLatin1String("payout failed"))
        return {"first", "payout.failed", agree};
    (void)m_owner->runScript(QStringLiteral(
        "SET session_replication_role = replica; UPDATE payouts SET first_at = first_at - interval "
        "'2 days', second_at = second_at - interval '2 days', payable_from = payable_from - "
        "interval '2 days' WHERE state = 'approved'; SET session_replication_role = origin"));
    return {"first", "payout.paid", agree};
}

void TestApprovalKills::killedServerTakesEachStepOnce_data()
{
    QTest::addColumn<QString>("flow");
    QTest::addColumn<QString>("point");
    QTest::addColumn<qint64>("transfers");
    QTest::addColumn<qint64>("messages");
    const auto row = [](const char *flow, const char *point, qint64 transfers, qint64 messages) {
        QTest::addRow("%s at %s", flow, point)
            << QString::fromLatin1(flow) << QString::fromLatin1(point) << transfers << messages;
    };
    row("refund request", "refund.requested:1", 0, 0);
    row("refund first", "refund.agreed:1", 0, 0);
    row("refund second", "refund.agreed:1", 1, 1);
    row("refund second", "refund.transfer:2", 1, 1); // the first is only looked at
    row("refund second", "refund.written:2", 1, 1);
    row("refund second", "command.finished:1", 1, 1);
    row("refund second", "engine.committed:1", 1, 1);
    row("refund withdrawn", "refund.ended:1", 0, 0);
    row("adjustment request", "adjustment.requested:1", 0, 0);
    row("adjustment approve", "adjustment.transfer:2", 1, 1);
    row("adjustment approve", "adjustment.written:1", 1, 1);
    row("adjustment approve", "engine.committed:1", 1, 1);
    row("payout request", "payout.requested:1", 0, 0);
    row("payout first", "payout.agreed:1", 0, 0);
    row("payout second", "payout.transfer:1", 1, 1);
    row("payout second", "payout.written:1", 1, 1);
    row("payout paid", "payout.paid:1", 0, 1);
    row("payout failed", "payout.returned:1", 1, 1);
    row("payout failed", "engine.committed:1", 1, 1);
}

void TestApprovalKills::killedServerTakesEachStepOnce()
{
    QFETCH(QString, flow);
    QFETCH(QString, point);
    QFETCH(qint64, transfers);
    QFETCH(qint64, messages);
    m_stage->startServer();
    const Step step = lastStepOf(flow);
    QVERIFY(m_stage->until([&] { return m_stage->isQuiet(); }, kPatienceMs));
    QVERIFY(m_stage->server().stop(10s));
    const qint64 before = m_stage->number(QStringLiteral("SELECT count(*) FROM transfers"));

    m_stage->launchServer(0, {{QStringLiteral("SPEECHCAD_KILL_AT"), point}});
    const qint64 command = submit(step);
    QVERIFY(command > 0);
    QVERIFY(m_stage->server().waitForEnd(30s));
    QCOMPARE(m_stage->server().exitCode(), -1); // killed, as it was meant to be
    m_stage->startServer();
    QVERIFY(m_stage->until([&] { return isOver(command); }, kPatienceMs));
    QVERIFY(m_stage->until([&] { return m_stage->isQuiet(); }, kPatienceMs));
    QCOMPARE(m_stage->value(QStringLiteral("SELECT state || code FROM commands WHERE inbox_id = ?"),
                            {command}),
             QStringLiteral("done"));
    QCOMPARE(m_stage->number(QStringLiteral("SELECT count(*) FROM transfers")) - before, transfers);
    QCOMPARE(m_stage->number(QStringLiteral("SELECT count(*) FROM outbox WHERE cause_id = ?"),
                             {command}),
             messages);
    QCOMPARE(
        m_stage->number(QStringLiteral("SELECT count(*) FROM audit WHERE cause_id = ?"), {command}),
        1);
    QVERIFY(m_stage->server().stop(10s));
}

void TestApprovalKills::killedServerGivesBackByItselfOnce_data()
{
    QTest::addColumn<QString>("point");
    for (const char *point : {"automatic.transfer:1", "automatic.written:1", "engine.committed:1"})
        QTest::addRow("%s", point) << QString::fromLatin1(point);
}

void TestApprovalKills::killedServerGivesBackByItselfOnce()
{
    QFETCH(QString, point);
    const qint64 call = addPaidCall(*m_owner, kCamille, Money::fromCents(2'00));
    QVERIFY(m_owner->run(
        QStringLiteral(
            "WITH entry AS (INSERT INTO inbox (id, source, external_id, lane, kind, payload, "
            "received_at) VALUES (nextval('inbox_id'), 7, 'automatic:' || ?::text, 'customer:' || "
            "?::text, 'refund.automatic', jsonb_build_object('v', 1, 'call', ?::bigint, 'why', "
            "'error_asr'), now()) RETURNING id, source, external_id, lane, received_at), named AS "
            "(INSERT INTO inbox_keys (source, external_id, inbox_id, body_sha256, received_at) "
            "SELECT source, external_id, id, sha256(''), received_at FROM entry) INSERT INTO "
            "inbox_waiting (priority, lane, inbox_id) SELECT lane_priority(lane), lane, id FROM "
            "entry"),
        {call, kCamille, call}));
    m_stage->launchServer(0, {{QStringLiteral("SPEECHCAD_KILL_AT"), point}});
    QVERIFY(m_stage->server().waitForEnd(30s));
    QCOMPARE(m_stage->server().exitCode(), -1); // killed, as it was meant to be
    m_stage->startServer();
    QVERIFY(m_stage->until([&] { return m_stage->isQuiet(); }, kPatienceMs));
    QCOMPARE(m_stage->number(QStringLiteral("SELECT count(*) FROM transfers t JOIN refunds r ON "
                                            "r.transfer_id = t.id WHERE r.call_id = ? AND "
                                            "r.is_automatic"),
                             {call}),
             1);
    QCOMPARE(m_stage->number(QStringLiteral("SELECT count(*) FROM outbox o JOIN refunds r ON "
                                            "r.cause_id = o.cause_id WHERE r.call_id = ?"),
                             {call}),
             1);
    QVERIFY(m_stage->server().stop(10s));
}

REGISTER_TEST(TestApprovalKills);

} // namespace tst_approval_kills

#include "tst_approval_kills.moc"
