#include "providers/dynopay/api.h"
#include "tests/providers/mutation.h"
#include "tests/support/test_main.h"

#include <QTest>

namespace tst_dynopay_api {

using namespace providers::dynopay;

class TestDynopayApi : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theRequestIsWhatTheSheetSays();
    void theAmountIsANumberWithAtMostTwoDecimals_data();
    void theAmountIsANumberWithAtMostTwoDecimals();
    void theRedirectIsSentOnlyToTheOldGeneration();
    void whatCannotBeAskedIsRefused_data();
    void whatCannotBeAskedIsRefused();
    void aCreatedPaymentIsRead_data();
    void aCreatedPaymentIsRead();
    void aCreationWithoutAnAddressIsUnknown_data();
    void aCreationWithoutAnAddressIsUnknown();
    void refusalsHaveTheirMeaning_data();
    void refusalsHaveTheirMeaning();
    void aMinimumIsReadFromWords_data();
    void aMinimumIsReadFromWords();
    void theEventLogIsRead();
    void waitsAreTold();
    void aSettledStatusIsRead();
    void oddConfirmationsAreBounded_data();
    void oddConfirmationsAreBounded();
    void onlyAFinalStatusIsSettled_data();
    void onlyAFinalStatusIsSettled();
    void aTransactionByAddressIsAHint();
    void supportedCoinsInBothShapes_data();
    void supportedCoinsInBothShapes();
    void noMutationHarms();
    void everyCutAnswerIsUnknown();
};

namespace {

const QByteArray kCreated =
    R"({"success":true,"message":"Payment Created!","data":{"transaction_id":"0b7f5f0e-6a34-4bd1-9a55-1d7c8f1f5a10",)"
    R"("qr_code":"data:image/png;base64,iVBORw0KGgo","address":"LXmB1rTq9c","amount":0.60241,"currency":"LTC","base_amount":50,)"
    R"("base_currency":"USD","redirect_uri":"https://bot.host.tld/x",)"
    R"("payment":{"id":"0b7f5f0e-6a34-4bd1-9a55-1d7c8f1f5a10","status":"waiting"}}})";
const QByteArray kStatus =
    R"({"success":true,"message":"Payment status fetched","data":{"payment_id":"0b7f5f0e-6a34-4bd1-9a55-1d7c8f1f5a10",)"
    R"("payment_status":"settled","status":"payout_complete","is_paid":true,"amount":0.60241,"currency":"LTC",)"
    R"("amount_received":0.60241,"amount_remaining":0,"base_amount":50,"base_currency":"USD","confirmations":6,)"
    R"("required_confirmations":3,"incoming_tx_hash":"9f0c","outgoing_tx_hash":"77ab"}})";
const QByteArray kTransaction =
    R"({"success":true,"data":{"status":"confirmed","txId":"9f0c","paidAmount":0.60241,"expectedAmount":0.60241,)"
    R"("remainingAmount":0,"paidAmountUsd":50.0,"currency":"LTC","merchant_settings":null}})";

ApiAnswer ok(const QByteArray &body)
{
    return {.httpStatus = 200, .body = body};
}

CreatePayment deposit(Money amount)
{
    return {.amount = amount,
            .coin = QStringLiteral("usdt_trc20"),
            .hookUrl = QStringLiteral("https://bot.host.tld/webhooks/dynopay/k3Jt"),
            .depositId = QStringLiteral("17")};
}

} // namespace

void TestDynopayApi::theRequestIsWhatTheSheetSays()
{
    const auto body = createRequest(deposit(Money::fromCents(5000)));
    QVERIFY(body);
    const Json expected = {
        {"amount", 50},
        {"currency", "USDT-TRC20"},
        {"webhook_url", "https://bot.host.tld/webhooks/dynopay/k3Jt"},
        {"callback_url", "https://bot.host.tld/webhooks/dynopay/k3Jt"},
        {"fee_payer", "company"},
        {"product_id", "crypto_usdt-trc20"},
        {"meta_data",
         {{"deposit_id", "17"}, {"amount_usd", "50.00"}, {"purpose", "wallet_topup"}, {"v", 1}}}};
    QCOMPARE(core::parseJson(*body).value(), expected);
}

