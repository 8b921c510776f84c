#pragma once

#include "options.h"

#include "core/clock.h"

#include <memory>

namespace simulator {

/// Telegram, DynoPay, Retell, their users and the control API, on one port of this thread.
class Simulator final {
public:
    /// Errors: ConfigurationInvalid (address in use), BadInput (the scenario).
    [[nodiscard]] static Result<std::unique_ptr<Simulator>> start(const Options &options,
                                                                  const Clock &clock);
    ~Simulator();
    [[nodiscard]] quint16 port() const;

private:
    struct Parts;
    explicit Simulator(std::unique_ptr<Parts> parts);

    std::unique_ptr<Parts> m_parts;
};

} // namespace simulator
