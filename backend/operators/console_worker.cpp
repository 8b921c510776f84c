#include "operators/console_worker.h"

#include "core/crypto.h"
#include "core/fault_point.h"
#include "operators/operator_store.h"
#include "operators/passphrase.h"
#include "operators/sealing.h"
#include "operators/sign_in.h"

#include <QUuid>

namespace operators {

namespace {

using namespace std::chrono_literals;
using api::CommandResult;
using api::CommandState;
using api::SignedIn;
using api::SignInAnswer;

// Within 5 s a console has to know that its session was ended or its roles were changed.
constexpr std::chrono::milliseconds kBeat = 4s;
// A command expires after 60 s, and a statement may take 10: nothing comes after that.
constexpr std::chrono::milliseconds kPatience = 90s;
constexpr int kTokenBytes = 32;

Error unauthorized(const QString &words)
{
    return {.code = ErrorCode::Unauthorized, .detail = words};
}

/// What submit_command said, where it is no id to wait for.
Error errorOf(const QString &outcome)
{
    if (outcome == QLatin1String("not_signed_in"))
        return unauthorized(QStringLiteral("the session is over; sign in again"));
    if (outcome == QLatin1String("other_body"))
        return {.code = ErrorCode::Duplicate,
                .detail = QStringLiteral("this request key was used for something else")};
    if (outcome == QLatin1String("too_many"))
        return {.code = ErrorCode::Conflict,
                .detail = QStringLiteral("too many commands wait; try again in a minute"),
                .transient = true};
    return {.code = ErrorCode::BadInput,
            .detail = QStringLiteral("the server does not know this command: %1").arg(outcome)};
}

CommandState stateOf(const QString &name)
{
    if (name == QLatin1String("done"))
        return CommandState::Done;
    if (name == QLatin1String("refused"))
        return CommandState::Refused;
    if (name == QLatin1String("expired"))
        return CommandState::Expired;
    return name == QLatin1String("running") ? CommandState::Running : CommandState::Sent;
}

bool isOver(CommandState state)
{
    return state != CommandState::Sent && state != CommandState::Running;
}

QString freshKey(const char *kind)
{
    return QLatin1String(kind) + u'-' + QUuid::createUuid().toString(QUuid::WithoutBraces);
}

} // namespace

ConsoleClient::Worker::Worker(ConsoleClient &client, ConsoleSettings settings)
    : m_client(client)
    , m_settings(std::move(settings))
    , m_looks(new QTimer(this))
    , m_beats(new QTimer(this))
{
    connect(m_looks, &QTimer::timeout, this, &Worker::look);
    connect(m_beats, &QTimer::timeout, this, &Worker::keepAlive);
}

Result<database::Connection *> ConsoleClient::Worker::connection()
{
    if (m_connection && m_connection->isLost())
        m_connection.reset();
    if (!m_connection) {
        auto opened = database::Connection::open(m_settings.databaseUrl, QStringLiteral("console"),
                                                 database::Role::Console);
        if (!opened)
            return failure(opened.error());
        m_connection = *std::move(opened);
    }
    return m_connection.get();
}

Result<database::Rows> ConsoleClient::Worker::call(const QString &sql,
                                                   const database::Values &values)
{
    const auto open = connection();
    if (!open)
        return failure(open.error());
    auto rows = (*open)->run(sql, values);
    if (!rows && rows.error().code == ErrorCode::DatabaseUnavailable)
        m_connection.reset();
    return rows;
}

QVariant ConsoleClient::Worker::tokenOf(bool isAnonymous) const
{
    return isAnonymous ? database::null() : QVariant(m_token);
}

Result<QString> ConsoleClient::Worker::sealed(Credentials credentials)
{
    const auto rows = call(QStringLiteral("SELECT sealing_key FROM console.settings"), {});
    QByteArray plain = credentials.toBytes();
    const auto sealed =
        rows ? seal(rows->isEmpty() ? QByteArray() : rows->first().bytes("sealing_key"), plain)
             : failure(rows.error());
    wipe(plain);
    credentials.wipeSecrets();
    if (!sealed)
        return failure(sealed.error());
    return QString::fromLatin1(sealed->toBase64());
}

void ConsoleClient::Worker::signIn(const QString &name, QByteArray &passphrase, QByteArray &code,
                                   const SignInFinished &finished)
{
    const QByteArray token = core::randomBytes(kTokenBytes);
    const QString key = freshKey("sign-in");
    const auto box = sealed({.name = name,
                             .requestKey = key,
                             .tokenSha256 = core::sha256(token),
                             .place = m_settings.place,
                             .code = std::move(code),
                             .passphrase = std::move(passphrase)});
    if (!box)
        return finished(failure(box.error()));
    submit({.kind = QStringLiteral("session.open"),
            .payload = {{"v", kCredentialsVersion}, {"sealed", *box}},
            .requestKey = key,
            .isAnonymous = true},
           [this, token, finished](const Result<CommandResult> &result) {
               begun(result, token, finished);
           });
}

void ConsoleClient::Worker::begun(const Result<CommandResult> &result, const QByteArray &token,
                                  const SignInFinished &finished)
{
    if (!result)
        return finished(failure(result.error()));
    if (result->state == CommandState::Done)
        return resume(token, [finished](const Result<SignedIn> &who) {
            finished(who ? Result<SignInAnswer>(*who) : failure(who.error()));
        });
    if (result->code == QLatin1String("CodeNeeded"))
        return finished(SignInAnswer());
    if (result->state == CommandState::Expired)
        return finished(failure({.code = ErrorCode::ProviderUnavailable,
                                 .detail = QStringLiteral("no server handled it in time"),
                                 .transient = true}));
    const bool isTooSoon = result->code == QLatin1String("TooSoon");
    finished(failure({.code = isTooSoon ? ErrorCode::TooOld : ErrorCode::Unauthorized,
                      .detail = result->detail}));
}

void ConsoleClient::Worker::resume(const QByteArray &token,
                                   const std::function<void(const Result<SignedIn> &)> &finished)
{
    const auto signedIn = beat(token, true);
    if (!signedIn)
        return finished(failure(signedIn.error()));
    if (!*signedIn)
        return finished(failure(unauthorized(QStringLiteral("the session is over"))));
    m_token = QByteArray(token.constData(), token.size()); // shared with nobody: it is wiped
    m_heard.start();
    m_client.become(*signedIn, token);
    m_beats->start(kBeat);
    finished(**signedIn);
}

void ConsoleClient::Worker::signOut(const std::function<void(const Result<bool> &)> &finished)
{
    submit({.kind = QStringLiteral("session.close"),
            .payload = {{"v", 1}},
            .requestKey = freshKey("sign-out")},
           [this, finished](const Result<CommandResult> &result) {
               // Whether the server heard of it or not: this console is nobody's any more.
               forget();
               finished(result ? Result<bool>(true) : failure(result.error()));
           });
}

void ConsoleClient::Worker::submit(const NewCommand &command, const Finished &finished)
{
    const database::Values values = {tokenOf(command.isAnonymous), command.kind,
                                     QString::fromUtf8(core::toBytes(command.payload)),
                                     command.requestKey};
    const QString sql =
        QStringLiteral("SELECT id, outcome FROM console.submit_command(?::bytea, ?, ?::jsonb, ?)");
    core::faultPoint("console.submitting");
    auto rows = call(sql, values);
    core::faultPoint("console.submitted");
    // Whether it arrived or not: with the same key it is the same command.
    if (!rows && rows.error().transient)
        rows = call(sql, values);
    if (!rows)
        return finished(failure(rows.error()));
    const QString outcome = rows->first().text("outcome");
    if (outcome != QLatin1String("recorded") && outcome != QLatin1String("repeat")) {
        finished(failure(errorOf(outcome)));
        if (outcome == QLatin1String("not_signed_in"))
            forget();
        return;
    }
    Awaited awaited = {.id = InboxId{rows->first().integer("id")},
                       .requestKey = command.requestKey,
                       .isAnonymous = command.isAnonymous,
                       .finished = finished,
                       .since = {}};
    awaited.since.start();
    m_awaited.push_back(std::move(awaited));
    m_looks->start(m_settings.lookEvery);
    if (outcome == QLatin1String("repeat"))
        look(); // it may be over since long
}

void ConsoleClient::Worker::addOperator(const QString &name, api::Roles roles,
                                        QByteArray &passphrase, const QString &requestKey,
                                        const Finished &finished)
{
    const auto box =
        sealed({.name = name, .requestKey = requestKey, .passphrase = std::move(passphrase)});
    if (!box)
        return finished(failure(box.error()));
    Json names = Json::array();
    for (const QString &role : namesOf(roles))
        names.push_back(role);
    submit({.kind = QStringLiteral("operator.add"),
            .payload = {{"v", kCredentialsVersion},
                        {"name", name},
                        {"roles", std::move(names)},
                        {"sealed", *box}},
            .requestKey = requestKey},
           finished);
}

Result<std::optional<CommandResult>> ConsoleClient::Worker::resultOf(const QString &requestKey,
                                                                     bool isAnonymous)
{
    const auto rows = call(QStringLiteral("SELECT id, state, code, detail, answer::text AS answer "
                                          "FROM console.command_result(?::bytea, ?)"),
                           {tokenOf(isAnonymous), requestKey});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return std::optional<CommandResult>();
    const database::Row row = rows->first();
    CommandResult result = {.id = InboxId{row.integer("id")},
                            .state = stateOf(row.text("state")),
                            .code = row.text("code"),
                            .detail = row.text("detail"),
                            .answer = Json::object()};
    if (!row.isNull("answer")) {
        auto answer = core::parseJson(row.text("answer").toUtf8());
        if (!answer)
            return failure(answer.error());
        result.answer = std::move(*answer);
    }
    return std::optional(std::move(result));
}

void ConsoleClient::Worker::find(const QString &requestKey, const Finished &finished)
{
    const auto result = resultOf(requestKey, false);
    if (!result)
        return finished(failure(result.error()));
    if (!*result)
        return finished(failure({.code = ErrorCode::NotFound,
                                 .detail = QStringLiteral("no command of yours has this key")}));
    finished(**result);
}

void ConsoleClient::Worker::look()
{
    // What a result sets off may submit and await something new.
    std::vector<Awaited> awaited;
    awaited.swap(m_awaited);
    for (Awaited &each : awaited) {
        const auto result = resultOf(each.requestKey, each.isAnonymous);
        if (result && *result && isOver((*result)->state))
            each.finished(**result);
        else if (each.since.elapsed() > kPatience.count())
            each.finished(failure({.code = ErrorCode::DatabaseUnavailable,
                                   .detail = QStringLiteral("nobody knows what became of it"),
                                   .transient = true}));
        else
            m_awaited.push_back(std::move(each));
    }
    if (m_awaited.empty())
        m_looks->stop();
}

/// Nobody else has the other half of the key, not even this console a second later.
void ConsoleClient::Worker::reveal(NewCommand command, const Finished &finished)
{
    auto reader = std::make_shared<Sealing>(core::randomBytes(kTokenBytes));
    command.payload["reader"] = QString::fromLatin1(reader->publicKey().toBase64());
    submit(command, [this, reader, finished](const Result<CommandResult> &result) {
        if (!result || result->state != CommandState::Done)
            return finished(result);
        finished(withRevealed(*result, *reader));
    });
}

Result<CommandResult> ConsoleClient::Worker::withRevealed(CommandResult result,
                                                          const Sealing &reader)
{
    const auto rows = call(QStringLiteral("SELECT console.take_revealed(?::bytea, ?) AS sealed"),
                           {m_token, result.id.value});
    if (!rows)
        return failure(rows.error());
    if (rows->first().isNull("sealed"))
        return failure({.code = ErrorCode::TooOld,
                        .detail = QStringLiteral("it was shown already, or too long ago; ask "
                                                 "again")});
    auto plain = reader.open(rows->first().bytes("sealed"));
    if (!plain)
        return failure(plain.error());
    auto revealed = core::parseJson(*plain);
    wipe(*plain);
    if (!revealed)
        return failure(revealed.error());
    if (!result.answer.is_object())
        result.answer = Json::object();
    result.answer["revealed"] = std::move(*revealed);
    return result;
}

void ConsoleClient::Worker::submitWithCode(NewCommand command, QByteArray &code,
                                           const Finished &finished)
{
    const auto who = m_client.current();
    if (!who)
        return finished(failure(unauthorized(QStringLiteral("nobody is signed in"))));
    const auto box =
        sealed({.name = who->name, .requestKey = command.requestKey, .code = std::move(code)});
    if (!box)
        return finished(failure(box.error()));
    command.payload["v"] = kCredentialsVersion;
    command.payload["sealed"] = *box;
    submit(command, finished);
}

void ConsoleClient::Worker::confirmSecondFactor(QByteArray &code, const QString &requestKey,
                                                const Finished &finished)
{
    const auto who = m_client.current();
    if (!who)
        return finished(failure(unauthorized(QStringLiteral("nobody is signed in"))));
    const auto box = sealed({.name = who->name, .requestKey = requestKey, .code = std::move(code)});
    if (!box)
        return finished(failure(box.error()));
    reveal({.kind = QStringLiteral("second_factor.confirm"),
            .payload = {{"v", kCredentialsVersion}, {"sealed", *box}},
            .requestKey = requestKey},
           finished);
}

void ConsoleClient::Worker::lookFor(const QList<core::Change> &changes)
{
    const bool isAboutPeople =
        std::any_of(changes.begin(), changes.end(),
                    [](const core::Change &change) { return change.topic == Topic::Operator; });
    if (isAboutPeople && !m_token.isEmpty())
        keepAlive(); // roles may have changed, or the session has ended
    const bool isOurs = std::any_of(m_awaited.begin(), m_awaited.end(), [&](const Awaited &each) {
        return changes.contains(core::Change{Topic::Inbox, each.id.value});
    });
    if (isOurs)
        look();
}

Result<std::optional<SignedIn>> ConsoleClient::Worker::beat(const QByteArray &token, bool isActive)
{
    const auto rows =
        call(QStringLiteral("SELECT operator_id, name, roles::text AS roles, language, is_solo, "
                            "(extract(epoch FROM ends_at) * 1000000)::bigint AS ends_at FROM "
                            "console.heartbeat(?::bytea, ?::boolean)"),
             {token, isActive});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return std::optional<SignedIn>();
    const database::Row row = rows->first();
    return std::optional(SignedIn{.id = OperatorId{row.integer("operator_id")},
                                  .name = row.text("name"),
                                  .roles = rolesFromArray(row.text("roles")),
                                  .language = row.text("language"),
                                  .isSolo = row.boolean("is_solo"),
                                  .endsAt = row.time("ends_at")});
}

void ConsoleClient::Worker::keepAlive()
{
    const auto signedIn = beat(m_token, std::exchange(m_wasActive, false));
    if (!signedIn) { // the database is away; that ends no session at once
        const auto who = m_client.current();
        if (m_heard.elapsed() > m_settings.aloneMax.count() ||
            (who && core::SystemClock().now() >= who->endsAt))
            forget();
        return;
    }
    m_heard.start();
    if (*signedIn)
        m_client.become(*signedIn, m_token);
    else
        forget();
}

void ConsoleClient::Worker::forget()
{
    m_beats->stop();
    wipe(m_token);
    m_client.become(std::nullopt, {});
}

} // namespace operators
