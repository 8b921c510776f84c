#include "tests/database/operator_fixture.h"

namespace tst_agreements {

using tests::openConnection;

constexpr auto kOpened = "SELECT coalesce(sum(available), 0) FROM transfers WHERE kind = 'opening'";

/// An import of one customer.
Json olga(qint64 micros)
{
    Json row = {
        {"line", 2}, {"id", 8001}, {"name", "Olga"}, {"language", "en"}, {"balance", micros}};
    return {{"v", 1}, {"file", "0f1e"}, {"rows", Json::array({std::move(row)})}};
}

/// What takes two people and is no flow of its own: the same command, by another.
class TestAgreements : public tests::OperatorStage {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void oneAdminAloneDialsNothing();
    void theSecondDoesIt();
    void whoAskedDoesNotAgree();
    void anotherStopNeedsAnotherAgreement();
    void afterADayItIsAskedAgain();
    void whoMayNotAnyMoreHasNotAsked();
    void soloOneIsEnough();
    void twoWhoAskAtOnceAgree();
    void tighterRulesNeedNobodyElse();
    void eachLooserLimitNeedsTwo_data();
    void eachLooserLimitNeedsTwo();
    void twoHaveToMeanTheSameRules();
    void importedBalancesNeedTwo();
    void theDatabaseRefuses_data();
    void theDatabaseRefuses();

private:
    [[nodiscard]] Finished resume(const char *who)
    {
        return command(QString::fromLatin1(who), "calls.resume", {{"v", 1}, {"reason", "calm"}},
                       QStringLiteral("resume-%1").arg(++m_keys));
    }
    [[nodiscard]] Finished rules(const char *who, const Json &limits)
    {
        Json payload = {{"v", 1}, {"reason", "a busy month"}};
        payload.update(limits);
        return command(QString::fromLatin1(who), "policy.refund_rules", payload,
                       QStringLiteral("rules-%1").arg(++m_keys));
    }
    [[nodiscard]] static bool isAsked(const Finished &finished)
    {
        return finished.state == QLatin1String("done") &&
               core::boolMember(finished.answer, "asked").value_or(false);
    }

