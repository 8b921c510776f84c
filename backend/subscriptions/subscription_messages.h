#pragma once

#include "customers/messenger.h"
#include "subscriptions/subscription_store.h"

namespace subscriptions {

/// What customers read about their plan. Each message about money names its transfer.

/// `credit`: for the plan of before; zero: none.
[[nodiscard]] customers::Message boughtMessage(const Subscription &subscription, Money credit);
[[nodiscard]] customers::Message renewedMessage(const Subscription &subscription);
/// A day before the end: what will happen then.
[[nodiscard]] customers::Message noticeMessage(const Subscription &subscription, Money price,
                                               Money available);
[[nodiscard]] customers::Message shortMessage(const Subscription &subscription, Money price,
                                              Money available);
[[nodiscard]] customers::Message endedMessage(const Subscription &subscription, EndReason reason);

[[nodiscard]] qint64 minutesOf(std::chrono::seconds seconds);

} // namespace subscriptions
