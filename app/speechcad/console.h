#pragma once

#include "assembly/backend_process.h"
#include "assembly/system_pages.h"
#include "deposits/deposit_pages.h"
#include "ledger/ledger_pages.h"

#include "api/backend.h"

namespace console {

enum class RunMode {
    ServerHere,
    ConsoleOnly,
    Demo,
};

/// What the window shows, and in most modes the backend that makes it happen, in one process.
class Console {
public:
    /// Blocks while the database starts. Errors name what to do.
    [[nodiscard]] static Result<std::unique_ptr<Console>> start(const core::Settings &settings,
                                                                RunMode mode, const Clock &clock);
    ~Console();

    [[nodiscard]] const api::Backend &backend() const { return *m_api; }
    /// 0 without a backend here.
    [[nodiscard]] quint16 port() const { return m_process ? m_process->port() : 0; }

private:
    explicit Console(const Clock &clock);
    [[nodiscard]] Result<void> startBackend(const core::Settings &settings);

    const Clock &m_clock;
    std::unique_ptr<assembly::DatabaseAccess> m_database;
    std::unique_ptr<assembly::BackendProcess> m_process; // null: --console-only
    std::unique_ptr<database::ChangeFeed> m_ownFeed;     // of a console without a backend
    std::unique_ptr<database::ReadPool> m_pool;
    std::unique_ptr<deposits::DepositPages> m_deposits;
    std::unique_ptr<ledger::LedgerPages> m_ledger;
    std::unique_ptr<assembly::SystemPages> m_system;
    std::unique_ptr<api::Backend> m_api;
};

} // namespace console
