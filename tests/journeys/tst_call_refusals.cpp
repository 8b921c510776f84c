#include "tests/support/journey_stage.h"
#include "tests/support/test_main.h"

#include <QTest>

namespace tst_call_refusals {

using namespace tests;
using namespace std::chrono_literals;

namespace {

constexpr qint64 kFirstCustomer = 7100;

/// In New Jersey, and a talk, as the simulator reads its last digits.
QString numberOf(qint64 customer)
{
    return QStringLiteral("+1201%1").arg(5550099 + (customer - kFirstCustomer) * 100);
}

} // namespace

/// The provider fails as it is asked to dial: dialled at most once, the hold resolved, the customer
/// told. All of Retell is behind a door that can be closed, so that connections are refused.
class TestCallRefusals final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void dialEndsOnceAndIsTold_data();
    void dialEndsOnceAndIsTold();
    void ledgerVerifies();
    void cleanupTestCase() { m_stage.reset(); }

private:
    void open(bool isOpen);
    [[nodiscard]] QString call(qint64 customer, const char *column)
    {
        return m_stage->value(
            QStringLiteral("SELECT %1 FROM calls WHERE customer_id = ?").arg(QLatin1String(column)),
            {customer});
    }
    [[nodiscard]] size_t dialsTo(const QString &number)
    {
        const QString escaped = QString::fromLatin1(QUrl::toPercentEncoding(number));
        return m_stage->simulator()
            .see(QStringLiteral("retell/calls?to=") + escaped)["calls"]
            .size();
    }

    std::unique_ptr<JourneyStage> m_stage;
    qint64 m_customer = kFirstCustomer;
};

void TestCallRefusals::initTestCase()
{
    m_stage = std::make_unique<JourneyStage>();
    m_stage->goToCallingHours();
    const WebReply door = m_stage->simulator().web().send(
        "POST", QUrl(m_stage->simulator().url() + QStringLiteral("/_sim/retell/door")),
        R"({"open":true})");
    const auto port = core::integerMember(door.json, "port");
    QVERIFY(port);
    m_stage->startServer(
        0, {{QStringLiteral("RETELL_BASE_URL"), QStringLiteral("http://127.0.0.1:%1").arg(*port)},
            {QStringLiteral("SPEECHCAD_TEST_PATIENCE_MS"), QStringLiteral("1000")}});
}

void TestCallRefusals::open(bool isOpen)
{
    m_stage->simulator().act(QStringLiteral("retell/door"), {{"open", isOpen}});
}

void TestCallRefusals::dialEndsOnceAndIsTold_data()
{
    QTest::addColumn<QByteArray>("fault"); // empty: the door is closed
    QTest::addColumn<bool>("hasCredit");
    QTest::addColumn<QString>("state");
    QTest::addColumn<int>("dials");
    const auto row = [](const char *name, const char *fault, bool hasCredit, const char *state,
                        int dials) {
        QTest::newRow(name) << QByteArray(fault) << hasCredit << QString::fromLatin1(state)
                            << dials;
    };
    row("silence after it was accepted", R"({"count":1,"never":"after"})", true, "ended", 1);
    row("hung up after it was accepted", R"({"count":1,"hang_up":"after"})", true, "ended", 1);
    row("500 after it was accepted", R"({"count":1,"status":500,"apply":true})", true, "ended", 1);
    row("500 and nothing done", R"({"count":1,"status":500})", true, "failed", 0);
    row("silence and nothing done", R"({"count":1,"never":"before"})", true, "failed", 0);
    row("429 once", R"({"count":1,"status":429,"retry_after":2})", true, "ended", 1);
    row("429 for good", R"({"count":100,"status":429,"retry_after":20})", true, "failed", 0);
    row("no credit: 402", R"({"count":0})", false, "failed", 0);
    row("connection refused", "", true, "failed", 0);
}

void TestCallRefusals::dialEndsOnceAndIsTold()
{
    QFETCH(QByteArray, fault);
    QFETCH(bool, hasCredit);
    m_stage->goToCallingHours();
    const qint64 id = ++m_customer;
    JourneyCustomer customer(*m_stage, id, QStringLiteral("fr"));
    for (const JourneyStep &step : topUpSteps()) {
        if (step.act == QLatin1String("menu:wallet"))
            break;
        doStep(customer, step);
        QVERIFY(m_stage->until([&] { return isDone(customer, step); }));
    }
    giveMoney(*m_stage, id);
    QCOMPARE(writeScript(*m_stage, customer, QStringLiteral("fr")), QString());
    SimulatorRemote &simulator = m_stage->simulator();
    if (fault.isEmpty())
        open(false);
    Json rule = fault.isEmpty() ? Json{{"count", 0}} : Json::parse(fault.toStdString());
    rule["route"] = "retell.createPhoneCall";
    if (rule["count"] != 0)
        simulator.act(QStringLiteral("faults"), rule);
    simulator.act(QStringLiteral("settings"), {{"retell_credit", hasCredit}});

    QCOMPARE(placeCall(*m_stage, customer, numberOf(id)), QString());
    const auto isTold = [&] { return !call(id, "told_at").isEmpty(); };
    QVERIFY2(m_stage->until(isTold, 60'000, 15s), qUtf8Printable(call(id, "state")));
    simulator.forgetFaults();
    simulator.act(QStringLiteral("settings"), {{"retell_credit", true}});
    open(true);

    QTEST(call(id, "state"), "state");
    QTEST(int(dialsTo(numberOf(id))), "dials");
    const QString charged = call(id, "charged");
    QCOMPARE(charged == QStringLiteral("0"), call(id, "state") == QStringLiteral("failed"));
    QCOMPARE(m_stage->number(QStringLiteral("SELECT available + ? FROM wallets WHERE customer_id "
                                            "= ?"),
                             {charged.toLongLong(), id}),
             25'000'000);
    QCOMPARE(
        m_stage->number(QStringLiteral("SELECT held FROM wallets WHERE customer_id = ?"), {id}), 0);
    QVERIFY(m_stage->until([&] {
        return customer.hasRead(charged == QStringLiteral("0")
                                    ? QStringLiteral("Rien n’a été facturé")
                                    : QStringLiteral("Facturé"));
    }));
}

void TestCallRefusals::ledgerVerifies()
{
    const ProgramRun run = m_stage->verb({QStringLiteral("ledger"), QStringLiteral("verify")});
    QVERIFY2(run.exitCode == 0, qUtf8Printable(run.words()));
    QCOMPARE(
        m_stage->number(QStringLiteral("SELECT count(*) FROM inbox_outcomes WHERE state = 'dead'")),
        0);
}

REGISTER_TEST(TestCallRefusals);

} // namespace tst_call_refusals

#include "tst_call_refusals.moc"
