#include "operators/second_factor.h"
#include "operators/sign_in.h"
#include "tests/database/console_fixture.h"
#include "tests/support/base32.h"
#include "tests/support/test_main.h"

#include <QSignalSpy>

namespace tst_second_factor {

using namespace tests;

/// Signing in with a code as well.
class TestSecondFactor final : public ConsoleStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { startConsoles(); }
    void cleanup() { stopConsoles(); }
    void theSecretIsShownOnceToItsConsole();
    void nobodyIsAskedBeforeItIsConfirmed();
    void aWrongCodeConfirmsNothing();
    void guessesAtTheFirstCodeHaveToWait();
    void guessesOfOneDoNotStopAnother();
    void whatWasBegunTooLongAgoIsNotConfirmed();
    void theCodeIsAskedForOnlyAfterTheRightPassphrase();
    void aWrongCodeLooksLikeAWrongPassphraseAndCounts();
    void aRightPassphraseForgivesNothing();
    void aCodeSignsInOnce();
    void twoAtOnceCannotUseOneCode();
    void aRecoveryCodeSignsInOnce();
    void aSecondOneNeedsTheFirstToBeTakenAway();
    void anAdminTakesItAway();
    void nobodyTakesAwayTheirOwn();
    void aResetOnTheHostTakesItAway();
    void theDatabaseRefusesAnOldCodeAndAUsedRecoveryCode();
    void nothingOfItIsKeptInClear();
    void aConsoleOfTheVersionBeforeStillSignsIn();

private:
    [[nodiscard]] Result<api::CommandResult> begin()
    {
        return wait(m_client->reveal(QStringLiteral("second_factor.begin"), {{"v", 1}}, key()));
    }
    [[nodiscard]] Result<api::CommandResult> confirm(const QByteArray &code)
    {
        return wait(m_client->confirmSecondFactor(copyOf(code), key()));
    }
    /// Support has one; its recovery codes are in m_recovery, nobody is signed in.
    void enrol();
    [[nodiscard]] QString key() { return QStringLiteral("key-%1").arg(++m_keys); }
    [[nodiscard]] QByteArray codeNow() const
    {
        return operators::codeOf(m_secret, operators::stepAt(m_clock.now()));
    }
    /// As if the last code had been used long ago.
    void forgetUse();
    [[nodiscard]] Result<api::SignInAnswer> signInWith(const QByteArray &code)
    {
        return signInAt(*m_client, QStringLiteral("support"), kPassphrase, code);
    }

    QByteArray m_secret;
    QStringList m_recovery;
    int m_keys = 0;
};

void TestSecondFactor::enrol()
{
    QVERIFY(signIn(QStringLiteral("support"), kPassphrase));
    const auto begun = begin();
    QVERIFY2(begun, begun ? "" : qUtf8Printable(begun.error().detail));
    QCOMPARE(begun->state, api::CommandState::Done);
    m_secret = fromBase32(core::textMember(begun->answer["revealed"], "secret").value());
    QCOMPARE(m_secret.size(), operators::kSecretBytes);
    const auto confirmed = confirm(codeNow());
    QVERIFY(confirmed);
    QVERIFY2(confirmed->state == api::CommandState::Done, qUtf8Printable(confirmed->detail));
    m_recovery.clear();
    for (const Json &code : confirmed->answer["revealed"]["codes"])
        m_recovery << code.get<QString>();
    QCOMPARE(m_recovery.size(), 10);
    QVERIFY(wait(m_client->signOut()));
    forgetUse();
}

void TestSecondFactor::forgetUse()
{
    QVERIFY(openConnection(m_url, database::Role::Owner)
                ->runScript(QStringLiteral("SET session_replication_role = replica; "
                                           "UPDATE second_factors SET last_step = 0")));
}

void TestSecondFactor::theSecretIsShownOnceToItsConsole()
{
    QVERIFY(signIn(QStringLiteral("support"), kPassphrase));
    const auto begun = begin();
    QVERIFY(begun);
    const QString uri = core::textMember(begun->answer["revealed"], "uri").value();
    QVERIFY(uri.startsWith(QStringLiteral("otpauth://totp/Speechcad:support?secret=")));
    QVERIFY(uri.contains(core::textMember(begun->answer["revealed"], "secret").value()));
    QCOMPARE(count("SELECT count(*) FROM revealed_values"), 0);
    QCOMPARE(text("SELECT answer::text AS answer FROM commands WHERE kind = "
                  "'second_factor.begin'"),
             QStringLiteral("{}"));
}

void TestSecondFactor::nobodyIsAskedBeforeItIsConfirmed()
{
    QVERIFY(signIn(QStringLiteral("support"), kPassphrase));
    QVERIFY(begin());
    const auto again = begin(); // the first picture was lost
    QVERIFY(again);
    QCOMPARE(again->state, api::CommandState::Done);
    QVERIFY(signIn(QStringLiteral("support"), kPassphrase));
}

