#pragma once

#include "api/deposit_rules.h"
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
    int waitingReviews = 0;               // that somebody has to decide
};

/// One thing that happened to a deposit, oldest first in a DepositDetail.
struct DepositEvent {
    Timestamp at;
    QString kind;   // "webhook payment.settled", "provider asked", "credited"
    QString detail; // English
    InboxId cause;
};

using ReviewId = core::Id<struct DepositReviewTag>;

/// What a person has to decide about a deposit; one deposit may have several.
enum class ReviewKind {
    Underpaid,
    Late,
    Mismatch,
    ProviderProblem, // received, but the provider could not forward it
    Unverified,      // reported as paid, and the provider does not answer when it is asked
    Excess,          // in suspense
    Disputed,        // credited by the lowest report; another one said more
    SecondPayment,   // another transaction to the same address
    Stray,           // an event that does not match its deposit
    Closed,          // a payment for a deposit that is closed
    Refunded,        // the provider says it gave the payment back
    Undetected,      // found by people: nobody reported it to us
};

enum class ReviewState {
    Open,
    PendingApproval, // of a match: another person has to agree
    Done,
    Refused,
    Void, // settled by itself
};

enum class ReviewAction {
    Accept,       // as asked
    AcceptPart,   // an amount
    CreditExcess, // from suspense to the customer
    Refuse,
    Match, // to a customer, with evidence
};

struct DepositReview {
    ReviewId id;
    std::optional<DepositId> deposit; // absent: of a payment that nobody reported to us
    CustomerId customer;
    QString customerName;
    ReviewKind kind = ReviewKind::Underpaid;
    ReviewState state = ReviewState::Open;
    QString coin;
    Money asked;
    QString expectedCrypto; // decimal texts in the coin; empty: not known
    QString receivedCrypto;
    Money suggested; // what the amount rule would make of it; zero: it cannot say
    Money inSuspense;
    QString subject;  // the payment or transaction, where a deposit may have several
    QString evidence; // English, for staff
    std::optional<ReviewAction> decision;
    Money amount;        // of the decision, or of the match that waits
    CustomerId payee;    // of a match; 0: none
    QString payment;     // of a match
    QString reason;      // of whoever decided or asked
    QString requestedBy; // an operator's name; empty: nobody yet
    QString approvedBy;
    Timestamp openedAt;
    std::optional<Timestamp> decidedAt;
    std::optional<TransferId> transfer;

    [[nodiscard]] bool isWaiting() const
    {
        return state == ReviewState::Open || state == ReviewState::PendingApproval;
    }
};

struct DepositDetail {
    DepositRow row;
    QString address;
    std::optional<Timestamp> expiresAt;
    QList<DepositEvent> events;
    QList<DepositReview> reviews; // newest first
};

/// What the Deposits page may see. Any thread may call; answers come later.
/// Filter fields: state, customer (id or name), coin, amount (USD), id, provider, since (2h, 7d),
/// review (waiting: somebody has to decide something about it).
class Deposits {
public:
    virtual ~Deposits() = default;
    [[nodiscard]] virtual QFuture<Result<Page<DepositRow>>> listDeposits(PageQuery query) = 0;
    /// The rows that still exist of `ids`, in no order: what the change feed asks for.
    [[nodiscard]] virtual QFuture<Result<QList<DepositRow>>> loadDeposits(QList<DepositId> ids) = 0;
    [[nodiscard]] virtual QFuture<Result<DepositDetail>> loadDeposit(DepositId id) = 0;
    /// The matches of payments that belong to no deposit and wait for another person, oldest first.
    [[nodiscard]] virtual QFuture<Result<QList<DepositReview>>> loadLooseReviews() = 0;
    /// How deposits are credited, with every version before, and which coins are on offer.
    [[nodiscard]] virtual QFuture<Result<DepositPolicy>> loadPolicy() = 0;
    /// A few values of a filter field (customer, coin) that begin with `typed`.
    [[nodiscard]] virtual QFuture<Result<QStringList>> suggest(QString field, QString typed) = 0;
};

} // namespace api
