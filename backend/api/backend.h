#pragma once

#include "api/audit.h"
#include "api/calls.h"
#include "api/changes.h"
#include "api/customers.h"
#include "api/deposits.h"
#include "api/ledger.h"
#include "api/operators.h"
#include "api/overview.h"
#include "api/people.h"
#include "api/refunds.h"
#include "api/system.h"
#include "api/translations.h"

namespace api {

/// All a console gets: references, not owned, valid as long as the window lives.
struct Backend {
    Overview &overview;
    Calls &calls;
    Customers &customers;
    Deposits &deposits;
    Ledger &ledger;
    Translations &translations;
    Refunds &refunds;
    People &people;
    Audit &audit;
    System &system;
    Session &session;
    Commands &commands;
    Changes &changes;
    const core::Clock &clock;
    QString runMode;         // "Server here", "Console, server: HOST" or "Demo"
    QString signInHint = {}; // of a demo: name and passphrase, for everybody to see
};

} // namespace api
