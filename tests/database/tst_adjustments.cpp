#include "queue/timers.h"
#include "tests/database/operator_fixture.h"
#include "tests/support/test_main.h"

namespace tst_adjustments {

using namespace tests;
using namespace std::chrono_literals;

/// What is given to or taken from a wallet by hand, and refunds that are taken back.
class TestAdjustments final : public OperatorStage {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void goodwillIsGivenByTwoOfFinance();
    void aDebtIsPaidFirst();
    void aCorrectionTakesWhatIsThereAndNoMore();
    void whatIsSpentMeanwhileIsNotOverdrawn();
    void nobodyApprovesTheirOwn();
    void onlyFinance();
    void changedFiguresMakeItVoid();
    void soloAdminDoesItAlone();
    void nobodyDecidesInTimeAndItExpires();
    void anEarlyTimerEndsNothing();
    void itIsTakenBackOrRejected();
    void badWishesAreRefused_data();
    void badWishesAreRefused();
    void theSameRequestTwiceIsOne();
    void sixtyFourApprovalsAreOneTransfer();
    void aRefundIsTakenBack();
    void aRefundIsTakenBackAsFarAsTheWalletGoes();
    void aRefundIsTakenBackOnce();
    void theDatabaseRefuses_data();
    void theDatabaseRefuses();

private:
    [[nodiscard]] static Json gift(Money amount, const char *kind = "goodwill")
    {
        return {{"v", 1},
                {"customer", kPayer},
                {"kind", kind},
                {"amount", amount.micros()},
                {"reason", "the line was bad for a week"}};
    }
    [[nodiscard]] qint64 ask(const Json &wish, const char *kind = "adjustment.request")
    {
        const Finished asked = command(QStringLiteral("finance"), kind, wish, nextKey());
        return core::integerMember(asked.answer, "adjustment").value_or(0);
    }
    [[nodiscard]] QString hashOf(qint64 id)
    {
        const Finished preview = command(QStringLiteral("finance2"), "adjustment.preview",
                                         {{"v", 1}, {"adjustment", id}}, nextKey());
        return core::textMember(preview.answer, "hash").value_or(QString());
    }
    [[nodiscard]] Finished approve(const QString &who, qint64 id)
    {
        return command(who, "adjustment.approve",
                       {{"v", 1}, {"adjustment", id}, {"hash", hashOf(id)}}, nextKey());
    }
    [[nodiscard]] QString stateOf(qint64 id)
    {
        return column(*m_connection,
                      QStringLiteral("SELECT state AS answer FROM adjustments WHERE id = ?"), {id})
            .value(0);
    }
    [[nodiscard]] Money available() { return balance(*m_connection, kPayer).available; }
    [[nodiscard]] QString nextKey() { return QStringLiteral("key-%1").arg(++m_keys); }
    /// Refunded by Support; the refund's number.
    [[nodiscard]] qint64 refundOfCall(Money amount)
    {
        const Finished done =
            refund(QStringLiteral("support"), paidCall(amount), amount, nextKey());
        return core::integerMember(done.answer, "refund").value_or(0);
    }
    void spendAllBut(Money rest);