void TestSecondFactor::aWrongCodeConfirmsNothing()
{
    QVERIFY(signIn(QStringLiteral("support"), kPassphrase));
    QCOMPARE(confirm("123456")->code, QStringLiteral("NotFound")); // nothing was begun
    const auto begun = begin();
    m_secret = fromBase32(core::textMember(begun->answer["revealed"], "secret").value());
    const QByteArray later = operators::codeOf(m_secret, operators::stepAt(m_clock.now()) + 20);
    QCOMPARE(confirm(later)->code, QStringLiteral("Unauthorized"));
    QCOMPARE(count("SELECT count(*) FROM second_factors WHERE confirmed_at IS NOT NULL"), 0);
    QCOMPARE(count("SELECT count(*) FROM recovery_codes"), 0);
    letThemTryAgain();
    QCOMPARE(confirm(codeNow())->state, api::CommandState::Done);
}

/// As at the sign-in: each wrong one makes the next wait longer, and a new secret forgives nothing.
void TestSecondFactor::guessesAtTheFirstCodeHaveToWait()
{
    QVERIFY(signIn(QStringLiteral("support"), kPassphrase));
    auto begun = begin();
    for (int i = 1; i <= 8; ++i) {
        QCOMPARE(confirm("000000")->code, QStringLiteral("Unauthorized"));
        const qint64 wait = std::min(60, 1 << (i - 1));
        QCOMPARE(count("SELECT extract(epoch FROM not_before - last_at)::bigint FROM "
                       "sign_in_failures WHERE what LIKE 'factor:%'"),
                 wait);
        QVERIFY(m_connection->run(
            QStringLiteral("UPDATE sign_in_failures SET not_before = now() + interval '1 min'")));
        begun = begin();
        m_secret = fromBase32(core::textMember(begun->answer["revealed"], "secret").value());
        QCOMPARE(confirm(codeNow())->code, QStringLiteral("TooSoon")); // not even the right one
        letThemTryAgain();
    }
    QCOMPARE(count("SELECT failures FROM sign_in_failures WHERE what LIKE 'factor:%'"), 8);
    QCOMPARE(count("SELECT count(*) FROM second_factors WHERE confirmed_at IS NOT NULL"), 0);
    QCOMPARE(count("SELECT count(*) FROM audit WHERE action = 'second_factor.confirm' AND result "
                   "= 'failed'"),
             16);
    QCOMPARE(confirm(codeNow())->state, api::CommandState::Done);
    QCOMPARE(count("SELECT count(*) FROM sign_in_failures"), 0);
}

/// Nobody else waits for it, and their sign-in neither.
void TestSecondFactor::guessesOfOneDoNotStopAnother()
{
    QVERIFY(signIn(QStringLiteral("support"), kPassphrase));
    QVERIFY(begin());
    QCOMPARE(confirm("000000")->code, QStringLiteral("Unauthorized"));
    QVERIFY(m_connection->run(
        QStringLiteral("UPDATE sign_in_failures SET not_before = now() + interval '1 min'")));
    QVERIFY(signIn(QStringLiteral("senior"), kPassphrase));
    const auto begun = begin();
    m_secret = fromBase32(core::textMember(begun->answer["revealed"], "secret").value());
    QCOMPARE(confirm(codeNow())->state, api::CommandState::Done);
    QCOMPARE(count("SELECT count(*) FROM sign_in_failures WHERE what LIKE 'factor:%'"), 1);
}

void TestSecondFactor::whatWasBegunTooLongAgoIsNotConfirmed()
{
    QVERIFY(signIn(QStringLiteral("support"), kPassphrase));
    const auto begun = begin();
    m_secret = fromBase32(core::textMember(begun->answer["revealed"], "secret").value());
    QVERIFY(openConnection(m_url, database::Role::Owner)
                ->runScript(QStringLiteral("SET session_replication_role = replica; UPDATE "
                                           "second_factors SET begun_at = now() - interval '16 "
                                           "min'")));
    QCOMPARE(confirm(codeNow())->code, QStringLiteral("TooOld"));
}

void TestSecondFactor::theCodeIsAskedForOnlyAfterTheRightPassphrase()
{
    enrol();
    const auto right = signInWith({});
    QVERIFY(right);
    QVERIFY(!*right); // a code is needed
    QVERIFY(!m_client->current());
    const auto wrong = signInAt(*m_client, QStringLiteral("support"), "seventeen grey herons");
    QVERIFY(!wrong);
    QCOMPARE(wrong.error().code, ErrorCode::Unauthorized);
    letThemTryAgain();
    const auto done = signInWith(codeNow());
    QVERIFY(done);
    QVERIFY(done->has_value());
    QCOMPARE(column(*m_connection,
                    QStringLiteral("SELECT concat_ws(' ', operator_name, array_to_string(roles, "
                                   "','), result, reason, object, origin) AS answer FROM audit "
                                   "WHERE action = 'sign-in' ORDER BY id OFFSET 1")),
             (QStringList{QStringLiteral("support support denied CodeNeeded  local"),
                          QStringLiteral("support support denied Unauthorized  local"),
                          QStringLiteral("support support done code console local")}));
}

