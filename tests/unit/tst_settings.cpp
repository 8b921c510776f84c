#include "core/log.h"
#include "core/settings.h"
#include "tests/support/test_main.h"

#include <QTemporaryDir>
#include <QTest>

namespace tst_settings {

using core::readSettings;
using core::Settings;
using core::SettingsSource;
using core::SettingsUse;
using Environment = QHash<QString, QString>;

class TestSettings : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aWholeEnvironmentIsRead();
    void defaultsFillWhatMayBeMissing();
    void whatIsMissingIsNamedWithWhatItLooksLike_data();
    void whatIsMissingIsNamedWithWhatItLooksLike();
    void whatIsMalformedIsNamedWithWhatItLooksLike_data();
    void whatIsMalformedIsNamedWithWhatItLooksLike();
    void aProblemNeverShowsTheValue();
    void allProblemsAreToldAtOnce();
    void aDatabaseProgramNeedsNoProvider();
    void theIniFileIsReadAndTheEnvironmentWins();
    void aSecretMayComeFromAFile();
    void aFileThatCannotBeReadIsNamed();
    void secretsAreHiddenFromTheLog();
    void theBaseUrlLosesItsTail();
    void coinsAreNormalised();
};

namespace {

Environment good()
{
    return {
        {QStringLiteral("SPEECHCAD_PUBLIC_URL"), QStringLiteral("https://bot.host.tld")},
        {QStringLiteral("TELEGRAM_BOT_TOKEN"),
         QStringLiteral("123456789:AAEhBP0av28_-abcdefghijklmnop")},
        {QStringLiteral("TELEGRAM_WEBHOOK_SECRET"), QStringLiteral("Zq3_8fk2-LmN0pQrS")},
        {QStringLiteral("DYNOPAY_API_KEY"), QStringLiteral("dpk_live_a1b2c3d4e5f6")},
        {QStringLiteral("DYNOPAY_WALLET_TOKEN"), QStringLiteral("wallet_a1b2c3d4e5f6")},
    };
}

Environment with(const char *name, const QString &value)
{
    Environment environment = good();
    environment.insert(QString::fromLatin1(name), value);
    return environment;
}

tl::expected<Settings, QStringList> read(const Environment &environment, const QString &ini = {})
{
    return readSettings(SettingsSource(environment, ini), SettingsUse::Server);
}

QString written(const QTemporaryDir &folder, const char *name, const QByteArray &content)
{
    QFile file(folder.filePath(QString::fromLatin1(name)));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        return {};
    return file.fileName();
}

} // namespace

void TestSettings::aWholeEnvironmentIsRead()
{
    Environment environment = good();
    environment.insert(QStringLiteral("SPEECHCAD_LISTEN"), QStringLiteral("[::1]:9000"));
    environment.insert(QStringLiteral("TELEGRAM_RATE"), QStringLiteral("500"));
    environment.insert(QStringLiteral("SPEECHCAD_ENGINE_WORKERS"), QStringLiteral("0"));
    environment.insert(QStringLiteral("DYNOPAY_WEBHOOK_SECRETS"),
                       QStringLiteral("whsec_0123456789abcdef, whsec_fedcba9876543210"));
    environment.insert(QStringLiteral("DYNOPAY_SIGNATURE_POLICY"), QStringLiteral("required_v2"));
    environment.insert(QStringLiteral("DYNOPAY_CREDIT_RULE"), QStringLiteral("meta_strict"));
    environment.insert(QStringLiteral("SPEECHCAD_LOG_FORMAT"), QStringLiteral("json"));
    const auto settings = read(environment);
    QVERIFY2(settings, qPrintable(settings ? QString() : settings.error().join(u'\n')));
    QCOMPARE(settings->listen.host, QHostAddress(QHostAddress::LocalHostIPv6));
    QCOMPARE(settings->listen.port, quint16(9000));
    QCOMPARE(settings->telegramRatePerSecond, 500);
    QCOMPARE(settings->engineWorkers, 0);
    QCOMPARE(settings->dynopayWebhookSecrets,
             QStringList({QStringLiteral("whsec_0123456789abcdef"),
                          QStringLiteral("whsec_fedcba9876543210")}));
    QVERIFY(settings->dynopaySignaturePolicy == Settings::SignaturePolicy::RequiredV2);
    QVERIFY(settings->dynopayCreditRule == Settings::CreditRule::MetaStrict);
    QVERIFY(settings->logJson);
}