void TestDynopayApi::theAmountIsANumberWithAtMostTwoDecimals_data()
{
    QTest::addColumn<qint64>("cents");
    QTest::addColumn<QByteArray>("number");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("whole") << qint64(2500) << QByteArray("25") << QByteArray("25.00");
    QTest::newRow("ten") << qint64(1000) << QByteArray("10") << QByteArray("10.00");
    QTest::newRow("tenths") << qint64(2550) << QByteArray("25.5") << QByteArray("25.50");
    QTest::newRow("cents") << qint64(1999) << QByteArray("19.99") << QByteArray("19.99");
    QTest::newRow("one cent") << qint64(1) << QByteArray("0.01") << QByteArray("0.01");
    QTest::newRow("large") << qint64(100'000'001) << QByteArray("1000000.01")
                           << QByteArray("1000000.01");
}

void TestDynopayApi::theAmountIsANumberWithAtMostTwoDecimals()
{
    QFETCH(qint64, cents);
    QFETCH(QByteArray, number);
    QFETCH(QByteArray, text);
    const QByteArray body = createRequest(deposit(Money::fromCents(cents))).value();
    QVERIFY2(body.contains("\"amount\":" + number + ","), body.constData());
    QVERIFY2(body.contains("\"amount_usd\":\"" + text + "\""), body.constData());
}

void TestDynopayApi::theRedirectIsSentOnlyToTheOldGeneration()
{
    CreatePayment payment = deposit(Money::fromCents(5000));
    QVERIFY(!createRequest(payment)->contains("redirect_uri"));
    payment.sendsLegacyRedirect = true;
    QCOMPARE(core::textMember(core::parseJson(*createRequest(payment)).value(), "redirect_uri"),
             payment.hookUrl);
}

