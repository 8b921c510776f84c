#pragma once

#include "guards/policy.h"

#include <QByteArray>
#include <QList>

namespace guards {

struct ZoneTime {
    QByteArray zone;
    QString local; // "Sun 08:12"
    bool isOpen = false;
};

/// What the clocks show in all places where somebody may be.
struct HoursReading {
    std::vector<ZoneTime> zones;
    bool isOpen = false;            // in every one of them
    std::optional<Timestamp> opens; // the next moment at which it is, within eight days
};

[[nodiscard]] bool isKnownZone(const QByteArray &zone);

/// Each zone must be known. None at all is never open.
[[nodiscard]] HoursReading readHours(const QList<QByteArray> &zones, const WeekHours &hours,
                                     Timestamp now);

} // namespace guards
