#pragma once

#include "api/backend.h"
#include "tests/fakes/fake_pages.h"
#include "tests/fakes/fake_staff.h"

#include <QPromise>

#include <deque>
#include <memory>

namespace tests {

/// A console's backend without any: lists in memory, answers that can be held back or fail.
/// Filters work for `state`, `customer` (id) and `kind`, which is what the pages ask for
/// themselves.
class FakeDeposits final : public api::Deposits {
public:
    QFuture<Result<api::Page<api::DepositRow>>> listDeposits(api::PageQuery query) override;
    QFuture<Result<QList<api::DepositRow>>> loadDeposits(QList<DepositId> ids) override;
    QFuture<Result<api::DepositDetail>> loadDeposit(DepositId id) override;
    QFuture<Result<QList<api::DepositReview>>> loadLooseReviews() override;
    QFuture<Result<api::DepositPolicy>> loadPolicy() override;
    QFuture<Result<QStringList>> suggest(QString field, QString typed) override;

    QList<api::DepositRow> rows; // newest first
    QList<api::DepositReview> loose;
    api::DepositPolicy policy;
    std::optional<Error> nextPolicyError;
    bool isPolicyHeld = false;
    std::optional<Error> nextError;
    bool isHeld = false; // answers of listDeposits wait for release()
    int listCalls = 0;
    void release();

private:
    using Answer = Result<api::Page<api::DepositRow>>;
    [[nodiscard]] Answer answer(const api::PageQuery &query);
    struct Waiting {
        std::shared_ptr<QPromise<Answer>> promise;
        api::PageQuery query;
    };
    std::deque<Waiting> m_waiting;
};

class FakeLedger final : public api::Ledger {
public:
    QFuture<Result<api::Page<api::TransferRow>>> listTransfers(api::PageQuery query) override;
    QFuture<Result<api::WalletSummary>> loadWallet(CustomerId customer) override;
    QFuture<Result<api::PastBalance>> loadBalanceAt(CustomerId customer, Timestamp at) override;
    QFuture<Result<QList<api::ExplainedTransfer>>> explain(TransferId transfer) override;
    QFuture<Result<QStringList>> suggest(QString field, QString typed) override;

    QList<api::TransferRow> rows; // newest first
    std::optional<Error> nextError;
    bool isHeld = false;

private:
    QList<std::shared_ptr<QPromise<Result<api::Page<api::TransferRow>>>>> m_waiting;
};

class FakeSystem final : public api::System {
public:
    explicit FakeSystem(const core::Clock &clock)
        : m_clock(clock)
    {
    }
    QFuture<Result<api::SystemStatus>> loadStatus() override;

    api::SystemStatus status;
    std::optional<Error> nextError;

private:
    const core::Clock &m_clock;
};

struct FakeConsole {
    FakeConsole();
    [[nodiscard]] api::Backend backend();
    /// Deposits and transfers as a working day leaves them: every state, several customers and
    /// coins.
    void fillWithSamples();
    /// `count` deposits with ids `count` (newest) to 1, all waiting.
    void fillWithMany(int count);
    void tellDepositChanged(qint64 id);
    void tellTransferAdded(qint64 id);
    void tellCallChanged(qint64 id);

    core::FakeClock clock;
    FakeOverview overview;
    FakeCalls calls;
    FakeCustomers customers;
    FakeDeposits deposits;
    FakeLedger ledger;
    FakeTranslations translations;
    FakeRefunds refunds;
    FakePeople people;
    FakeAudit audit;
    FakeSystem system;
    FakeSession session; // somebody is signed in
    FakeCommands commands;
    api::Changes changes;
};

/// A deposit with nothing special about it.
[[nodiscard]] api::DepositRow plainDeposit(qint64 id, Timestamp at);
/// Money from one account to another of one customer.
[[nodiscard]] api::TransferRow plainTransfer(qint64 id, Timestamp at);

} // namespace tests
