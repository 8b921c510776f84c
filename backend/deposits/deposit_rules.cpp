#include "deposits/deposit_rules.h"

#include "core/assert.h"
#include "core/json.h"
#include "deposits/coins.h"

namespace deposits {

namespace {

QHash<QString, Money> minimumsIn(const QString &text)
{
    QHash<QString, Money> minimums;
    const auto json = core::parseJson(text.toUtf8());
    CORE_ASSERT(json && json->is_object()); // the column has a CHECK
    for (const auto &[coin, value] : json->items())
        minimums.insert(QString::fromStdString(coin),
                        Money::fromMicros(core::integerMember(*json, coin.c_str()).value_or(0)));
    return minimums;
}

QString textOf(const QHash<QString, Money> &minimums)
{
    Json json = Json::object();
    for (auto it = minimums.cbegin(); it != minimums.cend(); ++it)
        json[it.key().toStdString()] = it.value().micros();
    return QString::fromUtf8(core::toBytes(json));
}

} // namespace

Money DepositRules::minimumOf(const QString &coin) const
{
    const auto named = minimums.constFind(coin);
    if (named != minimums.cend())
        return *named;
    const auto known = findCoin(coin);
    return known ? known->minimum : smallestDeposit();
}

Money DepositRules::smallest() const
{
    Money lowest = largestDeposit();
    for (const Money minimum : minimums)
        lowest = std::min(lowest, minimum);
    return minimums.isEmpty() ? smallestDeposit() : lowest;
}

Result<DepositRules> depositRulesAt(database::Transaction &transaction, Timestamp when)
{
    const auto rows = transaction.run(
        QStringLiteral("SELECT version, tolerate_from, tolerate_to, excess_up_to, confirmed_up_to, "
                       "minimums::text AS minimums, is_strict FROM deposit_rules WHERE "
                       "in_force_from <= ?::timestamptz ORDER BY version DESC LIMIT 1"),
        {core::toIso(when)});
    if (!rows)
        return failure(rows.error());
    CORE_ASSERT(!rows->isEmpty()); // the first version has always been in force
    const database::Row row = rows->first();
    return DepositRules{.version = static_cast<int>(row.integer("version")),
                        .tolerateFrom = static_cast<int>(row.integer("tolerate_from")),
                        .tolerateTo = static_cast<int>(row.integer("tolerate_to")),
                        .excessUpTo = row.money("excess_up_to"),
                        .confirmedUpTo = row.money("confirmed_up_to"),
                        .minimums = minimumsIn(row.text("minimums")),
                        .isStrict = row.boolean("is_strict")};
}

Result<void> addDepositRules(database::Transaction &transaction, const DepositRules &rules,
                             qint64 by, const QString &reason, InboxId cause, Timestamp now)
{
    return database::done(transaction.run(
        QStringLiteral("INSERT INTO deposit_rules (version, in_force_from, tolerate_from, "
                       "tolerate_to, excess_up_to, confirmed_up_to, minimums, is_strict, "
                       "changed_by, reason, cause_id) VALUES (?, ?::timestamptz, ?, ?, ?, ?, "
                       "?::jsonb, ?, ?, ?, ?)"),
        {rules.version, core::toIso(now), rules.tolerateFrom, rules.tolerateTo,
         rules.excessUpTo.micros(), rules.confirmedUpTo.micros(), textOf(rules.minimums),
         rules.isStrict, by, reason, cause.value}));
}

} // namespace deposits
