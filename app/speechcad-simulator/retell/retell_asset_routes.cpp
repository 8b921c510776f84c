#include "retell/retell_api.h"

namespace simulator {

namespace {

QString item(const QUrlQuery &query, const char *name)
{
    return query.queryItemValue(QString::fromLatin1(name), QUrl::FullyDecoded);
}

QString version(const QUrlQuery &query)
{
    return item(query, "version");
}

Json page(const QList<Json> &all, const char *idName, const QUrlQuery &query)
{
    return pageOf(all, QString::fromLatin1(idName), item(query, "limit").toLongLong(),
                  item(query, "pagination_key"));
}

} // namespace

template <VersionedStore RetellAssets::*Store>
RetellResult<Json> RetellApi::getAsset(const Route &route, const Json &)
{
    return (m_assets.*Store).get(route.target, version(route.query));
}

template <VersionedStore RetellAssets::*Store>
RetellResult<Json> RetellApi::deleteAsset(const Route &route, const Json &)
{
    const auto removed = (m_assets.*Store).remove(route.target);
    return removed ? RetellResult<Json>(Json(nullptr)) : tl::unexpected(removed.error());
}

template RetellResult<Json> RetellApi::getAsset<&RetellAssets::agents>(const Route &, const Json &);
template RetellResult<Json> RetellApi::getAsset<&RetellAssets::engines>(const Route &,
                                                                        const Json &);
template RetellResult<Json> RetellApi::deleteAsset<&RetellAssets::agents>(const Route &,
                                                                          const Json &);
template RetellResult<Json> RetellApi::deleteAsset<&RetellAssets::engines>(const Route &,
                                                                           const Json &);

RetellResult<Json> RetellApi::createAgent(const Route &, const Json &body)
{
    const auto checked = m_assets.checkAgent(body);
    return checked ? m_assets.agents.create(body) : tl::unexpected(checked.error());
}

RetellResult<Json> RetellApi::updateAgent(const Route &route, const Json &body)
{
    const auto checked = m_assets.checkAgent(body);
    return checked ? m_assets.agents.update(route.target, version(route.query), body)
                   : tl::unexpected(checked.error());
}

/// Items are short.
RetellResult<Json> RetellApi::listAgents(const Route &route, const Json &)
{
    QList<Json> items;
    for (const Json &agent : m_assets.agents.all())
        items.append(Json{{"agent_id", agent["agent_id"]},
                          {"agent_name", agent.value("agent_name", Json())},
                          {"channel", "voice"},
                          {"tags", Json::object()},
                          {"user_modified_timestamp", agent["last_modification_timestamp"]}});
    return page(items, "agent_id", route.query);
}

RetellResult<Json> RetellApi::listAgentVersions(const Route &route, const Json &)
{
    return m_assets.agents.versions(route.target);
}

RetellResult<Json> RetellApi::createAgentVersion(const Route &route, const Json &body)
{
    return m_assets.agents.createVersion(route.target, body);
}

RetellResult<Json> RetellApi::publishAgentVersion(const Route &route, const Json &body)
{
    const auto published = m_assets.agents.publish(route.target, body);
    return published ? RetellResult<Json>(Json::object()) : tl::unexpected(published.error());
}

RetellResult<Json> RetellApi::deleteAgentVersion(const Route &route, const Json &)
{
    const auto removed = m_assets.agents.removeVersion(route.target, version(route.query));
    return removed ? RetellResult<Json>(Json(nullptr)) : tl::unexpected(removed.error());
}

RetellResult<Json> RetellApi::createEngine(const Route &, const Json &body)
{
    if (core::member(body, "model") && core::member(body, "s2s_model"))
        return refuse(400, QStringLiteral("model and s2s_model exclude each other"));
    return m_assets.engines.create(body);
}

RetellResult<Json> RetellApi::updateEngine(const Route &route, const Json &body)
{
    return m_assets.engines.update(route.target, version(route.query), body);
}

RetellResult<Json> RetellApi::listEngines(const Route &route, const Json &)
{
    return page(m_assets.engines.all(), "llm_id", route.query);
}

/// A bare array.
RetellResult<Json> RetellApi::listVoices(const Route &, const Json &)
{
    return RetellAssets::voices();
}

RetellResult<Json> RetellApi::getVoice(const Route &route, const Json &)
{
    return RetellAssets::voice(route.target);
}

RetellResult<Json> RetellApi::listNumbers(const Route &route, const Json &)
{
    return page(m_assets.numbers(), "phone_number", route.query);
}

RetellResult<Json> RetellApi::getNumber(const Route &route, const Json &)
{
    return m_assets.number(route.target);
}

RetellResult<Json> RetellApi::updateNumber(const Route &route, const Json &body)
{
    return m_assets.updateNumber(route.target, body);
}

} // namespace simulator
