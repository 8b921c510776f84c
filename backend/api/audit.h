#pragma once

#include "api/operators.h"
#include "api/page.h"

namespace api {

enum class AuditOutcome {
    Done,
    Denied,
    Failed,
    Expired,
};

struct AuditRow {
    qint64 id = 0;
    Timestamp at;
    QString operatorName; // as typed, where it was nobody's
    Roles roles;          // as they were then
    QString action;       // "refund.execute", "sign-in"
    QString object;       // "call 12"
    AuditOutcome outcome = AuditOutcome::Done;
    QString reason;
    QString origin; // the address it came from, or "local"
    InboxId cause;  // 0: none
    bool isSealed = false;
};

/// Rows of one table, as the seals see them.
struct SealedCount {
    qint64 sealed = 0;
    qint64 unsealed = 0; // newer than the last seal: not wrong, and not proven yet
};

/// What a look through all the books and the audit found.
struct VerifyReport {
    qint64 transfers = 0;
    qint64 wallets = 0;
    Money sum; // of all entries: zero
    qint64 seals = 0;
    std::optional<Timestamp> newestSealAt;
    SealedCount sealedTransfers;
    SealedCount sealedAudit;
    bool hasEvidence =
        false;            // the seals' key and their file are on this machine, and were compared
    QStringList problems; // English; empty: sound
    Timestamp finishedAt;
};

/// What people did, and whether it is still what they did. Any thread may call.
/// Filter fields: who (an operator's name, whole), action (its beginning, also as plain words),
/// object, result (done, denied, failed, expired), since (2h, 7d), id.
class Audit {
public:
    virtual ~Audit() = default;
    [[nodiscard]] virtual QFuture<Result<Page<AuditRow>>> listAudit(PageQuery query) = 0;
    [[nodiscard]] virtual QFuture<Result<QStringList>> suggest(QString field, QString typed) = 0;
    /// Takes seconds for a million rows: the future tells its progress in thousandths, with a text
    /// for each step, and is left without an answer when it is cancelled. One at a time: a second
    /// one waits for the first.
    [[nodiscard]] virtual QFuture<Result<VerifyReport>> verify() = 0;
};

} // namespace api