void TestDynopayApi::whatCannotBeAskedIsRefused_data()
{
    QTest::addColumn<qint64>("micros");
    QTest::addColumn<QString>("coin");
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("id");
    const QString coin = QStringLiteral("BTC");
    const QString url = QStringLiteral("https://bot.host.tld/x");
    const QString id = QStringLiteral("17");
    QTest::newRow("nothing") << qint64(0) << coin << url << id;
    QTest::newRow("less") << qint64(-10'000) << coin << url << id;
    QTest::newRow("part of a cent") << qint64(25'005'000) << coin << url << id;
    QTest::newRow("no coin") << qint64(10'000) << QString() << url << id;
    QTest::newRow("no hook") << qint64(10'000) << coin << QString() << id;
    QTest::newRow("hook is no address") << qint64(10'000) << coin << QStringLiteral("/x") << id;
    QTest::newRow("no id") << qint64(10'000) << coin << url << QString();
}

void TestDynopayApi::whatCannotBeAskedIsRefused()
{
    QFETCH(qint64, micros);
    QFETCH(QString, coin);
    QFETCH(QString, url);
    QFETCH(QString, id);
    const auto body = createRequest(
        {.amount = Money::fromMicros(micros), .coin = coin, .hookUrl = url, .depositId = id});
    QVERIFY(!body);
    QCOMPARE(body.error().code, ErrorCode::BadInput);
}

void TestDynopayApi::aCreatedPaymentIsRead_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("amount");
    QTest::addColumn<QString>("tag");
    const auto row = [](const char *title, const QByteArray &body, const char *id,
                        const char *amount, const char *tag = "") {
        QTest::newRow(title) << body << QString::fromLatin1(id) << QString::fromLatin1(amount)
                             << QString::fromLatin1(tag);
    };
    row("new", kCreated, "0b7f5f0e-6a34-4bd1-9a55-1d7c8f1f5a10", "0.60241");
    row("crypto_amount, payment_id",
        R"({"success":true,"data":{"address":"LXmB1rTq9c","crypto_amount":"0.5","payment_id":"p1"}})",
        "p1", "0.5");
    row("amount null",
        R"({"success":true,"data":{"address":"LXmB1rTq9c","amount":null,"crypto_amount":0.5,"id":7}})",
        "7", "0.5");
    row("payment.id",
        R"({"success":true,"data":{"payment_address":"LXmB1rTq9c","amount":1e-7,"transaction_id":"","payment":{"id":"p2"}}})",
        "p2", "1e-7");
    row("top level", R"({"status":"success","address":"LXmB1rTq9c","amount":2})", "", "2");
    row("address on top, rest in data", R"({"address":"LXmB1rTq9c","data":{"amount":2,"id":"p3"}})",
        "p3", "2");
    row("tag",
        R"({"success":true,"data":{"address":"LXmB1rTq9c","amount":2,"id":"p4","destination_tag":4294967295}})",
        "p4", "2", "4294967295");
    row("unknown fields, wrong types",
        R"({"success":"yes","data":{"address":"LXmB1rTq9c","amount":[],"currency":5,"payment":[1],"x":{}}})",
        "", "");
}

void TestDynopayApi::aCreatedPaymentIsRead()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, id);
    QFETCH(QString, amount);
    QFETCH(QString, tag);
    const auto created = parseCreated(ok(body));
    QVERIFY(created);
    QCOMPARE(created->address, QStringLiteral("LXmB1rTq9c"));
    QCOMPARE(created->paymentId, id);
    QCOMPARE(created->amount, amount);
    QCOMPARE(created->destinationTag, tag);
    QVERIFY(parseCreated({.httpStatus = 201, .body = body}));
}

void TestDynopayApi::aCreationWithoutAnAddressIsUnknown_data()
{
    QTest::addColumn<QByteArray>("body");
    for (const char *body : {"", "<html>", "null", "[]", "5", "{}", R"({"success":true})",
                             R"({"success":true,"data":null})", R"({"success":true,"data":[]})",
                             R"({"success":true,"data":{"address":""}})",
                             R"({"success":true,"data":{"address":["L"]}})"})
        QTest::newRow(body) << QByteArray(body);
}

void TestDynopayApi::aCreationWithoutAnAddressIsUnknown()
{
    QFETCH(QByteArray, body);
    const auto created = parseCreated(ok(body));
    QVERIFY(!created);
    QCOMPARE(created.error().refusal, Refusal::Unavailable);
    QVERIFY(created.error().isTransient());
}

void TestDynopayApi::refusalsHaveTheirMeaning_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("refusal");
    QTest::addColumn<bool>("isTransient");
    const auto row = [](const char *title, int status, const char *body, const char *refusal,
                        bool isTransient = false) {
        QTest::newRow(title) << status << QByteArray(body) << QString::fromLatin1(refusal)
                             << isTransient;
    };
    row("amount", 400, R"({"success":false,"message":"m","code":"amount_invalid"})", "BadRequest");
    row("coin missing", 400, R"({"message":"m","code":"currency_required"})", "BadRequest");
    row("coin", 400,
        R"({"message":"m","code":"currency_not_available","available_currencies":["BTC"]})",
        "CoinUnavailable");
    row("no wallet", 400, R"({"message":"m","code":"no_wallet_configured"})", "CoinUnavailable");
    row("minimum", 400, R"({"message":"m","code":"amount_below_minimum"})", "BelowMinimum");
    row("minimum in words", 400, R"({"message":"The Minimum amount for LTC is 5 USD"})",
        "BelowMinimum");
    row("minimum in error", 400, R"({"error":"minimum is 5"})", "BelowMinimum");
    row("sandbox", 400, R"({"message":"m","code":"sandbox_restriction"})", "Sandbox");
    row("other", 400, R"({"message":"m"})", "BadRequest");
    row("no key", 403, R"({"message":"key required"})", "Unauthorized");
    row("401", 401, "", "Unauthorized");
    row("404", 404, R"({"message":"not found"})", "NotFound");
    row("404 of a host that is gone", 404, "<html>", "NotFound");
    row("key reused", 409, R"({"message":"m","code":"idempotency_key_reused"})", "KeyReused");
    row("running", 409, R"({"message":"m","code":"idempotency_request_in_progress"})", "InProgress",
        true);
    row("429", 429, R"({"message":"slow down"})", "RateLimited", true);
    row("no rate", 500, R"({"message":"m","code":"rate_unavailable"})", "Unavailable", true);
    row("502", 502, "<html>Bad Gateway</html>", "Unavailable", true);
    row("504", 504, "", "Unavailable", true);
    row("redirect", 308, "", "Unavailable", true);
    row("timeout", 408, "", "Unavailable", true);
    row("nulls", 400, R"({"success":false,"message":null,"code":null,"errors":null})",
        "BadRequest");
    row("wrong types", 400, R"({"success":"no","message":["m"],"code":5})", "BadRequest");
    row("an array", 400, "[]", "BadRequest");
    row("refused under 200", 200,
        R"({"success":false,"code":"no_wallet_configured","data":{"address":"L"}})",
        "CoinUnavailable");
}

void TestDynopayApi::refusalsHaveTheirMeaning()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QString, refusal);
    QFETCH(bool, isTransient);
    const auto created = parseCreated({.httpStatus = status, .body = body});
    QVERIFY(!created);
    QCOMPARE(name(created.error().refusal), QLatin1String(refusal.toLatin1()));
    QCOMPARE(created.error().isTransient(), isTransient);
    QCOMPARE(created.error().httpStatus, status);
}

