#include "guards/zones.h"

#include "core/assert.h"

#include <QFile>
#include <QHash>
#include <QSet>

#include <algorithm>

/// Q_INIT_RESOURCE declares a global function, so it cannot stand inside a namespace.
static void initZoneResources()
{
    Q_INIT_RESOURCE(guards);
}

namespace guards {

namespace {

struct Table {
    QHash<QByteArray, QList<QByteArray>> zonesByPrefix; // digits without the plus
    qsizetype longestPrefix = 0;
};

Table readTable()
{
    initZoneResources();
    QFile file(QStringLiteral(":/guards/number_zones.txt"));
    CORE_ASSERT(file.open(QIODevice::ReadOnly)); // built in
    Table table;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.isEmpty() || line.startsWith('#'))
            continue;
        const qsizetype bar = line.indexOf('|');
        CORE_ASSERT(bar > 0);
        table.zonesByPrefix.insert(line.left(bar), line.mid(bar + 1).split('&'));
        table.longestPrefix = std::max(table.longestPrefix, bar);
    }
    return table;
}

const Table &table()
{
    static const Table read = readTable();
    return read;
}

} // namespace

QList<QByteArray> zonesOf(const Number &number)
{
    QByteArray prefix = number.isGeographic
                            ? number.e164.mid(1).left(table().longestPrefix).toLatin1()
                            : QByteArray::number(number.callingCode);
    for (; !prefix.isEmpty(); prefix.chop(1)) {
        const auto found = table().zonesByPrefix.constFind(prefix);
        if (found != table().zonesByPrefix.cend())
            return *found;
    }
    return {};
}

QList<QByteArray> allZones()
{
    QSet<QByteArray> distinct;
    for (const QList<QByteArray> &zones : table().zonesByPrefix)
        distinct.unite(QSet<QByteArray>(zones.begin(), zones.end()));
    QList<QByteArray> all(distinct.begin(), distinct.end());
    std::sort(all.begin(), all.end());
    return all;
}

} // namespace guards
