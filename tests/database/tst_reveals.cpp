#include "operators/sealing.h"
#include "tests/database/operator_fixture.h"
#include "tests/support/test_main.h"

namespace tst_reveals {

using namespace tests;

/// What is masked everywhere, shown to somebody who says why.
class TestReveals final : public OperatorStage {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        startStage();
        m_call = paidCall(usd(1));
    }
    void aCallsNumberIsReadOnce();
    void aCustomersOwnNumbersAreRead();
    void whatWasSaidIsRead();
    void whereAPayoutGoesIsRead();
    void anotherSessionReadsNothing();
    void afterAMinuteNothingIsRead();
    void anEndedSessionReadsNothing();
    void anExpiryCannotBeWrittenByTheApplication();
    void whatNobodyCameForIsWiped();
    void withoutAReasonNothingIsShown();
    void whatIsNotKnownIsSaidSo();
    void withoutAKeyNothingIsShown();
    void itIsAuditedAndKeptNowhere();
    void aRepeatedCommandRevealsNothingAgain();

private:
    [[nodiscard]] Finished reveal(const QString &who, const char *kind, Json payload,
                                  const QString &key)
    {
        payload["v"] = 1;
        payload["reader"] = QString::fromLatin1(m_reader.publicKey().toBase64());
        return command(who, kind, payload, key);
    }
    [[nodiscard]] Finished revealCall(const QString &key)
    {
        return reveal(m_support, "reveal.number",
                      {{"call", m_call}, {"reason", "customer asks which number"}}, key);
    }
    [[nodiscard]] qint64 idOf(const QString &key)
    {
        return column(
                   *m_connection,
                   QStringLiteral("SELECT inbox_id AS answer FROM commands WHERE request_key = ?"),
                   {key})
            .value(0)
            .toLongLong();
    }
    /// What that console reads: JSON, or nothing.
    [[nodiscard]] QByteArray read(const QString &who, const QString &key)
    {
        const auto rows =
            m_console->run(QStringLiteral("SELECT console.take_revealed(?::bytea, ?) AS sealed"),
                           {tokenOf(who), idOf(key)});
        if (!rows || rows->first().isNull("sealed"))
            return rows ? QByteArray() : rows.error().detail.toUtf8();
        return m_reader.open(rows->first().bytes("sealed")).value_or("unreadable");
    }

    const QString m_support = QStringLiteral("support");
    const operators::Sealing m_reader{QByteArrayLiteral("a console's key, for one command")};
    qint64 m_call = 0;
};

void TestReveals::aCallsNumberIsReadOnce()
{
    const Finished finished = revealCall(QStringLiteral("k"));
    QCOMPARE(finished.state, QStringLiteral("done"));
    QCOMPARE(finished.answer, Json::object());
    QCOMPARE(read(m_support, QStringLiteral("k")), QByteArray(R"({"numbers":["+14155550123"]})"));
    QCOMPARE(read(m_support, QStringLiteral("k")), QByteArray());
    QCOMPARE(count("SELECT count(*) FROM revealed_values"), 0);
}

void TestReveals::aCustomersOwnNumbersAreRead()
{
    QVERIFY(m_connection->run(
        QStringLiteral("INSERT INTO customer_numbers (customer_id, number, proved_at, cause_id) "
                       "VALUES (?, '+33612345678', now(), 1)"),
        {kPayer}));
    QCOMPARE(reveal(m_support, "reveal.number", {{"customer", kPayer}, {"reason", "call back"}},
                    QStringLiteral("k"))
                 .state,
             QStringLiteral("done"));
    QCOMPARE(read(m_support, QStringLiteral("k")), QByteArray(R"({"numbers":["+33612345678"]})"));
}

void TestReveals::whatWasSaidIsRead()
{
    const QString lines = QStringLiteral(R"([{"role": "agent", "content": "Bonjour"}])");
    QVERIFY(m_connection->run(QStringLiteral("UPDATE calls SET transcript = ?::jsonb WHERE id = ?"),
                              {lines, m_call}));
    QCOMPARE(reveal(QStringLiteral("senior"), "reveal.transcript",
                    {{"call", m_call}, {"reason", "complaint"}}, QStringLiteral("k"))
                 .state,
             QStringLiteral("done"));
    QCOMPARE(read(QStringLiteral("senior"), QStringLiteral("k")),
             QByteArray(R"({"lines":[{"content":"Bonjour","role":"agent"}]})"));
}

