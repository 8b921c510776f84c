#include "operators/one_time_code.h"
#include "tests/support/base32.h"
#include "tests/support/journey_operator.h"
#include "tests/support/paid_call.h"
#include "tests/support/test_main.h"

#include <QFile>
#include <QFileInfo>
#include <QTest>

namespace tst_operator_verbs {

using namespace tests;
using namespace std::chrono_literals;

namespace {

constexpr qint64 kCamille = 7400;
constexpr qint64 kNobodysYet = 8999; // to whom nothing was given back
const QByteArray kPassphrase = QByteArrayLiteral("seventeen green herons");

} // namespace

/// The command line as an operator uses it, against a real server.
class TestOperatorVerbs final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void withoutAServerTheyEndAtOnce();
    void withoutASessionNothingIsDone();
    void theFirstOperatorSignsIn();
    void aWrongPassphraseIsRefused();
    void callsAreStoppedAndResumed();
    void aRefundIsShownThenDone();
    void halfOfAnOddAmountRoundsDown();
    void customersOfAnotherBotMoveIn();
    void anotherOperatorIsAdded();
    void peopleAreManaged();
    void aSecondFactorIsAskedFor();
    void whatIsMaskedIsShownToWhoSaysWhy();
    void everyActHasItsLineInTheAudit();
    void misuseIsSaidSo_data();
    void misuseIsSaidSo();
    void staffAndAuditAreListedAndSomebodySignsOut();
    void nothingSecretIsInTheLog();
    void cleanupTestCase() { m_stage.reset(); }

private:
    [[nodiscard]] ProgramRun verb(const char *words)
    {
        return m_stage->verb(QString::fromLatin1(words).split(u' '));
    }
    [[nodiscard]] QString codeFile(const QByteArray &code)
    {
        QFile file(m_stage->directory() + QStringLiteral("/code"));
        if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(code + '\n') < 0)
            qFatal("no file");
        return file.fileName();
    }
    [[nodiscard]] ProgramRun withCode(QStringList words, const QByteArray &code)
    {
        return m_stage->verb(words << QStringLiteral("--code-file") << codeFile(code));
    }
    [[nodiscard]] ProgramRun signInWithCode(const QByteArray &code)
    {
        return verbWithPassphrase(
            *m_stage, QStringLiteral("sign-in maria --code-file ") + codeFile(code), kPassphrase);
    }
    /// As somebody who waited long enough.
    void letThemTryAgain();
    [[nodiscard]] ProgramRun withPassphrase(const char *words, const QByteArray &passphrase)
    {
        return verbWithPassphrase(*m_stage, QString::fromLatin1(words), passphrase);
    }
    std::unique_ptr<JourneyStage> m_stage;
    QString m_secret; // of maria's second factor
    qint64 m_call = 0;
};

void TestOperatorVerbs::initTestCase()
{
    m_stage = std::make_unique<JourneyStage>();
    const auto owner = database::Connection::open(m_stage->databaseUrl(), QStringLiteral("test"),
                                                  database::Role::Owner);
    QVERIFY(owner);
    addFrenchCustomer(**owner, kCamille);
}

