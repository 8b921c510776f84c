#include "core/callback_token.h"
#include "core/crypto.h"
#include "deposits/deposit_flow.h"
#include "deposits/deposit_pages.h"
#include "tests/database/engine_fixture.h"
#include "tests/database/ledger_fixture.h"
#include "tests/support/test_main.h"

using tests::column;
using tests::kMorning;
using tests::number;
using namespace std::chrono_literals;

namespace {

constexpr qint64 kAsha = 7001;
const QString kLane = QStringLiteral("customer:7001");
const Money kAsked = Money::fromCents(50'00);

Json json(const char *text)
{
    return Json::parse(text);
}

/// What DynoPay answers when an address was made.
Json createdBody()
{
    return json(R"({"success":true,"data":{"transaction_id":"pay-1","address":"LXmB1rTq9c",
                    "amount":"1","currency":"LTC"}})");
}

/// "settled", ...: what DynoPay answers when it is asked about the payment.
Json statusBody(const char *word, const char *received)
{
    return {{"success", true},
            {"data",
             {{"payment_id", "pay-1"},
              {"payment_status", word},
              {"is_paid", qstrcmp(word, "settled") == 0},
              {"currency", "LTC"},
              {"amount", "1"},
              {"amount_received", received},
              {"confirmations", 2},
              {"required_confirmations", 6}}}};
}

Json news(const char *name, const char *amount, const char *transaction = "tx-a")
{
    return {{"event", name},
            {"payment_id", "pay-1"},
            {"amount", amount},
            {"currency", "LTC"},
            {"txId", transaction}};
}

} // namespace

/// A deposit step by step, without a network: what arrives are rows, and so is what leaves.
class TestDepositFlow final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void settledPaymentIsCreditedOnceAndShowsItsConfirmations();
    void anotherPaymentAfterTheCreditGoesToAPerson();
    void anotherPaymentBeforeTheCreditGoesToAPerson();
    void excessIsSeenThoughTheProviderRepeatsTheRequest();
    void leastOfTheReportsIsCredited();
    void tooLittleIsToldOnceHoweverOftenItIsReported();
    void partOfAPaymentIsCreditedAfterItsReview();
    void overpaidDepositThatDidNotMatchIsCreditedOnce();
    void settlementThatFailedIsCreditedWhenItRecovers();
    void rateThatIsOffWaitsForAPerson();
    void refundByTheProviderAfterTheCreditIsNoted();
    void forgedEventHasNoEffect();
    void wordAboutAnAddressAloneCreditsNothing();
    void creationWhoseAnswerIsLostIsGivenUp();
    void addressThatWouldLoseTheMoneyIsNotShown_data();
    void addressThatWouldLoseTheMoneyIsNotShown();
    void paymentOfAnotherDepositIsNotShown();
    void countdownKeepsTheTagAndTheButton();
    void lostAnswersDoNotEndTheWatch();
    void reportThatIsNeverSettledGoesToAPerson();
    void paymentReportedAfterAWeekIsLookedInto();
    void manyUnpaidAddressesAreEnough();
    void creationsAfterARestoreHaveOtherKeys();
    void listIsFilteredByTheNameOfACustomer();

private:
    void record(queue::NewEntry entry);
    void begin(const char *coin = "LTC");
    void answerCreation(const Json &body, int http = 200, qint64 deposit = 1);
    void answerStatus(const Json &body, int http = 200, bool byAddress = false);
    void tell(const Json &event);
    void toAddress();
    void pay(const char *amount);
    /// Moves the clock, in steps, and lets the timers that come due do their work.
    void wait(std::chrono::minutes duration, std::chrono::minutes step);
    [[nodiscard]] QString value(const char *column);
    [[nodiscard]] qint64 asked(const char *method = "getPaymentStatus");
    [[nodiscard]] QStringList told();
    [[nodiscard]] qint64 transfers()
    {
        return number(*m_connection, QStringLiteral("(SELECT count(*) FROM transfers)"));
    }
    [[nodiscard]] qint64 dead()
    {
        return number(*m_connection,
                      QStringLiteral("(SELECT count(*) FROM inbox_outcomes WHERE state = 'dead') + "
                                     "(SELECT count(*) FROM inbox_waiting)"));
    }

    std::shared_ptr<const language::Catalogue> m_catalogue;
    std::unique_ptr<customers::Messenger> m_messenger;
    std::unique_ptr<deposits::DepositFlow> m_flow;
    QString m_url;
    std::unique_ptr<database::Connection> m_connection;
    engine::RoutingTable m_routes;
    core::FakeClock m_clock{kMorning};
    engine::Counters m_counters;
    std::unique_ptr<engine::Worker> m_worker;
    int m_recorded = 0;
    bool m_mayBegin = true;
};