void TestSettings::defaultsFillWhatMayBeMissing()
{
    const auto settings = read(good());
    QVERIFY2(settings, qPrintable(settings ? QString() : settings.error().join(u'\n')));
    QVERIFY(settings->databaseUrl.isEmpty());
    QVERIFY(settings->dataDir.endsWith(QLatin1String("/speechcad")));
    QCOMPARE(settings->listen.port, quint16(8080));
    QCOMPARE(settings->adminListen.port, quint16(8081));
    QVERIFY(settings->adminListen.host.isLoopback());
    QCOMPARE(settings->telegramApiUrl, QUrl(QStringLiteral("https://api.telegram.org")));
    QCOMPARE(settings->dynopayBaseUrl, QUrl(QStringLiteral("https://dynopay.com/api")));
    QVERIFY(settings->dynopayCreditRule == Settings::CreditRule::MetaGuarded);
    QVERIFY(settings->dynopaySignaturePolicy == Settings::SignaturePolicy::IfPresent);
    QVERIFY(!settings->dynopaySendLegacyRedirect);
    QVERIFY(settings->termsUrl.isEmpty());
}

void TestSettings::whatIsMissingIsNamedWithWhatItLooksLike_data()
{
    QTest::addColumn<QString>("name");
    const Environment all = good();
    for (auto it = all.cbegin(); it != all.cend(); ++it)
        QTest::newRow(qPrintable(it.key())) << it.key();
}

void TestSettings::whatIsMissingIsNamedWithWhatItLooksLike()
{
    QFETCH(QString, name);
    Environment environment = good();
    environment.remove(name);
    const auto settings = read(environment);
    QVERIFY(!settings);
    QCOMPARE(settings.error().size(), 1);
    QVERIFY2(
        settings.error()[0].startsWith(name + QStringLiteral(" is not set; it should look like ")),
        qPrintable(settings.error()[0]));
}

