#include "tests/support/journey_operator.h"

#include "core/crypto.h"

#include <QFile>

namespace tests {

namespace {

std::unique_ptr<database::Connection> openAs(JourneyStage &stage, database::Role role)
{
    auto opened =
        database::Connection::open(stage.databaseUrl(), QStringLiteral("test operator"), role);
    if (!opened)
        qFatal("no connection: %s", qUtf8Printable(opened.error().detail));
    return *std::move(opened);
}

} // namespace

JourneyOperator::JourneyOperator(JourneyStage &stage)
    : m_stage(stage)
    , m_token(QByteArrayLiteral("a token that only this console knows"))
    , m_console(openAs(stage, database::Role::Console))
{
    const auto owner = openAs(stage, database::Role::Owner);
    const auto signedIn = owner->run(
        QStringLiteral(
            "WITH who AS (INSERT INTO operators (name, passphrase_hash, roles, created_at, "
            "changed_at, cause_id) VALUES ('maria', '$argon2id$', '{admin}', now(), now(), 0) "
            "RETURNING id), solo AS (INSERT INTO operator_settings (is_solo) VALUES (true) ON "
            "CONFLICT (one) DO UPDATE SET is_solo = true) INSERT INTO operator_sessions "
            "(operator_id, token_sha256, origin, started_at, seen_at, active_at, idle_s, ends_at, "
            "cause_id) SELECT id, ?, 'local', now(), now(), now(), 86400, now() + interval '1 "
            "day', 0 FROM who"),
        {core::sha256(m_token)});
    if (!signedIn)
        qFatal("nobody is signed in: %s", qUtf8Printable(signedIn.error().detail));
}

qint64 JourneyOperator::submit(const char *kind, const Json &payload)
{
    const auto rows = m_console->run(
        QStringLiteral("SELECT id, outcome FROM console.submit_command(?::bytea, ?, ?::jsonb, ?)"),
        {m_token, QLatin1String(kind), QString::fromUtf8(core::toBytes(payload)),
         QStringLiteral("key-%1").arg(++m_keys)});
    return rows ? rows->first().integer("id") : 0;
}

QString JourneyOperator::stateOf(qint64 command)
{
    return m_stage.value(QStringLiteral("SELECT state FROM commands WHERE inbox_id = ?"),
                         {command});
}

Json JourneyOperator::answerOf(qint64 command)
{
    const auto answer = core::parseJson(
        m_stage
            .value(QStringLiteral("SELECT answer::text FROM commands WHERE inbox_id = ?"),
                   {command})
            .toUtf8(),
        64);
    return answer ? *answer : Json();
}

ProgramRun verbWithPassphrase(JourneyStage &stage, const QString &words,
                              const QByteArray &passphrase)
{
    QFile file(stage.directory() + QStringLiteral("/passphrase"));
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(passphrase + '\n') < 0)
        qFatal("no file");
    file.close();
    return stage.verb(words.split(u' ') +
                      QStringList{QStringLiteral("--passphrase-file"), file.fileName()});
}

} // namespace tests
