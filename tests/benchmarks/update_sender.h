#pragma once

#include <QtGlobal>

#include <chrono>
#include <optional>
#include <vector>

namespace benchmarks {

struct Load {
    quint16 port = 0;
    int updates = 0;
    qint64 firstUpdate = 0;
    std::optional<int> perSecond = {}; // absent: as fast as they are acknowledged
};

/// Sends /start of the known customers, in turn, over 32 connections, and returns when each was
/// sent. One that is not acknowledged ends the program.
[[nodiscard]] std::vector<std::chrono::steady_clock::time_point> sendUpdates(const Load &load);

/// Whose update that is.
[[nodiscard]] qint64 customerOf(qint64 update);

} // namespace benchmarks
