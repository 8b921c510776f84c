#include "operators/one_time_code.h"
#include "operators/recovery_codes.h"
#include "tests/support/test_main.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>
#include <QUrlQuery>

namespace tst_one_time_code {

using namespace std::chrono_literals;

namespace {

const QByteArray kSecret = QByteArrayLiteral("12345678901234567890"); // of both RFCs

Timestamp at(qint64 seconds)
{
    return Timestamp(std::chrono::seconds(seconds));
}

} // namespace

class TestOneTimeCode : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theVectorsOfRfc4226_data();
    void theVectorsOfRfc4226();
    void theVectorsOfRfc6238_data();
    void theVectorsOfRfc6238();
    void oneStepEarlyOrLateIsTaken();
    void aCodeWorksOnce();
    void whatIsNoCodeIsRefused_data();
    void whatIsNoCodeIsRefused();
    void theVectorsOfRfc4648_data();
    void theVectorsOfRfc4648();
    void anAppCanReadTheUri();
    void recoveryCodesAreTenAndDifferent();
    void aRecoveryCodeMayBeTypedInAnyWay();
};

void TestOneTimeCode::theVectorsOfRfc4226_data()
{
    QTest::addColumn<qint64>("counter");
    QTest::addColumn<QByteArray>("code");
    qint64 counter = 0;
    for (const char *code : {"755224", "287082", "359152", "969429", "338314", "254676", "287922",
                             "162583", "399871", "520489"}) {
        QTest::addRow("%lld", static_cast<long long>(counter)) << counter << QByteArray(code);
        ++counter;
    }
}

void TestOneTimeCode::theVectorsOfRfc4226()
{
    QFETCH(qint64, counter);
    QFETCH(QByteArray, code);
    QCOMPARE(operators::codeOf(kSecret, counter), code);
}

