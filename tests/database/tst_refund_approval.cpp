#include "queue/timers.h"
#include "tests/database/code_fixture.h"
#include "tests/support/test_main.h"

namespace tst_refund_approval {

using namespace tests;
using namespace std::chrono_literals;

/// Who agrees to a refund, to which figures, and until when.
class TestRefundApproval final : public OperatorStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { startStage(); }
    void cleanup();
    void theRequestKeepsTheHashOfWhatWasSeen();
    void twoPeopleAgreeAndTheSecondIsFinance();
    void theSamePersonIsNotTwo();
    void changedFiguresMakeItVoid();
    void whatIsNotLeftMakesItVoid();
    void anApprovalNeedsTheHashThatWaits();
    void whatWaitsDoesNotBecomeEasier();
    void nobodyDecidesInTimeAndItExpires();
    void anEarlyTimerEndsNothing();
    void whoAskedTakesItBackAfterTheFirstAgreed();
    void aRejectionSaysWhy();
    void aFreshCodeIsNeededWhereThereIsASecondFactor();
    void guessingCodesEnds();
    void everybodyMayBeAskedForASecondFactor();
    void theDatabaseRefuses_data();
    void theDatabaseRefuses();
    void theDatabaseCountsTheDay();
    void sixtyFourApprovalsAreOneTransfer();

private:
    /// Left for others by Support; its number.
    [[nodiscard]] qint64 ask(qint64 call, Money amount)
    {
        const Finished asked =
            command(QStringLiteral("support"), "refund.request", refundOf(call, amount), nextKey());
        return core::integerMember(asked.answer, "refund").value_or(0);
    }
    [[nodiscard]] QString hashOf(qint64 refund, const QString &who = QStringLiteral("finance"))
    {
        const Finished preview =
            command(who, "refund.preview", {{"v", 1}, {"refund", refund}}, nextKey());
        return core::textMember(preview.answer, "hash").value_or(QString());
    }
    [[nodiscard]] Finished approve(const QString &who, qint64 refund, const QString &hash)
    {
        return command(who, "refund.approve", {{"v", 1}, {"refund", refund}, {"hash", hash}},
                       nextKey());
    }
    [[nodiscard]] Finished approve(const QString &who, qint64 refund)
    {
        return approve(who, refund, hashOf(refund));
    }
    [[nodiscard]] QString stateOf(qint64 refund)
    {
        return column(*m_connection,
                      QStringLiteral("SELECT state AS answer FROM refunds WHERE id "
                                     "= ?"),
                      {refund})
            .value(0);
    }
    [[nodiscard]] qint64 refunded()
    {
        return count("SELECT coalesce(sum(available), 0) FROM transfers WHERE kind = 'refund'");
    }
    [[nodiscard]] QString nextKey() { return QStringLiteral("key-%1").arg(++m_keys); }
    void passTime(std::chrono::hours hours);
    [[nodiscard]] Finished approveWithCode(qint64 refund, const QString &hash,
                                           const QByteArray &code);

    int m_keys = 0;
};

/// Whatever was done, the books are sound, and each refund has what it needed.
void TestRefundApproval::cleanup()
{
    const auto verified = ledger::verify(*m_connection);
    QVERIFY(verified);
    QVERIFY(verified->isSound());
    QCOMPARE(count("SELECT count(*) FROM refunds WHERE state = 'done'"),
             count("SELECT count(*) FROM transfers WHERE kind = 'refund'"));
    QCOMPARE(count("SELECT count(*) FROM refunds r WHERE state = 'done' AND needs = 'two_people' "
                   "AND (SELECT count(DISTINCT approver_id) FROM refund_approvals a WHERE "
                   "a.refund_id = r.id AND a.hash = r.preview_hash AND a.approver_id <> "
                   "r.requested_by) <> 2"),
             0);
    QCOMPARE(count("SELECT count(*) FROM timers t WHERE kind = 'refund.expire' AND NOT EXISTS "
                   "(SELECT FROM refunds r WHERE t.key = 'refund.expire:' || r.id AND r.state IN "
                   "('pending_approval', 'approved'))"),
             0);
}

