#include "engine/shadow_run.h"

namespace engine {

namespace {

Result<Json> readEffects(database::Transaction &transaction, const QList<EffectReader> &readers,
                         InboxId cause)
{
    Json effects = Json::object();
    for (const EffectReader &reader : readers) {
        const auto rows = transaction.run(
            QStringLiteral("SELECT to_jsonb(e) AS effect FROM (%1) e").arg(reader.sql),
            {cause.value});
        if (!rows)
            return failure(rows.error());
        Json list = Json::array();
        for (qsizetype i = 0; i < rows->size(); ++i) {
            auto effect = core::parseJson((*rows)[i].text("effect").toUtf8(), 64);
            if (!effect)
                return failure(effect.error());
            list.push_back(std::move(*effect));
        }
        effects[reader.name.toStdString()] = std::move(list);
    }
    return effects;
}

} // namespace

Result<ShadowReport> shadowRun(database::Connection &connection, const RoutingTable &routes,
                               const queue::NewEntry &entry, const QByteArray &installationKey,
                               const QList<EffectReader> &readers, Timestamp now)
{
    const Route *route = routes.find(entry.kind);
    auto payload = core::parseJson(entry.payload, 64);
    if (!route || !payload)
        return failure({.code = ErrorCode::BadInput,
                        .detail = QStringLiteral("no handler for %1").arg(entry.kind)});
    auto transaction =
        database::Transaction::begin(connection); // never committed: leaving rolls back
    if (!transaction)
        return failure(transaction.error());
    if (auto set = transaction->set(QStringLiteral("SET LOCAL lock_timeout = '200ms'")); !set)
        return failure(set.error());
    const auto recorded = queue::record(*transaction, std::span(&entry, 1), now);
    if (!recorded)
        return failure(recorded.error());
    if (recorded->front().outcome != queue::RecordOutcome::Recorded)
        return failure({.code = ErrorCode::Duplicate,
                        .detail = QStringLiteral("this key was recorded before")});

    const Event event = {.id = recorded->front().id,
                         .source = entry.source,
                         .externalId = entry.externalId,
                         .lane = entry.lane,
                         .kind = entry.kind,
                         .payload = std::move(*payload),
                         .receivedAt = now,
                         .cause = entry.cause,
                         .routeTokenSha256 = entry.routeTokenSha256};
    Context context(*transaction, event, installationKey);
    const auto outcome = runGuarded(route->handle, event, context);
    if (!outcome)
        return failure(outcome.error());
    if (auto checked = transaction->set(QStringLiteral("SET CONSTRAINTS ALL IMMEDIATE")); !checked)
        return failure(checked.error());
    auto effects = readEffects(*transaction, readers, event.id);
    if (!effects)
        return failure(effects.error());
    return ShadowReport{*outcome, std::move(*effects)};
}

} // namespace engine