void TestDynopayApi::waitsAreTold()
{
    using std::chrono::seconds;
    QVERIFY(parseCreated({.httpStatus = 429, .body = "{}", .retryAfter = seconds(17)})
                .error()
                .retryAfter == seconds(17));
    QVERIFY(parseCreated({.httpStatus = 429, .body = "{}"}).error().retryAfter == seconds(60));
    QVERIFY(parseCreated({.httpStatus = 409, .body = "{}"}).error().retryAfter == seconds(2));
    const auto long_ = parseCreated(
        {.httpStatus = 500, .body = "{\"message\":\"" + QByteArray(9000, 'x') + "\"}"});
    QCOMPARE(long_.error().message.size(), 300);
}

void TestDynopayApi::aSettledStatusIsRead()
{
    const auto payment = parsePaymentStatus(ok(kStatus));
    QVERIFY(payment);
    QVERIFY(payment->isSettled());
    QCOMPARE(payment->paymentId, QStringLiteral("0b7f5f0e-6a34-4bd1-9a55-1d7c8f1f5a10"));
    QCOMPARE(payment->statusWord, QStringLiteral("settled"));
    QCOMPARE(payment->currency, QStringLiteral("LTC"));
    QCOMPARE(payment->amountExpected, QStringLiteral("0.60241"));
    QCOMPARE(payment->amountReceived, QStringLiteral("0.60241"));
    QCOMPARE(payment->baseAmount, QStringLiteral("50"));
    QCOMPARE(payment->txId, QStringLiteral("9f0c"));
    QCOMPARE(payment->confirmations, 6);
    QCOMPARE(payment->requiredConfirmations, 3);
}

void TestDynopayApi::oddConfirmationsAreBounded_data()
{
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<int>("confirmations");
    QTest::newRow("text") << QByteArray(R"({"confirmations":"12"})") << 12;
    QTest::newRow("absent") << QByteArray(R"({"status":"waiting"})") << 0;
    QTest::newRow("null") << QByteArray(R"({"confirmations":null})") << 0;
    QTest::newRow("negative") << QByteArray(R"({"confirmations":-3})") << 0;
    QTest::newRow("absurd") << QByteArray(R"({"confirmations":99999999999})") << 1'000'000;
    QTest::newRow("a fraction") << QByteArray(R"({"confirmations":1.5})") << 0;
}

