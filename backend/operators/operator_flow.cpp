#include "operators/operator_flow.h"

#include "customers/opening_balance.h"
#include "operators/import_command.h"
#include "operators/passphrase.h"
#include "operators/sign_in.h"

namespace operators {

namespace {

constexpr InboxId kByCommandLine{0};

AuditLine hostLine(const QString &action, OperatorId id, const QString &name, Roles roles)
{
    return {.operatorId = id,
            .operatorName = name,
            .roles = roles,
            .action = action,
            .origin = QStringLiteral("server's command line")};
}

/// With the answer where it went well.
Result<CommandOutcome> answered(const Result<void> &done, Json answer)
{
    if (!done)
        return failure(done.error());
    return CommandOutcome{.answer = std::move(answer)};
}

Result<qint64> countLive(engine::Context &context)
{
    const auto rows = context.transaction().run(
        QStringLiteral("SELECT count(*) AS n FROM calls WHERE state IN ('asked', 'queued', "
                       "'dialling', 'unknown', 'talking', 'ending')"));
    if (!rows)
        return failure(rows.error());
    return rows->first().integer("n");
}

QString reasonOf(const Json &payload)
{
    return core::textMember(payload, "reason").value_or(QString()).left(500);
}

Result<Roles> rolesOf(const Json &payload)
{
    QStringList names;
    const Json *roles = core::member(payload, "roles");
    if (roles && roles->is_array()) {
        for (const Json &role : *roles)
            names << (role.is_string() ? role.get<QString>() : QString());
    }
    return rolesFrom(names);
}

} // namespace

OperatorFlow::OperatorFlow(const customers::Messenger &messenger, CallControls calls,
                           const QByteArray &installationKey)
    : m_refunds(messenger)
    , m_calls(std::move(calls))
    , m_sealing(installationKey)
{
}

Result<void> OperatorFlow::publishKey(database::Connection &connection) const
{
    return database::inTransaction(connection, [this](database::Transaction &transaction) {
        return publishSealingKey(transaction, m_sealing.publicKey());
    });
}

void OperatorFlow::addRoutes(engine::RoutingTable &routes) const
{
    addSessionRoutes(routes);
    addCallRoutes(routes);
    addRefundRoutes(routes);
    addImportRoutes(routes);
}

void OperatorFlow::addSessionRoutes(engine::RoutingTable &routes) const
{
    addCommand(routes,
               {.name = QStringLiteral("session.open"),
                .allowed = {},
                .work = [this](engine::Context &context, const Command &command,
                               const Json &) { return signIn(context, command, m_sealing); },
                .needsSession = false});
    addCommand(routes, {.name = QStringLiteral("session.close"),
                        .allowed = {},
                        .work = [](engine::Context &context, const Command &command, const Json &) {
                            return answered(endSession(context.transaction(), command.session,
                                                       QStringLiteral("signed out"), context.now()),
                                            Json::object());
                        }});
    addCommand(routes, {.name = QStringLiteral("operator.add"),
                        .allowed = Role::Admin,
                        .work = [this](engine::Context &context, const Command &command,
                                       const Json &payload) {
                            return addOperator(context, command, payload);
                        }});
}

void OperatorFlow::addCallRoutes(engine::RoutingTable &routes) const
{
    addCommand(
        routes,
        {.name = QStringLiteral("call.stop"),
         .allowed = Role::Support | Role::Senior | Role::Admin,
         .work = [this](engine::Context &context, const Command &command, const Json &payload) {
             const auto call = core::integerMember(payload, "call").value_or(0);
             return answered(m_calls.stop(context, call, command.name), {{"call", call}});
         }});
    addCommand(routes,
               {.name = QStringLiteral("calls.stop_all"),
                .allowed = Role::Support | Role::Senior | Role::Finance | Role::Admin,
                .work = [this](engine::Context &context, const Command &command,
                               const Json &payload) -> Result<CommandOutcome> {
                    const auto live = countLive(context);
                    if (!live)
                        return failure(live.error());
                    return answered(m_calls.stopAll(context, reasonOf(payload), command.name),
                                    {{"calls", *live}});
                }});
    addCommand(
        routes,
        {.name = QStringLiteral("calls.resume"),
         .allowed = Role::Admin,
         .work = [this](engine::Context &context, const Command &command, const Json &payload) {
             return answered(m_calls.resume(context, reasonOf(payload), command.name),
                             Json::object());
         }});
}

void OperatorFlow::addRefundRoutes(engine::RoutingTable &routes) const
{
    using Step = Result<CommandOutcome> (RefundFlow::*)(engine::Context &, const Command &,
                                                        const Json &) const;
    const auto add = [&](const char *name, Step step, bool isAudited) {
        addCommand(routes, {.name = QString::fromLatin1(name),
                            .allowed = Role::Support | Role::Senior | Role::Finance,
                            .work =
                                [this, step](engine::Context &context, const Command &command,
                                             const Json &payload) {
                                    return (m_refunds.*step)(context, command, payload);
                                },
                            .isAuditedWhenDone = isAudited});
    };
    add("refund.preview", &RefundFlow::preview, false);
    add("refund.execute", &RefundFlow::execute, true);
    add("refund.request", &RefundFlow::request, true);
    add("refund.reject", &RefundFlow::reject, true);
}

void OperatorFlow::addImportRoutes(engine::RoutingTable &routes) const
{
    customers::addImportRoute(routes);
    addCommand(routes, {.name = QStringLiteral("import.customers"),
                        .allowed = Role::Finance, // it makes money
                        .work = importCustomers});
}

Result<CommandOutcome> OperatorFlow::addOperator(engine::Context &context, const Command &command,
                                                 const Json &payload) const
{
    const auto roles = rolesOf(payload);
    if (!roles)
        return failure(roles.error());
    auto credentials = credentialsOf(command, m_sealing);
    if (!credentials)
        return failure(credentials.error());
    const auto name = checkedName(credentials->name);
    Result<void> good = name ? checkPassphrase(credentials->passphrase, *name)
                             : Result<void>(failure(name.error()));
    const auto hash =
        good ? hashOf(credentials->passphrase) : Result<QString>(failure(good.error()));
    wipe(credentials->passphrase);
    if (!hash)
        return failure(hash.error());
    const auto added = operators::addOperator(
        context.transaction(), {.name = *name, .passphraseHash = *hash, .roles = *roles},
        context.cause(), context.now());
    if (!added)
        return failure(added.error());
    return CommandOutcome{.answer = {{"operator", added->value}}};
}

Result<OperatorId> addFirstOperator(database::Connection &connection, const QString &name,
                                    Roles roles, bool isSolo, const QByteArray &passphrase,
                                    Timestamp now)
{
    const auto checked = checkedName(name);
    if (!checked)
        return failure(checked.error());
    if (auto good = checkPassphrase(passphrase, name); !good)
        return failure(good.error());
    const auto hash = hashOf(passphrase);
    if (!hash)
        return failure(hash.error());
    OperatorId id;
    const auto added = database::inTransaction(
        connection, [&](database::Transaction &transaction) -> Result<void> {
            // Two at once would both be the first.
            if (auto locked = transaction.set(
                    QStringLiteral("LOCK TABLE operators IN SHARE ROW EXCLUSIVE MODE"));
                !locked)
                return locked;
            const auto count = countOperators(transaction);
            if (!count)
                return failure(count.error());
            if (*count > 0)
                return failure(
                    {.code = ErrorCode::ConstraintViolated,
                     .detail = QStringLiteral("there are operators already; an Admin signs in and "
                                              "adds the next")});
            const auto made = operators::addOperator(
                transaction, {.name = name, .passphraseHash = *hash, .roles = roles},
                kByCommandLine, now);
            if (!made)
                return failure(made.error());
            id = *made;
            if (auto set = setSolo(transaction, isSolo); !set)
                return set;
            AuditLine line = hostLine(QStringLiteral("operator.add"), id, name, roles);
            line.reason = isSolo ? QStringLiteral("solo mode") : QString();
            return writeAudit(transaction, line, kByCommandLine, now);
        });
    if (!added)
        return failure(added.error());
    return id;
}

Result<void> resetOperator(database::Connection &connection, const QString &name,
                           const QByteArray &passphrase, Timestamp now)
{
    if (auto good = checkPassphrase(passphrase, name); !good)
        return good;
    const auto hash = hashOf(passphrase);
    if (!hash)
        return failure(hash.error());
    return database::inTransaction(
        connection, [&](database::Transaction &transaction) -> Result<void> {
            const auto known = findOperator(transaction, name);
            if (!known)
                return failure(known.error());
            if (!*known)
                return failure({.code = ErrorCode::NotFound,
                                .detail = QStringLiteral("there is no operator of that name")});
            if (auto reset = resetPassphrase(transaction, (*known)->id, *hash, kByCommandLine, now);
                !reset)
                return reset;
            return writeAudit(
                transaction,
                hostLine(QStringLiteral("operator.reset"), (*known)->id, name, (*known)->roles),
                kByCommandLine, now);
        });
}

} // namespace operators