/// The view that consoles see has it masked, whatever was written there.
void TestReveals::whereAPayoutGoesIsRead()
{
    const auto ask = [this](const char *destination, const QString &key) {
        const Finished asked = command(QStringLiteral("senior"), "payout.request",
                                       {{"v", 1},
                                        {"customer", kPayer},
                                        {"amount", 1'000'000},
                                        {"destination", destination},
                                        {"reason", "closes the account"}},
                                       key);
        return core::integerMember(asked.answer, "payout").value_or(0);
    };
    const qint64 payout = ask("USDT-TRC20 TQrZ8tKf7Jv1NYwq4nJ5bXhD2sLm", QStringLiteral("a"));
    (void)ask("IBAN DE89 3704 0044 0532 0130 00", QStringLiteral("b"));
    (void)ask("anna@example.com", QStringLiteral("c"));
    (void)ask("BTC short", QStringLiteral("d"));
    QCOMPARE(column(*m_console,
                    QStringLiteral("SELECT destination AS answer FROM console.payouts ORDER BY "
                                   "id")),
             (QStringList{QStringLiteral("USDT-TRC20 •••2sLm"), QStringLiteral("IBAN •••0 00"),
                          QStringLiteral("•••.com"), QStringLiteral("•••")}));
    const QString finance = QStringLiteral("finance");
    const Json wish = {{"payout", payout}, {"reason", "I send it now"}};
    QCOMPARE(reveal(finance, "reveal.destination", wish, QStringLiteral("k")).state,
             QStringLiteral("done"));
    QCOMPARE(read(finance, QStringLiteral("k")),
             QByteArray(R"({"destination":"USDT-TRC20 TQrZ8tKf7Jv1NYwq4nJ5bXhD2sLm"})"));
    QCOMPARE(read(finance, QStringLiteral("k")), QByteArray());
    QCOMPARE(text("SELECT concat_ws('|', operator_name, object, result, reason) AS answer FROM "
                  "audit WHERE action = 'reveal.destination'"),
             QStringLiteral("finance|payout %1|done|I send it now").arg(payout));
    for (const char *who : {"support", "admin", "viewer"})
        QCOMPARE(reveal(QLatin1String(who), "reveal.destination", wish, QLatin1String(who)).code,
                 QStringLiteral("NotAllowed"));
    QCOMPARE(reveal(finance, "reveal.destination", {{"payout", 4711}, {"reason", "looking"}},
                    QStringLiteral("n"))
                 .code,
             QStringLiteral("NotFound"));
    QCOMPARE(reveal(finance, "reveal.destination", {{"payout", payout}}, QStringLiteral("r")).code,
             QStringLiteral("BadInput"));
}

void TestReveals::anotherSessionReadsNothing()
{
    (void)revealCall(QStringLiteral("k"));
    QCOMPARE(read(QStringLiteral("admin"), QStringLiteral("k")), QByteArray());
    QCOMPARE(read(QStringLiteral("nobody"), QStringLiteral("k")), QByteArray());
    // The same operator at another console.
    QVERIFY(m_connection->run(
        QStringLiteral("INSERT INTO operator_sessions (operator_id, token_sha256, origin, "
                       "started_at, seen_at, active_at, idle_s, ends_at, cause_id) SELECT id, ?, "
                       "'local', now(), now(), now(), 600, now() + interval '1 h', 0 FROM "
                       "operators WHERE name = 'support'"),
        {core::sha256(tokenOf(QStringLiteral("other console")))}));
    QCOMPARE(read(QStringLiteral("other console"), QStringLiteral("k")), QByteArray());
    QVERIFY(!read(m_support, QStringLiteral("k")).isEmpty()); // it is still there for its own
}

void TestReveals::afterAMinuteNothingIsRead()
{
    (void)revealCall(QStringLiteral("k"));
    const auto owner = openConnection(m_url, database::Role::Owner);
    QCOMPARE(count("SELECT count(*) FROM revealed_values WHERE expires_at BETWEEN now() + "
                   "interval '50 s' AND now() + interval '60 s'"),
             1);
    QVERIFY(
        owner->run(QStringLiteral("UPDATE revealed_values SET expires_at = clock_timestamp()")));
    QCOMPARE(read(m_support, QStringLiteral("k")), QByteArray());
    QCOMPARE(count("SELECT count(*) FROM revealed_values"), 0); // and it is gone
}

void TestReveals::anEndedSessionReadsNothing()
{
    (void)revealCall(QStringLiteral("k"));
    QVERIFY(m_connection->run(QStringLiteral("UPDATE operator_sessions SET ended_at = now()")));
    QCOMPARE(read(m_support, QStringLiteral("k")), QByteArray());
}

