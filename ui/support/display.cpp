#include "ui/support/display.h"

#include <QDateTime>

namespace ui {

Display::Display(const core::Clock &clock, QTimeZone local)
    : m_clock(clock)
    , m_local(std::move(local))
{
}

void Display::setUtc(bool isUtc)
{
    if (m_isUtc == isUtc)
        return;
    m_isUtc = isUtc;
    Q_EMIT changed();
}

bool Display::hasChoice() const
{
    const QDateTime moment =
        QDateTime::fromMSecsSinceEpoch(core::toMicros(m_clock.now()) / 1000, Qt::UTC);
    return m_local.isValid() && (m_local.hasDaylightTime() || m_local.offsetFromUtc(moment) != 0);
}

QString Display::zoneWord() const
{
    return m_isUtc ? QStringLiteral("UTC") : localWord();
}

QString Display::localWord() const
{
    const QString id = QString::fromUtf8(m_local.id());
    return id.section(u'/', -1).replace(u'_', u' ');
}

} // namespace ui