void TestDepositFlow::initTestCase()
{
    const auto loaded = language::Catalogue::load();
    QVERIFY(loaded);
    m_catalogue = *loaded;
    m_messenger = std::make_unique<customers::Messenger>(m_catalogue);
    m_flow = std::make_unique<deposits::DepositFlow>(*m_messenger, deposits::Rule::Guarded);
    m_flow->addRoutes(m_routes);
    m_routes.add({.kind = QStringLiteral("test.begin"),
                  .order = engine::Order::Ordered,
                  .handle = [this](const engine::Event &event,
                                   engine::Context &context) -> Result<engine::Outcome> {
                      const auto customer =
                          customers::find(context.transaction(), CustomerId{kAsha});
                      const auto may = m_flow->mayBegin(context, **customer);
                      if (!may)
                          return failure(may.error());
                      m_mayBegin = *may;
                      const auto begun =
                          m_flow->begin(context, **customer, kAsked,
                                        core::textMember(event.payload, "coin").value());
                      if (!begun)
                          return failure(begun.error());
                      return engine::Outcome::Handled;
                  }});
}

void TestDepositFlow::init()
{
    m_connection.reset();
    m_url = tests::emptiedDatabase();
    m_connection = tests::openConnection(m_url);
    tests::addCustomer(*m_connection, kAsha, QStringLiteral("Asha"));
    m_clock.set(kMorning);
    m_worker =
        std::make_unique<engine::Worker>(m_routes, m_clock, tests::kInstallationKey, m_counters);
}

void TestDepositFlow::record(queue::NewEntry entry)
{
    entry.externalId = QString::number(++m_recorded);
    const auto recorded = queue::record(*m_connection, std::span(&entry, 1), m_clock.now());
    if (!recorded || recorded->front().outcome != queue::RecordOutcome::Recorded)
        qFatal("not recorded");
    for (int rows = 1; rows > 0;) {
        const auto pass = m_worker->runOnce(*m_connection);
        rows = pass ? pass->rows : 0;
    }
}

void TestDepositFlow::begin(const char *coin)
{
    record({.source = queue::Source::Internal,
            .externalId = {},
            .lane = kLane,
            .kind = QStringLiteral("test.begin"),
            .payload = core::toBytes({{"coin", coin}})});
}

void TestDepositFlow::answerCreation(const Json &body, int http, qint64 deposit)
{
    const QString text = QString::fromUtf8(core::toBytes(body));
    record({.source = queue::Source::Delivery,
            .externalId = {},
            .lane = kLane,
            .kind = QStringLiteral("deposit.created"),
            .payload = core::toBytes({{"request", {{"deposit", deposit}}},
                                      {"answer", {{"http", http}, {"body", text}}}})});
}

void TestDepositFlow::answerStatus(const Json &body, int http, bool byAddress)
{
    const QString text = QString::fromUtf8(core::toBytes(body));
    record({.source = queue::Source::Delivery,
            .externalId = {},
            .lane = kLane,
            .kind = QStringLiteral("deposit.status"),
            .payload = core::toBytes({{"request", {{"deposit", 1}, {"by_address", byAddress}}},
                                      {"answer", {{"http", http}, {"body", text}}}})});
}

void TestDepositFlow::tell(const Json &event)
{
    record({.source = queue::Source::Dynopay,
            .externalId = {},
            .lane = {},
            .kind = QStringLiteral("dynopay.webhook"),
            .payload = core::toBytes(event),
            .routeTokenSha256 =
                core::sha256(core::callbackToken(tests::kInstallationKey, DepositId{1}))});
}

