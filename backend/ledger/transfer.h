#pragma once

#include "core/clock.h"
#include "core/id.h"
#include "core/money.h"
#include "database/transaction.h"

#include <optional>

namespace ledger {

/// Accounts of the house. They have no row of their own, so a thousand customers pay at once
/// without queueing on one.
enum class Platform {
    DynopayClearing,
    RevenueCalls,
    RevenuePlans,
    AdjustGoodwill,
    AdjustCorrection,
    Suspense,
    WriteOff,
    Payouts,
};

/// One transfer: legs in micro-dollars, positive into the account, that sum to zero.
struct NewTransfer {
    CustomerId customer; // 0: the house, for platform to platform
    QString kind;        // "deposit", "hold", ...: money.md's table
    QString requestKey;  // "deposit:<payment>": what may happen once
    Money available = {};
    Money held = {};
    Money debt = {};
    std::optional<Platform> platform = {};
    Money platformAmount = {};
    std::optional<Platform> otherPlatform = {};
    Money otherAmount = {};
    std::optional<TransferId> resolves = {}; // the hold that a charge or release ends
    std::optional<TransferId> refunds = {};  // the transfer that was paid
};

struct Transfer {
    TransferId id;
    Money availableAfter;
    Money heldAfter;
    Money debtAfter;
    bool isRepeat = false; // the key existed with the same content: this is the first answer
};

struct Balance {
    Money available;
    Money held;
    Money debt; // zero or negative: what the customer owes
};

/// Writes the transfer, or finds the one with the same key. PostgreSQL moves the balances, extends
/// the chain and refuses what must never be. Errors: Duplicate: the key exists with other content;
/// InsufficientFunds; ConstraintViolated.
[[nodiscard]] Result<Transfer> post(database::Transaction &transaction, const NewTransfer &transfer,
                                    InboxId cause, Timestamp now);

/// A customer's empty wallet; there may be one already.
[[nodiscard]] Result<void> openWallet(database::Transaction &transaction, CustomerId customer);

/// NotFound: no such wallet. `lockBalance` keeps others from moving it until the transaction ends.
[[nodiscard]] Result<Balance> balanceOf(database::Transaction &transaction, CustomerId customer);
[[nodiscard]] Result<Balance> lockBalance(database::Transaction &transaction, CustomerId customer);

struct DepositCredit {
    CustomerId customer;
    Money amount;      // to the customer
    Money excess = {}; // paid beyond what was asked, not decided yet: goes to suspense
    QString payment;   // the provider's id: credits at most once
};
/// Credits a deposit; what the customer owes is paid first.
[[nodiscard]] Result<Transfer> creditDeposit(database::Transaction &transaction,
                                             const DepositCredit &credit, InboxId cause,
                                             Timestamp now);

struct HistoryLine {
    Timestamp at;
    QString kind;
    Money amount; // what it did to the available balance
};
/// The customer's newest transfers, newest first.
[[nodiscard]] Result<std::vector<HistoryLine>> history(database::Transaction &transaction,
                                                       CustomerId customer, int limit);

} // namespace ledger
