#include "operators/operator_flow.h"

#include "customers/opening_balance.h"
#include "operators/agreement.h"
#include "operators/deposit_policy.h"
#include "operators/import_command.h"
#include "operators/passphrase.h"
#include "operators/people.h"
#include "operators/price_policy.h"
#include "operators/refund_policy.h"
#include "operators/reveal.h"
#include "operators/second_factor.h"
#include "operators/second_factor_policy.h"
#include "operators/sign_in.h"
#include "subscriptions/moved_in.h"

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

} // namespace

OperatorFlow::OperatorFlow(const customers::Messenger &messenger, CallControls calls,
                           const QByteArray &installationKey)
    : m_calls(std::move(calls))
    , m_sealing(installationKey)
    , m_refunds(messenger, m_sealing)
    , m_automatic(messenger, m_refunds)
    , m_customers(m_refunds)
    , m_adjustments(messenger, m_sealing)
    , m_payouts(messenger, m_sealing)
    , m_bulk(m_sealing)
    , m_bulkRun(messenger)
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
    addPeopleRoutes(routes);
    addCallRoutes(routes);
    m_refunds.addRoutes(routes);
    m_automatic.addRoutes(routes);
    m_customers.addRoutes(routes);
    m_adjustments.addRoutes(routes);
    m_payouts.addRoutes(routes);
    m_bulk.addRoutes(routes);
    m_bulkRun.addRoutes(routes);
    addRefundPolicy(routes);
    addSecondFactorPolicy(routes);
    addDepositPolicy(routes);
    addPricePolicy(routes);
    addImportRoutes(routes);
}

void OperatorFlow::addSessionRoutes(engine::RoutingTable &routes) const
{
    addCommand(routes,
               {.name = QStringLiteral("session.open"),
                .work =
                    [this](engine::Context &context, const Command &command, const Json &payload) {
                        return signIn(context, command, payload, m_sealing);
                    },
                .needsSession = false});
    addCommand(routes, {.name = QStringLiteral("session.close"),
                        .work = [](engine::Context &context, const Command &command, const Json &) {
                            return answered(endSession(context.transaction(), command.session,
                                                       QStringLiteral("signed out"), context.now()),
                                            Json::object());
                        }});
    addCommand(routes, {.name = QStringLiteral("session.end"), .work = endOneSession});
    addCommand(routes, {.name = QStringLiteral("second_factor.begin"), .work = beginSecondFactor});
    addCommand(routes, {.name = QStringLiteral("second_factor.confirm"),
                        .work = [this](engine::Context &context, const Command &command,
                                       const Json &payload) {
                            return confirmSecondFactor(context, command, payload, m_sealing);
                        }});
    addCommand(routes, {.name = QStringLiteral("second_factor.clear"), .work = clearSecondFactor});
}

void OperatorFlow::addPeopleRoutes(engine::RoutingTable &routes) const
{
    addCommand(routes, {.name = QStringLiteral("operator.add"),
                        .work = [this](engine::Context &context, const Command &command,
                                       const Json &payload) {
                            return addOperator(context, command, payload);
                        }});
    addCommand(routes, {.name = QStringLiteral("operator.roles"), .work = changeRoles});
    addCommand(routes, {.name = QStringLiteral("operator.deactivate"), .work = deactivateOperator});
    addCommand(routes, {.name = QStringLiteral("operator.activate"), .work = activateOperator});
    addCommand(routes, {.name = QStringLiteral("reveal.number"), .work = revealNumber});
    addCommand(routes, {.name = QStringLiteral("reveal.transcript"), .work = revealTranscript});
    addCommand(routes, {.name = QStringLiteral("reveal.destination"), .work = revealDestination});
    addRevealTimer(routes);
}

