#include "retell/retell_assets.h"

#include <algorithm>

namespace simulator {

namespace {

constexpr qint64 kPageDefault = 50;
constexpr qint64 kPageMax = 1000;

tl::unexpected<RetellRefusal> notFound()
{
    // A stale id is an ordinary thing to ask for.
    return refuse(422, QStringLiteral("Cannot find requested asset under given api key."), false);
}

Json voiceOf(const char *id, const char *name, const char *gender, const char *accent)
{
    return {{"voice_id", id},
            {"voice_name", name},
            {"gender", gender},
            {"provider", "elevenlabs"},
            {"accent", accent},
            {"age", "Young"},
            {"preview_audio_url", "https://example.invalid/preview.mp3"}};
}

} // namespace

VersionedStore::VersionedStore(World &world, QString idName, QString prefix,
                               const FieldRules &rules)
    : m_world(world)
    , m_idName(std::move(idName))
    , m_prefix(std::move(prefix))
    , m_rules(rules)
{
}

Json VersionedStore::stamped(const QString &id, qint64 version, Json settings) const
{
    settings[m_idName.toStdString()] = id;
    settings["version"] = version;
    settings["is_published"] = false;
    settings["last_modification_timestamp"] = core::toMicros(m_world.scheduler.now()) / 1000;
    return settings;
}

void VersionedStore::put(const QString &id, Json settings)
{
    if (!m_versions.contains(id))
        m_order.append(id);
    m_versions[id] = {stamped(id, 0, std::move(settings))};
}

RetellResult<Json> VersionedStore::create(const Json &settings)
{
    if (const auto checked = checkFields(settings, m_rules); !checked)
        return tl::unexpected(checked.error());
    const QString id = m_prefix + QString::fromLatin1(m_world.randomText("0123456789abcdef", 30));
    put(id, settings);
    return m_versions[id].front();
}

RetellResult<Json *> VersionedStore::find(const QString &id, const QString &version) const
{
    const auto found = m_versions.find(id);
    if (found == m_versions.end() || found->isEmpty())
        return notFound();
    bool isNumber = false;
    const qint64 number = version.toLongLong(&isNumber);
    if (!isNumber && !version.isEmpty() && version != u"latest" && version != u"latest_published")
        return notFound();
    for (auto each = found->rbegin(); each != found->rend(); ++each) {
        const bool isPublished = (*each)["is_published"].get<bool>();
        if (isNumber ? (*each)["version"] == number : version != u"latest_published" || isPublished)
            return &*each;
    }
    return notFound();
}

RetellResult<Json> VersionedStore::get(const QString &id, const QString &version) const
{
    const auto found = find(id, version);
    if (!found)
        return tl::unexpected(found.error());
    return **found;
}

RetellResult<Json> VersionedStore::update(const QString &id, const QString &version,
                                          const Json &settings)
{
    const auto found = find(id, version);
    if (!found)
        return tl::unexpected(found.error());
    if (const auto checked = checkFields(settings, m_rules, false); !checked)
        return tl::unexpected(checked.error());
    (*found)->update(settings);
    (**found)["last_modification_timestamp"] = core::toMicros(m_world.scheduler.now()) / 1000;
    return **found;
}

RetellResult<void> VersionedStore::remove(const QString &id)
{
    if (m_versions.remove(id) == 0)
        return notFound();
    m_order.removeOne(id);
    return {};
}

RetellResult<void> VersionedStore::removeVersion(const QString &id, const QString &version)
{
    const auto found = find(id, version);
    if (!found)
        return tl::unexpected(found.error());
    QList<Json> &versions = m_versions[id];
    if (versions.size() == 1)
        return refuse(400, QStringLiteral("the only version cannot be deleted"));
    versions.removeOne(**found);
    return {};
}

RetellResult<Json> VersionedStore::createVersion(const QString &id, const Json &body)
{
    static const FieldRules rules = {{"base_version", FieldRule::Type::Whole, true}};
    if (const auto checked = checkFields(body, rules); !checked)
        return tl::unexpected(checked.error());
    const auto base = find(id, QString::number(body["base_version"].get<qint64>()));
    if (!base)
        return tl::unexpected(base.error());
    const qint64 last = m_versions[id].back()["version"].get<qint64>();
    const Json fresh = stamped(id, last + 1, **base);
    m_versions[id].append(fresh);
    return fresh;
}

RetellResult<void> VersionedStore::publish(const QString &id, const Json &body)
{
    static const FieldRules rules = {{"version", FieldRule::Type::Whole, true},
                                     {"version_title", FieldRule::Type::Text},
                                     {"version_description", FieldRule::Type::Text}};
    if (const auto checked = checkFields(body, rules); !checked)
        return checked;
    const auto found = find(id, QString::number(body["version"].get<qint64>()));
    if (!found)
        return tl::unexpected(found.error());
    (**found)["is_published"] = true;
    return {};
}

RetellResult<Json> VersionedStore::versions(const QString &id) const
{
    if (const auto found = find(id, {}); !found)
        return tl::unexpected(found.error());
    Json list = Json::array();
    for (const Json &version : std::as_const(m_versions[id]))
        list.push_back(version);
    return Json{{"items", std::move(list)}, {"has_more", false}};
}

QList<Json> VersionedStore::all() const
{
    QList<Json> list;
    for (const QString &id : m_order)
        list.append(m_versions[id].back());
    return list;
}

RetellAssets::RetellAssets(World &world)
    : agents(world, QStringLiteral("agent_id"), QStringLiteral("agent_"), agentRules())
    , engines(world, QStringLiteral("llm_id"), QStringLiteral("llm_"), engineRules())
    , m_world(world)
{
    for (const QString &number : world.options.retellNumbers)
        m_numbers[number] = {
            {"phone_number", number},
            {"phone_number_type", "retell-twilio"},
            {"nickname", "simulated"},
            {"inbound_agents", Json::array()},
            {"outbound_agents", Json::array()},
            {"last_modification_timestamp", core::toMicros(world.scheduler.now()) / 1000}};
}

RetellResult<void> RetellAssets::checkAgent(const Json &settings) const
{
    if (const auto voiceId = core::textMember(settings, "voice_id")) {
        if (const auto found = voice(*voiceId); !found)
            return tl::unexpected(found.error());
    }
    const Json *engine = core::member(settings, "response_engine");
    if (!engine || !engine->is_object())
        return {};
    if (core::textMember(*engine, "type") != QStringLiteral("retell-llm"))
        return {};
    const auto found = engines.get(core::textMember(*engine, "llm_id").value_or(QString()),
                                   core::numberText(*engine, "version").value_or(QString()));
    return found ? RetellResult<void>() : tl::unexpected(found.error());
}

const Json &RetellAssets::voices()
{
    static const Json all = {voiceOf("11labs-Adrian", "Adrian", "male", "American"),
                             voiceOf("11labs-Anna", "Anna", "female", "American"),
                             voiceOf("11labs-Chloe", "Chloe", "female", "French"),
                             voiceOf("11labs-Aarav", "Aarav", "male", "Indian"),
                             voiceOf("11labs-Mei", "Mei", "female", "Chinese")};
    return all;
}

RetellResult<Json> RetellAssets::voice(const QString &id)
{
    const auto found = std::find_if(voices().begin(), voices().end(), [&](const Json &voice) {
        return core::textMember(voice, "voice_id") == id;
    });
    if (found == voices().end())
        return notFound();
    return *found;
}

QList<Json> RetellAssets::numbers() const
{
    QList<Json> list;
    for (const auto &[number, json] : m_numbers)
        list.append(json);
    return list;
}

RetellResult<Json> RetellAssets::number(const QString &e164) const
{
    const auto found = m_numbers.find(e164);
    if (found == m_numbers.end())
        return notFound();
    return found->second;
}

RetellResult<Json> RetellAssets::updateNumber(const QString &e164, const Json &body)
{
    static const FieldRules rules = {
        {"inbound_agents", FieldRule::Type::List},
        {"outbound_agents", FieldRule::Type::List},
        {"inbound_webhook_url", FieldRule::Type::Text},
        {"fallback_number", FieldRule::Type::Text},
        {"allowed_inbound_country_list", FieldRule::Type::List},
        {"allowed_outbound_country_list", FieldRule::Type::List},
        {"nickname", FieldRule::Type::Text},
    };
    const auto found = m_numbers.find(e164);
    if (found == m_numbers.end())
        return notFound();
    if (const auto checked = checkFields(body, rules); !checked)
        return tl::unexpected(checked.error());
    found->second.update(body);
    return found->second;
}

QString RetellAssets::outboundAgentOf(const QString &e164) const
{
    const auto found = m_numbers.find(e164);
    if (found == m_numbers.end() || found->second["outbound_agents"].empty())
        return {};
    return core::textMember(found->second["outbound_agents"].front(), "agent_id")
        .value_or(QString());
}

Json pageOf(const QList<Json> &all, const QString &idName, qint64 limit, const QString &after)
{
    const qint64 count = limit <= 0 ? kPageDefault : std::min(limit, kPageMax);
    const QByteArray key = idName.toLatin1();
    auto from = all.cbegin();
    if (!after.isEmpty()) {
        from = std::find_if(all.cbegin(), all.cend(), [&](const Json &item) {
            return core::textMember(item, key.constData()) == after;
        });
        from += from == all.cend() ? 0 : 1;
    }
    Json items = Json::array();
    for (; from != all.cend() && static_cast<qint64>(items.size()) < count; ++from)
        items.push_back(*from);
    const bool hasMore = from != all.cend();
    Json page = {{"items", std::move(items)}, {"has_more", hasMore}};
    if (hasMore)
        page["pagination_key"] = page["items"].back()[key.toStdString()];
    return page;
}

} // namespace simulator
