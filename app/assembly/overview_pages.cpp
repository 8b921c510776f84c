#include "overview_pages.h"

namespace assembly {

namespace {

using namespace std::chrono_literals;

constexpr auto kStep = 5min;
constexpr int kHoursMax = 24;
constexpr auto kDepositLate = 30min;

const QString kNumbers = QStringLiteral(
    "WITH moment AS (SELECT ?::timestamptz AS now, ?::timestamptz AS midnight), "
    "open_deposits AS (SELECT created_at, state LIKE '%_review' OR state = "
    "'settlement_failed_hold' AS for_person FROM deposits WHERE state IN ('detected', "
    "'confirming', 'verifying', 'underpaid_review', 'overpaid_review', 'late_review', "
    "'mismatch_review', 'settlement_failed_hold')), "
    "waiting_requests AS (SELECT abs(amount) AS amount FROM money_requests WHERE state IN "
    "('pending_approval', 'approved') UNION ALL SELECT total FROM refund_batches WHERE state IN "
    "('pending_approval', 'approved')) "
    "SELECT (SELECT count(*) FROM calls WHERE state IN ('dialling', 'unknown', 'talking', "
    "'ending')) AS live, "
    "(SELECT count(*) FROM calls WHERE state IN ('asked', 'queued')) AS waiting_calls, "
    "(SELECT is_on FROM policy_switches WHERE name = 'stop_calls') AS stopped, "
    "(SELECT coalesce(sum(charged), 0)::bigint FROM calls, moment WHERE ended_at >= midnight) AS "
    "today, "
    "(SELECT coalesce(sum(charged), 0)::bigint FROM calls, moment WHERE ended_at >= midnight - "
    "interval '1 day' AND ended_at < now - interval '1 day') AS yesterday, "
    "(SELECT count(*) FROM open_deposits WHERE NOT for_person) AS deposits, "
    "(SELECT count(*) FROM open_deposits, moment WHERE NOT for_person AND created_at < "
    "now - ?::bigint * interval '1 second') AS late, "
    "(SELECT to_micros(min(created_at)) FROM open_deposits WHERE NOT for_person) AS "
    "oldest_deposit, "
    "(SELECT count(*) FROM open_deposits WHERE for_person) AS for_person, "
    "(SELECT count(*) FROM waiting_requests) AS approvals, "
    "(SELECT coalesce(sum(amount), 0)::bigint FROM waiting_requests) AS approval_sum, "
    "(SELECT count(*) FROM inbox_outcomes WHERE state = 'dead') AS dead, "
    "(SELECT count(*) FROM inbox_waiting) AS waiting, "
    "(SELECT to_micros(min(i.received_at)) FROM (SELECT inbox_id FROM inbox_waiting WHERE "
    "not_before <= (SELECT now FROM moment) ORDER BY inbox_id LIMIT 1) w JOIN inbox i ON i.id = "
    "w.inbox_id) AS oldest");

// Two walks along an index, and every step of the day, also those without anything.
const QString kSeries = QStringLiteral(
    "WITH steps AS (SELECT generate_series(?::timestamptz, ?::timestamptz, interval '5 minutes') "
    "AS at), "
    "dialled AS (SELECT date_bin('5 minutes', dialled_at, ?::timestamptz) AS at, count(*) AS n "
    "FROM calls WHERE dialled_at >= ?::timestamptz GROUP BY 1), "
    "spent AS (SELECT date_bin('5 minutes', ended_at, ?::timestamptz) AS at, sum(charged)::bigint "
    "AS micros FROM calls WHERE ended_at >= ?::timestamptz GROUP BY 1) "
    "SELECT to_micros(s.at) AS moment, coalesce(d.n, 0) AS calls, coalesce(p.micros, 0)::bigint AS "
    "spend FROM steps s LEFT JOIN dialled d ON d.at = s.at LEFT JOIN spent p ON p.at = s.at "
    "ORDER BY s.at");

Result<api::OverviewNumbers> readNumbers(database::Connection &connection, Timestamp now)
{
    const Timestamp midnight = std::chrono::floor<std::chrono::days>(now);
    const qint64 late = std::chrono::seconds(kDepositLate).count();
    const auto rows = connection.run(kNumbers, {core::toIso(now), core::toIso(midnight), late});
    if (!rows)
        return failure(rows.error());
    const database::Row row = rows->first();
    return api::OverviewNumbers{.liveCalls = row.integer("live"),
                                .waitingCalls = row.integer("waiting_calls"),
                                .liveCallsMax = 0,
                                .isOutboundStopped = row.boolean("stopped"),
                                .spendToday = row.money("today"),
                                .spendYesterday = row.money("yesterday"),
                                .depositsWaiting = row.integer("deposits"),
                                .depositsLate = row.integer("late"),
                                .oldestDepositAt = row.optionalTime("oldest_deposit"),
                                .depositsForPerson = row.integer("for_person"),
                                .approvalsWaiting = row.integer("approvals"),
                                .approvalsWaitingSum = row.money("approval_sum"),
                                .deadLetters = row.integer("dead"),
                                .inboxWaiting = row.integer("waiting"),
                                .oldestWaitingAt = row.optionalTime("oldest"),
                                .readAt = now};
}

Result<QList<api::OverviewPoint>> readSeries(database::Connection &connection, int hours,
                                             Timestamp now)
{
    const auto steps = std::clamp(hours, 1, kHoursMax) * (1h / kStep);
    const Timestamp last{now.time_since_epoch() / kStep * kStep};
    const Timestamp first = last - (steps - 1) * kStep;
    const QString from = core::toIso(first);
    const auto rows = connection.run(kSeries, {from, core::toIso(last), from, from, from, from});
    if (!rows)
        return failure(rows.error());
    QList<api::OverviewPoint> points;
    for (qsizetype i = 0; i < rows->size(); ++i) {
        const database::Row row = (*rows)[i];
        points.append({row.time("moment"), row.integer("calls"), row.money("spend")});
    }
    return points;
}

} // namespace

OverviewPages::OverviewPages(database::ReadPool &pool, const Clock &clock)
    : m_pool(pool)
    , m_clock(clock)
{
}

QFuture<Result<api::OverviewNumbers>> OverviewPages::loadNumbers()
{
    return m_pool.read<api::OverviewNumbers>([this](database::Connection &connection) {
        return readNumbers(connection, m_clock.now());
    });
}

QFuture<Result<QList<api::OverviewPoint>>> OverviewPages::loadSeries(int hours)
{
    return m_pool.read<QList<api::OverviewPoint>>([this, hours](database::Connection &connection) {
        return readSeries(connection, hours, m_clock.now());
    });
}

} // namespace assembly
