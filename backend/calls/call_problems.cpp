#include "calls/call_problems.h"

#include "calls/call_screen.h"
#include "customers/customer.h"

namespace calls {

using namespace std::chrono_literals;

namespace {

constexpr auto kReportable = std::chrono::days(7);

} // namespace

const QStringList &problemReasons()
{
    static const QStringList reasons = {QStringLiteral("bad_audio"),
                                        QStringLiteral("ai_malfunction"),
                                        QStringLiteral("not_answered_but_charged"),
                                        QStringLiteral("overcharged"), QStringLiteral("other")};
    return reasons;
}

Result<Reporting> mayReport(database::Transaction &transaction, CustomerId customer, CallId call,
                            Timestamp now)
{
    const auto rows = transaction.run(
        QStringLiteral("SELECT to_micros(ended_at) AS ended_at, EXISTS (SELECT FROM call_problems "
                       "p WHERE p.call_id = c.id) AS is_reported FROM calls c WHERE id = ? AND "
                       "customer_id = ? AND charged > 0"),
        {call.value, customer.value});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return Reporting::NothingPaid;
    if (rows->first().boolean("is_reported"))
        return Reporting::AlreadyDone;
    return now > rows->first().time("ended_at") + kReportable ? Reporting::TooLate
                                                              : Reporting::Possible;
}

Result<Reporting> report(engine::Context &context, const Problem &problem)
{
    const bool needsWords = problem.reason == problemReasons().last();
    if (!problemReasons().contains(problem.reason) || problem.words.size() > kProblemWordsMax ||
        (needsWords && problem.words.trimmed().isEmpty()))
        return failure(
            {.code = ErrorCode::BadInput, .detail = QStringLiteral("no such problem of a call")});
    const auto may =
        mayReport(context.transaction(), problem.customer, problem.call, context.now());
    if (!may || *may != Reporting::Possible)
        return may;
    const auto kept = context.transaction().run(
        QStringLiteral("INSERT INTO call_problems (call_id, customer_id, reason, words, "
                       "reported_at, cause_id) VALUES (?, ?, ?, ?, ?::timestamptz, ?)"),
        {problem.call.value, problem.customer.value, problem.reason, problem.words.trimmed(),
         core::toIso(context.now()), context.cause().value});
    if (!kept)
        return failure(kept.error());
    Json payload = payloadOf(problem.call);
    payload["reason"] = problem.reason.toStdString();
    payload["words"] = problem.words.trimmed().toStdString();
    const auto posted =
        context.post(customers::laneOf(problem.customer), QStringLiteral("refund.asked"), payload,
                     QStringLiteral("refund.asked:%1").arg(problem.call.value));
    if (!posted)
        return failure(posted.error());
    context.changed(Topic::Call, problem.call.value);
    return Reporting::Possible;
}

} // namespace calls
