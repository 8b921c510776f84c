#include "ledger/seal_verify.h"

#include "core/crypto.h"
#include "seals/seal_chain.h"
#include "seals/seal_file.h"
#include "seals/signer.h"

#include <QFile>
#include <QFileInfo>

namespace ledger {

namespace {

constexpr int kSealsAtOnce = 500;

struct Table {
    QString name; // of the table
    QString row;  // what one of its rows is called
    seals::Span seals::Seal::*span;
    SealedRows SealReport::*counts;
};

const std::array<Table, 2> &tables()
{
    static const std::array all = {Table{QStringLiteral("transfers"), QStringLiteral("transfer"),
                                         &seals::Seal::transfers, &SealReport::transfers},
                                   Table{QStringLiteral("audit"), QStringLiteral("audit row"),
                                         &seals::Seal::audit, &SealReport::audit}};
    return all;
}

/// The rows of these seals, digested again.
Result<void> compareRows(database::Transaction &transaction, const Table &table,
                         const std::vector<seals::Seal> &page, SealReport &report)
{
    std::vector<qint64> lows;
    std::vector<qint64> highs;
    for (const seals::Seal &seal : page) {
        lows.push_back((seal.*table.span).after);
        highs.push_back((seal.*table.span).upto);
    }
    const auto rows = transaction.run(
        QStringLiteral("SELECT d.n, d.digest FROM unnest(?::bigint[], ?::bigint[]) WITH "
                       "ORDINALITY AS u (low, high, place) CROSS JOIN LATERAL sealed_%1(u.low, "
                       "u.high) d ORDER BY u.place")
            .arg(table.name),
        {database::arrayOf(lows), database::arrayOf(highs)});
    if (!rows)
        return failure(rows.error());
    for (size_t i = 0; i < page.size(); ++i) {
        const seals::Span &span = page[i].*table.span;
        const database::Row found = (*rows)[static_cast<qsizetype>(i)];
        (report.*table.counts).sealed += span.rows;
        if (found.integer("n") == span.rows && found.bytes("digest") == span.digest)
            continue;
        report.problems << QStringLiteral("seal %1 of %2: %3s %4 to %5 are not what was sealed "
                                          "(%6 rows, sealed were %7)")
                               .arg(page[i].number)
                               .arg(core::toIso(page[i].at), table.row)
                               .arg(span.after + 1)
                               .arg(span.upto)
                               .arg(found.integer("n"))
                               .arg(span.rows);
    }
    return {};
}

/// What no seal covers: newer rows, which is well, and rows below the first seal, which is not.
Result<void> countUnsealed(database::Transaction &transaction, const Table &table, qint64 upto,
                           SealReport &report)
{
    const auto rows = transaction.run(
        QStringLiteral("SELECT count(*) AS n, coalesce(min(id), 0) AS low, coalesce(max(id), 0) "
                       "AS high, (SELECT count(*) FROM %1 WHERE id <= 0) AS below FROM %1 WHERE "
                       "id > ?")
            .arg(table.name),
        {upto});
    if (!rows)
        return failure(rows.error());
    const database::Row row = rows->first();
    SealedRows &counts = report.*table.counts;
    counts.unsealed = row.integer("n");
    counts.firstUnsealed = row.integer("low");
    counts.lastUnsealed = row.integer("high");
    if (row.integer("below") > 0)
        report.problems << QStringLiteral("%1 %2s stand before the first seal")
                               .arg(row.integer("below"))
                               .arg(table.row);
    return {};
}

/// A seal's columns only repeat its body, for PostgreSQL's own checks.
bool hasItsColumns(const database::Row &row, const seals::Seal &seal)
{
    return row.integer("id") == seal.number && row.time("at") == seal.at &&
           row.integer("transfers_upto") == seal.transfers.upto &&
           row.integer("audit_upto") == seal.audit.upto;
}

class TableOfSeals {
public:
    TableOfSeals(database::Transaction &transaction, const SealCheck &check, SealReport &report)
        : m_transaction(transaction)
        , m_chain(check.publicKey)
        , m_report(report)
    {
    }
    void setProgress(const VerifyProgress &progress, int begun)
    {
        m_progress = progress;
        m_begun = begun;
    }

