#include "operators/command_desk.h"

#include "api/permissions.h"
#include "core/assert.h"
#include "core/fault_point.h"

#include <QLoggingCategory>

Q_LOGGING_CATEGORY(lcOperators, "operators")

namespace operators {

namespace {

constexpr qsizetype kAuditReasonMax = 500;

/// The command as it stands when it is handled; locked, so that nobody calls it expired meanwhile.
struct Taken {
    Command command;
    bool isSent = false;
    bool isExpired = false;
    bool isSignedIn = false;
};

const QString kTake = QStringLiteral(
    "SELECT c.kind, c.request_key, c.origin, c.state = 'sent' AS is_sent, clock_timestamp() > "
    "c.expires_at AS is_expired, c.session_id, c.operator_id, o.name, o.roles::text AS roles, "
    "o.language, coalesce(o.is_active AND s.ended_at IS NULL AND clock_timestamp() < s.ends_at, "
    "false) AS is_signed_in, coalesce((SELECT x.is_solo FROM operator_settings x), false) AND "
    "(SELECT count(*) FROM operators a WHERE a.is_active) = 1 AS is_solo "
    "FROM commands c LEFT JOIN operator_sessions s ON s.id = c.session_id AND s.operator_id = "
    "c.operator_id LEFT JOIN operators o ON o.id = s.operator_id WHERE c.inbox_id = ? "
    "FOR UPDATE OF c");

Result<std::optional<Taken>> take(engine::Context &context)
{
    const auto rows = context.transaction().run(kTake, {context.cause().value});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return std::optional<Taken>();
    const database::Row row = rows->first();
    Taken taken = {.command = {.id = context.cause(),
                               .kind = row.text("kind"),
                               .requestKey = row.text("request_key"),
                               .by = OperatorId{row.integer("operator_id")},
                               .name = row.text("name"),
                               .roles = rolesFromArray(row.text("roles")),
                               .language = row.text("language"),
                               .origin = row.text("origin"),
                               .session = SessionId{row.integer("session_id")},
                               .isSolo = row.boolean("is_solo")},
                   .isSent = row.boolean("is_sent"),
                   .isExpired = row.boolean("is_expired"),
                   .isSignedIn = row.boolean("is_signed_in")};
    taken.command.roles = api::effectiveRoles(taken.command.roles, taken.command.isSolo);
    return std::optional(std::move(taken));
}

/// Whatever becomes of the command, what it carried sealed is gone with it.
Result<QByteArray> takeSecret(engine::Context &context)
{
    const auto rows = context.transaction().run(
        QStringLiteral("DELETE FROM command_secrets WHERE inbox_id = ? RETURNING sealed"),
        {context.cause().value});
    if (!rows)
        return failure(rows.error());
    return rows->isEmpty() ? QByteArray() : rows->first().bytes("sealed");
}

QString objectOf(const Json &payload)
{
    for (const char *member : {"refund", "adjustment", "payout", "batch", "review", "deposit",
                               "call", "payment", "customer", "session"}) {
        if (const auto id = core::integerMember(payload, member))
            return QStringLiteral("%1 %2").arg(QLatin1String(member)).arg(*id);
    }
    if (const auto name = core::textMember(payload, "operator"))
        return QStringLiteral("operator %1").arg(name->left(32));
    return {};
}

enum class State {
    Done,
    Refused,
    Expired,
};

QString nameOf(State state)
{
    switch (state) {
    case State::Done: return QStringLiteral("done");
    case State::Refused: return QStringLiteral("refused");
    case State::Expired: return QStringLiteral("expired");
    }
    Q_UNREACHABLE();
}

Result<void> finish(engine::Context &context, State state, const CommandOutcome &outcome)
{
    const auto written = context.transaction().run(
        QStringLiteral("UPDATE commands SET state = ?, code = ?, detail = ?, answer = ?::jsonb, "
                       "finished_at = clock_timestamp() WHERE inbox_id = ?"),
        {nameOf(state), outcome.code, outcome.detail,
         QString::fromUtf8(core::toBytes(outcome.answer)), context.cause().value});
    if (!written)
        return failure(written.error());
    // A console waits for this id; those of other consoles let it pass.
    context.changed(Topic::Inbox, context.cause().value);
    core::faultPoint("command.finished");
    return {};
}

AuditLine lineOf(const Command &command, const Json &payload, AuditResult result,
                 const QString &reason)
{
    return {.operatorId = command.by.value != 0 ? std::optional(command.by) : std::nullopt,
            .operatorName = command.name,
            .roles = command.roles,
            .action = command.kind,
            .object = objectOf(payload),
            .result = result,
            .reason = reason,
            .origin = command.origin};
}

/// Refused before its work was begun, or given up.
Result<engine::Outcome> turnAway(engine::Context &context, const Command &command,
                                 const Json &payload, AuditResult audited,
                                 const CommandOutcome &outcome)
{
    const State state = audited == AuditResult::Expired ? State::Expired : State::Refused;
    if (auto finished = finish(context, state, outcome); !finished)
        return failure(finished.error());
    const auto written =
        writeAudit(context.transaction(), lineOf(command, payload, audited, outcome.code),
                   context.cause(), context.now());
    if (!written)
        return failure(written.error());
    return engine::Outcome::Handled;
}

Result<CommandOutcome> work(engine::Context &context, const CommandKind &kind,
                            const Command &command, const Json &payload)
{
    Result<CommandOutcome> outcome = CommandOutcome();
    const auto attempted = context.transaction().attempt([&]() -> Result<void> {
        outcome = kind.work(context, command, payload);
        if (!outcome)
            return failure(outcome.error());
        if (outcome->isDone() || outcome->keepsEffects)
            return {};
        return failure({.code = ErrorCode::BadInput, .detail = outcome->detail});
    });
    if (!outcome && outcome.error().transient)
        return outcome; // the engine tries again
    if (!attempted && (attempted.error().transient || (outcome && outcome->isDone())))
        return failure(attempted.error());
    if (!outcome)
        return refused(core::name(outcome.error().code).data(), outcome.error().detail);
    return outcome;
}

Result<engine::Outcome> handle(const CommandKind &kind, const engine::Event &event,
                               engine::Context &context)
{
    auto taken = take(context);
    if (!taken)
        return failure(taken.error());
    if (!*taken || !(*taken)->isSent)
        return engine::Outcome::Ignored; // no console asked for it, or it is over already
    Command &command = (*taken)->command;
    auto secret = takeSecret(context);
    if (!secret)
        return failure(secret.error());
    command.sealed = std::move(*secret);

    if ((*taken)->isExpired)
        return turnAway(context, command, event.payload, AuditResult::Expired, {});
    if (kind.needsSession && !(*taken)->isSignedIn)
        return turnAway(context, command, event.payload, AuditResult::Denied,
                        refused("NotSignedIn", QStringLiteral("the session has ended")));
    const Roles allowed = api::rolesFor(kind.name).value_or(Roles());
    if (kind.needsSession && !(command.roles & allowed))
        return turnAway(context, command, event.payload, AuditResult::Denied,
                        refused("NotAllowed",
                                QStringLiteral("%1 is for %2")
                                    .arg(kind.name, namesOf(allowed).join(QStringLiteral(", ")))));

    const auto outcome = work(context, kind, command, event.payload);
    if (!outcome)
        return failure(outcome.error());
    if (auto finished = finish(context, outcome->isDone() ? State::Done : State::Refused, *outcome);
        !finished)
        return failure(finished.error());
    if (outcome->isDone() && !kind.isAuditedWhenDone)
        return engine::Outcome::Handled;
    const AuditLine line = outcome->audit.value_or(
        outcome->isDone() ? doneLine(command, event.payload)
                          : lineOf(command, event.payload, AuditResult::Failed, outcome->code));
    if (auto written = writeAudit(context.transaction(), line, context.cause(), context.now());
        !written)
        return failure(written.error());
    return engine::Outcome::Handled;
}

/// Its console must not wait until the command expires, nor its secret lie about.
Result<engine::Outcome> giveUp(const engine::Event &event, engine::Context &context)
{
    auto taken = take(context);
    if (!taken)
        return failure(taken.error());
    if (!*taken || !(*taken)->isSent)
        return engine::Outcome::Ignored;
    if (auto secret = takeSecret(context); !secret)
        return failure(secret.error());
    return turnAway(context, (*taken)->command, event.payload, AuditResult::Failed,
                    refused("Internal", QStringLiteral("the server could not do it; its log says "
                                                       "why")));
}

} // namespace

CommandOutcome refused(const char *code, const QString &detail)
{
    return {.code = QString::fromLatin1(code), .detail = detail};
}

AuditLine doneLine(const Command &command, const Json &payload)
{
    return lineOf(command, payload, AuditResult::Done,
                  core::textMember(payload, "reason").value_or(QString()).left(kAuditReasonMax));
}

void addCommand(engine::RoutingTable &routes, CommandKind kind)
{
    CORE_ASSERT(api::rolesFor(kind.name).has_value()); // nobody has said who may give it
    const QString name = QStringLiteral("command.") + kind.name;
    routes.add({.kind = name,
                .order = engine::Order::Ordered,
                .handle =
                    [kind = std::move(kind)](const engine::Event &event, engine::Context &context) {
                        return handle(kind, event, context);
                    },
                .whenDead = giveUp});
}

} // namespace operators
