#include "intake/quarantine.h"

#include "core/crypto.h"

namespace intake {

namespace {

constexpr int kRowsPerRouteMax = 20;
constexpr int kRowsMax = 1000;

const QString kQuarantine = QStringLiteral(R"(
WITH known AS (
  SELECT token_sha256 FROM webhook_routes WHERE token_sha256 = ?),
kept AS (
  INSERT INTO webhook_quarantine (source, reason, route_sha256, body_sha256, body, headers, received_at)
  SELECT ?, ?, k.token_sha256, d.digest, ?, ?::jsonb, ?::timestamptz
  FROM known k, (SELECT ?::bytea AS digest) d
  WHERE (SELECT count(*) FROM webhook_quarantine q WHERE q.route_sha256 = k.token_sha256) < ?
    AND NOT EXISTS (SELECT FROM webhook_quarantine q WHERE q.route_sha256 = k.token_sha256 AND q.body_sha256 = d.digest)
  ON CONFLICT DO NOTHING RETURNING id),
gone AS (
  DELETE FROM webhook_quarantine q USING kept WHERE q.id <= kept.id - ?)
SELECT EXISTS (SELECT FROM known) AS is_known, (SELECT id FROM kept) AS id)");

int number(queue::Source source)
{
    return static_cast<int>(source);
}

} // namespace

Result<Quarantined> quarantine(database::Connection &connection, const Unproven &refused,
                               Timestamp now)
{
    const auto rows =
        connection.run(kQuarantine, {refused.routeTokenSha256, number(refused.source),
                                     QString::fromLatin1(refused.reason), refused.body,
                                     QString::fromUtf8(refused.headers), core::toIso(now),
                                     core::sha256(refused.body), kRowsPerRouteMax, kRowsMax});
    if (!rows)
        return failure(rows.error());
    return Quarantined{.isKnownRoute = rows->first().boolean("is_known"),
                       .row = rows->first().optionalInteger("id")};
}

Result<bool> noteSigner(database::Connection &connection, queue::Source source, Timestamp now)
{
    const auto noted = connection.run(
        QStringLiteral("INSERT INTO webhook_signers (source, since) VALUES (?, ?::timestamptz) "
                       "ON CONFLICT DO NOTHING"),
        {number(source), core::toIso(now)});
    if (!noted)
        return failure(noted.error());
    return noted->affected() == 1;
}

Result<bool> isSigner(database::Connection &connection, queue::Source source)
{
    const auto found = connection.run(
        QStringLiteral("SELECT FROM webhook_signers WHERE source = ?"), {number(source)});
    if (!found)
        return failure(found.error());
    return !found->isEmpty();
}

} // namespace intake
