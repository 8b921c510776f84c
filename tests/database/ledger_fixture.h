#pragma once

#include "ledger/transfer.h"
#include "ledger/verify.h"

#include "tests/database/database_fixture.h"

namespace tests {

inline constexpr InboxId kCause{1};

inline Money usd(qint64 dollars)
{
    return Money::fromCents(dollars * 100);
}

/// A customer with a wallet, as the bot makes one.
inline void addCustomer(database::Connection &connection, qint64 id, const QString &name)
{
    const auto added = database::inTransaction(
        connection, [&](database::Transaction &transaction) -> Result<void> {
            if (auto opened = ledger::openWallet(transaction, CustomerId{id}); !opened)
                return opened;
            const auto rows = transaction.run(
                QStringLiteral("INSERT INTO customers (id, name, language, created_at, cause_id) "
                               "VALUES (?, ?, 'en', ?::timestamptz, 1)"),
                {id, name, core::toIso(kMorning)});
            return rows ? Result<void>() : failure(rows.error());
        });
    if (!added)
        qFatal("no customer: %s", qUtf8Printable(added.error().detail));
}

inline Result<ledger::Transfer> post(database::Connection &connection,
                                     const ledger::NewTransfer &transfer)
{
    return committed<ledger::Transfer>(connection, [&](database::Transaction &transaction) {
        return ledger::post(transaction, transfer, kCause, kMorning);
    });
}

inline Result<ledger::Transfer> credit(database::Connection &connection,
                                       const ledger::DepositCredit &deposit)
{
    return committed<ledger::Transfer>(connection, [&](database::Transaction &transaction) {
        return ledger::creditDeposit(transaction, deposit, kCause, kMorning);
    });
}

inline ledger::NewTransfer hold(qint64 customer, const QString &call, Money amount)
{
    return {.customer = CustomerId{customer},
            .kind = QStringLiteral("hold"),
            .requestKey = QStringLiteral("hold:") + call,
            .available = -amount,
            .held = amount};
}

inline ledger::NewTransfer charge(qint64 customer, const QString &call, TransferId held,
                                  Money amount, Money captured)
{
    return {.customer = CustomerId{customer},
            .kind = QStringLiteral("charge"),
            .requestKey = QStringLiteral("charge:") + call,
            .available = amount - captured,
            .held = -amount,
            .platform = ledger::Platform::RevenueCalls,
            .platformAmount = captured,
            .resolves = held};
}

inline ledger::NewTransfer plan(qint64 customer, const QString &key, Money price)
{
    return {.customer = CustomerId{customer},
            .kind = QStringLiteral("plan"),
            .requestKey = key,
            .available = -price,
            .platform = ledger::Platform::RevenuePlans,
            .platformAmount = price};
}

inline ledger::NewTransfer refund(qint64 customer, const QString &key, TransferId paid,
                                  Money amount)
{
    return {.customer = CustomerId{customer},
            .kind = QStringLiteral("refund"),
            .requestKey = key,
            .available = amount,
            .platform = ledger::Platform::RevenuePlans,
            .platformAmount = -amount,
            .refunds = paid};
}

inline ledger::Balance balance(database::Connection &connection, qint64 customer)
{
    const auto read =
        committed<ledger::Balance>(connection, [&](database::Transaction &transaction) {
            return ledger::balanceOf(transaction, CustomerId{customer});
        });
    if (!read)
        qFatal("no balance: %s", qUtf8Printable(read.error().detail));
    return *read;
}

} // namespace tests
