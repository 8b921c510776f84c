#include "core/crypto.h"
#include "tests/support/journey_stage.h"
#include "tests/support/paid_call.h"
#include "tests/support/test_main.h"

#include <QFile>
#include <QTest>

using namespace tests;
using namespace std::chrono_literals;

namespace {

constexpr qint64 kCamille = 8400;
const QByteArray kToken = QByteArrayLiteral("a token that only this console knows");
constexpr int kPatienceMs = 30'000;

} // namespace

/// A refund whose server, or whose console, is killed (SIGKILL) on the way: none, or exactly one.
class TestRefundKills final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void killedServerRefundsOnce_data();
    void killedServerRefundsOnce();
    void killedConsoleRefundsOnceAtMost_data();
    void killedConsoleRefundsOnceAtMost();
    void cleanupTestCase();

private:
    /// Through the console's role; the command's id.
    qint64 submit(const char *kind, const Json &payload, const QString &key);
    [[nodiscard]] QString stateOf(qint64 command);
    [[nodiscard]] Json wishOf(qint64 call) const;
    [[nodiscard]] QString previewHash(qint64 call);
    [[nodiscard]] qint64 refundsOf(qint64 call);
    [[nodiscard]] qint64 messagesOf(qint64 call);

    std::unique_ptr<JourneyStage> m_stage;
    std::unique_ptr<database::Connection> m_owner;
    std::unique_ptr<database::Connection> m_console;
    int m_keys = 0;
};

void TestRefundKills::initTestCase()
{
    m_stage = std::make_unique<JourneyStage>();
    m_owner = *database::Connection::open(m_stage->databaseUrl(), QStringLiteral("test"),
                                          database::Role::Owner);
    m_console = *database::Connection::open(m_stage->databaseUrl(), QStringLiteral("test"),
                                            database::Role::Console);
    addFrenchCustomer(*m_owner, kCamille);
    // Telegram lets the bot write only to those who have written first.
    m_stage->startServer();
    JourneyCustomer camille(*m_stage, kCamille, QStringLiteral("fr"));
    camille.say(QStringLiteral("/start"));
    QVERIFY(m_stage->until([&] { return m_stage->isQuiet() && !camille.messages().isEmpty(); },
                           kPatienceMs));
    QVERIFY(m_stage->server().stop(10s));
    QVERIFY(m_owner->runScript(QStringLiteral(
        "UPDATE operator_settings SET is_solo = true; "
        "INSERT INTO operators (name, passphrase_hash, roles, created_at, changed_at, cause_id) "
        "VALUES ('maria', '$argon2id$', '{admin}', now(), now(), 0)")));
    QVERIFY(m_owner->run(
        QStringLiteral("INSERT INTO operator_sessions (operator_id, token_sha256, origin, "
                       "started_at, seen_at, active_at, idle_s, ends_at, cause_id) VALUES (1, ?, "
                       "'local', now(), now(), now(), 3600, now() + interval '1 hour', 0)"),
        {core::sha256(kToken)}));
}

void TestRefundKills::cleanupTestCase()
{
    const ProgramRun run = m_stage->verb({QStringLiteral("ledger"), QStringLiteral("verify")});
    QCOMPARE(run.exitCode, 0);
    m_console.reset();
    m_owner.reset();
    m_stage.reset();
}

qint64 TestRefundKills::submit(const char *kind, const Json &payload, const QString &key)
{
    const auto rows = m_console->run(
        QStringLiteral("SELECT id, outcome FROM console.submit_command(?::bytea, ?, ?::jsonb, ?)"),
        {kToken, QLatin1String(kind), QString::fromUtf8(core::toBytes(payload)), key});
    return rows ? rows->first().integer("id") : 0;
}

QString TestRefundKills::stateOf(qint64 command)
{
    return m_stage->value(QStringLiteral("SELECT state FROM commands WHERE inbox_id = ?"),
                          {command});
}

Json TestRefundKills::wishOf(qint64 call) const
{
    return {{"v", 1}, {"call", call}, {"amount", 1'000'000}, {"reason", "bad_audio"}};
}

QString TestRefundKills::previewHash(qint64 call)
{
    const qint64 preview =
        submit("refund.preview", wishOf(call), QStringLiteral("preview-%1").arg(++m_keys));
    if (!m_stage->until([&] { return stateOf(preview) == QLatin1String("done"); }, kPatienceMs))
        return {};
    return m_stage->value(
        QStringLiteral("SELECT answer ->> 'hash' FROM commands WHERE inbox_id = ?"), {preview});
}

