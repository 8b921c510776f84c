#pragma once

#include "database/migrations.h"
#include "database/transaction.h"

#include "tests/support/test_cluster.h"

#include <QElapsedTimer>
#include <QTest>

#include <thread>

namespace tests {

/// The clock of these tests starts here; no rule depends on the day.
inline const Timestamp kMorning = core::fromIso(u"2026-11-22T08:00:00Z").value();

/// The URL of a new database with the schema in it.
inline QString freshDatabase(TestCluster &cluster = TestCluster::instance())
{
    return cluster.databaseFrom(QStringLiteral("schema"), [](const QString &url) {
        auto owner = database::Connection::open(url, QStringLiteral("test"), database::Role::Owner);
        if (!owner || !database::migrate(**owner))
            qFatal("the migrations cannot be applied");
    });
}

inline std::unique_ptr<database::Connection>
openConnection(const QString &url, database::Role role = database::Role::Application,
               database::ChangeSink *sink = nullptr)
{
    auto opened = database::Connection::open(url, QStringLiteral("test"), role, sink);
    if (!opened)
        qFatal("no connection: %s", qUtf8Printable(opened.error().detail));
    return *std::move(opened);
}

/// The database that the tests of this executable share, with the schema and nothing else in it.
/// Making a new one for every slot would take seconds on a slow disk.
inline QString emptiedDatabase()
{
    static const QString url = freshDatabase();
    const auto emptied = openConnection(url, database::Role::Owner)->runScript(QStringLiteral(R"(
        SET session_replication_role = replica; -- no triggers, no foreign keys
        DO $$ DECLARE c record; BEGIN
            FOR c IN SELECT oid::regclass AS name, relkind FROM pg_class WHERE relnamespace = 'public'::regnamespace
                AND relkind IN ('r', 'p', 'S') AND NOT relispartition AND relname NOT IN ('migrations', 'schema_state',
                    'rates', 'rate_versions', 'plan_versions', 'policy_switches', 'command_lanes', 'refund_rules',
                    'deposit_rules') LOOP
                IF c.relkind = 'S' THEN PERFORM setval(c.name, 1, false);
                ELSE EXECUTE format('DELETE FROM %s', c.name); END IF;
            END LOOP; END $$;
        DELETE FROM refund_rules WHERE version > 1;
        DELETE FROM deposit_rules WHERE version > 1;
        DELETE FROM plan_versions WHERE note <> 'as shipped';
        DELETE FROM rates WHERE version > 1;
        DELETE FROM rate_versions WHERE id > 1;
        UPDATE policy_switches SET is_on = false WHERE name = 'stop_calls';
        INSERT INTO wallets (customer_id) VALUES (0))"));
    if (!emptied)
        qFatal("the database cannot be emptied: %s", qUtf8Printable(emptied.error().detail));
    return url;
}

/// The rows of one column as text, each statement in its own commit. What fails shows in the
/// comparison.
inline QStringList column(database::Connection &connection, const QString &sql,
                          const database::Values &values = {})
{
    const auto rows = connection.run(
        QStringLiteral("SELECT to_jsonb(q) #>> '{answer}' AS answer FROM (%1) q").arg(sql), values);
    if (!rows)
        return {rows.error().detail};
    QStringList answers;
    for (qsizetype i = 0; i < rows->size(); ++i)
        answers << (*rows)[i].text("answer");
    return answers;
}

inline qint64 number(database::Connection &connection, const QString &expression)
{
    return column(connection, QStringLiteral("SELECT %1 AS answer").arg(expression))
        .value(0)
        .toLongLong();
}

/// Waits for what other threads do, looking again as often as it may; false when it never came.
inline bool becomes(const std::function<bool()> &condition, int timeoutMs = 30'000)
{
    return QTest::qWaitFor(condition, timeoutMs);
}

/// Runs `work` on `count` threads at once and waits for all of them.
inline void inThreads(int count, const std::function<void(int)> &work)
{
    std::vector<std::jthread> threads;
    for (int i = 0; i < count; ++i)
        threads.emplace_back([&work, i] { work(i); });
}

/// One transaction with the value of its last step.
template <typename T>
Result<T> committed(database::Connection &connection,
                    const std::function<Result<T>(database::Transaction &)> &work)
{
    std::optional<T> value;
    const auto done = database::inTransaction(
        connection, [&](database::Transaction &transaction) -> Result<void> {
            auto result = work(transaction);
            if (!result)
                return failure(result.error());
            value = std::move(*result);
            return {};
        });
    if (!done)
        return failure(done.error());
    return std::move(*value);
}

} // namespace tests
