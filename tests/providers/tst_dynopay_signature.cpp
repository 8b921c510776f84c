#include "core/crypto.h"
#include "providers/dynopay/signature.h"
#include "tests/support/test_main.h"

#include <QTest>

namespace tst_dynopay_signature {

using namespace providers::dynopay;

class TestDynopaySignature : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void weSignAsTheVectorsSay();
    void theVectorsAreValid();
    void aRotatedSecretIsValidOnEitherSide();
    void aPlainDigestOfTheBodyIsWrong();
    void anotherBodyOrTimeIsWrong();
    void theToleranceIsInclusiveAndSettable();
    void aWrongV2IsNotSavedByAGoodV1();
    void withoutHeaderOrSecretItIsAbsent();
    void malformedHeadersAreWrong_data();
    void malformedHeadersAreWrong();
    void v1ReplacesOnlyTheTopLevelTimestamp_data();
    void v1ReplacesOnlyTheTopLevelTimestamp();
    void v1NeedsAnObject();
};

namespace {

constexpr qint64 kSeconds = 1'790'000'000;
const QByteArray kSecret = "whsec_example_only_0123456789abcdef";
const QByteArray kOldSecret = "whsec_old_secret_being_rotated_00000000";

const QByteArray kBodyA =
    R"({"event":"payment.settled","payment_id":"5b8f6a52-3c1e-4f0e-9d7a-2f6f1c0d9e11","amount":25,"currency":"USDT-TRC20",)"
    R"("meta_data":{"deposit_id":"dep_7Q2"},"created_at":"2026-11-20T09:14:03.120Z",)"
    R"("webhook_id":"0d5c1e5e-8f5b-4d37-a7b3-3b6f0f6b1a20","sent_at":"2026-11-20T09:14:03.200Z"})";
const QByteArray kBodyB =
    R"({"event":"payment.pending","payment_id":"5b8f6a52-3c1e-4f0e-9d7a-2f6f1c0d9e11","amount":25,"currency":"USDT-TRC20",)"
    R"("meta_data":{"deposit_id":"dep_7Q2"},"created_at":"2026-11-20T09:12:40.000Z","timestamp":"2026-11-20T09:12:40.000Z",)"
    R"("webhook_id":"a3a8c9d2-0b3e-4f8b-8b32-77f2c2a4d9e0","sent_at":"2026-11-20T09:12:40.050Z"})";

const QByteArray kV2A = "a8c030eb07f8b13480f04ff3e37b60e03dca36488a97255df0acf45e08a64d3e";
const QByteArray kV2AOld = "008a5b98e99c1bf2a75754dcdbca3f325e6f8bb73328136d2299bb14e3773acc";
const QByteArray kV1A = "30b909ad79673dba26865ad3c044addd4d5679226bf5bbc4d378a597c8bace5d";
const QByteArray kPlainA = "7a951c789cb7dbec0abac6e1c8f07f80e26f509b842132f8a5355e8db953abe4";
const QByteArray kV2B = "bcb16a504d3f59023a280ac5b4ca34c545173608567552d0d2ae799759c571a0";
const QByteArray kV1B = "a88594d4cc8acf2d9e475cec688f7b0147ddd4868df365984f7a752fa2bdba7f";

Timestamp at(qint64 seconds)
{
    return Timestamp(std::chrono::seconds(seconds));
}

QByteArray v2Header(const QByteArray &digests)
{
    return "t=1790000000,v1=" + digests;
}

SignatureHeaders v1Headers(const QByteArray &digest)
{
    return {.v2 = {}, .v1 = digest, .timestamp = "1790000000"};
}

SignatureVerdict verdict(const SignatureHeaders &headers, const QByteArray &body,
                         QList<QByteArray> secrets = {kSecret}, qint64 now = kSeconds)
{
    return verifySignature(headers, body, secrets, at(now));
}

} // namespace

void TestDynopaySignature::weSignAsTheVectorsSay()
{
    QCOMPARE(kBodyA.size(), 281);
    QCOMPARE(kBodyB.size(), 320);
    QCOMPARE(signV2(kBodyA, kSeconds, {kSecret}), v2Header(kV2A));
    QCOMPARE(signV2(kBodyA, kSeconds, {kOldSecret}), v2Header(kV2AOld));
    QCOMPARE(signV2(kBodyA, kSeconds, {kSecret, kOldSecret}), v2Header(kV2A + ",v1=" + kV2AOld));
    QCOMPARE(signV2(kBodyB, kSeconds, {kSecret}), v2Header(kV2B));
    QCOMPARE(signV1(kBodyA, kSeconds, kSecret), kV1A);
    QCOMPARE(signV1(kBodyB, kSeconds, kSecret), kV1B);
}