void TestOperatorVerbs::withoutAServerTheyEndAtOnce()
{
    // The first operator may be there before the first server.
    const ProgramRun added =
        withPassphrase("operator add maria --roles admin,support --solo", kPassphrase);
    QVERIFY2(added.exitCode == 0, qUtf8Printable(added.errors));
    QElapsedTimer time;
    time.start();
    QCOMPARE(withPassphrase("sign-in maria", kPassphrase).exitCode, 3);
    QCOMPARE(verb("calls stop-all").exitCode, 3);
    QVERIFY(time.elapsed() < 20'000);
    m_stage->startServer();
}

void TestOperatorVerbs::withoutASessionNothingIsDone()
{
    const ProgramRun run = verb("calls stop-all");
    QCOMPARE(run.exitCode, 3);
    QCOMPARE(core::textMember(run.json, "error"), QStringLiteral("Unauthorized"));
    QCOMPARE(m_stage->number(QStringLiteral("SELECT count(*) FROM commands")), 0);
}

void TestOperatorVerbs::theFirstOperatorSignsIn()
{
    const ProgramRun run = withPassphrase("sign-in maria", kPassphrase);
    QVERIFY2(run.exitCode == 0, qUtf8Printable(run.errors));
    QCOMPARE(core::boolMember(run.json, "solo"), std::optional(true));
    const QFileInfo file(m_stage->directory() + QStringLiteral("/operator-session"));
    QVERIFY(file.exists());
    QCOMPARE(file.permissions() &
                 (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther),
             QFile::Permissions());
    QCOMPARE(withPassphrase("operator add second --roles admin", "too short").exitCode, 1);
}

void TestOperatorVerbs::aWrongPassphraseIsRefused()
{
    const ProgramRun wrong = withPassphrase("sign-in maria", "seventeen grey herons");
    const ProgramRun unknown = withPassphrase("sign-in nobody", kPassphrase);
    QCOMPARE(wrong.exitCode, 1);
    QCOMPARE(unknown.exitCode, 1);
    QCOMPARE(wrong.errors, unknown.errors);
}

void TestOperatorVerbs::callsAreStoppedAndResumed()
{
    const QString isOn =
        QStringLiteral("SELECT is_on FROM policy_switches WHERE name = 'stop_calls'");
    QCOMPARE(verb("calls list").exitCode, 0);
    const ProgramRun stopped = verb("calls stop-all --reason drill");
    QVERIFY2(stopped.exitCode == 0, qUtf8Printable(stopped.errors));
    QCOMPARE(m_stage->value(isOn), QStringLiteral("true"));
    QCOMPARE(verb("calls resume --reason over").exitCode, 0);
    QCOMPARE(m_stage->value(isOn), QStringLiteral("false"));
    const ProgramRun none = verb("calls stop 4711");
    QCOMPARE(none.exitCode, 1);
    QCOMPARE(core::textMember(none.json, "code"), QStringLiteral("NotFound"));
}

void TestOperatorVerbs::aRefundIsShownThenDone()
{
    const auto owner = database::Connection::open(m_stage->databaseUrl(), QStringLiteral("test"),
                                                  database::Role::Owner);
    const qint64 call = addPaidCall(**owner, kCamille, Money::fromMicros(583'334));
    m_call = call;
    const QString before = m_stage->balanceOf(kCamille);
    const QString words = QStringLiteral("refund %1 0.291667 --reason bad_audio").arg(call);
    const ProgramRun shown = verb(qUtf8Printable(words));
    QVERIFY2(shown.exitCode == 0, qUtf8Printable(shown.errors));
    const QString hash = core::textMember(shown.json["answer"], "hash").value();
    QCOMPARE(m_stage->balanceOf(kCamille), before);

    const ProgramRun done =
        verb(qUtf8Printable(words + QStringLiteral(" --confirm ") + hash.left(8)));
    QVERIFY2(done.exitCode == 0, qUtf8Printable(done.errors));
    QCOMPARE(
        m_stage->number(QStringLiteral("SELECT count(*) FROM transfers WHERE kind = 'refund' AND "
                                       "available = 291667")),
        1);
    QCOMPARE(verb(qUtf8Printable(words + QStringLiteral(" --confirm ") + hash.left(8))).exitCode,
             1);
    const QString whole = QStringLiteral("refund %1 full --reason bad_audio").arg(call);
    QCOMPARE(core::integerMember(verb(qUtf8Printable(whole)).json["answer"], "refundable"),
             std::optional<qint64>(291'667));
    QCOMPARE(verb("ledger verify").exitCode, 0);
}

void TestOperatorVerbs::halfOfAnOddAmountRoundsDown()
{
    const auto owner = database::Connection::open(m_stage->databaseUrl(), QStringLiteral("test"),
                                                  database::Role::Owner);
    const qint64 call = addPaidCall(**owner, kCamille, Money::fromMicros(583'335));
    const QString words = QStringLiteral("refund %1 half --reason bad_audio").arg(call);
    const auto given = [&] {
        return m_stage->number(
            QStringLiteral("SELECT coalesce(sum(amount), 0) FROM refunds WHERE call_id = ?"),
            {call});
    };
    // Half is of what was paid, so the second one takes no less; then one micro-dollar is left.
    for (const qint64 refunded : {291'667, 583'334, 583'335}) {
        const ProgramRun shown = verb(qUtf8Printable(words));
        QVERIFY2(shown.exitCode == 0, qUtf8Printable(shown.errors));
        const QString hash = core::textMember(shown.json["answer"], "hash").value();
        const QString confirmed = words + QStringLiteral(" --confirm ") + hash;
        QCOMPARE(verb(qUtf8Printable(confirmed)).exitCode, 0);
        QCOMPARE(given(), refunded);
    }
    QCOMPARE(core::textMember(verb(qUtf8Printable(words)).json, "code"),
             QStringLiteral("AboveRefundable"));
}

void TestOperatorVerbs::customersOfAnotherBotMoveIn()
{
    QByteArray csv = "telegram_id,name,balance\n9000,Nobody,minus\n";
    for (int i = 1; i <= 230; ++i) // more than one command takes
        csv += QByteArray::number(9000 + i) + ",Customer " + QByteArray::number(i) + ",0.5\n";
    const QString name = m_stage->directory() + QStringLiteral("/export.csv");
    QFile file(name);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(csv) == csv.size());
    file.close();
    const QString words = QStringLiteral("import ") + name;
    const ProgramRun shown = verb(qUtf8Printable(words));
    QCOMPARE(shown.exitCode, 1); // a row is bad
    QCOMPARE(core::integerMember(shown.json["bad"][0], "line"), std::optional<qint64>(2));
    QCOMPARE(core::textMember(shown.json, "total"), QStringLiteral("115.00"));
    const QString confirmed = words + QStringLiteral(" --confirm ") +
                              core::textMember(shown.json, "sha256").value().left(8);
    QCOMPARE(verb(qUtf8Printable(confirmed)).exitCode, 1);
    const auto movedIn = [&] {
        return m_stage->number(
            QStringLiteral("SELECT count(*) FROM transfers WHERE kind = 'opening'"));
    };
    QCOMPARE(movedIn(), 0);
    for (int run = 0; run < 2; ++run) { // the second one changes nothing
        const ProgramRun done = verb(qUtf8Printable(confirmed + QStringLiteral(" --skip-bad")));
        QVERIFY2(done.exitCode == 0, qUtf8Printable(done.errors));
        QCOMPARE(core::boolMember(done.json, "agrees"), std::optional(true));
        QCOMPARE(movedIn(), 230);
    }
    QCOMPARE(m_stage->balanceOf(9230), QStringLiteral("0.50"));
    QCOMPARE(
        verb(qUtf8Printable(words + QStringLiteral(" --skip-bad --confirm 00000000"))).exitCode, 1);
    QCOMPARE(verb("ledger verify").exitCode, 0);
}

void TestOperatorVerbs::anotherOperatorIsAdded()
{
    QVERIFY(withPassphrase("operator add omar --roles senior", "eighteen blue herons").exitCode ==
            0);
    QCOMPARE(withPassphrase("operator add omar --roles senior", "eighteen blue herons").exitCode,
             1);
    QCOMPARE(withPassphrase("sign-in omar", "eighteen blue herons").exitCode, 0);
    QCOMPARE(core::textMember(verb("calls resume").json, "code"), QStringLiteral("NotAllowed"));
    QCOMPARE(withPassphrase("operator reset omar", "nineteen red herons").exitCode, 0);
    QCOMPARE(verb("calls stop-all").exitCode, 3); // that session has ended
}

void TestOperatorVerbs::misuseIsSaidSo_data()
{
    QTest::addColumn<QString>("words");
    for (const char *words : {"operator add",
                              "operator add zoe",
                              "sign-in",
                              "sign-in maria extra",
                              "calls",
                              "calls stop",
                              "calls stop twelve",
                              "refund 12",
                              "refund 12 1.00",
                              "refund 12 much --reason bad_audio",
                              "refund 12 1.00 --reason because",
                              "refund 12 1.00 --reason bad_audio --confirm 12",
                              "calls resume --reason",
                              "operator roles omar",
                              "operator roles omar --roles king",
                              "operator end-session twelve",
                              "second-factor",
                              "reveal number 12",
                              "reveal number twelve --reason complaint",
                              "status --reason x"})
        QTest::addRow("%s", words) << QString::fromLatin1(words);
}

void TestOperatorVerbs::misuseIsSaidSo()
{
    QFETCH(QString, words);
    const ProgramRun run = verb(qUtf8Printable(words));
    QCOMPARE(run.exitCode, 2);
    QVERIFY(!run.errors.isEmpty());
}

void TestOperatorVerbs::letThemTryAgain()
{
    const auto owner = database::Connection::open(m_stage->databaseUrl(), QStringLiteral("test"),
                                                  database::Role::Owner);
    QVERIFY((*owner)->run(QStringLiteral("DELETE FROM sign_in_failures")));
}

void TestOperatorVerbs::peopleAreManaged()
{
    QCOMPARE(withPassphrase("sign-in maria", kPassphrase).exitCode, 0);
    QCOMPARE(verb("operator roles omar --roles finance --reason promoted").exitCode, 0);
    const QString session =
        QStringLiteral(" --session ") + m_stage->directory() + QStringLiteral("/omars");
    QCOMPARE(withPassphrase(qUtf8Printable(QStringLiteral("sign-in omar") + session),
                            "nineteen red herons")
                 .exitCode,
             0);
    const QString stop = QStringLiteral("calls stop-all") + session;
    const QString roles = QStringLiteral("operator roles omar --roles admin") + session;
    QCOMPARE(core::textMember(verb(qUtf8Printable(roles)).json, "code"),
             QStringLiteral("NotAllowed"));
    const Json open = verb("operator sessions").json["sessions"];
    QVERIFY(open.size() >= 2);
    QCOMPARE(core::textMember(open.back(), "operator"), QStringLiteral("omar"));
    const QString id = QString::number(core::integerMember(open.back(), "session").value());
    QCOMPARE(verb(qUtf8Printable(QStringLiteral("operator end-session ") + id)).exitCode, 0);
    QCOMPARE(verb(qUtf8Printable(stop)).exitCode, 3);
    QCOMPARE(core::textMember(
                 verb(qUtf8Printable(QStringLiteral("operator end-session ") + id)).json, "code"),
             QStringLiteral("NotFound"));

    QCOMPARE(core::textMember(verb("operator deactivate maria").json, "code"),
             QStringLiteral("ConstraintViolated")); // nobody else is an Admin
    QCOMPARE(verb("operator deactivate omar --reason left").exitCode, 0);
    QCOMPARE(withPassphrase(qUtf8Printable(QStringLiteral("sign-in omar") + session),
                            "nineteen red herons")
                 .exitCode,
             1);
    letThemTryAgain();
    QCOMPARE(verb("operator activate omar").exitCode, 0);
    QCOMPARE(withPassphrase(qUtf8Printable(QStringLiteral("sign-in omar") + session),
                            "nineteen red herons")
                 .exitCode,
             0);
}

void TestOperatorVerbs::aSecondFactorIsAskedFor()
{
    const ProgramRun begun = verb("second-factor begin");
    QVERIFY2(begun.exitCode == 0, qUtf8Printable(begun.errors));
    m_secret = core::textMember(begun.json["answer"]["revealed"], "secret").value();
    QCOMPARE(m_secret.size(), 32);
    const QByteArray secret = fromBase32(m_secret);
    const auto code = [&](int later) {
        return operators::codeOf(secret, operators::stepAt(core::SystemClock().now()) + later);
    };
    QCOMPARE(
        withCode({QStringLiteral("second-factor"), QStringLiteral("confirm")}, code(20)).exitCode,
        1);
    letThemTryAgain();
    const ProgramRun confirmed =
        withCode({QStringLiteral("second-factor"), QStringLiteral("confirm")}, code(0));
    QVERIFY2(confirmed.exitCode == 0, qUtf8Printable(confirmed.errors));
    const Json recovery = confirmed.json["answer"]["revealed"]["codes"];
    QCOMPARE(recovery.size(), size_t(10));

    const ProgramRun without = signInWithCode("");
    QCOMPARE(without.exitCode, 1);
    QVERIFY(without.errors.contains(QStringLiteral("a code of the second factor is needed")));
    QCOMPARE(signInWithCode("000000").exitCode, 1);
    letThemTryAgain();
    QCOMPARE(signInWithCode(code(1)).exitCode, 0);
    const QByteArray one = recovery[0].get<QString>().toLatin1();
    QCOMPARE(signInWithCode(one).exitCode, 0);
    QCOMPARE(signInWithCode(one).exitCode, 1);
    letThemTryAgain();

    // What moves money wants a fresh one as well.
    const auto owner = database::Connection::open(m_stage->databaseUrl(), QStringLiteral("test"),
                                                  database::Role::Owner);
    QVERIFY(owner);
    addFrenchCustomer(**owner, kNobodysYet, QStringLiteral("first"));
    QStringList refund = {QStringLiteral("refund"),
                          QString::number(addPaidCall(**owner, kNobodysYet, Money::fromCents(90))),
                          QStringLiteral("0.50"), QStringLiteral("--reason"),
                          QStringLiteral("bad_audio")};
    const ProgramRun shown = m_stage->verb(refund);
    refund << QStringLiteral("--confirm")
           << core::textMember(shown.json["answer"], "hash").value().left(8);
    const QString before = m_stage->balanceOf(kNobodysYet);
    QVERIFY(m_stage->verb(refund).exitCode != 0); // none came
    QCOMPARE(m_stage->balanceOf(kNobodysYet), before);
    const ProgramRun given = withCode(refund, recovery[1].get<QString>().toLatin1());
    QVERIFY2(given.exitCode == 0, given.json.dump().c_str());
    QVERIFY(m_stage->balanceOf(kNobodysYet) != before);

    QCOMPARE(withPassphrase("operator reset maria", kPassphrase).exitCode, 0);
    QCOMPARE(withPassphrase("sign-in maria", kPassphrase).exitCode, 0);
}

void TestOperatorVerbs::whatIsMaskedIsShownToWhoSaysWhy()
{
    const ProgramRun shown =
        verb(qUtf8Printable(QStringLiteral("reveal number %1 --reason complaint").arg(m_call)));
    QVERIFY2(shown.exitCode == 0, qUtf8Printable(shown.errors));
    QCOMPARE(shown.json["answer"]["revealed"]["numbers"], Json({"+14155550123"}));
    QCOMPARE(m_stage->number(QStringLiteral("SELECT count(*) FROM revealed_values")), 0);
    QCOMPARE(m_stage->value(QStringLiteral("SELECT answer::text FROM commands WHERE kind = "
                                           "'reveal.number'")),
             QStringLiteral("{}"));
    QCOMPARE(core::textMember(verb("reveal customer 4711 --reason complaint").json, "code"),
             QStringLiteral("NotFound"));
}

void TestOperatorVerbs::everyActHasItsLineInTheAudit()
{
    const auto lines = [&](const char *what) {
        return m_stage->number(
            QStringLiteral("SELECT count(*) FROM audit WHERE %1").arg(QLatin1String(what)));
    };
    QCOMPARE(lines("action = 'operator.roles' AND object = 'operator omar' AND result = 'done' AND "
                   "operator_name = 'maria' AND roles = '{support,admin}' AND reason = 'senior -> "
                   "finance: promoted'"),
             1);
    QCOMPARE(lines("action = 'operator.roles' AND result = 'denied' AND operator_name = 'omar'"),
             1);
    QCOMPARE(lines("action = 'session.end' AND result = 'done'"), 1);
    QCOMPARE(lines("action = 'operator.deactivate' AND result = 'failed'"), 1);
    QCOMPARE(lines("action = 'second_factor.confirm' AND result = 'failed'"), 1);
    QCOMPARE(lines("action = 'second_factor.confirm' AND result = 'done'"), 1);
    QCOMPARE(lines("action = 'sign-in' AND reason = 'CodeNeeded' AND result = 'denied'"), 5);
    QCOMPARE(lines("action = 'sign-in' AND reason = 'code' AND result = 'done'"), 1);
    QCOMPARE(lines("action = 'sign-in' AND reason = 'recovery code, 9 left'"), 1);
    QCOMPARE(lines("action = 'operator.reset' AND reason = 'second factor taken away'"), 1);
    QCOMPARE(lines("action = 'reveal.number' AND result = 'done' AND reason = 'complaint'"), 1);
    QCOMPARE(lines("action LIKE 'calls.%' AND result = 'done' AND origin = 'local'"), 2);
    QCOMPARE(lines("cause_id > 0 AND NOT EXISTS (SELECT FROM commands c WHERE c.inbox_id = "
                   "cause_id)"),
             0);
    QCOMPARE(lines("reason LIKE '%4155550123%' OR object LIKE '%4155550123%'"), 0);
}

void TestOperatorVerbs::staffAndAuditAreListedAndSomebodySignsOut()
{
    const Json staff = verb("operator list").json;
    QCOMPARE(staff["operators"][0]["operator"], "maria");
    QVERIFY(staff["operators"][0]["is_active"].get<bool>());
    QCOMPARE(withPassphrase("sign-in omar", "nineteen red herons").exitCode, 0);
    const qint64 open = m_stage->number(
        QStringLiteral("SELECT count(*) FROM operator_sessions WHERE ended_at IS NULL"));
    QCOMPARE(verb("sign-out").exitCode, 0);
    QCOMPARE(m_stage->number(
                 QStringLiteral("SELECT count(*) FROM operator_sessions WHERE ended_at IS NULL")),
             open - 1);
    QVERIFY(!QFile::exists(m_stage->directory() + QStringLiteral("/operator-session")));
    QCOMPARE(verb("sign-out").exitCode, 3);
    const Json lines = verb("audit list --operator omar --last 1").json;
    QCOMPARE(lines["audit"].size(), size_t(1));
    QCOMPARE(lines["audit"][0]["action"], "session.close");
    QCOMPARE(verb("audit list --object nothing").json["audit"].size(), size_t(0));
    QCOMPARE(verb("audit list --last none").exitCode, 2);
}

void TestOperatorVerbs::nothingSecretIsInTheLog()
{
    QFile log(m_stage->directory() + QStringLiteral("/server.log"));
    QVERIFY(log.open(QIODevice::ReadOnly));
    const QByteArray all = log.readAll();
    QVERIFY(!m_secret.isEmpty());
    for (const QByteArray &secret :
         {QByteArray("herons"), QByteArray("4155550123"), m_secret.toLatin1()})
        QVERIFY(!all.contains(secret));
}

REGISTER_TEST(TestOperatorVerbs);

} // namespace tst_operator_verbs

#include "tst_operator_verbs.moc"