void TestSecondFactor::aWrongCodeLooksLikeAWrongPassphraseAndCounts()
{
    enrol();
    const auto nobody = signInAt(*m_client, QStringLiteral("nobody"), kPassphrase, codeNow());
    const auto code = signInWith("000000");
    letThemTryAgain();
    const auto passphrase =
        signInAt(*m_client, QStringLiteral("support"), "seventeen grey herons", codeNow());
    QVERIFY(!code && !passphrase && !nobody);
    QCOMPARE(code.error().code, ErrorCode::Unauthorized);
    QCOMPARE(passphrase.error().detail, code.error().detail);
    QCOMPARE(nobody.error().detail, code.error().detail);
    QCOMPARE(count("SELECT max(failures) FROM sign_in_failures WHERE what LIKE 'name:%'"), 2);
    QCOMPARE(count("SELECT failures FROM sign_in_failures WHERE what = 'from:local'"), 3);
    QVERIFY(m_connection->run(
        QStringLiteral("UPDATE sign_in_failures SET not_before = now() + interval '1 min'")));
    const auto early = signInWith(codeNow());
    QVERIFY(!early);
    QCOMPARE(early.error().code, ErrorCode::TooOld); // not even the right one
}

void TestSecondFactor::aRightPassphraseForgivesNothing()
{
    enrol();
    for (int i = 0; i < 4; ++i) {
        QVERIFY(!signInWith("000000"));
        letThemTryAgain();
        QVERIFY(!signInWith({})->has_value()); // is no way to begin the count anew
    }
    QCOMPARE(count("SELECT failures FROM sign_in_failures WHERE what LIKE 'name:%'"), 4);
    QVERIFY(signInWith(codeNow())->has_value());
    QCOMPARE(count("SELECT count(*) FROM sign_in_failures"), 0);
}

void TestSecondFactor::aCodeSignsInOnce()
{
    enrol();
    const QByteArray code = codeNow();
    QVERIFY(signInWith(code)->has_value());
    QVERIFY(!signInWith(code));
    letThemTryAgain();
    const QByteArray next = operators::codeOf(m_secret, operators::stepAt(m_clock.now()) + 1);
    QVERIFY(signInWith(next)->has_value());
    QVERIFY(!signInWith(code)); // an older one neither
}

void TestSecondFactor::twoAtOnceCannotUseOneCode()
{
    enrol();
    const auto other = newConsole();
    const QByteArray code = codeNow();
    auto mine = m_client->signIn(QStringLiteral("support"), copyOf(kPassphrase), copyOf(code));
    auto theirs = other->signIn(QStringLiteral("support"), copyOf(kPassphrase), copyOf(code));
    const auto first = wait(mine);
    const auto second = wait(theirs);
    QCOMPARE(int(first.has_value()) + int(second.has_value()), 1);
}

void TestSecondFactor::aRecoveryCodeSignsInOnce()
{
    enrol();
    QVERIFY(signInWith(m_recovery[3].toUpper().toLatin1())->has_value());
    QCOMPARE(text("SELECT reason AS answer FROM audit WHERE action = 'sign-in' ORDER BY id DESC "
                  "LIMIT 1"),
             QStringLiteral("recovery code, 9 left"));
    QVERIFY(!signInWith(m_recovery[3].toLatin1()));
    letThemTryAgain();
    QVERIFY(signInWith(m_recovery[4].toLatin1())->has_value());
    QCOMPARE(count("SELECT count(*) FROM recovery_codes WHERE used_at IS NULL"), 8);
}

void TestSecondFactor::aSecondOneNeedsTheFirstToBeTakenAway()
{
    enrol();
    QVERIFY(signInWith(codeNow())->has_value());
    QCOMPARE(begin()->code, QStringLiteral("ConstraintViolated"));
    QCOMPARE(confirm(codeNow())->code, QStringLiteral("NotFound"));
}

