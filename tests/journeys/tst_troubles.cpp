#include "tests/support/journey_stage.h"
#include "tests/support/test_main.h"

#include <QRegularExpression>
#include <QTest>

namespace tst_troubles {

using namespace tests;
using namespace std::chrono_literals;

namespace {

constexpr qint64 kSomebody = 7300;
const QString kExact = QStringLiteral("exact");
// Shorter than the product's, so that a silent provider does not make the test long.
const Environment kImpatient = {
    {QStringLiteral("SPEECHCAD_TEST_PATIENCE_MS"), QStringLiteral("700")}};

std::vector<JourneyCustomer> customersOf(JourneyStage &stage, int count)
{
    std::vector<JourneyCustomer> customers;
    for (int i = 0; i < count; ++i)
        customers.emplace_back(stage, kSomebody + i, QStringLiteral("fr"));
    return customers;
}

/// One step as a customer does it, with all the time it needs.
bool walk(JourneyStage &stage, JourneyCustomer &customer, const JourneyStep &step)
{
    doStep(customer, step);
    return stage.until([&] { return isDone(customer, step); }, 30'000, 1s);
}

bool isCredited(JourneyStage &stage, JourneyCustomer &customer)
{
    return stage.stateOf(customer.id()) == QLatin1String("credited") &&
           customer.hasRead(QStringLiteral("T-"));
}

} // namespace

/// The same top-up while something around the server does not work.
class TestTroubles final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void webhookThatNeverComesIsMadeUpFor();
    void nothingIsMissingWhenAProviderFails_data();
    void nothingIsMissingWhenAProviderFails();
    void postgresqlMayRestartInTheMiddle();
    void oneServerTakesOverFromAnother();
    void whoBlockedTheBotIsUnreachableAndStillCredited();
    void verbsAnswerTheOperator();
    void sigtermStopsInOrder();
    void missingSettingsAreNamed();

private:
    void failProviders(JourneyStage &stage, const Json &fault);
    void expectCreditedOnce(JourneyStage &stage, qint64 customer);
};

void TestTroubles::expectCreditedOnce(JourneyStage &stage, qint64 customer)
{
    QCOMPARE(stage.balanceOf(customer), QStringLiteral("25.00"));
    QCOMPARE(stage.stateOf(customer), QStringLiteral("credited"));
    QCOMPARE(stage.number(QStringLiteral("SELECT count(*) FROM transfers WHERE customer_id = ?"),
                          {customer}),
             1);
    QCOMPARE(stage.number(QStringLiteral("SELECT count(*) FROM deposits WHERE customer_id = ?"),
                          {customer}),
             1);
}

void TestTroubles::webhookThatNeverComesIsMadeUpFor()
{
    JourneyStage stage;
    stage.startServer();
    auto customers = customersOf(stage, 1);
    QCOMPARE(topUpTogether(stage, customers), QString());
    stage.simulator().act(QStringLiteral("deliveries/faults"),
                          {{"provider", "dynopay"}, {"count", 100}, {"lose", true}});
    stage.pay(kSomebody, {kExact});
    const auto paid = [&] {
        const Json list = stage.simulator().see(QStringLiteral("payments"));
        return core::textMember(list["payments"][0], "status") == QStringLiteral("settled");
    };
    QVERIFY(stage.until(paid));
    stage.clock().advance(100s);
    QCOMPARE(stage.balanceOf(kSomebody), QStringLiteral("0.00"));
    stage.clock().advance(25s); // two minutes after it was made the provider is asked
    QVERIFY(stage.until([&] { return isCredited(stage, customers[0]) && stage.isQuiet(); }));
    expectCreditedOnce(stage, kSomebody);
    QCOMPARE(
        stage.number(QStringLiteral("SELECT count(*) FROM inbox WHERE kind = 'dynopay.webhook'")),
        0);
    QCOMPARE(stage.looseEnds(), QString());
}

void TestTroubles::nothingIsMissingWhenAProviderFails_data()
{
    QTest::addColumn<QString>("fault");
    QTest::newRow("429") << QStringLiteral(R"({"status": 429, "retry_after": 1, "count": 2})");
    QTest::newRow("500") << QStringLiteral(R"({"status": 500, "count": 2})");
    QTest::newRow("500 after accepting") << QStringLiteral(R"({"status": 500, "apply": true})");
    QTest::newRow("no answer") << QStringLiteral(R"({"never": "before"})");
    QTest::newRow("no answer after accepting") << QStringLiteral(R"({"never": "after"})");
    QTest::newRow("hung up") << QStringLiteral(R"({"hang_up": "before"})");
    QTest::newRow("hung up after accepting") << QStringLiteral(R"({"hang_up": "after"})");
}

void TestTroubles::failProviders(JourneyStage &stage, const Json &fault)
{
    stage.simulator().forgetFaults();
    for (const char *route : {"telegram.sendMessage", "telegram.sendPhoto",
                              "telegram.editMessageText", "dynopay.create", "dynopay.status"}) {
        Json one = fault;
        one["route"] = route;
        stage.simulator().act(QStringLiteral("faults"), one);
    }
}

void TestTroubles::nothingIsMissingWhenAProviderFails()
{
    QFETCH(QString, fault);
    const auto parsed = core::parseJson(fault.toUtf8());
    QVERIFY(parsed);
    JourneyStage stage;
    stage.startServer(0, kImpatient);
    auto customers = customersOf(stage, 1);
    failProviders(stage, *parsed);
    // Every screen is waited for, so a message that is missing stops here.
    for (const JourneyStep &step : topUpSteps())
        QVERIFY2(walk(stage, customers[0], step), qUtf8Printable(step.act));
    failProviders(stage, *parsed);
    stage.pay(kSomebody, {kExact});
    const auto done = [&] { return isCredited(stage, customers[0]) && stage.isQuiet(); };
    QVERIFY(stage.until(done, 30'000, 2s));
    expectCreditedOnce(stage, kSomebody);
    QCOMPARE(stage.looseEnds(), QString());
    const Json payments = stage.simulator().see(QStringLiteral("payments"));
    QCOMPARE(payments["payments"].size(), size_t(1)); // one address, however often it was asked for
    const Json violations = stage.simulator().see(QStringLiteral("violations"));
    QVERIFY2(core::integerMember(violations, "count") == 0, violations.dump().c_str());
}

void TestTroubles::postgresqlMayRestartInTheMiddle()
{
    TestCluster cluster; // the shared one serves others
    JourneyStage stage({.cluster = &cluster});
    stage.startServer();
    auto customers = customersOf(stage, 1);
    const QList<JourneyStep> &steps = topUpSteps();
    for (qsizetype i = 0; i < steps.size(); ++i) {
        if (i == 3)
            cluster.restart(); // between two steps
        if (i == 7) {          // while one is under way
            doStep(customers[0], steps[i]);
            cluster.restart();
            QVERIFY(stage.until([&] { return isDone(customers[0], steps[i]); }, 30'000, 1s));
        } else {
            QVERIFY2(walk(stage, customers[0], steps[i]), qUtf8Printable(steps[i].act));
        }
    }
    stage.pay(kSomebody, {kExact});
    cluster.restart();
    const auto done = [&] { return isCredited(stage, customers[0]) && stage.isQuiet(); };
    QVERIFY(stage.until(done, 30'000, 2s));
    expectCreditedOnce(stage, kSomebody);
    QCOMPARE(stage.looseEnds(), QString());
    const WebReply ready = stage.simulator().web().send(
        "GET", stage.adminUrl().resolved(QUrl(QStringLiteral("/readyz"))));
    QCOMPARE(ready.status, 200);
}

namespace {

qint64 handledBy(JourneyStage &stage, int number)
{
    const WebReply metrics = stage.simulator().web().send(
        "GET", stage.adminUrl(number).resolved(QUrl(QStringLiteral("/metrics"))));
    static const QRegularExpression line(QStringLiteral("^speechcad_events_handled_total (\\d+)"),
                                         QRegularExpression::MultilineOption);
    return line.match(QString::fromUtf8(metrics.body)).captured(1).toLongLong();
}

} // namespace

void TestTroubles::oneServerTakesOverFromAnother()
{
    // The first leads; hooks go to the second, as a balancer would send them once the first is
    // gone.
    JourneyStage stage({.servers = 2, .hooksOf = 1});
    stage.startServer(0);
    stage.startServer(1);
    auto customers = customersOf(stage, 12);
    QCOMPARE(topUpTogether(stage, customers), QString());
    QVERIFY(handledBy(stage, 0) > 0);
    QVERIFY(handledBy(stage, 1) > 0);

    for (const JourneyCustomer &customer : customers)
        stage.pay(customer.id(), {QStringLiteral("duplicate(3)"), kExact});
    stage.server(0).kill();
    QElapsedTimer since;
    since.start();
    const auto all = [&] {
        return std::all_of(customers.begin(), customers.end(),
                           [&](JourneyCustomer &customer) { return isCredited(stage, customer); });
    };
    QVERIFY(stage.until(all, 10'000));
    QVERIFY2(since.elapsed() <= 5000, qUtf8Printable(QString::number(since.elapsed())));
    QVERIFY(stage.until([&] { return stage.isQuiet(); }));
    for (const JourneyCustomer &customer : customers)
        expectCreditedOnce(stage, customer.id());
    QCOMPARE(stage.looseEnds(), QString());
    QCOMPARE(stage.number(QStringLiteral(
                 "SELECT count(*) FROM (SELECT o.handled_at, lag(o.handled_at) OVER (PARTITION BY "
                 "i.lane ORDER BY i.id) AS before FROM inbox i JOIN inbox_outcomes o ON "
                 "o.inbox_id = i.id WHERE o.attempts = 1) x WHERE handled_at < before")),
             0); // in each lane one after the other
}

void TestTroubles::whoBlockedTheBotIsUnreachableAndStillCredited()
{
    JourneyStage stage;
    stage.startServer();
    auto customers = customersOf(stage, 1);
    QCOMPARE(topUpTogether(stage, customers), QString());
    // Telegram's word of it is lost, so that the bot learns it from the 403.
    stage.simulator().act(QStringLiteral("deliveries/faults"),
                          {{"provider", "telegram"}, {"kind", "my_chat_member"}, {"lose", true}});
    stage.simulator().act(QStringLiteral("telegram/users/%1/block").arg(kSomebody));
    const auto isReachable = [&] {
        return stage.value(QStringLiteral("SELECT is_reachable FROM customers WHERE id = ?"),
                           {kSomebody});
    };
    QCOMPARE(isReachable(), QStringLiteral("true"));
    stage.pay(kSomebody, {kExact});
    QVERIFY(stage.until([&] { return isReachable() == QLatin1String("false"); }));
    QVERIFY(stage.until([&] { return stage.stateOf(kSomebody) == QLatin1String("credited"); }));
    expectCreditedOnce(stage, kSomebody);
    QVERIFY(stage.until([&] { return stage.isQuiet(); }));

    stage.simulator().act(QStringLiteral("telegram/users/%1/unblock").arg(kSomebody));
    customers[0].say(QStringLiteral("/start"));
    QVERIFY(stage.until([&] { return isReachable() == QLatin1String("true"); }));
    QVERIFY(stage.until([&] { return customers[0].hasRead(QStringLiteral("25,00")); }));
}

void TestTroubles::verbsAnswerTheOperator()
{
    JourneyStage stage;
    stage.startServer();
    const QString words = QStringLiteral("status|doctor|translations check|webhook set|migrate");
    for (const QString &verb : words.split(u'|')) {
        const ProgramRun run = stage.verb(verb.split(u' '));
        QVERIFY2(run.exitCode == 0, qUtf8Printable(verb + run.errors));
        QVERIFY2(run.json.is_object(), qUtf8Printable(verb));
    }
    const ProgramRun status = stage.verb({QStringLiteral("status")});
    QCOMPARE(core::integerMember(status.json, "servers"), std::optional<qint64>(1));
    QCOMPARE(core::boolMember(status.json, "conserved"), std::optional(true));
    const ProgramRun hook = stage.verb({QStringLiteral("webhook"), QStringLiteral("set")});
    QCOMPARE(core::boolMember(hook.json, "changed"), std::optional(false)); // the server had set it

    QCOMPARE(stage.verb({QStringLiteral("no-such-verb")}).exitCode, 2);
    const Environment away = {{QStringLiteral("SPEECHCAD_DATABASE_URL"),
                               QStringLiteral("postgresql://127.0.0.1:1/nowhere")}};
    QCOMPARE(stage.verb({QStringLiteral("status")}, away).exitCode, 3);
    QCOMPARE(stage.verb({QStringLiteral("doctor")}, away).exitCode, 1);
    const Environment otherKey = {{QStringLiteral("SPEECHCAD_SEAL_KEY_FILE"),
                                   stage.directory() + QStringLiteral("/other.key")}};
    QCOMPARE(stage.verb({QStringLiteral("migrate")}, otherKey).exitCode, 3);
    const Environment unknownBot = {
        {QStringLiteral("TELEGRAM_BOT_TOKEN"), QStringLiteral("1000000002:somebody-elses")}};
    QCOMPARE(stage.verb({QStringLiteral("webhook"), QStringLiteral("set")}, unknownBot).exitCode,
             3);
}

void TestTroubles::sigtermStopsInOrder()
{
    JourneyStage stage;
    stage.startServer();
    auto customers = customersOf(stage, 4);
    for (JourneyCustomer &customer : customers)
        customer.say(QStringLiteral("/start")); // it has something to do
    QVERIFY(stage.server().stop(3s));
    QCOMPARE(stage.server().exitCode(), 0);
    stage.startServer();
    for (JourneyCustomer &customer : customers)
        QVERIFY(stage.until([&] { return customer.sees(QStringLiteral("lang:fr")); }));
    QVERIFY(stage.until([&] { return stage.isQuiet(); }));
    QCOMPARE(stage.looseEnds(), QString());
}

void TestTroubles::missingSettingsAreNamed()
{
    const ProgramRun run = runProgram(
        {.name = QStringLiteral("speechcad-server"), .arguments = {QStringLiteral("run")}});
    QCOMPARE(run.exitCode, 3);
    for (const char *name : {"SPEECHCAD_PUBLIC_URL", "TELEGRAM_BOT_TOKEN",
                             "TELEGRAM_WEBHOOK_SECRET", "DYNOPAY_API_KEY", "DYNOPAY_WALLET_TOKEN"})
        QVERIFY2(run.errors.contains(QLatin1String(name)), name);
}

REGISTER_TEST(TestTroubles);

} // namespace tst_troubles

#include "tst_troubles.moc"