void TestDynopayApi::oddConfirmationsAreBounded()
{
    QFETCH(QByteArray, data);
    const auto payment = parsePaymentStatus(ok("{\"success\":true,\"data\":" + data + "}"));
    QVERIFY(payment);
    QTEST(payment->confirmations, "confirmations");
    QCOMPARE(payment->requiredConfirmations, 0);
}

void TestDynopayApi::onlyAFinalStatusIsSettled_data()
{
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<bool>("isSettled");
    QTest::newRow("settled") << QByteArray(R"({"payment_status":"settled"})") << true;
    QTest::newRow("settled, paid")
        << QByteArray(R"({"payment_status":"settled","is_paid":true})") << true;
    QTest::newRow("settled, not paid")
        << QByteArray(R"({"payment_status":"settled","is_paid":false})") << false;
    QTest::newRow("paid, no status") << QByteArray(R"({"is_paid":true})") << false;
    QTest::newRow("paid, null status")
        << QByteArray(R"({"is_paid":true,"payment_status":null,"status":null})") << false;
    QTest::newRow("pending, internally complete")
        << QByteArray(R"({"payment_status":"pending","status":"payout_complete"})") << false;
    for (const char *word : {"waiting", "pending", "confirmed", "processing", "underpaid", "failed",
                             "expired", "refunded", "x"})
        QTest::newRow(word) << QByteArray("{\"payment_status\":\"") + word + "\",\"is_paid\":true}"
                            << false;
}

void TestDynopayApi::onlyAFinalStatusIsSettled()
{
    QFETCH(QByteArray, data);
    QFETCH(bool, isSettled);
    const auto payment = parsePaymentStatus(ok("{\"success\":true,\"data\":" + data + "}"));
    QVERIFY(payment);
    QCOMPARE(payment->isSettled(), isSettled);
}

void TestDynopayApi::aTransactionByAddressIsAHint()
{
    const auto payment = parseCryptoTransaction(ok(kTransaction));
    QVERIFY(payment);
    QCOMPARE(payment->statusWord, QStringLiteral("confirmed"));
    QVERIFY(!payment->isSettled());
    QVERIFY(payment->paymentId.isEmpty());
    QCOMPARE(payment->amountReceived, QStringLiteral("0.60241"));
    QCOMPARE(payment->amountExpected, QStringLiteral("0.60241"));
    const auto unknown = parseCryptoTransaction(
        {.httpStatus = 400, .body = R"({"message":"Please provide a valid address"})"});
    QCOMPARE(unknown.error().refusal, Refusal::NotFound);
}

void TestDynopayApi::supportedCoinsInBothShapes_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QStringList>("coins");
    const QStringList both = {QStringLiteral("BTC"), QStringLiteral("USDT-TRC20")};
    QTest::newRow("new")
        << QByteArray(
               R"({"success":true,"data":{"currencies":["BTC","USDT-TRC20"],"all_supported":["BTC","ETH"]}})")
        << both;
    QTest::newRow("old") << QByteArray(R"({"data":["btc","usdt_trc20","BTC"]})") << both;
    QTest::newRow("objects and junk")
        << QByteArray(R"({"data":[{"code":"BTC"},null,5,{},{"currency":"USDT-TRC20"},[]]})")
        << both;
    QTest::newRow("none") << QByteArray(R"({"data":{"currencies":[]}})") << QStringList();
}

void TestDynopayApi::supportedCoinsInBothShapes()
{
    QFETCH(QByteArray, body);
    QFETCH(QStringList, coins);
    QCOMPARE(parseSupportedCurrency(ok(body)).value(), coins);
    QVERIFY(!parseSupportedCurrency(ok(R"({"data":{"currencies":{"BTC":1}}})")));
    QCOMPARE(parseSupportedCurrency({.httpStatus = 404, .body = {}}).error().refusal,
             Refusal::NotFound);
}