void TestRefundApproval::passTime(std::chrono::hours hours)
{
    const auto fired = committed<int>(*m_connection, [&](database::Transaction &transaction) {
        return queue::fireDue(transaction, m_clock.now() + hours);
    });
    QVERIFY(fired);
    handleAll();
}

void TestRefundApproval::theRequestKeepsTheHashOfWhatWasSeen()
{
    const qint64 call = paidCall(usd(20));
    const Finished preview =
        command(QStringLiteral("support"), "refund.preview", refundOf(call, usd(20)), nextKey());
    const QString seen = core::textMember(preview.answer, "hash").value();
    const QString wrong = QString(64, u'0');
    QCOMPARE(command(QStringLiteral("support"), "refund.request", refundOf(call, usd(20), wrong),
                     nextKey())
                 .code,
             QStringLiteral("FiguresChanged"));
    QCOMPARE(command(QStringLiteral("support"), "refund.request", refundOf(call, usd(20), seen),
                     nextKey())
                 .state,
             QStringLiteral("done"));
    QCOMPARE(text("SELECT preview_hash || ' ' || rules_version AS answer FROM refunds"),
             seen + QStringLiteral(" 1"));
    const qint64 id = count("SELECT id FROM refunds");
    QCOMPARE(hashOf(id, QStringLiteral("senior")), seen); // they see the same figures
    QCOMPARE(approve(QStringLiteral("senior"), id, seen).state, QStringLiteral("done"));
    QCOMPARE(text("SELECT concat_ws(' ', place, approver_id, session_id, roles::text, hash) AS "
                  "answer FROM refund_approvals"),
             QStringLiteral("1 3 3 {senior} ") + seen);
    QCOMPARE(refunded(), usd(20).micros());
}

void TestRefundApproval::twoPeopleAgreeAndTheSecondIsFinance()
{
    const qint64 id = ask(paidCall(usd(600)), usd(600));
    addOperator(QStringLiteral("senior2"), QStringLiteral("senior"));
    const Finished first = approve(QStringLiteral("senior"), id);
    QCOMPARE(first.state, QStringLiteral("done"));
    QCOMPARE(core::textMember(first.answer, "state").value(), QStringLiteral("approved"));
    QCOMPARE(stateOf(id), QStringLiteral("approved"));
    QCOMPARE(refunded(), 0);
    QCOMPARE(approve(QStringLiteral("senior2"), id).code, QStringLiteral("NeedsApproval"));
    QCOMPARE(approve(QStringLiteral("finance"), id).state, QStringLiteral("done"));
    QCOMPARE(stateOf(id), QStringLiteral("done"));
    QCOMPARE(refunded(), usd(600).micros());
    QCOMPARE(count("SELECT count(*) FROM refund_approvals"), 2);
    QCOMPARE(approve(QStringLiteral("finance"), id, QString(64, u'0')).code,
             QStringLiteral("Settled"));
}

void TestRefundApproval::theSamePersonIsNotTwo()
{
    const qint64 id = ask(paidCall(usd(600)), usd(600));
    QCOMPARE(approve(QStringLiteral("finance"), id).state, QStringLiteral("done"));
    QVERIFY(approve(QStringLiteral("finance"), id).state != QStringLiteral("done"));
    QCOMPARE(stateOf(id), QStringLiteral("approved"));
    QCOMPARE(refunded(), 0);
}

