#include "queue/timers.h"
#include "tests/database/operator_fixture.h"
#include "tests/support/test_main.h"

namespace tst_payouts {

using namespace tests;
using namespace std::chrono_literals;

/// The register of money that leaves the system.
class TestPayouts final : public OperatorStage {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void twoOthersAgreeAndTheWalletPays();
    void itIsSentADayLaterAtTheEarliest();
    void whatCouldNotBeSentComesBackOnce();
    void whatWouldComeBackIsShown();
    void theSecondIsAnotherOneOfFinance();
    void neverMoreThanIsThere();
    void whoAgreesHasLookedAtIt();
    void oneTransactionPaysOnePayout();
    void nobodyDecidesInTimeAndItExpires();
    void anEarlyTimerEndsNothing();
    void itIsTakenBackOrRejected();
    void soloAdminDoesItAloneAndWaitsTheDay();
    void badWishesAreRefused_data();
    void badWishesAreRefused();
    void sixtyFourApprovalsAreOneTransfer();
    void theDatabaseRefuses_data();
    void theDatabaseRefuses();

private:
    [[nodiscard]] static Json wishOf(Money amount)
    {
        return {{"v", 1},
                {"customer", kPayer},
                {"amount", amount.micros()},
                {"destination", "BTC bc1qexampleaddress"},
                {"reason", "closes the account, asked in writing"}};
    }
    /// By a Senior.
    [[nodiscard]] qint64 ask(Money amount)
    {
        const Finished asked =
            command(QStringLiteral("senior"), "payout.request", wishOf(amount), nextKey());
        return core::integerMember(asked.answer, "payout").value_or(0);
    }
    [[nodiscard]] Finished approve(const QString &who, qint64 id)
    {
        const Finished preview =
            command(who, "payout.preview", {{"v", 1}, {"payout", id}}, nextKey());
        return command(who, "payout.approve",
                       {{"v", 1},
                        {"payout", id},
                        {"hash", core::textMember(preview.answer, "hash").value_or(QString())}},
                       nextKey());
    }
    [[nodiscard]] qint64 agreedTo(Money amount)
    {
        const qint64 id = ask(amount);
        (void)approve(QStringLiteral("finance"), id);
        (void)approve(QStringLiteral("finance2"), id);
        return id;
    }
    [[nodiscard]] Finished settle(const char *kind, qint64 id, const char *member,
                                  const char *words)
    {
        return command(QStringLiteral("finance"), kind, {{"v", 1}, {"payout", id}, {member, words}},
                       nextKey());
    }
    /// As if all of it had been agreed to two days ago.
    void passTwoDays()
    {
        QVERIFY(openConnection(m_url, database::Role::Owner)
                    ->runScript(QStringLiteral(
                        "SET session_replication_role = replica; UPDATE payouts SET requested_at = "
                        "requested_at - interval '2 days', expires_at = expires_at - interval '2 "
                        "days', first_at = first_at - interval '2 days', second_at = second_at - "
                        "interval '2 days', payable_from = payable_from - interval '2 days'")));
    }
    [[nodiscard]] QString stateOf(qint64 id)
    {
        return column(*m_connection,
                      QStringLiteral("SELECT state AS answer FROM payouts WHERE id = ?"), {id})
            .value(0);
    }
    [[nodiscard]] Money available() { return balance(*m_connection, kPayer).available; }
    [[nodiscard]] QString nextKey() { return QStringLiteral("key-%1").arg(++m_keys); }

