#include "database/change_feed.h"
#include "operators/sign_in.h"
#include "tests/database/console_fixture.h"
#include "tests/support/test_main.h"

#include <QSignalSpy>

namespace tst_operators {

using namespace tests;
using namespace std::chrono_literals;

/// Who may sit at a console.
class TestOperators final : public ConsoleStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { startConsoles(); }
    void cleanup() { stopConsoles(); }
    void signingInBeginsASession();
    void aWrongPassphraseAndAnUnknownNameLookTheSame();
    void eachFailureDoublesTheWaitOfTheName();
    void anInactiveOperatorIsNobody();
    void nothingOfThePassphraseOrTheTokenIsKept();
    void theTokenIsInNoStatementsText();
    void aSealedPassphraseIsWorthNothingInAnotherCommand();
    void whatIsSealedToAnotherKeyIsRefused();
    void aCommandsResultReachesTheConsole();
    void theChangeFeedTellsAResult();
    void withoutASessionNothingIsSubmitted();
    void signingOutEndsTheSession();
    void aSessionGoesOnInAnotherProcess();
    void aSessionThatWasEndedTellsTheConsole();
    void theFirstOperatorIsAddedOnce();
    void aResetEndsEverySession();
    void anAdminAddsAnother();
    void poorPassphrasesAreRefused_data();
    void poorPassphrasesAreRefused();
    void aBoxOpensForItsServerOnly();

private:
    /// What whoever has the console's login can see of its last statement, once it is of this kind.
    [[nodiscard]] QString lastStatementOf(const QString &function);
};

void TestOperators::signingInBeginsASession()
{
    QSignalSpy changed(m_client.get(), &api::Session::changed);
    const auto signedIn = signIn(QStringLiteral("support"), kPassphrase);
    QVERIFY2(signedIn, signedIn ? "" : qUtf8Printable(signedIn.error().detail));
    QCOMPARE(signedIn->name, QStringLiteral("support"));
    QVERIFY(signedIn->roles == api::Role::Support);
    QVERIFY(!signedIn->isSolo);
    QVERIFY(signedIn->endsAt > m_clock.now() + 11h);
    QTRY_COMPARE(changed.size(), 1);
    QVERIFY(m_client->current());
    QCOMPARE(count("SELECT count(*) FROM audit WHERE action = 'sign-in' AND result = 'done' AND "
                   "operator_name = 'support'"),
             1);
}

void TestOperators::aWrongPassphraseAndAnUnknownNameLookTheSame()
{
    const auto wrong = signIn(QStringLiteral("support"), "seventeen grey herons");
    const auto unknown = signIn(QStringLiteral("nobody-here"), kPassphrase);
    QVERIFY(!wrong && !unknown);
    QCOMPARE(wrong.error().code, ErrorCode::Unauthorized);
    QCOMPARE(unknown.error().code, wrong.error().code);
    QCOMPARE(unknown.error().detail, wrong.error().detail);
    QVERIFY(!m_client->current());
    QCOMPARE(
        column(*m_connection, QStringLiteral("SELECT operator_name || ' ' || result AS answer FROM "
                                             "audit WHERE action = 'sign-in' ORDER BY id")),
        (QStringList{QStringLiteral("support denied"), QStringLiteral("unknown denied")}));
}

void TestOperators::eachFailureDoublesTheWaitOfTheName()
{
    QList<qint64> waits;
    for (int i = 0; i < 7; ++i) {
        QCOMPARE(signIn(QStringLiteral("support"), "seventeen grey herons").error().code,
                 ErrorCode::Unauthorized);
        waits << count("SELECT extract(epoch FROM not_before - last_at)::bigint FROM "
                       "sign_in_failures WHERE what LIKE 'name:%'");
        // On a busy machine the second of the first wait is over before the next try arrives.
        QVERIFY(m_connection->run(
            QStringLiteral("UPDATE sign_in_failures SET not_before = now() + interval '1 min'")));
        const auto early = signIn(QStringLiteral("support"), kPassphrase);
        QVERIFY(!early); // not even the right one
        QCOMPARE(early.error().code, ErrorCode::TooOld);
        letThemTryAgain();
    }
    QCOMPARE(waits, (QList<qint64>{1, 2, 4, 8, 16, 32, 60}));
    QVERIFY(count("SELECT extract(epoch FROM not_before - last_at)::bigint FROM sign_in_failures "
                  "WHERE what = 'from:local'") <= 60);
    QVERIFY(signIn(QStringLiteral("support"), kPassphrase));
    QCOMPARE(count("SELECT count(*) FROM sign_in_failures"), 0);
}

