#pragma once

#include "calls/call_settings.h"
#include "calls/call_wish.h"
#include "calls/rates.h"
#include "calls/script_agents.h"
#include "guards/facts.h"
#include "guards/tier.h"

namespace calls {

/// Whether what is read must stay so until the transaction ends. A dial locks all that other lanes
/// change: what it saw is then what was committed before it, and the order in which rows were
/// handled is one in which they could be handled again.
enum class Reading {
    Looking,
    Dialling,
};

/// All that a verdict depends on.
struct Case {
    guards::CallRequest request;
    guards::Facts facts;
    Rate rate;
    AgentOfScript agent;
};

/// Rates are those of `pricedAt`: when the customer was told them, however long the call waited
/// since. Errors: NotFound: no such script version, customer or wallet.
[[nodiscard]] Result<Case> gather(engine::Context &context, const CallWish &wish,
                                  const CallSettings &settings,
                                  const language::Catalogue &catalogue, Reading reading,
                                  Timestamp pricedAt);

/// What the customer has earned so far.
[[nodiscard]] Result<guards::Tier> tierOf(database::Transaction &transaction, CustomerId customer,
                                          Timestamp now);

} // namespace calls