    int m_keys = 0;
};

void TestAdjustments::init()
{
    startStage();
    addOperator(QStringLiteral("finance2"), QStringLiteral("finance"));
}

/// Whatever was done, the books are sound, and each adjustment is one transfer.
void TestAdjustments::cleanup()
{
    const auto verified = ledger::verify(*m_connection);
    QVERIFY(verified);
    QVERIFY(verified->isSound());
    QCOMPARE(count("SELECT count(*) FROM adjustments WHERE state = 'done'"),
             count("SELECT count(*) FROM transfers WHERE request_key LIKE 'adjustment:%'"));
    QCOMPARE(count("SELECT count(*) FROM timers WHERE kind = 'adjustment.expire'"),
             count("SELECT count(*) FROM adjustments WHERE state = 'pending_approval'"));
}

void TestAdjustments::spendAllBut(Money rest)
{
    const Money spent = available() - rest;
    QVERIFY(m_connection->run(
        QStringLiteral("INSERT INTO transfers (customer_id, at, cause_id, available, platform, "
                       "platform_amount, kind, request_key) VALUES (?::bigint, now(), 1, "
                       "-(?::bigint), 'revenue_plans', ?, 'plan', 'spent')"),
        {kPayer, spent.micros(), spent.micros()}));
}

void TestAdjustments::goodwillIsGivenByTwoOfFinance()
{
    const Money before = available();
    const auto preview = api::refundPreviewFromJson(
        command(QStringLiteral("finance"), "adjustment.preview", gift(usd(7)), nextKey()).answer);
    QVERIFY(preview);
    QVERIFY(!preview->mayExecute);
    QVERIFY(preview->customerText.contains(QStringLiteral("portefeuille")));
    const qint64 id = ask(gift(usd(7)));
    QVERIFY(id > 0);
    QCOMPARE(available(), before);
    QCOMPARE(hashOf(id), preview->hash);
    QCOMPARE(approve(QStringLiteral("finance2"), id).state, QStringLiteral("done"));
    QCOMPARE(available(), before + usd(7));
    QCOMPARE(text("SELECT concat_ws(' ', kind, platform, platform_amount, request_key = "
                  "'adjustment:' || (SELECT id FROM adjustments)) AS answer FROM transfers ORDER "
                  "BY id DESC LIMIT 1"),
             QStringLiteral("goodwill adjust_goodwill -7000000 t"));
    QCOMPARE(text("SELECT concat_ws(' ', requested_by, approved_by, is_solo) AS answer FROM "
                  "adjustments"),
             QStringLiteral("4 6 f"));
    QCOMPARE(count("SELECT count(*) FROM outbox"), 1);
    QCOMPARE(approve(QStringLiteral("finance2"), id).code, QStringLiteral("Settled"));
    QCOMPARE(count("SELECT count(*) FROM audit WHERE action IN ('adjustment.request', "
                   "'adjustment.approve') AND result = 'done'"),
             2);
}

void TestAdjustments::aDebtIsPaidFirst()
{
    QVERIFY(m_connection->run(
        QStringLiteral("INSERT INTO transfers (customer_id, at, cause_id, debt, platform, "
                       "platform_amount, kind, request_key) VALUES (?, now(), 1, -5000000, "
                       "'dynopay_clearing', 5000000, 'deposit_reversed', 'owed')"),
        {kPayer}));
    const Money before = available();
    const qint64 id = ask(gift(usd(7)));
    QCOMPARE(approve(QStringLiteral("finance2"), id).state, QStringLiteral("done"));
    QCOMPARE(available(), before + usd(2));
    QCOMPARE(balance(*m_connection, kPayer).debt, Money());
}

void TestAdjustments::aCorrectionTakesWhatIsThereAndNoMore()
{
    spendAllBut(usd(10));
    QCOMPARE(command(QStringLiteral("finance"), "adjustment.request",
                     gift(-usd(10) - Money::fromMicros(1), "correction"), nextKey())
                 .code,
             QStringLiteral("InsufficientFunds"));
    const qint64 id = ask(gift(-usd(10), "correction"));
    QCOMPARE(approve(QStringLiteral("finance2"), id).state, QStringLiteral("done"));
    QCOMPARE(available(), Money());
    QCOMPARE(text("SELECT concat_ws(' ', kind, platform, platform_amount) AS answer FROM transfers "
                  "ORDER BY id DESC LIMIT 1"),
             QStringLiteral("correction adjust_correction 10000000"));
}

void TestAdjustments::whatIsSpentMeanwhileIsNotOverdrawn()
{
    const qint64 id = ask(gift(-usd(10), "correction"));
    const QString hash = hashOf(id);
    spendAllBut(usd(9));
    QCOMPARE(command(QStringLiteral("finance2"), "adjustment.approve",
                     {{"v", 1}, {"adjustment", id}, {"hash", hash}}, nextKey())
                 .code,
             QStringLiteral("InsufficientFunds"));
    QCOMPARE(stateOf(id), QStringLiteral("pending_approval")); // there may be more tomorrow
    QCOMPARE(available(), usd(9));
}

void TestAdjustments::nobodyApprovesTheirOwn()
{
    const qint64 id = ask(gift(usd(7)));
    QCOMPARE(approve(QStringLiteral("finance"), id).code, QStringLiteral("NeedsApproval"));
    QCOMPARE(stateOf(id), QStringLiteral("pending_approval"));
}

void TestAdjustments::onlyFinance()
{
    for (const char *who : {"support", "senior", "admin"})
        QCOMPARE(command(QLatin1String(who), "adjustment.request", gift(usd(7)), nextKey()).code,
                 QStringLiteral("NotAllowed"));
    const qint64 id = ask(gift(usd(7)));
    for (const char *who : {"support", "senior", "admin"})
        QCOMPARE(approve(QLatin1String(who), id).code, QStringLiteral("NotAllowed"));
}

void TestAdjustments::changedFiguresMakeItVoid()
{
    const qint64 id = ask(gift(usd(7)));
    // A debt came: part of it would go there now.
    QVERIFY(m_connection->run(
        QStringLiteral("INSERT INTO transfers (customer_id, at, cause_id, debt, platform, "
                       "platform_amount, kind, request_key) VALUES (?, now(), 1, -5000000, "
                       "'dynopay_clearing', 5000000, 'deposit_reversed', 'owed')"),
        {kPayer}));
    QCOMPARE(approve(QStringLiteral("finance2"), id).code, QStringLiteral("FiguresChanged"));
    QCOMPARE(stateOf(id), QStringLiteral("void"));
}

void TestAdjustments::soloAdminDoesItAlone()
{
    QVERIFY(m_connection->run(
        QStringLiteral("UPDATE operators SET is_active = false WHERE name <> 'admin'")));
    QVERIFY(m_connection->run(QStringLiteral("UPDATE operator_settings SET is_solo = true")));
    const Money before = available();
    const Finished asked =
        command(QStringLiteral("admin"), "adjustment.request", gift(usd(7)), nextKey());
    const Json settle = {
        {"v", 1},
        {"adjustment", core::integerMember(asked.answer, "adjustment").value_or(0)},
        {"hash", core::textMember(asked.answer, "hash").value_or(QString())}};
    QCOMPARE(command(QStringLiteral("admin"), "adjustment.approve", settle, nextKey()).state,
             QStringLiteral("done"));
    QCOMPARE(available(), before + usd(7));
    QCOMPARE(text("SELECT is_solo::text AS answer FROM adjustments"), QStringLiteral("true"));
}

void TestAdjustments::nobodyDecidesInTimeAndItExpires()
{
    const qint64 id = ask(gift(usd(7)));
    QVERIFY(committed<int>(*m_connection, [&](database::Transaction &transaction) {
        return queue::fireDue(transaction, m_clock.now() + 25h);
    }));
    handleAll();
    QCOMPARE(stateOf(id), QStringLiteral("expired"));
    QCOMPARE(approve(QStringLiteral("finance2"), id).code, QStringLiteral("Settled"));
}

/// A clock that was set back makes it early.
void TestAdjustments::anEarlyTimerEndsNothing()
{
    const qint64 id = ask(gift(usd(7)));
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
        QCOMPARE(stateOf(id), QStringLiteral("pending_approval"));
        QCOMPARE(count("SELECT count(*) FROM timers WHERE kind = 'adjustment.expire' AND due_at > "
                       "now() + interval '23 hours'"),
                 1);
    }
    fire(25h);
    QCOMPARE(stateOf(id), QStringLiteral("expired"));
    QCOMPARE(count("SELECT count(*) FROM timers WHERE kind = 'adjustment.expire'"), 0);
}

