#pragma once

#include "core/clock.h"

#include <QString>

#include <memory>

namespace core {

/// The clock a process runs on: the system's, or in SPEECHCAD_TESTING builds, when
/// SPEECHCAD_TEST_CLOCK names a Unix socket, the system's plus what the test behind that socket
/// has added so far. Waits up to 2 s for the first word of the test, so no time is read before it.
[[nodiscard]] Result<std::unique_ptr<Clock>> processClock();

#ifdef SPEECHCAD_TESTING

/// The test's end: every process connected to `path` is on this clock.
class TestClockServer final : public Clock {
public:
    explicit TestClockServer(const QString &path);
    ~TestClockServer() override;
    TestClockServer(const TestClockServer &) = delete;
    TestClockServer &operator=(const TestClockServer &) = delete;

    [[nodiscard]] Timestamp now() const override;
    /// Any amount, also backwards. Returns when all connected processes have taken it over.
    void advance(std::chrono::microseconds by);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

#endif

} // namespace core
