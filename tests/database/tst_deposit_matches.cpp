#include "tests/database/review_fixture.h"
#include "tests/support/test_main.h"

namespace tst_deposit_matches {

using namespace tests;

namespace {

constexpr qint64 kBen = 7300;

} // namespace

/// Payments that are nobody's until a person says whose; and what the database itself refuses.
class TestDepositMatches final : public ReviewStage {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { checkBooks(); }
    void incident14TokenSentToANativeAddressIsMatchedByTwoPeople();
    void nobodyAgreesToTheirOwn();
    void aProposalIsRejected();
    void aStrayOrphanIsMatchedToACustomer();
    void aTransactionIsMatchedOnce();
    void aTransactionMatchedByHandIsNotCreditedAgain();
    void aPaymentOfADepositIsDecidedThere();
    void aSoloAdminMatchesAlone();
    void theDatabaseRefusesASingleMatcher();
    void theDatabaseKeepsToTheStepsOfTheTable();
    void theDatabaseKeepsADecision();
    void strangersCannotFillTheQueue();

private:
    [[nodiscard]] static Json matchOf(const char *payment = "0xfeedbeef")
    {
        return {{"customer", kBen}, {"amount", usd(30).micros()}, {"payment", payment}};
    }
    [[nodiscard]] qint64 idOf(const Finished &finished)
    {
        return core::integerMember(finished.answer, "review").value_or(0);
    }
    const QString m_other = QStringLiteral("other");
};

void TestDepositMatches::init()
{
    startReviews();
    addCustomer(*m_connection, kBen, QStringLiteral("Ben"));
    addOperator(m_other, QStringLiteral("finance"));
}

void TestDepositMatches::incident14TokenSentToANativeAddressIsMatchedByTwoPeople()
{
    const Finished asked = decide(m_finance, "match", matchOf(), QStringLiteral("ask"));
    QCOMPARE(asked.state, QStringLiteral("done"));
    QCOMPARE(core::boolMember(asked.answer, "waits"), std::optional(true));
    QCOMPARE(available(kBen), Money());
    QCOMPARE(told(), QStringList());
    const Finished agreed = decide(m_other, "match", idOf(asked), QStringLiteral("agree"));
    QCOMPARE(agreed.state, QStringLiteral("done"));
    QCOMPARE(available(kBen), usd(30));
    QCOMPARE(told(), QStringList{QStringLiteral("topup.credited")});
    QCOMPARE(text("SELECT concat_ws(' ', kind, state, decision, amount, payment, a.name, b.name, "
                  "is_solo) AS answer FROM deposit_reviews r JOIN operators a ON a.id = "
                  "r.requested_by JOIN operators b ON b.id = r.approved_by"),
             QStringLiteral("undetected done match 30000000 tx:0xfeedbeef finance other f"));
    QCOMPARE(
        text("SELECT request_key AS answer FROM transfers WHERE request_key <> 'deposit:made'"),
        QStringLiteral("deposit:tx:0xfeedbeef"));
    QCOMPARE(count("SELECT count(*) FROM audit WHERE action = 'deposit.match' AND result = 'done'"),
             2);
}

void TestDepositMatches::nobodyAgreesToTheirOwn()
{
    const qint64 id = idOf(decide(m_finance, "match", matchOf(), QStringLiteral("ask")));
    QCOMPARE(decide(m_finance, "match", id, QStringLiteral("own")).code,
             QStringLiteral("NeedsApproval"));
    QCOMPARE(available(kBen), Money());
}

void TestDepositMatches::aProposalIsRejected()
{
    const qint64 id = idOf(decide(m_finance, "match", matchOf(), QStringLiteral("ask")));
    QCOMPARE(decide(m_other, "refuse", id, QStringLiteral("no")).state, QStringLiteral("done"));
    QCOMPARE(text("SELECT state AS answer FROM deposit_reviews"), QStringLiteral("refused"));
    QCOMPARE(decide(m_other, "match", id, QStringLiteral("agree")).code, QStringLiteral("Settled"));
    QCOMPARE(available(kBen), Money());
}

void TestDepositMatches::aStrayOrphanIsMatchedToACustomer()
{
    const qint64 id = toAddress();
    tell(id, {{"event", "payment.confirmed"},
              {"payment_id", "c1d9-unknown"},
              {"original_payment_id", nullptr},
              {"status", "completed"},
              {"recovered", true},
              {"recovery_type", "orphan_detection"},
              {"transaction_reference", "tx-orphan"},
              {"amount", 1},
              {"currency", "LTC"}});
    QCOMPARE(reviews(id), QStringList{QStringLiteral("stray open")});
    QCOMPARE(state(id), QStringLiteral("awaiting_payment"));
    const Json wish = {
        {"review", review("stray")}, {"customer", kAsha}, {"amount", kAsked.micros()}};
    QCOMPARE(decide(m_finance, "match", wish, QStringLiteral("ask")).state, QStringLiteral("done"));
    QCOMPARE(decide(m_other, "match", review("stray"), QStringLiteral("agree")).state,
             QStringLiteral("done"));
    QCOMPARE(available(), kAsked);
    QCOMPARE(
        text("SELECT request_key AS answer FROM transfers WHERE request_key <> 'deposit:made'"),
        QStringLiteral("deposit:tx:tx-orphan"));
    // Its own payment may still come.
    pay(id, "1", "tx-own");
    QCOMPARE(available(), kAsked + kAsked);
}

void TestDepositMatches::aTransactionIsMatchedOnce()
{
    const qint64 first = idOf(decide(m_finance, "match", matchOf(), QStringLiteral("a")));
    QCOMPARE(decide(m_other, "match", first, QStringLiteral("b")).state, QStringLiteral("done"));
    const Finished again = decide(m_finance, "match", matchOf(), QStringLiteral("c"));
    QCOMPARE(again.state, QStringLiteral("refused"));
    QCOMPARE(again.code, QStringLiteral("ConstraintViolated"));
    Json other = matchOf();
    other["amount"] = usd(31).micros();
    QCOMPARE(decide(m_finance, "match", other, QStringLiteral("d")).code,
             QStringLiteral("Duplicate"));
    QCOMPARE(available(kBen), usd(30));
}

void TestDepositMatches::aTransactionMatchedByHandIsNotCreditedAgain()
{
    const qint64 id = toAddress();
    const qint64 match =
        idOf(decide(m_finance, "match", matchOf("tx-lost-one"), QStringLiteral("a")));
    QCOMPARE(decide(m_other, "match", match, QStringLiteral("b")).state, QStringLiteral("done"));
    pay(id, "1", "tx-lost-one");
    QCOMPARE(state(id), QStringLiteral("mismatch_review"));
    QCOMPARE(available(), Money());
    QCOMPARE(available(kBen), usd(30));
}

void TestDepositMatches::aPaymentOfADepositIsDecidedThere()
{
    const qint64 id = toAddress();
    const QByteArray payment = "pay-" + QByteArray::number(id);
    QCOMPARE(
        decide(m_finance, "match", matchOf((payment + "").constData()), QStringLiteral("a")).code,
        QStringLiteral("BadInput")); // too short for a payment's name
    QVERIFY(m_connection->run(QStringLiteral("UPDATE deposits SET provider_payment_id = "
                                             "'0b7f5f0e-6a34'")));
    const Finished refused =
        decide(m_finance, "match", matchOf("0b7f5f0e-6a34"), QStringLiteral("b"));
    QCOMPARE(refused.code, QStringLiteral("BadInput"));
    QCOMPARE(available(kBen), Money());
}

void TestDepositMatches::aSoloAdminMatchesAlone()
{
    QVERIFY(m_connection->run(
        QStringLiteral("UPDATE operators SET is_active = false WHERE name <> 'admin'")));
    QVERIFY(m_connection->run(QStringLiteral("UPDATE operator_settings SET is_solo = true")));
    const Finished done = decide(QStringLiteral("admin"), "match", matchOf(), QStringLiteral("k"));
    QCOMPARE(done.state, QStringLiteral("done"));
    QCOMPARE(available(kBen), usd(30));
    QCOMPARE(text("SELECT concat_ws(' ', state, is_solo) AS answer FROM deposit_reviews"),
             QStringLiteral("done t"));
}

void TestDepositMatches::theDatabaseRefusesASingleMatcher()
{
    const qint64 id = idOf(decide(m_finance, "match", matchOf(), QStringLiteral("ask")));
    const auto paid = credit(*m_connection, {.customer = CustomerId{kBen},
                                             .amount = usd(30),
                                             .payment = QStringLiteral("tx:0xfeedbeef")});
    QVERIFY(paid);
    const auto owner = openConnection(m_url, database::Role::Owner);
    const auto own = owner->run(QStringLiteral("UPDATE deposit_reviews SET approved_by = "
                                               "requested_by WHERE id = ?"),
                                {id});
    QVERIFY(!own);
    QVERIFY(own.error().detail.contains(QLatin1String("nobody_approves_their_own")));
    const QString settle = QStringLiteral("UPDATE deposit_reviews SET state = 'done', decided_at "
                                          "= now(), transfer_id = ?%1 WHERE id = ?");
    const auto alone = owner->run(settle.arg(QString()), {paid->id.value, id});
    QVERIFY(!alone);
    QVERIFY(alone.error().detail.contains(QLatin1String("two_people_match")));
    const QString other = QStringLiteral(", approved_by = (SELECT id FROM operators WHERE name = "
                                         "'other')");
    // Neither another amount nor another payee than the other person agreed to.
    for (const char *change : {", amount = 1", ", payee_id = 7001", ", payment = 'tx:other'"})
        QVERIFY2(!owner->run(settle.arg(other + QLatin1String(change)), {paid->id.value, id}),
                 change);
    QVERIFY(owner->run(settle.arg(other), {paid->id.value, id}));
}

void TestDepositMatches::theDatabaseKeepsToTheStepsOfTheTable()
{
    using deposits::State;
    const auto owner = openConnection(m_url, database::Role::Owner);
    int allowed = 0;
    for (int from = 0; from <= int(State::WrittenOff); ++from) {
        for (int to = 0; to <= int(State::WrittenOff); ++to) {
            const bool isInTable =
                number(*owner,
                       QStringLiteral("(SELECT count(*) FROM deposit_transitions WHERE "
                                      "from_state = '%1' AND to_state = '%2')")
                           .arg(deposits::nameOf(State(from)), deposits::nameOf(State(to)))) == 1;
            QCOMPARE(isInTable, deposits::mayFollow(State(from), State(to)));
            allowed += isInTable ? 1 : 0;
        }
    }
    QCOMPARE(allowed, int(number(*owner, QStringLiteral("(SELECT count(*) FROM "
                                                        "deposit_transitions)"))));
    const qint64 id = toAddress();
    pay(id, "1");
    for (const char *wrong :
         {"state = 'awaiting_payment'", "state = 'written_off'", "transfer_id = NULL, credited = 0",
          "credited = 1", "requested = 1", "customer_id = 7300", "coin = 'BTC'"})
        QVERIFY2(!owner->run(QStringLiteral("UPDATE deposits SET ") + QLatin1String(wrong)), wrong);
    QVERIFY(!owner->run(QStringLiteral("DELETE FROM deposits")));
    const qint64 fresh = toAddress();
    QVERIFY(!owner->run(QStringLiteral("UPDATE deposits SET state = 'credited', credited = 1, "
                                       "transfer_id = 1 WHERE id = ?"),
                        {fresh}));
}

void TestDepositMatches::theDatabaseKeepsADecision()
{
    const qint64 id = toAddress();
    pay(id, "2");
    const auto owner = openConnection(m_url, database::Role::Owner);
    QVERIFY(!owner->run(QStringLiteral("UPDATE deposit_reviews SET in_suspense = 1")));
    QVERIFY(!owner->run(
        QStringLiteral(
            "INSERT INTO deposit_reviews (deposit_id, customer_id, kind, subject, in_suspense, "
            "opened_at, cause_id) VALUES (%1, 7001, 'excess', 'again', 1, now(), 1)")
            .arg(id)));
    QCOMPARE(decide(m_finance, "credit_excess", review("excess"), QStringLiteral("k")).state,
             QStringLiteral("done"));
    for (const char *statement :
         {"UPDATE deposit_reviews SET reason = 'x'", "UPDATE deposit_reviews SET state = 'open'",
          "DELETE FROM deposit_reviews", "TRUNCATE deposit_reviews"})
        QVERIFY2(!owner->run(QLatin1String(statement)), statement);
    // A second way out of suspense has the same key, so there is none.
    const auto second = committed<ledger::Transfer>(
        *m_connection, [&](database::Transaction &transaction) -> Result<ledger::Transfer> {
            return ledger::post(transaction,
                                {.customer = CustomerId{0},
                                 .kind = QStringLiteral("excess_refused"),
                                 .requestKey = QStringLiteral("excess:%1").arg(review("excess")),
                                 .platform = ledger::Platform::Suspense,
                                 .platformAmount = -kAsked,
                                 .otherPlatform = ledger::Platform::DynopayClearing,
                                 .otherAmount = kAsked},
                                kCause, kMorning);
        });
    QVERIFY(!second);
    QCOMPARE(second.error().code, ErrorCode::Duplicate);
}

void TestDepositMatches::strangersCannotFillTheQueue()
{
    const qint64 id = toAddress();
    for (int i = 0; i < 40; ++i)
        tell(id, {{"event", "payment.settled"},
                  {"payment_id", "forged-" + std::to_string(i)},
                  {"amount", 1},
                  {"currency", "LTC"}});
    QCOMPARE(count("SELECT count(*) FROM deposit_reviews"), 30);
    pay(id, "2"); // what it is about itself has its place all the same
    QVERIFY(review("excess") > 0);
    QCOMPARE(state(id), QStringLiteral("overpaid_review"));
}

REGISTER_TEST(TestDepositMatches);

} // namespace tst_deposit_matches

#include "tst_deposit_matches.moc"
