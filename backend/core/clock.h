#pragma once

#include "core/result.h"

#include <atomic>
#include <chrono>

namespace core {

/// A moment in UTC, to the microsecond: what PostgreSQL's timestamptz holds.
using Timestamp = std::chrono::sys_time<std::chrono::microseconds>;

/// "2026-11-22T17:04:05.123456Z". Sorted as text it is sorted in time; SQL reads it as timestamptz.
[[nodiscard]] QString toIso(Timestamp moment);
/// ISO 8601 with a zone or "Z", and what PostgreSQL writes ("2026-11-22 17:04:05.123456+00");
/// beyond microseconds is cut off. BadInput: also for a text without a zone.
[[nodiscard]] Result<Timestamp> fromIso(QStringView text);
[[nodiscard]] qint64 toMicros(Timestamp moment);
[[nodiscard]] Timestamp fromMicros(qint64 micros);

/// Time comes in through the constructor, so that a test moves it by an hour in one line.
class Clock {
public:
    virtual ~Clock() = default;
    /// Any thread may call.
    [[nodiscard]] virtual Timestamp now() const = 0;
};

class SystemClock final : public Clock {
public:
    [[nodiscard]] Timestamp now() const override;
};

/// Stands still until it is moved.
class FakeClock final : public Clock {
public:
    explicit FakeClock(Timestamp start);
    [[nodiscard]] Timestamp now() const override;
    void advance(std::chrono::microseconds by);
    void set(Timestamp moment);

private:
    std::atomic<qint64> m_micros;
};

} // namespace core

using core::Clock;
using core::Timestamp;
