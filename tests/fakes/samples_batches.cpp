#include "tests/fakes/samples.h"

#include <set>

namespace tests {

namespace {

using namespace std::chrono_literals;

const QString kBatchHash =
    QStringLiteral("a41f0c77c0ffee00a41f0c77c0ffee00a41f0c77c0ffee00a41f0c77c0ffee00");

struct BatchSample {
    const char *key;
    const char *disconnections; // with commas
    const char *regions;
    const char *state;
    const char *by;
    const char *approvedBy;
    int calls;
    int done;
    int refused;
};

constexpr BatchSample kBatchSamples[] = {
    {"outage-us-2026-11-20", "error_asr,error_no_audio_received", "US", "pending_approval", "omar",
     "", 14, 0, 0},
    {"asr-errors-paris", "error_asr", "FR", "pending_approval", "ines.duarte", "", 6, 0, 0},
    {"voice-provider-down", "error_llm_websocket_open", "", "running", "omar", "ines.duarte", 24,
     15, 1},
    {"double-charge-2026-11", "", "DE,FR", "done", "maria.lindqvist", "ines.duarte", 12, 11, 1},
    {"half-back-goodwill", "error_unknown", "", "cancelled", "omar", "ines.duarte", 9, 4, 0},
    {"outage-de-2026-11-02", "error_asr", "DE", "rejected", "omar", "", 5, 0, 0},
    {"late-night-outage", "error_asr", "", "void", "maria.lindqvist", "", 7, 0, 0},
};

const char *const kNames[] = {"Jonas Weber", "Camille Perrin", "Hannah Brooks",
                              "Chen Wei",    "Diego Salas",    "Priya Nair"};

Money amountOfCall(int place)
{
    return Money::fromCents(120 + place * 37 % 260);
}

QStringList split(const char *words)
{
    return QString::fromLatin1(words).split(u',', Qt::SkipEmptyParts);
}

api::RefundBatch batchOf(const BatchSample &sample, qint64 id, Timestamp at)
{
    const bool isHalf = QLatin1String(sample.state) == QLatin1String("cancelled");
    api::RefundBatch batch;
    batch.id = api::BatchId{id};
    batch.key = QString::fromLatin1(sample.key);
    batch.wish = {.query = {.from = at - 6h,
                            .to = at - 30min,
                            .disconnections = split(sample.disconnections),
                            .states = {},
                            .regions = split(sample.regions)},
                  .share = isHalf ? api::RefundShare::Half : api::RefundShare::Full,
                  .each = {},
                  .reason = QStringLiteral("call_failed"),
                  .note = QStringLiteral("the provider's status page says so")};
    batch.calls = sample.calls;
    for (int i = 0; i < sample.calls; ++i)
        batch.total += amountOfCall(i);
    batch.state = QString::fromLatin1(sample.state);
    batch.needs = api::RefundNeeds::SeniorOrFinance;
    batch.rule = QStringLiteral("many at once");
    batch.hash = kBatchHash;
    batch.requestedBy = QString::fromLatin1(sample.by);
    batch.requestedAt = at;
    batch.expiresAt = at + 24h;
    batch.approvedBy = split(sample.approvedBy);
    if (!batch.approvedBy.isEmpty())
        batch.startedAt = at + 12min;
    if (!batch.isWaiting() && !batch.isRunning())
        batch.endedAt = at + 14min;
    if (batch.state == QLatin1String("rejected") || batch.state == QLatin1String("cancelled")) {
        batch.endedBy = QStringLiteral("ines.duarte");
        batch.decision = QStringLiteral("the outage was shorter than that");
    }
    if (batch.state == QLatin1String("void"))
        batch.decision = QStringLiteral("the figures changed");
    batch.done = sample.done;
    batch.refused = sample.refused;
    if (batch.endedAt)
        batch.left = sample.calls - sample.done - sample.refused;
    for (int i = 0; i < sample.done; ++i)
        batch.given += amountOfCall(i);
    return batch;
}

} // namespace

QList<api::RefundBatch> sampleBatches(Timestamp now)
{
    QList<api::RefundBatch> batches;
    qint64 id = 3140;
    Timestamp at = now - 18min;
    for (const BatchSample &sample : kBatchSamples) {
        batches.append(batchOf(sample, id--, at));
        at -= 5h + 11min;
    }
    return batches;
}

QList<api::RefundBatchCall> sampleBatchCalls(const api::RefundBatch &batch)
{
    QList<api::RefundBatchCall> calls;
    for (int i = 0; i < batch.calls; ++i) {
        api::RefundBatchCall call;
        call.call = {88'300 - i};
        call.customerName = QString::fromLatin1(kNames[i % std::size(kNames)]);
        call.customer = CustomerId{sampleCustomerId(call.customerName)};
        call.amount = amountOfCall(i);
        call.state = QStringLiteral("planned");
        if (i < batch.done) {
            call.state = QStringLiteral("done");
            call.refund = api::RefundId{4'100 + i};
        } else if (i < batch.done + batch.refused) {
            call.state = QStringLiteral("refused");
            call.why = QStringLiteral("0.40 USD are left of what was paid");
        } else if (batch.endedAt) {
            call.state = QStringLiteral("left");
        }
        if (call.state != QLatin1String("planned"))
            call.decidedAt = batch.startedAt.value_or(batch.requestedAt) + std::chrono::seconds(i);
        calls.append(call);
    }
    return calls;
}

api::BulkRefundPreview sampleBulkPreview(const Json &payload)
{
    const bool isWaiting = payload.contains("batch");
    api::BulkRefundPreview preview;
    std::set<qint64> customers;
    for (int i = 0; i < 16; ++i) {
        const QString name = QString::fromLatin1(kNames[i % std::size(kNames)]);
        api::BulkRefundRow row = {.call = {88'285 + i},
                                  .customer = CustomerId{sampleCustomerId(name)},
                                  .paid = amountOfCall(15 - i),
                                  .refunded = {},
                                  .amount = amountOfCall(15 - i),
                                  .why = {}};
        if (i == 0) {
            row.refunded = row.paid;
            row.why = QStringLiteral("all of it was given back");
        }
        if (i == 1)
            row.why = QStringLiteral("refund 3107 of it waits");
        if (!row.why.isEmpty()) {
            row.amount = {};
        } else {
            ++preview.calls;
            preview.total += row.amount;
            customers.insert(row.customer.value);
        }
        preview.rows.append(row);
    }
    preview.uncharged = 23;
    preview.customers = qint64(customers.size());
    preview.needs = api::RefundNeeds::SeniorOrFinance;
    preview.rule = QStringLiteral("many at once");
    preview.mayApprove = isWaiting;
    preview.hash = kBatchHash;
    return preview;
}

QList<api::PlanPayment> samplePlanPayments(Timestamp now)
{
    const QString name = QStringLiteral("Harper & Lowe");
    return {{.transfer = TransferId{204'111},
             .customer = CustomerId{sampleCustomerId(name)},
             .customerName = name,
             .plan = QStringLiteral("prime"),
             .startsAt = now - 11 * 24h,
             .endsAt = now + 19 * 24h,
             .paid = Money::fromCents(3'000),
             .refunded = Money::fromCents(400)}};
}

} // namespace tests
