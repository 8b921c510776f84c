#pragma once

#include "engine/routing_table.h"

namespace subscriptions {

/// A customer's plan of another bot moves in: it runs to its end there, with all the minutes of our
/// shortest period that is as long, costs nothing and is not renewed by itself. Once a customer,
/// whatever the key; a plan that is over by now, or beside another, is none. Kind of the event:
/// "plan.move_in", on the customer's lane.
void addMoveInRoute(engine::RoutingTable &routes);
[[nodiscard]] Result<void> postMoveIn(engine::Context &context, CustomerId customer,
                                      const QString &plan, Timestamp ends, const QString &key);

} // namespace subscriptions
