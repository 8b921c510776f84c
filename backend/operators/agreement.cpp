#include "operators/agreement.h"

#include "api/permissions.h"
#include "core/crypto.h"

namespace operators {

namespace {

using namespace std::chrono_literals;

constexpr auto kPatience = 24h;
constexpr qsizetype kWhatMax = 500;

struct Asked {
    qint64 id = 0;
    OperatorId by;
    SessionId session;
    Timestamp expiresAt;
    bool isAgreed = false;
    bool mayStillAsk = true; // or has lost the role since, or is no operator any more
};

QByteArray digestOf(const Command &command, const Wish &wish)
{
    return core::sha256(command.kind.toUtf8() + '\x01' + core::toBytes(wish.content));
}

/// The one that waits or was agreed to; its row is locked, so two who agree at once are one after
/// the other.
Result<std::optional<Asked>> find(engine::Context &context, const QString &kind,
                                  const QByteArray &digest)
{
    const auto rows = context.transaction().run(
        QStringLiteral("SELECT a.id, a.asked_by, a.asked_session, to_micros(a.expires_at) AS "
                       "expires_at, a.state = 'agreed' AS is_agreed, o.is_active, o.roles::text AS "
                       "roles FROM agreements a JOIN operators o ON o.id = a.asked_by WHERE a.kind "
                       "= ? AND a.digest = ? AND a.state <> 'expired' FOR UPDATE OF a"),
        {kind, digest});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return std::optional<Asked>();
    const database::Row row = rows->first();
    return std::optional(Asked{
        row.integer("id"), OperatorId{row.integer("asked_by")},
        SessionId{row.integer("asked_session")}, row.time("expires_at"), row.boolean("is_agreed"),
        row.boolean("is_active") && (rolesFromArray(row.text("roles")) & *api::rolesFor(kind))});
}

Result<void> endLate(engine::Context &context, qint64 id)
{
    return database::done(context.transaction().run(
        QStringLiteral("UPDATE agreements SET state = 'expired' WHERE id = ?"), {id}));
}

Result<Asked> ask(engine::Context &context, const Command &command, const QString &what,
                  const QByteArray &digest)
{
    const Timestamp until = context.now() + kPatience;
    const auto rows = context.transaction().run(
        QStringLiteral("INSERT INTO agreements (kind, digest, what, asked_by, asked_session, "
                       "asked_at, expires_at, asked_cause) VALUES (?, ?, ?, ?, ?, "
                       "?::timestamptz, ?::timestamptz, ?) ON CONFLICT DO NOTHING RETURNING id"),
        {command.kind, digest, what.left(kWhatMax), command.by.value, command.session.value,
         core::toIso(context.now()), core::toIso(until), context.cause().value});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return failure({.code = ErrorCode::Conflict,
                        .detail = QStringLiteral("another asks for the same at this moment"),
                        .transient = true});
    context.changed(Topic::Policy, 0);
    return Asked{rows->first().integer("id"), command.by, command.session, until};
}

Result<void> agree(engine::Context &context, const Command &command, const Asked &asked)
{
    context.changed(Topic::Policy, 0);
    return database::done(context.transaction().run(
        QStringLiteral("UPDATE agreements SET state = 'agreed', agreed_by = ?, agreed_session = ?, "
                       "agreed_at = ?::timestamptz, agreed_cause = ?, is_solo = ? WHERE id = ?"),
        {command.by.value, command.session.value, core::toIso(context.now()), context.cause().value,
         asked.by == command.by, asked.id}));
}

CommandOutcome askedOutcome(const Command &command, const Wish &wish, const Asked &asked)
{
    CommandOutcome outcome{
        .answer = {{"asked", true}, {"expires_at", core::toIso(asked.expiresAt).toStdString()}}};
    outcome.audit = doneLine(command, Json::object());
    outcome.audit->object = QStringLiteral("agreement %1").arg(asked.id);
    outcome.audit->reason = QStringLiteral("asked for, waits for another person: ") + wish.what;
    return outcome;
}

} // namespace

Result<std::optional<CommandOutcome>> waitsForSecond(engine::Context &context,
                                                     const Command &command, const Wish &wish)
{
    const QByteArray digest = digestOf(command, wish);
    auto found = find(context, command.kind, digest);
    if (!found)
        return failure(found.error());
    std::optional<Asked> asked = *found;
    if (asked && asked->isAgreed)
        return std::optional<CommandOutcome>(); // the same again, which its request keys make
                                                // nothing
    if (asked && (asked->expiresAt <= context.now() || !asked->mayStillAsk)) {
        if (auto ended = endLate(context, asked->id); !ended)
            return failure(ended.error());
        asked.reset();
    }
    if (!asked) {
        auto made = ask(context, command, wish.what, digest);
        if (!made)
            return failure(made.error());
        asked = *made;
    }
    const bool isAnother = asked->by != command.by && asked->session != command.session;
    if (!isAnother && !command.isSolo)
        return std::optional(askedOutcome(command, wish, *asked));
    if (auto agreed = agree(context, command, *asked); !agreed)
        return failure(agreed.error());
    return std::optional<CommandOutcome>();
}

} // namespace operators
