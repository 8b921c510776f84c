#include "customers/customer_history.h"
#include "ledger/verify.h"
#include "tests/database/operator_fixture.h"

#include <QTest>

namespace tst_console_role {

using namespace tests;

namespace {

const QString kNumber = QStringLiteral("+4915112345678");
const QString kSecret = QStringLiteral("never to be seen");

/// Columns that no view of a console may even look at.
const QStringList kHidden = {
    QStringLiteral("command_secrets.sealed"),
    QStringLiteral("calls.facts"),
    QStringLiteral("calls.recording_url"),
    QStringLiteral("calls.request"),
    QStringLiteral("conversations.data"),
    QStringLiteral("customer_numbers.number"),
    QStringLiteral("deposits.token_sha256"),
    QStringLiteral("do_not_call.number"),
    QStringLiteral("inbox.headers"),
    QStringLiteral("inbox.raw"),
    QStringLiteral("inbox.route_sha256"),
    QStringLiteral("inbox_conflicts.payload"),
    QStringLiteral("inbox_outcomes.result"),
    QStringLiteral("operators.passphrase_hash"),
    QStringLiteral("outbox_outcomes.answer"),
    QStringLiteral("recovery_codes.code_mac"),
    QStringLiteral("revealed_values.sealed"),
    QStringLiteral("schema_state.key_fingerprint"),
    QStringLiteral("script_agents.agent_id"),
    QStringLiteral("second_factors.locked_secret"),
    QStringLiteral("second_factors.last_step"),
    QStringLiteral("operator_sessions.token_sha256"),
    QStringLiteral("timers.payload"),
    QStringLiteral("webhook_quarantine.body"),
    QStringLiteral("webhook_quarantine.headers"),
    QStringLiteral("webhook_routes.token_sha256"),
};

} // namespace

/// What the console's role of the database can read: views of what is shown, masked as it is shown,
/// and nothing else. What pages read through it is tested with them.
class TestConsoleRole final : public OperatorStage {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void noTableIsItsToRead();
    void noFunctionOfTheApplicationIsItsToCall();
    void noViewLooksAtWhatIsHidden();
    void noViewShowsASecretOrANumber();
    void aNumberKeepsItsCallingCodeAndItsEnds_data();
    void aNumberKeepsItsCallingCodeAndItsEnds();
    void numbersInWordsAreMaskedAsTheConsoleDoes();
    void numbersAsPeopleWriteThemAtHomeAreMasked_data();
    void numbersAsPeopleWriteThemAtHomeAreMasked();
    void aBodyIsMaskedHoweverDeepItIs();
    void itVerifiesTheBooks();

private:
    void fill();
    [[nodiscard]] QStringList viewsOfConsoles()
    {
        return column(*m_console, QStringLiteral("SELECT relname AS answer FROM pg_class WHERE "
                                                 "relnamespace = 'console'::regnamespace AND "
                                                 "relkind = 'v' ORDER BY 1"));
    }
};

void TestConsoleRole::init()
{
    startStage();
}

void TestConsoleRole::noTableIsItsToRead()
{
    const QStringList relations = column(
        *m_connection, QStringLiteral("SELECT relname AS answer FROM pg_class WHERE relnamespace = "
                                      "'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', "
                                      "'S', 'f') ORDER BY 1"));
    QVERIFY(relations.size() > 60);
    for (const QString &relation : relations) {
        const auto read =
            m_console->runScript(QStringLiteral("SELECT * FROM public.%1 LIMIT 1").arg(relation));
        QVERIFY2(!read && read.error().detail.contains(QLatin1String("permission denied")),
                 qUtf8Printable(relation));
    }
    // Nor would it, if it could say their names.
    QCOMPARE(column(*openConnection(m_url, database::Role::Owner),
                    QStringLiteral(
                        "SELECT c.relname AS answer FROM pg_class c CROSS JOIN unnest(ARRAY["
                        "'SELECT', 'INSERT', 'UPDATE', 'REFERENCES']) r WHERE c.relnamespace = "
                        "'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND "
                        "has_any_column_privilege('speechcad_console', c.oid, r)")),
             QStringList());
}

void TestConsoleRole::noFunctionOfTheApplicationIsItsToCall()
{
    QCOMPARE(column(*m_connection, QStringLiteral("SELECT has_schema_privilege("
                                                  "'speechcad_console', 'public', 'USAGE') AS "
                                                  "answer")),
             QStringList(QStringLiteral("false")));
    // With their owner's rights run those of its own schema only, each where names are fixed.
    const QString own = QStringLiteral(
        "SELECT proname AS answer FROM pg_proc WHERE prosecdef AND has_function_privilege("
        "'speechcad_console', oid, 'EXECUTE') AND pronamespace %1 'console'::regnamespace AND "
        "prorettype <> 'trigger'::regtype %2 ORDER BY 1");
    QCOMPARE(column(*m_connection, own.arg(QStringLiteral("<>"), QString())), QStringList());
    QCOMPARE(column(*m_connection, own.arg(QStringLiteral("="),
                                           QStringLiteral("AND NOT coalesce(proconfig, '{}') @> "
                                                          "'{\"search_path=public, pg_temp\"}'"))),
             QStringList());
}

void TestConsoleRole::noViewLooksAtWhatIsHidden()
{
    const auto owner = openConnection(m_url, database::Role::Owner);
    const QStringList known =
        column(*owner, QStringLiteral("SELECT table_name || '.' || column_name AS answer FROM "
                                      "information_schema.columns WHERE table_schema = 'public'"));
    for (const QString &hidden : kHidden)
        QVERIFY2(known.contains(hidden), qUtf8Printable(hidden));
    const QStringList used =
        column(*owner, QStringLiteral(
                           "SELECT DISTINCT table_name || '.' || column_name AS answer FROM "
                           "information_schema.view_column_usage WHERE view_schema = 'console'"));
    QVERIFY(used.contains(QStringLiteral("calls.to_number")));
    for (const QString &hidden : kHidden)
        QVERIFY2(!used.contains(hidden), qUtf8Printable(hidden));
}

/// Something in everything that is masked.
void TestConsoleRole::fill()
{
    const qint64 call = paidCall(Money::fromMicros(583'334));
    const auto filled = openConnection(m_url, database::Role::Owner)
                            ->runScript(QString::fromUtf8(R"(
        SET session_replication_role = replica;
        UPDATE calls SET to_number = '%1', recording_url = '%2', request = '{"to": "%1"}', facts = '{"to": "%1"}' WHERE id = %3;
        INSERT INTO inbox (id, source, external_id, lane, kind, payload, raw, headers, received_at)
          SELECT 900 + s, s, '%2', 'customer:1', 'x', jsonb_build_object('message', jsonb_build_object('text', 'call %1',
              'secret', '%2'), 'callback_query', '{"data": "%1"}'::jsonb, 'list', '["%1", "%2"]'::jsonb,
              'event', 'payment.confirmed'), '%2', '{"x-secret": "%2"}', now() FROM generate_series(1, 7) s WHERE s <> 6;
        INSERT INTO outbox (id, request_key, provider, method, lane, payload, cause_id, created_at)
          SELECT 900 + p, 'r' || p, p, 'm', 'chat:1', jsonb_build_object('texts', '[{"key": "a", "arguments": {"n": {"text": "%1"}}}]'::jsonb,
              'parameters', jsonb_build_object('text', 'Calling %1', 'caption', '%1'), 'token', '%2', 'to_number', '%1'), 1, now()
          FROM generate_series(1, 3) p;
        INSERT INTO payouts (id, customer_id, amount, destination, reason, state, preview_hash, requested_by, requested_session,
            requested_at, expires_at, cause_id)
          VALUES (901, 1, 1000000, 'BTC %2 1234', 'closes the account', 'rejected', repeat('0', 64), 1, 1, now(), now(), 1);
        INSERT INTO customer_numbers (customer_id, number, proved_at, cause_id) VALUES (1, '%1', now(), 1);
        INSERT INTO inbox_kept SELECT id + 900, source, external_id, lane, kind, payload, raw, headers, route_sha256, received_at,
          cause_id FROM inbox WHERE id > 900;
        INSERT INTO outbox_kept SELECT id + 900, 'k' || request_key, provider, method, lane, payload, reply_kind, reply_lane,
          cause_id, created_at FROM outbox WHERE id > 900;
    )")
                                            .arg(kNumber, kSecret)
                                            .arg(call));
    QVERIFY2(filled, filled ? "" : qUtf8Printable(filled.error().detail));
}

void TestConsoleRole::noViewShowsASecretOrANumber()
{
    fill();
    const QStringList hashes =
        column(*openConnection(m_url, database::Role::Owner),
               QStringLiteral("SELECT passphrase_hash AS answer FROM operators UNION ALL SELECT "
                              "encode(token_sha256, 'hex') FROM operator_sessions"));
    QVERIFY(hashes.size() > 1);
    const QStringList views = viewsOfConsoles();
    QVERIFY(views.size() > 40);
    for (const QString &view : views) {
        const QString rows =
            column(*m_console,
                   QStringLiteral("SELECT to_jsonb(v)::text AS answer FROM %1 v").arg(view))
                .join(u'\n');
        QVERIFY2(!rows.contains(QStringLiteral("permission denied")), qUtf8Printable(rows));
        for (const QString &hidden :
             hashes + QStringList{kSecret, kNumber, kNumber.mid(1), QStringLiteral("$argon2id$")})
            QVERIFY2(!rows.contains(hidden), qUtf8Printable(view + u' ' + rows));
    }
    // And what is shown is there.
    QCOMPARE(column(*m_console, QStringLiteral("SELECT callee AS answer FROM calls")),
             QStringList{QStringLiteral("+49 15 •••• •••78")});
    QCOMPARE(column(*m_console, QStringLiteral("SELECT said AS answer FROM inbox WHERE id = 901")),
             QStringList{QStringLiteral("call +491 •••• ••78")});
    QCOMPARE(column(*m_console, QStringLiteral("SELECT shown AS answer FROM outbox WHERE id > 900 "
                                               "ORDER BY id LIMIT 2")),
             (QStringList{QStringLiteral("Calling +491 •••• ••78"), QString()}));
    QCOMPARE(column(*m_console, QStringLiteral("SELECT body #>> '{list,0}' AS answer FROM "
                                               "inbox_history WHERE id = 901")),
             QStringList{QStringLiteral("2 elements")});
}

void TestConsoleRole::aNumberKeepsItsCallingCodeAndItsEnds_data()
{
    QTest::addColumn<QString>("number");
    QTest::addColumn<QString>("masked");
    const auto row = [](const char *number, const char *masked) {
        QTest::addRow("%s", number) << QString::fromUtf8(number) << QString::fromUtf8(masked);
    };
    row("+4930123417", "+49 30 •• ••17");
    row("+12015550123", "+1 20 ••• •••23");
    row("+79161234567", "+7 91 ••• •••67");
    row("+33612345678", "+33 61 ••• ••78");
    row("+918012345678", "+91 80 ••• •••78");
    row("+8613812345678", "+86 13 •••• •••78");
    row("+85212345678", "+852 12 •• ••78");
    row("+3531234567", "+353 12 •• •67");
    row("+420123456789", "+420 12 ••• ••89");
    row("+2348012345678", "+234 80 ••• •••78");
    row("+20212345678", "+20 21 ••• ••78");
    row("+971501234567", "+971 50 ••• ••67");
    row("+491234", "+49 ••••");
    row("+49123456", "+49 12 • •56");
    row("", "");
}

void TestConsoleRole::aNumberKeepsItsCallingCodeAndItsEnds()
{
    QFETCH(QString, number);
    QFETCH(QString, masked);
    QCOMPARE(column(*m_console, QStringLiteral("SELECT masked(?) AS answer"), {number}),
             QStringList{masked});
}

void TestConsoleRole::numbersInWordsAreMaskedAsTheConsoleDoes()
{
    for (const char *words :
         {"Calling +33612345678 now, 583 s", "+15.00 USD", "+1 (201) 555-0123 or +49 30 123417",
          "<b>+33 6 12 34 56 78</b>", "+1", "from +91 80123 45678, then 42", "no number", "",
          "+49 30/1234567"}) {
        const QString text = QString::fromUtf8(words);
        const QStringList masked =
            column(*m_console, QStringLiteral("SELECT without_numbers(?) AS answer"), {text});
        QCOMPARE(masked, QStringList{customers::withoutNumbers(text)});
        QCOMPARE(customers::withoutNumbers(masked.first()), masked.first()); // once is enough
    }
}

void TestConsoleRole::numbersAsPeopleWriteThemAtHomeAreMasked_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("masked");
    const auto row = [](const char *text, const char *masked) {
        QTest::addRow("%s", text) << QString::fromUtf8(text) << QString::fromUtf8(masked);
    };
    row("06 12 34 56 78", "•••• ••78");
    row("(201) 555-0123", "•••• ••23");
    row("201-555-0123", "•••• ••23");
    row("2015550123", "•••• ••23");
    row("+49 30/1234567", "+49 •••• ••67");
    row("电话0612345678", "电话•••• ••78");
    row("0.12048192 LTC", "0.12048192 LTC");
    row("T-1234567890", "T-1234567890");
    row("2026-11-29 03:15", "2026-11-29 03:15");
    row("25.00 USD on 29 Nov 2026", "25.00 USD on 29 Nov 2026");
}

void TestConsoleRole::numbersAsPeopleWriteThemAtHomeAreMasked()
{
    QFETCH(QString, text);
    QFETCH(QString, masked);
    QCOMPARE(column(*m_console,
                    QStringLiteral("SELECT without_numbers_at_home(without_numbers(?)) AS "
                                   "answer"),
                    {text}),
             QStringList{masked});
}

void TestConsoleRole::aBodyIsMaskedHoweverDeepItIs()
{
    const QString deep = QStringLiteral("{\"a\":").repeated(500) + u'1' + QString(500, u'}');
    const QString masked =
        column(*m_console, QStringLiteral("SELECT masked_body(?::jsonb) AS answer"), {deep})
            .value(0);
    QVERIFY(masked.contains(QStringLiteral("•••")));
    QCOMPARE(masked.count(u'{'), 64);
}

/// All of it is looked at, though none of it may be read.
void TestConsoleRole::itVerifiesTheBooks()
{
    (void)paidCall(Money::fromMicros(583'334));
    const ledger::SealCheck check = {.publicKey = {}, .file = {}, .hasEvidence = false};
    const auto expected = ledger::verify(*m_connection, check);
    const auto found = ledger::verify(*m_console, check);
    QVERIFY2(found, found ? "" : qUtf8Printable(found.error().detail));
    QVERIFY(found->transfers > 0 && found->seals && found->seals->transfers.unsealed > 0);
    QCOMPARE(found->transfers, expected->transfers);
    QCOMPARE(found->problems.size(), expected->problems.size());
    QCOMPARE(found->isSound(), expected->isSound());
    for (const char *table : {"transfers", "audit"}) {
        const QString digest = QStringLiteral("SELECT concat_ws(' ', n, digest) AS answer FROM "
                                              "sealed_%1(0, 1000)")
                                   .arg(QLatin1String(table));
        QCOMPARE(column(*m_console, digest), column(*m_connection, digest));
    }
}

REGISTER_TEST(TestConsoleRole);

} // namespace tst_console_role

#include "tst_console_role.moc"