void TestDepositFlow::toAddress()
{
    begin();
    answerCreation(createdBody());
    QCOMPARE(value("state"), QStringLiteral("awaiting_payment"));
}

void TestDepositFlow::pay(const char *amount)
{
    tell(news("payment.pending", amount));
    tell(news("payment.confirmed", amount));
    tell(news("payment.settled", amount));
    QCOMPARE(value("state"), QStringLiteral("verifying"));
    answerStatus(statusBody("settled", amount));
}

void TestDepositFlow::wait(std::chrono::minutes duration, std::chrono::minutes step)
{
    for (std::chrono::minutes waited = 0min; waited < duration; waited += step) {
        m_clock.advance(step);
        const auto fired =
            tests::committed<int>(*m_connection, [&](database::Transaction &transaction) {
                return queue::fireDue(transaction, m_clock.now());
            });
        QVERIFY(fired);
        for (int rows = *fired; rows > 0;) {
            const auto pass = m_worker->runOnce(*m_connection);
            QVERIFY(pass);
            rows = pass->rows;
        }
    }
}

QString TestDepositFlow::value(const char *name)
{
    return column(*m_connection, QStringLiteral("SELECT %1 AS answer FROM deposits WHERE id = 1")
                                     .arg(QLatin1String(name)))
        .value(0);
}

qint64 TestDepositFlow::asked(const char *method)
{
    return number(*m_connection, QStringLiteral("(SELECT count(*) FROM outbox WHERE method = '%1')")
                                     .arg(QLatin1String(method)));
}

QStringList TestDepositFlow::told()
{
    return column(*m_connection,
                  QStringLiteral("SELECT payload->'texts'->0->>'key' AS answer FROM outbox "
                                 "WHERE method = 'sendMessage' ORDER BY id"));
}

void TestDepositFlow::settledPaymentIsCreditedOnceAndShowsItsConfirmations()
{
    toAddress();
    pay("1");
    QCOMPARE(value("state"), QStringLiteral("credited"));
    answerStatus(statusBody("settled", "1"));
    for (int i = 0; i < 3; ++i)
        tell(news("payment.settled", "1"));
    QCOMPARE(transfers(), 1);
    QCOMPARE(tests::balance(*m_connection, kAsha).available, kAsked);
    QCOMPARE(value("confirmations || '/' || confirmations_required"), QStringLiteral("2/6"));
    QCOMPARE(value("note"), QString());
    QCOMPARE(told(), QStringList{QStringLiteral("topup.credited")});
    QCOMPARE(number(*m_connection, QStringLiteral("(SELECT count(*) FROM timers)")), 0);
    QCOMPARE(dead(), 0);
}

void TestDepositFlow::anotherPaymentAfterTheCreditGoesToAPerson()
{
    toAddress();
    pay("1");
    tell(news("payment.pending", "0.7", "tx-b"));
    QCOMPARE(value("state"), QStringLiteral("credited")); // not on the chain for good
    tell(news("payment.confirmed", "0.7", "tx-b"));
    tell(news("payment.settled", "0.7", "tx-b"));
    QCOMPARE(value("state"), QStringLiteral("overpaid_review"));
    QCOMPARE(value("note"), QStringLiteral("another payment came: 0.7 LTC, transaction tx-b"));
    QCOMPARE(transfers(), 1);
    QCOMPARE(told(),
             (QStringList{QStringLiteral("topup.credited"), QStringLiteral("topup.review")}));
    QCOMPARE(dead(), 0);
}

