#include "tests/faults/kill_moments.h"
#include "tests/support/journey_stage.h"
#include "tests/support/test_main.h"

#include <QFile>
#include <QTest>

#include <cstdio>

namespace tst_kill_points {

using namespace tests;
using namespace std::chrono_literals;

namespace {

constexpr qint64 kFirstCustomer = 8000;
constexpr int kPatienceMs = 20'000;
constexpr unsigned kSeed = 20261122;

} // namespace

/// The top-up with the server killed (SIGKILL) at one of the places where that could hurt, and
/// started again. SPEECHCAD_KILLS says how many times, SPEECHCAD_KILLS_FROM with which moment to
/// begin. All runs share one database, as a server that crashes often would.
class TestKillPoints final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void killedAnywhereItCreditsOnce();
    void ledgerVerifies();
    void cleanupTestCase();

private:
    void startServer(const Environment &fault);
    /// The customer's way to 25 USD. Empty: all went well.
    [[nodiscard]] QString topUp(qint64 customer);
    [[nodiscard]] bool reaches(const std::function<bool()> &condition);
    [[nodiscard]] QString problemsOf(qint64 customer);
    [[nodiscard]] int countMoments();

    std::unique_ptr<JourneyStage> m_stage;
    int m_deaths = 0; // of the server, in this run
};

void TestKillPoints::initTestCase()
{
    m_stage = std::make_unique<JourneyStage>();
    m_stage->startServer();
}

void TestKillPoints::startServer(const Environment &fault)
{
    m_deaths = 0;
    m_stage->launchServer(0, fault);
    if (m_stage->waitForServer())
        return;
    QVERIFY(!m_stage->server().isRunning()); // killed before it was ready
    ++m_deaths;
    m_stage->startServer();
}

/// As a person waits who sees that nothing happens, while somebody starts the server again. Only
/// then the clock goes on, so that what is to be tried again is tried soon.
bool TestKillPoints::reaches(const std::function<bool()> &condition)
{
    return m_stage->until(
        [&] {
            if (!m_stage->server().isRunning()) {
                ++m_deaths;
                m_stage->startServer();
            }
            return condition();
        },
        kPatienceMs, 1s);
}

QString TestKillPoints::topUp(qint64 id)
{
    JourneyCustomer customer(*m_stage, id, QStringLiteral("fr"));
    for (const JourneyStep &step : topUpSteps()) {
        doStep(customer, step); // once: what was accepted must not be lost
        if (!reaches([&] { return isDone(customer, step); }))
            return QStringLiteral("nothing after ") + step.act;
    }
    // The address may be shown before it is written down that it was.
    if (!reaches([&] { return !m_stage->paymentOf(id).isEmpty(); }))
        return QStringLiteral("no payment");
    m_stage->pay(id, {QStringLiteral("duplicate(3)"), QStringLiteral("exact")});
    if (!reaches([&] { return customer.hasRead(QStringLiteral("T-")); }))
        return QStringLiteral("never told that it was credited");
    if (!reaches([&] { return m_stage->isQuiet(); }))
        return QStringLiteral("never quiet");
    return problemsOf(id);
}

QString TestKillPoints::problemsOf(qint64 customer)
{
    QStringList problems;
    const auto expect = [&](const char *what, const QString &is, const QString &shouldBe) {
        if (is != shouldBe)
            problems
                << QStringLiteral("%1: %2 instead of %3").arg(QLatin1String(what), is, shouldBe);
    };
    const auto count = [&](const char *sql) {
        return m_stage->value(QLatin1String(sql), {customer});
    };
    const QString one = QStringLiteral("1");
    expect("balance", m_stage->balanceOf(customer), QStringLiteral("25.00"));
    expect("state", m_stage->stateOf(customer), QStringLiteral("credited"));
    expect("transfers", count("SELECT count(*) FROM transfers WHERE customer_id = ?"), one);
    expect("deposits", count("SELECT count(*) FROM deposits WHERE customer_id = ?"), one);
    expect("sum of entries", count("SELECT sum(amount) FROM entries WHERE customer_id = ?"),
           QStringLiteral("0"));
    expect("addresses made at the provider",
           m_stage->value(QStringLiteral("SELECT count(*) FROM outbox WHERE method = "
                                         "'createPayment' AND reply_lane = ?"),
                          {QStringLiteral("customer:%1").arg(customer)}),
           one);
    expect("loose ends", m_stage->looseEnds(), QString());
    return problems.join(QStringLiteral("; "));
}

/// How many places a run passes: those of a server that starts, serves one customer and stops.
int TestKillPoints::countMoments()
{
    const QString file = m_stage->directory() + QStringLiteral("/passes");
    startServer({{QStringLiteral("SPEECHCAD_FAULT_COUNT"), file}});
    const QString problem = topUp(kFirstCustomer + 1);
    if (!problem.isEmpty() || !m_stage->server().stop(5s))
        return 0;
    QFile passes(file);
    return passes.open(QIODevice::ReadOnly) ? passes.readAll().toInt() : 0;
}

void TestKillPoints::killedAnywhereItCreditsOnce()
{
    QCOMPARE(topUp(kFirstCustomer), QString()); // what happens only once in a database is over now
    QVERIFY(m_stage->server().stop(5s));
    const int moments = countMoments();
    QVERIFY2(moments >= 40, qUtf8Printable(QString::number(moments)));

    const int from = setting("SPEECHCAD_KILLS_FROM", 0);
    const int runs = setting("SPEECHCAD_KILLS", 20);
    int killed = 0;
    QStringList failures;
    for (int index = from; index < from + runs; ++index) {
        QElapsedTimer time;
        time.start();
        const int moment = momentOf(kSeed, index, moments);
        startServer({{QStringLiteral("SPEECHCAD_KILL_AT"), QString::number(moment)}});
        const QString problem = topUp(kFirstCustomer + 2 + index);
        killed += m_deaths > 0 ? 1 : 0;
        std::printf("run %d: %s at moment %d of %d, %lld ms: %s\n", index,
                    m_deaths > 0 ? "killed" : "not reached", moment, moments, time.elapsed(),
                    problem.isEmpty() ? "credited once" : qUtf8Printable(problem));
        std::fflush(stdout);
        if (!problem.isEmpty())
            failures << QStringLiteral("run %1: %2").arg(index).arg(problem);
    }
    QVERIFY2(failures.isEmpty(), qUtf8Printable(failures.join(u'\n')));
    // Rows are taken together as it happens, so the last few moments may not come.
    QVERIFY2(killed * 10 >= runs * 7, qUtf8Printable(QString::number(killed)));
}

void TestKillPoints::ledgerVerifies()
{
    const ProgramRun run = m_stage->verb({QStringLiteral("ledger"), QStringLiteral("verify")});
    QVERIFY2(run.exitCode == 0, qUtf8Printable(run.words()));
    QCOMPARE(core::boolMember(run.json, "sound"), std::optional(true));
    QCOMPARE(
        core::integerMember(run.json, "transfers"),
        std::optional<qint64>(m_stage->number(QStringLiteral("SELECT count(*) FROM deposits"))));
    const Json violations = m_stage->simulator().see(QStringLiteral("violations"));
    QVERIFY2(core::integerMember(violations, "count") == 0, violations.dump().c_str());
}

void TestKillPoints::cleanupTestCase()
{
    m_stage.reset();
}

REGISTER_TEST(TestKillPoints);

} // namespace tst_kill_points

#include "tst_kill_points.moc"
