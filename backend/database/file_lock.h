#pragma once

#include "core/result.h"

#include <QString>

#include <chrono>

namespace database {

/// A flock(2) on a file. It ends with the process, however that ends, so a crash never leaves it
/// behind; and no program we start inherits it.
class FileLock {
public:
    FileLock() = default;
    ~FileLock();
    FileLock(FileLock &&other) noexcept;
    FileLock &operator=(FileLock &&other) noexcept;
    FileLock(const FileLock &) = delete;
    FileLock &operator=(const FileLock &) = delete;

    /// Makes the file when it is missing.
    [[nodiscard]] static Result<FileLock> open(const QString &path);
    /// At once: false when somebody else has it. Asking for the stronger form gives up the weaker.
    [[nodiscard]] bool tryExclusive();
    [[nodiscard]] bool tryShared();
    /// False when the time is over.
    [[nodiscard]] bool waitExclusive(std::chrono::milliseconds timeout);
    void unlock();

private:
    explicit FileLock(int descriptor);
    int m_descriptor = -1;
};

} // namespace database
