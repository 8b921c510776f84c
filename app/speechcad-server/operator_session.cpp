#include "operator_session.h"

#include "operators/passphrase.h"
#include "output.h"

#include <QFile>
#include <QUuid>

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

namespace server {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds kLookEvery = 50ms;
constexpr qsizetype kLineMax = 2048;

/// Nobody handles what is submitted, and an operator must not wait a minute to learn it.
Result<void> checkServerRuns(const QString &url)
{
    const auto connection = database::Connection::open(url, QStringLiteral("command line"));
    if (!connection)
        return failure(connection.error());
    const auto servers =
        (*connection)
            ->run(QStringLiteral("SELECT count(*) AS n FROM pg_stat_activity WHERE datname = "
                                 "current_database() AND application_name = 'speechcad inbox'"));
    if (!servers)
        return failure(servers.error());
    if (servers->first().integer("n") == 0)
        return failure({.code = ErrorCode::ConfigurationInvalid,
                        .detail = QStringLiteral("no server runs on this database; start "
                                                 "speechcad-server first")});
    return {};
}

/// Keeps what is typed off the screen.
class NoEcho {
public:
    explicit NoEcho(const char *prompt)
        : m_isTerminal(::isatty(STDIN_FILENO) == 1 && ::tcgetattr(STDIN_FILENO, &m_before) == 0)
    {
        if (!m_isTerminal)
            return;
        std::fputs(prompt, stderr);
        termios silent = m_before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    ~NoEcho()
    {
        if (!m_isTerminal)
            return;
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before);
        std::fputs("\n", stderr);
    }
    NoEcho(const NoEcho &) = delete;
    NoEcho &operator=(const NoEcho &) = delete;

private:
    termios m_before = {};
    bool m_isTerminal;
};

Error badFile(const QString &file, const QString &why)
{
    return {.code = ErrorCode::ConfigurationInvalid,
            .detail = QStringLiteral("%1: %2").arg(file, why)};
}

/// A line of the file of --WHAT-file, or of standard input.
Result<QByteArray> readSecret(const Arguments &arguments, const char *what, const char *prompt)
{
    const QByteArray option = QByteArray(what) + "-file";
    QFile file;
    bool isOpen = false;
    if (arguments.has(option.constData())) {
        file.setFileName(arguments.option(option.constData()));
        isOpen = file.open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    } else {
        isOpen = file.open(STDIN_FILENO, QIODevice::ReadOnly | QIODevice::Unbuffered);
    }
    if (!isOpen)
        return failure(badFile(file.fileName(), file.errorString()));
    const NoEcho noEcho(prompt);
    QByteArray line = file.readLine(kLineMax);
    while (line.endsWith('\n') || line.endsWith('\r'))
        line.chop(1);
    if (line.isEmpty())
        return failure({.code = ErrorCode::BadInput,
                        .detail = QStringLiteral("no %1 came; write it to standard input or name a "
                                                 "--%1-file")
                                      .arg(QLatin1String(what))});
    return line;
}

} // namespace

Result<std::unique_ptr<OperatorSession>> OperatorSession::open(const Arguments &arguments,
                                                               const core::Settings &settings)
{
    std::unique_ptr<OperatorSession> session(new OperatorSession);
    auto access = assembly::DatabaseAccess::open(settings);
    if (!access)
        return failure(access.error());
    session->m_access = *std::move(access);
    if (auto runs = checkServerRuns(session->m_access->url()); !runs)
        return failure(runs.error());
    session->m_file = arguments.has("session")
                          ? arguments.option("session")
                          : settings.dataDir + QStringLiteral("/operator-session");
    session->m_client = std::make_unique<operators::ConsoleClient>(
        operators::ConsoleSettings{.databaseUrl = session->m_access->url(),
                                   .place = QStringLiteral("command line"),
                                   .lookEvery = kLookEvery},
        nullptr);
    return session;
}

Result<std::unique_ptr<OperatorSession>>
OperatorSession::openSignedIn(const Arguments &arguments, const core::Settings &settings)
{
    auto session = open(arguments, settings);
    if (!session)
        return session;
    if (auto resumed = (*session)->resume(); !resumed)
        return failure(resumed.error());
    return session;
}

