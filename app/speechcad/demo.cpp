#include "demo.h"

#include "core/json.h"

#include <QCoreApplication>
#include <QDir>
#include <QTcpServer>

#include <csignal>
#include <sys/prctl.h>

namespace console {

namespace {

constexpr int kSimulatorStartMs = 10'000;
constexpr int kSimulatorStopMs = 2'000;
const QString kBotToken = QStringLiteral("1000000001:simulated-bot-token");
const QString kApiKey = QStringLiteral("simulated-api-key");
const QString kWalletToken = QStringLiteral("simulated-wallet-token");
const QString kRetellKey = QStringLiteral("simulated-retell-key");
const QString kRetellNumber = QStringLiteral("+14155550100");
const QString kWebhookSecret = QStringLiteral("simulated-webhook-secret");
const QString kSigningSecret = QStringLiteral("whsec_of_the_simulator_0001");

Error cannotStart(const QString &words)
{
    return {.code = ErrorCode::ConfigurationInvalid, .detail = words};
}

/// The hooks' address is told to the providers before anybody listens there, so the port is chosen
/// first.
Result<quint16> freePort()
{
    QTcpServer probe;
    if (!probe.listen(QHostAddress::LocalHost))
        return failure(
            cannotStart(QStringLiteral("no free port on 127.0.0.1: %1").arg(probe.errorString())));
    return probe.serverPort();
}

core::Settings settingsFor(const QString &dataDir, quint16 hookPort, quint16 simulatorPort)
{
    const QString providers = QStringLiteral("http://127.0.0.1:%1").arg(simulatorPort);
    core::Settings settings;
    settings.dataDir = dataDir;
    settings.sealKeyFile = dataDir + QStringLiteral("/seal.key");
    settings.listen = {QHostAddress(QHostAddress::LocalHost), hookPort};
    settings.adminListen = {QHostAddress(QHostAddress::LocalHost), 0};
    settings.publicUrl = QUrl(QStringLiteral("http://127.0.0.1:%1").arg(hookPort));
    settings.telegramBotToken = kBotToken;
    settings.telegramWebhookSecret = kWebhookSecret;
    settings.telegramApiUrl = QUrl(providers);
    settings.retellBaseUrl = QUrl(providers);
    settings.retellApiKey = kRetellKey;
    settings.retellFromNumber = kRetellNumber;
    settings.dynopayApiKey = kApiKey;
    settings.dynopayWalletToken = kWalletToken;
    settings.dynopayBaseUrl = QUrl(providers + QStringLiteral("/api"));
    settings.dynopayWebhookSecrets = {kSigningSecret};
    settings.dynopaySignaturePolicy = core::Settings::SignaturePolicy::RequiredV2;
    settings.dynopayCoins = {QStringLiteral("USDT-TRC20"), QStringLiteral("USDT-ERC20"),
                             QStringLiteral("BTC"),        QStringLiteral("ETH"),
                             QStringLiteral("LTC"),        QStringLiteral("TRX")};
    return settings;
}

} // namespace

Result<std::unique_ptr<Demo>> Demo::start(const QString &dataDir)
{
    std::unique_ptr<Demo> demo(new Demo);
    QString directory = dataDir;
    if (directory.isEmpty()) {
        demo->m_directory = std::make_unique<QTemporaryDir>(
            QDir::tempPath() + QStringLiteral("/speechcad-demo-XXXXXX"));
        directory = demo->m_directory->path();
        // As root PostgreSQL runs as another account, which must come through to its files.
        QFile::setPermissions(directory,
                              QFile::permissions(directory) | QFile::ExeGroup | QFile::ExeOther);
    }
    const auto hookPort = freePort();
    if (!hookPort)
        return failure(hookPort.error());
    const auto simulatorPort = demo->startSimulator(*hookPort);
    if (!simulatorPort)
        return failure(simulatorPort.error());
    demo->m_settings = settingsFor(directory, *hookPort, *simulatorPort);
    return demo;
}

Demo::~Demo()
{
    m_simulator.terminate();
    if (!m_simulator.waitForFinished(kSimulatorStopMs))
        m_simulator.kill();
    m_simulator.waitForFinished();
}

Result<quint16> Demo::startSimulator(quint16 hookPort)
{
    // It must not outlive us, however we end.
    m_simulator.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGTERM); });
    m_simulator.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_simulator.start(
        QCoreApplication::applicationDirPath() + QStringLiteral("/speechcad-simulator"),
        {QStringLiteral("--listen"),         QStringLiteral("127.0.0.1:0"),
         QStringLiteral("--scenario"),       QStringLiteral("demo"),
         QStringLiteral("--hook-base"),      QStringLiteral("http://127.0.0.1:%1").arg(hookPort),
         QStringLiteral("--bot-token"),      kBotToken,
         QStringLiteral("--api-key"),        kApiKey,
         QStringLiteral("--wallet-token"),   kWalletToken,
         QStringLiteral("--webhook-secret"), kSigningSecret,
         QStringLiteral("--retell-key"),     kRetellKey,
         QStringLiteral("--retell-number"),  kRetellNumber,
         QStringLiteral("--signing"),        QStringLiteral("v2"),
         QStringLiteral("--time-scale"),     QStringLiteral("20")});
    if (!m_simulator.waitForStarted(kSimulatorStartMs) ||
        !m_simulator.waitForReadyRead(kSimulatorStartMs))
        return failure(cannotStart(QStringLiteral(
            "speechcad-simulator, which stands beside this program, did not start")));
    const auto line = core::parseJson(m_simulator.readLine());
    const auto port = line ? core::integerMember(*line, "port") : std::nullopt;
    if (!port)
        return failure(cannotStart(QStringLiteral("speechcad-simulator did not say its port")));
    return static_cast<quint16>(*port);
}

} // namespace console