void TestOperators::anInactiveOperatorIsNobody()
{
    QVERIFY(m_connection->run(
        QStringLiteral("UPDATE operators SET is_active = false WHERE name = 'support'")));
    QCOMPARE(signIn(QStringLiteral("support"), kPassphrase).error().code, ErrorCode::Unauthorized);
    QCOMPARE(submit(QStringLiteral("support"), "calls.stop_all", {{"v", 1}}, QStringLiteral("k"))
                 .outcome,
             QStringLiteral("not_signed_in"));
}

void TestOperators::nothingOfThePassphraseOrTheTokenIsKept()
{
    QVERIFY(signIn(QStringLiteral("support"), kPassphrase));
    QVERIFY(!signIn(QStringLiteral("senior"), "seventeen grey herons"));
    QVERIFY(!signIn(QString::fromUtf8(kPassphrase), kPassphrase)); // in the wrong field
    QCOMPARE(count("SELECT count(*) FROM command_secrets"), 0);
    QCOMPARE(count("SELECT count(*) FROM sign_in_failures WHERE what LIKE 'name:%'"), 2);
    const auto owner = openConnection(m_url, database::Role::Owner);
    const QString token = QString::fromLatin1(m_client->token().toHex());
    for (const QString &table : column(
             *owner, QStringLiteral("SELECT relname AS answer FROM pg_class WHERE relnamespace = "
                                    "'public'::regnamespace AND relkind = 'r'"))) {
        const QString all =
            column(*owner,
                   QStringLiteral("SELECT to_jsonb(t)::text AS answer FROM %1 t").arg(table))
                .join(u'\n');
        QVERIFY2(!all.contains(QStringLiteral("herons")) && !all.contains(token) &&
                     !all.contains(QStringLiteral("\"sealed\":")),
                 qUtf8Printable(table));
    }
}

QString TestOperators::lastStatementOf(const QString &function)
{
    const auto owner = openConnection(m_url, database::Role::Owner);
    QString statement;
    (void)becomes([&] {
        statement = column(*owner, QStringLiteral("SELECT query AS answer FROM pg_stat_activity "
                                                  "WHERE datname = current_database() AND "
                                                  "application_name = 'speechcad console'"))
                        .value(0);
        return statement.contains(function);
    });
    return statement;
}

void TestOperators::theTokenIsInNoStatementsText()
{
    QVERIFY(signIn(QStringLiteral("support"), kPassphrase));
    const QByteArray token = m_client->token();
    m_client = newConsole(1h);
    QVERIFY(wait(m_client->resume(token)));
    const QString beaten = lastStatementOf(QStringLiteral("console.heartbeat"));
    auto submitted =
        m_client->submit(QStringLiteral("call.stop"), {{"call", 7}}, QStringLiteral("k"));
    const QString submitting = lastStatementOf(QStringLiteral("console.submit_command"));
    QVERIFY(becomes([&] {
        const auto found = wait(m_client->find(QStringLiteral("k")));
        return found && found->state == api::CommandState::Done;
    }));
    const QString asking = lastStatementOf(QStringLiteral("console.command_result"));
    for (const QString &statement : {beaten, submitting, asking}) {
        QVERIFY2(statement.contains(QStringLiteral("($1::bytea, $2")), qUtf8Printable(statement));
        QVERIFY(!statement.contains(QString::fromLatin1(token.toHex())));
    }
}

void TestOperators::aSealedPassphraseIsWorthNothingInAnotherCommand()
{
    const operators::Sealing sealing(kInstallationKey);
    const operators::Credentials credentials = {.name = QStringLiteral("support"),
                                                .requestKey = QStringLiteral("mine"),
                                                .tokenSha256 = core::sha256("stolen"),
                                                .place = QStringLiteral("console"),
                                                .passphrase = kPassphrase};
    const QByteArray sealed = *operators::seal(sealing.publicKey(), credentials.toBytes());
    const auto open = [&](const char *key) {
        (void)m_console->run(
            QStringLiteral("SELECT console.submit_command(NULL, 'session.open', ?::jsonb, ?)"),
            {QString::fromUtf8(
                 core::toBytes({{"v", 2}, {"sealed", QString::fromLatin1(sealed.toBase64())}})),
             QLatin1String(key)});
        return becomes(
            [&] { return count("SELECT count(*) FROM commands WHERE state = 'sent'") == 0; });
    };
    QVERIFY(open("another"));
    QCOMPARE(text("SELECT state || ' ' || code AS answer FROM commands"),
             QStringLiteral("refused BadInput"));
    QVERIFY(open("mine"));
    QCOMPARE(count("SELECT count(*) FROM commands WHERE state = 'done'"), 1);
    QVERIFY(open("mine")); // and once only
    QCOMPARE(count("SELECT count(*) FROM operator_sessions WHERE operator_id = 2"), 2);
}