Result<void> OperatorSession::resume()
{
    QFile file(m_file);
    const Error nobody = {.code = ErrorCode::Unauthorized,
                          .detail = QStringLiteral("nobody is signed in; run speechcad-server "
                                                   "sign-in NAME")};
    if (!file.open(QIODevice::ReadOnly))
        return failure(nobody);
    auto future = m_client->resume(QByteArray::fromHex(file.readLine(kLineMax).trimmed()));
    future.waitForFinished();
    if (const auto signedIn = future.result(); !signedIn)
        return failure(signedIn.error().code == ErrorCode::Unauthorized ? nobody
                                                                        : signedIn.error());
    return {};
}

Result<void> OperatorSession::keep() const
{
    const QByteArray path = QFile::encodeName(m_file);
    const QByteArray temporary = path + '.' + QByteArray::number(::getpid());
    const QByteArray content = m_client->token().toHex() + '\n';
    ::unlink(temporary.constData());
    const int file = ::open(temporary.constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    const bool isWritten =
        file >= 0 &&
        ::write(file, content.constData(), static_cast<size_t>(content.size())) == content.size();
    if (file >= 0)
        ::close(file);
    if (!isWritten || ::rename(temporary.constData(), path.constData()) != 0) {
        ::unlink(temporary.constData());
        return failure(badFile(m_file, QStringLiteral("the session cannot be kept there")));
    }
    return {};
}

Result<void> OperatorSession::end()
{
    auto future = m_client->signOut();
    future.waitForFinished();
    QFile::remove(m_file);
    const auto ended = future.result();
    return ended ? Result<void>() : failure(ended.error());
}

Result<api::CommandResult> OperatorSession::run(const char *kind, const Json &payload)
{
    auto future = m_client->submit(QString::fromLatin1(kind), payload, freshKey());
    future.waitForFinished();
    return future.result();
}

Result<api::CommandResult> OperatorSession::reveal(const char *kind, const Json &payload)
{
    auto future = m_client->reveal(QString::fromLatin1(kind), payload, freshKey());
    future.waitForFinished();
    return future.result();
}

QString OperatorSession::freshKey()
{
    return QStringLiteral("cli-") + QUuid::createUuid().toString(QUuid::WithoutBraces);
}

Result<QByteArray> readPassphrase(const Arguments &arguments)
{
    return readSecret(arguments, "passphrase", "Passphrase: ");
}

Result<QByteArray> readCode(const Arguments &arguments)
{
    return readSecret(arguments, "code", "Code: ");
}

Result<api::CommandResult> runWithCode(const Arguments &arguments, OperatorSession &session,
                                       const char *kind, const Json &payload)
{
    auto result = session.run(kind, payload);
    if (!result || result->code != QLatin1String("CodeNeeded"))
        return result;
    auto code = readCode(arguments);
    if (!code)
        return failure(code.error());
    auto future = session.client().submitWithCode(QString::fromLatin1(kind), payload,
                                                  *std::move(code), OperatorSession::freshKey());
    future.waitForFinished();
    return future.result();
}

int report(const Arguments &arguments, const Result<api::CommandResult> &result, const Told &told)
{
    if (!result)
        return cannotRun(arguments.isJson, result.error());
    const bool isDone = result->state == api::CommandState::Done;
    const bool isExpired = result->state == api::CommandState::Expired;
    if (arguments.isJson)
        printJson({{"state", isDone      ? "done"
                             : isExpired ? "expired"
                                         : "refused"},
                   {"code", result->code},
                   {"detail", result->detail},
                   {"answer", result->answer},
                   {"command", result->id.value}});
    else if (isDone)
        printLine(told(result->answer));
    else
        printError(isExpired
                       ? QStringLiteral("no server handled it in time; nothing was done")
                       : QStringLiteral("refused: %1 (%2)").arg(result->detail, result->code));
    if (isDone)
        return Good;
    return isExpired ? CannotRun : FoundProblem;
}

QString askedWords(const Json &answer)
{
    return QStringLiteral("asked for, and nothing has changed yet: it takes another person, who "
                          "gives the same command before %1")
        .arg(core::textMember(answer, "expires_at").value_or(QString()).left(16));
}

int runCommand(const Arguments &arguments, const core::Settings &settings, const char *kind,
               Json payload, const Told &told)
{
    auto session = OperatorSession::openSignedIn(arguments, settings);
    if (!session)
        return cannotRun(arguments.isJson, session.error());
    payload["v"] = 1;
    payload["reason"] = arguments.option("reason");
    return report(arguments, runWithCode(arguments, **session, kind, payload),
                  [&](const Json &answer) {
                      return core::boolMember(answer, "asked").value_or(false) ? askedWords(answer)
                                                                               : told(answer);
                  });
}

} // namespace server
