#include "operator_session.h"
#include "operators/operator_flow.h"
#include "operators/passphrase.h"
#include "output.h"
#include "verbs.h"

namespace server {

namespace {

int failed(const Arguments &arguments, const Error &error)
{
    const int cannot = cannotRun(arguments.isJson, error);
    switch (error.code) {
    case ErrorCode::BadInput: return BadUsage;
    case ErrorCode::NotFound:
    case ErrorCode::Duplicate:
    case ErrorCode::ConstraintViolated:
    case ErrorCode::TooOld: return FoundProblem;
    default: return cannot;
    }
}

Result<std::unique_ptr<database::Connection>>
connect(const core::Settings &settings, std::unique_ptr<assembly::DatabaseAccess> &access)
{
    auto opened = assembly::DatabaseAccess::open(settings);
    if (!opened)
        return failure(opened.error());
    access = *std::move(opened);
    return database::Connection::open(access->url(), QStringLiteral("operator"));
}

int told(const Arguments &arguments, const QString &words, const Json &json)
{
    if (arguments.isJson)
        printJson(json);
    else
        printLine(words);
    return Good;
}

/// Whether anybody can sign in yet; if not, this machine's owner makes the first operator.
Result<bool> hasOperators(database::Connection &connection)
{
    const auto rows =
        connection.run(QStringLiteral("SELECT EXISTS (SELECT FROM operators) AS any_"));
    if (!rows)
        return failure(rows.error());
    return rows->first().boolean("any_");
}

int addAnother(const Arguments &arguments, const core::Settings &settings, api::Roles roles,
               QByteArray &passphrase)
{
    auto session = OperatorSession::openSignedIn(arguments, settings);
    if (!session)
        return failed(arguments, session.error());
    auto future = (*session)->client().addOperator(
        arguments.operands.first(), roles, std::move(passphrase), OperatorSession::freshKey());
    future.waitForFinished();
    return report(arguments, future.result(), [&](const Json &) {
        return QStringLiteral("%1 is an operator now").arg(arguments.operands.first());
    });
}

/// Asks for the code only when the server wants one.
Result<api::SignedIn> signInWithCode(const Arguments &arguments, operators::ConsoleClient &client,
                                     const QByteArray &passphrase)
{
    const auto ask = [&](const QByteArray &code) {
        // A copy, as what is given away is wiped.
        auto future = client.signIn(arguments.operands.first(),
                                    QByteArray(passphrase.constData(), passphrase.size()), code);
        future.waitForFinished();
        return future.result();
    };
    auto answer = ask({});
    if (answer && !*answer) {
        const auto code = readCode(arguments);
        if (!code)
            return failure(
                {.code = ErrorCode::Unauthorized,
                 .detail = QStringLiteral("a code of the second factor is needed too; write it to "
                                          "standard input or name a --code-file")});
        answer = ask(*code);
    }
    if (!answer)
        return failure(answer.error());
    if (!*answer)
        return failure(
            {.code = ErrorCode::Unauthorized, .detail = QStringLiteral("the code was not taken")});
    return **answer;
}

} // namespace

int operatorAdd(const Arguments &arguments, const core::Settings &settings, const Clock &clock)
{
    const auto roles =
        operators::rolesFrom(arguments.option("roles").split(u',', Qt::SkipEmptyParts));
    if (!roles)
        return failed(arguments, roles.error());
    std::unique_ptr<assembly::DatabaseAccess> access;
    const auto connection = connect(settings, access);
    if (!connection)
        return failed(arguments, connection.error());
    const auto any = hasOperators(**connection);
    if (!any)
        return failed(arguments, any.error());
    auto passphrase = readPassphrase(arguments);
    if (!passphrase)
        return failed(arguments, passphrase.error());
    if (*any)
        return addAnother(arguments, settings, *roles, *passphrase);
    const QString &name = arguments.operands.first();
    const auto added = operators::addFirstOperator(**connection, name, *roles,
                                                   arguments.has("solo"), *passphrase, clock.now());
    operators::wipe(*passphrase);
    if (!added)
        return failed(arguments, added.error());
    return told(arguments, QStringLiteral("%1 is the first operator").arg(name),
                {{"operator", added->value}, {"name", name}});
}

int operatorReset(const Arguments &arguments, const core::Settings &settings, const Clock &clock)
{
    std::unique_ptr<assembly::DatabaseAccess> access;
    const auto connection = connect(settings, access);
    if (!connection)
        return failed(arguments, connection.error());
    auto passphrase = readPassphrase(arguments);
    if (!passphrase)
        return failed(arguments, passphrase.error());
    const QString &name = arguments.operands.first();
    const auto reset = operators::resetOperator(**connection, name, *passphrase, clock.now());
    operators::wipe(*passphrase);
    if (!reset)
        return failed(arguments, reset.error());
    return told(
        arguments,
        QStringLiteral("%1 has a new passphrase and no second factor; every session of theirs "
                       "has ended")
            .arg(name),
        {{"name", name}});
}

int signIn(const Arguments &arguments, const core::Settings &settings)
{
    auto session = OperatorSession::open(arguments, settings);
    if (!session)
        return failed(arguments, session.error());
    auto passphrase = readPassphrase(arguments);
    if (!passphrase)
        return failed(arguments, passphrase.error());
    const auto signedIn = signInWithCode(arguments, (*session)->client(), *passphrase);
    operators::wipe(*passphrase);
    if (!signedIn)
        return signedIn.error().code == ErrorCode::Unauthorized
                   ? (cannotRun(arguments.isJson, signedIn.error()), int(FoundProblem))
                   : failed(arguments, signedIn.error());
    if (auto kept = (*session)->keep(); !kept)
        return failed(arguments, kept.error());
    const QStringList roles = operators::namesOf(signedIn->roles);
    Json names = Json::array();
    for (const QString &role : roles)
        names.push_back(role);
    return told(
        arguments,
        QStringLiteral("%1 (%2) is signed in until %3")
            .arg(signedIn->name, roles.join(QStringLiteral(", ")), core::toIso(signedIn->endsAt)),
        {{"name", signedIn->name},
         {"roles", names},
         {"solo", signedIn->isSolo},
         {"until", core::toIso(signedIn->endsAt)}});
}

int signOut(const Arguments &arguments, const core::Settings &settings)
{
    auto session = OperatorSession::openSignedIn(arguments, settings);
    if (!session)
        return failed(arguments, session.error());
    if (auto ended = (*session)->end(); !ended)
        return failed(arguments, ended.error());
    if (arguments.isJson)
        printJson({{"state", "signed out"}});
    else
        printLine(QStringLiteral("signed out"));
    return Good;
}

} // namespace server
