#pragma once

#include "database/connection.h"

#include <QtGlobal>

namespace tests {

/// A customer who reads French, with 5,000 USD of one payment.
inline void addFrenchCustomer(database::Connection &connection, qint64 id,
                              const QString &payment = QStringLiteral("made"))
{
    const auto run = [&](const QString &sql, const database::Values &values) {
        if (const auto done = connection.run(sql, values); !done)
            qFatal("no customer: %s", qUtf8Printable(done.error().detail));
    };
    run(QStringLiteral("INSERT INTO wallets (customer_id) VALUES (?)"), {id});
    run(QStringLiteral("INSERT INTO customers (id, name, language, created_at, cause_id) VALUES "
                       "(?, 'Camille', 'fr', now(), 1)"),
        {id});
    run(QStringLiteral("INSERT INTO transfers (customer_id, at, cause_id, available, platform, "
                       "platform_amount, kind, request_key) VALUES (?::bigint, now(), 1, "
                       "5000000000, 'dynopay_clearing', -5000000000, 'deposit', 'deposit:' || "
                       "?::text)"),
        {id, payment});
}

/// A call that ended so long ago and cost so much, as the calls would have left it. Its id.
inline qint64 addPaidCall(database::Connection &connection, qint64 customer, Money charged,
                          const QString &endedAgo = QStringLiteral("1 hour"))
{
    const auto run = [&](const QString &sql, const database::Values &values) {
        const auto rows = connection.run(sql, values);
        if (!rows)
            qFatal("no call: %s", qUtf8Printable(rows.error().detail));
        return rows->isEmpty() ? 0 : rows->first().integer("id");
    };
    const qint64 held = charged.micros() + 1'000'000;
    const qint64 call = run(
        QStringLiteral("INSERT INTO calls (customer_id, request_key, script_version_id, to_number, "
                       "consent, is_recorded, tier, asked_at, cause_id) VALUES (?, 'test:' || "
                       "gen_random_uuid(), 1, '+14155550123', 'relationship', false, 'new', now() "
                       "- ?::interval, 1) RETURNING id"),
        {customer, endedAgo});
    const qint64 hold =
        run(QStringLiteral("INSERT INTO transfers (customer_id, at, cause_id, available, held, "
                           "kind, request_key) VALUES (?, now(), 1, ?, ?, 'hold', 'hold:' || "
                           "?::text) RETURNING id"),
            {customer, -held, held, call});
    const qint64 charge =
        run(QStringLiteral("INSERT INTO transfers (customer_id, at, cause_id, available, held, "
                           "platform, platform_amount, resolves_id, kind, request_key) VALUES (?, "
                           "now(), 1, ?, ?, 'revenue_calls', ?, ?, 'charge', 'charge:' || ?::text) "
                           "RETURNING id"),
            {customer, held - charged.micros(), -held, charged.micros(), hold, call});
    run(QStringLiteral("UPDATE calls SET state = 'dialling', attempt_id = 'attempt-' || id, "
                       "dialled_at = now(), dial_outbox_id = id, verdict = '{}', longest_s = 600, "
                       "rates_version = 1, rate_per_minute = 350000, recording_fee = 0, hold = ?, "
                       "hold_transfer_id = ? WHERE id = ? RETURNING id"),
        {held, hold, call});
    return run(QStringLiteral("UPDATE calls SET state = 'ended', charged = ?, charge_transfer_id = "
                              "?, billed_s = 100, ended_at = now() - ?::interval, settled_at = "
                              "now() WHERE id = ? RETURNING id"),
               {charged.micros(), charge, endedAgo, call});
}

} // namespace tests