void TestReveals::anExpiryCannotBeWrittenByTheApplication()
{
    (void)revealCall(QStringLiteral("k"));
    for (const char *sql :
         {"UPDATE revealed_values SET expires_at = now() + interval '1 day'",
          "INSERT INTO revealed_values (command_id, sealed, expires_at) VALUES (1, '', now())",
          "SELECT sealed FROM revealed_values"}) {
        const auto done = m_connection->run(QString::fromLatin1(sql));
        QVERIFY2(!done && done.error().code == ErrorCode::DatabaseRefused, sql);
    }
}

void TestReveals::whatNobodyCameForIsWiped()
{
    (void)revealCall(QStringLiteral("a"));
    (void)revealCall(QStringLiteral("b"));
    const auto owner = openConnection(m_url, database::Role::Owner);
    QVERIFY(owner->run(QStringLiteral("UPDATE revealed_values SET expires_at = now() WHERE "
                                      "command_id = ?"),
                       {idOf(QStringLiteral("a"))}));
    QCOMPARE(count("SELECT count(*) FROM timers WHERE kind = 'reveal.wipe'"), 2);
    QVERIFY(committed<int>(*m_connection, [&](database::Transaction &transaction) {
        return queue::fireDue(transaction, m_clock.now() + std::chrono::seconds(62));
    }));
    handleAll();
    QCOMPARE(count("SELECT count(*) FROM revealed_values"), 1);
    QVERIFY(!read(m_support, QStringLiteral("b")).isEmpty());
}

void TestReveals::withoutAReasonNothingIsShown()
{
    for (const Json &reason : {Json("  "), Json(), Json(7)})
        QCOMPARE(reveal(m_support, "reveal.number", {{"call", m_call}, {"reason", reason}},
                        QStringLiteral("k-%1").arg(QString::fromUtf8(reason.type_name())))
                     .code,
                 QStringLiteral("BadInput"));
    QCOMPARE(count("SELECT count(*) FROM revealed_values"), 0);
}

void TestReveals::whatIsNotKnownIsSaidSo()
{
    const Json nothing = {{"call", 4711}, {"customer", 4711}, {"reason", "looking"}};
    QCOMPARE(reveal(m_support, "reveal.number", nothing, QStringLiteral("a")).code,
             QStringLiteral("NotFound"));
    QCOMPARE(reveal(m_support, "reveal.transcript", nothing, QStringLiteral("b")).code,
             QStringLiteral("NotFound"));
    QCOMPARE(reveal(m_support, "reveal.number", {{"customer", kPayer}, {"reason", "looking"}},
                    QStringLiteral("c"))
                 .code,
             QStringLiteral("NotFound"));
}

void TestReveals::withoutAKeyNothingIsShown()
{
    QCOMPARE(command(m_support, "reveal.number",
                     {{"v", 1}, {"call", m_call}, {"reason", "looking"}, {"reader", "c2hvcnQ="}},
                     QStringLiteral("k"))
                 .code,
             QStringLiteral("BadInput"));
    QCOMPARE(count("SELECT count(*) FROM revealed_values"), 0);
}

void TestReveals::itIsAuditedAndKeptNowhere()
{
    (void)revealCall(QStringLiteral("k"));
    QCOMPARE(text("SELECT concat_ws('|', operator_name, array_to_string(roles, ','), action, "
                  "object, result, reason, origin) AS answer FROM audit"),
             QStringLiteral("support|support|reveal.number|call %1|done|customer asks which "
                            "number|local")
                 .arg(m_call));
    const auto owner = openConnection(m_url, database::Role::Owner);
    for (const QString &table : column(
             *owner, QStringLiteral("SELECT relname AS answer FROM pg_class WHERE relnamespace = "
                                    "'public'::regnamespace AND relkind = 'r' AND relname <> "
                                    "'calls'"))) {
        const QString all =
            column(*owner,
                   QStringLiteral("SELECT to_jsonb(t)::text AS answer FROM %1 t").arg(table))
                .join(u'\n');
        QVERIFY2(!all.contains(QStringLiteral("4155550123")), qUtf8Printable(table));
    }
}

void TestReveals::aRepeatedCommandRevealsNothingAgain()
{
    (void)revealCall(QStringLiteral("k"));
    QVERIFY(!read(m_support, QStringLiteral("k")).isEmpty());
    QCOMPARE(revealCall(QStringLiteral("k")).state, QStringLiteral("done"));
    QCOMPARE(read(m_support, QStringLiteral("k")), QByteArray());
    QCOMPARE(count("SELECT count(*) FROM audit"), 1);
}

REGISTER_TEST(TestReveals);

} // namespace tst_reveals

#include "tst_reveals.moc"