void TestDepositFlow::anotherPaymentBeforeTheCreditGoesToAPerson()
{
    toAddress();
    tell(news("payment.underpaid", "0.4", "tx-a"));
    answerStatus(statusBody("underpaid", "0.4"));
    QCOMPARE(value("state"), QStringLiteral("underpaid_review"));
    tell(news("payment.settled", "0.6", "tx-b"));
    answerStatus(statusBody("settled", "1"));
    QCOMPARE(value("state"), QStringLiteral("overpaid_review"));
    QCOMPARE(tests::balance(*m_connection, kAsha).available, Money::fromCents(20'00));
    QVERIFY(value("note").contains(QLatin1String("transaction tx-b")));
}

void TestDepositFlow::excessIsSeenThoughTheProviderRepeatsTheRequest()
{
    toAddress();
    tell(news("payment.settled", "2"));
    answerStatus(statusBody("settled", "1")); // "received" is what it expected
    QCOMPARE(value("state"), QStringLiteral("overpaid_review"));
    QCOMPARE(tests::balance(*m_connection, kAsha).available, kAsked);
    QCOMPARE(number(*m_connection, QStringLiteral("(SELECT sum(other_amount) FROM transfers)")),
             kAsked.micros());
}

void TestDepositFlow::leastOfTheReportsIsCredited()
{
    toAddress();
    tell(news("payment.underpaid", "0.06"));
    tell(news("payment.confirmed", "1")); // again what was asked
    tell(news("payment.settled", "1"));
    answerStatus(statusBody("settled", "1"));
    QCOMPARE(tests::balance(*m_connection, kAsha).available, Money::fromCents(3'00));
    QCOMPARE(value("state"), QStringLiteral("overpaid_review"));
    QCOMPARE(value("note"),
             QStringLiteral("credited by the lowest report, 0.06 LTC; another one said 1"));
}

void TestDepositFlow::tooLittleIsToldOnceHoweverOftenItIsReported()
{
    toAddress();
    pay("0.01");
    QCOMPARE(value("state"), QStringLiteral("underpaid_review"));
    for (int i = 0; i < 3; ++i)
        pay("0.01");
    for (int i = 0; i < 3; ++i)
        answerStatus(statusBody("settled", "0.01"));
    QCOMPARE(value("state"), QStringLiteral("underpaid_review"));
    QCOMPARE(told(), QStringList{QStringLiteral("topup.underpaid")});
    QCOMPARE(transfers(), 0);
    QCOMPARE(dead(), 0);
}

void TestDepositFlow::partOfAPaymentIsCreditedAfterItsReview()
{
    toAddress();
    tell(news("payment.underpaid", "0.5"));
    answerStatus(statusBody("underpaid", "0.5"));
    QCOMPARE(value("state"), QStringLiteral("underpaid_review"));
    tell(news("payment.confirmed", "0.5"));
    QCOMPARE(value("state"), QStringLiteral("underpaid_review"));
    tell(news("payment.settled", "0.5"));
    answerStatus(statusBody("settled", "0.5"));
    QCOMPARE(value("state"), QStringLiteral("credited"));
    QCOMPARE(tests::balance(*m_connection, kAsha).available, Money::fromCents(25'00));
}

void TestDepositFlow::overpaidDepositThatDidNotMatchIsCreditedOnce()
{
    toAddress();
    Json other = statusBody("settled", "3");
    other["data"]["currency"] = "DOGE";
    answerStatus(other);
    QCOMPARE(value("state"), QStringLiteral("mismatch_review"));
    for (int i = 0; i < 3; ++i)
        answerStatus(statusBody("settled", i == 0 ? "3" : "4"));
    QCOMPARE(value("state"), QStringLiteral("overpaid_review"));
    QCOMPARE(transfers(), 1);
    QCOMPARE(tests::balance(*m_connection, kAsha).available, kAsked);
    QCOMPARE(told(), QStringList{QStringLiteral("topup.overpaid")});
    QCOMPARE(dead(), 0);
}

void TestDepositFlow::settlementThatFailedIsCreditedWhenItRecovers()
{
    toAddress();
    tell(news("payment.confirmed", "1"));
    tell(news("payment.settlement_failed", "1"));
    QCOMPARE(value("state"), QStringLiteral("settlement_failed_hold"));
    answerStatus(statusBody("failed", "1"));
    QCOMPARE(value("state"), QStringLiteral("settlement_failed_hold"));
    Json recovered = news("payment.confirmed", "1");
    recovered["recovered"] = true;
    tell(recovered);
    answerStatus(statusBody("settled", "1"));
    QCOMPARE(value("state"), QStringLiteral("credited"));
    QCOMPARE(transfers(), 1);
}

void TestDepositFlow::rateThatIsOffWaitsForAPerson()
{
    toAddress();
    wait(60min, 1min);
    Json settled = news("payment.settled", "1");
    settled["exchange_rate"] = "46.5"; // it was 50 when 50 USD were asked for
    tell(settled);
    answerStatus(statusBody("settled", "1"));
    answerStatus(statusBody("settled", "1"));
    QCOMPARE(value("state"), QStringLiteral("late_review"));
    QCOMPARE(transfers(), 0);
    QCOMPARE(told(), QStringList{QStringLiteral("topup.late")});
}

void TestDepositFlow::refundByTheProviderAfterTheCreditIsNoted()
{
    toAddress();
    pay("1");
    tell(news("payment.refunded", "1"));
    QCOMPARE(value("state"), QStringLiteral("credited"));
    QCOMPARE(value("note"), QStringLiteral("the provider says the payment was refunded"));
}

void TestDepositFlow::forgedEventHasNoEffect()
{
    toAddress();
    Json forged = news("payment.settled", "1");
    forged["meta_data"] = {{"deposit_id", "2"}, {"amount_usd", "500.00"}};
    tell(forged);
    tell({{"malformed", true}});
    QCOMPARE(value("state"), QStringLiteral("awaiting_payment"));
    QVERIFY(value("note").contains(QLatin1String("another deposit")));
    QCOMPARE(asked(), 0);
    QCOMPARE(dead(), 0);
}

void TestDepositFlow::wordAboutAnAddressAloneCreditsNothing()
{
    toAddress();
    wait(180min, 1min);
    const Json body = json(
        R"({"success":true,"data":{"status":"confirmed","paidAmount":"1","expectedAmount":"1","currency":"LTC"}})");
    Json completed = body;
    completed["data"]["status"] = "completed";
    answerStatus(body, 200, true);
    answerStatus(completed, 200, true);
    QCOMPARE(value("state"), QStringLiteral("expired"));
    QCOMPARE(value("received"), QString());
    tell(news("payment.settled", "1"));
    answerStatus(body, 200, true); // now somebody who knows the secret address has said so as well
    QCOMPARE(value("state"), QStringLiteral("credited"));
}

void TestDepositFlow::creationWhoseAnswerIsLostIsGivenUp()
{
    begin();
    wait(9min, 1min);
    QCOMPARE(value("state"), QStringLiteral("created"));
    wait(1min, 1min);
    QCOMPARE(value("state"), QStringLiteral("create_failed"));
    QCOMPARE(told(), QStringList{QStringLiteral("topup.unavailable")});
    answerCreation(createdBody());
    QCOMPARE(value("state"), QStringLiteral("create_failed"));
    QCOMPARE(asked("sendPhoto"), 0);
}

void TestDepositFlow::addressThatWouldLoseTheMoneyIsNotShown_data()
{
    QTest::addColumn<QByteArray>("coin");
    QTest::addColumn<QByteArray>("change");
    QTest::newRow("another coin") << QByteArray("LTC") << QByteArray(R"({"currency":"BTC"})");
    QTest::newRow("no tag") << QByteArray("XRP") << QByteArray(R"({"currency":"XRP"})");
    QTest::newRow("no amount") << QByteArray("LTC") << QByteArray(R"({"amount":null})");
    QTest::newRow("nothing to pay") << QByteArray("LTC") << QByteArray(R"({"amount":0})");
}

void TestDepositFlow::addressThatWouldLoseTheMoneyIsNotShown()
{
    QFETCH(QByteArray, coin);
    QFETCH(QByteArray, change);
    begin(coin.constData());
    Json body = createdBody();
    body["data"].merge_patch(Json::parse(change.toStdString()));
    answerCreation(body);
    QCOMPARE(value("state"), QStringLiteral("create_failed"));
    QCOMPARE(asked("sendPhoto"), 0);
    QCOMPARE(told(), QStringList{QStringLiteral("topup.unavailable")});
}

void TestDepositFlow::paymentOfAnotherDepositIsNotShown()
{
    toAddress();
    begin();
    answerCreation(createdBody(), 200, 2);
    QCOMPARE(
        column(*m_connection, QStringLiteral("SELECT state AS answer FROM deposits ORDER BY id")),
        (QStringList{QStringLiteral("awaiting_payment"), QStringLiteral("create_failed")}));
    QCOMPARE(dead(), 0);
}

void TestDepositFlow::countdownKeepsTheTagAndTheButton()
{
    begin("XRP");
    Json body = createdBody();
    body["data"].merge_patch(json(R"({"currency":"XRP","destination_tag":123456})"));
    answerCreation(body);
    wait(5min, 1min);
    const QString caption =
        column(*m_connection,
               QStringLiteral("SELECT payload->'parameters' #>> '{}' AS answer FROM outbox WHERE "
                              "method = 'editMessageCaption' ORDER BY id DESC LIMIT 1"))
            .value(0);
    QVERIFY2(caption.contains(QLatin1String("123456")), qPrintable(caption));
    QVERIFY(caption.contains(QLatin1String("copy_text")));
    wait(10min, 1min);
    QCOMPARE(value("state"), QStringLiteral("expired"));
}

void TestDepositFlow::lostAnswersDoNotEndTheWatch()
{
    toAddress();
    wait(100h, 1min);
    QCOMPARE(asked(), 18); // 2, 5, 15, 30, 60, 120 min, then each 6 h, the last at 72 h
    QCOMPARE(value("state"), QStringLiteral("expired"));
    QCOMPARE(number(*m_connection, QStringLiteral("(SELECT count(*) FROM timers)")), 0);
    QCOMPARE(dead(), 0);
}

void TestDepositFlow::reportThatIsNeverSettledGoesToAPerson()
{
    toAddress();
    tell(news("payment.settled", "1"));
    wait(10min, 1min);
    answerStatus(statusBody("waiting", "0"));
    QCOMPARE(value("state"), QStringLiteral("verifying"));
    wait(60h, 10min);
    QCOMPARE(value("state"), QStringLiteral("mismatch_review"));
    QCOMPARE(told(), QStringList{QStringLiteral("topup.review")});
    answerStatus(statusBody("settled", "1"));
    QCOMPARE(value("state"), QStringLiteral("credited"));
}

void TestDepositFlow::paymentReportedAfterAWeekIsLookedInto()
{
    toAddress();
    wait(7 * 24h, 60min);
    const qint64 before = asked();
    tell(news("payment.confirmed", "1"));
    QCOMPARE(value("state"), QStringLiteral("confirming"));
    wait(7h, 60min);
    QCOMPARE(asked(), before + 1);
    wait(72h, 60min);
    QCOMPARE(value("state"), QStringLiteral("mismatch_review"));
}

void TestDepositFlow::manyUnpaidAddressesAreEnough()
{
    for (int i = 0; i < 5; ++i) {
        begin();
        QVERIFY(m_mayBegin);
    }
    begin();
    QVERIFY(!m_mayBegin);
    wait(16min, 16min);
    begin();
    QVERIFY(m_mayBegin);
}

/// The ids begin again where the backup ended, within the day that the provider remembers keys for.
void TestDepositFlow::creationsAfterARestoreHaveOtherKeys()
{
    const QString keys =
        QStringLiteral("SELECT request_key AS answer FROM outbox WHERE method = 'createPayment'");
    begin();
    const QStringList first = column(*m_connection, keys);
    QCOMPARE(first.size(), 1);
    init();
    m_clock.advance(1h);
    begin();
    const QStringList second = column(*m_connection, keys);
    QCOMPARE(second.size(), 1);
    QVERIFY(first != second);
}

void TestDepositFlow::listIsFilteredByTheNameOfACustomer()
{
    begin();
    database::ReadPool pool(m_url, 1);
    deposits::DepositPages pages(pool, m_clock);
    const auto rows = [&](const char *customer) {
        api::PageQuery query;
        query.filter = {
            {.field = QStringLiteral("customer"), .value = QString::fromLatin1(customer)}};
        auto page = pages.listDeposits(query);
        page.waitForFinished();
        return page.result() ? page.result()->rows.size() : qsizetype(-1);
    };
    QCOMPARE(rows("asha"), 1);
    QCOMPARE(rows("7001"), 1);
    QCOMPARE(rows("ben"), 0);
}

REGISTER_TEST(TestDepositFlow);
#include "tst_deposit_flow.moc"
