#include "deposits/coin_switches.h"

#include "deposits/coins.h"

#include <QLoggingCategory>

Q_DECLARE_LOGGING_CATEGORY(lcDeposits)

namespace deposits {

namespace {

using namespace std::chrono_literals;
using providers::dynopay::Refusal;

// DynoPay's minimum follows the fees of a network: a day later it may be another.
constexpr std::chrono::hours kMinimumHolds = 24h;
constexpr std::chrono::minutes kUnavailableHolds = 10min;

} // namespace

Result<CoinSwitches> readCoinSwitches(database::Transaction &transaction, Timestamp now)
{
    const auto rows = transaction.run(
        QStringLiteral("SELECT coin, is_paused OR coalesce(unavailable_until > ?::timestamptz, "
                       "false) AS is_off, CASE WHEN minimum_until > ?::timestamptz THEN "
                       "provider_minimum END AS minimum FROM coin_switches"),
        {core::toIso(now), core::toIso(now)});
    if (!rows)
        return failure(rows.error());
    CoinSwitches switches;
    for (qsizetype i = 0; i < rows->size(); ++i) {
        const database::Row row = (*rows)[i];
        const QString coin = row.text("coin");
        if (row.boolean("is_off") && coin == kAllCoins)
            switches.areAllPaused = true;
        else if (row.boolean("is_off"))
            switches.paused.insert(coin);
        if (!row.isNull("minimum"))
            switches.minimums.insert(coin, row.money("minimum"));
    }
    return switches;
}

Result<void> learnRefusal(engine::Context &context, const QString &coin, Refusal refusal,
                          const std::optional<Money> &minimum)
{
    if (refusal == Refusal::CoinUnavailable)
        return database::done(context.transaction().run(
            QStringLiteral("INSERT INTO coin_switches (coin, unavailable_until, cause_id) VALUES "
                           "(?, ?::timestamptz, ?) ON CONFLICT (coin) DO UPDATE SET "
                           "unavailable_until = excluded.unavailable_until"),
            {coin, core::toIso(context.now() + kUnavailableHolds), context.cause().value}));
    if (refusal != Refusal::BelowMinimum || !minimum)
        return {};
    return database::done(context.transaction().run(
        QStringLiteral("INSERT INTO coin_switches (coin, provider_minimum, minimum_until, "
                       "cause_id) VALUES (?, ?, ?::timestamptz, ?) ON CONFLICT (coin) DO UPDATE "
                       "SET provider_minimum = excluded.provider_minimum, minimum_until = "
                       "excluded.minimum_until"),
        {coin, minimum->micros(), core::toIso(context.now() + kMinimumHolds),
         context.cause().value}));
}

Result<void> pauseCoin(engine::Context &context, const CoinPause &pause)
{
    if (pause.coin != kAllCoins && !findCoin(pause.coin))
        return failure({.code = ErrorCode::NotFound,
                        .detail = QStringLiteral("there is no coin %1; \"all\" is every one")
                                      .arg(pause.coin.left(20))});
    qCWarning(lcDeposits) << "deposits in" << pause.coin
                          << (pause.isPaused ? "are paused by" : "are taken again, says")
                          << pause.by;
    context.changed(Topic::Policy, 0);
    return database::done(context.transaction().run(
        QStringLiteral("INSERT INTO coin_switches (coin, is_paused, reason, changed_by, "
                       "changed_at, cause_id) VALUES (?, ?, ?, ?, ?::timestamptz, ?) ON CONFLICT "
                       "(coin) DO UPDATE SET is_paused = excluded.is_paused, reason = "
                       "excluded.reason, changed_by = excluded.changed_by, changed_at = "
                       "excluded.changed_at, cause_id = excluded.cause_id"),
        {pause.coin, pause.isPaused, pause.reason, pause.by, core::toIso(context.now()),
         context.cause().value}));
}

} // namespace deposits
