#pragma once

#include "guards/judge.h"

namespace tests {

/// Tuesday, 11:00 in New York: a good hour there.
inline const Timestamp kGuardNow = core::fromIso(u"2026-11-24T16:00:00Z").value();

inline guards::CallRequest goodRequest()
{
    return {.customer = CustomerId{7001},
            .to = QStringLiteral("+12015550123"), // New Jersey
            .from = QStringLiteral("+14155550100"),
            .opening = QStringLiteral("This is an AI. Hello!")};
}

/// With these, the request above is allowed.
inline guards::Facts goodFacts()
{
    guards::Facts facts;
    facts.now = kGuardNow;
    facts.isStopped = false;
    facts.tier = guards::Tier::Regular;
    facts.providerCallsMax = 20;
    facts.available = Money::fromCents(25'00);
    facts.ratePerMinute = Money::fromCents(35);
    facts.ownNumbers = {QStringLiteral("+14155550100")};
    facts.disclosure = QStringLiteral("This is an AI.");
    return facts;
}

} // namespace tests
