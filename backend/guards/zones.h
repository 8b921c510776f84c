#pragma once

#include "guards/number.h"

#include <QList>

namespace guards {

/// The time zones (IANA names) a number may be in: by its longest known prefix, or by its calling
/// code alone where the digits do not tell. Empty: unknown. A ported or roaming mobile may be
/// elsewhere, so a zone that the customer states comes on top of these.
[[nodiscard]] QList<QByteArray> zonesOf(const Number &number);

/// Every zone that any number may be in; sorted.
[[nodiscard]] QList<QByteArray> allZones();

} // namespace guards
