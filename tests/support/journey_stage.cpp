#include "tests/support/journey_stage.h"

#include <QFile>
#include <QTest>

#include <cstdio>

namespace tests {

namespace {

using namespace std::chrono_literals;

constexpr auto kServerPatience = 20s;
constexpr int kStartsMax = 5;
constexpr int kStepEveryMs = 300;
const QString kDeposits = QStringLiteral(
    "SELECT string_agg(concat_ws(' ', customer_id, state, credited, note, (SELECT "
    "string_agg(concat_ws(' ', to_char(at, 'MI:SS.MS'), kind, detail), ' | ' ORDER BY id) FROM "
    "deposit_events e WHERE e.deposit_id = d.id)), E'\\n') FROM (SELECT "
    "* FROM deposits ORDER BY id DESC LIMIT 20) d");
constexpr qint64 kLogTailBytes = 6000;

QString textOf(const char *text)
{
    return QString::fromLatin1(text);
}

/// All databases of an executable are copies of one, so they share its key.
QString keyFile()
{
    static const QTemporaryDir directory;
    return directory.filePath(QStringLiteral("seal.key"));
}

void migrate(const QString &url)
{
    const ProgramRun run =
        runProgram({.name = QStringLiteral("speechcad-server"),
                    .arguments = {QStringLiteral("migrate"), QStringLiteral("--json")},
                    .environment = {{QStringLiteral("SPEECHCAD_DATABASE_URL"), url},
                                    {QStringLiteral("SPEECHCAD_SEAL_KEY_FILE"), keyFile()}}});
    if (run.exitCode != 0)
        qFatal("migrate: %s", qUtf8Printable(run.errors));
}

/// With a newer version of Free that gives no minutes: what a call costs is what the wallet pays.
void migrateWithoutFreeMinutes(const QString &url)
{
    migrate(url);
    const auto owner =
        database::Connection::open(url, QStringLiteral("test"), database::Role::Owner);
    const auto made =
        owner ? (*owner)->runScript(QStringLiteral("INSERT INTO plan_versions VALUES (900, 'free', "
                                                   "2, 0, 0, false, '2001-01-01Z', 'none')"))
              : failure(owner.error());
    if (!made)
        qFatal("no plans: %s", qUtf8Printable(made.error().detail));
}

} // namespace

JourneyStage::JourneyStage()
    : JourneyStage(Setup{})
{
}

JourneyStage::JourneyStage(const Setup &setup)
    : m_cluster(setup.cluster ? *setup.cluster : TestCluster::instance())
    , m_hooksOf(setup.hooksOf)
    , m_databaseUrl(
          setup.hasFreeMinutes
              ? m_cluster.databaseFrom(QStringLiteral("journey_free"), migrate)
              : m_cluster.databaseFrom(QStringLiteral("journey"), migrateWithoutFreeMinutes))
    , m_clock(m_directory.filePath(QStringLiteral("clock")))
    , m_simulator(std::make_unique<SimulatorRemote>(
          QStringList{textOf("--seed"), textOf("1"), textOf("--telegram-rate"), textOf("0"),
                      textOf("--chat-rate"), textOf("0"), textOf("--create-rate"), textOf("0"),
                      textOf("--call-rate"), textOf("0"), textOf("--retell-dial-rate"), textOf("0"),
                      textOf("--time-scale"), textOf("100")} +
              setup.simulatorOptions,
          Environment{
              {textOf("SPEECHCAD_TEST_CLOCK"), m_directory.filePath(QStringLiteral("clock"))}},
          m_directory.filePath(QStringLiteral("simulator.log"))))
    , m_servers(static_cast<size_t>(setup.servers))
{
}

JourneyStage::~JourneyStage()
{
    m_servers.clear();
    m_simulator.reset();
    m_connection.reset();
}

// Servers ---------------------------------------------------------------------------------------

Environment JourneyStage::environment(int number) const
{
    const auto address = [](quint16 port) { return QStringLiteral("127.0.0.1:%1").arg(port); };
    const Server &server = m_servers[size_t(number)];
    const QString provider = m_simulator->url();
    return {{textOf("SPEECHCAD_DATABASE_URL"), m_databaseUrl},
            {textOf("SPEECHCAD_DATA_DIR"), m_directory.path()},
            {textOf("SPEECHCAD_SEAL_KEY_FILE"), keyFile()},
            {textOf("SPEECHCAD_TEST_CLOCK"), m_directory.filePath(textOf("clock"))},
            {textOf("SPEECHCAD_LISTEN"), address(server.port)},
            {textOf("SPEECHCAD_ADMIN_LISTEN"), address(server.adminPort)},
            {textOf("SPEECHCAD_PUBLIC_URL"),
             textOf("http://") + address(m_servers[size_t(m_hooksOf)].port)},
            {textOf("TELEGRAM_BOT_TOKEN"), textOf("1000000001:simulated-bot-token")},
            {textOf("TELEGRAM_WEBHOOK_SECRET"), textOf("simulated-webhook-secret")},
            {textOf("TELEGRAM_API_URL"), provider},
            {textOf("TELEGRAM_RATE"), textOf("10000")},
            {textOf("TELEGRAM_CHAT_RATE"), textOf("1000")},
            {textOf("DYNOPAY_API_KEY"), textOf("simulated-api-key")},
            {textOf("DYNOPAY_WALLET_TOKEN"), textOf("simulated-wallet-token")},
            {textOf("DYNOPAY_BASE_URL"), provider + textOf("/api")},
            {textOf("RETELL_BASE_URL"), provider},
            {textOf("RETELL_API_KEY"), textOf("simulated-retell-key")},
            {textOf("RETELL_FROM_NUMBER"), textOf("+14155550100")}};
}

void JourneyStage::choosePorts()
{
    for (Server &server : m_servers) {
        server.port = freePort();
        server.adminPort = freePort();
    }
}

void JourneyStage::startServer(int number, const Environment &additions)
{
    // The address that providers call must be known before. Another process may take a port between
    // our looking and the server's listening: then there is another one.
    for (int tries = 0; tries < kStartsMax; ++tries) {
        if (!m_hasPorts)
            choosePorts();
        launchServer(number, additions);
        if (waitForServer(number)) {
            m_hasPorts = true;
            return;
        }
    }
    qFatal("the server does not start:\n%s", qUtf8Printable(log()));
}

void JourneyStage::launchServer(int number, const Environment &additions)
{
    Environment settings = environment(number);
    settings.insert(additions);
    std::unique_ptr<Program> &program = m_servers[size_t(number)].program;
    program.reset(); // two of them on one port would be in each other's way
    program = std::make_unique<Program>(
        Program::Start{.name = QStringLiteral("speechcad-server"),
                       .arguments = {QStringLiteral("run"), QStringLiteral("--json")},
                       .environment = settings,
                       .logFile = m_directory.filePath(QStringLiteral("server.log"))});
}

bool JourneyStage::waitForServer(int number)
{
    const auto line = server(number).firstLine(kServerPatience);
    return line && core::integerMember(*line, "listening");
}

QUrl JourneyStage::hookUrl(int number) const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1/webhooks").arg(m_servers[size_t(number)].port));
}

