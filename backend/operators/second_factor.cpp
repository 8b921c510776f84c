#include "operators/second_factor.h"

#include "operators/guess_throttle.h"
#include "operators/one_time_code.h"
#include "operators/passphrase.h"
#include "operators/recovery_codes.h"
#include "operators/reveal.h"
#include "operators/sign_in.h"

namespace operators {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::minutes kConfirmWithin = 15min;

QByteArray aboutSecretOf(OperatorId id)
{
    return "second factor of operator " + QByteArray::number(id.value);
}

/// Of guesses at the code that confirms; a new secret does not begin them anew.
QString guessesOf(OperatorId id)
{
    return QStringLiteral("factor:%1").arg(id.value);
}

struct Factor {
    QByteArray secret;
    qint64 lastStep = 0;
    bool isConfirmed = false;
    Timestamp begunAt;
};

/// Locked until the end of the transaction, so that two cannot use one code.
Result<std::optional<Factor>> factorOf(engine::Context &context, OperatorId id)
{
    const auto rows = context.transaction().run(
        QStringLiteral("SELECT locked_secret, last_step, confirmed_at IS NOT NULL AS is_confirmed, "
                       "to_micros(begun_at) AS begun_at FROM second_factors WHERE operator_id = ? "
                       "FOR UPDATE"),
        {id.value});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return std::optional<Factor>();
    const database::Row row = rows->first();
    auto secret =
        unlockedSecret(context.installationKey(), aboutSecretOf(id), row.bytes("locked_secret"));
    if (!secret)
        return failure(secret.error());
    return std::optional(Factor{.secret = *std::move(secret),
                                .lastStep = row.integer("last_step"),
                                .isConfirmed = row.boolean("is_confirmed"),
                                .begunAt = row.time("begun_at")});
}

Result<CodeCheck> checkRecoveryCode(engine::Context &context, OperatorId id,
                                    const QByteArray &typed)
{
    const auto used = context.transaction().run(
        QStringLiteral("UPDATE recovery_codes SET used_at = ?::timestamptz WHERE operator_id = ? "
                       "AND code_mac = ? AND used_at IS NULL RETURNING code_mac"),
        {core::toIso(context.now()), id.value,
         recoveryMac(context.installationKey(), id.value, typed)});
    if (!used)
        return failure(used.error());
    if (used->isEmpty())
        return CodeCheck{.verdict = CodeVerdict::Wrong};
    const auto left = context.transaction().run(
        QStringLiteral("SELECT count(*) AS n FROM recovery_codes WHERE operator_id = ? AND "
                       "used_at IS NULL"),
        {id.value});
    if (!left)
        return failure(left.error());
    return CodeCheck{.verdict = CodeVerdict::Right,
                     .how =
                         QStringLiteral("recovery code, %1 left").arg(left->first().integer("n"))};
}

/// "123 456" as some apps show it.
QByteArray withoutBlanks(const QByteArray &typed)
{
    QByteArray code = typed;
    code.replace(' ', "");
    return code;
}

Result<void> addRecoveryCodes(engine::Context &context, OperatorId id, const QStringList &codes)
{
    std::vector<QByteArray> macs;
    for (const QString &code : codes)
        macs.push_back(recoveryMac(context.installationKey(), id.value, code.toLatin1()));
    const auto added = context.transaction().run(
        QStringLiteral("INSERT INTO recovery_codes (operator_id, code_mac) SELECT ?, m FROM "
                       "unnest(?::bytea[]) m"),
        {id.value, database::arrayOf(macs)});
    if (!added)
        return failure(added.error());
    return {};
}

/// Confirmed with the code's step, which with that is used up.
Result<CommandOutcome> confirm(engine::Context &context, const Command &command, qint64 step,
                               const QByteArray &reader)
{
    const auto confirmed = context.transaction().run(
        QStringLiteral("UPDATE second_factors SET confirmed_at = ?::timestamptz, last_step = ?, "
                       "cause_id = ? WHERE operator_id = ?"),
        {core::toIso(context.now()), step, context.cause().value, command.by.value});
    if (!confirmed)
        return failure(confirmed.error());
    const QStringList codes = recoveryCodes(context.random("recovery codes", kRecoveryBytes));
    if (auto added = addRecoveryCodes(context, command.by, codes); !added)
        return failure(added.error());
    Json shown = Json::array();
    for (const QString &code : codes)
        shown.push_back(code);
    if (auto told = revealOnce(context, reader, {{"codes", std::move(shown)}}); !told)
        return failure(told.error());
    return CommandOutcome();
}

/// The code was wrong; the next one has to wait.
Result<CommandOutcome> refuseWrongCode(engine::Context &context, OperatorId id)
{
    if (auto noted = noteWrongGuess(context, guessesOf(id)); !noted)
        return failure(noted.error());
    CommandOutcome outcome = refused(
        "Unauthorized", QStringLiteral("this is not the code of now; see whether the phone's clock "
                                       "is right"));
    outcome.keepsEffects = true; // the count
    return outcome;
}

} // namespace

