#include "operators/operator_store.h"

#include "core/assert.h"

#include <QRegularExpression>

#include <array>

namespace operators {

namespace {

constexpr std::array<std::pair<Role, const char *>, 5> kRoles = {{{Role::Viewer, "viewer"},
                                                                  {Role::Support, "support"},
                                                                  {Role::Senior, "senior"},
                                                                  {Role::Finance, "finance"},
                                                                  {Role::Admin, "admin"}}};

QString arrayOf(Roles roles)
{
    return u'{' + namesOf(roles).join(u',') + u'}';
}

QString nameOf(AuditResult result)
{
    switch (result) {
    case AuditResult::Done: return QStringLiteral("done");
    case AuditResult::Denied: return QStringLiteral("denied");
    case AuditResult::Failed: return QStringLiteral("failed");
    case AuditResult::Expired: return QStringLiteral("expired");
    }
    CORE_ASSERT(false);
    return {};
}

Result<void> endSessionsOf(database::Transaction &transaction, OperatorId id, const QString &reason,
                           Timestamp now)
{
    return database::done(transaction.run(
        QStringLiteral("UPDATE operator_sessions SET ended_at = ?::timestamptz, end_reason = ? "
                       "WHERE operator_id = ? AND ended_at IS NULL"),
        {core::toIso(now), reason, id.value}));
}

} // namespace

QStringList namesOf(Roles roles)
{
    QStringList names;
    for (const auto &[role, name] : kRoles) {
        if (roles.testFlag(role))
            names << QLatin1String(name);
    }
    return names;
}

Result<Roles> rolesFrom(const QStringList &names)
{
    Roles roles;
    for (const QString &wanted : names) {
        const auto found = std::find_if(kRoles.begin(), kRoles.end(), [&](const auto &each) {
            return wanted == QLatin1String(each.second);
        });
        if (found == kRoles.end())
            return failure({.code = ErrorCode::BadInput,
                            .detail = QStringLiteral("roles are viewer, support, senior, finance "
                                                     "and admin")});
        roles |= found->first;
    }
    if (!roles)
        return failure({.code = ErrorCode::BadInput,
                        .detail = QStringLiteral("an operator needs a role: viewer, support, "
                                                 "senior, finance or admin")});
    return roles;
}

Roles rolesFromArray(const QString &array)
{
    return rolesFrom(array.mid(1, array.size() - 2).split(u',', Qt::SkipEmptyParts))
        .value_or(Roles());
}

Result<QString> checkedName(const QString &name)
{
    static const QRegularExpression allowed(QStringLiteral("\\A[a-z0-9][a-z0-9._-]{1,31}\\z"));
    if (!allowed.match(name).hasMatch())
        return failure({.code = ErrorCode::BadInput,
                        .detail = QStringLiteral("a name has 2 to 32 of a-z, 0-9, '.', '_', '-'")});
    return name;
}

Result<std::optional<Operator>> findOperator(database::Transaction &transaction,
                                             const QString &name)
{
    const auto rows = transaction.run(
        QStringLiteral("SELECT id, name, passphrase_hash, roles::text AS roles, language, "
                       "is_active FROM operators WHERE name = ?"),
        {name});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return std::optional<Operator>();
    const database::Row row = rows->first();
    return std::optional(Operator{.id = OperatorId{row.integer("id")},
                                  .name = row.text("name"),
                                  .passphraseHash = row.text("passphrase_hash"),
                                  .roles = rolesFromArray(row.text("roles")),
                                  .language = row.text("language"),
                                  .isActive = row.boolean("is_active")});
}

Result<qint64> countOperators(database::Transaction &transaction)
{
    const auto rows = transaction.run(QStringLiteral("SELECT count(*) AS n FROM operators"));
    if (!rows)
        return failure(rows.error());
    return rows->first().integer("n");
}

Result<OperatorId> addOperator(database::Transaction &transaction, const NewOperator &wanted,
                               InboxId cause, Timestamp now)
{
    const QString at = core::toIso(now);
    const auto rows = transaction.run(
        QStringLiteral("INSERT INTO operators (name, passphrase_hash, roles, language, created_at, "
                       "changed_at, cause_id) VALUES (?, ?, ?::text[], ?, ?::timestamptz, "
                       "?::timestamptz, ?) RETURNING id"),
        {wanted.name, wanted.passphraseHash, arrayOf(wanted.roles), wanted.language, at, at,
         cause.value});
    if (!rows)
        return failure(rows.error());
    const OperatorId id{rows->first().integer("id")};
    transaction.changed(Topic::Operator, id.value);
    return id;
}

Result<void> resetPassphrase(database::Transaction &transaction, OperatorId id,
                             const QString &passphraseHash, InboxId cause, Timestamp now)
{
    const QString at = core::toIso(now);
    const auto reset = transaction.run(
        QStringLiteral("UPDATE operators SET passphrase_hash = ?, is_active = true, changed_at = "
                       "?::timestamptz, cause_id = ? WHERE id = ?"),
        {passphraseHash, at, cause.value, id.value});
    if (!reset)
        return failure(reset.error());
    transaction.changed(Topic::Operator, id.value);
    return endSessionsOf(transaction, id, QStringLiteral("passphrase reset"), now);
}

Result<void> setRoles(database::Transaction &transaction, OperatorId id, Roles roles, InboxId cause,
                      Timestamp now)
{
    transaction.changed(Topic::Operator, id.value);
    return database::done(transaction.run(
        QStringLiteral("UPDATE operators SET roles = ?::text[], changed_at = ?::timestamptz, "
                       "cause_id = ? WHERE id = ?"),
        {arrayOf(roles), core::toIso(now), cause.value, id.value}));
}

Result<void> setActive(database::Transaction &transaction, OperatorId id, bool isActive,
                       InboxId cause, Timestamp now)
{
    const auto set = transaction.run(
        QStringLiteral("UPDATE operators SET is_active = ?, changed_at = ?::timestamptz, cause_id "
                       "= ? WHERE id = ?"),
        {isActive, core::toIso(now), cause.value, id.value});
    if (!set)
        return failure(set.error());
    transaction.changed(Topic::Operator, id.value);
    if (isActive)
        return {};
    return endSessionsOf(transaction, id, QStringLiteral("not active any more"), now);
}

Result<void> setSolo(database::Transaction &transaction, bool isSolo)
{
    return database::done(transaction.run(
        QStringLiteral("INSERT INTO operator_settings (is_solo) VALUES (?) ON CONFLICT (one) DO "
                       "UPDATE SET is_solo = excluded.is_solo"),
        {isSolo}));
}

Result<void> publishSealingKey(database::Transaction &transaction, const QByteArray &publicKey)
{
    return database::done(transaction.run(
        QStringLiteral("INSERT INTO operator_settings (sealing_key) VALUES (?) ON CONFLICT (one) "
                       "DO UPDATE SET sealing_key = excluded.sealing_key"),
        {publicKey}));
}

Result<SessionId> openSession(database::Transaction &transaction, const NewSession &wanted,
                              InboxId cause, Timestamp now)
{
    const QString at = core::toIso(now);
    const auto rows = transaction.run(
        QStringLiteral("INSERT INTO operator_sessions (operator_id, token_sha256, origin, "
                       "started_at, seen_at, active_at, idle_s, ends_at, cause_id) VALUES (?, ?, "
                       "?, ?::timestamptz, ?::timestamptz, ?::timestamptz, ?, ?::timestamptz, ?) "
                       "RETURNING id"),
        {wanted.id.value, wanted.tokenSha256, wanted.origin, at, at, at,
         static_cast<qint64>(wanted.idle.count()), core::toIso(now + wanted.lifetime),
         cause.value});
    if (!rows)
        return failure(rows.error());
    return SessionId{rows->first().integer("id")};
}

Result<void> endSession(database::Transaction &transaction, SessionId id, const QString &reason,
                        Timestamp now)
{
    return database::done(transaction.run(
        QStringLiteral("UPDATE operator_sessions SET ended_at = ?::timestamptz, end_reason = ? "
                       "WHERE id = ? AND ended_at IS NULL"),
        {core::toIso(now), reason, id.value}));
}

Result<std::optional<OperatorId>> operatorOfOpenSession(database::Transaction &transaction,
                                                        SessionId id)
{
    const auto rows = transaction.run(
        QStringLiteral("SELECT operator_id FROM operator_sessions WHERE id = ? AND ended_at IS "
                       "NULL FOR UPDATE"),
        {id.value});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return std::optional<OperatorId>();
    return std::optional(OperatorId{rows->first().integer("operator_id")});
}

Result<void> writeAudit(database::Transaction &transaction, const AuditLine &line, InboxId cause,
                        Timestamp now)
{
    return database::done(transaction.run(
        QStringLiteral("INSERT INTO audit (at, operator_id, operator_name, roles, action, object, "
                       "result, reason, origin, cause_id) VALUES (?::timestamptz, ?, ?, ?::text[], "
                       "?, ?, ?, ?, ?, ?)"),
        {core::toIso(now), line.operatorId ? QVariant(line.operatorId->value) : database::null(),
         line.operatorName, arrayOf(line.roles), line.action, line.object, nameOf(line.result),
         line.reason, line.origin, cause.value}));
}

} // namespace operators