QUrl JourneyStage::adminUrl(int number) const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_servers[size_t(number)].adminPort));
}

ProgramRun JourneyStage::verb(const QStringList &words, const Environment &additions)
{
    Environment settings = environment();
    settings.insert(additions);
    return runProgram({.name = QStringLiteral("speechcad-server"),
                       .arguments = words + QStringList{QStringLiteral("--json")},
                       .environment = settings});
}

// What is in the database -----------------------------------------------------------------------

database::Connection *JourneyStage::connection()
{
    if (!m_connection || m_connection->isLost()) {
        m_connection.reset();
        auto opened = database::Connection::open(m_databaseUrl, QStringLiteral("test"),
                                                 database::Role::Owner);
        if (opened)
            m_connection = *std::move(opened);
    }
    return m_connection.get();
}

QString JourneyStage::value(const QString &sql, const database::Values &values)
{
    database::Connection *open = connection();
    if (!open)
        return QStringLiteral("no database");
    const auto rows =
        open->run(QStringLiteral("SELECT (SELECT e.value FROM jsonb_each_text(to_jsonb(q)) e LIMIT "
                                 "1) AS first_column FROM (%1) q")
                      .arg(sql),
                  values);
    if (!rows)
        return rows.error().detail;
    return rows->isEmpty() ? QString() : rows->first().text("first_column");
}

