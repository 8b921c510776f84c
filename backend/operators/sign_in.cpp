#include "operators/sign_in.h"

#include "core/crypto.h"
#include "operators/guess_throttle.h"
#include "operators/passphrase.h"
#include "operators/second_factor.h"

namespace operators {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds kConsoleIdle = 10min;
constexpr std::chrono::seconds kConsoleLifetime = 12h;
constexpr std::chrono::seconds kCommandLineLifetime = 15min;
constexpr int kFreeTriesOfAddress = 3; // several people may sit behind one
constexpr int kTokenHashBytes = 32;

/// What was typed for a name may have been a passphrase: nobody without the key can find it out.
QString keyOfName(const engine::Context &context, const QString &name)
{
    const QByteArray code = core::hmacSha256(context.installationKey(), "sign-in:" + name.toUtf8());
    return QStringLiteral("name:") + QString::fromLatin1(core::toBase64Url(code));
}

QString keyOfOrigin(const QString &origin)
{
    return QStringLiteral("from:") + origin;
}

CommandOutcome turnedAway(const Command &command, const std::optional<Operator> &known,
                          const char *code, const QString &detail)
{
    CommandOutcome outcome = refused(code, detail);
    outcome.keepsEffects = true;
    AuditLine line = {.action = QStringLiteral("sign-in"),
                      .result = AuditResult::Denied,
                      .reason = outcome.code,
                      .origin = command.origin};
    // What was typed for a name may have been a passphrase: only names that exist are written down.
    line.operatorName = known ? known->name : QStringLiteral("unknown");
    if (known) {
        line.operatorId = known->id;
        line.roles = known->roles;
    }
    outcome.audit = line;
    return outcome;
}

Result<CommandOutcome> refuseWrong(engine::Context &context, const Command &command,
                                   const Credentials &credentials,
                                   const std::optional<Operator> &known)
{
    if (auto noted = noteWrongGuess(context, keyOfName(context, credentials.name)); !noted)
        return failure(noted.error());
    if (auto noted = noteWrongGuess(context, keyOfOrigin(command.origin), kFreeTriesOfAddress);
        !noted)
        return failure(noted.error());
    return turnedAway(command, known, "Unauthorized",
                      QStringLiteral("the name, the passphrase or the code is wrong"));
}

Result<CommandOutcome> begin(engine::Context &context, const Command &command,
                             const Credentials &credentials, const Operator &known,
                             const QString &how)
{
    const bool isConsole = credentials.place == QLatin1String("console");
    const auto opened =
        openSession(context.transaction(),
                    {.id = known.id,
                     .tokenSha256 = credentials.tokenSha256,
                     .origin = command.origin,
                     .idle = isConsole ? kConsoleIdle : kCommandLineLifetime,
                     .lifetime = isConsole ? kConsoleLifetime : kCommandLineLifetime},
                    context.cause(), context.now());
    if (!opened)
        return failure(opened.error());
    // Also of those who gave up a day ago: anybody may try any name.
    if (auto forgotten =
            forgetGuesses(context, {keyOfName(context, known.name), keyOfOrigin(command.origin)});
        !forgotten)
        return failure(forgotten.error());
    return CommandOutcome{.audit = AuditLine{.operatorId = known.id,
                                             .operatorName = known.name,
                                             .roles = known.roles,
                                             .action = QStringLiteral("sign-in"),
                                             .object = credentials.place,
                                             .reason = how,
                                             .origin = command.origin}};
}

Result<CommandOutcome> judge(engine::Context &context, const Command &command,
                             const Credentials &credentials)
{
    const auto known = findOperator(context.transaction(), credentials.name);
    if (!known)
        return failure(known.error());
    const auto wait = waitBeforeGuess(
        context, {keyOfName(context, credentials.name), keyOfOrigin(command.origin)});
    if (!wait)
        return failure(wait.error());
    if (wait->count() > 0)
        return turnedAway(command, *known, "TooSoon",
                          QStringLiteral("wait %1 s before the next try").arg(wait->count()));
    const bool isRight =
        isPassphrase(credentials.passphrase, *known ? (*known)->passphraseHash : QString());
    if (!isRight || !(*known)->isActive)
        return refuseWrong(context, command, credentials, *known);
    const auto code = checkCode(context, (*known)->id, credentials.code);
    if (!code)
        return failure(code.error());
    switch (code->verdict) {
    case CodeVerdict::Missing:
        return turnedAway(command, *known, "CodeNeeded",
                          QStringLiteral("a code of the second factor is needed too"));
    case CodeVerdict::Wrong: return refuseWrong(context, command, credentials, *known);
    case CodeVerdict::NotAsked:
    case CodeVerdict::Right: break;
    }
    return begin(context, command, credentials, **known, code->how);
}

} // namespace

QByteArray Credentials::toBytes() const
{
    QByteArray bytes;
    // All at once, as growing would leave pieces behind that nobody wipes.
    bytes.reserve(name.toUtf8().size() + requestKey.size() + tokenSha256.size() * 2 + place.size() +
                  code.size() + passphrase.size() + 8);
    for (const QByteArray &part :
         {name.toUtf8(), requestKey.toUtf8(), tokenSha256.toHex(), place.toUtf8()})
        bytes += part + '\0';
    bytes.append(code).append('\0');
    bytes += passphrase;
    return bytes;
}

Result<Credentials> Credentials::fromBytes(const QByteArray &bytes, int version)
{
    Credentials credentials;
    qsizetype from = 0;
    const auto next = [&]() -> QByteArray {
        const qsizetype end = bytes.indexOf('\0', from);
        const QByteArray part = end < 0 ? QByteArray() : bytes.mid(from, end - from);
        from = end < 0 ? bytes.size() : end + 1;
        return part;
    };
    credentials.name = QString::fromUtf8(next());
    credentials.requestKey = QString::fromUtf8(next());
    credentials.tokenSha256 = QByteArray::fromHex(next());
    credentials.place = QString::fromUtf8(next());
    if (version >= 2)
        credentials.code = next();
    credentials.passphrase = QByteArray(bytes.constData() + from, bytes.size() - from);
    if (credentials.name.isEmpty() || credentials.requestKey.isEmpty() ||
        (credentials.passphrase.isEmpty() && credentials.code.isEmpty()))
        return failure({.code = ErrorCode::BadInput,
                        .detail = QStringLiteral("what came sealed cannot be read")});
    return credentials;
}

void Credentials::wipeSecrets()
{
    wipe(passphrase);
    wipe(code);
}

Result<Credentials> credentialsOf(const Command &command, const Json &payload,
                                  const Sealing &sealing)
{
    auto opened = sealing.open(command.sealed);
    if (!opened)
        return failure(opened.error());
    const auto version = static_cast<int>(core::integerMember(payload, "v").value_or(1));
    auto credentials = Credentials::fromBytes(*opened, version);
    wipe(*opened);
    if (credentials && credentials->requestKey != command.requestKey) {
        credentials->wipeSecrets();
        return failure(
            {.code = ErrorCode::BadInput, .detail = QStringLiteral("sealed for another command")});
    }
    return credentials;
}

Result<CommandOutcome> signIn(engine::Context &context, const Command &command, const Json &payload,
                              const Sealing &sealing)
{
    auto credentials = credentialsOf(command, payload, sealing);
    if (!credentials)
        return failure(credentials.error());
    Result<CommandOutcome> outcome =
        refused("BadInput", QStringLiteral("no digest of a session's token came with it"));
    if (credentials->tokenSha256.size() == kTokenHashBytes)
        outcome = judge(context, command, *credentials);
    credentials->wipeSecrets();
    return outcome;
}

} // namespace operators
