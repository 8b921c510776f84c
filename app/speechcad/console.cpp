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
    if (mode == RunMode::ConsoleOnly) {
        console->m_ownFeed = std::make_unique<database::ChangeFeed>(url);
    } else if (auto started = console->startBackend(settings); !started) {
        return failure(started.error());
    }
    assembly::BackendProcess *process = console->m_process.get();
    console->m_pool = std::make_unique<database::ReadPool>(url, kReadThreads);
    console->m_deposits = std::make_unique<deposits::DepositPages>(*console->m_pool, clock);
    console->m_ledger = std::make_unique<ledger::LedgerPages>(*console->m_pool, clock);
    console->m_system = std::make_unique<assembly::SystemPages>(
        *console->m_pool, clock, [process] { return process && process->isLeader(); });
    api::Changes &changes = process ? process->changes() : *console->m_ownFeed;
    console->m_api.reset(new api::Backend{*console->m_deposits, *console->m_ledger,
                                          *console->m_system, changes, clock,
                                          badgeOf(mode, settings)});
    return console;
}

Result<void> Console::startBackend(const core::Settings &settings)
{
    const auto key = core::readOrMakeKeyFile(settings.sealKeyFile);
    if (!key)
        return failure(key.error());
    if (const auto prepared = m_database->prepare(*key); !prepared)
        return failure(prepared.error());
    auto catalogue = language::Catalogue::load();
    if (!catalogue)
        return failure(catalogue.error());
    m_process = std::make_unique<assembly::BackendProcess>(settings, *m_database, *key, m_clock,
                                                           *catalogue);
    return m_process->start();
}

Console::~Console()
{
    if (m_process)
        m_process->stop();
}

} // namespace console
