#pragma once

#include "core/crypto.h"
#include "operators/operator_flow.h"
#include "operators/passphrase.h"
#include "tests/database/engine_fixture.h"
#include "tests/database/ledger_fixture.h"
#include "tests/support/paid_call.h"

namespace tests {

inline constexpr qint64 kPayer = 7100; // reads French
inline const QByteArray kPassphrase = QByteArrayLiteral("seventeen green herons");

/// Operators, their sessions and a call that was paid, and the server that handles what consoles
/// submit. A console's words go through the console's role only.
class OperatorStage : public QObject {
protected:
    struct Submitted {
        qint64 id = 0;
        QString outcome;
    };
    struct Finished {
        QString state;
        QString code;
        Json answer;
    };

    OperatorStage();
    /// An empty database with one customer and one operator for each role, all signed in.
    void startStage();
    void addOperator(const QString &name, const QString &roles);
    /// A call of Camille's that ended and cost this; its id.
    [[nodiscard]] qint64 paidCall(Money charged, const QString &endedAgo = QStringLiteral("1 hour"))
    {
        return addPaidCall(*m_connection, kPayer, charged, endedAgo);
    }

    [[nodiscard]] static QByteArray tokenOf(const QString &name)
    {
        return "token of " + name.toUtf8();
    }
    [[nodiscard]] Submitted submit(const QString &who, const char *kind, const Json &payload,
                                   const QString &key);
    [[nodiscard]] Finished resultOf(const QString &who, const QString &key);
    void handleAll();
    /// All three of them.
    [[nodiscard]] Finished command(const QString &who, const char *kind, const Json &payload,
                                   const QString &key);
    /// The same by both, of whom the second one's is what becomes of it.
    [[nodiscard]] Finished commandOfTwo(const QString &first, const QString &second,
                                        const char *kind, const Json &payload, const QString &key);
    [[nodiscard]] static Json refundOf(qint64 call, Money amount, const QString &hash = {});
    [[nodiscard]] Finished refund(const QString &who, qint64 call, Money amount,
                                  const QString &key);

    [[nodiscard]] qint64 count(const char *sql)
    {
        return number(*m_connection, u'(' + QString::fromLatin1(sql) + u')');
    }
    [[nodiscard]] QString text(const char *sql)
    {
        return column(*m_connection, QString::fromLatin1(sql)).value(0);
    }

