#include "deposits/coins.h"
#include "deposits/deposit_rules.h"
#include "tests/database/review_fixture.h"
#include "tests/support/test_main.h"

namespace tst_deposit_rules {

using namespace tests;

/// How deposits are credited: rows that are only ever added, and what follows from them.
class TestDepositRules final : public ReviewStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { startReviews(); }
    void cleanup() { checkBooks(); }
    void asShippedTheyAreWhatHeldBefore();
    void rulesAreAddedAndNeverChanged();
    void badRulesAreRefused();
    void theSameChangeTwiceIsOne();
    void whoReadOtherRulesChangesNone();
    void aShortfallIsForgiven();
    void aSmallExcessIsCreditedByItself();
    void strictCreditsWhatWasAsked();
    void aConfirmedPaymentIsCreditedUpToItsCap();
    void confirmedIsNotEnoughWhere_data();
    void confirmedIsNotEnoughWhere();
    void whatIsConfirmedAndNeverSettlesIsSeen_data();
    void whatIsConfirmedAndNeverSettlesIsSeen();
    void minimumsAreThoseOfTheRules();
    void postgresRefusesACreditBeyondTheRules();

private:
    [[nodiscard]] Finished change(Json what, const QString &key = {})
    {
        what["v"] = 1;
        if (!what.contains("reason"))
            what["reason"] = "a test";
        return command(m_finance, "policy.deposit_rules", what,
                       key.isEmpty() ? QStringLiteral("rules-%1").arg(++m_keys) : key);
    }
    void confirm(qint64 id, const char *received = "1", int confirmations = 6)
    {
        tell(id, news("payment.confirmed", "1"));
        Json body = statusBody("confirmed", received);
        body["data"]["confirmations"] = confirmations;
        answerStatus(id, body);
    }
    [[nodiscard]] QString column1(qint64 id, const char *name)
    {
        return column(*m_connection,
                      QStringLiteral("SELECT %1 AS answer FROM deposits WHERE id = ?")
                          .arg(QLatin1String(name)),
                      {id})
            .value(0);
    }

    int m_keys = 0;
};

void TestDepositRules::asShippedTheyAreWhatHeldBefore()
{
    const auto rules =
        committed<deposits::DepositRules>(*m_connection, [&](database::Transaction &transaction) {
            return deposits::depositRulesAt(transaction, m_clock.now());
        });
    QVERIFY(rules);
    QCOMPARE(rules->version, 1);
    const deposits::Tolerance before;
    QCOMPARE(rules->tolerateFrom * deposits::kThousandth, before.from);
    QCOMPARE(rules->tolerateTo * deposits::kThousandth, before.to);
    QCOMPARE(rules->excessUpTo, Money());
    QCOMPARE(rules->confirmedUpTo, Money());
    QVERIFY(!rules->isStrict);
    QCOMPARE(rules->minimums.size(), 11);
    for (auto it = rules->minimums.cbegin(); it != rules->minimums.cend(); ++it)
        QCOMPARE(it.value(), deposits::findCoin(it.key())->minimum);
    QCOMPARE(rules->smallest(), deposits::smallestDeposit());
    const qint64 id = toAddress();
    pay(id, "1");
    QCOMPARE(column1(id, "rules_version"), QStringLiteral("1"));
}

void TestDepositRules::rulesAreAddedAndNeverChanged()
{
    QCOMPARE(change({{"tolerate_from", 970},
                     {"minimums", {{"ltc", 15'000'000}}},
                     {"reason", "fees went up"}})
                 .state,
             QStringLiteral("done"));
    QCOMPARE(text("SELECT concat_ws(' ', version, tolerate_from, tolerate_to, minimums ->> 'LTC', "
                  "minimums ->> 'BTC', changed_by, reason) AS answer FROM deposit_rules ORDER BY "
                  "version DESC LIMIT 1"),
             QStringLiteral("2 970 1020 15000000 10000000 4 fees went up"));
    QCOMPARE(text("SELECT object || '|' || reason AS answer FROM audit WHERE action = "
                  "'policy.deposit_rules'"),
             QStringLiteral("rules of deposits, version 2|tolerate_from 98.0 -> 97.0, minimum of "
                            "LTC 10.00 -> 15.00: fees went up"));
    const auto owner = openConnection(m_url, database::Role::Owner);
    const char *const copy = "INSERT INTO deposit_rules SELECT %1, now(), tolerate_from, "
                             "tolerate_to, excess_up_to, confirmed_up_to, minimums, is_strict, %2, "
                             "'again', 1 FROM deposit_rules WHERE version = 1";
    for (const QString &statement :
         {QStringLiteral("UPDATE deposit_rules SET tolerate_from = 990"),
          QStringLiteral("DELETE FROM deposit_rules WHERE version = 2"),
          QStringLiteral("TRUNCATE deposit_rules CASCADE"),
          QString::fromLatin1(copy).arg(QStringLiteral("2"), QStringLiteral("4")),
          QString::fromLatin1(copy).arg(QStringLiteral("4"), QStringLiteral("4")),
          QString::fromLatin1(copy).arg(QStringLiteral("3"), QStringLiteral("NULL"))})
        QVERIFY2(!owner->run(statement), qUtf8Printable(statement));
}