void TestRefundApproval::changedFiguresMakeItVoid()
{
    const qint64 call = paidCall(usd(20));
    const qint64 id = ask(call, usd(10));
    QCOMPARE(refund(QStringLiteral("support"), call, usd(1), nextKey()).state,
             QStringLiteral("done"));
    const Finished late = approve(QStringLiteral("senior"), id);
    QCOMPARE(late.state, QStringLiteral("refused"));
    QCOMPARE(late.code, QStringLiteral("FiguresChanged"));
    QCOMPARE(stateOf(id), QStringLiteral("void"));
    QCOMPARE(refunded(), usd(1).micros());
    QCOMPARE(approve(QStringLiteral("senior"), id).code, QStringLiteral("Settled"));
    QCOMPARE(count("SELECT count(*) FROM audit WHERE action = 'refund.approve' AND result = "
                   "'failed' AND reason = 'FiguresChanged: void'"),
             1);
}

void TestRefundApproval::whatIsNotLeftMakesItVoid()
{
    const qint64 call = paidCall(usd(6));
    const qint64 id = ask(call, usd(6));
    QCOMPARE(refund(QStringLiteral("support"), call, usd(1), nextKey()).state,
             QStringLiteral("done"));
    QCOMPARE(approve(QStringLiteral("senior"), id, QString(64, u'0')).code,
             QStringLiteral("FiguresChanged"));
    QCOMPARE(stateOf(id), QStringLiteral("void"));
}

void TestRefundApproval::anApprovalNeedsTheHashThatWaits()
{
    const qint64 id = ask(paidCall(usd(20)), usd(20));
    for (const QString &hash : {QString(), QString(64, u'0')})
        QCOMPARE(approve(QStringLiteral("senior"), id, hash).code,
                 QStringLiteral("FiguresChanged"));
    QCOMPARE(stateOf(id), QStringLiteral("pending_approval")); // the figures are what they were
    QCOMPARE(approve(QStringLiteral("senior"), id).state, QStringLiteral("done"));
}

void TestRefundApproval::whatWaitsDoesNotBecomeEasier()
{
    const qint64 call = paidCall(usd(20));
    QCOMPARE(refund(QStringLiteral("support"), call, usd(1), nextKey()).state,
             QStringLiteral("done"));
    QCOMPARE(refund(QStringLiteral("support"), call, usd(1), nextKey()).state,
             QStringLiteral("done"));
    const qint64 id = ask(call, usd(2)); // the third
    QCOMPARE(text("SELECT needs AS answer FROM refunds ORDER BY id DESC LIMIT 1"),
             QStringLiteral("finance"));
    QVERIFY(openConnection(m_url, database::Role::Owner)
                ->runScript(QStringLiteral("SET session_replication_role = replica; UPDATE refunds "
                                           "SET decided_at = decided_at - interval '40 days'")));
    QCOMPARE(approve(QStringLiteral("senior"), id).code, QStringLiteral("NeedsApproval"));
    QCOMPARE(approve(QStringLiteral("finance"), id).state, QStringLiteral("done"));
}

void TestRefundApproval::nobodyDecidesInTimeAndItExpires()
{
    const qint64 id = ask(paidCall(usd(20)), usd(20));
    const qint64 twice = ask(paidCall(usd(600)), usd(600));
    QCOMPARE(approve(QStringLiteral("senior"), twice).state, QStringLiteral("done"));
    passTime(25h);
    QCOMPARE(stateOf(id), QStringLiteral("expired"));
    QCOMPARE(stateOf(twice), QStringLiteral("expired"));
    QCOMPARE(approve(QStringLiteral("finance"), id).code, QStringLiteral("Settled"));
    QCOMPARE(count("SELECT count(*) FROM audit WHERE action = 'refund.expire'"), 2);
    QCOMPARE(refunded(), 0);
}

void TestRefundApproval::anEarlyTimerEndsNothing()
{
    const qint64 id = ask(paidCall(usd(20)), usd(20));
    QVERIFY(m_connection->run(QStringLiteral("UPDATE timers SET due_at = now() - interval '1 "
                                             "hour'")));
    passTime(0h);
    QCOMPARE(stateOf(id), QStringLiteral("pending_approval"));
    QCOMPARE(count("SELECT count(*) FROM timers WHERE kind = 'refund.expire' AND due_at > now() + "
                   "interval '23 hours'"),
             1);
    passTime(25h);
    QCOMPARE(stateOf(id), QStringLiteral("expired"));
}

