#pragma once

#include "api/changes.h"
#include "api/deposits.h"
#include "api/ledger.h"
#include "api/system.h"

namespace api {

/// All a console gets: references, not owned, valid as long as the window lives.
struct Backend {
    Deposits &deposits;
    Ledger &ledger;
    System &system;
    Changes &changes;
    const core::Clock &clock;
    QString runMode; // "Server here", "Console, server: HOST" or "Demo"
};

} // namespace api