    int m_keys = 0;
};

void TestPayouts::init()
{
    startStage();
    addOperator(QStringLiteral("finance2"), QStringLiteral("finance"));
}

/// Whatever was done, the books are sound, and what was paid out is what was agreed to.
void TestPayouts::cleanup()
{
    const auto verified = ledger::verify(*m_connection);
    QVERIFY(verified);
    QVERIFY(verified->isSound());
    QCOMPARE(count("SELECT coalesce(sum(platform_amount), 0) FROM transfers WHERE platform = "
                   "'payouts'"),
             count("SELECT coalesce(sum(amount), 0) FROM payouts WHERE state IN ('approved', "
                   "'paid')"));
    QCOMPARE(count("SELECT count(*) FROM timers WHERE kind = 'payout.expire'"),
             count("SELECT count(*) FROM payouts WHERE state = 'requested'"));
}

void TestPayouts::twoOthersAgreeAndTheWalletPays()
{
    const Money before = available();
    const qint64 id = ask(usd(25));
    QVERIFY(id > 0);
    QCOMPARE(available(), before);
    const Finished first = approve(QStringLiteral("finance"), id);
    QCOMPARE(core::textMember(first.answer, "state").value_or(QString()),
             QStringLiteral("requested"));
    QCOMPARE(available(), before);
    const Finished second = approve(QStringLiteral("finance2"), id);
    QCOMPARE(core::textMember(second.answer, "state").value_or(QString()),
             QStringLiteral("approved"));
    QCOMPARE(available(), before - usd(25));
    QCOMPARE(text("SELECT concat_ws(' ', state, requested_by, first_by, second_by, payable_from >= "
                  "second_at + interval '24 hours') AS answer FROM payouts"),
             QStringLiteral("approved 3 4 6 t"));
    QCOMPARE(count("SELECT count(*) FROM outbox"), 1);
    QCOMPARE(count("SELECT count(*) FROM audit WHERE action LIKE 'payout.%' AND result = 'done'"),
             3);
}

void TestPayouts::itIsSentADayLaterAtTheEarliest()
{
    const qint64 id = agreedTo(usd(25));
    QCOMPARE(settle("payout.paid", id, "reference", "0xabcdef0123").code,
             QStringLiteral("TooSoon"));
    passTwoDays();
    QCOMPARE(settle("payout.paid", id, "reference", "0xab").code, QStringLiteral("BadInput"));
    QCOMPARE(settle("payout.paid", id, "reference", "0xabcdef0123").state, QStringLiteral("done"));
    QCOMPARE(text("SELECT concat_ws(' ', state, reference, settled_by) AS answer FROM payouts"),
             QStringLiteral("paid 0xabcdef0123 4"));
    QCOMPARE(settle("payout.paid", id, "reference", "0xabcdef0123").code,
             QStringLiteral("NotFound"));
    QCOMPARE(settle("payout.failed", id, "reason", "too late").code, QStringLiteral("NotFound"));
    QVERIFY(text("SELECT payload #>> '{parameters,text}' AS answer FROM outbox ORDER BY id DESC "
                 "LIMIT 1")
                .contains(QStringLiteral("0xabcdef0123")));
}

void TestPayouts::whatCouldNotBeSentComesBackOnce()
{
    const Money before = available();
    const qint64 id = agreedTo(usd(25));
    QCOMPARE(settle("payout.failed", id, "reason", "").code, QStringLiteral("BadInput"));
    QCOMPARE(settle("payout.failed", id, "reason", "no such address").state,
             QStringLiteral("done"));
    QCOMPARE(settle("payout.failed", id, "reason", "no such address").code,
             QStringLiteral("NotFound"));
    QCOMPARE(available(), before);
    QCOMPARE(stateOf(id), QStringLiteral("failed"));
}

void TestPayouts::whatWouldComeBackIsShown()
{
    const Money before = available();
    const auto look = [this](const char *who, qint64 id) {
        return command(QLatin1String(who), "payout.preview",
                       {{"v", 1}, {"payout", id}, {"outcome", "failed"}}, nextKey());
    };
    QCOMPARE(look("finance", ask(usd(5))).code, QStringLiteral("NotFound")); // only asked for
    const qint64 id = agreedTo(usd(25));
    const Finished looked = look("finance", id);
    QCOMPARE(looked.state, QStringLiteral("done"));
    const auto preview = api::refundPreviewFromJson(looked.answer);
    QVERIFY(preview && preview->mayExecute);
    QCOMPARE(preview->entries.size(), 2);
    QCOMPARE(preview->entries[0].account, QStringLiteral("payouts"));
    QCOMPARE(preview->entries[0].amount, -usd(25));
    QCOMPARE(preview->entries[1].after, std::optional(before));
    QVERIFY(preview->customerText.contains(QStringLiteral("versement")));
    QVERIFY(!api::refundPreviewFromJson(look("senior", id).answer)->mayExecute);
    QCOMPARE(available(), before - usd(25)); // it was only looked at
    QCOMPARE(stateOf(id), QStringLiteral("approved"));
    QCOMPARE(settle("payout.failed", id, "reason", "the address was refused").state,
             QStringLiteral("done"));
    QCOMPARE(available(), before);
    QCOMPARE(look("finance", id).code, QStringLiteral("NotFound"));
}

void TestPayouts::theSecondIsAnotherOneOfFinance()
{
    addOperator(QStringLiteral("senior2"), QStringLiteral("senior"));
    addOperator(QStringLiteral("senior3"), QStringLiteral("senior"));
    const qint64 id = ask(usd(25));
    QCOMPARE(approve(QStringLiteral("senior"), id).code, QStringLiteral("NeedsApproval"));
    QCOMPARE(approve(QStringLiteral("senior2"), id).state, QStringLiteral("done"));
    QCOMPARE(approve(QStringLiteral("senior2"), id).code, QStringLiteral("NeedsApproval"));
    QCOMPARE(approve(QStringLiteral("senior3"), id).code, QStringLiteral("NeedsApproval"));
    QCOMPARE(stateOf(id), QStringLiteral("requested"));
    QCOMPARE(approve(QStringLiteral("finance"), id).state, QStringLiteral("done"));
    QCOMPARE(stateOf(id), QStringLiteral("approved"));
}

void TestPayouts::neverMoreThanIsThere()
{
    const Money all = available();
    QCOMPARE(command(QStringLiteral("senior"), "payout.request", wishOf(all + Money::fromMicros(1)),
                     nextKey())
                 .code,
             QStringLiteral("InsufficientFunds"));
    const qint64 first = ask(all);
    const qint64 second = ask(usd(1));
    for (const char *who : {"finance", "finance2"})
        QCOMPARE(approve(QLatin1String(who), first).state, QStringLiteral("done"));
    QCOMPARE(available(), Money());
    QCOMPARE(approve(QStringLiteral("finance"), second).code, QStringLiteral("InsufficientFunds"));
}

void TestPayouts::whoAgreesHasLookedAtIt()
{
    const qint64 id = ask(usd(25));
    for (const QString &hash : {QString(), QString(64, u'0')})
        QCOMPARE(command(QStringLiteral("finance"), "payout.approve",
                         {{"v", 1}, {"payout", id}, {"hash", hash}}, nextKey())
                     .code,
                 QStringLiteral("FiguresChanged"));
}

void TestPayouts::oneTransactionPaysOnePayout()
{
    const qint64 first = agreedTo(usd(25));
    const qint64 second = agreedTo(usd(30));
    passTwoDays();
    QCOMPARE(settle("payout.paid", first, "reference", "0xabcdef0123").state,
             QStringLiteral("done"));
    QCOMPARE(settle("payout.paid", second, "reference", "0xabcdef0123").code,
             QStringLiteral("Duplicate"));
    QCOMPARE(stateOf(second), QStringLiteral("approved"));
}

void TestPayouts::nobodyDecidesInTimeAndItExpires()
{
    const qint64 id = ask(usd(25));
    QCOMPARE(approve(QStringLiteral("finance"), id).state, QStringLiteral("done"));
    QVERIFY(committed<int>(*m_connection, [&](database::Transaction &transaction) {
        return queue::fireDue(transaction, m_clock.now() + 25h);
    }));
    handleAll();
    QCOMPARE(stateOf(id), QStringLiteral("expired"));
    QCOMPARE(approve(QStringLiteral("finance2"), id).code, QStringLiteral("Settled"));
}

/// A clock that was set back makes it early.
void TestPayouts::anEarlyTimerEndsNothing()
{
    const qint64 id = ask(usd(25));
    const auto fire = [&](std::chrono::hours later) {
        QVERIFY(committed<int>(*m_connection, [&](database::Transaction &transaction) {
            return queue::fireDue(transaction, m_clock.now() + later);
        }));
        handleAll();
    };
    for (int i = 0; i < 2; ++i) { // and again
        QVERIFY(m_connection->run(
            QStringLiteral("UPDATE timers SET due_at = now() - interval '1 hour'")));
        fire(0h);
        QCOMPARE(stateOf(id), QStringLiteral("requested"));
        QCOMPARE(count("SELECT count(*) FROM timers WHERE kind = 'payout.expire' AND due_at > "
                       "now() + interval '23 hours'"),
                 1);
    }
    fire(25h);
    QCOMPARE(stateOf(id), QStringLiteral("expired"));
    QCOMPARE(count("SELECT count(*) FROM timers WHERE kind = 'payout.expire'"), 0);
}

void TestPayouts::itIsTakenBackOrRejected()
{
    const qint64 first = ask(usd(25));
    const qint64 second = ask(usd(25));
    const auto reject = [&](const char *who, qint64 id, const char *reason) {
        return command(QLatin1String(who), "payout.reject",
                       {{"v", 1}, {"payout", id}, {"reason", reason}}, nextKey());
    };
    QCOMPARE(reject("finance", first, "").code, QStringLiteral("BadInput"));
    QCOMPARE(reject("finance", first, "the address is new").state, QStringLiteral("done"));
    QCOMPARE(reject("senior", second, "").state, QStringLiteral("done"));
    QCOMPARE(stateOf(first), QStringLiteral("rejected"));
    QCOMPARE(stateOf(second), QStringLiteral("cancelled"));
    // What was agreed to is settled by paying or by failing.
    QCOMPARE(reject("finance", agreedTo(usd(25)), "too late").code, QStringLiteral("NotFound"));
}

void TestPayouts::soloAdminDoesItAloneAndWaitsTheDay()
{
    QVERIFY(m_connection->run(
        QStringLiteral("UPDATE operators SET is_active = false WHERE name <> 'admin'")));
    QVERIFY(m_connection->run(QStringLiteral("UPDATE operator_settings SET is_solo = true")));
    const QString admin = QStringLiteral("admin");
    const Finished asked = command(admin, "payout.request", wishOf(usd(25)), nextKey());
    const qint64 id = core::integerMember(asked.answer, "payout").value_or(0);
    QCOMPARE(approve(admin, id).state, QStringLiteral("done"));
    QCOMPARE(approve(admin, id).state, QStringLiteral("done"));
    QCOMPARE(stateOf(id), QStringLiteral("approved"));
    QCOMPARE(command(admin, "payout.paid", {{"v", 1}, {"payout", id}, {"reference", "0xabcdef"}},
                     nextKey())
                 .code,
             QStringLiteral("TooSoon"));
}

void TestPayouts::badWishesAreRefused_data()
{
    QTest::addColumn<QString>("change");
    QTest::addColumn<QString>("code");
    QTest::newRow("nothing") << R"({"amount": 0})"
                             << "BadInput";
    QTest::newRow("negative") << R"({"amount": -5})"
                              << "BadInput";
    QTest::newRow("nowhere") << R"({"destination": " "})"
                             << "BadInput";
    QTest::newRow("few words") << R"({"reason": "because"})"
                               << "BadInput";
    QTest::newRow("nobody") << R"({"customer": 4711})"
                            << "NotFound";
    QTest::newRow("no such payout") << R"({"payout": 4711})"
                                    << "NotFound";
}

void TestPayouts::badWishesAreRefused()
{
    QFETCH(QString, change);
    QFETCH(QString, code);
    Json wish = wishOf(usd(7));
    wish.update(Json::parse(change.toStdString()));
    QCOMPARE(command(QStringLiteral("finance"), "payout.request", wish, nextKey()).code, code);
    QCOMPARE(count("SELECT count(*) FROM payouts"), 0);
}

void TestPayouts::sixtyFourApprovalsAreOneTransfer()
{
    const qint64 id = ask(usd(25));
    const Finished preview =
        command(QStringLiteral("finance"), "payout.preview", {{"v", 1}, {"payout", id}}, nextKey());
    const Json wish = {
        {"v", 1}, {"payout", id}, {"hash", core::textMember(preview.answer, "hash").value()}};
    for (int i = 0; i < 64; ++i)
        QCOMPARE(submit(i % 2 ? QStringLiteral("finance") : QStringLiteral("finance2"),
                        "payout.approve", wish, QStringLiteral("at-once-%1").arg(i))
                     .outcome,
                 QStringLiteral("recorded"));
    inThreads(4, [&](int) {
        const auto connection = openConnection(m_url);
        engine::Counters counters;
        engine::Worker worker(m_routes, m_clock, kInstallationKey, counters);
        for (int idle = 0; idle < 3;) {
            const auto pass = worker.runOnce(*connection);
            idle += pass && pass->rows == 0 ? 1 : 0;
        }
    });
    handleAll();
    QCOMPARE(count("SELECT count(*) FROM commands WHERE request_key LIKE 'at-once%' AND state = "
                   "'done'"),
             2); // the first and the second
    QCOMPARE(count("SELECT count(*) FROM transfers WHERE kind = 'payout'"), 1);
    QCOMPARE(count("SELECT count(*) FROM outbox"), 1);
    QCOMPARE(stateOf(id), QStringLiteral("approved"));
}

void TestPayouts::theDatabaseRefuses_data()
{
    QTest::addColumn<QString>("change");
    QTest::addColumn<QString>("words");
    const QString first = QStringLiteral("first_by = %1, first_session = %1, first_hash = %2, "
                                         "first_at = now()");
    const QString hash = QStringLiteral("preview_hash");
    QTest::newRow("by who asked") << first.arg(3).arg(hash) << "nobody_approves_their_own";
    QTest::newRow("without the role") << first.arg(2).arg(hash) << "needs a Senior or Finance";
    QTest::newRow("other figures")
        << first.arg(4).arg(QStringLiteral("repeat('0', 64)")) << "same_figures";
    QTest::newRow("both by one person")
        << first.arg(4).arg(hash) +
               QStringLiteral(", second_by = 4, second_session = 4, second_hash = preview_hash, "
                              "second_at = now()")
        << "";
    QTest::newRow("solo where there are several")
        << first.arg(3).arg(hash) + QStringLiteral(", is_solo = true")
        << "needs a Senior or Finance";
    QTest::newRow("approved without money") << QStringLiteral("state = 'approved'") << "";
    QTest::newRow("paid at once") << QStringLiteral("state = 'paid', reference = '0xabcdef', "
                                                    "settled_by = 4, settled_at = now()")
                                  << "";
    QTest::newRow("another amount") << QStringLiteral("amount = 1") << "another one";
    QTest::newRow("another address")
        << QStringLiteral("destination = 'elsewhere'") << "another one";
}

void TestPayouts::theDatabaseRefuses()
{
    QFETCH(QString, change);
    QFETCH(QString, words);
    const qint64 id = ask(usd(25));
    QVERIFY(id > 0);
    const auto owner = openConnection(m_url, database::Role::Owner);
    const auto done = owner->run(QStringLiteral("UPDATE payouts SET ") + change);
    QVERIFY(!done);
    QVERIFY2(done.error().detail.contains(words), qUtf8Printable(done.error().detail));
    QVERIFY(!owner->run(QStringLiteral("DELETE FROM payouts")));
    QCOMPARE(stateOf(id), QStringLiteral("requested"));
}

REGISTER_TEST(TestPayouts);

} // namespace tst_payouts

#include "tst_payouts.moc"