void TestDynopaySignature::theVectorsAreValid()
{
    QCOMPARE(verdict({.v2 = v2Header(kV2A), .v1 = {}, .timestamp = {}}, kBodyA),
             SignatureVerdict::ValidV2);
    QCOMPARE(verdict({.v2 = v2Header(kV2B), .v1 = {}, .timestamp = {}}, kBodyB),
             SignatureVerdict::ValidV2);
    QCOMPARE(verdict(v1Headers(kV1A), kBodyA), SignatureVerdict::ValidV1);
    QCOMPARE(verdict(v1Headers(kV1B), kBodyB), SignatureVerdict::ValidV1);
}

void TestDynopaySignature::aRotatedSecretIsValidOnEitherSide()
{
    // DynoPay signs with both, we know one; DynoPay signs with one, we know both.
    const SignatureHeaders both = {
        .v2 = v2Header(kV2AOld + ",v1=" + kV2A), .v1 = {}, .timestamp = {}};
    QCOMPARE(verdict(both, kBodyA, {kSecret}), SignatureVerdict::ValidV2);
    QCOMPARE(verdict(both, kBodyA, {kOldSecret}), SignatureVerdict::ValidV2);
    const SignatureHeaders old = {.v2 = v2Header(kV2AOld), .v1 = {}, .timestamp = {}};
    QCOMPARE(verdict(old, kBodyA, {kSecret, kOldSecret}), SignatureVerdict::ValidV2);
    QCOMPARE(verdict(old, kBodyA, {kSecret}), SignatureVerdict::Wrong);
    QCOMPARE(verdict(v1Headers(kV1A), kBodyA, {kOldSecret, kSecret}), SignatureVerdict::ValidV1);
}

void TestDynopaySignature::aPlainDigestOfTheBodyIsWrong()
{
    QCOMPARE(verdict({.v2 = v2Header(kPlainA), .v1 = {}, .timestamp = {}}, kBodyA),
             SignatureVerdict::Wrong);
    QCOMPARE(verdict(v1Headers(kPlainA), kBodyA), SignatureVerdict::Wrong);
}

void TestDynopaySignature::anotherBodyOrTimeIsWrong()
{
    QByteArray forged = kBodyA;
    forged.replace("\"amount\":25", "\"amount\":99");
    QCOMPARE(verdict({.v2 = v2Header(kV2A), .v1 = {}, .timestamp = {}}, forged),
             SignatureVerdict::Wrong);
    QCOMPARE(verdict({.v2 = "t=1790000001,v1=" + kV2A, .v1 = {}, .timestamp = {}}, kBodyA),
             SignatureVerdict::Wrong);
    QCOMPARE(verdict(v1Headers(kV1A), forged), SignatureVerdict::Wrong);
    QCOMPARE(verdict({.v2 = {}, .v1 = kV1A, .timestamp = "1790000001"}, kBodyA),
             SignatureVerdict::Wrong);
}

