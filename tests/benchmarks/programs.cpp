#include "programs.h"

#include "customers/customer.h"
#include "database/postgres_programs.h"
#include "tests/database/database_fixture.h"

#include <QRegularExpression>

namespace benchmarks {

namespace {

using tests::Environment;

constexpr auto kStartPatience = std::chrono::seconds(20);

QString text(const char *value)
{
    return QString::fromLatin1(value);
}

/// What a program of somebody else prints; it must end well.
QString outputOf(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForFinished(-1) || process.exitCode() != 0)
        qFatal("%s: %s %s", qUtf8Printable(program), qUtf8Printable(process.errorString()),
               process.readAllStandardError().constData());
    return QString::fromUtf8(process.readAllStandardOutput());
}

QString captured(const QString &output, const QString &pattern)
{
    const auto match = QRegularExpression(pattern).match(output);
    if (!match.hasMatch())
        qFatal("the output lacks \"%s\":\n%s", qUtf8Printable(pattern), qUtf8Printable(output));
    return match.captured(1);
}

double inMs(const QString &time)
{
    if (time.endsWith(text("us")))
        return time.chopped(2).toDouble() / 1000;
    return time.endsWith(text("ms")) ? time.chopped(2).toDouble()
                                     : time.chopped(1).toDouble() * 1000;
}

void fill(const QString &url)
{
    const auto owner = tests::openConnection(url, database::Role::Owner);
    if (!database::migrate(*owner))
        qFatal("the migrations cannot be applied");
    const auto wallets = owner->run(
        text("INSERT INTO wallets (customer_id) SELECT generate_series(?::bigint, ?::bigint)"),
        {kFirstCustomer, kFirstCustomer + kCustomers - 1});
    const auto customers = owner->run(
        text("INSERT INTO customers (id, name, language, terms_version, terms_accepted_at, "
             "created_at, "
             "cause_id) SELECT customer_id, 'Camille', 'en', ?, now(), now(), 1 FROM wallets "
             "WHERE customer_id > 0"),
        {customers::termsVersion()});
    if (!wallets || !customers)
        qFatal("the customers cannot be made");
}

} // namespace

QString runPgbench(const QString &url, const QStringList &arguments)
{
    const auto programs =
        database::findPostgresPrograms(database::programDirectories(), std::nullopt);
    if (!programs)
        qFatal("there is no PostgreSQL");
    return outputOf(programs->path("pgbench"), arguments + QStringList{url});
}

double pgbench(const QString &url, const QStringList &arguments)
{
    return captured(runPgbench(url, arguments), text("tps = ([0-9.]+)")).toDouble();
}

QString tpcbDatabase(tests::TestCluster &cluster)
{
    const QString url = cluster.createDatabase();
    runPgbench(url, {text("-i"), text("-q"), text("-s10")});
    (void)tpcb(url); // the first writes to each page cost more than all others
    return url;
}

double tpcb(const QString &url)
{
    return pgbench(
        url, {text("-n"), text("-M"), text("prepared"), text("-c16"), text("-j2"), text("-T3")});
}

WrkRun wrk(quint16 port, int seconds, qint64 firstUpdate)
{
    const QString output =
        outputOf(text("wrk"),
                 {text("-t1"), text("-c50"), text("-d%1s").arg(seconds), text("--latency"),
                  text("-s"), text(BENCHMARKS_DIR "/updates.lua"),
                  text("http://127.0.0.1:%1").arg(port), text("--"), QString::number(firstUpdate),
                  text(kSecret), QString::number(kCustomers), QString::number(kFirstCustomer)});
    if (output.contains(text("Non-2xx")) || output.contains(text("Socket errors")))
        qFatal("not every update was acknowledged:\n%s", qUtf8Printable(output));
    return {.perSecond = captured(output, text("Requests/sec:\\s+([0-9.]+)")).toDouble(),
            .p99Ms = inMs(captured(output, text("99%\\s+([0-9.]+[mu]?s)")))};
}

QString customersDatabase(tests::TestCluster &cluster)
{
    return cluster.databaseFrom(text("customers"), fill);
}

Environment serverSettings(const QString &databaseUrl, const QUrl &providers, int workers,
                           const QString &dataDir)
{
    const QString provider = providers.toString();
    return {{text("SPEECHCAD_DATABASE_URL"), databaseUrl},
            {text("SPEECHCAD_DATA_DIR"), dataDir},
            {text("SPEECHCAD_SEAL_KEY_FILE"), dataDir + text("/seal.key")},
            {text("SPEECHCAD_LISTEN"), text("127.0.0.1:0")},
            {text("SPEECHCAD_ADMIN_LISTEN"), text("127.0.0.1:0")},
            {text("SPEECHCAD_PUBLIC_URL"), text("http://127.0.0.1:8080")},
            {text("SPEECHCAD_ENGINE_WORKERS"), QString::number(workers)},
            {text("TELEGRAM_BOT_TOKEN"), text("1000000001:benchmark-bot-token")},
            {text("TELEGRAM_WEBHOOK_SECRET"), text(kSecret)},
            {text("TELEGRAM_API_URL"), provider},
            {text("TELEGRAM_RATE"), text("100000")},
            {text("TELEGRAM_CHAT_RATE"), text("100000")},
            {text("DYNOPAY_API_KEY"), text("benchmark-api-key")},
            {text("DYNOPAY_WALLET_TOKEN"), text("benchmark-wallet-token")},
            {text("DYNOPAY_BASE_URL"), provider + text("/api")},
            {text("RETELL_BASE_URL"), provider}};
}

Server::Server(const QString &databaseUrl, const QUrl &telegram, int workers)
    : m_program(std::make_unique<tests::Program>(tests::Program::Start{
          .name = text("speechcad-server"),
          .arguments = {text("run"), text("--json")},
          .environment = serverSettings(databaseUrl, telegram, workers, m_directory.path()),
          .logFile = m_directory.filePath(text("server.log"))}))
{
    const auto line = m_program->firstLine(kStartPatience);
    const auto port = line ? core::integerMember(*line, "listening") : std::nullopt;
    if (!port) {
        QFile log(m_directory.filePath(text("server.log")));
        const QByteArray said = log.open(QIODevice::ReadOnly) ? log.readAll() : QByteArray();
        qFatal("the server does not start:\n%s", said.constData());
    }
    m_port = static_cast<quint16>(*port);
}

double Server::residentMegabytes() const
{
    QFile status(text("/proc/%1/status").arg(m_program->pid()));
    if (!status.open(QIODevice::ReadOnly))
        qFatal("the server has gone");
    const QString all = QString::fromLatin1(status.readAll());
    return captured(all, text("VmRSS:\\s+(\\d+) kB")).toDouble() / 1024;
}

} // namespace benchmarks
