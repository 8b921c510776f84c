#include "guards/hours.h"
#include "guards/zones.h"
#include "tests/support/test_main.h"

#include <QTest>

#include <ctime>

namespace tst_zones {

using guards::HoursReading;
using guards::Number;
using guards::readHours;
using guards::WeekHours;
using namespace std::chrono_literals;

class TestZones : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cleanup();
    void everyZoneOfTheTableExists();
    void aNumberIsWhereItsPrefixSays_data();
    void aNumberIsWhereItsPrefixSays();
    void quietHoursAreRightAroundEveryClockChange();
    void theNextOpeningIsTheFirst();
    void manyZonesAreOpenOnlyTogether();
    void zonesTooFarApartNeverOpen();
    void aDayMayBeClosed();
    void noZoneIsNeverOpen();
    void onlyNamesOfPlacesAreZones();
};

namespace {

const WeekHours &usualHours()
{
    return guards::shippedPolicy().usualHours;
}

/// The same answers from the C library's own reader of the time zone files.
class ClockOf {
public:
    explicit ClockOf(const QByteArray &zone)
    {
        qputenv("TZ", ":" + zone);
        tzset();
    }
    [[nodiscard]] std::tm local(time_t moment) const
    {
        std::tm broken{};
        localtime_r(&moment, &broken);
        return broken;
    }
    [[nodiscard]] long offset(time_t moment) const { return local(moment).tm_gmtoff; }
    [[nodiscard]] bool isOpen(time_t moment, const WeekHours &hours) const
    {
        const std::tm now = local(moment);
        const guards::Window &window = now.tm_wday == 0   ? hours.sunday
                                       : now.tm_wday == 6 ? hours.saturday
                                                          : hours.weekday;
        const auto minute = std::chrono::minutes(now.tm_hour * 60 + now.tm_min);
        return window.opens <= minute && minute < window.closes;
    }
    /// `days` after the day of `moment`, at that minute of the local day.
    [[nodiscard]] time_t atMinute(time_t moment, int days, std::chrono::minutes minute) const
    {
        std::tm day = local(moment);
        day.tm_mday += days;
        day.tm_hour = int(minute.count() / 60);
        day.tm_min = int(minute.count() % 60);
        day.tm_sec = 0;
        day.tm_isdst = -1;
        return mktime(&day);
    }
    /// The first seconds of each new offset.
    [[nodiscard]] std::vector<time_t> changes(time_t from, time_t to) const
    {
        std::vector<time_t> found;
        for (time_t before = from; before < to; before += 86400) {
            if (offset(before) == offset(before + 86400))
                continue;
            time_t low = before;
            time_t high = before + 86400;
            while (high - low > 1) {
                const time_t middle = low + (high - low) / 2;
                (offset(middle) == offset(low) ? low : high) = middle;
            }
            found.push_back(high);
        }
        return found;
    }
};

time_t seconds(QStringView iso)
{
    return time_t(core::toMicros(core::fromIso(iso).value()) / 1'000'000);
}

Timestamp moment(time_t seconds)
{
    return Timestamp(std::chrono::seconds(seconds));
}

const time_t kFrom = seconds(u"2026-01-01T12:00:00Z");
const time_t kTo = seconds(u"2036-12-31T12:00:00Z");

/// The moments that matter around one change of the clock: both sides of it, and both sides of
/// each end of the window on the day before, the day itself and the day after.
std::vector<time_t> momentsAround(const ClockOf &clock, time_t change)
{
    std::vector<time_t> ends{change};
    for (const guards::Window &window :
         {usualHours().weekday, usualHours().saturday, usualHours().sunday}) {
        for (int day = -1; day <= 1; ++day) {
            ends.push_back(clock.atMinute(change, day, window.opens));
            ends.push_back(clock.atMinute(change, day, window.closes));
        }
    }
    std::vector<time_t> moments;
    for (const time_t end : ends)
        moments.insert(moments.end(), {end - 1, end});
    return moments;
}

QString wrong(const QByteArray &zone, time_t at)
{
    return QStringLiteral("%1 %2").arg(QString::fromLatin1(zone), core::toIso(moment(at)));
}

Number numberOf(const char *e164)
{
    return guards::readNumber(QString::fromLatin1(e164));
}

} // namespace

void TestZones::cleanup()
{
    qunsetenv("TZ");
    tzset();
}

void TestZones::everyZoneOfTheTableExists()
{
    const QList<QByteArray> zones = guards::allZones();
    QCOMPARE(zones.size(), 282);
    for (const QByteArray &zone : zones)
        QVERIFY2(guards::isKnownZone(zone), zone.constData());
}

void TestZones::aNumberIsWhereItsPrefixSays_data()
{
    QTest::addColumn<QString>("number");
    QTest::addColumn<QString>("zones");
    const auto row = [](const char *number, const char *zones) {
        QTest::newRow(number) << QString::fromLatin1(number) << QString::fromLatin1(zones);
    };
    row("+12015550123", "America/New_York");
    row("+14155550123", "America/Los_Angeles");
    row("+18085550123", "Pacific/Honolulu");
    row("+442079460123", "Europe/London");
    row("+33612345678", "Europe/Paris");
    row("+919812345678", "Asia/Calcutta");
    row("+8613812345678", "Asia/Shanghai");
    row("+61236618300", "Australia/Sydney");
    row("+61891234567", "Australia/Adelaide&Australia/Perth");
    row("+34912345678", "Europe/Madrid"); // not the Canaries: a fixed line
}