void TestAdjustments::itIsTakenBackOrRejected()
{
    const qint64 first = ask(gift(usd(7)));
    const qint64 second = ask(gift(usd(8)));
    const auto reject = [&](const char *who, qint64 id, const char *reason) {
        return command(QLatin1String(who), "adjustment.reject",
                       {{"v", 1}, {"adjustment", id}, {"reason", reason}}, nextKey());
    };
    QCOMPARE(reject("senior", first, "no").code, QStringLiteral("NotFound"));
    QCOMPARE(reject("finance2", first, "").code, QStringLiteral("BadInput"));
    QCOMPARE(reject("finance2", first, "no such outage").state, QStringLiteral("done"));
    QCOMPARE(reject("finance", second, "").state, QStringLiteral("done"));
    QCOMPARE(stateOf(first), QStringLiteral("rejected"));
    QCOMPARE(stateOf(second), QStringLiteral("cancelled"));
}

void TestAdjustments::badWishesAreRefused_data()
{
    QTest::addColumn<QString>("change");
    QTest::addColumn<QString>("code");
    QTest::newRow("nothing") << R"({"amount": 0})"
                             << "BadInput";
    QTest::newRow("goodwill that takes") << R"({"amount": -1000000})"
                                         << "BadInput";
    QTest::newRow("a slip") << R"({"amount": 100000000001})"
                            << "BadInput";
    QTest::newRow("no such kind") << R"({"kind": "gift"})"
                                  << "BadInput";
    QTest::newRow("few words") << R"({"reason": "because"})"
                               << "BadInput";
    QTest::newRow("nobody") << R"({"customer": 4711})"
                            << "NotFound";
    QTest::newRow("a refund") << R"({"refund": 4711})"
                              << "NotFound";
}

