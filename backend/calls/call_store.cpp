#include "calls/call_store.h"

#include "core/assert.h"

namespace calls {

namespace {

using namespace std::chrono_literals;

constexpr qsizetype kNoteCharactersMax = 1000;

const QString kColumns = QStringLiteral(
    "SELECT id, customer_id, script_version_id, to_number, consent, is_recorded, callee_zone, "
    "asked_longest_s, state, tier, region, coalesce(attempt_id, '') AS attempt_id, "
    "dial_outbox_id, coalesce(provider_call_id, '') AS provider_call_id, rates_version, "
    "rate_per_minute, recording_fee, longest_s, allowance_s, hold, hold_transfer_id, "
    "charge_transfer_id, release_transfer_id, to_micros(asked_at) AS asked_at, "
    "to_micros(queued_until) AS queued_until, to_micros(dialled_at) AS dialled_at, "
    "to_micros(unknown_at) AS unknown_at, to_micros(started_at) AS started_at, "
    "to_micros(ended_at) AS ended_at, to_micros(settled_at) AS settled_at, duration_ms, billed_s, "
    "charged, uncovered, provider_cost::text AS provider_cost, "
    "coalesce(disconnection_reason, '') AS disconnection_reason, coalesce(outcome, '') AS outcome, "
    "coalesce(summary, '') AS summary, transcript IS NOT NULL AS has_transcript, "
    "coalesce(recording_url, '') AS recording_url, to_micros(stop_requested_at) AS "
    "stop_requested_at, coalesce(stop_reason, '') AS stop_reason, coalesce(stopped_by, '') AS "
    "stopped_by, live_message_id, to_micros(live_edit_at) AS live_edit_at, "
    "to_micros(told_at) AS told_at, note FROM calls WHERE ");

std::optional<TransferId> transferIn(const database::Row &row, const char *column)
{
    const auto id = row.optionalInteger(column);
    return id ? std::optional(TransferId{*id}) : std::nullopt;
}

template <typename Duration>
std::optional<Duration> durationIn(const database::Row &row, const char *column)
{
    const auto count = row.optionalInteger(column);
    return count ? std::optional(Duration(*count)) : std::nullopt;
}

CallWish wishOf(const database::Row &row)
{
    const auto consent = consentNamed(row.text("consent"));
    CORE_ASSERT(consent); // the column has a CHECK
    return {.customer = CustomerId{row.integer("customer_id")},
            .script = ScriptVersionId{row.integer("script_version_id")},
            .to = row.text("to_number"),
            .consent = *consent,
            .isRecorded = row.boolean("is_recorded"),
            .calleeZone = row.text("callee_zone"),
            .longest = durationIn<std::chrono::seconds>(row, "asked_longest_s")};
}

void readTimes(const database::Row &row, Call &call)
{
    call.askedAt = row.time("asked_at");
    call.queuedUntil = row.optionalTime("queued_until");
    call.dialledAt = row.optionalTime("dialled_at");
    call.unknownAt = row.optionalTime("unknown_at");
    call.startedAt = row.optionalTime("started_at");
    call.endedAt = row.optionalTime("ended_at");
    call.settledAt = row.optionalTime("settled_at");
    call.stopRequestedAt = row.optionalTime("stop_requested_at");
    call.liveEditAt = row.optionalTime("live_edit_at");
    call.toldAt = row.optionalTime("told_at");
}

void readMoney(const database::Row &row, Call &call)
{
    call.ratesVersion = static_cast<int>(row.integer("rates_version"));
    call.ratePerMinute = row.money("rate_per_minute");
    call.recordingFee = row.money("recording_fee");
    call.longest = std::chrono::seconds(row.integer("longest_s"));
    call.fromAllowance = std::chrono::seconds(row.integer("allowance_s"));
    call.hold = row.money("hold");
    call.holdTransfer = transferIn(row, "hold_transfer_id");
    call.chargeTransfer = transferIn(row, "charge_transfer_id");
    call.releaseTransfer = transferIn(row, "release_transfer_id");
    call.duration = durationIn<std::chrono::milliseconds>(row, "duration_ms");
    call.billed = durationIn<std::chrono::seconds>(row, "billed_s");
    call.charged = row.money("charged");
    call.uncovered = row.money("uncovered");
    if (!row.isNull("provider_cost")) {
        const auto cost = core::Decimal::parse(row.text("provider_cost"));
        CORE_ASSERT(cost); // only we write it
        call.providerCost = *cost;
    }
}

Call callOf(const database::Row &row)
{
    Call call;
    call.id = CallId{row.integer("id")};
    call.wish = wishOf(row);
    call.state = stateOf(row.text("state"));
    call.tier = row.text("tier");
    call.region = row.text("region");
    call.attemptId = row.text("attempt_id");
    call.dialMessage = OutboxId{row.integer("dial_outbox_id")};
    call.providerCallId = row.text("provider_call_id");
    readTimes(row, call);
    readMoney(row, call);
    call.disconnectionReason = row.text("disconnection_reason");
    call.outcome = row.text("outcome");
    call.summary = row.text("summary");
    call.hasTranscript = row.boolean("has_transcript");
    call.recordingUrl = row.text("recording_url");
    call.stopReason = row.text("stop_reason");
    call.stoppedBy = row.text("stopped_by");
    call.liveMessage = OutboxId{row.integer("live_message_id")};
    call.note = row.text("note");
    return call;
}

Result<std::optional<Call>> lockWhere(database::Transaction &transaction, const QString &condition,
                                      const QVariant &value)
{
    const auto rows =
        transaction.run(kColumns + condition + QStringLiteral(" FOR UPDATE"), {value});
    if (!rows)
        return failure(rows.error());
    return rows->isEmpty() ? std::optional<Call>() : std::optional(callOf(rows->first()));
}

using database::nullable;

QVariant nullable(const std::optional<Timestamp> &time)
{
    return time ? QVariant(core::toIso(*time)) : database::null();
}

QVariant nullable(const std::optional<TransferId> &transfer)
{
    return transfer ? QVariant(transfer->value) : database::null();
}

QVariant nullable(OutboxId message)
{
    return message.value == 0 ? database::null() : QVariant(message.value);
}

template <typename Rep, typename Period>
QVariant nullable(const std::optional<std::chrono::duration<Rep, Period>> &duration)
{
    return duration ? QVariant(static_cast<qint64>(duration->count())) : database::null();
}

/// Of a call that has not been judged yet there is none.
QVariant known(bool isKnown, qint64 value)
{
    return isKnown ? QVariant(value) : database::null();
}

QString jsonText(const Json &json)
{
    return QString::fromUtf8(core::toBytes(json));
}

Result<Inserted> firstWithKey(engine::Context &context, const CallWish &wish,
                              const QString &requestKey)
{
    const auto rows =
        context.transaction().run(kColumns + QStringLiteral("request_key = ?"), {requestKey});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return failure({.code = ErrorCode::Conflict,
                        .detail = QStringLiteral("the same call is being asked for"),
                        .transient = true});
    const Call first = callOf(rows->first());
    if (first.wish != wish)
        return failure(
            {.code = ErrorCode::Duplicate,
             .detail =
                 QStringLiteral("call %1 has this key and is another wish").arg(first.id.value)});
    return Inserted{.id = first.id};
}

} // namespace

Result<Inserted> insertCall(engine::Context &context, const CallWish &wish,
                            const QString &requestKey, const QString &tier)
{
    const auto rows = context.transaction().run(
        QStringLiteral("INSERT INTO calls (customer_id, request_key, script_version_id, to_number, "
                       "callee_zone, consent, is_recorded, asked_longest_s, tier, asked_at, "
                       "cause_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::timestamptz, ?) "
                       "ON CONFLICT (request_key) DO NOTHING RETURNING id"),
        {wish.customer.value, requestKey, wish.script.value, wish.to, wish.calleeZone,
         nameOf(wish.consent), wish.isRecorded, nullable(wish.longest), tier,
         core::toIso(context.now()), context.cause().value});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return firstWithKey(context, wish, requestKey);
    const CallId id{rows->first().integer("id")};
    context.changed(Topic::Call, id.value);
    return Inserted{.id = id, .isNew = true};
}

Result<std::optional<Call>> lockCall(database::Transaction &transaction, CallId id)
{
    return lockWhere(transaction, QStringLiteral("id = ?"), id.value);
}

Result<std::optional<Call>> lockCallByAttempt(database::Transaction &transaction,
                                              const QString &attemptId)
{
    return lockWhere(transaction, QStringLiteral("attempt_id = ?"), attemptId);
}

Result<std::optional<Call>> lockCallByProviderId(database::Transaction &transaction,
                                                 const QString &providerCallId)
{
    return lockWhere(transaction, QStringLiteral("provider_call_id = ?"), providerCallId);
}

Result<void> saveCall(engine::Context &context, const Call &call)
{
    const bool isPriced = call.ratesVersion != 0;
    const QVariant cost =
        call.providerCost ? QVariant(call.providerCost->toString()) : database::null();
    const auto saved = context.transaction().run(
        QStringLiteral(
            "UPDATE calls SET state = ?, region = ?, tier = ?, queued_until = ?::timestamptz, "
            "attempt_id = ?, dial_outbox_id = ?, provider_call_id = ?, rates_version = ?, "
            "rate_per_minute = ?, recording_fee = ?, longest_s = ?, allowance_s = ?, hold = ?, "
            "hold_transfer_id = ?, charge_transfer_id = ?, release_transfer_id = ?, "
            "dialled_at = ?::timestamptz, unknown_at = ?::timestamptz, "
            "started_at = ?::timestamptz, ended_at = ?::timestamptz, "
            "settled_at = ?::timestamptz, duration_ms = ?, billed_s = ?, charged = ?, "
            "uncovered = ?, provider_cost = ?::numeric, disconnection_reason = ?, outcome = ?, "
            "summary = ?, recording_url = ?, stop_requested_at = ?::timestamptz, stop_reason = ?, "
            "stopped_by = ?, live_message_id = ?, live_edit_at = ?::timestamptz, "
            "told_at = ?::timestamptz, note = ? WHERE id = ?"),
        {nameOf(call.state),
         call.region,
         call.tier,
         nullable(call.queuedUntil),
         nullable(call.attemptId),
         nullable(call.dialMessage),
         nullable(call.providerCallId),
         known(isPriced, call.ratesVersion),
         known(isPriced, call.ratePerMinute.micros()),
         known(isPriced, call.recordingFee.micros()),
         known(call.longest > 0s, call.longest.count()),
         static_cast<qint64>(call.fromAllowance.count()),
         call.hold.micros(),
         nullable(call.holdTransfer),
         nullable(call.chargeTransfer),
         nullable(call.releaseTransfer),
         nullable(call.dialledAt),
         nullable(call.unknownAt),
         nullable(call.startedAt),
         nullable(call.endedAt),
         nullable(call.settledAt),
         nullable(call.duration),
         nullable(call.billed),
         call.charged.micros(),
         call.uncovered.micros(),
         cost,
         nullable(call.disconnectionReason),
         nullable(call.outcome),
         nullable(call.summary),
         nullable(call.recordingUrl),
         nullable(call.stopRequestedAt),
         nullable(call.stopReason),
         nullable(call.stoppedBy),
         nullable(call.liveMessage),
         nullable(call.liveEditAt),
         nullable(call.toldAt),
         call.note,
         call.id.value});
    if (!saved)
        return failure(saved.error());
    CORE_ASSERT(saved->affected() == 1);
    context.changed(Topic::Call, call.id.value);
    return {};
}

Result<void> saveJudgement(engine::Context &context, CallId call, const Judgement &judgement)
{
    const auto saved = context.transaction().run(
        QStringLiteral("UPDATE calls SET verdict = ?::jsonb, request = ?::jsonb, facts = ?::jsonb "
                       "WHERE id = ?"),
        {jsonText(judgement.verdict), jsonText(judgement.request), jsonText(judgement.facts),
         call.value});
    if (!saved)
        return failure(saved.error());
    return {};
}

Result<void> saveTranscript(engine::Context &context, CallId call, const Json &transcript,
                            const Json &analysis)
{
    const auto saved = context.transaction().run(
        QStringLiteral("WITH gone AS (DELETE FROM live_transcripts WHERE call_id = ?) "
                       "UPDATE calls SET transcript = coalesce(?::jsonb, transcript), "
                       "analysis = coalesce(?::jsonb, analysis) WHERE id = ?"),
        {call.value, transcript.empty() ? database::null() : QVariant(jsonText(transcript)),
         analysis.empty() ? database::null() : QVariant(jsonText(analysis)), call.value});
    if (!saved)
        return failure(saved.error());
    return {};
}

Result<Json> transcriptOf(database::Transaction &transaction, CallId call)
{
    const auto rows = transaction.run(
        QStringLiteral("SELECT coalesce(transcript, '[]') AS transcript FROM calls WHERE id = ?"),
        {call.value});
    if (!rows)
        return failure(rows.error());
    return rows->isEmpty() ? Result<Json>(Json::array())
                           : core::parseJson(rows->first().text("transcript").toUtf8());
}

Result<void> noteEvent(engine::Context &context, CallId call, const QString &kind,
                       const QString &detail)
{
    const auto noted = context.transaction().run(
        QStringLiteral("INSERT INTO call_events (call_id, at, kind, detail, cause_id) VALUES "
                       "(?, ?::timestamptz, ?, ?, ?)"),
        {call.value, core::toIso(context.now()), kind, detail, context.cause().value});
    if (!noted)
        return failure(noted.error());
    return {};
}

bool addNote(Call &call, const QString &words)
{
    if (call.note.contains(words) || call.note.size() > kNoteCharactersMax)
        return false;
    call.note += call.note.isEmpty() ? words : QStringLiteral("; ") + words;
    return true;
}

Result<std::vector<Unfinished>> unfinishedCalls(database::Transaction &transaction)
{
    const auto rows = transaction.run(QStringLiteral(
        "SELECT id, customer_id FROM calls WHERE state IN ('asked', 'queued', 'dialling', "
        "'unknown', 'talking', 'ending') ORDER BY id"));
    if (!rows)
        return failure(rows.error());
    std::vector<Unfinished> found;
    for (qsizetype i = 0; i < rows->size(); ++i)
        found.push_back(
            {CallId{(*rows)[i].integer("id")}, CustomerId{(*rows)[i].integer("customer_id")}});
    return found;
}

} // namespace calls
