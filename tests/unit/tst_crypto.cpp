#include "core/crypto.h"
#include "tests/support/test_main.h"

#include <QTest>

namespace tst_crypto {

class TestCrypto : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sha256KnowsItsVectors();
    void hmacKnowsItsVectors();
    void comparesBytes();
    void base64UrlHasNoPaddingAndNoPath();
    void derivedBytesAreTheSameForTheSamePurpose();
    void randomBytesDiffer();
};

void TestCrypto::sha256KnowsItsVectors()
{
    QCOMPARE(core::sha256("abc").toHex(),
             QByteArray("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    QCOMPARE(core::sha256("").toHex(),
             QByteArray("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
}

/// RFC 4231, test cases 2 and 6 (a key longer than a block).
void TestCrypto::hmacKnowsItsVectors()
{
    QCOMPARE(core::hmacSha256("Jefe", "what do ya want for nothing?").toHex(),
             QByteArray("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
    QCOMPARE(core::hmacSha256(QByteArray(131, '\xaa'),
                              "Test Using Larger Than Block-Size Key - Hash Key First")
                 .toHex(),
             QByteArray("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"));
}

void TestCrypto::comparesBytes()
{
    QVERIFY(core::equalInConstantTime("secret", "secret"));
    QVERIFY(!core::equalInConstantTime("secret", "secreT"));
    QVERIFY(!core::equalInConstantTime("secret", "secre"));
    QVERIFY(!core::equalInConstantTime("", "s"));
    QVERIFY(core::equalInConstantTime("", ""));
}

void TestCrypto::base64UrlHasNoPaddingAndNoPath()
{
    QCOMPARE(core::toBase64Url(QByteArray("\xfb\xff\xfe")), QByteArray("-__-"));
    QCOMPARE(core::toBase64Url(QByteArray(32, 'x')).size(), 43);
    QVERIFY(!core::toBase64Url(QByteArray("a")).contains('='));
}

void TestCrypto::derivedBytesAreTheSameForTheSamePurpose()
{
    const QByteArray first = core::derivedBytes("secret", "deposit:1", 100);
    QCOMPARE(first.size(), 100);
    QCOMPARE(core::derivedBytes("secret", "deposit:1", 100), first);
    QCOMPARE(core::derivedBytes("secret", "deposit:1", 10), first.left(10));
    QVERIFY(core::derivedBytes("secret", "deposit:2", 100) != first);
    QVERIFY(core::derivedBytes("Secret", "deposit:1", 100) != first);
    QVERIFY(first.left(32) != first.mid(32, 32));
}

void TestCrypto::randomBytesDiffer()
{
    QCOMPARE(core::randomBytes(32).size(), 32);
    QVERIFY(core::randomBytes(32) != core::randomBytes(32));
}

REGISTER_TEST(TestCrypto);

} // namespace tst_crypto

#include "tst_crypto.moc"