    int m_keys = 0;
};

void TestAgreements::init()
{
    startStage();
    addOperator(QStringLiteral("admin2"), QStringLiteral("admin"));
}

void TestAgreements::oneAdminAloneDialsNothing()
{
    QVERIFY(isAsked(resume("admin")));
    QCOMPARE(m_controls, QStringList());
    QCOMPARE(text("SELECT state || ' ' || what AS answer FROM agreements"),
             QStringLiteral("waiting dial again: calm"));
    QCOMPARE(text("SELECT reason AS answer FROM audit WHERE action = 'calls.resume'"),
             QStringLiteral("asked for, waits for another person: dial again: calm"));
}

void TestAgreements::theSecondDoesIt()
{
    QVERIFY(isAsked(resume("admin")));
    const Finished done = resume("admin2");
    QCOMPARE(done.state, QStringLiteral("done"));
    QVERIFY(!isAsked(done));
    QCOMPARE(m_controls, QStringList(QStringLiteral("resume, calm, by admin2")));
    QCOMPARE(text("SELECT concat_ws(' ', a.state, b.name, c.name) AS answer FROM agreements a JOIN "
                  "operators b ON b.id = a.asked_by JOIN operators c ON c.id = a.agreed_by"),
             QStringLiteral("agreed admin admin2"));
    m_stoppedSince.reset();
    QCOMPARE(resume("admin").code, QStringLiteral("NotStopped"));
}

void TestAgreements::whoAskedDoesNotAgree()
{
    QVERIFY(isAsked(resume("admin")));
    QVERIFY(isAsked(resume("admin")));
    QCOMPARE(count("SELECT count(*) FROM agreements"), 1);
    QCOMPARE(resume("finance").code, QStringLiteral("NotAllowed"));
    QCOMPARE(m_controls, QStringList());
}

void TestAgreements::anotherStopNeedsAnotherAgreement()
{
    QVERIFY(isAsked(resume("admin")));
    m_stoppedSince = *m_stoppedSince + std::chrono::hours(1);
    QVERIFY(isAsked(resume("admin2")));
    QCOMPARE(m_controls, QStringList());
    QVERIFY(!isAsked(resume("admin")));
    QCOMPARE(m_controls.size(), 1);
}

void TestAgreements::afterADayItIsAskedAgain()
{
    QVERIFY(isAsked(resume("admin")));
    QVERIFY(openConnection(m_url, database::Role::Owner)
                ->runScript(QStringLiteral(
                    "SET session_replication_role = replica; UPDATE agreements SET asked_at = "
                    "now() - interval '25 hours', expires_at = now() - interval '1 hour'")));
    QVERIFY(isAsked(resume("admin2")));
    QCOMPARE(m_controls, QStringList());
    QCOMPARE(text("SELECT string_agg(state, ' ' ORDER BY id) AS answer FROM agreements"),
             QStringLiteral("expired waiting"));
    QVERIFY(!isAsked(resume("admin")));
    QCOMPARE(m_controls.size(), 1);
}

void TestAgreements::whoMayNotAnyMoreHasNotAsked()
{
    const auto owner = openConnection(m_url, database::Role::Owner);
    for (const char *change : {"roles = '{viewer}'", "is_active = false"}) {
        addOperator(QStringLiteral("gone%1").arg(m_keys), QStringLiteral("admin"));
        const QByteArray gone = QStringLiteral("gone%1").arg(m_keys).toLatin1();
        m_stoppedSince = *m_stoppedSince + std::chrono::hours(1);
        QVERIFY(isAsked(resume(gone.constData())));
        QVERIFY(owner->run(
            QStringLiteral("UPDATE operators SET %1 WHERE name = ?").arg(QLatin1String(change)),
            {QString::fromLatin1(gone)}));
        QVERIFY2(isAsked(resume("admin2")), change);
    }
    QCOMPARE(m_controls, QStringList());
    QVERIFY(!isAsked(resume("admin")));
}

void TestAgreements::soloOneIsEnough()
{
    QVERIFY(isAsked(resume("admin"))); // while there were others
    const auto owner = openConnection(m_url, database::Role::Owner);
    QVERIFY(owner->runScript(
        QStringLiteral("INSERT INTO operator_settings (is_solo) VALUES (true) ON CONFLICT (one) DO "
                       "UPDATE SET is_solo = true; UPDATE operators SET is_active = (name = "
                       "'admin')")));
    const Finished done = resume("admin");
    QVERIFY(!isAsked(done));
    QCOMPARE(done.state, QStringLiteral("done"));
    QCOMPARE(text("SELECT state || is_solo AS answer FROM agreements"),
             QStringLiteral("agreedtrue"));
}

/// Both are on lanes of their own, so the second may not see the first.
void TestAgreements::twoWhoAskAtOnceAgree()
{
    addOperator(QStringLiteral("finance2"), QStringLiteral("finance"));
    for (const char *who : {"finance", "finance2"})
        QCOMPARE(submit(QString::fromLatin1(who), "import.customers", olga(5'000'000),
                        QStringLiteral("once"))
                     .outcome,
                 QStringLiteral("recorded"));
    std::atomic<bool> isOver = false;
    tests::inThreads(2, [&](int) {
        const auto connection = openConnection(m_url);
        engine::Worker worker(m_routes, m_clock, tests::kInstallationKey, m_counters);
        while (!isOver) {
            if (tests::number(*connection,
                              QStringLiteral("(SELECT count(*) FROM inbox_waiting)")) == 0)
                isOver = true;
            else
                (void)worker.runOnce(*connection);
        }
    });
    QCOMPARE(count(kOpened), 5'000'000);
    QCOMPARE(text("SELECT string_agg(state, ' ') AS answer FROM agreements"),
             QStringLiteral("agreed"));
}

void TestAgreements::tighterRulesNeedNobodyElse()
{
    QVERIFY(!isAsked(rules("finance", {{"small", 4'000'000}, {"customer_days", 31}})));
    QCOMPARE(count("SELECT max(version) FROM refund_rules"), 2);
    QCOMPARE(count("SELECT count(*) FROM agreements"), 0);
}

void TestAgreements::eachLooserLimitNeedsTwo_data()
{
    QTest::addColumn<qint64>("value");
    const auto looser = [](const char *limit, qint64 value) { QTest::newRow(limit) << value; };
    looser("small", 6'000'000);
    looser("middle", 60'000'000);
    looser("large", 600'000'000);
    looser("day_support", 26'000'000);
    looser("day_senior", 26'000'000);
    looser("day_finance", 26'000'000);
    looser("old_cause_days", 31);
    looser("customer_refunds", 3);
    looser("customer_days", 29);
    looser("automatic_each", 6'000'000);
    looser("automatic_customer_day", 11'000'000);
    looser("automatic_day", 110'000'000);
}

void TestAgreements::eachLooserLimitNeedsTwo()
{
    QFETCH(qint64, value);
    const std::string limit = QTest::currentDataTag();
    QVERIFY(isAsked(rules("finance", {{limit, value}})));
    QCOMPARE(count("SELECT max(version) FROM refund_rules"), 1);
    QCOMPARE(rules("admin", {{limit, value}}).state, QStringLiteral("done"));
    QCOMPARE(count("SELECT max(version) FROM refund_rules"), 2);
    // Of the rules of then: the next step up takes two again.
    QVERIFY(isAsked(rules("admin", {{limit, limit == "customer_days" ? value - 1 : value + 1}})));
    // PostgreSQL agrees about which are looser.
    const auto owner = openConnection(m_url, database::Role::Owner);
    const auto inserted = owner->run(
        QStringLiteral("WITH next AS (SELECT r.version + 1 AS version, now() AS in_force_from, 1 "
                       "AS changed_by, 'by hand' AS reason, 4711 AS cause_id, r.%1 + (CASE WHEN "
                       "'%1' = 'customer_days' THEN -1 ELSE 1 END) AS %1 FROM refund_rules r WHERE "
                       "version = 2) INSERT INTO refund_rules SELECT (jsonb_populate_record(r, "
                       "to_jsonb(n))).* FROM refund_rules r, next n WHERE r.version = 2")
            .arg(QString::fromStdString(limit)));
    QVERIFY(!inserted);
    QVERIFY2(inserted.error().detail.contains(QLatin1String("two people have to agree")),
             qUtf8Printable(inserted.error().detail));
}

void TestAgreements::twoHaveToMeanTheSameRules()
{
    QVERIFY(isAsked(rules("finance", {{"small", 6'000'000}})));
    QVERIFY(isAsked(rules("admin", {{"small", 7'000'000}})));
    QCOMPARE(count("SELECT max(version) FROM refund_rules"), 1);
    QCOMPARE(rules("admin", {{"large", 1}}).code, QStringLiteral("ConstraintViolated"));
    // Somebody changed them meanwhile: what was asked for was asked of other rules.
    QVERIFY(!isAsked(rules("finance", {{"small", 4'000'000}})));
    QVERIFY(isAsked(rules("admin", {{"small", 6'000'000}})));
    QCOMPARE(count("SELECT max(version) FROM refund_rules"), 2);
}

void TestAgreements::importedBalancesNeedTwo()
{
    addOperator(QStringLiteral("finance2"), QStringLiteral("finance"));
    const auto moveIn = [this](const char *who, qint64 micros) {
        return command(QString::fromLatin1(who), "import.customers", olga(micros),
                       QStringLiteral("import-%1").arg(++m_keys));
    };
    QVERIFY(isAsked(moveIn("finance", 5'000'000)));
    QVERIFY(isAsked(moveIn("finance", 5'000'000)));
    QVERIFY(isAsked(moveIn("finance2", 6'000'000))); // another balance is another wish
    QCOMPARE(count(kOpened), 0);
    QVERIFY(!isAsked(moveIn("finance2", 5'000'000)));
    QCOMPARE(count(kOpened), 5'000'000);
    // The same again changes nothing and asks nobody.
    QVERIFY(!isAsked(moveIn("finance", 5'000'000)));
    QCOMPARE(count(kOpened), 5'000'000);
    QCOMPARE(text("SELECT what AS answer FROM agreements WHERE state = 'agreed'"),
             QStringLiteral("move in 1 customers with 5.00 USD"));
}

void TestAgreements::theDatabaseRefuses_data()
{
    QTest::addColumn<QString>("statement");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *what, const char *statement, const char *words) {
        QTest::newRow(what) << QString::fromLatin1(statement) << QString::fromLatin1(words);
    };
    row("by who asked",
        "UPDATE agreements SET state = 'agreed', agreed_by = asked_by, agreed_session = "
        "asked_session, agreed_at = now(), agreed_cause = 1",
        "nobody_agrees_with_themselves");
    row("solo where there are others",
        "UPDATE agreements SET state = 'agreed', is_solo = true, agreed_by = asked_by, "
        "agreed_session = asked_session, agreed_at = now(), agreed_cause = 1",
        "others to ask");
    row("in a session of another",
        "UPDATE agreements SET state = 'agreed', agreed_by = asked_by + 1, agreed_session = "
        "asked_session, agreed_at = now(), agreed_cause = 1",
        "nobody''s session");
    row("too late",
        "UPDATE agreements SET state = 'agreed', agreed_by = s.operator_id, agreed_session = s.id, "
        "agreed_at = expires_at, agreed_cause = 1 FROM operator_sessions s WHERE s.operator_id <> "
        "asked_by",
        "agreed_in_time");
    row("by nobody", "UPDATE agreements SET state = 'agreed'", "agreed_by_somebody");
    row("another wish", "UPDATE agreements SET what = 'something else'", "permission denied");
    row("deleted", "DELETE FROM agreements", "permission denied");
    row("dialling without any",
        "UPDATE policy_switches SET is_on = false, cause_id = 4711 WHERE name = 'stop_calls'",
        "two people have to agree to calls.resume");
}

void TestAgreements::theDatabaseRefuses()
{
    QFETCH(QString, statement);
    QFETCH(QString, words);
    words.replace(QLatin1String("''"), QLatin1String("'"));
    QVERIFY(isAsked(resume("admin")));
    QVERIFY(m_connection->run(
        QStringLiteral("UPDATE policy_switches SET is_on = true WHERE name = 'stop_calls'")));
    const auto refused = m_connection->run(statement);
    QVERIFY(!refused);
    QVERIFY2(refused.error().detail.contains(words), qUtf8Printable(refused.error().detail));
    QCOMPARE(text("SELECT state AS answer FROM agreements"), QStringLiteral("waiting"));
}

REGISTER_TEST(TestAgreements);

} // namespace tst_agreements

#include "tst_agreements.moc"
