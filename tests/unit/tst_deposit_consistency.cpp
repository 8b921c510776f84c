#include "deposits/consistency.h"
#include "tests/support/test_main.h"

#include <QTest>

namespace tst_deposit_consistency {

using deposits::contradictionIn;
using deposits::Deposit;
using deposits::nextCheck;
using deposits::State;
using namespace std::chrono_literals;
namespace dynopay = providers::dynopay;

namespace {

const Timestamp kCreated = core::fromIso(u"2026-11-22T08:00:00Z").value();

Deposit deposit()
{
    Deposit made;
    made.id = DepositId{7};
    made.customer = CustomerId{7001};
    made.coin = QStringLiteral("LTC");
    made.requested = Money::fromCents(50'00);
    made.state = State::AwaitingPayment;
    made.paymentId = QStringLiteral("pay-1");
    made.address = QStringLiteral("LXmB1rTq9c");
    made.createdAt = kCreated;
    return made;
}

/// What DynoPay sends about that deposit, with `changes` in it; null takes a member away.
dynopay::Event eventWith(const char *changes)
{
    Json json = {{"event", "payment.settled"},
                 {"payment_id", "pay-1"},
                 {"address", "LXmB1rTq9c"},
                 {"currency", "LTC"},
                 {"amount", "0.60241"},
                 {"base_amount", 50},
                 {"base_currency", "USD"},
                 {"txId", "9f0c"},
                 {"transaction_reference", "ref-1"},
                 {"meta_data", {{"deposit_id", "7"}, {"amount_usd", "50.00"}}}};
    json.merge_patch(Json::parse(changes));
    return dynopay::readEvent(json).value();
}

std::vector<std::chrono::seconds> checksOf(Deposit made, Timestamp from, size_t count)
{
    std::vector<std::chrono::seconds> after;
    for (Timestamp now = from; after.size() < count;) {
        const auto due = nextCheck(made, now);
        if (!due)
            break;
        after.push_back(std::chrono::floor<std::chrono::seconds>(*due - from));
        now = *due;
        ++made.checks;
    }
    return after;
}

} // namespace

class TestDepositConsistency final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eventThatFitsOrLacksMembersContradictsNothing_data();
    void eventThatFitsOrLacksMembersContradictsNothing();
    void eventOfSomethingElseIsFoundOut_data();
    void eventOfSomethingElseIsFoundOut();
    void depositWithoutAPaymentIdTakesTheFirst();
    void statusOfSomethingElseIsFoundOut();
    void transactionsAreToldApartOnlyWhereTheyCanBe();
    void lowerAndHigherIgnoreWhatIsNotKnown();
    void looksForThreeDaysAndOnceMore();
    void looksOftenOnceAPaymentIsReported();
    void looksTwoDaysAfterALateEvent();
    void reportAfterThreeDaysIsStillLookedInto();
};

void TestDepositConsistency::eventThatFitsOrLacksMembersContradictsNothing_data()
{
    QTest::addColumn<QByteArray>("changes");
    for (const char *changes :
         {R"({})", R"({"meta_data":null})", R"({"base_amount":null,"meta_data":null})",
          R"({"base_amount":"50.00","meta_data":null})", R"({"address":null,"currency":null})",
          R"({"currency":"ltc"})", R"({"base_currency":"usd"})", R"({"base_currency":null})",
          R"({"payment_id":null})", R"({"meta_data":{"deposit_id":7,"amount_usd":50}})",
          R"({"meta_data":"{\"deposit_id\":\"7\",\"amount_usd\":\"50.00\"}"})",
          R"({"meta_data":[1,2]})", R"({"simulated":false})",
          R"({"payment_id":"new","original_payment_id":"pay-1"})"})
        QTest::newRow(changes) << QByteArray(changes);
}

void TestDepositConsistency::eventThatFitsOrLacksMembersContradictsNothing()
{
    QFETCH(QByteArray, changes);
    QCOMPARE(contradictionIn(eventWith(changes.constData()), deposit()), QString());
}

void TestDepositConsistency::eventOfSomethingElseIsFoundOut_data()
{
    QTest::addColumn<QByteArray>("changes");
    QTest::addColumn<QString>("word");
    const auto row = [](const char *changes, const char *word) {
        QTest::newRow(changes) << QByteArray(changes) << QString::fromLatin1(word);
    };
    row(R"({"simulated":true})", "simulated");
    row(R"({"simulated":"yes"})", "simulated");
    row(R"({"payment_id":"pay-2"})", "another payment");
    row(R"({"payment_id":"new","original_payment_id":"pay-2"})", "another payment");
    row(R"({"address":"LSomebodyElse"})", "another address");
    row(R"({"currency":"DOGE"})", "DOGE");
    row(R"({"base_currency":"EUR"})", "USD");
    row(R"({"meta_data":{"deposit_id":"8"}})", "another deposit");
    row(R"({"meta_data":{"amount_usd":"500.00"}})", "another amount");
    row(R"({"meta_data":{"amount_usd":"a lot"}})", "another amount");
    row(R"({"meta_data":null,"base_amount":51})", "base amount");
    row(R"({"meta_data":null,"base_amount":"5e1000"})", "base amount");
}

