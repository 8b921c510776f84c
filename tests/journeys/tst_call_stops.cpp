#include "tests/support/journey_operator.h"
#include "tests/support/test_main.h"

#include <QFile>
#include <QTest>

namespace tst_call_stops {

using namespace tests;
using namespace std::chrono_literals;

namespace {

constexpr qint64 kFirstCustomer = 7600;

/// In New Jersey, and a talk, as the simulator reads its last digits.
QString numberOf(qint64 customer)
{
    return QStringLiteral("+1201%1").arg(5550099 + (customer - kFirstCustomer) * 100);
}

} // namespace

/// Somebody ends a call while the phone still rings: nobody talks, nothing is charged, the hold
/// goes back, the customer is told, and it was dialled once.
class TestCallStops final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void ringingCallIsStopped_data();
    void ringingCallIsStopped();
    void answeredAsItWasStoppedItEndsAllTheSame();
    void ledgerVerifies();
    void cleanupTestCase();

private:
    /// Whoever stops it.
    enum class Hand {
        Bot,
        Console,
        CommandLine,
    };
    void enter();
    void ring(const QStringList &plan);
    void stop(Hand hand);
    void expectUncharged();
    [[nodiscard]] QString call(const char *column)
    {
        return m_stage->value(
            QStringLiteral("SELECT %1 FROM calls WHERE customer_id = ?").arg(QLatin1String(column)),
            {m_customer->id()});
    }
    [[nodiscard]] Json seen()
    {
        return m_stage->simulator().see(
            QStringLiteral("retell/calls?to=%1")
                .arg(QString::fromLatin1(QUrl::toPercentEncoding(numberOf(m_customer->id())))));
    }
    [[nodiscard]] qint64 wallet(const char *column)
    {
        return m_stage->number(QStringLiteral("SELECT %1 FROM wallets WHERE customer_id = ?")
                                   .arg(QLatin1String(column)),
                               {m_customer->id()});
    }
    [[nodiscard]] qint64 stopsAsked()
    {
        return m_stage->number(
            QStringLiteral(
                "SELECT count(*) FROM outbox WHERE method = 'stopCall' AND payload::text "
                "LIKE '%' || ? || '%'"),
            {call("provider_call_id")});
    }

    std::unique_ptr<JourneyStage> m_stage;
    std::unique_ptr<JourneyOperator> m_operator;
    std::unique_ptr<JourneyCustomer> m_customer;
    qint64 m_id = kFirstCustomer;
};

void TestCallStops::initTestCase()
{
    m_stage = std::make_unique<JourneyStage>();
    m_operator = std::make_unique<JourneyOperator>(*m_stage);
    m_stage->goToCallingHours();
    m_stage->startServer();
    QFile session(m_stage->directory() + QStringLiteral("/operator-session"));
    QVERIFY(session.open(QIODevice::WriteOnly));
    session.write(m_operator->token().toHex());
}

/// With 25 USD and a script.
void TestCallStops::enter()
{
    m_stage->goToCallingHours();
    m_customer = std::make_unique<JourneyCustomer>(*m_stage, ++m_id, QStringLiteral("fr"));
    for (const JourneyStep &step : topUpSteps()) {
        if (step.act == QLatin1String("menu:wallet"))
            break;
        doStep(*m_customer, step);
        QVERIFY(m_stage->until([&] { return isDone(*m_customer, step); }));
    }
    giveMoney(*m_stage, m_id);
    QCOMPARE(writeScript(*m_stage, *m_customer, QStringLiteral("fr")), QString());
}