Result<CodeCheck> checkCode(engine::Context &context, OperatorId id, const QByteArray &typed)
{
    auto factor = factorOf(context, id);
    if (!factor)
        return failure(factor.error());
    if (!*factor || !(*factor)->isConfirmed)
        return CodeCheck{.verdict = CodeVerdict::NotAsked};
    if (typed.isEmpty())
        return CodeCheck{.verdict = CodeVerdict::Missing};
    const auto step =
        matchingStep((*factor)->secret, withoutBlanks(typed), context.now(), (*factor)->lastStep);
    wipe((*factor)->secret);
    if (!step)
        return checkRecoveryCode(context, id, typed);
    const auto used = context.transaction().run(
        QStringLiteral("UPDATE second_factors SET last_step = ? WHERE operator_id = ?"),
        {*step, id.value});
    if (!used)
        return failure(used.error());
    return CodeCheck{.verdict = CodeVerdict::Right, .how = QStringLiteral("code")};
}

Result<CommandOutcome> beginSecondFactor(engine::Context &context, const Command &command,
                                         const Json &payload)
{
    const auto reader = readerOf(payload);
    if (!reader)
        return failure(reader.error());
    QByteArray secret = context.random("second factor", kSecretBytes);
    const QByteArray locked =
        lockedSecret(context.installationKey(), aboutSecretOf(command.by),
                     context.random("second factor: nonce", kNonceBytes), secret);
    const auto begun = context.transaction().run(
        QStringLiteral("INSERT INTO second_factors AS f (operator_id, locked_secret, begun_at, "
                       "cause_id) VALUES (?, ?, ?::timestamptz, ?) ON CONFLICT (operator_id) DO "
                       "UPDATE SET locked_secret = excluded.locked_secret, begun_at = "
                       "excluded.begun_at, last_step = 0, cause_id = excluded.cause_id WHERE "
                       "f.confirmed_at IS NULL RETURNING operator_id"),
        {command.by.value, locked, core::toIso(context.now()), context.cause().value});
    if (!begun)
        return failure(begun.error());
    if (begun->isEmpty())
        return refused("ConstraintViolated",
                       QStringLiteral("you have a second factor; an Admin takes it away before "
                                      "you begin with another"));
    const Json shown = {{"secret", toBase32(secret)}, {"uri", otpauthUri(command.name, secret)}};
    wipe(secret);
    if (auto told = revealOnce(context, *reader, shown); !told)
        return failure(told.error());
    return CommandOutcome();
}

Result<CommandOutcome> confirmSecondFactor(engine::Context &context, const Command &command,
                                           const Json &payload, const Sealing &sealing)
{
    const auto reader = readerOf(payload);
    if (!reader)
        return failure(reader.error());
    auto credentials = credentialsOf(command, payload, sealing);
    if (!credentials)
        return failure(credentials.error());
    QByteArray code = withoutBlanks(credentials->code);
    credentials->wipeSecrets();
    auto factor = factorOf(context, command.by);
    if (!factor)
        return failure(factor.error());
    if (!*factor || (*factor)->isConfirmed)
        return refused("NotFound", QStringLiteral("nothing waits for a code; begin first"));
    const auto wait = waitBeforeGuess(context, {guessesOf(command.by)});
    if (!wait)
        return failure(wait.error());
    if (wait->count() > 0)
        return refused("TooSoon",
                       QStringLiteral("wait %1 s before the next try").arg(wait->count()));
    if (context.now() - (*factor)->begunAt > kConfirmWithin)
        return refused("TooOld", QStringLiteral("the secret was shown too long ago; begin again"));
    const auto step = matchingStep((*factor)->secret, code, context.now(), (*factor)->lastStep);
    wipe((*factor)->secret);
    wipe(code);
    if (!step)
        return refuseWrongCode(context, command.by);
    if (auto forgotten = forgetGuesses(context, {guessesOf(command.by)}); !forgotten)
        return failure(forgotten.error());
    return confirm(context, command, *step, *reader);
}

Result<bool> removeSecondFactor(database::Transaction &transaction, OperatorId id)
{
    const auto gone =
        transaction.run(QStringLiteral("DELETE FROM second_factors WHERE operator_id = ? RETURNING "
                                       "confirmed_at IS NOT NULL AS was_confirmed"),
                        {id.value});
    if (!gone)
        return failure(gone.error());
    return !gone->isEmpty() && gone->first().boolean("was_confirmed");
}

} // namespace operators
