#pragma once

#include "database/transaction.h"

#include <QtGlobal>

namespace tests {

/// New customers who read French, with 100 USD each.
inline void addFrenchCustomers(database::Connection &connection, qint64 first, int count)
{
    const qint64 last = first + count - 1;
    const QStringList statements = {
        QStringLiteral("INSERT INTO wallets (customer_id) SELECT generate_series(?::bigint, ?)"),
        QStringLiteral("INSERT INTO customers (id, name, language, created_at, cause_id) SELECT i, "
                       "'Camille ' || i, 'fr', now(), 1 FROM generate_series(?::bigint, ?) i"),
        QStringLiteral("INSERT INTO transfers (customer_id, at, cause_id, available, platform, "
                       "platform_amount, kind, request_key) SELECT i, now(), 1, 100000000, "
                       "'dynopay_clearing', -100000000, 'deposit', 'deposit:made:' || i FROM "
                       "generate_series(?::bigint, ?) i")};
    for (const QString &statement : statements) {
        if (const auto done = connection.run(statement, {first, last}); !done)
            qFatal("no customers: %s", qUtf8Printable(done.error().detail));
    }
}

/// So many calls of each of them, each ended an hour ago by "error_asr" and cost so much, as the
/// calls would have left them.
inline void addPaidCalls(database::Connection &connection, qint64 first, int customers, int ofEach,
                         Money charged, const QString &region = QStringLiteral("US"))
{
    const auto run = [&](const QString &sql, const database::Values &values) {
        if (const auto done = connection.run(sql, values); !done)
            qFatal("no calls: %s", qUtf8Printable(done.error().detail));
    };
    const qint64 held = charged.micros(); // all of them are held at once
    run(QStringLiteral(
            "INSERT INTO calls (customer_id, request_key, script_version_id, to_number, consent, "
            "is_recorded, tier, region, asked_at, cause_id) SELECT i, 'many:' || "
            "gen_random_uuid(), 1, '+14155550123', 'relationship', false, 'new', ?, now() - "
            "interval '1 hour', 1 FROM generate_series(?::bigint, ?) i, generate_series(1, ?) n"),
        {region, first, first + customers - 1, ofEach});
    run(QStringLiteral("INSERT INTO transfers (customer_id, at, cause_id, available, held, kind, "
                       "request_key) SELECT customer_id, now(), 1, ?, ?, 'hold', 'hold:' || id "
                       "FROM calls WHERE state = 'asked' AND request_key LIKE 'many:%'"),
        {-held, held});
    run(QStringLiteral(
            "INSERT INTO transfers (customer_id, at, cause_id, available, held, platform, "
            "platform_amount, resolves_id, kind, request_key) SELECT c.customer_id, now(), 1, ?, "
            "?, 'revenue_calls', ?, h.id, 'charge', 'charge:' || c.id FROM calls c JOIN transfers "
            "h ON h.request_key = 'hold:' || c.id WHERE c.state = 'asked' AND c.request_key LIKE "
            "'many:%'"),
        {held - charged.micros(), -held, charged.micros()});
    run(QStringLiteral(
            "UPDATE calls c SET state = 'dialling', attempt_id = 'attempt-' || c.id, dialled_at = "
            "now(), dial_outbox_id = c.id, verdict = '{}', longest_s = 600, rates_version = 1, "
            "rate_per_minute = 350000, recording_fee = 0, hold = ?, hold_transfer_id = h.id FROM "
            "transfers h WHERE h.request_key = 'hold:' || c.id AND c.state = 'asked' AND "
            "c.request_key LIKE 'many:%'"),
        {held});
    run(QStringLiteral(
            "UPDATE calls c SET state = 'ended', charged = ?, charge_transfer_id = t.id, billed_s "
            "= 100, disconnection_reason = 'error_asr', ended_at = now() - interval '1 hour', "
            "settled_at = now() FROM transfers t WHERE t.request_key = 'charge:' || c.id AND "
            "c.state = 'dialling' AND c.request_key LIKE 'many:%'"),
        {charged.micros()});
}

/// A plan that was bought, as the subscriptions would have left it: by which transfer it was paid.
/// `version`: of plan_versions; 4 is a month of Prime for 30 USD.
inline qint64 addPaidPlan(database::Connection &connection, qint64 customer, int version = 4,
                          const QString &startedAgo = QStringLiteral("1 hour"))
{
    qint64 payment = 0;
    const auto bought = database::inTransaction(
        connection, [&](database::Transaction &transaction) -> Result<void> {
            const auto subscription = transaction.run(
                QStringLiteral("INSERT INTO subscriptions (customer_id, request_key, plan, days, "
                               "started_at, cause_id) SELECT ?, 'test:' || gen_random_uuid(), "
                               "plan, days, now() - ?::interval, 1 FROM plan_versions WHERE id = ? "
                               "RETURNING id"),
                {customer, startedAgo, version});
            if (!subscription)
                return failure(subscription.error());
            const qint64 id = subscription->first().integer("id");
            const auto paid = transaction.run(
                QStringLiteral("INSERT INTO transfers (customer_id, at, cause_id, available, "
                               "platform, platform_amount, kind, request_key) SELECT ?, now(), 1, "
                               "-price, 'revenue_plans', price, 'plan', 'plan:' || ?::text FROM "
                               "plan_versions WHERE id = ? RETURNING id"),
                {customer, id, version});
            if (!paid)
                return failure(paid.error());
            payment = paid->first().integer("id");
            return database::done(transaction.run(
                QStringLiteral("INSERT INTO plan_periods (customer_id, subscription_id, number, "
                               "plan_version_id, starts_at, ends_at, price, transfer_id, "
                               "granted_s, cause_id) SELECT ?, ?, 1, id, now() - ?::interval, "
                               "now() - ?::interval + days * interval '24 hours', price, ?, "
                               "allowance_s, 1 FROM plan_versions WHERE id = ?"),
                {customer, id, startedAgo, startedAgo, payment, version}));
        });
    if (!bought)
        qFatal("no plan: %s", qUtf8Printable(bought.error().detail));
    return payment;
}

} // namespace tests
