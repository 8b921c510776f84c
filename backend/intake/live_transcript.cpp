#include "intake/live_transcript.h"

#include "providers/retell/event.h"

#include <QLoggingCategory>

Q_DECLARE_LOGGING_CATEGORY(lcInbox)

namespace intake {

namespace retell = providers::retell;

std::optional<LiveTranscript> liveTranscriptIn(const Json &webhook)
{
    const auto event = retell::readEvent(webhook);
    if (!event || event->kind != retell::EventKind::TranscriptUpdated)
        return std::nullopt;
    LiveTranscript live;
    live.call = core::integerMember(event->call.metadata, "call").value_or(0);
    live.attempt = core::textMember(event->call.metadata, "attempt").value_or(QString());
    if (live.call == 0 || live.attempt.isEmpty())
        return std::nullopt;
    for (const retell::TranscriptItem &item : event->call.items) {
        QString said = item.content;
        said.remove(QChar(u'\0')); // PostgreSQL stores none in a text
        if (item.isSpoken())
            live.items.push_back({{"role", item.roleWord}, {"content", said}});
    }
    return live;
}

void replaceLiveTranscript(database::Connection &connection, const LiveTranscript &transcript,
                           Timestamp now)
{
    // Of a call that is over, or not ours, nothing is kept.
    const auto replaced = connection.run(
        QStringLiteral("INSERT INTO live_transcripts AS l (call_id, attempt_id, turns, transcript, "
                       "updated_at) SELECT id, attempt_id, ?, ?::jsonb, ?::timestamptz FROM calls "
                       "WHERE id = ? AND attempt_id = ? AND NOT is_final "
                       "ON CONFLICT (call_id) DO UPDATE SET turns = excluded.turns, "
                       "transcript = excluded.transcript, updated_at = excluded.updated_at "
                       "WHERE excluded.turns >= l.turns"),
        {static_cast<qint64>(transcript.items.size()),
         QString::fromUtf8(core::toBytes(transcript.items)), core::toIso(now), transcript.call,
         transcript.attempt});
    if (!replaced)
        qCWarning(lcInbox) << "the transcript of call" << transcript.call
                           << "is not kept:" << replaced.error().detail;
}

} // namespace intake