void TestSettings::whatIsMalformedIsNamedWithWhatItLooksLike_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("looksLike");
    const auto row = [](const char *name, const char *value, const char *looksLike) {
        QTest::newRow(qPrintable(QString::fromLatin1(name) + u' ' + QString::fromLatin1(value)))
            << QByteArray(name) << QString::fromLatin1(value) << QString::fromLatin1(looksLike);
    };
    row("SPEECHCAD_PUBLIC_URL", "http://bot.host.tld", "https://");
    row("SPEECHCAD_PUBLIC_URL", "bot.host.tld", "https://");
    row("SPEECHCAD_PUBLIC_URL", "https://bot.host.tld/path", "https://");
    row("SPEECHCAD_PUBLIC_URL", "https://bot.example.com", "https://");
    row("SPEECHCAD_PUBLIC_URL", "https://your-domain.tld", "https://");
    row("SPEECHCAD_LISTEN", "8080", "127.0.0.1:8080");
    row("SPEECHCAD_LISTEN", "localhost:http", "127.0.0.1:8080");
    row("SPEECHCAD_LISTEN", "127.0.0.1:99999", "127.0.0.1:8080");
    row("SPEECHCAD_ADMIN_LISTEN", ":8081", "127.0.0.1:8080");
    row("SPEECHCAD_TLS_CERTIFICATE", "/etc/speechcad/certificate.pem", "certificate.pem");
    row("SPEECHCAD_ENGINE_WORKERS", "-1", "0 to 32");
    row("SPEECHCAD_TERMS_URL", "https://example.com/terms", "/terms");
    row("SPEECHCAD_CHANNEL_URL", "https://t.me/your_channel", "https://t.me/");
    row("SPEECHCAD_LOG_FORMAT", "xml", "json, text");
    row("TELEGRAM_BOT_TOKEN", "AAEhBP0av28", "123456789:AAE");
    row("TELEGRAM_BOT_TOKEN", "<token>", "123456789:AAE");
    row("TELEGRAM_WEBHOOK_SECRET", "short", "16 to 256 characters");
    row("TELEGRAM_WEBHOOK_SECRET", "changeme", "16 to 256 characters");
    row("TELEGRAM_WEBHOOK_SECRET", "spaces are not allowed", "16 to 256 characters");
    row("TELEGRAM_API_URL", "ftp://api.telegram.org", "https://api.telegram.org");
    row("TELEGRAM_RATE", "fast", "1 to 100000");
    row("TELEGRAM_CHAT_RATE", "0", "1 to 100000");
    row("RETELL_BASE_URL", "api.retellai.com", "https://api.retellai.com");
    row("DYNOPAY_API_KEY", "your_api_key", "DynoPay dashboard");
    row("DYNOPAY_WALLET_TOKEN", "changeme", "master wallet token");
    row("DYNOPAY_BASE_URL", "http://dynopay.com/api", "https://dynopay.com/api");
    row("DYNOPAY_WEBHOOK_SECRETS", "short", "at least 16 characters");
    row("DYNOPAY_WEBHOOK_SECRETS", "dynopay-webhook-default-secret", "at least 16 characters");
    row("DYNOPAY_SIGNATURE_POLICY", "sometimes", "if_present, off, required_v2, v2_or_v1");
    row("DYNOPAY_CREDIT_RULE", "generous", "meta_guarded, meta_strict");
    row("DYNOPAY_SEND_LEGACY_REDIRECT", "yes", "false, true");
}

void TestSettings::whatIsMalformedIsNamedWithWhatItLooksLike()
{
    QFETCH(QByteArray, name);
    QFETCH(QString, value);
    QFETCH(QString, looksLike);
    const auto settings = read(with(name.constData(), value));
    QVERIFY(!settings);
    const QString first = settings.error().first();
    QVERIFY2(first.startsWith(QString::fromLatin1(name)), qPrintable(first));
    QVERIFY2(first.contains(looksLike), qPrintable(first));
}

void TestSettings::aProblemNeverShowsTheValue()
{
    Environment environment = with("TELEGRAM_WEBHOOK_SECRET", QStringLiteral("not so secret!"));
    environment.insert(QStringLiteral("DYNOPAY_WEBHOOK_SECRETS"), QStringLiteral("tooshort"));
    const auto settings = read(environment);
    QVERIFY(!settings);
    const QString problems = settings.error().join(u'\n');
    QVERIFY(!problems.contains(QLatin1String("not so secret!")));
    QVERIFY(!problems.contains(QLatin1String("tooshort")));
}

void TestSettings::allProblemsAreToldAtOnce()
{
    const auto settings = read({});
    QVERIFY(!settings);
    QCOMPARE(settings.error().size(), good().size());
}

void TestSettings::aDatabaseProgramNeedsNoProvider()
{
    const Environment environment = {
        {QStringLiteral("SPEECHCAD_DATABASE_URL"), QStringLiteral("postgresql:///x")}};
    const auto settings = readSettings(SettingsSource(environment, {}), SettingsUse::DatabaseOnly);
    QVERIFY(settings);
    QCOMPARE(settings->databaseUrl, QStringLiteral("postgresql:///x"));
}

