#include "guards/hours.h"

#include <QDateTime>
#include <QLocale>
#include <QTimeZone>

#include <algorithm>

namespace guards {

namespace {

// Each weekday comes up once in a week; the eighth day is for a window that is over today.
constexpr int kDaysAhead = 8;
constexpr int kMsecsAMinute = 60'000;

QDateTime localTime(const QTimeZone &zone, qint64 msecs)
{
    const QDateTime utc = QDateTime::fromMSecsSinceEpoch(msecs, Qt::UTC);
    return utc.addSecs(zone.offsetFromUtc(utc)); // shows the local clock and is still "UTC"
}

bool isOpenAt(const QDateTime &local, const WeekHours &hours)
{
    const Window &window = hours.on(local.date().dayOfWeek());
    const std::chrono::minutes minute(local.time().msecsSinceStartOfDay() / kMsecsAMinute);
    return window.opens <= minute && minute < window.closes;
}

bool isOpenInAll(const std::vector<QTimeZone> &zones, const WeekHours &hours, qint64 msecs)
{
    return std::all_of(zones.begin(), zones.end(), [&](const QTimeZone &zone) {
        return isOpenAt(localTime(zone, msecs), hours);
    });
}

/// The moments at which any of the zones opens; sorted. The first at which all are open is when
/// they are for the first time, since one of them must just have opened.
std::vector<qint64> openings(const std::vector<QTimeZone> &zones, const WeekHours &hours,
                             qint64 now)
{
    std::vector<qint64> moments;
    for (const QTimeZone &zone : zones) {
        const QDate today = localTime(zone, now).date();
        for (int day = 0; day <= kDaysAhead; ++day) {
            const QDate date = today.addDays(day);
            const QTime opens = QTime::fromMSecsSinceStartOfDay(
                int(hours.on(date.dayOfWeek()).opens.count() % (24 * 60)) * kMsecsAMinute);
            moments.push_back(QDateTime(date, opens, zone).toMSecsSinceEpoch());
        }
    }
    std::sort(moments.begin(), moments.end());
    moments.erase(std::unique(moments.begin(), moments.end()), moments.end());
    return moments;
}

std::optional<Timestamp> nextOpening(const std::vector<QTimeZone> &zones, const WeekHours &hours,
                                     qint64 now)
{
    for (const qint64 moment : openings(zones, hours, now)) {
        if (moment > now && isOpenInAll(zones, hours, moment))
            return Timestamp(std::chrono::milliseconds(moment));
    }
    return std::nullopt;
}

} // namespace

bool isKnownZone(const QByteArray &zone)
{
    // An offset such as "UTC+02:00" would be accepted by Qt, and knows no daylight saving.
    return zone.contains('/') && QTimeZone(zone).isValid();
}

HoursReading readHours(const QList<QByteArray> &zones, const WeekHours &hours, Timestamp now)
{
    const qint64 msecs =
        std::chrono::floor<std::chrono::milliseconds>(now).time_since_epoch().count();
    HoursReading reading{.zones = {}, .isOpen = !zones.isEmpty(), .opens = {}};
    std::vector<QTimeZone> clocks;
    for (const QByteArray &zone : zones) {
        clocks.emplace_back(zone);
        const QDateTime local = localTime(clocks.back(), msecs);
        const bool isOpen = isOpenAt(local, hours);
        reading.zones.push_back(
            {zone, QLocale::c().toString(local, QStringLiteral("ddd HH:mm")), isOpen});
        reading.isOpen = reading.isOpen && isOpen;
    }
    if (!reading.isOpen && !zones.isEmpty())
        reading.opens = nextOpening(clocks, hours, msecs);
    return reading;
}

} // namespace guards
