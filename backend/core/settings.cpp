#include "core/settings.h"

#include "core/log.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcessEnvironment>
#include <QRegularExpression>
#include <QSettings>
#include <QStandardPaths>

#include <unistd.h>

namespace core {

namespace {

constexpr qsizetype kSecretCharactersMin = 16;

QHash<QString, QString> readIni(const QString &path)
{
    QHash<QString, QString> values;
    if (!QFileInfo::exists(path))
        return values;
    QSettings ini(path, QSettings::IniFormat);
    for (const QString &key : ini.allKeys()) {
        // A value with a comma is a list to QSettings; we want the text as written.
        values.insert(key.section(u'/', -1), ini.value(key).toStringList().join(u','));
    }
    return values;
}

bool isPlaceholder(const QString &value)
{
    static const QRegularExpression pattern(
        QStringLiteral("(^|[./@])example\\.(com|org|net)|\\byour[_-]?|<.*>|changeme|\\.\\.\\."),
        QRegularExpression::CaseInsensitiveOption);
    return pattern.match(value).hasMatch();
}

bool isLoopback(const QString &host)
{
    return host == QLatin1String("localhost") || QHostAddress(host).isLoopback();
}

/// Reads one setting after the other and collects what is wrong.
class Reader {
public:
    Reader(const SettingsSource &source, QStringList &problems)
        : m_source(source)
        , m_problems(problems)
    {
    }

    QString text(const char *name, const QString &fallback = {})
    {
        const auto value = m_source.value(QString::fromLatin1(name));
        if (!value) {
            m_problems << QString::fromLatin1(name) + QStringLiteral(": ") + value.error().detail;
            return fallback;
        }
        return value->isEmpty() ? fallback : *value;
    }

    QString required(const char *name, const char *looksLike)
    {
        const QString value = text(name);
        if (value.isEmpty())
            complain(name, "is not set", looksLike);
        else if (isPlaceholder(value))
            complain(name, "is still a placeholder", looksLike);
        return value;
    }

    QString secret(const char *name, const char *looksLike)
    {
        const QString value = required(name, looksLike);
        hideInLog(value);
        return value;
    }

    QUrl url(const char *name, const QString &fallback, const char *looksLike)
    {
        const QString value = text(name, fallback);
        const QUrl url(value, QUrl::StrictMode);
        if (value.isEmpty())
            return {};
        const bool secure = url.scheme() == QLatin1String("https") ||
                            (url.scheme() == QLatin1String("http") && isLoopback(url.host()));
        if (!url.isValid() || url.host().isEmpty() || !secure)
            complain(name, "is not an https address", looksLike);
        else if (isPlaceholder(value))
            complain(name, "is still a placeholder", looksLike);
        return url;
    }

    /// Empty when it is not set.
    QString phoneNumber(const char *name, const char *looksLike)
    {
        static const QRegularExpression e164(QStringLiteral("\\A\\+[1-9][0-9]{6,14}\\z"));
        const QString value = text(name);
        if (!value.isEmpty() && !e164.match(value).hasMatch())
            complain(name, "is not a phone number", looksLike);
        return value;
    }

    int number(const char *name, int fallback, int min, int max)
    {
        bool ok = false;
        const int value = text(name, QString::number(fallback)).toInt(&ok);
        if (ok && value >= min && value <= max)
            return value;
        m_problems << QStringLiteral("%1 must be a whole number from %2 to %3")
                          .arg(QString::fromLatin1(name), QString::number(min),
                               QString::number(max));
        return fallback;
    }

    ListenAddress address(const char *name, const char *fallback)
    {
        const QString value = text(name, QString::fromLatin1(fallback));
        const qsizetype colon = value.lastIndexOf(u':');
        bool ok = false;
        ListenAddress address;
        address.port = value.mid(colon + 1).toUShort(&ok);
        QString host = value.left(qMax<qsizetype>(colon, 0));
        host.remove(u'[').remove(u']');
        address.host = QHostAddress(host);
        if (!ok || colon < 1 || address.host.isNull())
            complain(name, "is not an address and a port", "127.0.0.1:8080 or [::]:8080");
        return address;
    }

    template <typename Choice>
    Choice choice(const char *name, const QHash<QString, Choice> &choices, Choice fallback)
    {
        const QString value = text(name);
        if (value.isEmpty())
            return fallback;
        if (const auto found = choices.constFind(value); found != choices.cend())
            return *found;
        QStringList names = choices.keys();
        names.sort();
        m_problems << QStringLiteral("%1 must be one of: %2")
                          .arg(QString::fromLatin1(name), names.join(QStringLiteral(", ")));
        return fallback;
    }