void TestRefundApproval::whoAskedTakesItBackAfterTheFirstAgreed()
{
    const qint64 id = ask(paidCall(usd(600)), usd(600));
    QCOMPARE(approve(QStringLiteral("senior"), id).state, QStringLiteral("done"));
    QCOMPARE(
        command(QStringLiteral("support"), "refund.reject", {{"v", 1}, {"refund", id}}, nextKey())
            .state,
        QStringLiteral("done"));
    QCOMPARE(stateOf(id), QStringLiteral("cancelled"));
    QCOMPARE(approve(QStringLiteral("finance"), id).code, QStringLiteral("Settled"));
    QCOMPARE(refunded(), 0);
}

void TestRefundApproval::aRejectionSaysWhy()
{
    const qint64 id = ask(paidCall(usd(20)), usd(20));
    const auto reject = [&](const char *reason) {
        return command(QStringLiteral("senior"), "refund.reject",
                       {{"v", 1}, {"refund", id}, {"reason", reason}}, nextKey());
    };
    QCOMPARE(reject(" ").code, QStringLiteral("BadInput"));
    QCOMPARE(reject("the call was fine").state, QStringLiteral("done"));
    QCOMPARE(text("SELECT state || ': ' || decision AS answer FROM refunds"),
             QStringLiteral("rejected: the call was fine"));
}

OperatorStage::Finished TestRefundApproval::approveWithCode(qint64 refund, const QString &hash,
                                                            const QByteArray &code)
{
    const QString key = nextKey();
    return command(
        QStringLiteral("senior"), "refund.approve",
        withCode({{"refund", refund}, {"hash", hash}}, QStringLiteral("senior"), key, code), key);
}

void TestRefundApproval::aFreshCodeIsNeededWhereThereIsASecondFactor()
{
    const QByteArray secret = kFactorSecret;
    giveSecondFactor(*m_connection, 3);
    const qint64 call = paidCall(usd(40));
    const qint64 first = ask(call, usd(20));
    const QString hash = hashOf(first);
    QCOMPARE(approve(QStringLiteral("senior"), first, hash).code, QStringLiteral("CodeNeeded"));
    const qint64 step = operators::stepAt(m_clock.now());
    QCOMPARE(approveWithCode(first, hash, operators::codeOf(secret, step + 20)).code,
             QStringLiteral("Unauthorized"));
    QCOMPARE(refunded(), 0);
    const QByteArray code = operators::codeOf(secret, step);
    QCOMPARE(approveWithCode(first, hash, code).state, QStringLiteral("done"));
    // Each code agrees to one thing.
    const qint64 second = ask(call, usd(10));
    QCOMPARE(approveWithCode(second, hashOf(second), code).code, QStringLiteral("Unauthorized"));
    QCOMPARE(stateOf(second), QStringLiteral("pending_approval"));
    QCOMPARE(refunded(), usd(20).micros());
}

void TestRefundApproval::guessingCodesEnds()
{
    const QByteArray secret = kFactorSecret;
    giveSecondFactor(*m_connection, 3);
    const qint64 id = ask(paidCall(usd(20)), usd(20));
    const QString hash = hashOf(id);
    const qint64 step = operators::stepAt(m_clock.now());
    for (int i = 0; i < 5; ++i)
        QCOMPARE(approveWithCode(id, hash, operators::codeOf(secret, step + 50 + i)).code,
                 QStringLiteral("Unauthorized"));
    for (int i = 0; i < 60; ++i) // whatever else is asked meanwhile hides none of them
        QCOMPARE(command(QStringLiteral("senior"), "refund.reject",
                         {{"v", 1}, {"refund", 4711}, {"reason", "there is none"}}, nextKey())
                     .code,
                 QStringLiteral("NotFound"));
    QCOMPARE(approveWithCode(id, hash, operators::codeOf(secret, step)).code,
             QStringLiteral("TooSoon"));
    QCOMPARE(refunded(), 0);
}

