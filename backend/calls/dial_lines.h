#pragma once

#include "calls/call_store.h"
#include "engine/event.h"

namespace calls {

/// How many calls take a line at the provider.
struct LinesTaken {
    int all = 0;
    int ofCustomer = 0;
    int inRegion = 0; // by customers of the tiers that are counted there
};
/// As the lane `dial` knows it: an end counts once it was handled there.
/// `tiers`: a PostgreSQL array of names.
[[nodiscard]] Result<LinesTaken> linesTaken(database::Transaction &transaction, CustomerId customer,
                                            const QString &region, const QString &tiers);

/// On the lane `dial`.
[[nodiscard]] Result<void> takeLine(engine::Context &context, const Call &call);
/// On the call's own lane, when it is over: the lane `dial` hears of it.
[[nodiscard]] Result<void> postLineIsFree(engine::Context &context, const Call &call);
/// Handles what was posted.
[[nodiscard]] Result<engine::Outcome> freeLine(const engine::Event &event,
                                               engine::Context &context);

} // namespace calls
