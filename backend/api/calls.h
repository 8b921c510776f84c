#pragma once

#include "api/page.h"
#include "api/wish.h"
#include "core/id.h"
#include "core/money.h"

#include <QFuture>

#include <optional>

namespace api {

using CallId = core::Id<struct CallTag>;

/// The life of a call; which step may follow which is decided by the backend's calls.
enum class CallState {
    Asked,  // waits to be judged and dialled
    Queued, // allowed later: quiet hours, or no line free
    Dialling,
    Unknown, // sent, and nobody knows yet whether the provider took it
    Talking,
    Ending, // somebody asked for its end
    Ended,
    NotConnected,
    Failed,
    Refused,   // by the guards
    Cancelled, // before anything was dialled
};

/// Nothing of it will change any more.
[[nodiscard]] constexpr bool isFinal(CallState state)
{
    return state >= CallState::Ended;
}

enum class Ruling {
    NotJudged,
    Allow,
    Queue,
    Review,
    Refuse,
};

struct CallRow {
    CallId id;
    CallState state = CallState::Asked;
    Timestamp askedAt;
    std::optional<Timestamp> startedAt; // somebody, or something, answered
    std::optional<Timestamp> endedAt;
    CustomerId customer;
    QString customerName;
    QString callee;   // masked: "+49 30 ••• ••17"
    QString region;   // "DE"; empty: not known
    QString language; // what the agent speaks: "de"
    QString script;
    Money ratePerMinute;
    Money fee;     // of recording, where the customer chose it
    Money hold;    // what was set aside for it; zero before the dial
    Money charged; // of a final call
    Money refunded;
    std::chrono::seconds longest{0};
    std::chrono::milliseconds duration{0}; // of a final call
    Ruling ruling = Ruling::NotJudged;
    int rulesPassed = 0;
    QString firstRule; // "G05": the first that did not pass
    QString reason;    // the provider's word for how it ended
};

/// What one rule said, for staff.
struct GuardFinding {
    QString code; // "G05"
    Ruling ruling = Ruling::NotJudged;
    QString words; // English
    QString seen;  // "09:42 in New York"
    QString limit;
};

struct GuardVerdict {
    Ruling ruling = Ruling::NotJudged;
    qint64 policyVersion = 0;
    std::optional<Timestamp> judgedAt;
    QList<GuardFinding> findings;
};

struct TranscriptLine {
    bool isAgent = false;
    QString words; // digits of three or more are masked before anything is stored
};

struct CallEvent {
    Timestamp at;
    QString kind;
    QString detail; // English
    InboxId cause;
};

struct CallDetail {
    CallRow row;
    GuardVerdict verdict;
    QList<TranscriptLine> transcript;
    std::optional<Timestamp> transcriptAt; // when its newest words came
    bool isTranscriptFinal = false;
    QString summary;
    QString providerCallId;
    QString attemptId;
    std::optional<TransferId> holdTransfer;
    std::optional<TransferId> chargeTransfer; // what a refund refers to
    QList<CallEvent> events;
};

/// May anything be dialled?
struct Outbound {
    bool isStopped = false;
    std::optional<Timestamp> since;
    QString by;
    qint64 liveCalls = 0;                 // from the dial until the end
    qint64 waitingCalls = 0;              // for their hour or a free line
    qint64 liveCallsMax = 0;              // 0: not known
    std::optional<Wish> resumeAsked = {}; // by one of the two who have to
};

/// What the Live calls page may see. Any thread may call; answers come later.
/// Filter fields: state, live (yes: not final, or ended within the last minute), customer (id or
/// name), region, language, script, cost (USD), refund (waiting, done), id, since.
class Calls {
public:
    virtual ~Calls() = default;
    [[nodiscard]] virtual QFuture<Result<Page<CallRow>>> listCalls(PageQuery query) = 0;
    /// The rows that still exist of `ids`, in no order.
    [[nodiscard]] virtual QFuture<Result<QList<CallRow>>> loadCalls(QList<CallId> ids) = 0;
    [[nodiscard]] virtual QFuture<Result<CallDetail>> loadCall(CallId id) = 0;
    [[nodiscard]] virtual QFuture<Result<Outbound>> loadOutbound() = 0;
    [[nodiscard]] virtual QFuture<Result<QStringList>> suggest(QString field, QString typed) = 0;
};

} // namespace api
