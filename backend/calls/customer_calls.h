#pragma once

#include "calls/call_state.h"
#include "calls/call_wish.h"
#include "core/clock.h"
#include "database/transaction.h"

#include <QList>
#include <QStringList>

#include <vector>

namespace calls {

/// What a customer may see of a call of theirs.
struct PastCall {
    CallId id;
    ScriptId script;
    ScriptVersionId version;
    QString scriptName;
    QString to;
    State state = State::Asked;
    QString reason; // the provider's word for how it ended
    Timestamp askedAt;
    std::optional<std::chrono::seconds> duration; // rounded up; absent: never connected
    Money charged;
    QString summary;
    bool isRecorded = false;

    struct Answer {
        QString question;
        QString answer;
    };
    QList<Answer> answers;
    struct Line {
        bool isOurs = false; // the voice speaks
        QString words;
    };
    QList<Line> transcript;
};

/// Newest first, without answers and transcript. `before`: older than this one; 0: from the newest.
[[nodiscard]] Result<std::vector<PastCall>>
listPastCalls(database::Transaction &transaction, CustomerId customer, CallId before, int limit);
/// Absent: no such call of this customer.
[[nodiscard]] Result<std::optional<PastCall>> findPastCall(database::Transaction &transaction,
                                                           CustomerId customer, CallId id);
/// The newest one that is not over. Absent: none.
[[nodiscard]] Result<std::optional<CallId>> openCall(database::Transaction &transaction,
                                                     CustomerId customer);
/// Numbers called last, newest first, each once.
[[nodiscard]] Result<QStringList> recentNumbers(database::Transaction &transaction,
                                                CustomerId customer, int limit);
/// The policy: the first call of a customer goes to a number of their own.
[[nodiscard]] Result<bool> mustCallOwnNumber(database::Transaction &transaction,
                                             CustomerId customer);

} // namespace calls
