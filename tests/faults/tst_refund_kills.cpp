#include "tests/support/journey_operator.h"
#include "tests/support/paid_call.h"
#include "tests/support/test_main.h"

#include <QFile>
#include <QTest>

namespace tst_refund_kills {

using namespace tests;
using namespace std::chrono_literals;

namespace {

constexpr qint64 kCamille = 8400;
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
    [[nodiscard]] Json wishOf(qint64 call) const;
    [[nodiscard]] QString previewHash(qint64 call);
    [[nodiscard]] qint64 refundsOf(qint64 call);
    [[nodiscard]] qint64 messagesOf(qint64 call);

    std::unique_ptr<JourneyStage> m_stage;
    std::unique_ptr<database::Connection> m_owner;
    std::unique_ptr<JourneyOperator> m_operator;
};

void TestRefundKills::initTestCase()
{
    m_stage = std::make_unique<JourneyStage>();
    m_owner = *database::Connection::open(m_stage->databaseUrl(), QStringLiteral("test"),
                                          database::Role::Owner);
    addFrenchCustomer(*m_owner, kCamille);
    // Telegram lets the bot write only to those who have written first.
    m_stage->startServer();
    JourneyCustomer camille(*m_stage, kCamille, QStringLiteral("fr"));
    camille.say(QStringLiteral("/start"));
    QVERIFY(m_stage->until([&] { return m_stage->isQuiet() && !camille.messages().isEmpty(); },
                           kPatienceMs));
    QVERIFY(m_stage->server().stop(10s));
    m_operator = std::make_unique<JourneyOperator>(*m_stage);
}

void TestRefundKills::cleanupTestCase()
{
    const ProgramRun run = m_stage->verb({QStringLiteral("ledger"), QStringLiteral("verify")});
    QVERIFY2(run.exitCode == 0, qUtf8Printable(run.words()));
    m_operator.reset();
    m_owner.reset();
    m_stage.reset();
}

Json TestRefundKills::wishOf(qint64 call) const
{
    return {{"v", 1}, {"call", call}, {"amount", 1'000'000}, {"reason", "bad_audio"}};
}

QString TestRefundKills::previewHash(qint64 call)
{
    const qint64 preview = m_operator->submit("refund.preview", wishOf(call));
    if (!m_stage->until([&] { return m_operator->isDone(preview); }, kPatienceMs))
        return {};
    return core::textMember(m_operator->answerOf(preview), "hash").value_or(QString());
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
    const qint64 command = m_operator->submit("refund.execute", wish);
    QVERIFY(command > 0);
    QVERIFY(m_stage->server().waitForEnd(30s));
    QCOMPARE(m_stage->server().exitCode(), -1); // killed, as it was meant to be
    m_stage->startServer();
    QVERIFY(m_stage->until([&] { return m_operator->isDone(command); }, kPatienceMs));
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
    session.write(m_operator->token().toHex());
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

} // namespace tst_refund_kills

#include "tst_refund_kills.moc"
