#include "database/server_account.h"

#include <grp.h>
#include <pwd.h>
#include <sys/fsuid.h>
#include <unistd.h>

namespace database {

namespace {

constexpr int kGroupsMax = 256;
constexpr size_t kEntryBytesMax = 16384;

struct Entry {
    QString name;
    uid_t uid;
    gid_t gid;
};

template <typename Lookup> std::optional<Entry> entryBy(Lookup lookup)
{
    std::vector<char> buffer(kEntryBytesMax);
    passwd entry = {};
    passwd *found = nullptr;
    if (lookup(&entry, buffer.data(), buffer.size(), &found) != 0 || !found)
        return std::nullopt;
    return Entry{QString::fromLocal8Bit(found->pw_name), found->pw_uid, found->pw_gid};
}

std::optional<Entry> entryOf(uid_t uid)
{
    return entryBy([uid](passwd *entry, char *buffer, size_t size, passwd **found) {
        return ::getpwuid_r(uid, entry, buffer, size, found);
    });
}

std::optional<Entry> entryOf(const char *name)
{
    return entryBy([name](passwd *entry, char *buffer, size_t size, passwd **found) {
        return ::getpwnam_r(name, entry, buffer, size, found);
    });
}

ServerAccount accountOf(const Entry &entry)
{
    ServerAccount account{entry.name, entry.uid, entry.gid, {}, true};
    int count = kGroupsMax;
    account.groups.resize(kGroupsMax);
    ::getgrouplist(entry.name.toLocal8Bit().constData(), entry.gid, account.groups.data(), &count);
    account.groups.resize(static_cast<size_t>(std::min(count, kGroupsMax)));
    return account;
}

Result<ServerAccount> accountForRoot(std::optional<uid_t> owner)
{
    if (owner && *owner != 0) {
        if (const auto entry = entryOf(*owner))
            return accountOf(*entry);
        return failure(
            {.code = ErrorCode::DatabaseRefused,
             .detail = QStringLiteral("The database belongs to uid %1, which has no account "
                                      "on this machine. Give it to one that exists with: "
                                      "chown -R postgres: <data directory>/database")
                           .arg(*owner)});
    }
    for (const char *name : {"postgres", "nobody"})
        if (const auto entry = entryOf(name); entry && entry->uid != 0)
            return accountOf(*entry);
    return failure(
        {.code = ErrorCode::DatabaseRefused,
         .detail = QStringLiteral("PostgreSQL refuses to run as root, and this machine has "
                                  "neither an account \"postgres\" nor \"nobody\" to run it "
                                  "as. Make one with: adduser --system postgres")});
}

} // namespace

Result<ServerAccount> serverAccount(std::optional<uid_t> owner)
{
    const uid_t own = ::geteuid();
    if (own == 0)
        return accountForRoot(owner);
    return ServerAccount{accountName(own), own, ::getegid(), {}, false};
}

QString accountName(uid_t uid)
{
    const auto entry = entryOf(uid);
    return entry ? entry->name : QStringLiteral("uid %1").arg(uid);
}

bool becomeServerAccount(const ServerAccount &account)
{
    if (!account.isAnother)
        return true;
    return ::setgroups(account.groups.size(), account.groups.data()) == 0 &&
           ::setgid(account.gid) == 0 && ::setuid(account.uid) == 0;
}

ActAs::ActAs(const ServerAccount &account)
    : m_isAnother(account.isAnother)
{
    if (m_isAnother) {
        ::setfsgid(account.gid);
        ::setfsuid(account.uid); // also takes the file capabilities of root from this thread
    }
}

ActAs::~ActAs()
{
    if (m_isAnother) {
        ::setfsuid(::geteuid());
        ::setfsgid(::getegid());
    }
}

} // namespace database
