#include "assembly/audit_pages.h"
#include "assembly/database_access.h"
#include "export_file.h"
#include "ledger/ledger_export.h"
#include "output.h"
#include "verbs.h"

namespace server {

namespace {

struct Opened {
    std::unique_ptr<assembly::DatabaseAccess> access;
    std::unique_ptr<database::Connection> connection;
};

Result<Opened> openDatabase(const core::Settings &settings, const char *purpose)
{
    auto access = assembly::DatabaseAccess::open(settings);
    if (!access)
        return failure(access.error());
    auto connection = database::Connection::open((*access)->url(), QString::fromLatin1(purpose));
    if (!connection)
        return failure(connection.error());
    return Opened{*std::move(access), *std::move(connection)};
}

Json jsonOf(const ledger::SealedRows &rows)
{
    return {{"sealed", rows.sealed},
            {"not_sealed_yet", rows.unsealed},
            {"first_not_sealed", rows.firstUnsealed},
            {"last_not_sealed", rows.lastUnsealed}};
}

Json jsonOf(const ledger::SealReport &report)
{
    Json problems = Json::array();
    for (const QString &problem : report.problems)
        problems.push_back(problem);
    return {{"count", report.seals},
            {"newest_at", report.newestAt ? Json(core::toIso(*report.newestAt)) : Json()},
            {"transfers", jsonOf(report.transfers)},
            {"audit", jsonOf(report.audit)},
            {"missing_in_file", report.missingInFile},
            {"problems", problems}};
}

QString inWords(const ledger::SealedRows &rows)
{
    if (rows.unsealed == 0)
        return QStringLiteral("all are sealed");
    return QStringLiteral("%1 are not sealed yet (%2 to %3)")
        .arg(rows.unsealed)
        .arg(rows.firstUnsealed)
        .arg(rows.lastUnsealed);
}

void printSeals(const ledger::SealReport &report)
{
    for (const QString &problem : report.problems)
        printLine(problem);
    if (report.missingInFile > 0)
        printLine(QStringLiteral("the seal file here does not have the newest %1 seals yet")
                      .arg(report.missingInFile));
}

void printProblem(const ledger::Problem &problem)
{
    printLine(QStringLiteral("%1: customer %2, transfer %3")
                  .arg(problem.words)
                  .arg(problem.customer.value)
                  .arg(problem.transfer.value));
}

void printLedger(const ledger::Verification &verification)
{
    for (const ledger::Problem &problem : verification.problems)
        printProblem(problem);
    printSeals(*verification.seals);
    printLine(QStringLiteral("%1 transfers of %2 wallets, sum %3 USD, %4 seals; %5: %6")
                  .arg(verification.transfers)
                  .arg(verification.wallets)
                  .arg(verification.sum.toString())
                  .arg(verification.seals->seals)
                  .arg(inWords(verification.seals->transfers), verification.isSound()
                                                                   ? QStringLiteral("sound")
                                                                   : QStringLiteral("NOT SOUND")));
}

Result<ledger::SealReport> readSeals(database::Connection &connection, ledger::SealCheck check)
{
    auto transaction = ledger::beginSnapshot(connection, check);
    if (!transaction)
        return failure(transaction.error());
    return ledger::verifySeals(*transaction, check);
}

} // namespace

int ledgerVerify(const Arguments &arguments, const core::Settings &settings)
{
    const auto check = assembly::sealCheckOf(settings, arguments.option("seals"));
    if (!check)
        return cannotRun(arguments.isJson, check.error());
    const auto opened = openDatabase(settings, "verify");
    if (!opened)
        return cannotRun(arguments.isJson, opened.error());
    const auto verification = ledger::verify(*opened->connection, *check);
    if (!verification)
        return cannotRun(arguments.isJson, verification.error());
    if (!arguments.isJson) {
        printLedger(*verification);
        return verification->isSound() ? Good : FoundProblem;
    }
    Json problems = Json::array();
    for (const ledger::Problem &problem : verification->problems)
        problems.push_back({{"problem", problem.words},
                            {"customer", problem.customer.value},
                            {"transfer", problem.transfer.value}});
    printJson({{"sound", verification->isSound()},
               {"transfers", verification->transfers},
               {"wallets", verification->wallets},
               {"sum", verification->sum.toString()},
               {"problems", problems},
               {"seals", jsonOf(*verification->seals)}});
    return verification->isSound() ? Good : FoundProblem;
}

int auditVerify(const Arguments &arguments, const core::Settings &settings)
{
    const auto check = assembly::sealCheckOf(settings, arguments.option("seals"));
    if (!check)
        return cannotRun(arguments.isJson, check.error());
    const auto opened = openDatabase(settings, "verify");
    if (!opened)
        return cannotRun(arguments.isJson, opened.error());
    const auto report = readSeals(*opened->connection, *check);
    if (!report)
        return cannotRun(arguments.isJson, report.error());
    const bool isSound = report->problems.isEmpty();
    const qint64 rows = report->audit.sealed + report->audit.unsealed;
    if (arguments.isJson) {
        printJson({{"sound", isSound}, {"rows", rows}, {"seals", jsonOf(*report)}});
        return isSound ? Good : FoundProblem;
    }
    printSeals(*report);
    const QString head = report->newestAt ? QStringLiteral("head matches signed head of ") +
                                                core::toIso(*report->newestAt)
                                          : QStringLiteral("nothing was sealed yet");
    printLine(isSound ? QStringLiteral("%1 rows, chain intact, %2; %3")
                            .arg(rows)
                            .arg(head, inWords(report->audit))
                      : QStringLiteral("%1 rows: NOT AS SEALED").arg(rows));
    return isSound ? Good : FoundProblem;
}

int ledgerExport(const Arguments &arguments, const core::Settings &settings, const Clock &clock)
{
    const auto opened = openDatabase(settings, "export");
    if (!opened)
        return cannotRun(arguments.isJson, opened.error());
    ExportFile file(arguments.operands.first());
    if (auto made = file.open(); !made)
        return cannotRun(arguments.isJson, made.error());
    const auto counts =
        ledger::exportSealed(*opened->connection, clock.now(),
                             [&](const QByteArray &bytes) { return file.write(bytes); });
    if (!counts)
        return cannotRun(arguments.isJson, counts.error());
    const auto sha256 = file.keep();
    if (!sha256)
        return cannotRun(arguments.isJson, sha256.error());
    if (arguments.isJson)
        printJson({{"file", arguments.operands.first()},
                   {"transfers", counts->transfers},
                   {"audit", counts->audit},
                   {"sha256", *sha256}});
    else
        printLine(QStringLiteral("%1 transfers and %2 audit rows; SHA-256 %3")
                      .arg(counts->transfers)
                      .arg(counts->audit)
                      .arg(*sha256));
    return Good;
}

} // namespace server
