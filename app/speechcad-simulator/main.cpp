#include "simulator.h"

#include "core/json.h"
#include "core/log.h"
#include "core/test_clock.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <csignal>
#include <cstdio>

namespace {

constexpr int kBadUsage = 2;
constexpr int kCannotRun = 3;

QString text(const char *utf8)
{
    return QString::fromUtf8(utf8);
}

void describe(QCommandLineParser &parser)
{
    parser.setApplicationDescription(text(
        "Stands in for Telegram, DynoPay and Retell on loopback: for the demo, tests and load."));
    parser.addHelpOption();
    const auto add = [&parser](const char *name, const char *about, const char *value,
                               const char *byDefault = "") {
        parser.addOption({text(name), text(about), text(value), text(byDefault)});
    };
    add("listen", "Address and port; port 0 takes any free one.", "HOST:PORT", "127.0.0.1:0");
    add("scenario", "What customers do: a JSON file, or \"demo\".", "FILE");
    add("seed", "The same number gives the same ids, addresses and choices.", "N");
    add("bot-token", "The bot's token.", "TOKEN", "1000000001:simulated-bot-token");
    add("api-key", "DynoPay's merchant key.", "KEY", "simulated-api-key");
    add("wallet-token", "DynoPay's master wallet token.", "TOKEN", "simulated-wallet-token");
    add("webhook-secret", "Signs DynoPay's webhooks; may be repeated, the first signs.", "SECRET");
    add("hook-base", "Hooks must begin with this; may be repeated. Default: any loopback address.",
        "URL");
    add("allow-http-hooks", "no: hooks need https and a port that Telegram allows.", "yes|no",
        "yes");
    add("signing", "none, v1, v2, both, rotated, wrong_secret, stale, documented.", "MODE", "none");
    add("generation", "DynoPay's: old or new.", "GENERATION", "new");
    add("outbox", "no: DynoPay's webhooks get the fast retries only.", "yes|no", "yes");
    add("telegram-rate", "Messages a second over all chats; 0: no limit.", "N", "30");
    add("chat-rate", "Messages a second in one chat; 0: no limit.", "N", "1");
    add("create-rate", "DynoPay creations a minute; 0: no limit.", "N", "30");
    add("call-rate", "DynoPay calls a minute; 0: no limit.", "N", "100");
    add("retell-key", "Retell's API key, which also signs its webhooks.", "KEY",
        "simulated-retell-key");
    add("retell-number", "To call from; may be repeated.", "E164", "+14155550100");
    add("retell-webhook", "Where Retell tells of calls whose agent has no URL.", "URL");
    add("retell-concurrency", "Calls at once.", "N", "20");
    add("retell-dial-rate", "Calls a second; 0: no limit.", "N", "1");
    add("retell-any-agent", "yes: agents of an earlier run are taken too.", "yes|no", "no");
    add("time-scale", "The providers' own schedules run this much faster.", "FACTOR", "1");
    parser.addOption({text("fast"), text("For load: no limits, and little is remembered.")});
}

std::optional<core::ListenAddress> listenAddressFrom(const QString &written)
{
    const qsizetype colon = written.lastIndexOf(u':');
    bool isPort = false;
    const core::ListenAddress address{QHostAddress(written.left(colon)),
                                      written.mid(colon + 1).toUShort(&isPort)};
    const bool isGood = colon > 0 && isPort && address.host.isLoopback();
    return isGood ? std::optional(address) : std::nullopt;
}

void readRetell(const QCommandLineParser &parser, simulator::Options &options)
{
    const auto value = [&parser](const char *name) { return parser.value(text(name)); };
    options.retellApiKey = value("retell-key").toUtf8();
    options.retellNumbers = parser.values(text("retell-number"));
    options.retellWebhookUrl = value("retell-webhook");
    options.retellConcurrency = value("retell-concurrency").toInt();
    options.retellDialRate = value("retell-dial-rate").toDouble();
    options.retellTakesAnyAgent = value("retell-any-agent") == u"yes";
}

/// Empty: the options are good.
QString readOptions(const QCommandLineParser &parser, simulator::Options &options)
{
    const auto value = [&parser](const char *name) { return parser.value(text(name)); };
    const auto listen = listenAddressFrom(value("listen"));
    if (!listen)
        return text("--listen: a loopback address and a port, as 127.0.0.1:8090");
    const auto signing = simulator::signingFrom(value("signing"));
    if (!signing)
        return text("--signing: unknown mode");
    options.listen = *listen;
    options.signing = *signing;
    options.scenario = value("scenario");
    options.seed =
        parser.isSet(text("seed")) ? value("seed").toULongLong() : std::random_device()();
    options.botToken = value("bot-token").toUtf8();
    options.apiKey = value("api-key").toUtf8();
    options.walletToken = value("wallet-token").toUtf8();
    for (const QString &secret : parser.values(text("webhook-secret")))
        options.webhookSecrets.append(secret.toUtf8());
    options.hookBases = parser.values(text("hook-base"));
    options.allowsHttpHooks = value("allow-http-hooks") != u"no";
    options.generation =
        value("generation") == u"old" ? simulator::Generation::Old : simulator::Generation::New;
    options.hasOutbox = value("outbox") != u"no";
    options.telegramRate = value("telegram-rate").toInt();
    options.chatRate = value("chat-rate").toInt();
    options.createsPerMinute = value("create-rate").toInt();
    options.callsPerMinute = value("call-rate").toInt();
    readRetell(parser, options);
    options.timeScale = value("time-scale").toDouble();
    if (options.timeScale <= 0)
        return text("--time-scale: a number above 0");
    if (parser.isSet(text("fast")))
        simulator::makeFast(options);
    return {};
}

int refuse(int status, const QString &why)
{
    std::fprintf(stderr, "speechcad-simulator: %s\n", qUtf8Printable(why));
    return status;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    core::installLog(core::LogFormat::Text);
    QCommandLineParser parser;
    describe(parser);
    parser.process(application);
    simulator::Options options;
    if (const QString wrong = readOptions(parser, options); !wrong.isEmpty())
        return refuse(kBadUsage, wrong);
    for (const QByteArray &secret :
         {options.botToken, options.apiKey, options.walletToken, options.retellApiKey})
        core::hideInLog(QString::fromUtf8(secret));

    const auto clock = core::processClock();
    if (!clock)
        return refuse(kCannotRun, clock.error().detail);
    const auto running = simulator::Simulator::start(options, **clock);
    if (!running)
        return refuse(kCannotRun, running.error().detail);
    const Json line = {{"event", "listening"}, {"port", (*running)->port()}};
    std::printf("%s\n", core::toBytes(line).constData());
    std::fflush(stdout);
    // Nothing here is worth saving: ending at once is a clean end.
    std::signal(SIGTERM, [](int) { std::_Exit(0); });
    std::signal(SIGINT, [](int) { std::_Exit(0); });
    return QCoreApplication::exec();
}
