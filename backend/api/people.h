#pragma once

#include "api/operators.h"
#include "api/page.h"

namespace api {

using SessionId = core::Id<struct SessionTag>;

/// Somebody who may sign in, or might again.
struct PersonRow {
    OperatorId id;
    QString name;
    Roles roles;
    bool isActive = true;
    bool hasSecondFactor = false;
    int recoveryCodes = 0; // that are left
    int openSessions = 0;
    std::optional<Timestamp> lastSeenAt; // absent: never signed in
    Timestamp createdAt;
};

/// A session that is open now.
struct SessionRow {
    SessionId id;
    QString origin; // the address it came from, or "local"
    Timestamp startedAt;
    Timestamp seenAt;
    Timestamp endsAt;
};

/// Who works here. Any thread may call; answers come later.
/// Filter fields: name (also as plain words), role, active (yes, no).
class People {
public:
    virtual ~People() = default;
    [[nodiscard]] virtual QFuture<Result<Page<PersonRow>>> listPeople(PageQuery query) = 0;
    [[nodiscard]] virtual QFuture<Result<QList<PersonRow>>> loadPeople(QList<OperatorId> ids) = 0;
    /// The newest first.
    [[nodiscard]] virtual QFuture<Result<QList<SessionRow>>> loadSessions(OperatorId id) = 0;
    /// A short text as a QR code: the bytes of a PNG file.
    [[nodiscard]] virtual QFuture<Result<QByteArray>> drawQr(QString text) = 0;
};

} // namespace api
