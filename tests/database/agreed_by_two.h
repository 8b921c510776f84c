#pragma once

#include "database/transaction.h"

namespace tests {

/// Two people who agreed to a command of this kind, for a test that begins behind the commands.
inline Result<void> agreedByTwo(database::Transaction &transaction, const char *kind, InboxId cause)
{
    return database::done(transaction.run(
        QStringLiteral(
            "WITH people AS (INSERT INTO operators (name, passphrase_hash, roles, created_at, "
            "changed_at, cause_id) SELECT 'agreed-' || ?::bigint || '-' || n, '$argon2id$none', "
            "'{admin}', now(), now(), 0 FROM generate_series(1, 2) n RETURNING id), sessions AS "
            "(INSERT INTO operator_sessions (operator_id, token_sha256, origin, started_at, "
            "seen_at, active_at, idle_s, ends_at, cause_id) SELECT id, sha256(int8send(id) || "
            "'agreed'), 'local', now(), now(), now(), 600, now() + interval '1 hour', 0 FROM "
            "people RETURNING id, operator_id), both_of_them AS (SELECT array_agg(id) AS "
            "sessions, array_agg(operator_id) AS people FROM sessions) INSERT INTO "
            "agreements (kind, digest, what, state, asked_by, asked_session, asked_at, "
            "expires_at, asked_cause, agreed_by, agreed_session, agreed_at, agreed_cause) SELECT "
            "?, sha256(int8send(?::bigint)), 'a test', 'agreed', people[1], sessions[1], now(), "
            "now() + interval '1 hour', 0, people[2], sessions[2], now(), ? FROM both_of_them"),
        {cause.value, QString::fromLatin1(kind), cause.value, cause.value}));
}

} // namespace tests
