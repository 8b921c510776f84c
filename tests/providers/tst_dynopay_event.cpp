#include "core/decimal.h"
#include "providers/dynopay/event.h"
#include "tests/providers/mutation.h"
#include "tests/support/test_main.h"

#include <QTest>

namespace tst_dynopay_event {

using namespace providers::dynopay;

class TestDynopayEvent : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSettledPaymentIsReadWhole();
    void stringsForNumbersAndMetaInAString();
    void anUnderpaidEventHasItsOwnAmounts();
    void theFlatOldFormIsRead();
    void aRecoveryAfterACrashIsMarked();
    void anOrphanRecoveryNamesTheOriginal();
    void theEventWinsOverTheStatus();
    void everyWordHasItsClass_data();
    void everyWordHasItsClass();
    void aDashboardTestIsNoPayment();
    void metaInEveryShape_data();
    void metaInEveryShape();
    void aSimulationIsNeverOverlooked_data();
    void aSimulationIsNeverOverlooked();
    void amountsAreExactlyWhatWasSent();
    void onlyAnObjectIsAnEvent_data();
    void onlyAnObjectIsAnEvent();
    void noMutationHarmsAndWithoutStatusNothingIsPaid();
    void everyCutBodyIsBadInput();
    void addressesAreNormalised_data();
    void addressesAreNormalised();
    void coinsAreNormalised();
};

namespace {

const QByteArray kSettled =
    R"({"event":"payment.settled","payment_type":"direct_api","payment_id":"0b7f5f0e-6a34-4bd1-9a55-1d7c8f1f5a10",)"
    R"("address":"LXmB1rTq9c","txId":"9f0c","transaction_reference":"9f0c","amount":0.60241,"currency":"LTC",)"
    R"("status":"settled","payment_status":"settled","base_amount":50,"base_currency":"USD","exchange_rate":83.0,)"
    R"("merchant_amount":0.58133,"admin_fee_amount":0.02108,"settlement_tx_id":"77ab","fee_payer":"company","link_id":null,)"
    R"("meta_data":{"deposit_id":"dep_01JD8Z4Q6M","user_id":"u_48213","amount_usd":"50.00","purpose":"wallet_topup","v":1},)"
    R"("created_at":"2026-11-20T09:10:00.000Z","settled_at":"2026-11-20T09:21:14.000Z",)"
    R"("webhook_id":"6f1a3c1e-0f5e-4a2a-b6a5-0f5d0e5b7a01","sent_at":"2026-11-20T09:21:14.210Z"})";
const QByteArray kConfirmed =
    R"({"event":"payment.confirmed","payment_id":"0b7f5f0e","amount":0.60241,"currency":"LTC","status":"confirmed",)"
    R"("base_amount":"50.00","base_currency":"USD","meta_data":"{\"deposit_id\":\"dep_01JD8Z4Q6M\",\"amount_usd\":\"50.00\"}",)"
    R"("received_at":"2026-11-20T09:12:41.000Z"})";
const QByteArray kUnderpaid =
    R"({"event":"payment.underpaid","payment_id":"0b7f5f0e","address":"LXmB1rTq9c","currency":"LTC",)"
    R"("amount_received":0.0353,"amount_expected":0.60241,"amount_remaining":0.56711,"status":"underpaid",)"
    R"("timestamp":"2026-11-20T09:12:41.000Z"})";
const QByteArray kFlat =
    R"({"id":"0b7f5f0e","status":"successful","payment_mode":"CRYPTO","paid_amount":0.60241,"paid_currency":"LTC",)"
    R"("base_amount":50,"base_currency":"USD","transaction_reference":"9f0c",)"
    R"("meta_data":{"deposit_id":"dep_01JD8Z4Q6M","amount_usd":"50.00"}})";
const QByteArray kRecovered =
    R"({"event":"payment.confirmed","payment_id":"0b7f5f0e","status":"successful","recovered":true,"amount":0.60241,)"
    R"("currency":"LTC","meta_data":null})";
const QByteArray kOrphan =
    R"({"event":"payment.confirmed","payment_id":"c1d9","original_payment_id":"0b7f5f0e","status":"completed",)"
    R"("recovered":true,"recovery_type":"orphan_detection","transaction_reference":"51be","amount":0.60241,"currency":"LTC"})";
const QByteArray kSettlementFailed =
    R"({"event":"payment.settlement_failed","payment_id":"0b7f5f0e","status":"failed","payment_received":true,)"
    R"("error":"insufficient gas for forwarding","amount":0.60241,"currency":"LTC"})";

const QList<QByteArray> kAll = {kSettled,   kConfirmed, kUnderpaid,       kFlat,
                                kRecovered, kOrphan,    kSettlementFailed};

Event read(const QByteArray &body)
{
    return parseEvent(body).value();
}

bool isText(const Json &json, const char *key)
{
    return !core::textMember(json, key).value_or(QString()).trimmed().isEmpty();
}

} // namespace

