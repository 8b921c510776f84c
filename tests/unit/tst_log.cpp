#include "core/json.h"
#include "core/log.h"
#include "tests/support/test_main.h"

#include <QTemporaryFile>
#include <QTest>

#include <cstdio>
#include <unistd.h>

namespace tst_log {

using core::maskedForLog;

class TestLog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatMustNotBeSeenIsMasked_data();
    void whatMustNotBeSeenIsMasked();
    void ordinaryTextIsLeftAlone_data();
    void ordinaryTextIsLeftAlone();
    void aRegisteredSecretIsHiddenWhereverItStands();
    void ofTwoSecretsTheLongerIsHiddenWhole();
    void aShortSecretIsIgnored();
    void aMessageIsOneLine();
    void aJsonLineIsJson();
};

namespace {

/// What `write` puts on standard error with the log installed.
template <typename Write> QByteArray logged(core::LogFormat format, Write write)
{
    QTemporaryFile file;
    if (!file.open())
        return {};
    std::fflush(stderr);
    const int saved = ::dup(STDERR_FILENO);
    ::dup2(file.handle(), STDERR_FILENO);
    core::installLog(format);
    write();
    qInstallMessageHandler(nullptr);
    std::fflush(stderr);
    ::dup2(saved, STDERR_FILENO);
    ::close(saved);
    file.seek(0);
    return file.readAll();
}

} // namespace

void TestLog::whatMustNotBeSeenIsMasked_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("secret");
    QTest::addColumn<QString>("mark");
    const auto row = [](const char *name, const char *text, const char *secret, const char *mark) {
        QTest::newRow(name) << QString::fromLatin1(text) << QString::fromLatin1(secret)
                            << QString::fromLatin1(mark);
    };
    row("bot token", "token 123456789:AAEhBP0av28_-abcdefghijklmnopqrstu", "AAEhBP0av28",
        "[bot token]");
    row("bot token in a path",
        "https://api.telegram.org/bot123456789:AAEhBP0av28_-abcdefghijklmnop/getMe", "AAEhBP0av28",
        "[bot token]");
    row("bot token in a file path", "GET /file/bot123456789:AAEhBP0av28_-abcdefghijklmnop/a.csv",
        "AAEhBP0av28", "[bot token]");
    row("dynopay path", "POST /webhooks/dynopay/k3Jt0p7Yq2_abc-def 200", "k3Jt0p7Yq2",
        "/webhooks/dynopay/[token] 200");
    row("dynopay url", "\"https://bot.host.tld/webhooks/dynopay/k3Jt0p7Yq2\"", "k3Jt0p7Yq2",
        "[token]\"");
    row("bearer", "Authorization: Bearer eyJhbGciOi.abc", "eyJhbGciOi", "Bearer [token]");
    row("bearer lower", "authorization: bearer eyJhbGciOi.abc", "eyJhbGciOi", "[token]");
    row("url password", "postgresql://bot:s3cr3t@db.host/speechcad", "s3cr3t",
        "://bot:[password]@db.host");
    row("url password with @", "postgresql://bot:s3@cr3t@db.host/speechcad", "cr3t",
        "[password]@db.host");
    row("keyword password", "host=db password=s3cr3t dbname=x", "s3cr3t",
        "password=[password] dbname=x");
    row("phone", "calling +15005550001 now", "5005550001", "calling [phone] now");
    row("phone, spaced", "calling +1 (500) 555-0001", "555-0001", "[phone]");
    row("phone, long", "+8613800138000", "13800138", "[phone]");
}

void TestLog::whatMustNotBeSeenIsMasked()
{
    QFETCH(QString, text);
    QFETCH(QString, secret);
    QFETCH(QString, mark);
    QVERIFY(text.contains(secret));
    const QString masked = maskedForLog(text);
    QVERIFY2(!masked.contains(secret), qPrintable(masked));
    QVERIFY2(masked.contains(mark), qPrintable(masked));
}

void TestLog::ordinaryTextIsLeftAlone_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text :
         {"transfer made 42", "2026-11-22T17:04:05.123456Z", "customer:48213 deposit 17",
          "https://dynopay.com/api/user/cryptoPayment", "listening on 127.0.0.1:8080",
          "balance +25.00", "hash 9f0c77ab"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void TestLog::ordinaryTextIsLeftAlone()
{
    QFETCH(QString, text);
    QCOMPARE(maskedForLog(text), text);
}

void TestLog::aRegisteredSecretIsHiddenWhereverItStands()
{
    core::hideInLog(QStringLiteral("whsec_test_value"));
    QCOMPARE(maskedForLog(QStringLiteral("xwhsec_test_valuex whsec_test_value")),
             QStringLiteral("x[secret]x [secret]"));
}

void TestLog::ofTwoSecretsTheLongerIsHiddenWhole()
{
    core::hideInLog(QStringLiteral("prefix_"));
    core::hideInLog(QStringLiteral("prefix_and_the_rest"));
    QCOMPARE(maskedForLog(QStringLiteral("prefix_and_the_rest")), QStringLiteral("[secret]"));
}

void TestLog::aShortSecretIsIgnored()
{
    core::hideInLog(QStringLiteral("abc"));
    core::hideInLog(QString());
    QCOMPARE(maskedForLog(QStringLiteral("abc")), QStringLiteral("abc"));
}

void TestLog::aMessageIsOneLine()
{
    const QByteArray lines =
        logged(core::LogFormat::Text, [] { qWarning("first\nsecond +15005550001\r\n"); });
    QCOMPARE(lines.count('\n'), 1);
    QVERIFY2(lines.contains("warning default: first\\nsecond [phone]"), lines.constData());
}

void TestLog::aJsonLineIsJson()
{
    const QByteArray line =
        logged(core::LogFormat::JsonLines, [] { qInfo("a \"quoted\"\nBearer abcdef"); });
    QCOMPARE(line.count('\n'), 1);
    const auto json = core::parseJson(line);
    QVERIFY(json);
    QCOMPARE(core::textMember(*json, "level"), QStringLiteral("info"));
    QCOMPARE(core::textMember(*json, "message"), QStringLiteral("a \"quoted\"\nBearer [token]"));
    QVERIFY(core::textMember(*json, "time"));
}

REGISTER_TEST(TestLog);

} // namespace tst_log

#include "tst_log.moc"