void TestRefundApproval::everybodyMayBeAskedForASecondFactor()
{
    const auto need = [&](const char *who, bool isNeeded) {
        return command(QLatin1String(who), "policy.second_factor",
                       {{"v", 1}, {"needed", isNeeded}, {"reason", "the insurer asks for it"}},
                       nextKey());
    };
    QCOMPARE(need("finance", true).code, QStringLiteral("NotAllowed"));
    QCOMPARE(need("admin", true).state, QStringLiteral("done"));
    QCOMPARE(need("admin", true).code, QStringLiteral("BadInput"));
    const qint64 id = ask(paidCall(usd(20)), usd(20));
    QCOMPARE(approve(QStringLiteral("senior"), id).code, QStringLiteral("SecondFactorNeeded"));
    QCOMPARE(refunded(), 0);
    const QByteArray secret = kFactorSecret;
    giveSecondFactor(*m_connection, 3);
    const QByteArray code = operators::codeOf(secret, operators::stepAt(m_clock.now()));
    QCOMPARE(approveWithCode(id, hashOf(id, QStringLiteral("senior")), code).state,
             QStringLiteral("done"));
    QCOMPARE(need("admin", false).state, QStringLiteral("done"));
}

void TestRefundApproval::theDatabaseRefuses_data()
{
    QTest::addColumn<QString>("statement");
    QTest::addColumn<QString>("words");
    const auto agree = [](const char *name, const char *values, const char *words) {
        QTest::newRow(name) << QStringLiteral("INSERT INTO refund_approvals (refund_id, place, "
                                              "approver_id, session_id, hash, at, cause_id) SELECT "
                                              "id, %1 FROM refunds")
                                   .arg(QLatin1String(values))
                            << QString::fromLatin1(words);
    };
    agree("by who asked", "1, 2, 2, preview_hash, now(), 1", "nobody_approves_their_own");
    agree("in another's session", "1, 3, 4, preview_hash, now(), 1", "may not agree");
    agree("without the role", "1, 1, 1, preview_hash, now(), 1", "may not agree");
    agree("the second first", "2, 4, 4, preview_hash, now(), 1", "has been agreed to");
    agree("other figures", "1, 4, 4, repeat('0', 64), now(), 1", "has other figures");
    agree("too late", "1, 4, 4, preview_hash, now() + interval '25 hours', 1", "does not wait");
    const auto change = [](const char *name, const char *statement, const char *words) {
        QTest::newRow(name) << QString::fromLatin1(statement) << QString::fromLatin1(words);
    };
    change("agreed by nobody", "UPDATE refunds SET state = 'approved'", "nobody has agreed");
    change("another hash", "UPDATE refunds SET preview_hash = repeat('0', 64)", "another one");
    change("longer", "UPDATE refunds SET expires_at = expires_at + interval '1 hour'",
           "another one");
    change("easier", "UPDATE refunds SET needs = 'nobody'", "cannot go from");
    change("a person changed", "UPDATE refunds SET requested_by = 1", "another one");
    change("done without money", "UPDATE refunds SET state = 'done'", "");
    change("done by one of two",
           "WITH t AS (INSERT INTO transfers (customer_id, at, cause_id, available, platform, "
           "platform_amount, refunds_id, kind, request_key) SELECT customer_id, now(), 1, amount, "
           "'revenue_calls', -amount, paid_transfer_id, 'refund', 'refund:' || id FROM refunds "
           "RETURNING id) UPDATE refunds SET state = 'done', decided_at = now(), approved_by = 4, "
           "transfer_id = t.id FROM t",
           "");
    change("solo where there are several", "UPDATE refunds SET is_solo = true, state = 'done'", "");
}

