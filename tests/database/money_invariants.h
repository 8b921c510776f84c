#pragma once

#include "tests/database/call_fixture.h"

#include <array>

namespace tests {

/// Each finds what must never be. The numbers are those of the design's list of what always holds.
struct Invariant {
    const char *name;
    const char *violations; // a count
};
inline constexpr std::array kInvariants = {
    Invariant{"1: a transfer sums to zero",
              "transfers WHERE available + held + debt + platform_amount + other_amount <> 0"},
    Invariant{"1: all entries sum to zero",
              "(SELECT sum(amount) AS s FROM entries) x WHERE s <> 0"},
    Invariant{
        "2: a balance is the sum of its entries",
        "wallets w LEFT JOIN (SELECT customer_id, sum(available) a, sum(held) h, sum(debt) d "
        "FROM transfers GROUP BY 1) t USING (customer_id) WHERE (w.available, w.held, w.debt) "
        "<> (coalesce(a, 0), coalesce(h, 0), coalesce(d, 0))"},
    Invariant{"3: nothing is overdrawn", "wallets WHERE available < 0 OR held < 0 OR debt > 0"},
    Invariant{"3: also not on the way",
              "transfers WHERE available_after < 0 OR held_after < 0 OR debt_after > 0"},
    Invariant{"4: no more is refunded than was paid",
              "transfers p JOIN (SELECT refunds_id, -sum(platform_amount) AS back FROM transfers "
              "GROUP BY 1) r ON r.refunds_id = p.id WHERE back > p.platform_amount"},
    Invariant{
        "5: a payment is credited once",
        "(SELECT d.id FROM deposits d JOIN transfers t ON t.request_key IN ('deposit:' || "
        "d.provider_payment_id, 'deposit:addr:' || d.id) GROUP BY d.id HAVING count(*) > 1) x"},
    Invariant{"5: and for no more than was asked", "deposits WHERE credited > requested"},
    Invariant{"5: what a deposit says is what was booked",
              "deposits d LEFT JOIN transfers t ON t.id = d.transfer_id WHERE d.credited <> "
              "coalesce(t.available + t.debt, 0)"},
    Invariant{"6: a hold is resolved once",
              "(SELECT resolves_id FROM transfers GROUP BY 1 HAVING resolves_id IS NOT NULL AND "
              "count(*) > 1) x"},
    Invariant{"6: no more is captured than was held",
              "transfers c JOIN transfers h ON h.id = c.resolves_id WHERE c.platform_amount > "
              "h.held"},
    Invariant{"6: what is held are the holds that are open",
              "wallets w WHERE held <> (SELECT coalesce(sum(h.held), 0) FROM transfers h WHERE "
              "h.customer_id = w.customer_id AND h.kind = 'hold' AND NOT EXISTS (SELECT FROM "
              "transfers r WHERE r.resolves_id = h.id))"},
    Invariant{"10: a message about money names a transfer that is its reader's",
              "(SELECT o.lane, m[1]::bigint AS id FROM outbox o, regexp_matches(o.payload::text, "
              "'T-([0-9]+)', 'g') m) x LEFT JOIN transfers t ON t.id = x.id WHERE x.lane IS "
              "DISTINCT FROM 'chat:' || t.customer_id"},
    Invariant{"10: and one only",
              "(SELECT o.id FROM outbox o, regexp_matches(o.payload::text, 'T-([0-9]+)', 'g') m "
              "GROUP BY 1 HAVING count(DISTINCT m[1]) > 1) x"},
    Invariant{"10: each credit is told once",
              "transfers t WHERE kind = 'deposit' AND (SELECT count(*) FROM outbox o WHERE "
              "o.method = 'sendMessage' AND o.lane = 'chat:' || t.customer_id AND o.payload::text "
              "~ ('T-' || t.id || '\\M')) <> 1"},
    Invariant{"a live call takes a line, and no other does", kLinesAstray},
    Invariant{"nothing was given up", "inbox_outcomes WHERE state <> 'done'"},
    Invariant{"nothing is left", "inbox_waiting"},
    Invariant{"no chain is broken", "ledger_problems()"},
};

/// The first that does not hold; empty: all do.
inline QString violatedInvariant(database::Connection &connection)
{
    for (const Invariant &invariant : kInvariants) {
        const qint64 found = number(
            connection,
            QStringLiteral("(SELECT count(*) FROM %1)").arg(QLatin1String(invariant.violations)));
        if (found != 0)
            return QStringLiteral("%1: %2").arg(QLatin1String(invariant.name)).arg(found);
    }
    return {};
}

} // namespace tests