void TestAdjustments::badWishesAreRefused()
{
    QFETCH(QString, change);
    QFETCH(QString, code);
    Json wish = gift(usd(7));
    wish.update(Json::parse(change.toStdString()));
    QCOMPARE(command(QStringLiteral("finance"), "adjustment.request", wish, nextKey()).code, code);
    QCOMPARE(count("SELECT count(*) FROM adjustments"), 0);
}

void TestAdjustments::theSameRequestTwiceIsOne()
{
    for (int i = 0; i < 2; ++i)
        QCOMPARE(command(QStringLiteral("finance"), "adjustment.request", gift(usd(7)),
                         QStringLiteral("same"))
                     .state,
                 QStringLiteral("done"));
    QCOMPARE(count("SELECT count(*) FROM adjustments"), 1);
}

void TestAdjustments::sixtyFourApprovalsAreOneTransfer()
{
    const qint64 id = ask(gift(usd(7)));
    const Json wish = {{"v", 1}, {"adjustment", id}, {"hash", hashOf(id)}};
    for (int i = 0; i < 64; ++i)
        QCOMPARE(submit(QStringLiteral("finance2"), "adjustment.approve", wish,
                        QStringLiteral("at-once-%1").arg(i))
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
             1);
    QCOMPARE(count("SELECT count(*) FROM commands WHERE code = 'Settled'"), 63);
    QCOMPARE(count("SELECT count(*) FROM outbox"), 1);
}

void TestAdjustments::aRefundIsTakenBack()
{
    const qint64 given = refundOfCall(usd(3));
    const Money before = available();
    const Json wish = {{"v", 1}, {"refund", given}, {"reason", "it was the wrong call"}};
    const Finished asked = command(QStringLiteral("senior"), "refund.reverse", wish, nextKey());
    QCOMPARE(asked.state, QStringLiteral("done"));
    const qint64 id = core::integerMember(asked.answer, "adjustment").value_or(0);
    QCOMPARE(available(), before);
    QCOMPARE(approve(QStringLiteral("finance"), id).state, QStringLiteral("done"));
    QCOMPARE(available(), before - usd(3));
    QCOMPARE(text("SELECT concat_ws(' ', kind, platform, platform_amount) AS answer FROM transfers "
                  "ORDER BY id DESC LIMIT 1"),
             QStringLiteral("refund_reversal revenue_calls 3000000"));
    QVERIFY(text("SELECT payload #>> '{parameters,text}' AS answer FROM outbox ORDER BY id DESC "
                 "LIMIT 1")
                .contains(QStringLiteral("repris")));
    // What was refunded once is not refunded a second time.
    QCOMPARE(
        refund(QStringLiteral("support"), count("SELECT call_id FROM refunds"), usd(1), nextKey())
            .code,
        QStringLiteral("AboveRefundable"));
}

void TestAdjustments::aRefundIsTakenBackAsFarAsTheWalletGoes()
{
    const qint64 given = refundOfCall(usd(3));
    spendAllBut(usd(2));
    Json wish = {{"v", 1},
                 {"refund", given},
                 {"amount", usd(3).micros()},
                 {"reason", "it was the wrong call"}};
    QCOMPARE(command(QStringLiteral("finance"), "refund.reverse", wish, nextKey()).code,
             QStringLiteral("InsufficientFunds"));
    wish.erase("amount");
    const qint64 id = ask(wish, "refund.reverse");
    QCOMPARE(text("SELECT amount::text AS answer FROM adjustments"), QStringLiteral("-2000000"));
    QCOMPARE(approve(QStringLiteral("finance2"), id).state, QStringLiteral("done"));
    QCOMPARE(available(), Money());
}