void OperatorFlow::addCallRoutes(engine::RoutingTable &routes) const
{
    addCommand(
        routes,
        {.name = QStringLiteral("call.stop"),
         .work = [this](engine::Context &context, const Command &command, const Json &payload) {
             const auto call = core::integerMember(payload, "call").value_or(0);
             return answered(m_calls.stop(context, call, command.name), {{"call", call}});
         }});
    addCommand(routes,
               {.name = QStringLiteral("calls.stop_all"),
                .work = [this](engine::Context &context, const Command &command,
                               const Json &payload) -> Result<CommandOutcome> {
                    const auto live = countLive(context);
                    if (!live)
                        return failure(live.error());
                    return answered(m_calls.stopAll(context, reasonOf(payload), command.name),
                                    {{"calls", *live}});
                }});
    addCommand(routes,
               {.name = QStringLiteral("calls.resume"),
                .work = [this](engine::Context &context, const Command &command,
                               const Json &payload) { return resume(context, command, payload); }});
}

Result<CommandOutcome> OperatorFlow::resume(engine::Context &context, const Command &command,
                                            const Json &payload) const
{
    const auto since = m_calls.stoppedSince(context);
    if (!since)
        return failure(since.error());
    if (!*since)
        return refused("NotStopped", QStringLiteral("calls are not stopped"));
    // Of this stop: who asked before the next one has asked for nothing any more.
    auto waits = waitsForSecond(context, command,
                                {.what = QStringLiteral("dial again: ") + reasonOf(payload),
                                 .content = {{"since", core::toIso(**since).toStdString()}}});
    if (!waits)
        return failure(waits.error());
    if (*waits)
        return **waits;
    return answered(m_calls.resume(context, reasonOf(payload), command.name), Json::object());
}

void OperatorFlow::addImportRoutes(engine::RoutingTable &routes) const
{
    customers::addImportRoute(routes);
    subscriptions::addMoveInRoute(routes);
    addCommand(routes, {.name = QStringLiteral("import.customers"), .work = importCustomers});
}

Result<CommandOutcome> OperatorFlow::addOperator(engine::Context &context, const Command &command,
                                                 const Json &payload) const
{
    const auto roles = rolesIn(payload);
    if (!roles)
        return failure(roles.error());
    auto credentials = credentialsOf(command, payload, m_sealing);
    if (!credentials)
        return failure(credentials.error());
    const auto name = checkedName(credentials->name);
    Result<void> good = name ? checkPassphrase(credentials->passphrase, *name)
                             : Result<void>(failure(name.error()));
    const auto hash =
        good ? hashOf(credentials->passphrase) : Result<QString>(failure(good.error()));
    credentials->wipeSecrets();
    if (!hash)
        return failure(hash.error());
    const auto added = operators::addOperator(
        context.transaction(), {.name = *name, .passphraseHash = *hash, .roles = *roles},
        context.cause(), context.now());
    if (!added)
        return failure(added.error());
    CommandOutcome outcome{.answer = {{"operator", added->value}}};
    outcome.audit = doneLine(command, payload);
    outcome.audit->object = QStringLiteral("operator %1").arg(*name);
    outcome.audit->reason = namesOf(*roles).join(u',');
    return outcome;
}

Result<OperatorId> addFirstOperator(database::Connection &connection, const QString &name,
                                    Roles roles, bool isSolo, const QByteArray &passphrase,
                                    Timestamp now)
{
    const auto checked = checkedName(name);
    if (!checked)
        return failure(checked.error());
    if (!roles.testFlag(Role::Admin))
        return failure({.code = ErrorCode::BadInput,
                        .detail = QStringLiteral("the first operator must be an Admin: nobody else "
                                                 "can add the next")});
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
            const auto hadFactor = removeSecondFactor(transaction, (*known)->id);
            if (!hadFactor)
                return failure(hadFactor.error());
            AuditLine line =
                hostLine(QStringLiteral("operator.reset"), (*known)->id, name, (*known)->roles);
            if (*hadFactor)
                line.reason = QStringLiteral("second factor taken away");
            return writeAudit(transaction, line, kByCommandLine, now);
        });
}

} // namespace operators
