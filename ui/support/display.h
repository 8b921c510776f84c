#pragma once

#include "core/clock.h"

#include <QObject>
#include <QTimeZone>

namespace ui {

/// How times are shown: UTC or the person's own zone. One for the window, given to every page.
class Display final : public QObject {
    Q_OBJECT

public:
    Display(const core::Clock &clock, QTimeZone local);
    void setUtc(bool isUtc);
    [[nodiscard]] bool isUtc() const { return m_isUtc; }
    /// False where the person's zone is UTC itself: then there is nothing to switch.
    [[nodiscard]] bool hasChoice() const;
    [[nodiscard]] const QTimeZone &zone() const { return m_isUtc ? m_utc : m_local; }
    /// "UTC" or the city of the zone: "Berlin".
    [[nodiscard]] QString zoneWord() const;
    [[nodiscard]] QString localWord() const;
    [[nodiscard]] Timestamp now() const { return m_clock.now(); }

Q_SIGNALS:
    void changed();

private:
    const core::Clock &m_clock;
    QTimeZone m_utc = QTimeZone::utc();
    QTimeZone m_local;
    bool m_isUtc = true;
};

} // namespace ui