void TestDynopayApi::noMutationHarms()
{
    int looked = 0;
    tests::mutate(kCreated, [&](const Json &mutated) {
        const auto created = parseCreated(ok(core::toBytes(mutated)));
        QVERIFY(!created || !created->address.isEmpty());
        ++looked;
    });
    tests::mutate(kStatus, [&](const Json &mutated) {
        const auto payment = parsePaymentStatus(ok(core::toBytes(mutated)));
        if (payment && payment->statusWord != QLatin1String("settled") &&
            payment->statusWord != QLatin1String("payout_complete"))
            QVERIFY(!payment->isSettled());
        ++looked;
    });
    Json silent = core::parseJson(kStatus).value();
    silent["data"].erase("payment_status");
    silent["data"].erase("status");
    tests::mutate(core::toBytes(silent), [&](const Json &mutated) {
        const auto payment = parsePaymentStatus(ok(core::toBytes(mutated)));
        QVERIFY(!payment || !payment->isSettled());
        ++looked;
    });
    tests::mutate(kTransaction, [&](const Json &mutated) {
        const auto payment = parseCryptoTransaction(ok(core::toBytes(mutated)));
        QVERIFY(!payment || !payment->isSettled());
        ++looked;
    });
    QVERIFY(looked > 500);
}

void TestDynopayApi::everyCutAnswerIsUnknown()
{
    for (qsizetype size = 0; size < kCreated.size(); ++size)
        QCOMPARE(parseCreated(ok(kCreated.left(size))).error().refusal, Refusal::Unavailable);
    for (qsizetype size = 0; size < kStatus.size(); ++size)
        QCOMPARE(parsePaymentStatus(ok(kStatus.left(size))).error().refusal, Refusal::Unavailable);
}

void TestDynopayApi::aMinimumIsReadFromWords_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("minimum"); // empty: none is meant
    const auto row = [](const char *words, const char *minimum) {
        QTest::addRow("%s", words) << QString::fromUtf8(words) << QString::fromLatin1(minimum);
    };
    row("The minimum for LTC is 62.50 USD", "62.50");
    row("The minimum for USDT-TRC20 is 10 USD", "10.00");
    row("Minimum amount is $7.5", "7.50");
    row("amount must be at least 20", "20.00");
    row("Minimum is 0.05 BTC", "");
    row("Minimum is 5 dollars", "5.00");
    row("the minimum was not met", "");
    row("minimum 0", "");
    row("minimum 99999 USD", "");
    row("minimum 1.2.3", "");
    row("the coin USDT-ERC20 has a minimum", "");
}

void TestDynopayApi::aMinimumIsReadFromWords()
{
    QFETCH(QString, words);
    QFETCH(QString, minimum);
    ApiError error{.refusal = Refusal::BelowMinimum, .code = {}, .message = words};
    const auto read = minimumIn(error);
    QCOMPARE(read ? read->toString() : QString(), minimum);
    error.refusal = Refusal::BadRequest;
    QVERIFY(!minimumIn(error));
}

void TestDynopayApi::theEventLogIsRead()
{
    const auto page = parseEvents(ok(R"({"success":true,"data":[
        {"id":"evt_1","event":"payment.settled","url":"https://x/webhooks/dynopay/deposits/ab",
         "status":"dead","created_at":"2026-11-20T09:21:14.210Z"},
        {"id":2,"url":null}, null, "x"],"has_more":true,"next_cursor":"evt_9"})"));
    QVERIFY(page);
    QCOMPARE(page->next, QStringLiteral("evt_9"));
    QCOMPARE(page->events.size(), 4);
    QCOMPARE(page->events[0].hook, QStringLiteral("ab"));
    QVERIFY(page->events[0].createdAt.has_value());
    QVERIFY(!page->events[1].createdAt.has_value());
    QVERIFY(parseEvents(ok(R"({"data":[],"has_more":false,"next_cursor":"e"})"))->next.isEmpty());
    QCOMPARE(parseEvents({.httpStatus = 404, .body = "{}"}).error().refusal, Refusal::NotFound);
    QVERIFY(!parseEvents(ok(R"({"data":{}})")));
}

REGISTER_TEST(TestDynopayApi);

} // namespace tst_dynopay_api

#include "tst_dynopay_api.moc"