void TestAdjustments::aRefundIsTakenBackOnce()
{
    const qint64 given = refundOfCall(usd(3));
    const Json wish = {{"v", 1}, {"refund", given}, {"reason", "it was the wrong call"}};
    const qint64 id = ask(wish, "refund.reverse");
    QCOMPARE(command(QStringLiteral("finance"), "refund.reverse", wish, nextKey()).code,
             QStringLiteral("Settled"));
    QCOMPARE(approve(QStringLiteral("finance2"), id).state, QStringLiteral("done"));
    QCOMPARE(command(QStringLiteral("finance"), "refund.reverse", wish, nextKey()).code,
             QStringLiteral("Settled"));
    QCOMPARE(command(QStringLiteral("finance"), "refund.reverse",
                     {{"v", 1}, {"refund", 4711}, {"reason", "there is no such"}}, nextKey())
                 .code,
             QStringLiteral("NotFound"));
}

void TestAdjustments::theDatabaseRefuses_data()
{
    QTest::addColumn<QString>("statement");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, const char *change, const char *words) {
        QTest::newRow(name) << QStringLiteral("UPDATE adjustments SET ") + QLatin1String(change)
                            << QString::fromLatin1(words);
    };
    const char *const approval = "decided_at = now(), approved_hash = preview_hash, transfer_id = "
                                 "(SELECT max(id) FROM transfers), state = 'done', ";
    const QByteArray own = QByteArray(approval) + "approved_by = 4, approved_session = 6";
    const QByteArray session = QByteArray(approval) + "approved_by = 6, approved_session = 4";
    const QByteArray senior = QByteArray(approval) + "approved_by = 3, approved_session = 3";
    const QByteArray solo =
        QByteArray(approval) + "approved_by = 4, approved_session = 4, is_solo = true";
    const QByteArray other = QByteArray(approval) + "approved_by = 6, approved_session = 6";
    row("by who asked", own.constData(), "");
    row("in the session of the request", session.constData(), "");
    row("by a Senior", senior.constData(), "may not agree");
    row("solo where there are several", solo.constData(), "may not agree");
    row("with another transfer", other.constData(), "is not adjustment");
    row("another amount", "amount = 8000000", "another one");
    row("another customer", "customer_id = 1", "another one");
    row("another hash", "preview_hash = repeat('0', 64)", "another one");
    row("another time", "expires_at = now()", "another one");
    row("done by nobody", "state = 'done', decided_at = now()", "");
    QTest::newRow("deleted") << QStringLiteral("DELETE FROM adjustments") << QString();
    QTest::newRow("goodwill from elsewhere")
        << QStringLiteral("INSERT INTO transfers (customer_id, at, cause_id, available, platform, "
                          "platform_amount, kind, request_key) VALUES (7100, now(), 1, 5, "
                          "'revenue_calls', -5, 'goodwill', 'k')")
        << QStringLiteral("shape_of_its_kind");
    QTest::newRow("a correction into debt")
        << QStringLiteral("INSERT INTO transfers (customer_id, at, cause_id, debt, platform, "
                          "platform_amount, kind, request_key) VALUES (7100, now(), 1, -5, "
                          "'adjust_correction', 5, 'correction', 'k')")
        << QStringLiteral("shape_of_its_kind");
}

void TestAdjustments::theDatabaseRefuses()
{
    QFETCH(QString, statement);
    QFETCH(QString, words);
    const qint64 id = ask(gift(usd(7)));
    QVERIFY(id > 0);
    const auto owner = openConnection(m_url, database::Role::Owner);
    const auto done = owner->run(statement);
    QVERIFY(!done);
    QVERIFY2(done.error().detail.contains(words), qUtf8Printable(done.error().detail));
    QCOMPARE(stateOf(id), QStringLiteral("pending_approval"));
}

REGISTER_TEST(TestAdjustments);

} // namespace tst_adjustments

#include "tst_adjustments.moc"
