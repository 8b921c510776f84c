#pragma once

#include "core/settings.h"

#include <QProcess>
#include <QTemporaryDir>

#include <memory>

namespace console {

/// A whole little world on this machine: simulated Telegram and DynoPay with customers who chat and
/// pay, and settings that point to it. Everything is gone when it ends, unless a data directory was
/// given.
class Demo {
public:
    /// `dataDir`: empty takes a temporary one. Errors: ConfigurationInvalid, with what to do.
    [[nodiscard]] static Result<std::unique_ptr<Demo>> start(const QString &dataDir);
    ~Demo();

    [[nodiscard]] const core::Settings &settings() const { return m_settings; }

private:
    Demo() = default;
    [[nodiscard]] Result<quint16> startSimulator(quint16 hookPort);

    std::unique_ptr<QTemporaryDir> m_directory; // null: the caller's is kept
    core::Settings m_settings;
    QProcess m_simulator;
};

} // namespace console
