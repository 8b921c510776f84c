#pragma once

#include "assembly/audit_pages.h"
#include "assembly/backend_process.h"
#include "assembly/overview_pages.h"
#include "assembly/people_pages.h"
#include "assembly/refund_pages.h"
#include "assembly/system_pages.h"
#include "calls/call_pages.h"
#include "customers/customer_pages.h"
#include "deposits/deposit_pages.h"
#include "language/coverage_pages.h"
#include "ledger/ledger_pages.h"
#include "operators/console_client.h"

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
    /// What the sign-in shows for everybody to see; of a demo.
    void setSignInHint(const QString &hint) { m_api->signInHint = hint; }
    [[nodiscard]] operators::ConsoleClient &client() const { return *m_client; }
    [[nodiscard]] const assembly::DatabaseAccess &database() const { return *m_database; }
    /// 0 without a backend here.
    [[nodiscard]] quint16 port() const { return m_process ? m_process->port() : 0; }

private:
    explicit Console(const Clock &clock);
    [[nodiscard]] Result<void> startBackend(const core::Settings &settings);
    void makePages(const QString &url, const core::Settings &settings);

    const Clock &m_clock;
    std::unique_ptr<assembly::DatabaseAccess> m_database;
    std::unique_ptr<assembly::BackendProcess> m_process; // null: --console-only
    std::unique_ptr<database::ChangeFeed> m_ownFeed;     // of a console without a backend
    std::shared_ptr<const language::Catalogue> m_catalogue;
    std::unique_ptr<operators::ConsoleClient> m_client;
    std::unique_ptr<assembly::OverviewPages> m_overview;
    std::unique_ptr<calls::CallPages> m_calls;
    std::unique_ptr<customers::CustomerPages> m_customers;
    std::unique_ptr<deposits::DepositPages> m_deposits;
    std::unique_ptr<ledger::LedgerPages> m_ledger;
    std::unique_ptr<language::CoveragePages> m_translations;
    std::unique_ptr<assembly::RefundPages> m_refunds;
    std::unique_ptr<assembly::PeoplePages> m_people;
    std::unique_ptr<assembly::AuditPages> m_audit;
    std::unique_ptr<assembly::SystemPages> m_system;
    std::unique_ptr<database::ReadPool> m_pool; // goes first: its threads are in the pages
    std::unique_ptr<api::Backend> m_api;
};

} // namespace console
