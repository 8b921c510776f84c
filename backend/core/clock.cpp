#include "core/clock.h"

#include <QDateTime>
#include <QRegularExpression>

namespace core {

QString toIso(Timestamp moment)
{
    const qint64 micros = toMicros(moment);
    const qint64 seconds = micros >= 0 ? micros / 1'000'000 : (micros - 999'999) / 1'000'000;
    return QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC).toString(u"yyyy-MM-ddTHH:mm:ss") +
           QStringLiteral(".%1Z").arg(micros - seconds * 1'000'000, 6, 10, QLatin1Char('0'));
}

Result<Timestamp> fromIso(QStringView text)
{
    // Not QDateTime: it keeps milliseconds only, and takes a text without a zone as local time.
    static const QRegularExpression form(
        QStringLiteral("\\A(\\d{4}-\\d{2}-\\d{2})[T ](\\d{2}:\\d{2}:\\d{2})(?:\\.(\\d{1,9}))?"
                       "(?:[Zz]|([+-])(\\d{2}):?(\\d{2})?)\\z"));
    const QRegularExpressionMatch match = form.match(text.toString());
    const QDate date = QDate::fromString(match.captured(1), Qt::ISODate);
    const QTime time = QTime::fromString(match.captured(2), Qt::ISODate);
    if (!match.hasMatch() || !date.isValid() || !time.isValid())
        return failure(
            {.code = ErrorCode::BadInput, .detail = QStringLiteral("not an ISO 8601 time")});
    const auto fraction = match.captured(3).leftJustified(6, u'0').left(6).toLongLong();
    const auto east = std::chrono::hours(match.captured(5).toInt()) +
                      std::chrono::minutes(match.captured(6).toInt());
    const auto local = std::chrono::days(QDate(1970, 1, 1).daysTo(date)) +
                       std::chrono::milliseconds(time.msecsSinceStartOfDay());
    return Timestamp(local - (match.captured(4) == u"-" ? -east : east) +
                     std::chrono::microseconds(fraction));
}

qint64 toMicros(Timestamp moment)
{
    return moment.time_since_epoch().count();
}

Timestamp fromMicros(qint64 micros)
{
    return Timestamp(std::chrono::microseconds(micros));
}

Timestamp SystemClock::now() const
{
    return std::chrono::time_point_cast<std::chrono::microseconds>(
        std::chrono::system_clock::now());
}

FakeClock::FakeClock(Timestamp start)
    : m_micros(toMicros(start))
{
}

Timestamp FakeClock::now() const
{
    return fromMicros(m_micros.load());
}

void FakeClock::advance(std::chrono::microseconds by)
{
    m_micros += by.count();
}

void FakeClock::set(Timestamp moment)
{
    m_micros = toMicros(moment);
}

} // namespace core
