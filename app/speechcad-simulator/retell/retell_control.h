#pragma once

#include "retell/retell_api.h"

#include <memory>

class QUrlQuery;

namespace simulator {

/// The routes under /_sim/retell.
class RetellControl final {
public:
    RetellControl(World &world, RetellApi &retell);
    ~RetellControl();

    /// `path` is what follows "retell".
    [[nodiscard]] http::Response get(const QStringList &path, const QUrlQuery &query) const;
    [[nodiscard]] http::Response post(const QStringList &path, const Json &body);
    /// Takes over what is there; a text names what is wrong with it.
    [[nodiscard]] static Result<void> changeSettings(Options &options, const Json &body);

private:
    [[nodiscard]] http::Response calls(const QUrlQuery &query) const;
    [[nodiscard]] http::Response assets() const;
    [[nodiscard]] http::Response addPlan(const Json &body);
    [[nodiscard]] http::Response putAgent(const Json &body);
    [[nodiscard]] http::Response actOnCall(const RetellCallPtr &call, const QString &action,
                                           const Json &body);
    [[nodiscard]] http::Response openDoor(const Json &body);

    World &m_world;
    RetellApi &m_retell;
    /// A port with nothing but Retell behind it: closed, a connection to it is refused.
    std::unique_ptr<http::Server> m_door;
    quint16 m_doorPort = 0;
};

} // namespace simulator