void TestOneTimeCode::theVectorsOfRfc6238_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<QByteArray>("code"); // eight digits there
    QTest::newRow("1970") << qint64(59) << QByteArray("94287082");
    QTest::newRow("2005") << qint64(1'111'111'109) << QByteArray("07081804");
    QTest::newRow("2005, next step") << qint64(1'111'111'111) << QByteArray("14050471");
    QTest::newRow("2009") << qint64(1'234'567'890) << QByteArray("89005924");
    QTest::newRow("2033") << qint64(2'000'000'000) << QByteArray("69279037");
    QTest::newRow("2603") << qint64(20'000'000'000) << QByteArray("65353130");
}

void TestOneTimeCode::theVectorsOfRfc6238()
{
    QFETCH(qint64, seconds);
    QFETCH(QByteArray, code);
    const qint64 step = operators::stepAt(at(seconds));
    QCOMPARE(operators::codeOf(kSecret, step, 8), code);
    QCOMPARE(operators::matchingStep(kSecret, code.right(6), at(seconds), 0),
             std::optional<qint64>(step));
}

void TestOneTimeCode::oneStepEarlyOrLateIsTaken()
{
    const qint64 step = 41'152'263;
    const QByteArray code = operators::codeOf(kSecret, step);
    const qint64 begins = step * 30;
    const auto isTaken = [&](qint64 seconds) {
        return operators::matchingStep(kSecret, code, at(seconds), 0) == std::optional(step);
    };
    QVERIFY(!isTaken(begins - 31));
    QVERIFY(isTaken(begins - 30));
    QVERIFY(isTaken(begins));
    QVERIFY(isTaken(begins + 59));
    QVERIFY(!isTaken(begins + 60));
}

void TestOneTimeCode::aCodeWorksOnce()
{
    const qint64 step = 41'152'263;
    const Timestamp now = at(step * 30);
    const auto codeAt = [&](qint64 which) { return operators::codeOf(kSecret, which); };
    QVERIFY(operators::matchingStep(kSecret, codeAt(step), now, step - 1));
    QVERIFY(!operators::matchingStep(kSecret, codeAt(step), now, step));
    QVERIFY(!operators::matchingStep(kSecret, codeAt(step - 1), now, step)); // nor an older one
    QVERIFY(operators::matchingStep(kSecret, codeAt(step + 1), now, step));
}

void TestOneTimeCode::whatIsNoCodeIsRefused_data()
{
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("five digits") << QByteArray("28708");
    QTest::newRow("seven digits") << QByteArray("2870820");
    QTest::newRow("another") << QByteArray("287083");
    QTest::newRow("letters") << QByteArray("28708a");
    QTest::newRow("long") << QByteArray(4000, '2');
}

void TestOneTimeCode::whatIsNoCodeIsRefused()
{
    QFETCH(QByteArray, code);
    QVERIFY(operators::matchingStep(kSecret, "287082", at(59), 0));
    QVERIFY(!operators::matchingStep(kSecret, code, at(59), 0));
}

void TestOneTimeCode::theVectorsOfRfc4648_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << QByteArray() << QString();
    QTest::newRow("f") << QByteArray("f") << QStringLiteral("MY");
    QTest::newRow("fo") << QByteArray("fo") << QStringLiteral("MZXQ");
    QTest::newRow("foo") << QByteArray("foo") << QStringLiteral("MZXW6");
    QTest::newRow("foob") << QByteArray("foob") << QStringLiteral("MZXW6YQ");
    QTest::newRow("fooba") << QByteArray("fooba") << QStringLiteral("MZXW6YTB");
    QTest::newRow("foobar") << QByteArray("foobar") << QStringLiteral("MZXW6YTBOI");
    QTest::newRow("high bits") << QByteArray("\xff\x80\xfe") << QStringLiteral("76AP4");
}

void TestOneTimeCode::theVectorsOfRfc4648()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, text);
    QCOMPARE(operators::toBase32(bytes), text);
}

void TestOneTimeCode::anAppCanReadTheUri()
{
    const QUrl uri(operators::otpauthUri(QStringLiteral("maria.l"), kSecret));
    QVERIFY(uri.isValid());
    QCOMPARE(uri.scheme(), QStringLiteral("otpauth"));
    QCOMPARE(uri.host(), QStringLiteral("totp"));
    QCOMPARE(uri.path(), QStringLiteral("/Speechcad:maria.l"));
    const QUrlQuery query(uri);
    QCOMPARE(query.queryItemValue(QStringLiteral("secret")),
             QStringLiteral("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"));
    QCOMPARE(query.queryItemValue(QStringLiteral("issuer")), QStringLiteral("Speechcad"));
    QCOMPARE(query.queryItemValue(QStringLiteral("digits")), QStringLiteral("6"));
    QCOMPARE(query.queryItemValue(QStringLiteral("period")), QStringLiteral("30"));
    QCOMPARE(query.queryItemValue(QStringLiteral("algorithm")), QStringLiteral("SHA1"));
}

void TestOneTimeCode::recoveryCodesAreTenAndDifferent()
{
    QByteArray bytes(operators::kRecoveryBytes, Qt::Uninitialized);
    for (qsizetype i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<char>(i * 37);
    const QStringList codes = operators::recoveryCodes(bytes);
    QCOMPARE(codes.size(), 10);
    QCOMPARE(QSet<QString>(codes.begin(), codes.end()).size(), 10);
    static const QRegularExpression shape(
        QStringLiteral("\\A[a-z2-7]{4}-[a-z2-7]{4}-[a-z2-7]{4}-[a-z2-7]{4}\\z"));
    for (const QString &code : codes)
        QVERIFY2(shape.match(code).hasMatch(), qUtf8Printable(code));
}

void TestOneTimeCode::aRecoveryCodeMayBeTypedInAnyWay()
{
    const QByteArray key = QByteArrayLiteral("the key of this installation 012");
    const QByteArray mac = operators::recoveryMac(key, 7, "abcd-efgh-2345-wxyz");
    QCOMPARE(mac.size(), 32);
    for (const char *typed : {"ABCD-EFGH-2345-WXYZ", " abcdefgh2345wxyz ", "abcd efgh 2345 wxyz"})
        QCOMPARE(operators::recoveryMac(key, 7, typed), mac);
    QVERIFY(operators::recoveryMac(key, 7, "abcd-efgh-2345-wxya") != mac);
    QVERIFY(operators::recoveryMac(key, 8, "abcd-efgh-2345-wxyz") != mac); // somebody else's
    QVERIFY(operators::recoveryMac("another key", 7, "abcd-efgh-2345-wxyz") != mac);
}

REGISTER_TEST(TestOneTimeCode);

} // namespace tst_one_time_code

#include "tst_one_time_code.moc"
