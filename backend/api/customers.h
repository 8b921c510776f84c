#pragma once

#include "api/page.h"
#include "core/id.h"
#include "core/money.h"

#include <QFuture>

#include <optional>

namespace api {

enum class CustomerStatus {
    Active,
    NoTerms,     // has not accepted the terms yet
    Unreachable, // has blocked the bot
};

struct CustomerRow {
    CustomerId id;
    QString name;
    QString language; // "fr"
    CustomerStatus status = CustomerStatus::Active;
    QString tier; // "new", "regular", "business"; empty: not known
    Money available;
    Money held;
    Money debt; // zero or negative
    std::optional<Timestamp> lastActivityAt;
    Timestamp createdAt;
    qint64 calls30d = 0;
    Money spend30d;
    Money refunds30d;
};

/// What a customer has paid for ahead, or was given once.
struct CustomerPlan {
    QString plan; // "prime", "free"
    int days = 0;
    Money price;   // of a period; zero: Free
    QString state; // "active", "grace" (could not be paid yet), "cancelled"; empty: Free has none
    bool renews = false;
    std::chrono::seconds granted{0}; // of calls, in this period
    std::chrono::seconds used{0};
    std::chrono::seconds held{0}; // by calls that are not over
    Timestamp startsAt;
    Timestamp endsAt;
    std::optional<Timestamp> nextTryAt;   // in grace: when the next period is tried again
    std::optional<TransferId> transfer{}; // what paid for the period

    [[nodiscard]] std::chrono::seconds left() const { return granted - used - held; }
};

struct CustomerDetail {
    CustomerRow row;
    QString timeZone; // "Europe/Paris"; empty: not known
    std::optional<Timestamp> termsAcceptedAt;
    qint64 calls = 0; // ever
    bool isChainIntact = true;
    std::optional<CustomerPlan> plan; // absent: all is paid from the balance
};

/// One thing that happened to a customer, of whatever kind.
struct TimelineRow {
    enum class Kind {
        MessageIn,
        MessageOut,
        Deposit,
        Call,
        Hold,
        Charge,
        Release,
        Refund,
        OtherTransfer,
    };
    qint64 id = 0; // of this list only
    Kind kind = Kind::MessageIn;
    Timestamp at;
    QString title;               // what a machine would call it: "credited", "talking", "refund"
    QString detail;              // English; for messages what was said
    std::optional<Money> amount; // as the balance sees it
    qint64 object = 0;           // id of the deposit, call or transfer
};

/// A message with a customer, in the three languages that matter.
struct MessageRow {
    qint64 id = 0; // of this list only
    Timestamp at;
    bool isFromCustomer = false;
    bool isEdit = false; // replaced an earlier message of ours
    QString shown;       // what they saw or wrote, without markup
    QString key;         // of ours: "deposit.credited"
    QString mine;        // the same in the language asked for; empty: nothing to translate
    QString state;       // "sent", "waiting", "failed"; empty for theirs
};

/// What the Customers page may see. Any thread may call; answers come later.
/// Filter fields: name (also as plain words), id, language, status, since (last seen).
class Customers {
public:
    virtual ~Customers() = default;
    [[nodiscard]] virtual QFuture<Result<Page<CustomerRow>>> listCustomers(PageQuery query) = 0;
    [[nodiscard]] virtual QFuture<Result<QList<CustomerRow>>>
    loadCustomers(QList<CustomerId> ids) = 0;
    [[nodiscard]] virtual QFuture<Result<CustomerDetail>> loadCustomer(CustomerId id) = 0;
    /// Filter field: customer (its id, needed), kind (message, money, call, deposit).
    [[nodiscard]] virtual QFuture<Result<Page<TimelineRow>>> listTimeline(PageQuery query) = 0;
    /// Filter field: customer (its id, needed). `mine` is rendered in `language`.
    [[nodiscard]] virtual QFuture<Result<Page<MessageRow>>> listMessages(PageQuery query,
                                                                         QString language) = 0;
    [[nodiscard]] virtual QFuture<Result<QStringList>> suggest(QString field, QString typed) = 0;
};

} // namespace api
