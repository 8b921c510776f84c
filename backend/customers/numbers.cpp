#include "customers/numbers.h"

namespace customers {

Result<void> proveNumber(engine::Context &context, CustomerId customer, const QString &e164)
{
    const auto inserted = context.transaction().run(
        QStringLiteral("INSERT INTO customer_numbers (customer_id, number, proved_at, cause_id) "
                       "VALUES (?, ?, ?::timestamptz, ?) ON CONFLICT DO NOTHING"),
        {customer.value, e164, core::toIso(context.now()), context.cause().value});
    if (!inserted)
        return failure(inserted.error());
    context.changed(Topic::Customer, customer.value);
    return {};
}

Result<QStringList> ownNumbers(database::Transaction &transaction, CustomerId customer)
{
    const auto rows = transaction.run(QStringLiteral("SELECT number FROM customer_numbers WHERE "
                                                     "customer_id = ? ORDER BY proved_at DESC"),
                                      {customer.value});
    if (!rows)
        return failure(rows.error());
    QStringList numbers;
    for (qsizetype i = 0; i < rows->size(); ++i)
        numbers << (*rows)[i].text("number");
    return numbers;
}

} // namespace customers
