#include "console.h"

#include "core/key_file.h"

#include <QUrl>

namespace console {

namespace {

constexpr int kReadThreads = 2;

QString badgeOf(RunMode mode, const core::Settings &settings)
{
    switch (mode) {
    case RunMode::ServerHere: return QStringLiteral("Server here");
    case RunMode::Demo: return QStringLiteral("Demo");
    case RunMode::ConsoleOnly: break;
    }
    const QString host = QUrl(settings.databaseUrl).host();
    return QStringLiteral("Console, server: %1")
        .arg(host.isEmpty() ? QStringLiteral("this machine") : host);
}

} // namespace

Console::Console(const Clock &clock)
    : m_clock(clock)
{
}

Result<std::unique_ptr<Console>> Console::start(const core::Settings &settings, RunMode mode,
                                                const Clock &clock)
{
    std::unique_ptr<Console> console(new Console(clock));
    auto database = assembly::DatabaseAccess::open(settings);
    if (!database)
        return failure(database.error());
    console->m_database = std::move(*database);
    const QString &url = console->m_database->url();
    auto catalogue = language::Catalogue::load();
    if (!catalogue)
        return failure(catalogue.error());
    console->m_catalogue = std::move(*catalogue);
    if (mode == RunMode::ConsoleOnly) {
        console->m_ownFeed = std::make_unique<database::ChangeFeed>(url, std::function<void()>(),
                                                                    database::Role::Console);
    } else if (auto started = console->startBackend(settings); !started) {
        return failure(started.error());
    }
    assembly::BackendProcess *process = console->m_process.get();
    api::Changes &changes = process ? process->changes() : *console->m_ownFeed;
    console->m_client = std::make_unique<operators::ConsoleClient>(
        operators::ConsoleSettings{.databaseUrl = url}, &changes);
    console->makePages(url, settings);
    console->m_api.reset(new api::Backend{.overview = *console->m_overview,
                                          .calls = *console->m_calls,
                                          .customers = *console->m_customers,
                                          .deposits = *console->m_deposits,
                                          .ledger = *console->m_ledger,
                                          .translations = *console->m_translations,
                                          .refunds = *console->m_refunds,
                                          .people = *console->m_people,
                                          .audit = *console->m_audit,
                                          .system = *console->m_system,
                                          .session = *console->m_client,
                                          .commands = *console->m_client,
                                          .changes = changes,
                                          .clock = clock,
                                          .runMode = badgeOf(mode, settings)});
    return console;
}

void Console::makePages(const QString &url, const core::Settings &settings)
{
    assembly::BackendProcess *process = m_process.get();
    m_pool = std::make_unique<database::ReadPool>(url, kReadThreads);
    m_overview = std::make_unique<assembly::OverviewPages>(*m_pool, m_clock);
    m_calls = std::make_unique<calls::CallPages>(*m_pool, m_catalogue, m_clock);
    m_customers = std::make_unique<customers::CustomerPages>(*m_pool, m_catalogue, m_clock);
    m_deposits = std::make_unique<deposits::DepositPages>(*m_pool, m_clock);
    m_ledger = std::make_unique<ledger::LedgerPages>(*m_pool, m_clock);
    m_translations = std::make_unique<language::CoveragePages>(*m_pool, m_catalogue->version());
    m_refunds = std::make_unique<assembly::RefundPages>(*m_pool, m_clock);
    m_people = std::make_unique<assembly::PeoplePages>(*m_pool, m_clock);
    m_audit = std::make_unique<assembly::AuditPages>(*m_pool, url, settings, m_clock);
    m_system = std::make_unique<assembly::SystemPages>(
        *m_pool, m_clock, [process] { return process && process->isLeader(); });
}

Result<void> Console::startBackend(const core::Settings &settings)
{
    const auto key = core::readOrMakeKeyFile(settings.sealKeyFile);
    if (!key)
        return failure(key.error());
    if (const auto prepared = m_database->prepare(*key); !prepared)
        return failure(prepared.error());
    m_process = std::make_unique<assembly::BackendProcess>(settings, *m_database, *key, m_clock,
                                                           m_catalogue);
    return m_process->start();
}

Console::~Console()
{
    if (m_process)
        m_process->stop();
}

} // namespace console
