#include "operators/bulk_refund_case.h"

#include "api/permissions.h"
#include "core/crypto.h"
#include "operators/refund_case.h"

#include <algorithm>
#include <set>

namespace operators {

namespace {

using namespace std::chrono_literals;
using Batched = tl::expected<WantedBatch, CommandOutcome>;

constexpr qint64 kBatchCallsMax = 2000;
constexpr std::chrono::hours kBatchSpanMax = 31 * 24h;

Batched noBatch(const char *code, const QString &detail)
{
    return tl::unexpected<CommandOutcome>(refused(code, detail));
}

/// What the payload says by itself.
Batched batchOf(const Command &command, const Json &payload, Timestamp now)
{
    WantedBatch wanted;
    wanted.id = api::BatchId{command.id.value};
    wanted.requestedBy = command.by;
    wanted.hash = core::textMember(payload, "hash").value_or(QString());
    if (const auto waiting = core::integerMember(payload, "batch")) {
        wanted.id = api::BatchId{*waiting};
        wanted.isWaiting = true;
        return wanted; // the rest is what was asked for then
    }
    auto wish = api::bulkWishFromJson(payload);
    if (!wish)
        return noBatch("BadInput", wish.error().detail);
    if (const auto refusal = checkReason(wish->reason, wish->note, api::refundReasons()))
        return tl::unexpected<CommandOutcome>(*refusal);
    const api::BulkRefundQuery &query = wish->query;
    if (query.from >= query.to || query.to - query.from > kBatchSpanMax)
        return noBatch("BadInput", QStringLiteral("the calls ended from one time to a later one, "
                                                  "within 31 days"));
    if (query.to > now) // what ends later would change what others have agreed to
        return noBatch("BadInput", QStringLiteral("the time it goes to has not come yet"));
    wanted.wish = std::move(*wish);
    return wanted;
}

Result<Batched> loadWaitingBatch(engine::Context &context, OperatorId by, WantedBatch wanted)
{
    const auto rows = context.transaction().run(
        QStringLiteral(
            "SELECT query::text AS query, share, each, reason, note, requested_by, needs, "
            "preview_hash, state IN ('pending_approval', 'approved') AND expires_at > "
            "?::timestamptz AS is_waiting, (SELECT count(*) FROM refund_batch_approvals a WHERE "
            "a.batch_id = b.id) AS agreed, EXISTS (SELECT FROM refund_batch_approvals a WHERE "
            "a.batch_id = b.id AND a.approver_id = ?) AS has_agreed FROM refund_batches b WHERE "
            "id = ? FOR UPDATE"),
        {core::toIso(context.now()), by.value, wanted.id.value});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return noBatch("NotFound", QStringLiteral("there is no batch %1").arg(wanted.id.value));
    const database::Row row = rows->first();
    if (!row.boolean("is_waiting"))
        return noBatch("Settled",
                       QStringLiteral("batch %1 does not wait any more").arg(wanted.id.value));
    const auto query = core::parseJson(row.text("query").toUtf8());
    if (!query)
        return failure(query.error());
    Json asked = {{"query", *query},
                  {"share", row.text("share")},
                  {"reason", row.text("reason")},
                  {"note", row.text("note")}};
    if (!row.isNull("each"))
        asked["each"] = row.integer("each");
    const auto wish = api::bulkWishFromJson(asked);
    if (!wish)
        return failure(wish.error());
    wanted.wish = *wish;
    wanted.requestedBy = OperatorId{row.integer("requested_by")};
    wanted.ruling.needs = api::refundNeedsFrom(row.text("needs"));
    wanted.agreedHash = row.text("preview_hash");
    wanted.agreed = row.integer("agreed");
    wanted.hasAgreed = row.boolean("has_agreed");
    return Batched(std::move(wanted));
}

// ---- which calls

struct CallConditions {
    QString sql;
    database::Values values;
};

CallConditions conditionsOfQuery(const api::BulkRefundQuery &query)
{
    CallConditions conditions = {
        QStringLiteral("c.ended_at >= ?::timestamptz AND c.ended_at < ?::timestamptz"),
        {core::toIso(query.from), core::toIso(query.to)}};
    const auto add = [&](const char *sql, const QVariant &value) {
        conditions.sql += QLatin1String(sql);
        conditions.values << value;
    };
    const auto addList = [&](const char *sql, const QStringList &words) {
        if (!words.isEmpty())
            add(sql, database::arrayOf(std::vector<QString>(words.begin(), words.end())));
    };
    addList(" AND c.disconnection_reason = ANY (?::text[])", query.disconnections);
    addList(" AND c.state = ANY (?::text[])", query.states);
    addList(" AND c.region = ANY (?::text[])", query.regions);
    if (query.script)
        add(" AND c.script_version_id IN (SELECT id FROM script_versions WHERE script_id = ?)",
            *query.script);
    if (query.customer)
        add(" AND c.customer_id = ?", query.customer->value);
    return conditions;
}

Money amountOf(const api::BulkRefundWish &wish, Money paid, Money rest)
{
    switch (wish.share) {
    case api::RefundShare::Full: return rest;
    case api::RefundShare::Half: return std::min(paid.timesRatioDown(1, 2), rest);
    case api::RefundShare::Amount: return std::min(wish.each, rest);
    }
    Q_UNREACHABLE();
}

BatchCall callOf(const database::Row &row, const api::BulkRefundWish &wish)
{
    BatchCall call = {.row = {.call = {row.integer("id")},
                              .customer = CustomerId{row.integer("customer_id")},
                              .paid = row.money("charged"),
                              .refunded = row.money("refunded"),
                              .amount = {},
                              .why = {}},
                      .payment = TransferId{row.integer("charge_transfer_id")},
                      .at = row.time("at")};
    if (!call.rest().isPositive())
        call.row.why = QStringLiteral("all of it was given back");
    else if (const auto refund = row.optionalInteger("waits"))
        call.row.why = QStringLiteral("refund %1 of it waits").arg(*refund);
    else if (const auto batch = row.optionalInteger("batch"))
        call.row.why = QStringLiteral("batch %1 has it").arg(*batch);
    else
        call.row.amount = amountOf(wish, call.row.paid, call.rest());
    if (call.row.why.isEmpty() && !call.isPlanned())
        call.row.why = QStringLiteral("too little was paid for it");
    return call;
}

/// Those of them that cost something, in the order of their numbers.
Result<std::vector<BatchCall>> readCalls(engine::Context &context, const WantedBatch &wanted,
                                         const CallConditions &conditions)
{
    const auto rows = context.transaction().run(
        QStringLiteral(
            "SELECT c.id, c.customer_id, c.charge_transfer_id, c.charged, to_micros(c.ended_at) "
            "AS at, coalesce((SELECT -sum(t.platform_amount) FROM transfers t WHERE t.refunds_id "
            "= c.charge_transfer_id), 0)::bigint AS refunded, (SELECT min(r.id) FROM refunds r "
            "WHERE r.call_id = c.id AND r.state IN ('pending_approval', 'approved')) AS waits, "
            "(SELECT x.batch_id FROM refund_batch_rows x WHERE x.call_id = c.id AND x.state = "
            "'planned' AND x.batch_id <> ?) AS batch FROM calls c WHERE c.charged > 0 AND ") +
            conditions.sql,
        database::Values{wanted.id.value} + conditions.values);
    if (!rows)
        return failure(rows.error());
    std::vector<BatchCall> calls;
    for (qsizetype i = 0; i < rows->size(); ++i)
        calls.push_back(callOf((*rows)[i], wanted.wish));
    std::sort(calls.begin(), calls.end(), [](const BatchCall &left, const BatchCall &right) {
        return left.row.call < right.row.call;
    });
    return calls;
}

/// What waits is of the calls that were asked for, whatever matches by now.
Result<void> lookForCalls(engine::Context &context, WantedBatch &wanted)
{
    if (wanted.isWaiting) {
        auto calls = readCalls(
            context, wanted,
            {QStringLiteral("c.id IN (SELECT call_id FROM refund_batch_rows WHERE batch_id = ?)"),
             {wanted.id.value}});
        if (!calls)
            return failure(calls.error());
        wanted.calls = std::move(*calls);
        return {};
    }
    const CallConditions conditions = conditionsOfQuery(wanted.wish.query);
    // In the order of the index that finds them; one more than may be asked for says that they are
    // too many.
    auto calls = readCalls(context, wanted,
                           {conditions.sql + QStringLiteral(" ORDER BY c.ended_at, c.id LIMIT ?"),
                            conditions.values + database::Values{kBatchCallsMax + 1}});
    if (!calls)
        return failure(calls.error());
    wanted.calls = std::move(*calls);
    const auto others = context.transaction().run(
        QStringLiteral("SELECT count(*) AS n FROM calls c WHERE c.charged = 0 AND ") +
            conditions.sql,
        conditions.values);
    if (!others)
        return failure(others.error());
    wanted.uncharged = others->first().integer("n");
    return {};
}

// ---- who has to agree

/// The most refunds that a customer has behind them before the last one of this batch.
Result<qint64> refundsOfOne(engine::Context &context, const RefundRules &rules,
                            const std::vector<BatchCall> &planned)
{
    std::vector<qint64> customers;
    for (const BatchCall &call : planned)
        customers.push_back(call.row.customer.value);
    const auto rows = context.transaction().run(
        QStringLiteral("SELECT coalesce(max(planned.n - 1 + (SELECT count(*) FROM refunds r WHERE "
                       "r.state = 'done' AND r.customer_id = planned.customer AND r.decided_at > "
                       "?::timestamptz)), 0)::bigint AS most FROM (SELECT customer, count(*) AS n "
                       "FROM unnest(?::bigint[]) AS u (customer) GROUP BY 1) planned"),
        {core::toIso(context.now() - rules.customerDays * 24h), database::arrayOf(customers)});
    if (!rows)
        return failure(rows.error());
    return rows->first().integer("most");
}

/// The rules look at the whole of it; and whatever it is, another person agrees.
Result<RefundRuling> judgeBatch(engine::Context &context, const Command &command,
                                const WantedBatch &wanted)
{
    const auto rules = refundRulesAt(context.transaction(), context.now());
    if (!rules)
        return failure(rules.error());
    const auto day = lockRefundDay(context.transaction(), wanted.requestedBy, context.now());
    if (!day)
        return failure(day.error());
    const std::vector<BatchCall> planned = wanted.planned();
    const auto refunds = refundsOfOne(context, *rules, planned);
    if (!refunds)
        return failure(refunds.error());
    Timestamp oldest = context.now();
    for (const BatchCall &call : planned)
        oldest = std::min(oldest, call.at);
    RefundRuling ruling = rulingOf(
        *rules, {.amount = wanted.total(),
                 .causeAge = std::chrono::duration_cast<std::chrono::hours>(context.now() - oldest),
                 .requesterRoles = api::effectiveRoles(day->roles, command.isSolo),
                 .totalToday = day->total,
                 .refundsOfCustomer = *refunds});
    if (ruling.needs == api::RefundNeeds::Nobody) {
        ruling.needs = api::RefundNeeds::SeniorOrFinance;
        ruling.rule = QStringLiteral("many at once");
    }
    return ruling;
}

bool mayApproveBatch(const Command &command, const WantedBatch &wanted)
{
    if (command.isSolo && command.roles.testFlag(Role::Finance))
        return true; // there is nobody else to ask
    return wanted.isWaiting && wanted.requestedBy != command.by && !wanted.hasAgreed &&
           mayApprove(command.roles, wanted.ruling.needs, wanted.agreed);
}

/// Over what a person has agreed to, and nothing that other traffic moves.
QString hashOfBatch(const WantedBatch &wanted)
{
    QString text = QStringLiteral("bulk refund %1; rules %2")
                       .arg(QString::fromUtf8(core::toBytes(api::toJson(wanted.wish))))
                       .arg(wanted.ruling.version);
    for (const BatchCall &call : wanted.planned())
        text += QStringLiteral("; call %1 of customer %2, T-%3, %4 of %5")
                    .arg(call.row.call.value)
                    .arg(call.row.customer.value)
                    .arg(call.payment.value)
                    .arg(call.row.amount.micros())
                    .arg(call.rest().micros());
    return QString::fromLatin1(core::sha256(text.toUtf8()).toHex());
}

} // namespace

std::vector<BatchCall> WantedBatch::planned() const
{
    std::vector<BatchCall> found;
    for (const BatchCall &call : calls) {
        if (call.isPlanned())
            found.push_back(call);
    }
    return found;
}

Money WantedBatch::total() const
{
    Money sum;
    for (const BatchCall &call : calls)
        sum += call.row.amount;
    return sum;
}

Result<Batched> loadBatch(engine::Context &context, const Command &command, const Json &payload)
{
    Result<Batched> loaded = batchOf(command, payload, context.now());
    if (*loaded && (*loaded)->isWaiting)
        loaded = loadWaitingBatch(context, command.by, **loaded);
    if (!loaded || !*loaded)
        return loaded;
    WantedBatch &wanted = **loaded;
    if (auto looked = lookForCalls(context, wanted); !looked)
        return failure(looked.error());
    if (static_cast<qint64>(wanted.calls.size()) > kBatchCallsMax)
        return noBatch(
            "TooMany",
            QStringLiteral("more than %1 calls match; ask for fewer at once").arg(kBatchCallsMax));
    const auto ruling = judgeBatch(context, command, wanted);
    if (!ruling)
        return failure(ruling.error());
    // What was asked of others when it was requested is not asked less later.
    const api::RefundNeeds before =
        wanted.isWaiting ? wanted.ruling.needs : api::RefundNeeds::Nobody;
    wanted.ruling = *ruling;
    wanted.ruling.needs = std::max(before, ruling->needs);
    wanted.mayApprove = mayApproveBatch(command, wanted);
    wanted.hashNow = hashOfBatch(wanted);
    return loaded;
}

api::BulkRefundPreview previewOf(const WantedBatch &batch)
{
    api::BulkRefundPreview preview = {.rows = {},
                                      .uncharged = batch.uncharged,
                                      .calls = 0,
                                      .customers = 0,
                                      .total = batch.total(),
                                      .needs = batch.ruling.needs,
                                      .rule = batch.ruling.rule,
                                      .mayApprove = batch.mayApprove,
                                      .hash = batch.hashNow};
    std::set<CustomerId> customers;
    for (const BatchCall &call : batch.calls) {
        preview.rows.append(call.row);
        if (!call.isPlanned())
            continue;
        ++preview.calls;
        customers.insert(call.row.customer);
    }
    preview.customers = static_cast<qint64>(customers.size());
    return preview;
}

} // namespace operators
