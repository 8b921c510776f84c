#include "audit_pages.h"

#include "core/key_file.h"
#include "core/post.h"
#include "database/list_query.h"
#include "ledger/seal_book.h"
#include "operators/operator_store.h"
#include "seals/signer.h"

#include <QFileInfo>

namespace assembly {

namespace {

using database::FilterField;

constexpr int kThousandths = 1000;

const QHash<QString, FilterField> &auditFields()
{
    static const QHash<QString, FilterField> fields = {
        {QString(), {QStringLiteral("a.action LIKE lower(?) || '%'"), FilterField::Kind::Text}},
        {QStringLiteral("who"),
         {QStringLiteral("a.operator_id = (SELECT o.id FROM operators o WHERE o.name = lower(?))"),
          FilterField::Kind::Text}},
        {QStringLiteral("action"),
         {QStringLiteral("a.action LIKE lower(?) || '%'"), FilterField::Kind::Text}},
        {QStringLiteral("object"),
         {QStringLiteral("a.object = ? AND a.object <> ''"), FilterField::Kind::Text}},
        {QStringLiteral("result"), {QStringLiteral("a.result = ?"), FilterField::Kind::Text}},
        {QStringLiteral("since"),
         {QStringLiteral("a.at >= ?::timestamptz"), FilterField::Kind::Since}},
        {QStringLiteral("id"), {QStringLiteral("a.id %1 ?"), FilterField::Kind::Integer}},
    };
    return fields;
}

api::AuditOutcome outcomeOf(const QString &result)
{
    if (result == QLatin1String("denied"))
        return api::AuditOutcome::Denied;
    if (result == QLatin1String("failed"))
        return api::AuditOutcome::Failed;
    return result == QLatin1String("expired") ? api::AuditOutcome::Expired
                                              : api::AuditOutcome::Done;
}

api::AuditRow auditRowOf(const database::Row &row)
{
    return {.id = row.integer("id"),
            .at = row.time("at"),
            .operatorName = row.text("operator_name"),
            .roles = operators::rolesFrom(row.text("roles").split(u',', Qt::SkipEmptyParts))
                         .value_or(api::Roles()),
            .action = row.text("action"),
            .object = row.text("object"),
            .outcome = outcomeOf(row.text("result")),
            .reason = row.text("reason"),
            .origin = row.text("origin"),
            .cause = InboxId{row.integer("cause_id")},
            .isSealed = row.boolean("is_sealed")};
}

Result<api::Page<api::AuditRow>> readAudit(database::Connection &connection,
                                           const api::PageQuery &query, Timestamp now)
{
    auto conditions = database::conditionsOf(query.filter, auditFields(), now);
    if (!conditions)
        return failure(conditions.error());
    auto total = Result<database::Total>(database::Total{});
    if (query.isCounted)
        total = database::countRows(connection, QStringLiteral("audit a"), QStringLiteral("audit"),
                                    *conditions);
    if (!total)
        return failure(total.error());
    const database::Keyset keyset = database::keysetOf(query, QStringLiteral("a.id"));
    const auto rows = connection.run(
        QStringLiteral("SELECT a.id, to_micros(a.at) AS at, a.operator_name, "
                       "array_to_string(a.roles, ',') AS roles, a.action, a.object, a.result, "
                       "a.reason, a.origin, a.cause_id, a.id <= coalesce((SELECT s.audit_upto FROM "
                       "seals s ORDER BY s.id DESC LIMIT 1), 0) AS is_sealed FROM audit a WHERE ") +
            conditions->sql + keyset.sql,
        conditions->values + keyset.values);
    if (!rows)
        return failure(rows.error());
    api::Page<api::AuditRow> page = {.rows = {},
                                     .next = {},
                                     .total = total->count,
                                     .isTotalExact = total->isExact,
                                     .readAt = now};
    for (qsizetype i = 0; i < rows->size(); ++i)
        page.rows.append(auditRowOf((*rows)[i]));
    database::finishPage(page, query, keyset, [](const api::AuditRow &row) { return row.id; });
    return page;
}

api::SealedCount countOf(const ledger::SealedRows &rows)
{
    return {.sealed = rows.sealed, .unsealed = rows.unsealed};
}

api::VerifyReport reportOf(const ledger::Verification &found, bool hasEvidence, Timestamp now)
{
    const ledger::SealReport &seals = *found.seals;
    api::VerifyReport report = {.transfers = found.transfers,
                                .wallets = found.wallets,
                                .sum = found.sum,
                                .seals = seals.seals,
                                .newestSealAt = seals.newestAt,
                                .sealedTransfers = countOf(seals.transfers),
                                .sealedAudit = countOf(seals.audit),
                                .hasEvidence = hasEvidence,
                                .problems = seals.problems,
                                .finishedAt = now};
    for (const ledger::Problem &problem : found.problems)
        report.problems << QStringLiteral("%1: customer %2, transfer %3")
                               .arg(problem.words)
                               .arg(problem.customer.value)
                               .arg(problem.transfer.value);
    if (!found.sum.isZero())
        report.problems << QStringLiteral("the entries sum to %1 USD").arg(found.sum.toString());
    return report;
}

} // namespace

Result<ledger::SealCheck> sealCheckOf(const core::Settings &settings, const QString &file)
{
    ledger::SealCheck check = {
        .publicKey = {}, .file = file.isEmpty() ? ledger::SealBook(settings.dataDir).file() : file};
    if (!QFileInfo::exists(settings.sealKeyFile))
        return check;
    const auto key = core::readOrMakeKeyFile(settings.sealKeyFile);
    if (!key)
        return failure(key.error());
    check.publicKey = seals::Signer(*key).publicKey();
    return check;
}

AuditPages::AuditPages(database::ReadPool &pool, const QString &databaseUrl,
                       const core::Settings &settings, const Clock &clock)
    : m_pool(pool)
    , m_databaseUrl(databaseUrl)
    , m_settings(settings)
    , m_clock(clock)
    , m_worker(new QObject)
    , m_thread(core::startThread(QStringLiteral("verify")))
{
    m_thread->adopt(m_worker);
}

AuditPages::~AuditPages()
{
    m_isStopping = true;
    m_thread.reset(); // first: its work looks at the members
}

QFuture<Result<api::Page<api::AuditRow>>> AuditPages::listAudit(api::PageQuery query)
{
    return m_pool.read<api::Page<api::AuditRow>>(
        [query = std::move(query), this](database::Connection &connection) {
            return readAudit(connection, query, m_clock.now());
        });
}

QFuture<Result<QStringList>> AuditPages::suggest(QString field, QString typed)
{
    if (field != QLatin1String("who"))
        return QtFuture::makeReadyFuture(Result<QStringList>(QStringList()));
    return m_pool.read<QStringList>([typed = std::move(typed)](database::Connection &connection) {
        return database::suggestions(
            connection,
            QStringLiteral("SELECT name AS value FROM operators WHERE name LIKE ? ORDER BY name "
                           "LIMIT 10"),
            typed);
    });
}

QFuture<Result<api::VerifyReport>> AuditPages::verify()
{
    auto promise = std::make_shared<Promise>();
    QFuture<Result<api::VerifyReport>> future = promise->future();
    promise->start();
    promise->setProgressRange(0, kThousandths);
    core::post(m_worker, [this, promise] {
        if (!promise->isCanceled() && !m_isStopping)
            promise->addResult(verifyNow(*promise));
        promise->finish();
    });
    return future;
}

Result<api::VerifyReport> AuditPages::verifyNow(Promise &promise) const
{
    auto check = sealCheckOf(m_settings);
    if (!check)
        return failure(check.error());
    check->hasEvidence = !check->publicKey.isEmpty();
    auto connection = database::Connection::open(m_databaseUrl, QStringLiteral("verify"),
                                                 database::Role::Console);
    if (!connection)
        return failure(connection.error());
    const auto found = ledger::verify(**connection, *check,
                                      [this, &promise](const QString &what, int thousandths) {
                                          promise.setProgressValueAndText(thousandths, what);
                                          return !promise.isCanceled() && !m_isStopping;
                                      });
    if (!found)
        return failure(found.error());
    return reportOf(*found, check->hasEvidence, m_clock.now());
}

} // namespace assembly
