#pragma once

#include "calls/call_state.h"
#include "calls/call_wish.h"
#include "calls/rates.h"
#include "core/decimal.h"
#include "engine/context.h"

#include <algorithm>

namespace calls {

struct Call {
    CallId id;
    CallWish wish;
    State state = State::Asked;
    QString tier;
    QString region;
    QString attemptId; // ours; empty: not dialled yet
    OutboxId dialMessage;
    QString providerCallId; // empty until it is known
    int ratesVersion = 0;
    Money ratePerMinute;
    Money recordingFee;
    std::chrono::seconds longest{0};
    std::chrono::seconds fromAllowance{0};
    Money hold;
    std::optional<TransferId> holdTransfer;
    std::optional<TransferId> chargeTransfer;
    std::optional<TransferId> releaseTransfer;
    Timestamp askedAt;
    std::optional<Timestamp> queuedUntil;
    std::optional<Timestamp> dialledAt;
    std::optional<Timestamp> unknownAt;
    std::optional<Timestamp> startedAt;
    std::optional<Timestamp> endedAt;
    std::optional<Timestamp> settledAt;
    std::optional<std::chrono::milliseconds> duration;
    std::optional<std::chrono::seconds> billed;
    Money charged;
    Money uncovered;                           // worth more than the hold: ours
    std::optional<core::Decimal> providerCost; // US cents
    QString disconnectionReason;
    QString outcome;
    QString summary;
    bool hasTranscript = false;
    QString recordingUrl;
    std::optional<Timestamp> stopRequestedAt;
    QString stopReason;
    QString stoppedBy;
    OutboxId liveMessage;
    std::optional<Timestamp> liveEditAt;
    std::optional<Timestamp> toldAt;
    QString note;

    [[nodiscard]] Terms terms() const { return {ratePerMinute, recordingFee, fromAllowance, hold}; }
    /// Of a call that is over: seconds that its plan paid for.
    [[nodiscard]] std::chrono::seconds usedOfAllowance() const
    {
        return std::min(billed.value_or(std::chrono::seconds(0)), fromAllowance);
    }
};

/// False: there is one with this key, whose id it is. Duplicate: it is of another wish.
struct Inserted {
    CallId id;
    bool isNew = false;
};
[[nodiscard]] Result<Inserted> insertCall(engine::Context &context, const CallWish &wish,
                                          const QString &requestKey, const QString &tier);

/// Locked until the transaction ends. Absent: no such call.
[[nodiscard]] Result<std::optional<Call>> lockCall(database::Transaction &transaction, CallId id);
[[nodiscard]] Result<std::optional<Call>> lockCallByAttempt(database::Transaction &transaction,
                                                            const QString &attemptId);
[[nodiscard]] Result<std::optional<Call>> lockCallByProviderId(database::Transaction &transaction,
                                                               const QString &providerCallId);

/// Everything above but the wish.
[[nodiscard]] Result<void> saveCall(engine::Context &context, const Call &call);

/// What the guards said, and of what; before the call is dialled.
struct Judgement {
    Json verdict;
    Json request;
    Json facts;
};
[[nodiscard]] Result<void> saveJudgement(engine::Context &context, CallId call,
                                         const Judgement &judgement);
/// [{"role", "content"}], masked already.
[[nodiscard]] Result<void> saveTranscript(engine::Context &context, CallId call,
                                          const Json &transcript, const Json &analysis);
[[nodiscard]] Result<Json> transcriptOf(database::Transaction &transaction, CallId call);

/// For people.
[[nodiscard]] Result<void> noteEvent(engine::Context &context, CallId call, const QString &kind,
                                     const QString &detail = {});
/// False: it says so already.
bool addNote(Call &call, const QString &words);

/// Those that a stop concerns, with their customers.
struct Unfinished {
    CallId call;
    CustomerId customer;
};
[[nodiscard]] Result<std::vector<Unfinished>> unfinishedCalls(database::Transaction &transaction);

} // namespace calls
