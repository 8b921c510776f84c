#pragma once

#include "customers/import_sheet.h"
#include "engine/routing_table.h"

namespace customers {

/// A customer moves in from another bot once: with the balance they had there, under the request
/// key "opening:<customer>". Kind of the event: "customer.import", on the customer's lane.
void addImportRoute(engine::RoutingTable &routes);
[[nodiscard]] Result<void> postImport(engine::Context &context, const ImportRow &row);

/// The lines whose customers have moved in already with another balance.
[[nodiscard]] Result<QStringList> linesThatDiffer(database::Transaction &transaction,
                                                  const std::vector<ImportRow> &rows);

} // namespace customers
