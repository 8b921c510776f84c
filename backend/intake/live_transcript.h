#pragma once

#include "core/clock.h"
#include "core/json.h"
#include "database/connection.h"

namespace intake {

/// What was said in a call so far, masked. There are many of them a call and only the newest
/// counts, so they are no inbox rows: each takes the place of the one before.
struct LiveTranscript {
    qint64 call = 0; // ours
    QString attempt;
    Json items = Json::array(); // [{"role", "content"}]
};

/// Absent: the webhook is another one, or does not say which call of ours it is about.
[[nodiscard]] std::optional<LiveTranscript> liveTranscriptIn(const Json &webhook);

/// A shorter one that was overtaken changes nothing, and what fails is only logged.
void replaceLiveTranscript(database::Connection &connection, const LiveTranscript &transcript,
                           Timestamp now);

} // namespace intake