void TestSecondFactor::anAdminTakesItAway()
{
    enrol();
    QVERIFY(signIn(QStringLiteral("admin"), kPassphrase));
    const Json payload = {{"v", 1}, {"operator", "support"}, {"reason", "phone lost"}};
    const auto cleared =
        wait(m_client->submit(QStringLiteral("second_factor.clear"), payload, key()));
    QCOMPARE(cleared->state, api::CommandState::Done);
    QCOMPARE(wait(m_client->submit(QStringLiteral("second_factor.clear"), payload, key()))->code,
             QStringLiteral("NotFound"));
    QCOMPARE(text("SELECT concat_ws('|', operator_name, action, object, result, reason) AS answer "
                  "FROM audit WHERE action = 'second_factor.clear' ORDER BY id LIMIT 1"),
             QStringLiteral("admin|second_factor.clear|operator support|done|phone lost"));
    QCOMPARE(count("SELECT count(*) FROM recovery_codes"), 0);
    QVERIFY(signIn(QStringLiteral("support"), kPassphrase));
}

void TestSecondFactor::nobodyTakesAwayTheirOwn()
{
    QVERIFY(signIn(QStringLiteral("admin"), kPassphrase));
    const auto own = wait(m_client->submit(QStringLiteral("second_factor.clear"),
                                           {{"v", 1}, {"operator", "admin"}}, key()));
    QCOMPARE(own->code, QStringLiteral("NotAllowed"));
}

void TestSecondFactor::aResetOnTheHostTakesItAway()
{
    enrol();
    QVERIFY(operators::resetOperator(*m_connection, QStringLiteral("support"),
                                     "eighteen blue herons", m_clock.now()));
    QVERIFY(signIn(QStringLiteral("support"), "eighteen blue herons"));
    QCOMPARE(text("SELECT reason || ', ' || origin AS answer FROM audit WHERE action = "
                  "'operator.reset'"),
             QStringLiteral("second factor taken away, server's command line"));
}

void TestSecondFactor::theDatabaseRefusesAnOldCodeAndAUsedRecoveryCode()
{
    enrol();
    const auto isRefused = [&](const char *sql) {
        const auto done = m_connection->run(QString::fromLatin1(sql));
        return !done && done.error().code == ErrorCode::ConstraintViolated;
    };
    QVERIFY(m_connection->run(QStringLiteral("UPDATE second_factors SET last_step = 100")));
    QVERIFY(isRefused("UPDATE second_factors SET last_step = 100"));
    QVERIFY(isRefused("UPDATE second_factors SET last_step = 99"));
    QVERIFY(isRefused("UPDATE second_factors SET locked_secret = decode(repeat('00', 60), 'hex')"));
    QVERIFY(isRefused("UPDATE second_factors SET last_step = 101, confirmed_at = NULL"));
    QVERIFY(m_connection->run(QStringLiteral("UPDATE recovery_codes SET used_at = now()")));
    QVERIFY(isRefused("UPDATE recovery_codes SET used_at = NULL"));
    QVERIFY(!m_connection->run(QStringLiteral("DELETE FROM recovery_codes")));
}

void TestSecondFactor::nothingOfItIsKeptInClear()
{
    enrol();
    QVERIFY(signInWith(m_recovery[0].toLatin1())->has_value());
    QVERIFY(!signInWith("314159"));
    const QString secret = operators::toBase32(m_secret);
    const auto owner = openConnection(m_url, database::Role::Owner);
    for (const QString &table : column(
             *owner, QStringLiteral("SELECT relname AS answer FROM pg_class WHERE relnamespace = "
                                    "'public'::regnamespace AND relkind = 'r'"))) {
        const QString all =
            column(*owner,
                   QStringLiteral("SELECT to_jsonb(t)::text AS answer FROM %1 t").arg(table))
                .join(u'\n');
        for (const QString &hidden :
             {secret, QString::fromLatin1(m_secret.toHex()), m_recovery[0], m_recovery[1],
              QString(m_recovery[0]).remove(u'-'), QStringLiteral("314159")})
            QVERIFY2(!all.contains(hidden), qUtf8Printable(table));
    }
}

void TestSecondFactor::aConsoleOfTheVersionBeforeStillSignsIn()
{
    const operators::Sealing sealing(kInstallationKey);
    QByteArray box; // without a code
    for (const QByteArray &part : {QByteArray("support"), QByteArray("old"),
                                   core::sha256("its token").toHex(), QByteArray("console")})
        box += part + '\0';
    box += kPassphrase;
    const QByteArray sealed = *operators::seal(sealing.publicKey(), box);
    QVERIFY(m_console->run(
        QStringLiteral("SELECT console.submit_command(NULL, 'session.open', ?::jsonb, 'old')"),
        {QString::fromUtf8(
            core::toBytes({{"v", 1}, {"sealed", QString::fromLatin1(sealed.toBase64())}}))}));
    QVERIFY(
        becomes([&] { return count("SELECT count(*) FROM commands WHERE state = 'done'") == 1; }));
}

REGISTER_TEST(TestSecondFactor);

} // namespace tst_second_factor

#include "tst_second_factor.moc"
