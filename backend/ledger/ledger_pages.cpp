#include "ledger/ledger_pages.h"

#include "database/list_query.h"
#include "ledger/balance_at.h"
#include "ledger/explanation.h"

namespace ledger {

namespace {

using database::FilterField;

const QHash<QString, FilterField> &filterFields()
{
    static const QHash<QString, FilterField> fields = {
        {QString(), {QStringLiteral("t.request_key ^@ ?"), FilterField::Kind::Text}},
        {QStringLiteral("customer"), database::customerField(QStringLiteral("t.customer_id"))},
        {QStringLiteral("kind"), {QStringLiteral("t.kind = ?"), FilterField::Kind::Text}},
        {QStringLiteral("account"),
         {QStringLiteral("CASE ? WHEN 'available' THEN t.available <> 0 WHEN 'held' THEN t.held <> "
                         "0 WHEN 'debt' THEN t.debt <> 0 "
                         "ELSE ? IN (t.platform::text, t.other_platform::text) END"),
          FilterField::Kind::Text}},
        {QStringLiteral("amount"),
         {QStringLiteral(
              "greatest(abs(t.available), abs(t.held), abs(t.debt), abs(t.platform_amount)) %1 ?"),
          FilterField::Kind::Usd}},
        {QStringLiteral("id"), {QStringLiteral("t.id %1 ?"), FilterField::Kind::Integer}},
        {QStringLiteral("since"),
         {QStringLiteral("t.at >= ?::timestamptz"), FilterField::Kind::Since}},
    };
    return fields;
}

void addEntry(QList<api::EntryRow> &entries, const QString &account, bool isCustomers, Money amount,
              std::optional<Money> after)
{
    if (!amount.isZero())
        entries.append({account, isCustomers, amount, after});
}

QList<api::EntryRow> entriesOf(const database::Row &row)
{
    QList<api::EntryRow> entries;
    addEntry(entries, QStringLiteral("available"), true, row.money("available"),
             row.money("available_after"));
    addEntry(entries, QStringLiteral("held"), true, row.money("held"), row.money("held_after"));
    addEntry(entries, QStringLiteral("debt"), true, row.money("debt"), row.money("debt_after"));
    addEntry(entries, row.text("platform"), false, row.money("platform_amount"), std::nullopt);
    addEntry(entries, row.text("other_platform"), false, row.money("other_amount"), std::nullopt);
    std::stable_sort(entries.begin(), entries.end(),
                     [](const api::EntryRow &a, const api::EntryRow &b) {
                         return a.amount.isNegative() && !b.amount.isNegative();
                     });
    return entries;
}

/// What it was for, as staff name it. A deposit's key is the provider's payment, any other key ends
/// with our own number.
QString causeOf(const QString &requestKey, std::optional<qint64> deposit)
{
    static const QHash<QString, QString> letters = {
        {QStringLiteral("hold"), QStringLiteral("C-")},
        {QStringLiteral("charge"), QStringLiteral("C-")},
        {QStringLiteral("release"), QStringLiteral("C-")},
        {QStringLiteral("refund"), QStringLiteral("R-")},
    };
    if (deposit)
        return QStringLiteral("D-%1").arg(*deposit);
    const QString letter = letters.value(requestKey.section(u':', 0, 0));
    return letter.isEmpty() ? QString() : letter + requestKey.section(u':', 1);
}

api::TransferRow transferRowOf(const database::Row &row)
{
    return {.id = TransferId{row.integer("id")},
            .at = row.time("at"),
            .kind = row.text("kind"),
            .customer = CustomerId{row.integer("customer_id")},
            .customerName = row.text("name"),
            .entries = entriesOf(row),
            .requestKey = row.text("request_key"),
            .cause = InboxId{row.integer("cause_id")},
            .causeText = causeOf(row.text("request_key"), row.optionalInteger("deposit_id"))};
}

Result<api::Page<api::TransferRow>> readPage(database::Connection &connection,
                                             const api::PageQuery &query,
                                             PlatformBalances &balances, Timestamp now)
{
    auto conditions = database::conditionsOf(query.filter, filterFields(), now);
    if (!conditions)
        return failure(conditions.error());
    auto total = Result<database::Total>(database::Total{});
    if (query.isCounted)
        total =
            database::countFound(connection, QStringLiteral("transfers t"),
                                 QStringLiteral("transfers"), QStringLiteral("t.id"), *conditions);
    if (!total)
        return failure(total.error());
    database::onlyFound(*conditions, *total, QStringLiteral("t.id"));
    const database::Keyset keyset = database::keysetOf(query, QStringLiteral("t.id"));
    // The cause is shown as its deposit's number; only the listing looks into that table, nothing
    // is decided by it.
    const auto rows =
        connection.run(QStringLiteral("SELECT t.id, to_micros(t.at) AS at, t.kind, t.customer_id, "
                                      "c.name, t.available, t.held, t.debt, t.available_after, "
                                      "t.held_after, t.debt_after, t.platform, t.platform_amount, "
                                      "t.other_platform, t.other_amount, t.request_key, "
                                      "t.cause_id, d.id AS deposit_id FROM transfers t LEFT JOIN "
                                      "customers c ON c.id = t.customer_id "
                                      "LEFT JOIN deposits d ON d.transfer_id = t.id WHERE ") +
                           conditions->sql + keyset.sql,
                       conditions->values + keyset.values);
    if (!rows)
        return failure(rows.error());
    api::Page<api::TransferRow> page = {.rows = {},
                                        .next = {},
                                        .total = total->count,
                                        .isTotalExact = total->isExact,
                                        .readAt = now};
    for (qsizetype i = 0; i < rows->size(); ++i)
        page.rows.append(transferRowOf((*rows)[i]));
    database::finishPage(page, query, keyset,
                         [](const api::TransferRow &row) { return row.id.value; });
    if (const auto filled = balances.fill(connection, page.rows); !filled)
        return failure(filled.error());
    return page;
}

Result<api::WalletSummary> readWallet(database::Connection &connection, CustomerId customer)
{
    const auto rows = connection.run(
        QStringLiteral(
            "SELECT w.available, w.held, w.debt, coalesce(w.seq, 0) AS transfers, c.name, "
            "w.seq IS NULL OR (SELECT t.hash = w.hash FROM transfers t WHERE t.customer_id = "
            "w.customer_id AND t.seq = w.seq) AS intact "
            "FROM wallets w JOIN customers c ON c.id = w.customer_id WHERE w.customer_id = ?"),
        {customer.value});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return failure({.code = ErrorCode::NotFound,
                        .detail = QStringLiteral("no customer %1").arg(customer.value)});
    const database::Row row = rows->first();
    return api::WalletSummary{.customer = customer,
                              .customerName = row.text("name"),
                              .available = row.money("available"),
                              .held = row.money("held"),
                              .debt = row.money("debt"),
                              .transfers = row.integer("transfers"),
                              .isChainIntact = row.boolean("intact")};
}

/// Several statements that see the same rows.
template <typename T>
Result<T> inSnapshot(database::Connection &connection,
                     const std::function<Result<T>(database::Transaction &)> &query)
{
    auto transaction = database::Transaction::begin(connection);
    if (!transaction)
        return failure(transaction.error());
    if (auto set = transaction->set(
            QStringLiteral("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"));
        !set)
        return failure(set.error());
    return query(*transaction);
}

} // namespace

LedgerPages::LedgerPages(database::ReadPool &pool, const Clock &clock)
    : m_pool(pool)
    , m_clock(clock)
{
}

QFuture<Result<api::Page<api::TransferRow>>> LedgerPages::listTransfers(api::PageQuery query)
{
    return m_pool.read<api::Page<api::TransferRow>>(
        [query = std::move(query), this](database::Connection &connection) {
            return readPage(connection, query, m_balances, m_clock.now());
        });
}

QFuture<Result<api::WalletSummary>> LedgerPages::loadWallet(CustomerId customer)
{
    return m_pool.read<api::WalletSummary>(
        [customer](database::Connection &connection) { return readWallet(connection, customer); });
}

QFuture<Result<api::PastBalance>> LedgerPages::loadBalanceAt(CustomerId customer, Timestamp at)
{
    return m_pool.read<api::PastBalance>([customer, at](database::Connection &connection) {
        return inSnapshot<api::PastBalance>(connection, [&](database::Transaction &transaction) {
            return pastBalance(transaction, customer, at);
        });
    });
}

QFuture<Result<QList<api::ExplainedTransfer>>> LedgerPages::explain(TransferId transfer)
{
    using Explained = QList<api::ExplainedTransfer>;
    return m_pool.read<Explained>([transfer](database::Connection &connection) {
        return inSnapshot<Explained>(connection, [&](database::Transaction &transaction) {
            return explainTransfer(transaction, transfer);
        });
    });
}

QFuture<Result<QStringList>> LedgerPages::suggest(QString field, QString typed)
{
    if (field != QLatin1String("customer"))
        return QtFuture::makeReadyFuture(Result<QStringList>(QStringList()));
    return m_pool.read<QStringList>([typed = std::move(typed)](database::Connection &connection) {
        return database::customerSuggestions(connection, typed);
    });
}

} // namespace ledger
