#include "core/clock.h"
#include "tests/support/test_main.h"

#include <QTest>

namespace tst_clock {

class TestClock : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isoKeepsEveryMicrosecond_data();
    void isoKeepsEveryMicrosecond();
    void everyZoneIsTheSameMoment_data();
    void everyZoneIsTheSameMoment();
    void textThatIsNoMomentIsRefused_data();
    void textThatIsNoMomentIsRefused();
    void isoSortsAsTimeDoes();
    void theFakeClockMovesOnlyWhenMoved();
    void theSystemClockGoesOn();
};

void TestClock::isoKeepsEveryMicrosecond_data()
{
    QTest::addColumn<qint64>("micros");
    QTest::addColumn<QString>("iso");
    QTest::newRow("epoch") << qint64(0) << QStringLiteral("1970-01-01T00:00:00.000000Z");
    QTest::newRow("one") << qint64(1) << QStringLiteral("1970-01-01T00:00:00.000001Z");
    QTest::newRow("before") << qint64(-1) << QStringLiteral("1969-12-31T23:59:59.999999Z");
    QTest::newRow("now") << qint64(1'795'367'045'123'456)
                         << QStringLiteral("2026-11-22T17:04:05.123456Z");
    QTest::newRow("leap day") << qint64(1'709'164'800'000'007)
                              << QStringLiteral("2024-02-29T00:00:00.000007Z");
}

void TestClock::isoKeepsEveryMicrosecond()
{
    QFETCH(qint64, micros);
    QFETCH(QString, iso);
    QCOMPARE(core::toIso(core::fromMicros(micros)), iso);
    const auto back = core::fromIso(iso);
    QVERIFY(back);
    QCOMPARE(core::toMicros(*back), micros);
}

void TestClock::everyZoneIsTheSameMoment_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"2026-11-22T17:04:05.123456Z", "2026-11-22T17:04:05.123456z",
                             "2026-11-22T17:04:05.123456+00:00", "2026-11-22 17:04:05.123456+00",
                             "2026-11-22T19:04:05.123456+02:00", "2026-11-22T22:34:05.123456+0530",
                             "2026-11-22T09:04:05.123456-08", "2026-11-23T02:04:05.123456+09:00",
                             "2026-11-22T17:04:05.123456789Z"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void TestClock::everyZoneIsTheSameMoment()
{
    QFETCH(QString, text);
    const auto moment = core::fromIso(text);
    QVERIFY(moment);
    QCOMPARE(core::toIso(*moment), QStringLiteral("2026-11-22T17:04:05.123456Z"));
}

void TestClock::textThatIsNoMomentIsRefused_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text :
         {"", "2026", "2026-11-22", "17:04:05", "2026-11-22T17:04:05", "2026-11-22T17:04:05.5",
          "2026-13-22T17:04:05Z", "2026-02-29T17:04:05Z", "2026-11-22T25:04:05Z",
          "2026-11-22T17:04:05.Z", "2026-11-22T17:04:05Z ", " 2026-11-22T17:04:05Z", "1790000000",
          "2026-11-22T17:04:05Zjunk"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void TestClock::textThatIsNoMomentIsRefused()
{
    QFETCH(QString, text);
    const auto moment = core::fromIso(text);
    QVERIFY(!moment);
    QCOMPARE(moment.error().code, ErrorCode::BadInput);
}

void TestClock::isoSortsAsTimeDoes()
{
    QString before;
    for (qint64 micros = 1; micros < 4'000'000'000'000'000; micros = micros * 3 + 1) {
        const QString iso = core::toIso(core::fromMicros(micros));
        QVERIFY(before < iso);
        before = iso;
    }
}

void TestClock::theFakeClockMovesOnlyWhenMoved()
{
    core::FakeClock clock(core::fromMicros(1000));
    QCOMPARE(core::toMicros(clock.now()), 1000);
    clock.advance(std::chrono::hours(1));
    QCOMPARE(core::toMicros(clock.now()), 3'600'001'000);
    clock.advance(std::chrono::microseconds(-1));
    QCOMPARE(core::toMicros(clock.now()), 3'600'000'999);
    clock.set(core::fromMicros(7));
    QCOMPARE(core::toMicros(clock.now()), 7);
}

void TestClock::theSystemClockGoesOn()
{
    const core::SystemClock clock;
    const Timestamp start = clock.now();
    QVERIFY(start > core::fromIso(u"2026-01-01T00:00:00Z").value());
    QTRY_VERIFY(clock.now() > start);
}

REGISTER_TEST(TestClock);

} // namespace tst_clock

#include "tst_clock.moc"
