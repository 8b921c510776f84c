#include "core/json.h"
#include "providers/retell/signature.h"
#include "tests/support/test_main.h"

#include <QFile>
#include <QTest>

namespace tst_retell_signature {

using providers::retell::sign;
using providers::retell::SignatureVerdict;
using providers::retell::verifySignature;

class TestRetellSignature : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void agreesWithRetellsOwnSdk_data();
    void agreesWithRetellsOwnSdk();
    void allVectorsAreThere();
    void whatWeSignIsValid();
    void theWindowIsFiveMinutesInclusive();
    void nothingIsSignedWithoutAKey();
};

namespace {

const Json &vectors()
{
    static const Json all = [] {
        QFile file(QStringLiteral(SPEECHCAD_SOURCE_DIR
                                  "/tests/providers/data/retell-signature-vectors.json"));
        return file.open(QIODevice::ReadOnly) ? core::parseJson(file.readAll()).value_or(Json())
                                              : Json();
    }();
    return all;
}

QByteArray bytesOf(const Json &vector, const char *key)
{
    return core::textMember(vector, key).value_or(QString()).toUtf8();
}

constexpr qint64 kNowMs = 1'793'000'000'000;

Timestamp atMillis(qint64 millis)
{
    return Timestamp(std::chrono::milliseconds(millis));
}

} // namespace

void TestRetellSignature::agreesWithRetellsOwnSdk_data()
{
    QTest::addColumn<int>("index");
    for (size_t i = 0; i < vectors().size(); ++i)
        QTest::newRow(bytesOf(vectors()[i], "name").constData()) << static_cast<int>(i);
}

void TestRetellSignature::agreesWithRetellsOwnSdk()
{
    QFETCH(int, index);
    const Json &vector = vectors()[static_cast<size_t>(index)];
    const SignatureVerdict verdict = verifySignature(
        bytesOf(vector, "header"), bytesOf(vector, "body"), bytesOf(vector, "api_key"),
        atMillis(core::integerMember(vector, "now_ms").value()));
    QCOMPARE(verdict == SignatureVerdict::Valid, core::boolMember(vector, "expect").value());
}

void TestRetellSignature::allVectorsAreThere()
{
    QCOMPARE(vectors().size(), size_t(60));
}

void TestRetellSignature::whatWeSignIsValid()
{
    const QByteArray header = sign("{\"event\":\"call_ended\"}", "key_1", atMillis(kNowMs));
    QVERIFY(header.startsWith("v=1793000000000,d="));
    QVERIFY(verifySignature(header, "{\"event\":\"call_ended\"}", "key_1", atMillis(kNowMs)) ==
            SignatureVerdict::Valid);
    QVERIFY(verifySignature(header, "{\"event\":\"call_endeD\"}", "key_1", atMillis(kNowMs)) ==
            SignatureVerdict::Wrong);
    QVERIFY(verifySignature(header, "{\"event\":\"call_ended\"}", "key_2", atMillis(kNowMs)) ==
            SignatureVerdict::Wrong);
    QVERIFY(verifySignature({}, "{}", "key_1", atMillis(kNowMs)) == SignatureVerdict::Absent);
}

void TestRetellSignature::theWindowIsFiveMinutesInclusive()
{
    const QByteArray header = sign("{}", "key_1", atMillis(kNowMs));
    const auto verdictAt = [&](qint64 millis) {
        return verifySignature(header, "{}", "key_1", atMillis(millis));
    };
    QVERIFY(verdictAt(kNowMs + 300'000) == SignatureVerdict::Valid);
    QVERIFY(verdictAt(kNowMs - 300'000) == SignatureVerdict::Valid);
    QVERIFY(verdictAt(kNowMs + 300'001) == SignatureVerdict::Stale);
    QVERIFY(verdictAt(kNowMs - 300'001) == SignatureVerdict::Stale);
}

void TestRetellSignature::nothingIsSignedWithoutAKey()
{
    const QByteArray header = sign("{}", "", atMillis(kNowMs));
    QVERIFY(verifySignature(header, "{}", "", atMillis(kNowMs)) == SignatureVerdict::Wrong);
}

REGISTER_TEST(TestRetellSignature);

} // namespace tst_retell_signature

#include "tst_retell_signature.moc"
