#pragma once

#include "retell/retell_body.h"
#include "world.h"

#include <map>

namespace simulator {

/// Things with versions: agents or response engines.
class VersionedStore final {
public:
    VersionedStore(World &world, QString idName, QString prefix, const FieldRules &rules);

    [[nodiscard]] RetellResult<Json> create(const Json &settings);
    [[nodiscard]] RetellResult<Json> get(const QString &id, const QString &version) const;
    [[nodiscard]] RetellResult<Json> update(const QString &id, const QString &version,
                                            const Json &settings);
    [[nodiscard]] RetellResult<void> remove(const QString &id);
    [[nodiscard]] RetellResult<void> removeVersion(const QString &id, const QString &version);
    [[nodiscard]] RetellResult<Json> createVersion(const QString &id, const Json &body);
    [[nodiscard]] RetellResult<void> publish(const QString &id, const Json &body);
    [[nodiscard]] RetellResult<Json> versions(const QString &id) const;
    /// The newest version of each, oldest first.
    [[nodiscard]] QList<Json> all() const;
    /// As it is, unchecked: for the control API.
    void put(const QString &id, Json settings);

private:
    [[nodiscard]] RetellResult<Json *> find(const QString &id, const QString &version) const;
    [[nodiscard]] Json stamped(const QString &id, qint64 version, Json settings) const;

    World &m_world;
    QString m_idName;
    QString m_prefix;
    const FieldRules &m_rules;
    QStringList m_order;
    mutable QHash<QString, QList<Json>> m_versions;
};

/// What belongs to the account: agents, engines, voices, numbers.
class RetellAssets final {
public:
    explicit RetellAssets(World &world);

    VersionedStore agents;
    VersionedStore engines;

    /// Checks what an agent names.
    [[nodiscard]] RetellResult<void> checkAgent(const Json &settings) const;
    [[nodiscard]] static const Json &voices();
    [[nodiscard]] static RetellResult<Json> voice(const QString &id);
    [[nodiscard]] QList<Json> numbers() const;
    [[nodiscard]] RetellResult<Json> number(const QString &e164) const;
    [[nodiscard]] RetellResult<Json> updateNumber(const QString &e164, const Json &body);
    /// One of the agents that the number calls out with; empty: none.
    [[nodiscard]] QString outboundAgentOf(const QString &e164) const;

private:
    World &m_world;
    std::map<QString, Json> m_numbers;
};

/// {items, has_more, pagination_key} of a list, by its own member `idName`.
[[nodiscard]] Json pageOf(const QList<Json> &all, const QString &idName, qint64 limit,
                          const QString &after);

} // namespace simulator