void TestDynopayEvent::aSettledPaymentIsReadWhole()
{
    const Event event = read(kSettled);
    QCOMPARE(event.event, QStringLiteral("payment.settled"));
    QCOMPARE(event.status, Status{StatusClass::FinalPaid});
    QCOMPARE(event.paymentId, QStringLiteral("0b7f5f0e-6a34-4bd1-9a55-1d7c8f1f5a10"));
    QCOMPARE(event.originalPaymentId, QString());
    QCOMPARE(event.address, QStringLiteral("LXmB1rTq9c"));
    QCOMPARE(event.currency, QStringLiteral("LTC"));
    QCOMPARE(event.amount, QStringLiteral("0.60241"));
    QCOMPARE(event.received(), QStringLiteral("0.60241"));
    QCOMPARE(event.baseAmount, QStringLiteral("50"));
    QCOMPARE(event.baseCurrency, QStringLiteral("USD"));
    QCOMPARE(event.exchangeRate, QStringLiteral("83.0"));
    QCOMPARE(event.txId, QStringLiteral("9f0c"));
    QCOMPARE(event.createdAt, QStringLiteral("2026-11-20T09:10:00.000Z"));
    QCOMPARE(event.meta.depositId, QStringLiteral("dep_01JD8Z4Q6M"));
    QCOMPARE(event.meta.amountUsd, QStringLiteral("50.00"));
    QVERIFY(!event.isSimulated && !event.isRecovered && !event.isTest);
}

void TestDynopayEvent::stringsForNumbersAndMetaInAString()
{
    const Event event = read(kConfirmed);
    QCOMPARE(event.status, Status{StatusClass::SeenPaid});
    QCOMPARE(event.baseAmount, QStringLiteral("50.00"));
    QCOMPARE(event.meta.depositId, QStringLiteral("dep_01JD8Z4Q6M"));
    QCOMPARE(event.meta.amountUsd, QStringLiteral("50.00"));
}

void TestDynopayEvent::anUnderpaidEventHasItsOwnAmounts()
{
    const Event event = read(kUnderpaid);
    QCOMPARE(event.status, (Status{StatusClass::ProblemFunds, FundsProblem::Underpaid}));
    QVERIFY(event.amount.isEmpty() && event.baseAmount.isEmpty());
    QCOMPARE(event.received(), QStringLiteral("0.0353"));
    QCOMPARE(event.amountExpected, QStringLiteral("0.60241"));
    QVERIFY(!event.meta.depositId && !event.meta.amountUsd);
}