void TestDynopaySignature::theToleranceIsInclusiveAndSettable()
{
    const SignatureHeaders v2 = {.v2 = v2Header(kV2A), .v1 = {}, .timestamp = {}};
    for (const int sign : {1, -1}) {
        QCOMPARE(verdict(v2, kBodyA, {kSecret}, kSeconds + sign * 300), SignatureVerdict::ValidV2);
        QCOMPARE(verdict(v2, kBodyA, {kSecret}, kSeconds + sign * 301), SignatureVerdict::Stale);
        QCOMPARE(verdict(v1Headers(kV1A), kBodyA, {kSecret}, kSeconds + sign * 301),
                 SignatureVerdict::Stale);
    }
    QCOMPARE(verifySignature(v2, kBodyA, {kSecret}, at(kSeconds + 86'400), std::chrono::hours(24)),
             SignatureVerdict::ValidV2);
    // A stale time with a wrong digest is wrong: only who knows the secret hears of the clock.
    QCOMPARE(verdict({.v2 = v2Header(kPlainA), .v1 = {}, .timestamp = {}}, kBodyA, {kSecret}, 0),
             SignatureVerdict::Wrong);
}

void TestDynopaySignature::aWrongV2IsNotSavedByAGoodV1()
{
    QCOMPARE(verdict({.v2 = v2Header(kPlainA), .v1 = kV1A, .timestamp = "1790000000"}, kBodyA),
             SignatureVerdict::Wrong);
    QCOMPARE(verdict({.v2 = v2Header(kV2A), .v1 = "junk", .timestamp = {}}, kBodyA),
             SignatureVerdict::ValidV2);
}

void TestDynopaySignature::withoutHeaderOrSecretItIsAbsent()
{
    QCOMPARE(verdict({}, kBodyA), SignatureVerdict::Absent);
    QCOMPARE(verdict({.v2 = {}, .v1 = {}, .timestamp = "1790000000"}, kBodyA),
             SignatureVerdict::Absent);
    QCOMPARE(verdict({.v2 = v2Header(kV2A), .v1 = {}, .timestamp = {}}, kBodyA, {}),
             SignatureVerdict::Absent);
    // An empty secret is none: anybody could sign with it.
    QCOMPARE(verdict({.v2 = signV2(kBodyA, kSeconds, {QByteArray()}), .v1 = {}, .timestamp = {}},
                     kBodyA, {QByteArray()}),
             SignatureVerdict::Wrong);
}

void TestDynopaySignature::malformedHeadersAreWrong_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::newRow("no time") << "v1=" + kV2A;
    QTest::newRow("no digest") << QByteArray("t=1790000000");
    QTest::newRow("empty digest") << QByteArray("t=1790000000,v1=");
    QTest::newRow("digest only") << kV2A;
    QTest::newRow("two times") << "t=1790000000,t=1790000000,v1=" + kV2A;
    QTest::newRow("time in words") << "t=now,v1=" + kV2A;
    QTest::newRow("negative time") << "t=-1790000000,v1=" + kV2A;
    QTest::newRow("enormous time") << "t=" + QByteArray(400, '9') + ",v1=" + kV2A;
    QTest::newRow("other scheme") << "t=1790000000,v0=" + kV2A;
    QTest::newRow("cut digest") << v2Header(kV2A.left(63));
    QTest::newRow("long digest") << v2Header(kV2A + '0');
    QTest::newRow("commas") << QByteArray(5000, ',');
}

void TestDynopaySignature::malformedHeadersAreWrong()
{
    QFETCH(QByteArray, header);
    QCOMPARE(verdict({.v2 = header, .v1 = {}, .timestamp = {}}, kBodyA), SignatureVerdict::Wrong);
    QCOMPARE(verdict({.v2 = {}, .v1 = kV1A, .timestamp = header}, kBodyA), SignatureVerdict::Wrong);
}

void TestDynopaySignature::v1ReplacesOnlyTheTopLevelTimestamp_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("signedText");
    const auto row = [](const char *name, const char *body, const char *signedText) {
        QTest::newRow(name) << QByteArray(body) << QByteArray(signedText);
    };
    row("empty", "{}", R"({"timestamp":1790000000})");
    row("number", R"({"timestamp":5,"a":1})", R"({"timestamp":1790000000,"a":1})");
    row("last", R"({"a":1,"timestamp":null})", R"({"a":1,"timestamp":1790000000})");
    row("nested only", R"({"a":{"timestamp":5}})",
        R"({"a":{"timestamp":5},"timestamp":1790000000})");
    row("nested first", R"({"a":{"timestamp":5},"timestamp":6})",
        R"({"a":{"timestamp":5},"timestamp":1790000000})");
    row("in a text", R"({"a":"\"timestamp\":5,"})",
        R"({"a":"\"timestamp\":5,","timestamp":1790000000})");
    row("as a value", R"({"a":"timestamp","b":2})",
        R"({"a":"timestamp","b":2,"timestamp":1790000000})");
    row("object value", R"({"timestamp":{"x":["}",1]},"a":1})",
        R"({"timestamp":1790000000,"a":1})");
    row("numbers untouched", R"({"a":1.50,"b":1E2,"timestamp":"x"})",
        R"({"a":1.50,"b":1E2,"timestamp":1790000000})");
    row("spaces", "{ \"a\" : [1, 2] , \"timestamp\" : 5 }\n",
        "{ \"a\" : [1, 2] , \"timestamp\" : 1790000000 }\n");
    row("spaces, appended", "{ \"a\" : 1 }\n", "{ \"a\" : 1 ,\"timestamp\":1790000000}\n");
    row("escapes", R"({"a\"}":"\\","timestamp":5})", R"({"a\"}":"\\","timestamp":1790000000})");
}

void TestDynopaySignature::v1ReplacesOnlyTheTopLevelTimestamp()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, signedText);
    // A text that has this very timestamp already is signed as it stands.
    QCOMPARE(signV1(body, kSeconds, kSecret), signV1(signedText, kSeconds, kSecret));
    QCOMPARE(signV1(signedText, kSeconds, kSecret), core::hmacSha256(kSecret, signedText).toHex());
}

void TestDynopaySignature::v1NeedsAnObject()
{
    for (const QByteArray &body :
         {QByteArray(), QByteArray("[]"), QByteArray("null"), QByteArray("{"),
          QByteArray("{\"a\":"), QByteArray("{\"a\":1}}"), QByteArray(100'000, '{')}) {
        QCOMPARE(signV1(body, kSeconds, kSecret), QByteArray());
        QCOMPARE(verdict(v1Headers(kV1A), body), SignatureVerdict::Wrong);
    }
}

REGISTER_TEST(TestDynopaySignature);

} // namespace tst_dynopay_signature

#include "tst_dynopay_signature.moc"
