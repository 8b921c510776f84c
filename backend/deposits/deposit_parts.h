#pragma once

#include "deposits/deposit_store.h"
#include "providers/dynopay/event.h"

namespace deposits {

/// What came to a deposit's address, transaction by transaction as the webhooks told it. A report
/// that names no transaction counts as one of its own, though it may repeat another.
struct Parts {
    int named = 0;                        // transactions
    int all = 0;                          // with the one that has no name
    std::optional<core::Decimal> ofNamed; // together, each by its lowest report
    std::optional<core::Decimal> ofAll;
    /// A person has decided about one of them, or is about to: it is not added up any more.
    bool isDecidedApart = false;
};

/// Puts down what the event tells of a payment that has come. The same again adds nothing.
[[nodiscard]] Result<void> notePart(engine::Context &context, const Deposit &deposit,
                                    const providers::dynopay::Event &event);
[[nodiscard]] Result<Parts> partsOf(database::Transaction &transaction, DepositId deposit);

/// What came together, where several payments are known and the provider, who was asked, says that
/// at least as much has come. Absent: they are not to be added up.
[[nodiscard]] std::optional<core::Decimal> totalOf(const Parts &parts,
                                                   const std::optional<core::Decimal> &told);
/// Brings the deposit's figures up to date with that. How many payments they add up, 0: none are
/// added up.
[[nodiscard]] Result<int> takeTogether(engine::Context &context, Deposit &deposit,
                                       const std::optional<core::Decimal> &told);

/// The deposit's credit stands for these of its payments: all of them, or the first. What waited
/// for a person because of one of them does not any more.
[[nodiscard]] Result<void> coverParts(engine::Context &context, const Deposit &deposit,
                                      bool areTogether);
/// The transaction is not in the credit of this deposit, as far as anybody can tell. One that was
/// credited before any webhook told of it takes the first that is named.
[[nodiscard]] Result<bool> isBeyondCredit(engine::Context &context, Deposit &deposit,
                                          const QString &txId);

} // namespace deposits