void TestDynopayEvent::theFlatOldFormIsRead()
{
    const Event event = read(kFlat);
    QVERIFY(event.event.isEmpty()); // so that whoever credits knows to ask first
    QCOMPARE(event.statusWord, QStringLiteral("successful"));
    QCOMPARE(event.status, Status{StatusClass::FinalPaid});
    QCOMPARE(event.paymentId, QStringLiteral("0b7f5f0e"));
    QCOMPARE(event.amount, QStringLiteral("0.60241"));
    QCOMPARE(event.currency, QStringLiteral("LTC"));
    QVERIFY(event.txId.isEmpty());
    QCOMPARE(event.reference, QStringLiteral("9f0c"));
}

void TestDynopayEvent::aRecoveryAfterACrashIsMarked()
{
    const Event event = read(kRecovered);
    QVERIFY(event.isRecovered);
    QCOMPARE(event.status, Status{StatusClass::SeenPaid});
    QVERIFY(!event.meta.depositId);
    QByteArray other = kRecovered;
    other.replace("recovered", "recovery");
    QVERIFY(read(other).isRecovered);
}

void TestDynopayEvent::anOrphanRecoveryNamesTheOriginal()
{
    const Event event = read(kOrphan);
    QVERIFY(event.isRecovered);
    QCOMPARE(event.recoveryType, QStringLiteral("orphan_detection"));
    QCOMPARE(event.paymentId, QStringLiteral("c1d9"));
    QCOMPARE(event.originalPaymentId, QStringLiteral("0b7f5f0e"));
}

void TestDynopayEvent::theEventWinsOverTheStatus()
{
    // Money came in, whatever the status says.
    QCOMPARE(read(kSettlementFailed).status,
             (Status{StatusClass::ProblemFunds, FundsProblem::SettlementFailed}));
    QCOMPARE(read(R"({"event":"payment.pending","status":"settled"})").status,
             Status{StatusClass::Wait});
    QCOMPARE(read(R"({"event":"payment.strange","status":"settled"})").status,
             Status{StatusClass::Unknown});
    QCOMPARE(read(R"({"event":null,"status":"settled"})").status, Status{StatusClass::FinalPaid});
    QCOMPARE(read(R"({"status":"pending","payment_status":"settled"})").status,
             Status{StatusClass::Wait});
    QCOMPARE(read(R"({"payment_status":"settled"})").status, Status{StatusClass::FinalPaid});
}

void TestDynopayEvent::everyWordHasItsClass_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<QString>("className");
    const auto rows = [](const char *className, const char *words) {
        for (const QByteArray &word : QByteArray(words).split(' '))
            QTest::newRow(word.constData())
                << QString::fromLatin1(word) << QString::fromLatin1(className);
    };
    rows("FinalPaid", "settled completed complete successful success succeeded done paid recovered "
                      "payout_complete converted");
    rows("SeenPaid", "confirmed processing received confirming detected");
    rows("Wait", "pending waiting created new");
    rows("ProblemFunds", "underpaid overpaid settlement_failed partially_paid");
    rows("Dead", "failed expired cancelled canceled declined");
    rows("Reversed", "refunded");
    rows("Unknown", "unheard_of payment settledx payment.payment.settled null true 0");
    QTest::newRow("nothing") << QString() << QStringLiteral("Unknown");
}

void TestDynopayEvent::everyWordHasItsClass()
{
    QFETCH(QString, word);
    QFETCH(QString, className);
    QCOMPARE(name(statusOf(word).statusClass), QLatin1String(className.toLatin1()));
    QCOMPARE(statusOf(QStringLiteral("  %1\n").arg(word.toUpper())), statusOf(word));
    if (className != QLatin1String("Unknown")) {
        QCOMPARE(statusOf(QStringLiteral("payment.") + word), statusOf(word));
    }
    QCOMPARE(statusOf(word).problem != FundsProblem::None,
             className == QLatin1String("ProblemFunds"));
}

void TestDynopayEvent::aDashboardTestIsNoPayment()
{
    const Event event =
        read(R"({"event":"webhook.test","data":{"test_id":"t1"},"status":"settled"})");
    QVERIFY(event.isTest);
    QCOMPARE(event.status, Status{StatusClass::Unknown});
}

