#include "customers/opening_balance.h"

#include "customers/customer.h"
#include "ledger/transfer.h"

#include <QLoggingCategory>

Q_LOGGING_CATEGORY(lcImport, "customers")

namespace customers {

namespace {

const QString kEvent = QStringLiteral("customer.import");

QString keyOf(CustomerId customer)
{
    return QStringLiteral("opening:%1").arg(customer.value);
}

/// Who is here already keeps the name and the language they chose here.
Result<void> welcome(engine::Context &context, const ImportRow &row)
{
    const auto known = find(context.transaction(), row.id);
    if (!known)
        return failure(known.error());
    if (*known)
        return {};
    const auto made = create(context, row.id, row.name, row.language);
    return made ? Result<void>() : failure(made.error());
}

Result<engine::Outcome> moveIn(const engine::Event &event, engine::Context &context)
{
    const auto row = importRowFrom(event.payload);
    if (!row)
        return failure(row.error());
    if (auto there = welcome(context, *row); !there)
        return failure(there.error());
    if (row->balance.isZero())
        return engine::Outcome::Handled;
    const auto posted = ledger::post(context.transaction(),
                                     {.customer = row->id,
                                      .kind = QStringLiteral("opening"),
                                      .requestKey = keyOf(row->id),
                                      .available = row->balance,
                                      .platform = ledger::Platform::AdjustCorrection,
                                      .platformAmount = -row->balance},
                                     context.cause(), context.now());
    if (!posted && posted.error().code == ErrorCode::Duplicate) {
        // Two imports at once: the first counts, and the command's look told it before.
        qCWarning(lcImport) << "customer" << row->id.value << "has another opening balance";
        return engine::Outcome::Ignored;
    }
    if (!posted)
        return failure(posted.error());
    return engine::Outcome::Handled;
}

} // namespace

void addImportRoute(engine::RoutingTable &routes)
{
    routes.add({.kind = kEvent, .order = engine::Order::Free, .handle = moveIn});
}

Result<void> postImport(engine::Context &context, const ImportRow &row)
{
    return context.post(laneOf(row.id), kEvent, toJson(row),
                        QStringLiteral("import:%1:%2").arg(context.cause().value).arg(row.line));
}

Result<QStringList> linesThatDiffer(database::Transaction &transaction,
                                    const std::vector<ImportRow> &rows)
{
    std::vector<QString> keys;
    std::vector<qint64> balances;
    std::vector<qint64> lines;
    for (const ImportRow &row : rows) {
        keys.push_back(keyOf(row.id));
        balances.push_back(row.balance.micros());
        lines.push_back(row.line);
    }
    const auto found = transaction.run(
        QStringLiteral("SELECT w.line::text AS line FROM unnest(?::text[], ?::bigint[], "
                       "?::bigint[]) w(key, balance, line) JOIN transfers t ON t.request_key = "
                       "w.key WHERE t.available <> w.balance ORDER BY w.line"),
        {database::arrayOf(keys), database::arrayOf(balances), database::arrayOf(lines)});
    if (!found)
        return failure(found.error());
    QStringList differing;
    for (qsizetype i = 0; i < found->size(); ++i)
        differing << (*found)[i].text("line");
    return differing;
}

} // namespace customers
