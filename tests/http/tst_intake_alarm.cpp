#include "intake/burst_alarm.h"

#include "tests/support/test_main.h"

#include <QTest>

namespace tst_intake_alarm {

using namespace std::chrono_literals;
using intake::BurstAlarm;

class TestIntakeAlarm : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsToleratedIsSilent();
    void aBurstIsToldOnceAnHour();
    void minutesDoNotAddUp();
    void clockSetBackIsNoReasonForSilence();
};

namespace {

const Timestamp kNow{std::chrono::seconds(1'790'000'000)};

} // namespace

void TestIntakeAlarm::whatIsToleratedIsSilent()
{
    BurstAlarm alarm(2);
    QCOMPARE(alarm.note(kNow), std::nullopt);
    QCOMPARE(alarm.note(kNow), std::nullopt);
    QCOMPARE(alarm.note(kNow), std::optional(3));
    BurstAlarm strict(0);
    QCOMPARE(strict.note(kNow), std::optional(1));
}

void TestIntakeAlarm::aBurstIsToldOnceAnHour()
{
    BurstAlarm alarm(0);
    QVERIFY(alarm.note(kNow));
    QVERIFY(!alarm.note(kNow));
    QVERIFY(!alarm.note(kNow + 59min));
    QVERIFY(alarm.note(kNow + 60min));
    QVERIFY(!alarm.note(kNow + 61min));
}

void TestIntakeAlarm::minutesDoNotAddUp()
{
    BurstAlarm alarm(1);
    for (int minute = 0; minute < 10; ++minute)
        QVERIFY(!alarm.note(kNow + std::chrono::minutes(minute)));
    QCOMPARE(alarm.note(kNow + 9min + 59s), std::optional(2));
}

void TestIntakeAlarm::clockSetBackIsNoReasonForSilence()
{
    BurstAlarm alarm(0);
    QVERIFY(alarm.note(kNow));
    QVERIFY(alarm.note(kNow - 1s));
}

REGISTER_TEST(TestIntakeAlarm);

} // namespace tst_intake_alarm

#include "tst_intake_alarm.moc"