void TestDepositRules::badRulesAreRefused()
{
    const auto code = [&](const Json &what) { return change(what).code; };
    QCOMPARE(code({{"tolerate_from", 949}}), QStringLiteral("ConstraintViolated"));
    QCOMPARE(code({{"tolerate_from", 1001}}), QStringLiteral("ConstraintViolated"));
    QCOMPARE(code({{"tolerate_to", 1051}}), QStringLiteral("ConstraintViolated"));
    QCOMPARE(code({{"excess_up_to", -1}}), QStringLiteral("ConstraintViolated"));
    QCOMPARE(code({{"confirmed_up_to", 10'000'000'001}}), QStringLiteral("ConstraintViolated"));
    QCOMPARE(code({{"minimums", {{"LTC", 0}}}}), QStringLiteral("ConstraintViolated"));
    QCOMPARE(code({{"minimums", {{"NOSUCH", 10'000'000}}}}), QStringLiteral("BadInput"));
    QCOMPARE(code({{"minimums", 5}}), QStringLiteral("BadInput"));
    QCOMPARE(code({{"tolerate_from", 980}}), QStringLiteral("BadInput")); // as it is
    QCOMPARE(code({{"tolerate_from", 970}, {"reason", ""}}), QStringLiteral("BadInput"));
    QCOMPARE(command(m_senior, "policy.deposit_rules",
                     {{"v", 1}, {"tolerate_from", 970}, {"reason", "a test"}},
                     QStringLiteral("senior"))
                 .code,
             QStringLiteral("NotAllowed"));
    QCOMPARE(count("SELECT count(*) FROM deposit_rules"), 1);
}

void TestDepositRules::theSameChangeTwiceIsOne()
{
    for (int i = 0; i < 2; ++i)
        QCOMPARE(change({{"is_strict", true}}, QStringLiteral("k")).state, QStringLiteral("done"));
    QCOMPARE(count("SELECT count(*) FROM deposit_rules"), 2);
}

void TestDepositRules::whoReadOtherRulesChangesNone()
{
    QCOMPARE(change({{"version", 1}, {"tolerate_from", 970}}).state, QStringLiteral("done"));
    QCOMPARE(change({{"version", 1}, {"tolerate_to", 1030}}).code,
             QStringLiteral("FiguresChanged"));
    QCOMPARE(count("SELECT count(*) FROM deposit_rules"), 2);
    QCOMPARE(change({{"version", 2}, {"tolerate_to", 1030}}).state, QStringLiteral("done"));
    QCOMPARE(count("SELECT tolerate_from FROM deposit_rules WHERE version = 3"), 970);
}

void TestDepositRules::aShortfallIsForgiven()
{
    QCOMPARE(change({{"tolerate_from", 965}}).state, QStringLiteral("done"));
    const qint64 id = toAddress();
    pay(id, "0.966");
    QCOMPARE(state(id), QStringLiteral("credited"));
    QCOMPARE(available(), kAsked);
    QCOMPARE(column1(id, "rules_version"), QStringLiteral("2"));
    QVERIFY(column1(id, "note").contains(QLatin1String("tolerate")));
    pay(toAddress(), "0.964", "tx-b");
    QCOMPARE(available(), kAsked + Money::fromCents(48'20));
}

void TestDepositRules::aSmallExcessIsCreditedByItself()
{
    QCOMPARE(change({{"excess_up_to", usd(5).micros()}}).state, QStringLiteral("done"));
    const qint64 id = toAddress();
    pay(id, "1.1");
    QCOMPARE(state(id), QStringLiteral("credited"));
    QCOMPARE(available(), usd(55));
    QCOMPARE(suspense(), 0);
    QCOMPARE(reviews(id), QStringList());
    QCOMPARE(told().last(), QStringLiteral("topup.credited"));
    const qint64 other = toAddress();
    pay(other, "1.2", "tx-b");
    QCOMPARE(state(other), QStringLiteral("overpaid_review"));
    QCOMPARE(available(), usd(105));
    QCOMPARE(suspense(), usd(10).micros());
}

void TestDepositRules::strictCreditsWhatWasAsked()
{
    QCOMPARE(change({{"is_strict", true}}).state, QStringLiteral("done"));
    const qint64 id = toAddress();
    pay(id, "0.2");
    QCOMPARE(available(), kAsked);
    QCOMPARE(change({{"is_strict", false}}).state, QStringLiteral("done"));
    pay(toAddress(), "0.2", "tx-b");
    QCOMPARE(available(), kAsked + usd(10));
}

void TestDepositRules::aConfirmedPaymentIsCreditedUpToItsCap()
{
    QCOMPARE(change({{"confirmed_up_to", kAsked.micros()}}).state, QStringLiteral("done"));
    const qint64 id = toAddress();
    confirm(id);
    QCOMPARE(state(id), QStringLiteral("credited"));
    QCOMPARE(available(), kAsked);
    QCOMPARE(column1(id, "is_unsettled"), QStringLiteral("true"));
    QVERIFY(count("SELECT count(*) FROM timers WHERE kind = 'deposit.check'") > 0);
    tell(id, news("payment.settled", "1"));
    answerStatus(id, statusBody("settled", "1"));
    QCOMPARE(column1(id, "is_unsettled"), QStringLiteral("false"));
    QCOMPARE(count("SELECT count(*) FROM timers WHERE kind LIKE 'deposit.%'"), 0);
    QCOMPARE(available(), kAsked);
    QCOMPARE(reviews(id), QStringList());
    QCOMPARE(told().count(QStringLiteral("topup.credited")), 1);
}

void TestDepositRules::confirmedIsNotEnoughWhere_data()
{
    QTest::addColumn<qint64>("cap");
    QTest::addColumn<QByteArray>("received");
    QTest::addColumn<int>("confirmations");
    QTest::newRow("the rules say nothing") << qint64(0) << QByteArray("1") << 6;
    QTest::newRow("it is above the cap") << kAsked.micros() - 1 << QByteArray("1") << 6;
    QTest::newRow("confirmations are missing") << kAsked.micros() << QByteArray("1") << 5;
}

void TestDepositRules::confirmedIsNotEnoughWhere()
{
    QFETCH(qint64, cap);
    QFETCH(QByteArray, received);
    QFETCH(int, confirmations);
    if (cap > 0)
        QCOMPARE(change({{"confirmed_up_to", cap}}).state, QStringLiteral("done"));
    const qint64 id = toAddress();
    confirm(id, received.constData(), confirmations);
    QCOMPARE(state(id), QStringLiteral("confirming"));
    QCOMPARE(available(), Money());
    pay(id, "1");
    QCOMPARE(available(), kAsked);
    QCOMPARE(column1(id, "is_unsettled"), QStringLiteral("false"));
}

void TestDepositRules::whatIsConfirmedAndNeverSettlesIsSeen_data()
{
    QTest::addColumn<bool>("isByWebhook");
    QTest::newRow("told by a webhook") << true;
    QTest::newRow("found by asking") << false;
}

void TestDepositRules::whatIsConfirmedAndNeverSettlesIsSeen()
{
    QFETCH(bool, isByWebhook);
    QCOMPARE(change({{"confirmed_up_to", kAsked.micros()}}).state, QStringLiteral("done"));
    const qint64 id = toAddress();
    confirm(id);
    for (int i = 0; i < 2; ++i) {
        if (isByWebhook)
            tell(id, news("payment.settlement_failed", "1"));
        else
            answerStatus(id, statusBody("failed", "1"));
    }
    QCOMPARE(state(id), QStringLiteral("credited"));
    QCOMPARE(reviews(id), QStringList{QStringLiteral("refunded open")});
    QCOMPARE(available(), kAsked);
}

void TestDepositRules::minimumsAreThoseOfTheRules()
{
    QCOMPARE(change({{"minimums", {{"LTC", 30'000'000}, {"BTC", 12'000'000}}}}).state,
             QStringLiteral("done"));
    const auto rules =
        committed<deposits::DepositRules>(*m_connection, [&](database::Transaction &transaction) {
            return deposits::depositRulesAt(transaction, m_clock.now());
        });
    QVERIFY(rules);
    QCOMPARE(rules->minimumOf(QStringLiteral("LTC")), usd(30));
    QCOMPARE(rules->minimumOf(QStringLiteral("BTC")), usd(12));
    QCOMPARE(rules->minimumOf(QStringLiteral("ETH")), usd(10));
    QCOMPARE(rules->smallest(), usd(10));
}

void TestDepositRules::postgresRefusesACreditBeyondTheRules()
{
    const qint64 id = toAddress();
    const auto made =
        committed<ledger::Transfer>(*m_connection, [&](database::Transaction &transaction) {
            return ledger::creditDeposit(transaction,
                                         {.customer = CustomerId{kAsha},
                                          .amount = kAsked + usd(1),
                                          .payment = QStringLiteral("beyond")},
                                         InboxId{1}, m_clock.now());
        });
    QVERIFY(made);
    const auto owner = openConnection(m_url, database::Role::Owner);
    for (const char *rules :
         {"rules_version = 1", "is_unsettled = true", "rules_version = 1, is_unsettled = true"})
        QVERIFY2(!owner->run(QStringLiteral("UPDATE deposits SET state = 'credited', transfer_id = "
                                            "?, credited = ?, %1 WHERE id = ?")
                                 .arg(QLatin1String(rules)),
                             {made->id.value, (kAsked + usd(1)).micros(), id}),
                 rules);
    // A person may.
    QVERIFY(owner->run(QStringLiteral("UPDATE deposits SET state = 'credited', transfer_id = ?, "
                                      "credited = ? WHERE id = ?"),
                       {made->id.value, (kAsked + usd(1)).micros(), id}));
}

REGISTER_TEST(TestDepositRules);

} // namespace tst_deposit_rules

#include "tst_deposit_rules.moc"
