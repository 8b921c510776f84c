#pragma once

#include "core/crypto.h"
#include "tests/support/journey_stage.h"
#include "tests/support/paid_many.h"

#include <QTest>

namespace tests {

/// Servers, and two people of Finance who submit as consoles do: "asker" and "other".
class BulkStage : public QObject {
protected:
    explicit BulkStage(int patienceMs)
        : m_patienceMs(patienceMs)
    {
    }
    void openStage(const JourneyStage::Setup &setup);
    /// The books are sound, and everything ends.
    void closeStage();

    [[nodiscard]] qint64 submit(const char *who, const char *kind, const Json &payload);
    [[nodiscard]] bool isOver(qint64 command)
    {
        return m_stage->number(QStringLiteral("SELECT count(*) FROM commands WHERE inbox_id = ? "
                                              "AND state <> 'sent'"),
                               {command}) == 1;
    }
    [[nodiscard]] Json answerOf(qint64 command);
    /// What it answered, once it is handled.
    [[nodiscard]] Json give(const char *who, const char *kind, const Json &payload);

    std::unique_ptr<JourneyStage> m_stage;
    std::unique_ptr<database::Connection> m_owner;
    int m_keys = 0; // made so far

private:
    const int m_patienceMs;
    std::unique_ptr<database::Connection> m_console;
};

inline void BulkStage::openStage(const JourneyStage::Setup &setup)
{
    m_stage = std::make_unique<JourneyStage>(setup);
    m_owner = *database::Connection::open(m_stage->databaseUrl(), QStringLiteral("test"),
                                          database::Role::Owner);
    m_console = *database::Connection::open(m_stage->databaseUrl(), QStringLiteral("test"),
                                            database::Role::Console);
    for (const char *who : {"asker", "other"})
        QVERIFY(m_owner->run(
            QStringLiteral("WITH o AS (INSERT INTO operators (name, passphrase_hash, roles, "
                           "created_at, changed_at, cause_id) VALUES (?, '$argon2id$', "
                           "'{finance}', now(), now(), 0) RETURNING id) INSERT INTO "
                           "operator_sessions (operator_id, token_sha256, origin, started_at, "
                           "seen_at, active_at, idle_s, ends_at, cause_id) SELECT id, ?, 'local', "
                           "now(), now(), now(), 36000, now() + interval '10 hours', 0 FROM o"),
            {QLatin1String(who), core::sha256(who)}));
}

inline void BulkStage::closeStage()
{
    const ProgramRun run = m_stage->verb({QStringLiteral("ledger"), QStringLiteral("verify")});
    QVERIFY2(run.exitCode == 0, qUtf8Printable(run.words()));
    m_console.reset();
    m_owner.reset();
    m_stage.reset();
}

inline qint64 BulkStage::submit(const char *who, const char *kind, const Json &payload)
{
    const auto rows = m_console->run(
        QStringLiteral("SELECT id FROM console.submit_command(?::bytea, ?, ?::jsonb, ?)"),
        {QByteArray(who), QLatin1String(kind), QString::fromUtf8(core::toBytes(payload)),
         QStringLiteral("key-%1").arg(++m_keys)});
    return rows ? rows->first().integer("id") : 0;
}

inline Json BulkStage::answerOf(qint64 command)
{
    const QString answer = m_stage->value(
        QStringLiteral("SELECT answer::text FROM commands WHERE inbox_id = ?"), {command});
    return core::parseJson(answer.toUtf8(), 64).value_or(Json());
}

inline Json BulkStage::give(const char *who, const char *kind, const Json &payload)
{
    const qint64 command = submit(who, kind, payload);
    return m_stage->until([&] { return isOver(command); }, m_patienceMs) ? answerOf(command)
                                                                         : Json();
}

} // namespace tests