    void complain(const char *name, const char *what, const char *looksLike)
    {
        m_problems << QStringLiteral("%1 %2; it should look like %3")
                          .arg(QString::fromLatin1(name), QString::fromLatin1(what),
                               QString::fromLatin1(looksLike));
    }

private:
    const SettingsSource &m_source;
    QStringList &m_problems;
};

QStringList listOf(const QString &value)
{
    QStringList items = value.split(u',', Qt::SkipEmptyParts);
    for (QString &item : items)
        item = item.trimmed();
    items.removeAll(QString());
    return items;
}

void readTelegram(Reader &reader, Settings &settings)
{
    settings.telegramBotToken =
        reader.secret("TELEGRAM_BOT_TOKEN", "123456789:AAE... as BotFather gives it");
    static const QRegularExpression token(QStringLiteral("^\\d+:[A-Za-z0-9_-]+$"));
    if (!settings.telegramBotToken.isEmpty() && !token.match(settings.telegramBotToken).hasMatch())
        reader.complain("TELEGRAM_BOT_TOKEN", "has the wrong form",
                        "123456789:AAE... as BotFather gives it");
    settings.telegramWebhookSecret =
        reader.secret("TELEGRAM_WEBHOOK_SECRET", "16 to 256 characters of A-Z a-z 0-9 _ -");
    static const QRegularExpression secret(QStringLiteral("^[A-Za-z0-9_-]{16,256}$"));
    if (!settings.telegramWebhookSecret.isEmpty() &&
        !secret.match(settings.telegramWebhookSecret).hasMatch())
        reader.complain("TELEGRAM_WEBHOOK_SECRET", "has the wrong form",
                        "16 to 256 characters of A-Z a-z 0-9 _ -");
    settings.telegramApiUrl = reader.url(
        "TELEGRAM_API_URL", QStringLiteral("https://api.telegram.org"), "https://api.telegram.org");
    settings.telegramRatePerSecond = reader.number("TELEGRAM_RATE", 30, 1, 100'000);
    settings.telegramChatRatePerSecond = reader.number("TELEGRAM_CHAT_RATE", 1, 1, 100'000);
}

void readDynopaySecrets(Reader &reader, Settings &settings)
{
    settings.dynopayWebhookSecrets = listOf(reader.text("DYNOPAY_WEBHOOK_SECRETS"));
    for (const QString &secret : std::as_const(settings.dynopayWebhookSecrets)) {
        hideInLog(secret);
        // DynoPay: some revisions signed with a constant published in their source.
        if (secret.size() < kSecretCharactersMin ||
            secret.startsWith(QLatin1String("dynopay-webhook-default")))
            reader.complain(
                "DYNOPAY_WEBHOOK_SECRETS", "has a secret that anyone could guess",
                "the secret of the API key, at least 16 characters; several separated by commas");
    }
    using Policy = Settings::SignaturePolicy;
    settings.dynopaySignaturePolicy =
        reader.choice<Policy>("DYNOPAY_SIGNATURE_POLICY",
                              {{QStringLiteral("required_v2"), Policy::RequiredV2},
                               {QStringLiteral("v2_or_v1"), Policy::V2OrV1},
                               {QStringLiteral("if_present"), Policy::IfPresent},
                               {QStringLiteral("off"), Policy::Off}},
                              Policy::IfPresent);
    const bool demands = settings.dynopaySignaturePolicy == Policy::RequiredV2 ||
                         settings.dynopaySignaturePolicy == Policy::V2OrV1;
    if (demands && settings.dynopayWebhookSecrets.isEmpty())
        reader.complain("DYNOPAY_WEBHOOK_SECRETS",
                        "is not set, but DYNOPAY_SIGNATURE_POLICY demands signatures",
                        "the secret of the API key, at least 16 characters");
}

void readDynopay(Reader &reader, Settings &settings)
{
    settings.dynopayApiKey =
        reader.secret("DYNOPAY_API_KEY", "the merchant API key of the DynoPay dashboard");
    settings.dynopayWalletToken =
        reader.secret("DYNOPAY_WALLET_TOKEN", "the master wallet token of the DynoPay dashboard");
    QString base = reader.text("DYNOPAY_BASE_URL", QStringLiteral("https://dynopay.com/api"));
    while (base.endsWith(u'/'))
        base.chop(1);
    if (base.endsWith(QLatin1String("/user")))
        base.chop(5);
    settings.dynopayBaseUrl = reader.url("DYNOPAY_BASE_URL", base, "https://dynopay.com/api");
    settings.dynopayBaseUrl = QUrl(base);
    readDynopaySecrets(reader, settings);
    using Rule = Settings::CreditRule;
    settings.dynopayCreditRule =
        reader.choice<Rule>("DYNOPAY_CREDIT_RULE",
                            {{QStringLiteral("meta_guarded"), Rule::MetaGuarded},
                             {QStringLiteral("meta_strict"), Rule::MetaStrict}},
                            Rule::MetaGuarded);
    settings.dynopayCoins =
        listOf(reader.text("DYNOPAY_COINS", QStringLiteral("USDT-TRC20,USDT-ERC20,BTC,ETH,LTC,TRX"))
                   .toUpper()
                   .replace(u'_', u'-'));
    settings.dynopaySendLegacyRedirect = reader.choice<bool>(
        "DYNOPAY_SEND_LEGACY_REDIRECT",
        {{QStringLiteral("true"), true}, {QStringLiteral("false"), false}}, false);
}

void readWeb(Reader &reader, Settings &settings)
{
    settings.listen = reader.address("SPEECHCAD_LISTEN", "127.0.0.1:8080");
    settings.adminListen = reader.address("SPEECHCAD_ADMIN_LISTEN", "127.0.0.1:8081");
    settings.publicUrl = reader.url("SPEECHCAD_PUBLIC_URL", {}, "https://bot.yourcompany.tld");
    if (settings.publicUrl.isEmpty())
        reader.complain("SPEECHCAD_PUBLIC_URL", "is not set",
                        "https://bot.yourcompany.tld, where providers reach this server");
    if (settings.publicUrl.path() == QLatin1String("/"))
        settings.publicUrl.setPath({});
    if (!settings.publicUrl.path().isEmpty() || settings.publicUrl.hasQuery() ||
        settings.publicUrl.hasFragment())
        reader.complain("SPEECHCAD_PUBLIC_URL", "has more than a host and a port",
                        "https://bot.yourcompany.tld");
    settings.tlsCertificate = reader.text("SPEECHCAD_TLS_CERTIFICATE");
    settings.tlsKey = reader.text("SPEECHCAD_TLS_KEY");
    if (settings.tlsCertificate.isEmpty() != settings.tlsKey.isEmpty())
        reader.complain("SPEECHCAD_TLS_CERTIFICATE", "and SPEECHCAD_TLS_KEY must be set together",
                        "/etc/speechcad/certificate.pem");
    settings.termsUrl =
        reader.url("SPEECHCAD_TERMS_URL", {}, "https://yourcompany.tld/terms, or nothing");
    settings.channelUrl =
        reader.url("SPEECHCAD_CHANNEL_URL", {}, "https://t.me/yourchannel, or nothing");
    settings.engineWorkers = reader.number("SPEECHCAD_ENGINE_WORKERS", 2, 0, 32);
}

} // namespace

SettingsSource::SettingsSource(QHash<QString, QString> environment, const QString &iniFile)
    : m_environment(std::move(environment))
    , m_ini(readIni(iniFile))
{
}

SettingsSource SettingsSource::ofProcess()
{
    const QProcessEnvironment process = QProcessEnvironment::systemEnvironment();
    QHash<QString, QString> environment;
    for (const QString &key : process.keys())
        environment.insert(key, process.value(key));
    QString ini = environment.value(QStringLiteral("SPEECHCAD_CONFIG"));
    if (ini.isEmpty())
        ini =
            QStandardPaths::locate(QStandardPaths::ConfigLocation, QStringLiteral("speechcad.ini"));
    if (ini.isEmpty())
        ini = QStringLiteral("/etc/speechcad/speechcad.ini");
    return SettingsSource(std::move(environment), ini);
}

Result<QString> SettingsSource::value(const QString &name) const
{
    for (const auto *source : {&m_environment, &m_ini}) {
        if (const QString direct = source->value(name); !direct.isEmpty())
            return direct;
        const QString path = source->value(name + QStringLiteral("_FILE"));
        if (path.isEmpty())
            continue;
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            return failure(
                {.code = ErrorCode::BadInput,
                 .detail = QStringLiteral("cannot read the file that %1_FILE names").arg(name)});
        return QString::fromUtf8(file.readAll()).trimmed();
    }
    return QString();
}

QString defaultDataDir()
{
    // PostgreSQL refuses root and runs as another account, which must be able to come to its files.
    if (::geteuid() == 0)
        return QStringLiteral("/var/lib/speechcad");
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
           QStringLiteral("/speechcad");
}

tl::expected<Settings, QStringList> readSettings(const SettingsSource &source, SettingsUse use)
{
    QStringList problems;
    Reader reader(source, problems);
    Settings settings;
    settings.databaseUrl = reader.text("SPEECHCAD_DATABASE_URL");
    settings.dataDir = reader.text("SPEECHCAD_DATA_DIR", defaultDataDir());
    settings.sealKeyFile =
        reader.text("SPEECHCAD_SEAL_KEY_FILE", settings.dataDir + QStringLiteral("/seal.key"));
    settings.alertCommand = reader.text("SPEECHCAD_ALERT_COMMAND");
    if (!settings.alertCommand.isEmpty() && !settings.alertCommand.startsWith(u'/'))
        reader.complain("SPEECHCAD_ALERT_COMMAND", "does not begin with a program's whole path",
                        "/usr/local/bin/tell-staff --room operations");
    settings.logJson = reader.choice<bool>(
        "SPEECHCAD_LOG_FORMAT", {{QStringLiteral("json"), true}, {QStringLiteral("text"), false}},
        false);
    if (use == SettingsUse::Server) {
        readWeb(reader, settings);
        readTelegram(reader, settings);
        settings.retellApiKey = reader.text("RETELL_API_KEY");
        hideInLog(settings.retellApiKey);
        settings.retellBaseUrl =
            reader.url("RETELL_BASE_URL", QStringLiteral("https://api.retellai.com"),
                       "https://api.retellai.com");
        settings.retellFromNumber = reader.phoneNumber("RETELL_FROM_NUMBER", "+14155550100");
        readDynopay(reader, settings);
    }
    if (!problems.isEmpty())
        return tl::unexpected(problems);
    return settings;
}

} // namespace core