void TestRefundApproval::theDatabaseRefuses()
{
    QFETCH(QString, statement);
    QFETCH(QString, words);
    const qint64 id = ask(paidCall(usd(600)), usd(600));
    const auto owner = openConnection(m_url, database::Role::Owner);
    const auto done = owner->run(statement);
    QVERIFY(!done);
    QVERIFY2(done.error().detail.contains(words), qUtf8Printable(done.error().detail));
    QCOMPARE(done.error().code, ErrorCode::ConstraintViolated);
    QCOMPARE(stateOf(id), QStringLiteral("pending_approval"));
    QCOMPARE(refunded(), 0);
}

void TestRefundApproval::theDatabaseCountsTheDay()
{
    const qint64 call = paidCall(usd(40));
    const auto owner = openConnection(m_url, database::Role::Owner);
    const auto give = [&](int id, const char *needs) {
        return committed<int>(*owner, [&](database::Transaction &transaction) -> Result<int> {
            const auto made = transaction.run(
                QStringLiteral("WITH t AS (INSERT INTO transfers (customer_id, at, cause_id, "
                               "available, platform, platform_amount, refunds_id, kind, "
                               "request_key) SELECT customer_id, now(), 1, 5000000, "
                               "'revenue_calls', -5000000, charge_transfer_id, 'refund', "
                               "'refund:' || ?::text FROM calls WHERE id = ? RETURNING id, "
                               "customer_id, refunds_id) SELECT id FROM t"),
                {id, call});
            if (!made)
                return failure(made.error());
            const auto written = transaction.run(
                QStringLiteral(
                    "INSERT INTO refunds (id, call_id, customer_id, paid_transfer_id, amount, "
                    "reason, state, needs, rule, rules_version, requested_by, requested_at, "
                    "decided_at, transfer_id, cause_id) SELECT ?, id, customer_id, "
                    "charge_transfer_id, 5000000, 'bad_audio', 'done', ?, 'test', 1, 2, now(), "
                    "now(), ?, 1 FROM calls WHERE id = ?"),
                {id, QLatin1String(needs), made->first().integer("id"), call});
            return written ? Result<int>(1) : failure(written.error());
        });
    };
    for (int id = 1; id <= 5; ++id)
        QVERIFY(give(id, "nobody"));
    const auto sixth = give(6, "nobody"); // 25 USD of this day are given
    QVERIFY(!sixth);
    QVERIFY2(sixth.error().detail.contains(QStringLiteral("not allowed by the rules")),
             qUtf8Printable(sixth.error().detail));
    QVERIFY(!give(7, "senior_or_finance")); // nor with others who have not agreed
    QCOMPARE(refunded(), usd(25).micros());
}

void TestRefundApproval::sixtyFourApprovalsAreOneTransfer()
{
    const qint64 id = ask(paidCall(usd(20)), usd(20));
    const Json wish = {{"v", 1}, {"refund", id}, {"hash", hashOf(id)}};
    for (int i = 0; i < 64; ++i)
        QCOMPARE(submit(i % 2 ? QStringLiteral("finance") : QStringLiteral("senior"),
                        i % 4 < 2 ? "refund.approve" : "refund.execute", wish,
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
    QCOMPARE(count("SELECT count(*) FROM commands WHERE state = 'sent'"), 0);
    QCOMPARE(count("SELECT count(*) FROM commands WHERE request_key LIKE 'at-once%' AND state = "
                   "'done'"),
             1);
    QCOMPARE(count("SELECT count(*) FROM commands WHERE code = 'Settled'"), 63);
    QCOMPARE(count("SELECT count(*) FROM refund_approvals"), 1);
    QCOMPARE(count("SELECT count(*) FROM outbox"), 1);
    QCOMPARE(refunded(), usd(20).micros());
}

REGISTER_TEST(TestRefundApproval);

} // namespace tst_refund_approval

#include "tst_refund_approval.moc"
