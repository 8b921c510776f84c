#pragma once

#include "core/result.h"

#include <QString>

#include <optional>
#include <vector>

#include <sys/types.h>

namespace database {

/// The account that owns the cluster and runs PostgreSQL's programs, which refuse to run as root.
struct ServerAccount {
    QString name;
    uid_t uid = 0;
    gid_t gid = 0;
    std::vector<gid_t> groups;
    bool isAnother = false; // we are root and step down to it
};

/// Our own account, or as root: `owner` (of an existing cluster) when it is not root, else
/// `postgres` where it exists, else `nobody`.
[[nodiscard]] Result<ServerAccount> serverAccount(std::optional<uid_t> owner);

/// "joe", or "uid 1234" for one without a name.
[[nodiscard]] QString accountName(uid_t uid);

/// For a child between fork and exec: calls only what is allowed there. False: not permitted.
[[nodiscard]] bool becomeServerAccount(const ServerAccount &account);

/// While it lives, this thread (no other) reads and writes files as the account does. What it makes
/// is owned by the account, and a link planted in the account's directory never makes root write
/// elsewhere.
class ActAs {
public:
    explicit ActAs(const ServerAccount &account);
    ~ActAs();
    ActAs(const ActAs &) = delete;
    ActAs &operator=(const ActAs &) = delete;

private:
    bool m_isAnother;
};

} // namespace database
