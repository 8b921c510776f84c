#pragma once

#include "engine/routing_table.h"

namespace deposits {

/// Each day the provider's own list of what it sent is compared with what came. An event that is
/// missing is handled as if it had come. Older deployments have no such list.
class EventLog {
public:
    /// Adds the routes deposits.compare and deposits.events.
    void addRoutes(engine::RoutingTable &routes) const;
    /// Once at each start: tomorrow, and then each day.
    [[nodiscard]] Result<void> start(engine::Context &context) const;

private:
    using Step = Result<engine::Outcome>;
    [[nodiscard]] Step compare(const engine::Event &event, engine::Context &context) const;
    [[nodiscard]] Step answered(const engine::Event &event, engine::Context &context) const;
};

} // namespace deposits