    Result<void> verify()
    {
        const auto newest =
            m_transaction.run(QStringLiteral("SELECT coalesce(max(id), 0) AS id FROM seals"));
        if (!newest)
            return failure(newest.error());
        m_expected = newest->first().integer("id");
        for (qint64 after = std::numeric_limits<qint64>::min();;) {
            const auto rows = m_transaction.run(
                QStringLiteral("SELECT id, to_micros(at) AS at, transfers_upto, audit_upto, body, "
                               "signature FROM seals WHERE id > ? ORDER BY id LIMIT ?"),
                {after, kSealsAtOnce});
            if (!rows)
                return failure(rows.error());
            if (auto verified = verifyPage(*rows); !verified)
                return verified;
            if (!tellProgress())
                return failure(
                    {.code = ErrorCode::ShuttingDown, .detail = QStringLiteral("stopped")});
            if (rows->size() < kSealsAtOnce)
                break;
            after = (*rows)[rows->size() - 1].integer("id");
        }
        m_report.problems = m_chain.problems() + m_report.problems;
        for (const Table &table : tables()) {
            const qint64 upto = m_chain.newest() ? ((*m_chain.newest()).*table.span).upto : 0;
            if (auto counted = countUnsealed(m_transaction, table, upto, m_report); !counted)
                return counted;
        }
        if (m_chain.newest())
            m_report.newestAt = m_chain.newest()->at;
        return {};
    }
    /// The SHA-256 of each seal's line.
    [[nodiscard]] const std::vector<QByteArray> &lines() const { return m_lines; }

private:
    [[nodiscard]] bool tellProgress() const
    {
        const qint64 seals = std::max<qint64>(m_expected, 1);
        return !m_progress ||
               m_progress(QStringLiteral("seal %1 of %2").arg(m_report.seals).arg(m_expected),
                          m_begun +
                              int((1000 - m_begun) * std::min(m_report.seals, seals) / seals));
    }

    Result<void> verifyPage(const database::Rows &rows)
    {
        std::vector<seals::Seal> page;
        for (qsizetype i = 0; i < rows.size(); ++i) {
            const database::Row row = rows[i];
            const seals::SignedSeal kept = {row.text("body").toUtf8(), row.bytes("signature")};
            m_lines.push_back(core::sha256(seals::lineOf(kept)));
            ++m_report.seals;
            const auto seal = m_chain.add(kept);
            if (!seal)
                continue;
            if (!hasItsColumns(row, *seal))
                m_report.problems
                    << QStringLiteral("seal %1 differs from its own text").arg(row.integer("id"));
            page.push_back(*seal);
        }
        for (const Table &table : tables()) {
            if (auto compared = compareRows(m_transaction, table, page, m_report); !compared)
                return compared;
        }
        return {};
    }

    database::Transaction &m_transaction;
    seals::SealChain m_chain;
    SealReport &m_report;
    std::vector<QByteArray> m_lines;
    VerifyProgress m_progress;
    int m_begun = 0;
    qint64 m_expected = 0; // seals
};

void compareFile(const SealCheck &check, const std::vector<QByteArray> &lines, SealReport &report)
{
    QFile file(check.file);
    if (!file.open(QIODevice::ReadOnly)) {
        if (!lines.empty())
            report.problems << QStringLiteral("the seal file %1 cannot be read: %2")
                                   .arg(check.file, file.errorString());
        return;
    }
    size_t count = 0;
    qint64 differing = 0;
    (void)seals::forEachSeal(file, [&](const std::optional<seals::SignedSeal> &seal) {
        if (file.pos() > check.fileBytes.value_or(file.pos()))
            return;
        const bool isSame =
            seal && count < lines.size() && core::sha256(seals::lineOf(*seal)) == lines[count];
        ++count;
        if (!isSame && ++differing == 1)
            report.problems << (count > lines.size()
                                    ? QStringLiteral("the seal file has seal %1, which the "
                                                     "database has not")
                                    : QStringLiteral("seal %1 of the database is not the one in "
                                                     "the seal file"))
                                   .arg(count);
    });
    if (differing > 1)
        report.problems << QStringLiteral("and so are %1 more of the file").arg(differing - 1);
    report.missingInFile = static_cast<qint64>(lines.size() - std::min(count, lines.size()));
}

} // namespace

Result<database::Transaction> beginSnapshot(database::Connection &connection, SealCheck &check)
{
    // First, since every seal was committed before it came into the file.
    check.fileBytes = QFileInfo(check.file).size();
    auto transaction = database::Transaction::begin(connection);
    if (!transaction)
        return failure(transaction.error());
    const auto set = transaction->set(
        QStringLiteral("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL "
                       "statement_timeout = 0"));
    if (!set)
        return failure(set.error());
    return transaction;
}

Result<SealReport> verifySeals(database::Transaction &transaction, const SealCheck &check,
                               const VerifyProgress &progress, int begun)
{
    SealReport report;
    TableOfSeals table(transaction, check, report);
    table.setProgress(progress, begun);
    if (auto verified = table.verify(); !verified)
        return failure(verified.error());
    if (!check.hasEvidence)
        return report;
    if (check.publicKey.isEmpty() && report.seals > 0)
        report.problems << QStringLiteral("the signatures were not checked: there is no key file");
    compareFile(check, table.lines(), report);
    return report;
}

} // namespace ledger
