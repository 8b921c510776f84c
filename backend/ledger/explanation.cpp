#include "ledger/explanation.h"

#include <QHash>

namespace ledger {

namespace {

constexpr int kRelatedMax = 200;
constexpr int kCausesMax = 64;    // of one chain
constexpr int kBodyDepthMax = 66; // one is masked down to 64

struct Chains {
    QHash<qint64, QList<Cause>> byStart; // the inbox row that made a transfer
    std::vector<qint64> ids;
    QHash<qint64, qint64> outboxOf; // inbox row of an answer -> the row that was sent
};

QString sourceName(qint64 source)
{
    static const QStringList names = {QStringLiteral("telegram"), QStringLiteral("retell"),
                                      QStringLiteral("dynopay"),  QStringLiteral("operator"),
                                      QStringLiteral("timer"),    QStringLiteral("delivery"),
                                      QStringLiteral("internal")};
    return names.value(source - 1, QString::number(source));
}

QString platformsOf(const database::Row &row)
{
    QStringList parts;
    if (!row.isNull("platform"))
        parts << row.text("platform") + u' ' + row.money("platform_amount").toString();
    if (!row.isNull("other_platform"))
        parts << row.text("other_platform") + u' ' + row.money("other_amount").toString();
    return parts.join(QStringLiteral(", "));
}

std::optional<TransferId> transferIn(const database::Row &row, const char *column)
{
    const auto id = row.optionalInteger(column);
    return id ? std::optional(TransferId{*id}) : std::nullopt;
}

/// The chains of all these rows at once. OFFSET 0: each row is looked up by its id, whatever the
/// planner thinks of the number of rows.
Result<Chains> readChains(database::Transaction &transaction, const std::vector<qint64> &starts)
{
    const auto rows = transaction.run(
        QStringLiteral(
            "WITH RECURSIVE chain (start, id, place) AS ("
            "SELECT DISTINCT s, s, 1 FROM unnest(?::bigint[]) s "
            "UNION ALL SELECT c.start, i.cause_id, c.place + 1 FROM chain c CROSS JOIN LATERAL "
            "(SELECT cause_id FROM inbox_history WHERE id = c.id OFFSET 0) i "
            "WHERE i.cause_id IS NOT NULL AND c.place < ?) "
            "SELECT c.start, i.id, i.source, i.external_id, i.kind, i.lane, i.body, "
            "to_micros(i.received_at) AS at, coalesce(o.state, 'waiting') AS state "
            "FROM chain c CROSS JOIN LATERAL (SELECT id, source, external_id, kind, lane, body, "
            "received_at FROM inbox_history WHERE id = c.id OFFSET 0) i LEFT JOIN LATERAL "
            "(SELECT state FROM inbox_outcomes_history WHERE inbox_id = c.id OFFSET 0) o ON true "
            "ORDER BY c.start, c.place"),
        {database::arrayOf(starts), kCausesMax});
    if (!rows)
        return failure(rows.error());
    Chains chains;
    for (qsizetype i = 0; i < rows->size(); ++i) {
        const database::Row row = (*rows)[i];
        auto body = core::parseJson(row.text("body").toUtf8(), kBodyDepthMax);
        const qint64 id = row.integer("id");
        const QString source = sourceName(row.integer("source"));
        chains.byStart[row.integer("start")].append({.id = InboxId{id},
                                                     .source = source,
                                                     .kind = row.text("kind"),
                                                     .lane = row.text("lane"),
                                                     .receivedAt = row.time("at"),
                                                     .state = row.text("state"),
                                                     .detail = {},
                                                     .body = body ? *std::move(body) : Json()});
        chains.ids.push_back(id);
        if (source == QLatin1String("delivery"))
            chains.outboxOf[id] = row.text("external_id").section(u':', 0, 0).toLongLong();
    }
    return chains;
}

/// What else is known about the rows of all chains: the requests they answer, the operators.
Result<QHash<qint64, QString>> readDetails(database::Transaction &transaction, const Chains &chains)
{
    std::vector<qint64> outbox;
    for (const qint64 id : chains.outboxOf)
        outbox.push_back(id);
    const auto sent = transaction.run(
        QStringLiteral("SELECT o.id, o.method FROM unnest(?::bigint[]) u (id) CROSS JOIN LATERAL "
                       "(SELECT id, method FROM outbox_history WHERE id = u.id OFFSET 0) o"),
        {database::arrayOf(outbox)});
    const auto audited = transaction.run(
        QStringLiteral("SELECT u.id, a.operator_name, a.action, a.result FROM unnest(?::bigint[]) "
                       "u (id) CROSS JOIN LATERAL (SELECT operator_name, action, result FROM audit "
                       "WHERE cause_id = u.id ORDER BY id OFFSET 0) a"),
        {database::arrayOf(chains.ids)});
    if (!sent || !audited)
        return failure(sent ? audited.error() : sent.error());
    QHash<qint64, QString> methods;
    for (qsizetype i = 0; i < sent->size(); ++i)
        methods[(*sent)[i].integer("id")] = (*sent)[i].text("method");
    QHash<qint64, QString> details;
    for (auto answer = chains.outboxOf.cbegin(); answer != chains.outboxOf.cend(); ++answer)
        details[answer.key()] = QStringLiteral("answer to %1, outbox row %2")
                                    .arg(methods.value(*answer, QStringLiteral("a request")))
                                    .arg(*answer);
    for (qsizetype i = 0; i < audited->size(); ++i) {
        const database::Row row = (*audited)[i];
        details[row.integer("id")] =
            QStringLiteral("%1 of operator %2: %3")
                .arg(row.text("action"), row.text("operator_name"), row.text("result"));
    }
    return details;
}

/// `ids`: SQL that gives the ids of the transfers, with one value.
Result<QList<ExplainedTransfer>> explain(database::Transaction &transaction, const QString &ids,
                                         const database::Values &values)
{
    const auto rows = transaction.run(
        QStringLiteral("SELECT t.id, t.customer_id, to_micros(t.at) AS at, t.kind, t.request_key, "
                       "t.available, t.held, t.debt, t.platform, t.platform_amount, "
                       "t.other_platform, t.other_amount, t.available_after, t.resolves_id, "
                       "t.refunds_id, t.cause_id FROM transfers t JOIN (%1) q ON q.id = t.id ORDER "
                       "BY t.id")
            .arg(ids),
        values);
    if (!rows)
        return failure(rows.error());
    std::vector<qint64> starts;
    for (qsizetype i = 0; i < rows->size(); ++i)
        starts.push_back((*rows)[i].integer("cause_id"));
    auto chains = readChains(transaction, starts);
    if (!chains)
        return failure(chains.error());
    const auto details = readDetails(transaction, *chains);
    if (!details)
        return failure(details.error());
    QList<ExplainedTransfer> explained;
    for (qsizetype i = 0; i < rows->size(); ++i) {
        const database::Row row = (*rows)[i];
        QList<Cause> causes = chains->byStart.value(row.integer("cause_id"));
        for (Cause &cause : causes)
            cause.detail = details->value(cause.id.value);
        if (causes.size() == kCausesMax)
            causes.last().detail += QStringLiteral(" (what came before is not shown)");
        explained.append({.id = TransferId{row.integer("id")},
                          .customer = CustomerId{row.integer("customer_id")},
                          .at = row.time("at"),
                          .kind = row.text("kind"),
                          .reference = row.text("request_key"),
                          .available = row.money("available"),
                          .held = row.money("held"),
                          .debt = row.money("debt"),
                          .platforms = platformsOf(row),
                          .availableAfter = row.money("available_after"),
                          .resolves = transferIn(row, "resolves_id"),
                          .refunds = transferIn(row, "refunds_id"),
                          .causes = causes});
    }
    return explained;
}

} // namespace

Result<QList<ExplainedTransfer>> explainTransfer(database::Transaction &transaction,
                                                 TransferId transfer)
{
    const auto explained = explain(
        transaction,
        QStringLiteral(
            "WITH RECURSIVE related (id) AS (SELECT ?::bigint UNION SELECT x.id FROM related r "
            "CROSS JOIN LATERAL (SELECT resolves_id AS id FROM transfers WHERE id = r.id "
            "UNION ALL SELECT refunds_id FROM transfers WHERE id = r.id "
            "UNION ALL SELECT id FROM transfers WHERE resolves_id = r.id "
            "UNION ALL SELECT id FROM transfers WHERE refunds_id = r.id OFFSET 0) x "
            "WHERE x.id IS NOT NULL) SELECT id FROM related LIMIT %1")
            .arg(kRelatedMax),
        {transfer.value});
    if (explained && explained->isEmpty())
        return failure({.code = ErrorCode::NotFound,
                        .detail = QStringLiteral("there is no transfer %1").arg(transfer.value)});
    return explained;
}

Result<QList<ExplainedTransfer>> explainCustomer(database::Transaction &transaction,
                                                 CustomerId customer, int limit)
{
    const auto wallet = transaction.run(QStringLiteral("SELECT FROM wallets WHERE customer_id = ?"),
                                        {customer.value});
    if (!wallet)
        return failure(wallet.error());
    if (wallet->isEmpty())
        return failure({.code = ErrorCode::NotFound,
                        .detail = QStringLiteral("there is no wallet %1").arg(customer.value)});
    return explain(transaction,
                   QStringLiteral("SELECT id FROM transfers WHERE customer_id = ? ORDER BY seq "
                                  "DESC LIMIT %1")
                       .arg(limit),
                   {customer.value});
}

} // namespace ledger