void TestOperators::whatIsSealedToAnotherKeyIsRefused()
{
    const operators::Sealing other(QByteArrayLiteral("another installation's key 01234"));
    QVERIFY(committed<int>(*m_connection, [&](database::Transaction &transaction) -> Result<int> {
        auto set = operators::publishSealingKey(transaction, other.publicKey());
        return set ? Result<int>(1) : failure(set.error());
    }));
    QVERIFY(!signIn(QStringLiteral("support"), kPassphrase));
    QCOMPARE(count("SELECT count(*) FROM command_secrets"), 0);
}

void TestOperators::aCommandsResultReachesTheConsole()
{
    QVERIFY(signIn(QStringLiteral("support"), kPassphrase));
    const auto stopped = wait(m_client->submit(QStringLiteral("call.stop"), {{"v", 1}, {"call", 7}},
                                               QStringLiteral("k")));
    QVERIFY(stopped);
    QCOMPARE(stopped->state, api::CommandState::Done);
    QCOMPARE(stopped->answer, Json({{"call", 7}}));
    const auto again = wait(m_client->submit(QStringLiteral("call.stop"), {{"v", 1}, {"call", 7}},
                                             QStringLiteral("k")));
    QCOMPARE(again->id, stopped->id);
    QCOMPARE(wait(m_client->find(QStringLiteral("k")))->id, stopped->id);
    QCOMPARE(wait(m_client->find(QStringLiteral("none"))).error().code, ErrorCode::NotFound);
    const auto denied =
        wait(m_client->submit(QStringLiteral("calls.resume"), {{"v", 1}}, QStringLiteral("k2")));
    QCOMPARE(denied->state, api::CommandState::Refused);
    QCOMPARE(denied->code, QStringLiteral("NotAllowed"));
    QCOMPARE(m_controls, QStringList{QStringLiteral("stop 7 by support")});
}

void TestOperators::theChangeFeedTellsAResult()
{
    cleanup();
    database::ChangeFeed ofServer(m_url);
    database::ChangeFeed ofConsole(m_url); // as in another process
    QSignalSpy isConnected(&ofConsole, &api::Changes::connected);
    QVERIFY(becomes([&] { return !isConnected.isEmpty(); }));
    m_engine = std::make_unique<engine::Engine>(
        engine::EngineSettings{
            .databaseUrl = m_url, .workers = 1, .installationKey = kInstallationKey},
        m_routes, m_clock, &ofServer, [] {});
    m_engine->start();
    m_client = std::make_unique<operators::ConsoleClient>(
        operators::ConsoleSettings{.databaseUrl = m_url, .lookEvery = 1h}, &ofConsole);
    QVERIFY(signIn(QStringLiteral("support"), kPassphrase));
    const auto stopped =
        wait(m_client->submit(QStringLiteral("call.stop"), {{"call", 7}}, QStringLiteral("k")));
    QVERIFY(stopped);
    QCOMPARE(stopped->state, api::CommandState::Done);
    cleanup();
}

void TestOperators::withoutASessionNothingIsSubmitted()
{
    const auto refused =
        wait(m_client->submit(QStringLiteral("calls.stop_all"), {{"v", 1}}, QStringLiteral("k")));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Unauthorized);
}

void TestOperators::signingOutEndsTheSession()
{
    QVERIFY(signIn(QStringLiteral("support"), kPassphrase));
    const QByteArray token = m_client->token();
    QVERIFY(wait(m_client->signOut()));
    QVERIFY(!m_client->current());
    QVERIFY(m_client->token().isEmpty());
    QCOMPARE(wait(m_client->resume(token)).error().code, ErrorCode::Unauthorized);
}

void TestOperators::aSessionGoesOnInAnotherProcess()
{
    QVERIFY(signIn(QStringLiteral("senior"), kPassphrase));
    const QByteArray token = m_client->token();
    m_client = newConsole();
    const auto resumed = wait(m_client->resume(token));
    QVERIFY(resumed);
    QCOMPARE(resumed->name, QStringLiteral("senior"));
    QCOMPARE(wait(m_client->resume("guessed")).error().code, ErrorCode::Unauthorized);
}

void TestOperators::aSessionThatWasEndedTellsTheConsole()
{
    QVERIFY(signIn(QStringLiteral("support"), kPassphrase));
    QSignalSpy ended(m_client.get(), &api::Session::ended);
    QVERIFY(m_connection->run(QStringLiteral("UPDATE operator_sessions SET ended_at = now()")));
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, 10'000); // by its heartbeat
    QVERIFY(!m_client->current());
}

