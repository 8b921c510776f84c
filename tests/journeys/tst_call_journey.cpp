#include "language/catalogue.h"
#include "tests/support/journey_stage.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace tests;
using namespace std::chrono_literals;

namespace {

constexpr qint64 kCamille = 7001;
const QString kNumber = QStringLiteral("+12015550199"); // a talk, as the simulator reads it

} // namespace

/// A customer tops up, writes a script and calls: 100 seconds at 0.35 a minute.
class TestCallJourney final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void topsUpAndWritesAScript();
    void callIsDialledOnceAndTalks();
    void secondsAreChargedAndTheRestComesBack();
    void customerReadsItInFrench();
    void transcriptIsMaskedEverywhere();
    void ledgerVerifies();
    void leavesNothingUndone();
    void cleanupTestCase();

private:
    [[nodiscard]] Json seen() { return m_stage->simulator().see(QStringLiteral("retell/calls")); }
    [[nodiscard]] QString call(const char *column)
    {
        return m_stage->value(QStringLiteral("SELECT %1 FROM calls").arg(QLatin1String(column)));
    }

    std::unique_ptr<JourneyStage> m_stage;
    std::vector<JourneyCustomer> m_customers;
};

void TestCallJourney::initTestCase()
{
    m_stage = std::make_unique<JourneyStage>();
    m_stage->goToCallingHours();
    m_stage->startServer();
    m_customers.emplace_back(*m_stage, kCamille, QStringLiteral("fr"));
}

void TestCallJourney::topsUpAndWritesAScript()
{
    QCOMPARE(topUpTogether(*m_stage, m_customers), QString());
    m_stage->pay(kCamille, {QStringLiteral("exact")});
    QVERIFY(m_stage->until([&] { return m_customers[0].hasRead(QStringLiteral("T-")); }));
    QCOMPARE(m_stage->balanceOf(kCamille), QStringLiteral("25.00"));
    QCOMPARE(writeScript(*m_stage, m_customers[0], QStringLiteral("fr")), QString());
}

void TestCallJourney::callIsDialledOnceAndTalks()
{
    m_stage->simulator().act(
        QStringLiteral("retell/plans"),
        {{"count", 1},
         {"steps", {"talk(100)", "duplicate(2)", "agent=Quel est le code ?", "user=C'est 4711."}}});
    QCOMPARE(placeCall(*m_stage, m_customers[0], kNumber), QString());
    QVERIFY(m_stage->until([&] { return call("state") == QStringLiteral("talking"); }, 20'000, 1s));
    QCOMPARE(call("hold"), QStringLiteral("1750000"));
    QVERIFY(m_stage->until(
        [&] { return m_stage->number(QStringLiteral("SELECT turns FROM live_transcripts")) == 2; },
        20'000, 5s));
    QVERIFY(m_customers[0].sees(QStringLiteral("call:stop:")));
}

void TestCallJourney::secondsAreChargedAndTheRestComesBack()
{
    QVERIFY(m_stage->until([&] { return call("state") == QStringLiteral("ended"); }, 30'000, 5s));
    QVERIFY(m_stage->until([&] { return !call("told_at").isEmpty(); }, 20'000, 5s));
    QCOMPARE(call("charged"), QStringLiteral("583334"));
    QCOMPARE(m_stage->number(QStringLiteral("SELECT available FROM wallets WHERE customer_id = ?"),
                             {kCamille}),
             24'416'666);
    QCOMPARE(m_stage->number(QStringLiteral("SELECT held FROM wallets WHERE customer_id = ?"),
                             {kCamille}),
             0);
    const Json provider = seen();
    QCOMPARE(core::integerMember(provider, "dials"), std::optional<qint64>(1));
    QCOMPARE(provider["calls"].size(), size_t(1));
    QCOMPARE(core::textMember(provider["calls"][0], "call_id"),
             std::optional(call("provider_call_id")));
    QCOMPARE(m_stage->number(QStringLiteral("SELECT count(*) FROM transfers WHERE kind IN "
                                            "('hold', 'charge')")),
             2);
}

void TestCallJourney::customerReadsItInFrench()
{
    QVERIFY(m_stage->until([&] { return m_customers[0].hasRead(QStringLiteral("Facturé")); }));
    QVERIFY(m_customers[0].hasRead(QStringLiteral("0,58")));
    QVERIFY(m_customers[0].hasRead(QStringLiteral("Appel au ") + kNumber));
    QVERIFY(m_stage->until([&] { return !m_customers[0].sees(QStringLiteral("call:stop:")); },
                           10'000, 2s));
}

void TestCallJourney::transcriptIsMaskedEverywhere()
{
    QVERIFY(call("transcript").contains(QStringLiteral("[4 digits]")));
    const char *const places[] = {"calls", "inbox", "outbox", "outbox_outcomes",
                                  "live_transcripts"};
    for (const char *place : places)
        QCOMPARE(m_stage->number(QStringLiteral("SELECT count(*) FROM %1 t WHERE t::text LIKE "
                                                "'%%4711%%'")
                                     .arg(QLatin1String(place))),
                 0);
    QCOMPARE(m_stage->number(QStringLiteral("SELECT count(*) FROM inbox WHERE source = 2 AND raw "
                                            "IS NOT NULL")),
             0);
}

void TestCallJourney::ledgerVerifies()
{
    const ProgramRun run = m_stage->verb({QStringLiteral("ledger"), QStringLiteral("verify")});
    QCOMPARE(run.exitCode, 0);
    QCOMPARE(core::boolMember(run.json, "sound"), std::optional(true));
    QCOMPARE(core::integerMember(run.json, "transfers"), std::optional<qint64>(3));
}

void TestCallJourney::leavesNothingUndone()
{
    QVERIFY(m_stage->until([&] { return m_stage->isQuiet(); }));
    QCOMPARE(m_stage->looseEnds(), QString());
    QCOMPARE(m_stage->number(QStringLiteral("SELECT count(*) FROM timers WHERE key LIKE 'call:%'")),
             0);
    const Json violations = m_stage->simulator().see(QStringLiteral("violations"));
    QVERIFY2(core::integerMember(violations, "count") == 0, violations.dump().c_str());
}

void TestCallJourney::cleanupTestCase()
{
    m_customers.clear();
    m_stage.reset();
}

REGISTER_TEST(TestCallJourney);
#include "tst_call_journey.moc"
