#pragma once

#include "language/catalogue.h"
#include "operators/command_desk.h"

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

/// Does it and takes it back, whatever becomes of it; what it came to.
[[nodiscard]] Result<void> undone(engine::Context &context,
                                  const std::function<Result<void>()> &work);

[[nodiscard]] bool isSameHash(const QString &left, const QString &right);
/// The refusal of what was agreed to with another preview.
[[nodiscard]] CommandOutcome figuresChanged();

} // namespace operators