qint64 TestRefundKills::refundsOf(qint64 call)
{
    return m_stage->number(
        QStringLiteral("SELECT count(*) FROM transfers t JOIN refunds r ON r.transfer_id = t.id "
                       "WHERE r.call_id = ? AND r.state = 'done'"),
        {call});
}

qint64 TestRefundKills::messagesOf(qint64 call)
{
    return m_stage->number(
        QStringLiteral("SELECT count(*) FROM outbox o JOIN refunds r ON r.cause_id = o.cause_id "
                       "WHERE r.call_id = ? AND o.payload #>> '{parameters,text}' LIKE "
                       "'%remboursé%'"),
        {call});
}

void TestRefundKills::killedServerRefundsOnce_data()
{
    QTest::addColumn<QString>("point");
    for (const char *point : {"refund.transfer:1", "refund.written:1", "refund.told:1",
                              "command.finished:1", "engine.handled:1", "engine.committed:1"})
        QTest::addRow("%s", point) << QString::fromLatin1(point);
}

void TestRefundKills::killedServerRefundsOnce()
{
    QFETCH(QString, point);
    const qint64 call = addPaidCall(*m_owner, kCamille, Money::fromCents(300));
    m_stage->startServer();
    Json wish = wishOf(call);
    wish["hash"] = previewHash(call);
    QVERIFY(m_stage->until([&] { return m_stage->isQuiet(); }, kPatienceMs));
    QVERIFY(m_stage->server().stop(10s));

    m_stage->launchServer(0, {{QStringLiteral("SPEECHCAD_KILL_AT"), point}});
    const qint64 command =
        submit("refund.execute", wish, QStringLiteral("execute-%1").arg(++m_keys));
    QVERIFY(command > 0);
    QVERIFY(m_stage->server().waitForEnd(30s));
    QCOMPARE(m_stage->server().exitCode(), -1); // killed, as it was meant to be
    m_stage->startServer();
    QVERIFY(m_stage->until([&] { return stateOf(command) == QLatin1String("done"); }, kPatienceMs));
    QVERIFY(m_stage->until([&] { return m_stage->isQuiet(); }, kPatienceMs));
    QCOMPARE(refundsOf(call), 1);
    QCOMPARE(messagesOf(call), 1);
    QCOMPARE(
        m_stage->number(QStringLiteral("SELECT count(*) FROM audit WHERE cause_id = ?"), {command}),
        1);
    QVERIFY(m_stage->server().stop(10s));
}

void TestRefundKills::killedConsoleRefundsOnceAtMost_data()
{
    QTest::addColumn<QString>("point");
    QTest::addColumn<qint64>("refunds");
    QTest::newRow("before the preview") << "console.submitting:1" << qint64(0);
    QTest::newRow("after the preview was asked for") << "console.submitted:1" << qint64(0);
    QTest::newRow("before it is executed") << "console.submitting:2" << qint64(0);
    QTest::newRow("after it was asked for") << "console.submitted:2" << qint64(1);
}

void TestRefundKills::killedConsoleRefundsOnceAtMost()
{
    QFETCH(QString, point);
    QFETCH(qint64, refunds);
    const qint64 call = addPaidCall(*m_owner, kCamille, Money::fromCents(300));
    m_stage->startServer();
    const QString hash = previewHash(call);
    QFile session(m_stage->directory() + QStringLiteral("/operator-session"));
    QVERIFY(session.open(QIODevice::WriteOnly | QIODevice::Truncate));
    session.write(kToken.toHex());
    session.close();
    const QStringList words = {QStringLiteral("refund"),
                               QString::number(call),
                               QStringLiteral("1.00"),
                               QStringLiteral("--reason"),
                               QStringLiteral("bad_audio"),
                               QStringLiteral("--confirm"),
                               hash.left(8)};
    QCOMPARE(m_stage->verb(words, {{QStringLiteral("SPEECHCAD_KILL_AT"), point}}).exitCode, -1);
    const auto waiting = [&] {
        return m_stage->number(
            QStringLiteral("SELECT count(*) FROM commands WHERE state = 'sent'"));
    };
    QVERIFY(m_stage->until([&] { return waiting() == 0; }, kPatienceMs));
    QCOMPARE(refundsOf(call), refunds);
    // Whoever does not know what became of it does it again, and looks at what it says.
    QCOMPARE(m_stage->verb(words).exitCode, refunds == 0 ? 0 : 1);
    QCOMPARE(refundsOf(call), 1);
    QVERIFY(m_stage->until([&] { return m_stage->isQuiet(); }, kPatienceMs));
    QCOMPARE(messagesOf(call), 1);
    QVERIFY(m_stage->server().stop(10s));
}

REGISTER_TEST(TestRefundKills);
#include "tst_refund_kills.moc"