void TestDynopayEvent::metaInEveryShape_data()
{
    QTest::addColumn<QByteArray>("meta");
    QTest::addColumn<QString>("depositId");
    QTest::addColumn<QString>("amountUsd");
    const auto row = [](const char *meta, const char *depositId, const char *amountUsd) {
        QTest::newRow(meta) << QByteArray(meta) << QString::fromLatin1(depositId)
                            << QString::fromLatin1(amountUsd);
    };
    row(R"({"deposit_id":"7","amount_usd":"50.00"})", "7", "50.00");
    row(R"({"deposit_id":7,"amount_usd":50})", "7", "50");
    row(R"({"deposit_id":"7","amount_usd":50.10})", "7", "50.10");
    row(R"("{\"deposit_id\":\"7\",\"amount_usd\":\"50.00\"}")", "7", "50.00");
    row(R"({"deposit_id":null,"amount_usd":""})", "", "");
    row(R"({"deposit_id":["7"],"amount_usd":{"usd":50}})", "", "");
    row(R"("\"{\\\"deposit_id\\\":\\\"7\\\"}\"")", "", "");
    row(R"("{\"deposit_id\"")", "", "");
    row(R"("[[[[")", "", "");
    row(R"("")", "", "");
    row("null", "", "");
    row("[]", "", "");
    row(R"([{"deposit_id":"7"}])", "", "");
    row("5", "", "");
    row("true", "", "");
}

void TestDynopayEvent::metaInEveryShape()
{
    QFETCH(QByteArray, meta);
    QFETCH(QString, depositId);
    QFETCH(QString, amountUsd);
    const Event event = read(R"({"event":"payment.settled","meta_data":)" + meta + "}");
    QCOMPARE(event.meta.depositId.value_or(QString()), depositId);
    QCOMPARE(event.meta.amountUsd.value_or(QString()), amountUsd);
    QCOMPARE(event.meta.depositId.has_value(), !depositId.isEmpty());
}

void TestDynopayEvent::aSimulationIsNeverOverlooked_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("isSimulated");
    for (const char *value : {"true", "\"true\"", "1", "\"yes\"", "[]", "{}", "0.5"})
        QTest::newRow(value) << QByteArray(value) << true;
    for (const char *value : {"false", "null", "\"false\"", "\"False\"", "0", "\"\""})
        QTest::newRow(value) << QByteArray(value) << false;
}

void TestDynopayEvent::aSimulationIsNeverOverlooked()
{
    QFETCH(QByteArray, value);
    QFETCH(bool, isSimulated);
    QCOMPARE(read("{\"simulated\":" + value + "}").isSimulated, isSimulated);
}

void TestDynopayEvent::amountsAreExactlyWhatWasSent()
{
    QCOMPARE(read(R"({"amount":0.123456789012345678})").amount,
             QStringLiteral("0.123456789012345678"));
    QCOMPARE(read(R"({"amount":3.1e-7})").amount, QStringLiteral("3.1e-7"));
    QCOMPARE(core::Decimal::parse(read(R"({"amount":3.1e-7})").amount)->toString(),
             QStringLiteral("0.00000031"));
    QCOMPARE(read(R"({"amount":" 25.10 "})").amount, QStringLiteral("25.10"));
    QCOMPARE(read(R"({"amount":25})").amount, QStringLiteral("25"));
    QCOMPARE(read(R"({"amount":123456789012345678901234567890})").amount,
             QStringLiteral("123456789012345678901234567890"));
    QVERIFY(read(R"({"amount":[25]})").amount.isEmpty());
    QVERIFY(read(R"({"amount":true})").amount.isEmpty());
}

void TestDynopayEvent::onlyAnObjectIsAnEvent_data()
{
    QTest::addColumn<QByteArray>("body");
    for (const char *body : {"", "null", "[]", "5", "\"settled\"", "true",
                             "[{\"event\":\"payment.settled\"}]", "{}}", "{\"a\":1e400}"})
        QTest::newRow(body) << QByteArray(body);
    QTest::newRow("too deep") << "{\"meta_data\":" + QByteArray(16, '[') + QByteArray(16, ']') +
                                     "}";
    QTest::newRow("far too deep") << "{\"meta_data\":" + QByteArray(60'000, '[');
}

void TestDynopayEvent::onlyAnObjectIsAnEvent()
{
    QFETCH(QByteArray, body);
    const auto event = parseEvent(body);
    QVERIFY(!event);
    QCOMPARE(event.error().code, ErrorCode::BadInput);
}

void TestDynopayEvent::noMutationHarmsAndWithoutStatusNothingIsPaid()
{
    int looked = 0;
    const auto look = [&](const Json &mutated) {
        const auto event = parseEvent(core::toBytes(mutated));
        QVERIFY(event);
        const bool saysAnything = isText(mutated, "event") || isText(mutated, "status") ||
                                  isText(mutated, "payment_status");
        if (!saysAnything)
            QCOMPARE(event->status, Status{StatusClass::Unknown});
        ++looked;
    };
    const auto lookWithoutStatus = [&](const Json &mutated) {
        const auto event = parseEvent(core::toBytes(mutated));
        QVERIFY(event);
        QCOMPARE(event->status, Status{StatusClass::Unknown});
        ++looked;
    };
    for (const QByteArray &body : kAll) {
        tests::mutate(body, look);
        Json silent = core::parseJson(body).value();
        for (const char *key : {"event", "status", "payment_status"})
            silent.erase(key);
        tests::mutate(core::toBytes(silent), lookWithoutStatus);
    }
    QVERIFY(looked > 2000);
}

void TestDynopayEvent::everyCutBodyIsBadInput()
{
    for (const QByteArray &body : kAll) {
        for (qsizetype size = 0; size < body.size(); ++size)
            QVERIFY(!parseEvent(body.left(size)));
    }
}

void TestDynopayEvent::addressesAreNormalised_data()
{
    QTest::addColumn<QString>("written");
    QTest::addColumn<QString>("normalised");
    const auto row = [](const char *written, const char *normalised) {
        QTest::newRow(written) << QString::fromLatin1(written) << QString::fromLatin1(normalised);
    };
    row("bitcoincash:qp3wjpa3tjlj042z2wv7hahsldgwhwy0rq9sywjpyy",
        "qp3wjpa3tjlj042z2wv7hahsldgwhwy0rq9sywjpyy");
    row("BITCOINCASH:QP3WJPA3", "qp3wjpa3");
    row("qp3wjpa3", "qp3wjpa3");
    row("0xAbCdEf0123", "0xabcdef0123");
    row("0XABCDEF0123", "0xabcdef0123");
    row("BC1QW508D6", "bc1qw508d6");
    row("ltc1QW508D6", "ltc1qw508d6");
    row("  LXmB1rTq9c\n", "LXmB1rTq9c");
    row("TQn9Y2khEsLJ", "TQn9Y2khEsLJ");
    row("", "");
}

void TestDynopayEvent::addressesAreNormalised()
{
    QFETCH(QString, written);
    QFETCH(QString, normalised);
    QCOMPARE(normalisedAddress(written), normalised);
    QCOMPARE(normalisedAddress(normalised), normalised);
}

void TestDynopayEvent::coinsAreNormalised()
{
    QCOMPARE(normalisedCoin(u" usdt_trc20 "), QStringLiteral("USDT-TRC20"));
    QCOMPARE(normalisedCoin(u"BTC"), QStringLiteral("BTC"));
    QCOMPARE(read(R"({"currency":"usdt_trc20","base_currency":"usd"})").currency,
             QStringLiteral("USDT-TRC20"));
}

REGISTER_TEST(TestDynopayEvent);

} // namespace tst_dynopay_event

#include "tst_dynopay_event.moc"
