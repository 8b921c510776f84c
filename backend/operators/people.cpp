#include "operators/people.h"

#include "operators/second_factor.h"

namespace operators {

namespace {

QString listOf(Roles roles)
{
    return namesOf(roles).join(u',');
}

Json jsonOf(Roles roles)
{
    Json names = Json::array();
    for (const QString &name : namesOf(roles))
        names.push_back(name);
    return names;
}

/// Whom it is about. NotFound: nobody has that name.
Result<Operator> subjectOf(engine::Context &context, const Json &payload)
{
    const auto known = findOperator(context.transaction(),
                                    core::textMember(payload, "operator").value_or(QString()));
    if (!known)
        return failure(known.error());
    if (!*known)
        return failure({.code = ErrorCode::NotFound,
                        .detail = QStringLiteral("there is no operator of that name")});
    return **known;
}

/// PostgreSQL's refusal, in words; any other failure as it is.
Result<CommandOutcome> inWords(const Error &error, const Operator &subject)
{
    if (error.code != ErrorCode::ConstraintViolated)
        return failure(error);
    return refused("ConstraintViolated",
                   QStringLiteral("%1 is the last active Admin; make somebody else one first")
                       .arg(subject.name));
}

/// With what became of it in front of the reason that was given.
CommandOutcome changed(const Command &command, const Json &payload, const QString &what,
                       Json answer)
{
    CommandOutcome outcome{.answer = std::move(answer)};
    outcome.audit = doneLine(command, payload);
    outcome.audit->reason = outcome.audit->reason.isEmpty()
                                ? what
                                : QStringLiteral("%1: %2").arg(what, outcome.audit->reason);
    return outcome;
}

Result<CommandOutcome> setActive(engine::Context &context, const Command &command,
                                 const Json &payload, bool isActive)
{
    const auto subject = subjectOf(context, payload);
    if (!subject)
        return failure(subject.error());
    const auto set = operators::setActive(context.transaction(), subject->id, isActive,
                                          context.cause(), context.now());
    if (!set)
        return inWords(set.error(), *subject);
    const QString what = isActive ? QStringLiteral("active") : QStringLiteral("not active");
    return changed(command, payload, what, {{"operator", subject->name}});
}

} // namespace

Result<Roles> rolesIn(const Json &payload)
{
    QStringList names;
    const Json *roles = core::member(payload, "roles");
    if (roles && roles->is_array()) {
        for (const Json &role : *roles)
            names << (role.is_string() ? role.get<QString>() : QString());
    }
    return rolesFrom(names);
}

Result<CommandOutcome> changeRoles(engine::Context &context, const Command &command,
                                   const Json &payload)
{
    const auto roles = rolesIn(payload);
    if (!roles)
        return failure(roles.error());
    const auto subject = subjectOf(context, payload);
    if (!subject)
        return failure(subject.error());
    const auto set =
        setRoles(context.transaction(), subject->id, *roles, context.cause(), context.now());
    if (!set)
        return inWords(set.error(), *subject);
    const QString what = QStringLiteral("%1 -> %2").arg(listOf(subject->roles), listOf(*roles));
    return changed(command, payload, what,
                   {{"operator", subject->name}, {"roles", jsonOf(*roles)}});
}

Result<CommandOutcome> deactivateOperator(engine::Context &context, const Command &command,
                                          const Json &payload)
{
    return setActive(context, command, payload, false);
}

Result<CommandOutcome> activateOperator(engine::Context &context, const Command &command,
                                        const Json &payload)
{
    return setActive(context, command, payload, true);
}

Result<CommandOutcome> clearSecondFactor(engine::Context &context, const Command &command,
                                         const Json &payload)
{
    const auto subject = subjectOf(context, payload);
    if (!subject)
        return failure(subject.error());
    // Or whoever finds a console open could take it away and come back with the passphrase alone.
    if (subject->id == command.by)
        return refused("NotAllowed",
                       QStringLiteral("another Admin takes away yours, or speechcad-server "
                                      "operator reset on the server's machine"));
    const auto was = removeSecondFactor(context.transaction(), subject->id);
    if (!was)
        return failure(was.error());
    if (!*was)
        return refused("NotFound", QStringLiteral("%1 has no second factor").arg(subject->name));
    return CommandOutcome{.answer = {{"operator", subject->name}}};
}

Result<CommandOutcome> endOneSession(engine::Context &context, const Command &command,
                                     const Json &payload)
{
    const SessionId session{core::integerMember(payload, "session").value_or(0)};
    const auto whose = operatorOfOpenSession(context.transaction(), session);
    if (!whose)
        return failure(whose.error());
    if (!*whose)
        return refused("NotFound", QStringLiteral("no open session has this number"));
    const auto ended = endSession(context.transaction(), session,
                                  QStringLiteral("ended by %1").arg(command.name), context.now());
    if (!ended)
        return failure(ended.error());
    context.changed(Topic::Operator, (*whose)->value);
    return CommandOutcome{.answer = {{"session", session.value}}};
}

} // namespace operators
