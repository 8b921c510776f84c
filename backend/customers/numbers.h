#pragma once

#include "customers/customer.h"

#include <QStringList>

namespace customers {

/// A customer's own number, which Telegram's contact button has proved. Again is fine.
[[nodiscard]] Result<void> proveNumber(engine::Context &context, CustomerId customer,
                                       const QString &e164);
/// E.164, newest first.
[[nodiscard]] Result<QStringList> ownNumbers(database::Transaction &transaction,
                                             CustomerId customer);

} // namespace customers
