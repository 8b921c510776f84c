#pragma once

#include "engine/context.h"

namespace subscriptions {

/// Seconds of calls that are paid for already: those of the current periods of a customer, Free's
/// among them. What ends soonest is used first. The wallet is locked by whoever holds seconds, so
/// that two calls cannot be promised the same ones; PostgreSQL refuses it whatever was read.

/// Once a customer, when they have accepted the terms.
[[nodiscard]] Result<void> grantFree(engine::Context &context, CustomerId customer);

/// For a call to that region ("US"): only calls to the United States and Canada have any.
[[nodiscard]] Result<std::chrono::seconds> allowanceLeft(database::Transaction &transaction,
                                                         CustomerId customer, const QString &region,
                                                         Timestamp at);
/// Conflict, transient: so many are not left any more.
[[nodiscard]] Result<void> holdAllowance(engine::Context &context, CustomerId customer, qint64 call,
                                         std::chrono::seconds seconds);
/// At the end of a call that held some, once: `used` of them are gone, the others come back.
[[nodiscard]] Result<void> resolveAllowance(engine::Context &context, qint64 call,
                                            std::chrono::seconds used);

} // namespace subscriptions
