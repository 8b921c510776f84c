#include "calls/call_records.h"

#include "calls/call_steps.h"
#include "calls/script_agents.h"

#include <algorithm>

namespace calls {

namespace retell = providers::retell;

namespace {

constexpr qsizetype kSummaryCharactersMax = 2000;

Json transcriptJson(const QList<retell::TranscriptItem> &items)
{
    Json transcript = Json::array();
    for (const retell::TranscriptItem &item : items) {
        if (item.isSpoken())
            transcript.push_back({{"role", item.roleWord}, {"content", item.content}});
    }
    return transcript;
}

/// The dearest that was ever told: the figure at the end may lack what comes later.
void keepCost(Call &call, const retell::Call &report)
{
    if (!report.cost || !report.cost->combined)
        return;
    if (!call.providerCost || *call.providerCost < *report.cost->combined)
        call.providerCost = report.cost->combined;
}

bool wantsNoMoreCalls(const retell::CallAnalysis &analysis)
{
    const QByteArray name = optOutResult().toUtf8();
    return core::boolMember(analysis.customData, name.constData()).value_or(false) ||
           core::textMember(analysis.customData, name.constData()) == QStringLiteral("true");
}

} // namespace

Result<void> keepReport(engine::Context &context, Call &call, const retell::Call &report)
{
    keepCost(call, report);
    if (call.wish.isRecorded && !report.recordingUrl.isEmpty())
        call.recordingUrl = report.recordingUrl;
    Json analysis = Json::object();
    if (report.analysis) {
        call.summary = report.analysis->summary.left(kSummaryCharactersMax);
        analysis = report.analysis->customData;
        if (wantsNoMoreCalls(*report.analysis)) {
            if (auto added = addOptOut(context, call.wish.to, call.id); !added)
                return added;
        }
    }
    return saveTranscript(context, call.id, transcriptJson(report.items), analysis);
}

Result<bool> hasAnalysis(engine::Context &context, const Call &call)
{
    if (!call.summary.isEmpty())
        return true;
    const auto rows = context.transaction().run(
        QStringLiteral("SELECT analysis IS NOT NULL AS is_there FROM calls WHERE id = ?"),
        {call.id.value});
    if (!rows)
        return failure(rows.error());
    return !rows->isEmpty() && rows->first().boolean("is_there");
}

Result<void> lockNumber(database::Transaction &transaction, const QString &number)
{
    constexpr int kNumbers = 9; // lanes and the rest lock by other seeds
    return database::done(
        transaction.run(QStringLiteral("SELECT pg_advisory_xact_lock(hashtextextended(?, ?))"),
                        {number, kNumbers}));
}

Result<void> addOptOut(engine::Context &context, const QString &number, CallId call)
{
    if (auto locked = lockNumber(context.transaction(), number); !locked)
        return locked;
    const auto added = context.transaction().run(
        QStringLiteral("INSERT INTO do_not_call (number, kind, reason, added_at, cause_id) VALUES "
                       "(?, 'opted_out', ?, ?::timestamptz, ?) ON CONFLICT DO NOTHING"),
        {number, QStringLiteral("said so in call %1").arg(call.value), core::toIso(context.now()),
         context.cause().value});
    if (!added)
        return failure(added.error());
    if (added->affected() == 0)
        return {};
    context.changed(Topic::Policy, call.value);
    return noteEvent(context, call, QStringLiteral("opted_out"));
}

} // namespace calls
