#include "operators/guess_throttle.h"

namespace operators {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds kWaitMax = 60s;

std::chrono::seconds waitAfter(int failures)
{
    if (failures <= 0)
        return 0s;
    return failures > 6 ? kWaitMax : std::min(kWaitMax, 1s * (1 << (failures - 1)));
}

} // namespace

Result<std::chrono::seconds> waitBeforeGuess(engine::Context &context,
                                             const std::vector<QString> &whats)
{
    const auto rows = context.transaction().run(
        QStringLiteral("SELECT to_micros(max(not_before)) AS until FROM sign_in_failures WHERE "
                       "what = ANY (?::text[])"),
        {database::arrayOf(whats)});
    if (!rows)
        return failure(rows.error());
    const auto until = rows->first().optionalTime("until");
    if (!until || *until <= context.now())
        return 0s;
    return std::chrono::ceil<std::chrono::seconds>(*until - context.now());
}

Result<void> noteWrongGuess(engine::Context &context, const QString &what, int freeTries)
{
    const QString now = core::toIso(context.now());
    const auto counted = context.transaction().run(
        QStringLiteral("INSERT INTO sign_in_failures (what, failures, last_at, not_before) VALUES "
                       "(?, 1, ?::timestamptz, ?::timestamptz) ON CONFLICT (what) DO UPDATE SET "
                       "failures = sign_in_failures.failures + 1, last_at = excluded.last_at "
                       "RETURNING failures"),
        {what, now, now});
    if (!counted)
        return failure(counted.error());
    const auto wait = waitAfter(static_cast<int>(counted->first().integer("failures")) - freeTries);
    return database::done(context.transaction().run(
        QStringLiteral("UPDATE sign_in_failures SET not_before = ?::timestamptz WHERE what = ?"),
        {core::toIso(context.now() + wait), what}));
}

Result<void> forgetGuesses(engine::Context &context, const std::vector<QString> &whats)
{
    return database::done(context.transaction().run(
        QStringLiteral("DELETE FROM sign_in_failures WHERE what = ANY (?::text[]) OR last_at < "
                       "?::timestamptz"),
        {database::arrayOf(whats), core::toIso(context.now() - 24h)}));
}

} // namespace operators
