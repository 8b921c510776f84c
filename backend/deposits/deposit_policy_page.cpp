#include "deposits/deposit_policy_page.h"

#include "core/json.h"
#include "deposits/coin_switches.h"
#include "deposits/coins.h"

namespace deposits {

namespace {

/// Of every coin we know: one that a version does not name has the minimum we ship.
QList<api::CoinMinimum> minimumsOf(const QString &stored)
{
    const Json named = core::parseJson(stored.toUtf8()).value_or(Json::object());
    QList<api::CoinMinimum> minimums;
    for (const Coin &coin : allCoins()) {
        const auto micros = core::integerMember(named, coin.code.toLatin1().constData());
        minimums.append(
            {.coin = coin.code, .minimum = micros ? Money::fromMicros(*micros) : coin.minimum});
    }
    return minimums;
}

Result<QList<api::DepositRulesVersion>> readVersions(database::Connection &connection)
{
    const auto rows = connection.run(QStringLiteral(
        "SELECT r.version, r.tolerate_from, r.tolerate_to, r.excess_up_to, r.confirmed_up_to, "
        "r.minimums::text AS minimums, r.is_strict, r.reason, CASE WHEN "
        "isfinite(r.in_force_from) THEN to_micros(r.in_force_from) END AS since, o.name AS by FROM "
        "deposit_rules r LEFT JOIN operators o ON o.id = r.changed_by ORDER BY r.version DESC"));
    if (!rows)
        return failure(rows.error());
    QList<api::DepositRulesVersion> versions;
    for (qsizetype i = 0; i < rows->size(); ++i) {
        const database::Row row = (*rows)[i];
        versions.append({.version = static_cast<int>(row.integer("version")),
                         .since = row.optionalTime("since"),
                         .tolerateFrom = static_cast<int>(row.integer("tolerate_from")),
                         .tolerateTo = static_cast<int>(row.integer("tolerate_to")),
                         .excessUpTo = row.money("excess_up_to"),
                         .confirmedUpTo = row.money("confirmed_up_to"),
                         .minimums = minimumsOf(row.text("minimums")),
                         .isStrict = row.boolean("is_strict"),
                         .changedBy = row.text("by"),
                         .reason = row.text("reason")});
    }
    return versions;
}

/// By coin; what the provider said is left out when it does not hold any more.
Result<QHash<QString, api::CoinOffer>> readOffers(database::Connection &connection, Timestamp now)
{
    const auto rows = connection.run(
        QStringLiteral("SELECT coin, is_paused, reason, changed_by, to_micros(changed_at) AS "
                       "changed_at, CASE WHEN minimum_until > ?::timestamptz THEN "
                       "provider_minimum END AS minimum, CASE WHEN unavailable_until > "
                       "?::timestamptz THEN to_micros(unavailable_until) END AS unavailable_until "
                       "FROM coin_switches"),
        {core::toIso(now), core::toIso(now)});
    if (!rows)
        return failure(rows.error());
    QHash<QString, api::CoinOffer> offers;
    for (qsizetype i = 0; i < rows->size(); ++i) {
        const database::Row row = (*rows)[i];
        api::CoinOffer offer = {.coin = row.text("coin"),
                                .isPaused = row.boolean("is_paused"),
                                .reason = row.text("reason"),
                                .changedBy = row.text("changed_by"),
                                .changedAt = row.optionalTime("changed_at"),
                                .providerMinimum = {},
                                .unavailableUntil = row.optionalTime("unavailable_until")};
        if (!row.isNull("minimum"))
            offer.providerMinimum = row.money("minimum");
        offers.insert(offer.coin, offer);
    }
    return offers;
}

} // namespace

Result<api::DepositPolicy> readPolicy(database::Connection &connection, Timestamp now)
{
    auto versions = readVersions(connection);
    if (!versions)
        return failure(versions.error());
    const auto offers = readOffers(connection, now);
    if (!offers)
        return failure(offers.error());
    api::DepositPolicy policy = {.versions = *std::move(versions), .all = {}, .coins = {}};
    policy.all = offers->value(kAllCoins);
    policy.all.coin.clear();
    for (const Coin &coin : allCoins()) {
        api::CoinOffer offer = offers->value(coin.code);
        offer.coin = coin.code;
        policy.coins.append(std::move(offer));
    }
    return policy;
}

} // namespace deposits
