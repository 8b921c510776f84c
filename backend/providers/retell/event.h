#pragma once

#include "providers/retell/call.h"

namespace providers::retell {

enum class EventKind {
    CallStarted,       // connected; never of a call that did not
    CallEnded,         // also of a call that did not connect
    CallAnalyzed,      // may be seen first
    TranscriptUpdated, // the newest replaces the older
    TransferStarted,
    TransferBridged,
    TransferCancelled,
    TransferEnded,
    CallInbound, // somebody calls one of our numbers: `call` has the numbers
    Unknown,     // store, alert, never drop
};
[[nodiscard]] EventKind eventKindOf(QStringView word);
[[nodiscard]] QLatin1String word(EventKind kind); // Retell's own; of Unknown: ""

/// A webhook. Arrival is at least once and in any order.
struct Event {
    EventKind kind = EventKind::Unknown;
    QString event; // the word as it came
    Call call;
    std::optional<Timestamp> sentAt; // rarely given
    QString transferDestination;     // a number, of the transfer events
};

/// BadInput: not a JSON object. Everything else is tolerated; without a call its id is empty.
[[nodiscard]] Result<Event> parseEvent(QByteArrayView body);
[[nodiscard]] Result<Event> readEvent(const Json &event);

} // namespace providers::retell
