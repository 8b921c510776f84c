#pragma once

#include "ledger/balance_at.h"

#include <functional>

namespace ledger {

struct StatementSpan {
    CustomerId customer;
    Timestamp from;
    Timestamp to; // not itself
};

struct Statement {
    Balance opening; // just before `from`
    Balance closing; // just before `to`
    qint64 transfers = 0;
};

/// The titles of a statement's columns, as a line of CSV.
[[nodiscard]] QByteArray statementHead();
/// Gives the customer's transfers of that time to `write`, oldest first, as lines of CSV: ISO 8601
/// in UTC, amounts in USD with a dot. One snapshot. False of `write` ends it. Errors: NotFound;
/// Internal, it could not be written.
[[nodiscard]] Result<Statement>
writeStatement(database::Connection &connection, const StatementSpan &span,
               const std::function<bool(const QByteArray &)> &write);

} // namespace ledger