void TestZones::aNumberIsWhereItsPrefixSays()
{
    QFETCH(QString, number);
    QFETCH(QString, zones);
    const Number read = guards::readNumber(number);
    QVERIFY(read.isValid);
    QCOMPARE(QString::fromLatin1(guards::zonesOf(read).join('&')), zones);
}

void TestZones::quietHoursAreRightAroundEveryClockChange()
{
    int changes = 0;
    int judged = 0;
    int open = 0;
    for (const QByteArray &zone : guards::allZones()) {
        const ClockOf clock(zone);
        std::vector<time_t> edges = clock.changes(kFrom, kTo);
        changes += int(edges.size());
        edges.push_back(kFrom); // an ordinary day, for zones that never change
        for (const time_t edge : edges) {
            for (const time_t at : momentsAround(clock, edge)) {
                const bool expected = clock.isOpen(at, usualHours());
                const HoursReading reading = readHours({zone}, usualHours(), moment(at));
                QVERIFY2(reading.isOpen == expected, qPrintable(wrong(zone, at)));
                ++judged;
                open += expected ? 1 : 0;
            }
        }
    }
    QVERIFY(changes > 1700); // eleven years of some 83 zones
    QVERIFY(judged > 38 * changes);
    QVERIFY(open > judged / 4 && open < judged * 3 / 4); // both answers were asked for
}

void TestZones::theNextOpeningIsTheFirst()
{
    constexpr time_t kStep = 900; // no zone is off by less than a quarter of an hour
    for (const QByteArray &zone : guards::allZones()) {
        const ClockOf clock(zone);
        std::vector<time_t> edges = clock.changes(kFrom, kFrom + 2 * 366 * 86400);
        edges.push_back(kFrom);
        for (const time_t edge : edges) {
            const time_t closed = clock.atMinute(edge, 0, 22h); // the evening of that day
            const HoursReading reading = readHours({zone}, usualHours(), moment(closed));
            QVERIFY2(!reading.isOpen && reading.opens, qPrintable(wrong(zone, closed)));
            const time_t opens = time_t(core::toMicros(*reading.opens) / 1'000'000);
            QVERIFY2(clock.isOpen(opens, usualHours()), qPrintable(wrong(zone, opens)));
            QVERIFY2(!clock.isOpen(opens - 1, usualHours()), qPrintable(wrong(zone, opens)));
            for (time_t at = closed; at < opens; at += kStep)
                QVERIFY2(!clock.isOpen(at, usualHours()), qPrintable(wrong(zone, at)));
        }
    }
}

void TestZones::manyZonesAreOpenOnlyTogether()
{
    const QList<QByteArray> zones = guards::zonesOf(numberOf("+18002345678")); // anywhere in +1
    QVERIFY(zones.size() > 40);
    const WeekHours &hours = guards::shippedPolicy().hours(QStringLiteral("US"));
    const time_t from = seconds(u"2026-11-24T00:00:00Z"); // a Tuesday
    int quartersOpen = 0;
    for (int quarter = 0; quarter < 96; ++quarter) {
        const time_t at = from + quarter * 900;
        bool expected = true;
        for (const QByteArray &zone : zones)
            expected = expected && ClockOf(zone).isOpen(at, hours);
        const HoursReading reading = readHours(zones, hours, moment(at));
        QCOMPARE(reading.isOpen, expected);
        QCOMPARE(reading.opens.has_value(), !expected);
        QCOMPARE(reading.zones.size(), size_t(zones.size()));
        quartersOpen += expected ? 1 : 0;
    }
    QVERIFY(quartersOpen > 0 && quartersOpen < 24);
}

void TestZones::zonesTooFarApartNeverOpen()
{
    const QList<QByteArray> zones{"Europe/London", "Pacific/Auckland"};
    for (int hour = 0; hour < 7 * 24; ++hour) {
        const HoursReading reading = readHours(zones, usualHours(), moment(kFrom + hour * 3600));
        QVERIFY(!reading.isOpen);
        QVERIFY(!reading.opens);
    }
}

void TestZones::aDayMayBeClosed()
{
    WeekHours hours = usualHours();
    hours.sunday = {};
    const Timestamp sunday = core::fromIso(u"2026-11-29T13:00:00Z").value();
    const HoursReading reading = readHours({"Europe/London"}, hours, sunday);
    QVERIFY(!reading.isOpen);
    QCOMPARE(reading.opens, std::optional(core::fromIso(u"2026-11-30T09:00:00Z").value()));
    hours = WeekHours{};
    QVERIFY(!readHours({"Europe/London"}, hours, sunday).opens);
    hours.sunday = {0min, 24h};
    QVERIFY(readHours({"Europe/London"}, hours, sunday).isOpen);
    QVERIFY(readHours({"Europe/London"}, hours, sunday - 13h).isOpen);
    QVERIFY(!readHours({"Europe/London"}, hours, sunday + 11h).isOpen);
}

void TestZones::noZoneIsNeverOpen()
{
    const HoursReading reading = readHours({}, usualHours(), moment(kFrom));
    QVERIFY(!reading.isOpen);
    QVERIFY(!reading.opens);
    QVERIFY(guards::zonesOf(Number{}).isEmpty());
}

void TestZones::onlyNamesOfPlacesAreZones()
{
    QVERIFY(guards::isKnownZone("Europe/Kiev"));
    for (const char *name : {"", "UTC", "UTC+02:00", "+02:00", "CET", "Mars/Olympus", "Europe/",
                             "../../etc/passwd", "/etc/localtime", "Europe/Paris\n"})
        QVERIFY2(!guards::isKnownZone(name), name);
}

REGISTER_TEST(TestZones);

} // namespace tst_zones

#include "tst_zones.moc"