/// The provider has the call, and nobody has answered yet.
void TestCallStops::ring(const QStringList &plan)
{
    enter();
    Json steps = Json::array();
    for (const QString &step : plan)
        steps.push_back(step);
    m_stage->simulator().act(QStringLiteral("retell/plans"), {{"count", 1}, {"steps", steps}});
    QCOMPARE(placeCall(*m_stage, *m_customer, numberOf(m_id)), QString());
    QVERIFY(m_stage->until([&] { return !call("provider_call_id").isEmpty(); }, 20'000));
    QVERIFY(m_stage->until([&] { return m_stage->isQuiet(); }));
    QCOMPARE(call("state"), QStringLiteral("dialling"));
    QCOMPARE(wallet("held"), 1'750'000);
}

void TestCallStops::stop(Hand hand)
{
    switch (hand) {
    case Hand::Bot: QVERIFY(m_customer->tap(QStringLiteral("call:stop:"))); return;
    case Hand::Console: {
        const qint64 command = m_operator->submit(
            "call.stop", {{"v", 1}, {"call", call("id").toLongLong()}, {"reason", "asked to"}});
        QVERIFY(m_stage->until([&] { return m_operator->isDone(command); }));
        return;
    }
    case Hand::CommandLine: {
        const ProgramRun run =
            m_stage->verb({QStringLiteral("calls"), QStringLiteral("stop"), call("id")});
        QVERIFY2(run.exitCode == 0, qUtf8Printable(run.errors));
        return;
    }
    }
}

void TestCallStops::expectUncharged()
{
    const auto isTold = [&] { return !call("told_at").isEmpty(); };
    QVERIFY2(m_stage->until(isTold, 60'000, 2s), qUtf8Printable(call("state")));
    QCOMPARE(call("outcome"), QStringLiteral("stopped"));
    QCOMPARE(call("started_at"), QString());
    QCOMPARE(call("charged"), QStringLiteral("0"));
    QVERIFY(!call("release_transfer_id").isEmpty());
    QCOMPARE(wallet("available"), 25'000'000);
    QCOMPARE(wallet("held"), 0);
    for (const QString &words :
         {QStringLiteral("L’appel a été arrêté."), QStringLiteral("Rien n’a été facturé")})
        QVERIFY2(m_stage->until([&] { return m_customer->hasRead(words); }), qUtf8Printable(words));
    const Json calls = seen()["calls"];
    QCOMPARE(calls.size(), size_t(1)); // dialled once
    QCOMPARE(core::textMember(calls[0], "reason"), QStringLiteral("manual_stopped"));
}

void TestCallStops::ringingCallIsStopped_data()
{
    QTest::addColumn<Hand>("hand");
    QTest::newRow("by the customer's button") << Hand::Bot;
    QTest::newRow("from the console") << Hand::Console;
    QTest::newRow("from the command line") << Hand::CommandLine;
}

void TestCallStops::ringingCallIsStopped()
{
    QFETCH(Hand, hand);
    ring({QStringLiteral("ring(60)"), QStringLiteral("talk(100)")});
    stop(hand);
    expectUncharged();
    if (QTest::currentTestFailed())
        return;
    QCOMPARE(call("stop_reason"),
             hand == Hand::Bot ? QStringLiteral("customer") : QStringLiteral("operator"));
    // Whoever presses once more, as after a slow answer, stops nothing else.
    (void)m_customer->tap(QStringLiteral("call:stop:"));
    QVERIFY(m_stage->until([&] { return m_stage->isQuiet(); }, 20'000, 2s));
    QCOMPARE(seen()["calls"].size(), size_t(1));
}

/// Retell takes a stop only of a call that somebody has answered. It is asked again, and again
/// at the answer: the talk lasts for as long as that takes, which is paid like any other.
void TestCallStops::answeredAsItWasStoppedItEndsAllTheSame()
{
    ring({QStringLiteral("ring(30)"), QStringLiteral("talk(100)"),
          QStringLiteral("no_stop_while_ringing")});
    stop(Hand::Bot);
    if (QTest::currentTestFailed())
        return;
    QVERIFY(m_stage->until([&] { return stopsAsked() >= 1 && m_stage->isQuiet(); }, 20'000));
    QCOMPARE(core::textMember(seen()["calls"][0], "reason").value_or(QString()),
             QString()); // it rings on
    const auto isTold = [&] { return !call("told_at").isEmpty(); };
    QVERIFY2(m_stage->until(isTold, 60'000, 2s), qUtf8Printable(call("state")));
    QVERIFY(stopsAsked() >= 2);
    QCOMPARE(call("state"), QStringLiteral("ended"));
    QCOMPARE(call("outcome"), QStringLiteral("stopped"));
    const qint64 charged = call("charged").toLongLong();
    QVERIFY2(charged > 0 && charged < 350'000, qUtf8Printable(call("charged"))); // not a minute
    QCOMPARE(wallet("available"), 25'000'000 - charged);
    QCOMPARE(wallet("held"), 0);
    QVERIFY(m_stage->until(
        [&] { return m_customer->hasRead(QStringLiteral("L’appel a été arrêté.")); }));
    QCOMPARE(seen()["calls"].size(), size_t(1));
    QCOMPARE(core::textMember(seen()["calls"][0], "reason"), QStringLiteral("manual_stopped"));
}

void TestCallStops::ledgerVerifies()
{
    const ProgramRun run = m_stage->verb({QStringLiteral("ledger"), QStringLiteral("verify")});
    QVERIFY2(run.exitCode == 0, qUtf8Printable(run.words()));
    QCOMPARE(
        m_stage->number(QStringLiteral("SELECT count(*) FROM inbox_outcomes WHERE state = 'dead'")),
        0);
}

void TestCallStops::cleanupTestCase()
{
    m_customer.reset();
    m_operator.reset();
    m_stage.reset();
}

REGISTER_TEST(TestCallStops);

} // namespace tst_call_stops

#include "tst_call_stops.moc"
