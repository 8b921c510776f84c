#include "operators/fresh_code.h"

#include "operators/second_factor.h"
#include "operators/second_factor_policy.h"
#include "operators/sign_in.h"

namespace operators {

namespace {

using namespace std::chrono_literals;

constexpr qint64 kWrongCodesMax = 5;
constexpr std::chrono::minutes kWrongCodesWithin = 15min;

/// Each wrong one is a line of the audit, so nothing else has to count them. The factor's row is
/// locked first: two at once would not see each other's guess.
Result<bool> hasGuessed(engine::Context &context, OperatorId id)
{
    const auto locked = context.transaction().run(
        QStringLiteral("SELECT FROM second_factors WHERE operator_id = ? FOR UPDATE"), {id.value});
    if (!locked)
        return failure(locked.error());
    const auto rows = context.transaction().run(
        QStringLiteral("SELECT count(*) AS n FROM audit WHERE operator_id = ? AND at > "
                       "?::timestamptz AND result = 'failed' AND reason = 'Unauthorized'"),
        {id.value, core::toIso(context.now() - kWrongCodesWithin)});
    if (!rows)
        return failure(rows.error());
    return rows->first().integer("n") >= kWrongCodesMax;
}

Result<QByteArray> codeIn(const Command &command, const Json &payload, const Sealing &sealing)
{
    if (command.sealed.isEmpty())
        return QByteArray();
    auto credentials = credentialsOf(command, payload, sealing);
    if (!credentials)
        return failure(credentials.error());
    const QByteArray code = std::exchange(credentials->code, {});
    credentials->wipeSecrets();
    return code;
}

} // namespace

Result<std::optional<CommandOutcome>> refuseWithoutCode(engine::Context &context,
                                                        const Command &command, const Json &payload,
                                                        const Sealing &sealing)
{
    using Answer = std::optional<CommandOutcome>;
    const auto guessed = hasGuessed(context, command.by);
    if (!guessed)
        return failure(guessed.error());
    if (*guessed)
        return Answer(refused("TooSoon", QStringLiteral("too many wrong codes; wait a quarter of "
                                                        "an hour")));
    const auto code = codeIn(command, payload, sealing);
    if (!code)
        return failure(code.error());
    const auto check = checkCode(context, command.by, *code);
    if (!check)
        return failure(check.error());
    const auto isNeeded = needsSecondFactor(context.transaction());
    if (!isNeeded)
        return failure(isNeeded.error());
    switch (check->verdict) {
    case CodeVerdict::NotAsked:
        if (*isNeeded)
            return Answer(refused("SecondFactorNeeded",
                                  QStringLiteral("deciding about money needs a second factor; set "
                                                 "yours up first")));
        return Answer();
    case CodeVerdict::Right: return Answer();
    case CodeVerdict::Missing:
        return Answer(refused("CodeNeeded", QStringLiteral("this needs a code of your second "
                                                           "factor")));
    case CodeVerdict::Wrong:
        return Answer(refused("Unauthorized", QStringLiteral("this is not the code of now, or it "
                                                             "was used already")));
    }
    Q_UNREACHABLE();
}

} // namespace operators
