#pragma once

#include "api/operators.h"
#include "engine/context.h"
#include "language/catalogue.h"

namespace operators {

/// Parts of a preview: read back from what a command has just written and will take back.

/// The entries of a transfer, with the customer's balances before and after.
[[nodiscard]] Result<QList<api::RefundEntry>> entriesOf(engine::Context &context,
                                                        TransferId transfer);

/// What the customer will read, and the same in the operator's language; empty: nothing is sent.
struct ShownMessage {
    QString toCustomer;
    QString toOperator;
};
[[nodiscard]] Result<ShownMessage> shownMessage(engine::Context &context,
                                                const language::Catalogue &catalogue,
                                                OutboxId message, const QString &operatorLanguage);

} // namespace operators
