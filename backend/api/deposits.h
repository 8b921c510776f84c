#pragma once

#include "api/page.h"
#include "core/id.h"
#include "core/money.h"

#include <QFuture>

#include <optional>

namespace api {

/// A deposit's life; which step may follow which is a table in deposits/deposit_state.cpp.
enum class DepositState {
    Created, // the provider has been asked for an address
    CreateFailed,
    AwaitingPayment,
    Detected,
    Confirming,
    Verifying, // paid by the webhook's word; the provider is being asked
    Credited,
    Expired, // still watched for 72 h
    UnderpaidReview,
    OverpaidReview,
    LateReview,
    MismatchReview,
    SettlementFailedHold,
    Reversed,
    WrittenOff,
};

struct DepositRow {
    DepositId id;
    Timestamp createdAt;
    CustomerId customer;
    QString customerName;
    QString coin;           // DynoPay code: "USDT-TRC20"
    Money requested;        // USD
    QString expectedCrypto; // decimal text in the coin; empty until the provider answered
    QString receivedCrypto; // decimal text; empty: nothing seen
    Money credited;
    int confirmations = 0;
    int confirmationsRequired = 0; // 0: not known
    DepositState state = DepositState::Created;
    QString providerPaymentId;
    std::optional<Timestamp> lastWebhookAt;
    std::optional<Timestamp> lastCheckAt; // when the provider was last asked
    std::optional<TransferId> transfer;   // the credit
    QString note;                         // English, for staff: why it waits for a person
};

/// One thing that happened to a deposit, oldest first in a DepositDetail.
struct DepositEvent {
    Timestamp at;
    QString kind;   // "webhook payment.settled", "provider asked", "credited"
    QString detail; // English
    InboxId cause;
};

struct DepositDetail {
    DepositRow row;
    QString address;
    std::optional<Timestamp> expiresAt;
    QList<DepositEvent> events;
};

/// What the Deposits page may see. Any thread may call; answers come later.
/// Filter fields: state, customer (id or name), coin, amount (USD), id, provider, since (2h, 7d).
class Deposits {
public:
    virtual ~Deposits() = default;
    [[nodiscard]] virtual QFuture<Result<Page<DepositRow>>> listDeposits(PageQuery query) = 0;
    /// The rows that still exist of `ids`, in no order: what the change feed asks for.
    [[nodiscard]] virtual QFuture<Result<QList<DepositRow>>> loadDeposits(QList<DepositId> ids) = 0;
    [[nodiscard]] virtual QFuture<Result<DepositDetail>> loadDeposit(DepositId id) = 0;
    /// A few values of a filter field (customer, coin) that begin with `typed`.
    [[nodiscard]] virtual QFuture<Result<QStringList>> suggest(QString field, QString typed) = 0;
};

} // namespace api
