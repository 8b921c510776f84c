#pragma once

#include <QMetaType>

#include <compare>

namespace core {

/// What the change feed speaks of. The numbers travel between processes: append, never reorder.
enum class Topic {
    Inbox = 0,
    Outbox = 1,
    Customer = 2,
    Wallet = 3, // id: customer
    Transfer = 4,
    Deposit = 5,
    Call = 6,
    Script = 7,
    Operator = 8,
    Refund = 9,
    Policy = 10,
};

struct Change {
    Topic topic;
    qint64 id = 0;
    friend auto operator<=>(const Change &, const Change &) = default;
};

} // namespace core

using core::Topic;
