#include "calls/call_pages.h"

#include "calls/call_state.h"
#include "core/json.h"
#include "database/list_query.h"
#include "guards/verdict.h"

namespace calls {

namespace {

using database::FilterField;

// What has been refunded of a call is read from the ledger, and its script from its version; only
// the listing looks there, nothing is decided by it.
const QString kSelect = QStringLiteral(
    "SELECT c.id, c.customer_id, k.name, c.callee, c.region, c.state, v.language, v.name AS "
    "script, c.rate_per_minute, c.recording_fee, c.longest_s, c.hold, c.charged, c.duration_ms, "
    "to_micros(c.asked_at) AS asked_at, to_micros(c.started_at) AS started_at, "
    "to_micros(c.ended_at) AS ended_at, c.disconnection_reason, c.is_final, "
    "(SELECT coalesce(-sum(t.platform_amount), 0)::bigint FROM transfers t WHERE t.refunds_id = "
    "c.charge_transfer_id) AS refunded, c.verdict::text AS verdict%1 FROM calls c JOIN customers k "
    "ON k.id = c.customer_id LEFT JOIN script_versions v ON v.id = c.script_version_id WHERE ");

const QString kDetails = QStringLiteral(
    ", c.attempt_id, c.provider_call_id, c.hold_transfer_id, c.charge_transfer_id, c.summary, "
    "c.transcript::text AS transcript, (SELECT l.transcript::text FROM live_transcripts l WHERE "
    "l.call_id = c.id) AS live, (SELECT to_micros(l.updated_at) FROM live_transcripts l WHERE "
    "l.call_id = c.id) AS live_at");

const QHash<QString, FilterField> &filterFields()
{
    const auto text = [](const char *sql) {
        return FilterField{QString::fromUtf8(sql), FilterField::Kind::Text};
    };
    static const QHash<QString, FilterField> fields = {
        {QString(), database::customerNameField(QStringLiteral("c.customer_id"))},
        {QStringLiteral("state"), text("c.state = ANY (string_to_array(?, ','))")},
        // Two indexes side by side: what is live, and what ended a moment ago.
        {QStringLiteral("live"),
         text("? = 'yes' AND c.id IN (SELECT id FROM calls WHERE state IN ('asked', 'queued', "
              "'dialling', 'unknown', 'talking', 'ending') UNION ALL SELECT id FROM calls WHERE "
              "ended_at > now() - interval '60 seconds')")},
        {QStringLiteral("customer"), database::customerField(QStringLiteral("c.customer_id"))},
        {QStringLiteral("region"), text("c.region = upper(?)")},
        {QStringLiteral("language"),
         text("c.script_version_id IN (SELECT id FROM script_versions WHERE language = lower(?))")},
        {QStringLiteral("script"),
         text("c.script_version_id IN (SELECT id FROM script_versions WHERE lower(name) LIKE "
              "lower(?) || '%')")},
        {QStringLiteral("cost"), {QStringLiteral("c.charged %1 ?"), FilterField::Kind::Usd}},
        {QStringLiteral("refund"),
         text("c.id IN (SELECT call_id FROM refunds WHERE state = ANY (CASE ? WHEN 'waiting' THEN "
              "ARRAY['pending_approval', 'approved'] ELSE ARRAY['done'] END))")},
        {QStringLiteral("id"), {QStringLiteral("c.id %1 ?"), FilterField::Kind::Integer}},
        {QStringLiteral("since"),
         {QStringLiteral("c.asked_at >= ?::timestamptz"), FilterField::Kind::Since}},
    };
    return fields;
}

api::CallState shownState(State state)
{
    switch (state) {
    case State::Asked: return api::CallState::Asked;
    case State::Queued: return api::CallState::Queued;
    case State::Dialling: return api::CallState::Dialling;
    case State::Unknown: return api::CallState::Unknown;
    case State::Talking: return api::CallState::Talking;
    case State::Ending: return api::CallState::Ending;
    case State::Ended: return api::CallState::Ended;
    case State::NotConnected: return api::CallState::NotConnected;
    case State::Failed: return api::CallState::Failed;
    case State::Refused: return api::CallState::Refused;
    case State::Cancelled: return api::CallState::Cancelled;
    }
    Q_UNREACHABLE();
}

api::Ruling shownRuling(guards::Ruling ruling)
{
    switch (ruling) {
    case guards::Ruling::NotJudged: return api::Ruling::NotJudged;
    case guards::Ruling::Allow: return api::Ruling::Allow;
    case guards::Ruling::Queue: return api::Ruling::Queue;
    case guards::Ruling::Review: return api::Ruling::Review;
    case guards::Ruling::Refuse: return api::Ruling::Refuse;
    }
    Q_UNREACHABLE();
}

/// Absent: not judged yet, or stored by a version that this one does not know.
std::optional<guards::Verdict> verdictOf(const database::Row &row)
{
    const auto json = core::parseJson(row.text("verdict").toUtf8());
    if (!json)
        return std::nullopt;
    auto verdict = guards::verdictFromJson(*json);
    return verdict ? std::optional(std::move(*verdict)) : std::nullopt;
}

api::CallRow rowOf(const database::Row &row)
{
    api::CallRow call{
        .id = api::CallId{row.integer("id")},
        .state = shownState(stateOf(row.text("state"))),
        .askedAt = row.time("asked_at"),
        .startedAt = row.optionalTime("started_at"),
        .endedAt = row.optionalTime("ended_at"),
        .customer = CustomerId{row.integer("customer_id")},
        .customerName = row.text("name"),
        .callee = row.text("callee"),
        .region = row.text("region"),
        .language = row.text("language"),
        .script = row.text("script"),
        .ratePerMinute = row.money("rate_per_minute"),
        .fee = row.money("recording_fee"),
        .hold = row.money("hold"),
        .charged = row.money("charged"),
        .refunded = row.money("refunded"),
        .longest = std::chrono::seconds(row.integer("longest_s")),
        .duration = std::chrono::milliseconds(row.integer("duration_ms")),
        .ruling = api::Ruling::NotJudged,
        .rulesPassed = 0,
        .firstRule = {},
        .reason = row.text("disconnection_reason"),
    };
    if (const auto verdict = verdictOf(row)) {
        call.ruling = shownRuling(verdict->ruling);
        for (const guards::Finding &finding : verdict->findings)
            call.rulesPassed += finding.ruling == guards::Ruling::Allow ? 1 : 0;
        if (const auto obstacles = verdict->obstacles(); !obstacles.empty())
            call.firstRule = guards::codeOf(obstacles.front().rule);
    }
    return call;
}

Result<api::Page<api::CallRow>> readPage(database::Connection &connection,
                                         const api::PageQuery &query, Timestamp now)
{
    auto conditions = database::conditionsOf(query.filter, filterFields(), now);
    if (!conditions)
        return failure(conditions.error());
    auto total = Result<database::Total>(database::Total{});
    if (query.isCounted)
        total = database::countRows(connection, QStringLiteral("calls c"), QStringLiteral("calls"),
                                    *conditions);
    if (!total)
        return failure(total.error());
    const database::Keyset keyset = database::keysetOf(query, QStringLiteral("c.id"));
    const auto rows = connection.run(kSelect.arg(QString()) + conditions->sql + keyset.sql,
                                     conditions->values + keyset.values);
    if (!rows)
        return failure(rows.error());
    api::Page<api::CallRow> page = {.rows = {},
                                    .next = {},
                                    .total = total->count,
                                    .isTotalExact = total->isExact,
                                    .readAt = now};
    for (qsizetype i = 0; i < rows->size(); ++i)
        page.rows.append(rowOf((*rows)[i]));
    database::finishPage(page, query, keyset, [](const api::CallRow &row) { return row.id.value; });
    return page;
}

Result<QList<api::CallRow>> readRows(database::Connection &connection,
                                     const QList<api::CallId> &ids)
{
    std::vector<qint64> values;
    for (const api::CallId id : ids)
        values.push_back(id.value);
    const auto rows =
        connection.run(kSelect.arg(QString()) + QStringLiteral("c.id = ANY (?::bigint[])"),
                       {database::arrayOf(values)});
    if (!rows)
        return failure(rows.error());
    QList<api::CallRow> found;
    for (qsizetype i = 0; i < rows->size(); ++i)
        found.append(rowOf((*rows)[i]));
    return found;
}

/// Figures of a finding for staff: "calls 3, day 2026-11-22".
QString figuresOf(const Json &object)
{
    QStringList parts;
    for (auto member = object.begin(); member != object.end(); ++member) {
        const QString name = QString::fromStdString(member.key()).replace(u'_', u' ');
        const QString value = member->is_string()
                                  ? QString::fromStdString(member->get<std::string>())
                                  : QString::fromUtf8(core::toBytes(*member));
        parts << name + u' ' + value;
    }
    return parts.join(QStringLiteral(", "));
}

api::GuardVerdict explained(const guards::Verdict &verdict, const language::Catalogue &catalogue)
{
    api::GuardVerdict shown{.ruling = shownRuling(verdict.ruling),
                            .policyVersion = verdict.policyVersion,
                            .judgedAt = verdict.judgedAt,
                            .findings = {}};
    for (const guards::Finding &finding : verdict.findings) {
        const auto words = catalogue.renderPlain(finding.text, language::sourceLanguage());
        shown.findings.append({.code = guards::codeOf(finding.rule),
                               .ruling = shownRuling(finding.ruling),
                               .words = words ? words->text : QString(),
                               .seen = figuresOf(finding.seen),
                               .limit = figuresOf(finding.limit)});
    }
    return shown;
}

QList<api::TranscriptLine> linesOf(const QString &stored)
{
    QList<api::TranscriptLine> lines;
    const auto turns = core::parseJson(stored.toUtf8());
    if (!turns || !turns->is_array())
        return lines;
    for (const Json &turn : *turns) {
        const QString role = core::textMember(turn, "role").value_or(QString());
        const QString words = core::textMember(turn, "content").value_or(QString());
        if (!words.isEmpty())
            lines.append({.isAgent = role == QLatin1String("agent"), .words = words});
    }
    return lines;
}

Result<QList<api::CallEvent>> readEvents(database::Connection &connection, api::CallId id)
{
    const auto rows = connection.run(
        QStringLiteral("SELECT to_micros(at) AS at, kind, detail, cause_id FROM call_events WHERE "
                       "call_id = ? ORDER BY id"),
        {id.value});
    if (!rows)
        return failure(rows.error());
    QList<api::CallEvent> events;
    for (qsizetype i = 0; i < rows->size(); ++i) {
        const database::Row event = (*rows)[i];
        events.append({event.time("at"), event.text("kind"), event.text("detail"),
                       InboxId{event.integer("cause_id")}});
    }
    return events;
}

std::optional<TransferId> transferOf(const database::Row &row, const char *column)
{
    const auto id = row.optionalInteger(column);
    return id ? std::optional(TransferId{*id}) : std::nullopt;
}

Result<api::CallDetail> readDetail(database::Connection &connection, api::CallId id,
                                   const language::Catalogue &catalogue)
{
    const auto rows =
        connection.run(kSelect.arg(kDetails) + QStringLiteral("c.id = ?"), {id.value});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return failure(
            {.code = ErrorCode::NotFound, .detail = QStringLiteral("no call %1").arg(id.value)});
    const auto events = readEvents(connection, id);
    if (!events)
        return failure(events.error());
    const database::Row row = rows->first();
    const bool isFinalText = !row.isNull("transcript");
    api::CallDetail detail;
    detail.row = rowOf(row);
    if (const auto verdict = verdictOf(row))
        detail.verdict = explained(*verdict, catalogue);
    detail.transcript = linesOf(row.text(isFinalText ? "transcript" : "live"));
    detail.transcriptAt = isFinalText ? row.optionalTime("ended_at") : row.optionalTime("live_at");
    detail.isTranscriptFinal = isFinalText;
    detail.summary = row.text("summary");
    detail.providerCallId = row.text("provider_call_id");
    detail.attemptId = row.text("attempt_id");
    detail.holdTransfer = transferOf(row, "hold_transfer_id");
    detail.chargeTransfer = transferOf(row, "charge_transfer_id");
    detail.events = *events;
    return detail;
}

Result<api::Outbound> readOutbound(database::Connection &connection)
{
    const auto rows = connection.run(QStringLiteral(
        "SELECT s.is_on, s.changed_by, to_micros(s.changed_at) AS changed_at, (SELECT count(*) "
        "FROM calls WHERE state IN ('dialling', 'unknown', 'talking', 'ending')) AS live, "
        "(SELECT count(*) FROM calls WHERE state IN ('asked', 'queued')) AS waiting, a.what, "
        "o.name AS asked_by, to_micros(a.expires_at) AS asked_until FROM policy_switches s LEFT "
        "JOIN agreements a ON a.kind = 'calls.resume' AND a.state = 'waiting' AND a.asked_at >= "
        "s.changed_at AND a.expires_at > now() LEFT JOIN operators o ON o.id = a.asked_by WHERE "
        "s.name = 'stop_calls' ORDER BY a.id DESC LIMIT 1"));
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return api::Outbound{};
    const database::Row row = rows->first();
    const bool isStopped = row.boolean("is_on");
    std::optional<api::Wish> asked;
    if (isStopped && !row.isNull("what"))
        asked = {row.text("what"), row.text("asked_by"), row.time("asked_until")};
    return api::Outbound{.isStopped = isStopped,
                         .since = isStopped ? row.optionalTime("changed_at") : std::nullopt,
                         .by = isStopped ? row.text("changed_by") : QString(),
                         .liveCalls = row.integer("live"),
                         .waitingCalls = row.integer("waiting"),
                         .liveCallsMax = 0,
                         .resumeAsked = std::move(asked)};
}

/// Each walks an index: names from `typed` on, and from each region to the next one.
Result<QStringList> readSuggestions(database::Connection &connection, const QString &field,
                                    const QString &typed)
{
    if (field == QLatin1String("customer"))
        return database::customerSuggestions(connection, typed);
    if (field == QLatin1String("region"))
        return database::suggestions(
            connection,
            QStringLiteral(
                "WITH RECURSIVE regions AS ((SELECT region FROM calls ORDER BY region LIMIT 1) "
                "UNION ALL SELECT (SELECT c.region FROM calls c WHERE c.region > r.region ORDER BY "
                "c.region LIMIT 1) FROM regions r WHERE r.region IS NOT NULL) "
                "SELECT region AS value FROM regions WHERE lower(region) LIKE ? AND region <> '' "
                "LIMIT 10"),
            typed);
    return QStringList();
}

} // namespace

CallPages::CallPages(database::ReadPool &pool, std::shared_ptr<const language::Catalogue> catalogue,
                     const Clock &clock)
    : m_pool(pool)
    , m_catalogue(std::move(catalogue))
    , m_clock(clock)
{
}

QFuture<Result<api::Page<api::CallRow>>> CallPages::listCalls(api::PageQuery query)
{
    return m_pool.read<api::Page<api::CallRow>>(
        [query = std::move(query), this](database::Connection &connection) {
            return readPage(connection, query, m_clock.now());
        });
}

QFuture<Result<QList<api::CallRow>>> CallPages::loadCalls(QList<api::CallId> ids)
{
    return m_pool.read<QList<api::CallRow>>(
        [ids = std::move(ids)](database::Connection &connection) {
            return readRows(connection, ids);
        });
}

QFuture<Result<api::CallDetail>> CallPages::loadCall(api::CallId id)
{
    return m_pool.read<api::CallDetail>([id, this](database::Connection &connection) {
        return readDetail(connection, id, *m_catalogue);
    });
}

QFuture<Result<api::Outbound>> CallPages::loadOutbound()
{
    return m_pool.read<api::Outbound>(
        [](database::Connection &connection) { return readOutbound(connection); });
}

QFuture<Result<QStringList>> CallPages::suggest(QString field, QString typed)
{
    return m_pool.read<QStringList>(
        [field = std::move(field), typed = std::move(typed)](database::Connection &connection) {
            return readSuggestions(connection, field, typed);
        });
}

} // namespace calls
