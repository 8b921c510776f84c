#pragma once

#include "core/decimal.h"
#include "deposits/deposit_state.h"
#include "engine/context.h"

namespace deposits {

struct Deposit {
    DepositId id;
    CustomerId customer;
    QString coin;
    Money requested;
    State state = State::Created;
    QString paymentId; // DynoPay's; empty until it answered, or in old deployments for ever
    QString address;
    QString destinationTag;
    std::optional<core::Decimal> expected;     // in the coin
    std::optional<core::Decimal> received;     // by the lowest report, which the credit goes by
    std::optional<core::Decimal> reportedMost; // by the highest one
    std::optional<core::Decimal> exchangeRate; // USD a coin, as the last webhook told
    std::optional<core::Decimal> providerFee;  // in the coin; absent: it has not said
    QString txId;
    QString otherTxId;        // another payment to the same address
    bool isSimulated = false; // an event of it was marked so: only a person may credit it
    int confirmations = 0;
    int confirmationsRequired = 0;
    int checks = 0; // how often a timer asked since the payment was reported
    Timestamp createdAt;
    std::optional<Timestamp> expiresAt;
    std::optional<Timestamp> lastWebhookAt;
    std::optional<Timestamp> lastCheckAt;
    std::optional<TransferId> transfer;
    Money credited;
    int rulesVersion = 0;     // it was credited by; 0: by none
    bool isUnsettled = false; // credited when it was confirmed: whether it settles is still watched
    std::optional<TransferId> reversal; // took the credit back
    OutboxId statusMessage;             // 0: none
    QString note;                       // English, for staff
};

struct NewDeposit {
    CustomerId customer;
    QString coin;
    Money requested;
};

/// The rows of deposits and deposit_events: the only SQL that writes them.
[[nodiscard]] Result<Deposit> insertDeposit(engine::Context &context, const NewDeposit &deposit);
/// Locked until the transaction ends. Absent: no such deposit.
[[nodiscard]] Result<std::optional<Deposit>> lockDeposit(database::Transaction &transaction,
                                                         DepositId id);
[[nodiscard]] Result<std::optional<Deposit>> lockDepositByToken(database::Transaction &transaction,
                                                                const QByteArray &tokenSha256);
/// Writes everything but id, customer, coin, requested and createdAt.
[[nodiscard]] Result<void> saveDeposit(engine::Context &context, const Deposit &deposit);
/// A line for people in the deposit's history.
[[nodiscard]] Result<void> noteEvent(engine::Context &context, DepositId deposit,
                                     const QString &kind, const QString &detail = {});

/// Puts it behind what the note says. False: it says so already, or is full.
bool addNote(Deposit &deposit, const QString &words);

/// Another deposit has this payment of the provider's.
[[nodiscard]] Result<bool> isPaymentOfAnother(database::Transaction &transaction,
                                              const QString &paymentId, DepositId deposit);
/// The customer's newest deposits of which nothing has arrived, at most five of them.
[[nodiscard]] Result<int> countUnpaid(database::Transaction &transaction, CustomerId customer,
                                      Timestamp since);

} // namespace deposits