void TestSettings::theIniFileIsReadAndTheEnvironmentWins()
{
    const QTemporaryDir folder;
    const QString ini = written(folder, "speechcad.ini",
                                "TELEGRAM_RATE=7\n"
                                "SPEECHCAD_DATA_DIR=/srv/ini\n"
                                "DYNOPAY_COINS=BTC,ETH\n"
                                "[any section]\n"
                                "TELEGRAM_CHAT_RATE=3\n");
    QVERIFY(!ini.isEmpty());
    const auto settings = read(with("SPEECHCAD_DATA_DIR", QStringLiteral("/srv/environment")), ini);
    QVERIFY2(settings, qPrintable(settings ? QString() : settings.error().join(u'\n')));
    QCOMPARE(settings->telegramRatePerSecond, 7);
    QCOMPARE(settings->telegramChatRatePerSecond, 3);
    QCOMPARE(settings->dynopayCoins, QStringList({QStringLiteral("BTC"), QStringLiteral("ETH")}));
    QCOMPARE(settings->dataDir, QStringLiteral("/srv/environment"));
}

void TestSettings::aSecretMayComeFromAFile()
{
    const QTemporaryDir folder;
    const QString file = written(folder, "secret", "FromTheFile_0123456789\n");
    QVERIFY(!file.isEmpty());
    Environment environment = good();
    environment.remove(QStringLiteral("TELEGRAM_WEBHOOK_SECRET"));
    environment.insert(QStringLiteral("TELEGRAM_WEBHOOK_SECRET_FILE"), file);
    QCOMPARE(read(environment).value().telegramWebhookSecret,
             QStringLiteral("FromTheFile_0123456789"));

    const QString ini =
        written(folder, "speechcad.ini", "TELEGRAM_WEBHOOK_SECRET=FromTheIni_0123456789\n");
    QCOMPARE(read(environment, ini).value().telegramWebhookSecret,
             QStringLiteral("FromTheFile_0123456789"));
    environment.remove(QStringLiteral("TELEGRAM_WEBHOOK_SECRET_FILE"));
    QCOMPARE(read(environment, ini).value().telegramWebhookSecret,
             QStringLiteral("FromTheIni_0123456789"));
}

void TestSettings::aFileThatCannotBeReadIsNamed()
{
    const QTemporaryDir folder;
    Environment environment = good();
    environment.remove(QStringLiteral("DYNOPAY_API_KEY"));
    environment.insert(QStringLiteral("DYNOPAY_API_KEY_FILE"),
                       folder.filePath(QStringLiteral("absent")));
    const auto settings = read(environment);
    QVERIFY(!settings);
    QVERIFY2(settings.error().first().contains(QLatin1String("DYNOPAY_API_KEY_FILE")),
             qPrintable(settings.error().first()));
}

void TestSettings::secretsAreHiddenFromTheLog()
{
    QVERIFY(read(with("DYNOPAY_WEBHOOK_SECRETS", QStringLiteral("whsec_hidden_by_settings"))));
    for (const char *secret : {"whsec_hidden_by_settings", "Zq3_8fk2-LmN0pQrS",
                               "dpk_live_a1b2c3d4e5f6", "wallet_a1b2c3d4e5f6"})
        QCOMPARE(core::maskedForLog(QString::fromLatin1(secret)), QStringLiteral("[secret]"));
}

void TestSettings::theBaseUrlLosesItsTail()
{
    for (const char *url : {"https://pay.host.tld/api", "https://pay.host.tld/api/",
                            "https://pay.host.tld/api/user", "https://pay.host.tld/api/user/"})
        QCOMPARE(read(with("DYNOPAY_BASE_URL", QString::fromLatin1(url))).value().dynopayBaseUrl,
                 QUrl(QStringLiteral("https://pay.host.tld/api")));
    QCOMPARE(read(with("SPEECHCAD_PUBLIC_URL", QStringLiteral("http://127.0.0.1:8080/")))
                 .value()
                 .publicUrl,
             QUrl(QStringLiteral("http://127.0.0.1:8080")));
}

void TestSettings::coinsAreNormalised()
{
    QCOMPARE(read(with("DYNOPAY_COINS", QStringLiteral("usdt_trc20, btc,,"))).value().dynopayCoins,
             QStringList({QStringLiteral("USDT-TRC20"), QStringLiteral("BTC")}));
}

REGISTER_TEST(TestSettings);

} // namespace tst_settings

#include "tst_settings.moc"
