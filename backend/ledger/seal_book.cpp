#include "ledger/seal_book.h"

#include "core/fault_point.h"
#include "database/durable_file.h"
#include "database/file_lock.h"
#include "seals/seal_chain.h"
#include "seals/seal_file.h"

#include <QDir>
#include <QFile>

#include <QLoggingCategory>

#include <cerrno>
#include <cstring>

Q_DECLARE_LOGGING_CATEGORY(lcLedger)

namespace ledger {

namespace {

using namespace std::chrono_literals;

constexpr auto kLockPatience = 5s;
constexpr int kLinesAtOnce = 500;

Error unwritable(const QString &path)
{
    return {.code = ErrorCode::Internal,
            .detail = QStringLiteral("cannot write %1: %2")
                          .arg(path, QString::fromLocal8Bit(std::strerror(errno)))};
}

Error contradicts(const QString &path, const QString &why)
{
    return {.code = ErrorCode::DatabaseRefused,
            .detail = QStringLiteral("%1 and the database contradict each other: %2. Nothing is "
                                     "sealed until a person has looked: run speechcad-server "
                                     "ledger verify, and after restoring an older database move "
                                     "the file away and keep it")
                          .arg(path, why)};
}

} // namespace

SealBook::SealBook(QString directory)
    : m_directory(std::move(directory))
{
}

QString SealBook::file() const
{
    return m_directory + QStringLiteral("/seals");
}

QString SealBook::publicKeyFile() const
{
    return m_directory + QStringLiteral("/seals.pub");
}

Result<void> SealBook::open(const QByteArray &publicKey) const
{
    QDir().mkpath(m_directory);
    if (!QFile::exists(file()) && !database::replaceFile(file(), {}))
        return failure(unwritable(file()));
    const QByteArray wanted = publicKey.toHex() + '\n';
    QFile key(publicKeyFile());
    if (key.open(QIODevice::ReadOnly) && key.readAll() == wanted)
        return {};
    if (!database::replaceFile(publicKeyFile(), wanted))
        return failure(unwritable(publicKeyFile()));
    return {};
}

/// The newest seal of the file, after what a crash left behind it is cut off.
Result<std::optional<seals::SignedSeal>> SealBook::mendedEnd() const
{
    QFile lines(file());
    if (!lines.open(QIODevice::ReadOnly))
        return failure(unwritable(file()));
    const auto end = seals::endOf(lines);
    if (!end)
        return failure(contradicts(file(), end.error().detail));
    if (end->isTorn() && !database::truncateFile(file(), end->wholeBytes))
        return failure(unwritable(file()));
    return end->newest;
}

Result<void> SealBook::expectInTable(database::Connection &connection,
                                     const seals::SignedSeal &newest) const
{
    const auto seal = seals::sealOf(newest.body);
    const qint64 number = seal ? seal->number : 0;
    const auto rows =
        connection.run(QStringLiteral("SELECT body, signature FROM seals WHERE id = ?"), {number});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return failure(
            contradicts(file(), QStringLiteral("the database has no seal %1").arg(number)));
    if (rows->first().text("body").toUtf8() != newest.body ||
        rows->first().bytes("signature") != newest.signature)
        return failure(contradicts(
            file(), QStringLiteral("seal %1 of the database is another one").arg(number)));
    return {};
}

Result<int> SealBook::catchUp(database::Connection &connection, const QByteArray &publicKey) const
{
    // A server that has just lost the lead may still be writing.
    auto lock = database::FileLock::open(file() + QStringLiteral(".lock"));
    if (!lock || !lock->waitExclusive(kLockPatience))
        return failure({.code = ErrorCode::Conflict,
                        .detail = QStringLiteral("another process writes %1").arg(file()),
                        .transient = true});
    auto newest = mendedEnd();
    if (!newest)
        return failure(newest.error());
    if (*newest) {
        if (auto same = expectInTable(connection, **newest); !same)
            return failure(same.error());
    }
    seals::SealChain chain =
        *newest ? seals::SealChain(publicKey, **newest) : seals::SealChain(publicKey);
    for (int added = 0;;) {
        const auto rows = connection.run(
            QStringLiteral("SELECT body, signature FROM seals WHERE id > ? ORDER BY id LIMIT ?"),
            {chain.newest() ? chain.newest()->number : 0, kLinesAtOnce});
        if (!rows)
            return failure(rows.error());
        QByteArray lines;
        for (qsizetype i = 0; i < rows->size(); ++i) {
            const seals::SignedSeal seal = {(*rows)[i].text("body").toUtf8(),
                                            (*rows)[i].bytes("signature")};
            (void)chain.add(seal);
            lines += seals::lineOf(seal);
        }
        if (!chain.problems().isEmpty())
            return failure(contradicts(file(), chain.problems().first()));
        if (!lines.isEmpty() && !database::appendToFile(file(), lines))
            return failure(unwritable(file()));
        added += static_cast<int>(rows->size());
        if (rows->size() < kLinesAtOnce) {
            // A server on a new machine begins so. On an old one somebody has taken the file away,
            // and with it what the table could be compared with.
            if (!*newest && added > 1)
                qCCritical(lcLedger) << "a new seal file was begun and filled with" << added
                                     << "seals of the database; if this machine had one, find it "
                                        "and compare";
            return added;
        }
    }
}

} // namespace ledger