qint64 JourneyStage::number(const QString &sql, const database::Values &values)
{
    return value(sql, values).toLongLong();
}

QString JourneyStage::balanceOf(qint64 customer)
{
    return value(QStringLiteral("SELECT to_char(available / 1000000.0, 'FM9990.00') FROM wallets "
                                "WHERE customer_id = ?"),
                 {customer});
}

QString JourneyStage::stateOf(qint64 customer)
{
    return value(
        QStringLiteral("SELECT state FROM deposits WHERE customer_id = ? ORDER BY id DESC LIMIT 1"),
        {customer});
}

QString JourneyStage::paymentOf(qint64 customer)
{
    return value(QStringLiteral("SELECT provider_payment_id FROM deposits WHERE customer_id = ? "
                                "ORDER BY id DESC LIMIT 1"),
                 {customer});
}

void JourneyStage::pay(qint64 customer, const QStringList &steps)
{
    Json list = Json::array();
    for (const QString &step : steps)
        list.push_back(step);
    m_simulator->act(QStringLiteral("payments/%1/scenario").arg(paymentOf(customer)),
                     {{"steps", list}});
}

bool JourneyStage::isQuiet()
{
    const QString waiting =
        value(QStringLiteral("SELECT (SELECT count(*) FROM inbox_waiting) + (SELECT count(*) FROM "
                             "outbox_waiting)"));
    if (waiting != QLatin1String("0"))
        return false;
    const Json health = m_simulator->see(QStringLiteral("health"));
    return core::integerMember(health, "pending_updates") == 0 &&
           core::integerMember(health, "pending_payment_events") == 0;
}

QString JourneyStage::looseEnds()
{
    QStringList ends;
    const auto expectZero = [&](const char *what, const char *sql) {
        const QString count = value(QStringLiteral("SELECT ") + QLatin1String(sql));
        if (count != QLatin1String("0"))
            ends << QLatin1String(what) + QStringLiteral(": ") + count;
    };
    expectZero("inbox rows that wait", "count(*) FROM inbox_waiting");
    expectZero("outbox rows that wait", "count(*) FROM outbox_waiting");
    expectZero("dead inbox rows", "count(*) FROM inbox_outcomes WHERE state <> 'done'");
    expectZero("inbox rows without an outcome",
               "(SELECT count(*) FROM inbox) - (SELECT count(*) FROM inbox_outcomes)");
    expectZero("keys without a row",
               "(SELECT count(*) FROM inbox_keys) - (SELECT count(*) FROM inbox)");
    expectZero("outbox rows that failed", "count(*) FROM outbox_outcomes WHERE state = 'failed'");
    expectZero("outbox rows without an outcome",
               "(SELECT count(*) FROM outbox) - (SELECT count(*) FROM outbox_outcomes)");
    expectZero("ledger problems", "count(*) FROM ledger_problems()");
    return ends.join(QStringLiteral(", "));
}

// Time ------------------------------------------------------------------------------------------

bool JourneyStage::until(const std::function<bool()> &condition, int patienceMs,
                         std::chrono::seconds step)
{
    QElapsedTimer sinceStep;
    sinceStep.start();
    const bool isSo = QTest::qWaitFor(
        [&] {
            if (condition())
                return true;
            if (step > 0s && sinceStep.hasExpired(kStepEveryMs)) {
                m_clock.advance(step);
                sinceStep.restart();
            }
            return false;
        },
        patienceMs);
    if (!isSo)
        std::fprintf(stderr,
                     "It did not come. The end of the server's log:\n%s\nThe deposits:\n%s\n",
                     qUtf8Printable(log()), qUtf8Printable(value(kDeposits)));
    return isSo;
}

void JourneyStage::goToCallingHours()
{
    constexpr auto kWeek = std::chrono::days(7);
    const Timestamp now = m_clock.now();
    // Tuesdays at 15:00, counted from the first of 1970, which was the sixth of January.
    const auto sinceOne = now - Timestamp(std::chrono::days(5) + 15h);
    m_clock.advance(kWeek - sinceOne % kWeek);
}

QString JourneyStage::log() const
{
    QFile file(m_directory.filePath(QStringLiteral("server.log")));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    file.seek(qMax<qint64>(0, file.size() - kLogTailBytes));
    return QString::fromUtf8(file.readAll());
}

} // namespace tests
