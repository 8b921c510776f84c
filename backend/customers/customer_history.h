#pragma once

#include "api/customers.h"
#include "database/connection.h"
#include "language/catalogue.h"

namespace customers {

/// Messages, deposits, calls and money of one customer in one stream, newest first. BadInput
/// without the condition `customer`.
[[nodiscard]] Result<api::Page<api::TimelineRow>>
readTimeline(database::Connection &connection, const api::PageQuery &query, Timestamp now);

/// What was said, newest first; ours also in `language`.
[[nodiscard]] Result<api::Page<api::MessageRow>>
readMessages(database::Connection &connection, const api::PageQuery &query,
             const language::Catalogue &catalogue, const QString &language, Timestamp now);

/// Every phone number in a text without its middle: staff read messages, and need none.
[[nodiscard]] QString withoutNumbers(const QString &text);

} // namespace customers