void TestOperators::theFirstOperatorIsAddedOnce()
{
    const auto add = [&](const char *name) {
        return operators::addFirstOperator(*m_connection, QLatin1String(name),
                                           api::Role::Admin | api::Role::Support, true, kPassphrase,
                                           m_clock.now());
    };
    QCOMPARE(add("second").error().code, ErrorCode::ConstraintViolated);
    const auto emptied =
        openConnection(m_url, database::Role::Owner)
            ->runScript(QStringLiteral("SET session_replication_role = replica; "
                                       "DELETE FROM operators; DELETE FROM operator_sessions"));
    QVERIFY(emptied);
    QVERIFY(!add("Not A Name"));
    QVERIFY(add("maria"));
    QVERIFY(!add("maria"));
    const auto signedIn = signIn(QStringLiteral("maria"), kPassphrase);
    QVERIFY(signedIn);
    QVERIFY(signedIn->isSolo);
}

void TestOperators::aResetEndsEverySession()
{
    QVERIFY(signIn(QStringLiteral("support"), kPassphrase));
    QVERIFY(operators::resetOperator(*m_connection, QStringLiteral("support"),
                                     "eighteen blue herons", m_clock.now()));
    QCOMPARE(submit(QStringLiteral("support"), "calls.stop_all", {{"v", 1}}, QStringLiteral("k"))
                 .outcome,
             QStringLiteral("not_signed_in"));
    QVERIFY(!signIn(QStringLiteral("support"), kPassphrase));
    letThemTryAgain();
    QVERIFY(signIn(QStringLiteral("support"), "eighteen blue herons"));
    QCOMPARE(operators::resetOperator(*m_connection, QStringLiteral("nobody"), kPassphrase,
                                      m_clock.now())
                 .error()
                 .code,
             ErrorCode::NotFound);
    QCOMPARE(count("SELECT count(*) FROM audit WHERE action = 'operator.reset'"), 1);
}

void TestOperators::anAdminAddsAnother()
{
    QVERIFY(signIn(QStringLiteral("admin"), kPassphrase));
    const auto add = [&](const char *name, const QByteArray &passphrase, const char *key) {
        return wait(m_client->addOperator(
            QLatin1String(name), api::Role::Support | api::Role::Finance,
            QByteArray(passphrase.constData(), passphrase.size()), QLatin1String(key)));
    };
    QCOMPARE(add("zoe", "nineteen red herons", "a")->state, api::CommandState::Done);
    QCOMPARE(add("zoe", "nineteen red herons", "b")->code, QStringLiteral("Duplicate"));
    QCOMPARE(add("yan", "too short", "c")->code, QStringLiteral("BadInput"));
    const auto signedIn = signIn(QStringLiteral("zoe"), "nineteen red herons");
    QVERIFY(signedIn);
    QVERIFY(signedIn->roles == (api::Role::Support | api::Role::Finance));
}

void TestOperators::poorPassphrasesAreRefused_data()
{
    QTest::addColumn<QByteArray>("passphrase");
    QTest::addColumn<bool>("isGood");
    QTest::newRow("empty") << QByteArray() << false;
    QTest::newRow("11 characters") << QByteArray("abcdefghijk") << false;
    QTest::newRow("12 characters") << QByteArray("abcdefghijkl") << true;
    QTest::newRow("12 characters of another script")
        << QStringLiteral("двенадцать б").toUtf8() << true;
    QTest::newRow("common") << QByteArray("Password1234") << false;
    QTest::newRow("one character") << QByteArray("zzzzzzzzzzzzzzz") << false;
    QTest::newRow("the name twice") << QByteArray("margarethemargarethe") << false;
    QTest::newRow("sentence") << QByteArray("seventeen green herons") << true;
}

void TestOperators::poorPassphrasesAreRefused()
{
    QFETCH(QByteArray, passphrase);
    QFETCH(bool, isGood);
    QCOMPARE(operators::checkPassphrase(passphrase, QStringLiteral("margarethe")).has_value(),
             isGood);
}

void TestOperators::aBoxOpensForItsServerOnly()
{
    const operators::Sealing ours(kInstallationKey);
    const operators::Sealing same(kInstallationKey);
    const operators::Sealing other(QByteArrayLiteral("another installation's key 01234"));
    const QByteArray sealed = *operators::seal(ours.publicKey(), "herons");
    QVERIFY(!sealed.contains("herons"));
    QCOMPARE(*same.open(sealed), QByteArray("herons"));
    QVERIFY(!other.open(sealed));
    for (qsizetype i = 0; i < sealed.size(); ++i) {
        QByteArray changed = sealed;
        changed[i] = char(changed[i] ^ 1);
        QVERIFY(!ours.open(changed));
    }
    QVERIFY(!ours.open({}));
    QVERIFY(!operators::seal("short", "herons"));
}

REGISTER_TEST(TestOperators);

} // namespace tst_operators

#include "tst_operators.moc"