    std::shared_ptr<const language::Catalogue> m_catalogue;
    std::unique_ptr<customers::Messenger> m_messenger;
    std::unique_ptr<operators::OperatorFlow> m_flow;
    QString m_url;
    std::unique_ptr<database::Connection> m_connection;
    std::unique_ptr<database::Connection> m_console;
    engine::RoutingTable m_routes;
    core::SystemClock m_clock;
    engine::Counters m_counters;
    std::unique_ptr<engine::Worker> m_worker;
    std::optional<Timestamp> m_stoppedSince = Timestamp(); // as if all calls were stopped
    QStringList m_controls;                                // what was asked of the calls
};

inline OperatorStage::OperatorStage()
{
    const auto loaded = language::Catalogue::load();
    if (!loaded)
        qFatal("no catalogue");
    m_catalogue = *loaded;
    m_messenger = std::make_unique<customers::Messenger>(m_catalogue);
    m_flow = std::make_unique<operators::OperatorFlow>(
        *m_messenger,
        operators::CallControls{
            .stop = [this](engine::Context &, qint64 call, const QString &by) -> Result<void> {
                m_controls << QStringLiteral("stop %1 by %2").arg(call).arg(by);
                if (call == 0)
                    return failure({.code = ErrorCode::NotFound});
                return {};
            },
            .stopAll = [this](engine::Context &, const QString &reason,
                              const QString &by) -> Result<void> {
                m_controls << QStringLiteral("stop all, %1, by %2").arg(reason, by);
                return {};
            },
            .stoppedSince = [this](engine::Context &) -> Result<std::optional<Timestamp>> {
                return m_stoppedSince;
            },
            .resume = [this](engine::Context &, const QString &reason,
                             const QString &by) -> Result<void> {
                m_controls << QStringLiteral("resume, %1, by %2").arg(reason, by);
                return {};
            }},
        kInstallationKey);
    m_flow->addRoutes(m_routes);
}

inline void OperatorStage::startStage()
{
    m_console.reset();
    m_connection.reset();
    m_controls.clear();
    m_stoppedSince = Timestamp();
    m_url = emptiedDatabase();
    m_connection = openConnection(m_url);
    m_console = openConnection(m_url, database::Role::Console);
    addFrenchCustomer(*m_connection, kPayer);
    for (const char *role : {"viewer", "support", "senior", "finance", "admin"})
        addOperator(QLatin1String(role), QLatin1String(role));
    if (!m_flow->publishKey(*m_connection))
        qFatal("no sealing key");
    m_worker = std::make_unique<engine::Worker>(m_routes, m_clock, kInstallationKey, m_counters);
}

inline void OperatorStage::addOperator(const QString &name, const QString &roles)
{
    static const QString hash = *operators::hashOf(kPassphrase);
    const auto added =
        committed<int>(*m_connection, [&](database::Transaction &transaction) -> Result<int> {
            const auto id =
                operators::addOperator(transaction,
                                       {.name = name,
                                        .passphraseHash = hash,
                                        .roles = *operators::rolesFrom(roles.split(u','))},
                                       InboxId{0}, m_clock.now());
            if (!id)
                return failure(id.error());
            const auto session = operators::openSession(transaction,
                                                        {.id = *id,
                                                         .tokenSha256 = core::sha256(tokenOf(name)),
                                                         .origin = QStringLiteral("local"),
                                                         .idle = std::chrono::minutes(10),
                                                         .lifetime = std::chrono::hours(12)},
                                                        InboxId{0}, m_clock.now());
            if (!session)
                return failure(session.error());
            return 1;
        });
    if (!added)
        qFatal("no operator: %s", qUtf8Printable(added.error().detail));
}

inline OperatorStage::Submitted OperatorStage::submit(const QString &who, const char *kind,
                                                      const Json &payload, const QString &key)
{
    const auto rows = m_console->run(
        QStringLiteral("SELECT id, outcome FROM console.submit_command(?::bytea, ?, ?::jsonb, ?)"),
        {tokenOf(who), QLatin1String(kind), QString::fromUtf8(core::toBytes(payload)), key});
    if (!rows)
        return {0, rows.error().detail};
    return {rows->first().integer("id"), rows->first().text("outcome")};
}

inline void OperatorStage::handleAll()
{
    for (int rows = 1; rows > 0;) {
        const auto pass = m_worker->runOnce(*m_connection);
        if (!pass)
            qFatal("not handled: %s", qUtf8Printable(pass.error().detail));
        rows = pass->rows;
    }
}

inline OperatorStage::Finished OperatorStage::resultOf(const QString &who, const QString &key)
{
    const auto rows =
        m_console->run(QStringLiteral("SELECT state, code, answer::text AS answer FROM "
                                      "console.command_result(?::bytea, ?)"),
                       {tokenOf(who), key});
    if (!rows || rows->isEmpty())
        return {rows ? QStringLiteral("none") : rows.error().detail, {}, {}};
    return {rows->first().text("state"), rows->first().text("code"),
            core::parseJson(rows->first().text("answer").toUtf8()).value_or(Json())};
}

inline OperatorStage::Finished OperatorStage::command(const QString &who, const char *kind,
                                                      const Json &payload, const QString &key)
{
    const Submitted submitted = submit(who, kind, payload, key);
    if (submitted.outcome != QLatin1String("recorded") &&
        submitted.outcome != QLatin1String("repeat"))
        return {submitted.outcome, {}, {}};
    handleAll();
    return resultOf(who, key);
}

inline OperatorStage::Finished OperatorStage::commandOfTwo(const QString &first,
                                                           const QString &second, const char *kind,
                                                           const Json &payload, const QString &key)
{
    const Finished asked = command(first, kind, payload, key);
    if (!core::boolMember(asked.answer, "asked").value_or(false))
        return asked;
    return command(second, kind, payload, key);
}

inline Json OperatorStage::refundOf(qint64 call, Money amount, const QString &hash)
{
    return {{"v", 1},     {"call", call}, {"amount", amount.micros()}, {"reason", "bad_audio"},
            {"note", ""}, {"hash", hash}};
}

/// As the dialog does it: looked at, then executed with what was shown.
inline OperatorStage::Finished OperatorStage::refund(const QString &who, qint64 call, Money amount,
                                                     const QString &key)
{
    const Finished preview =
        command(who, "refund.preview", refundOf(call, amount), key + QStringLiteral("-preview"));
    if (preview.state != QLatin1String("done"))
        return preview;
    return command(who, "refund.execute",
                   refundOf(call, amount, core::textMember(preview.answer, "hash").value()), key);
}

} // namespace tests
