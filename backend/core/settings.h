#pragma once

#include "core/result.h"

#include <QHash>
#include <QHostAddress>
#include <QStringList>
#include <QUrl>

namespace core {

struct ListenAddress {
    QHostAddress host;
    quint16 port = 0; // 0: any free one, for tests
};

/// Everything the environment or speechcad.ini may say, checked. Names and meaning: README,
/// "Settings".
struct Settings {
    QString databaseUrl; // empty: managed PostgreSQL in dataDir
    QString dataDir;
    ListenAddress listen;
    ListenAddress adminListen;
    QUrl publicUrl;         // https, no path; http only to loopback
    QString tlsCertificate; // PEM file; empty: plain HTTP
    QString tlsKey;
    QString sealKeyFile;   // the installation's key, outside the database; made at the first start
    int engineWorkers = 2; // 0: record webhooks, handle nothing

    QString telegramBotToken;
    QString telegramWebhookSecret;
    QUrl telegramApiUrl;
    int telegramRatePerSecond = 30;
    int telegramChatRatePerSecond = 1;

    QString retellApiKey;
    QUrl retellBaseUrl;
    QString retellFromNumber; // E.164, of the account; empty: no calls

    QString dynopayApiKey;
    QString dynopayWalletToken;
    QUrl dynopayBaseUrl; // without trailing "/" and "/user"
    QStringList dynopayWebhookSecrets;
    enum class SignaturePolicy {
        RequiredV2,
        V2OrV1,
        IfPresent,
        Off,
    } dynopaySignaturePolicy = SignaturePolicy::IfPresent;
    enum class CreditRule {
        MetaGuarded,
        MetaStrict,
    } dynopayCreditRule = CreditRule::MetaGuarded;
    QStringList dynopayCoins; // DynoPay codes in the order they are offered
    bool dynopaySendLegacyRedirect = false;

    QUrl termsUrl;        // empty: the server's own /terms page
    QUrl channelUrl;      // empty: no such button
    QString alertCommand; // a program and its arguments; empty: critical alerts are only logged
    bool logJson = false;
};

/// Where a value comes from, in order: environment NAME, file named by environment NAME_FILE, the
/// same two keys in the ini file.
class SettingsSource {
public:
    /// `iniFile` may be missing. `environment` is passed in, so that tests need not touch the
    /// process's own.
    SettingsSource(QHash<QString, QString> environment, const QString &iniFile);
    [[nodiscard]] static SettingsSource ofProcess();
    /// Empty when set nowhere. BadInput: NAME_FILE names a file that cannot be read.
    [[nodiscard]] Result<QString> value(const QString &name) const;

private:
    QHash<QString, QString> m_environment;
    QHash<QString, QString> m_ini;
};

/// What a program needs of the settings; what it does not need may be missing.
enum class SettingsUse {
    Server,       // everything
    DatabaseOnly, // migrate, ledger verify, status, console without backend
};

/// The platform's application data folder; for root /var/lib/speechcad.
[[nodiscard]] QString defaultDataDir();

/// All problems at once, each naming its setting and what it should look like; secrets found are
/// registered with `hideInLog`.
[[nodiscard]] tl::expected<Settings, QStringList> readSettings(const SettingsSource &source,
                                                               SettingsUse use);

} // namespace core