void TestDepositConsistency::eventOfSomethingElseIsFoundOut()
{
    QFETCH(QByteArray, changes);
    QFETCH(QString, word);
    const QString found = contradictionIn(eventWith(changes.constData()), deposit());
    QVERIFY2(found.contains(word), qPrintable(found));
}

void TestDepositConsistency::depositWithoutAPaymentIdTakesTheFirst()
{
    Deposit old = deposit();
    old.paymentId.clear();
    QCOMPARE(contradictionIn(eventWith(R"({"payment_id":"any"})"), old), QString());
}

void TestDepositConsistency::statusOfSomethingElseIsFoundOut()
{
    dynopay::PaymentStatus status;
    QCOMPARE(contradictionIn(status, deposit()), QString());
    status.paymentId = QStringLiteral("pay-1");
    status.currency = QStringLiteral("LTC");
    QCOMPARE(contradictionIn(status, deposit()), QString());
    status.currency = QStringLiteral("DOGE");
    QVERIFY(contradictionIn(status, deposit()).contains(QLatin1String("DOGE")));
    status.paymentId = QStringLiteral("pay-2");
    QVERIFY(contradictionIn(status, deposit()).contains(QLatin1String("another payment")));
}

void TestDepositConsistency::transactionsAreToldApartOnlyWhereTheyCanBe()
{
    using deposits::transactionOf;
    QCOMPARE(transactionOf(eventWith(R"({})")), QStringLiteral("9f0c"));
    QCOMPARE(transactionOf(eventWith(R"({"txId":null})")), QString());
    QCOMPARE(transactionOf(eventWith(R"({"txId":null,"event":null,"status":"successful"})")),
             QStringLiteral("ref-1"));
    QCOMPARE(transactionOf(eventWith(R"({"txId":null,"recovery_type":"orphan_detection"})")),
             QStringLiteral("ref-1"));
}

void TestDepositConsistency::lowerAndHigherIgnoreWhatIsNotKnown()
{
    using namespace deposits;
    const Amount one = amountIn(QStringLiteral("1"));
    const Amount two = amountIn(QStringLiteral("2"));
    QVERIFY(one && two);
    QVERIFY(lowerOf(one, two) == one && lowerOf(two, one) == one);
    QVERIFY(higherOf(one, two) == two && higherOf(two, one) == two);
    QVERIFY(lowerOf({}, two) == two && lowerOf(two, {}) == two);
    QVERIFY(higherOf({}, one) == one && higherOf(one, {}) == one);
    QVERIFY(!lowerOf({}, {}) && !higherOf({}, {}));
    QVERIFY(!amountIn(QStringLiteral("0.000")) && !amountIn(QStringLiteral("-1")) &&
            !amountIn(QString()));
}

void TestDepositConsistency::looksForThreeDaysAndOnceMore()
{
    const std::vector<std::chrono::seconds> expected = {
        2min, 5min, 15min, 30min, 60min, 120min, 8h,  14h, 20h, 26h,
        32h,  38h,  44h,   50h,   56h,   62h,    68h, 72h, 73h};
    for (const State state : {State::AwaitingPayment, State::Detected, State::Confirming,
                              State::Expired, State::UnderpaidReview, State::MismatchReview,
                              State::LateReview, State::SettlementFailedHold}) {
        Deposit made = deposit();
        made.state = state;
        QCOMPARE(checksOf(made, kCreated, 100), expected);
        QVERIFY(!isWatchOver(made, kCreated + 72h - 1s));
        QVERIFY(isWatchOver(made, kCreated + 72h));
    }
}

void TestDepositConsistency::looksOftenOnceAPaymentIsReported()
{
    Deposit made = deposit();
    made.state = State::Verifying;
    const auto checks = checksOf(made, kCreated + 3h, 100);
    QCOMPARE(checks.size(), size_t(52));
    const std::vector<std::chrono::seconds> first = {10s, 70s, 370s, 1270s, 1270s + 1h};
    QVERIFY(std::equal(first.cbegin(), first.cend(), checks.cbegin()));
    QVERIFY(checks.back() >= 48h && checks.back() < 49h);
}

void TestDepositConsistency::looksTwoDaysAfterALateEvent()
{
    Deposit made = deposit();
    made.state = State::Confirming;
    made.lastWebhookAt = kCreated + 70h;
    const auto checks = checksOf(made, kCreated + 70h, 100);
    QCOMPARE(checks.front(), std::chrono::seconds(6h));
    QCOMPARE(checks.back(), std::chrono::seconds(49h));
}

void TestDepositConsistency::reportAfterThreeDaysIsStillLookedInto()
{
    Deposit made = deposit();
    made.state = State::Verifying;
    QCOMPARE(nextCheck(made, kCreated + 200h).value_or(kCreated), kCreated + 200h + 10s);
    made.state = State::Expired;
    QVERIFY(!nextCheck(made, kCreated + 200h));
}

REGISTER_TEST(TestDepositConsistency);

} // namespace tst_deposit_consistency

#include "tst_deposit_consistency.moc"
