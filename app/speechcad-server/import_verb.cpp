#include "operator_session.h"
#include "output.h"
#include "verbs.h"

#include "core/crypto.h"
#include "customers/import_sheet.h"
#include "language/catalogue.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QThread>

namespace server {

namespace {

using namespace std::chrono_literals;
using customers::ImportRow;
using customers::ImportSheet;

constexpr qint64 kFileBytesMax = 256 * 1024 * 1024;
constexpr size_t kChunkRowsMax = 100;
constexpr qsizetype kChunkBytesMax = 12'000; // a command holds 16 KiB
constexpr auto kArrival = 60s;               // until every customer of the last command is here
constexpr unsigned long kLookEveryMs = 200;
constexpr int kBadShownMax = 50;

struct File {
    ImportSheet sheet;
    QString sha256;
};

Result<File> readFile(const QString &name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return failure({.code = ErrorCode::BadInput,
                        .detail = QStringLiteral("%1: %2").arg(name, file.errorString())});
    if (file.size() > kFileBytesMax)
        return failure({.code = ErrorCode::BadInput,
                        .detail = QStringLiteral("%1 is larger than 256 MiB").arg(name)});
    const QByteArray bytes = file.readAll();
    const auto catalogue = language::Catalogue::load();
    if (!catalogue)
        return failure(catalogue.error());
    QStringList languages;
    for (const language::Language &language : (*catalogue)->languages())
        languages << language.tag;
    auto sheet =
        customers::readImport(QString::fromUtf8(bytes), languages, core::SystemClock().now());
    if (!sheet)
        return failure({.code = ErrorCode::BadInput,
                        .detail = QStringLiteral("%1: %2").arg(name, sheet.error().detail)});
    return File{*std::move(sheet), QString::fromLatin1(core::sha256(bytes).toHex())};
}

/// What of the file is here already.
struct Here {
    qint64 customers = 0;
    qint64 movedIn = 0;
    Money opening;
    qint64 plans = 0; // customers of the file with a plan, who have had one here

    [[nodiscard]] bool isAllOf(const ImportSheet &sheet) const
    {
        return customers == qint64(sheet.rows.size()) && opening == sheet.total &&
               plans == sheet.plans;
    }
};

Result<Here> lookFor(const assembly::DatabaseAccess &access, const std::vector<ImportRow> &rows)
{
    const auto connection =
        database::Connection::open(access.url(), QStringLiteral("import"), database::Role::Console);
    if (!connection)
        return failure(connection.error());
    std::vector<qint64> ids;
    std::vector<qint64> withPlan;
    for (const ImportRow &row : rows) {
        ids.push_back(row.id.value);
        if (!row.plan.isEmpty())
            withPlan.push_back(row.id.value);
    }
    const auto found =
        (*connection)
            ->run(QStringLiteral("WITH wanted AS (SELECT unnest(?::bigint[]) AS "
                                 "id), opened AS (SELECT count(*) AS n, "
                                 "coalesce(sum(t.available), 0)::bigint AS micros "
                                 "FROM wanted w JOIN console.transfers "
                                 "t ON t.customer_id = w.id AND t.kind = 'opening') "
                                 "SELECT (SELECT count(*) FROM "
                                 "wanted w JOIN console.customers c ON c.id = w.id) "
                                 "AS customers, o.n, o.micros, (SELECT count(DISTINCT "
                                 "p.customer_id) FROM unnest(?::bigint[]) h (id) "
                                 "JOIN console.plan_periods p ON p.customer_id = "
                                 "h.id AND p.subscription_id IS NOT NULL) AS plans "
                                 "FROM opened o"),
                  {database::arrayOf(ids), database::arrayOf(withPlan)});
    if (!found)
        return failure(found.error());
    return Here{found->first().integer("customers"), found->first().integer("n"),
                found->first().money("micros"), found->first().integer("plans")};
}

Json summaryOf(const File &file, const Here &here)
{
    Json bad = Json::array();
    for (const customers::BadImportRow &row : file.sheet.bad)
        bad.push_back({{"line", row.line}, {"why", row.why}});
    return {{"sha256", file.sha256},
            {"customers", file.sheet.rows.size()},
            {"here_already", here.customers},
            {"moved_in", here.movedIn},
            {"opening_here", here.opening.toString()},
            {"total", file.sheet.total.toString()},
            {"plans", file.sheet.plans},
            {"plans_here", here.plans},
            {"bad", bad}};
}

void printSummary(const File &file, const Here &here)
{
    for (size_t i = 0; i < std::min<size_t>(file.sheet.bad.size(), kBadShownMax); ++i)
        printLine(
            QStringLiteral("line %1: %2").arg(file.sheet.bad[i].line).arg(file.sheet.bad[i].why));
    if (file.sheet.bad.size() > kBadShownMax)
        printLine(QStringLiteral("... and %1 more; --json has all of them")
                      .arg(file.sheet.bad.size() - kBadShownMax));
    printLine(QStringLiteral("%1 customers with %2 USD and %3 plans; %4 of them are here already, "
                             "%5 have their opening balance; %6 bad rows")
                  .arg(file.sheet.rows.size())
                  .arg(file.sheet.total.toString())
                  .arg(file.sheet.plans)
                  .arg(here.customers)
                  .arg(here.movedIn)
                  .arg(file.sheet.bad.size()));
}

/// The rows from `first` on that one command takes.
std::span<const ImportRow> chunkOf(const std::vector<ImportRow> &rows, size_t first)
{
    qsizetype bytes = 0;
    size_t count = 0;
    while (first + count < rows.size() && count < kChunkRowsMax) {
        bytes += core::toBytes(customers::toJson(rows[first + count])).size() + 1;
        if (count > 0 && bytes > kChunkBytesMax)
            break;
        ++count;
    }
    return {rows.data() + first, count};
}

/// How many customers of it were only asked for, and wait for another person.
Result<size_t> submitAll(const Arguments &arguments, OperatorSession &session, const File &file)
{
    const std::vector<ImportRow> &rows = file.sheet.rows;
    size_t asked = 0;
    for (size_t first = 0; first < rows.size();) {
        const auto chunk = chunkOf(rows, first);
        Json list = Json::array();
        for (const ImportRow &row : chunk)
            list.push_back(customers::toJson(row));
        const auto result =
            session.run("import.customers", {{"v", 1}, {"file", file.sha256}, {"rows", list}});
        if (!result)
            return failure(result.error());
        if (result->state != api::CommandState::Done)
            return failure(
                {.code = ErrorCode::BadInput,
                 .detail = QStringLiteral("%1 of %2 customers are submitted, then: %3 %4")
                               .arg(first)
                               .arg(rows.size())
                               .arg(result->code, result->detail)});
        if (core::boolMember(result->answer, "asked").value_or(false))
            asked += chunk.size();
        first += chunk.size();
        if (!arguments.isJson)
            std::fprintf(stderr, "\r%zu of %zu customers submitted%s", first, rows.size(),
                         first == rows.size() ? "\n" : "");
    }
    return asked;
}

/// Until the ledger has what the file says, or it takes too long.
Result<Here> waitForAll(const assembly::DatabaseAccess &access, const ImportSheet &sheet)
{
    const QDeadlineTimer deadline(kArrival);
    for (;;) {
        const auto here = lookFor(access, sheet.rows);
        if (!here || here->isAllOf(sheet) || deadline.hasExpired())
            return here;
        QThread::msleep(kLookEveryMs);
    }
}

int moveIn(const Arguments &arguments, const core::Settings &settings, const File &file)
{
    auto session = OperatorSession::openSignedIn(arguments, settings);
    if (!session)
        return cannotRun(arguments.isJson, session.error());
    const auto submitted = submitAll(arguments, **session, file);
    const size_t asked = submitted ? *submitted : 0;
    const auto here = asked == 0 ? waitForAll((*session)->access(), file.sheet)
                                 : lookFor((*session)->access(), file.sheet.rows);
    if (!here)
        return cannotRun(arguments.isJson, here.error());
    const bool agrees = here->isAllOf(file.sheet);
    if (arguments.isJson) {
        Json summary = summaryOf(file, *here);
        summary["agrees"] = agrees;
        summary["asked"] = asked;
        if (!submitted)
            summary["error"] = submitted.error().detail;
        printJson(summary);
    } else {
        printSummary(file, *here);
        if (!submitted)
            printError(submitted.error().detail);
        if (asked > 0)
            printLine(QStringLiteral("%1 customers are asked for and wait: another person of "
                                     "Finance gives the same command within a day")
                          .arg(asked));
        printLine(agrees ? QStringLiteral("customers, ledger and plans are what the file says")
                         : QStringLiteral("%1 customers, %2 USD and %3 plans of it are here; run "
                                          "this again, which repeats nothing")
                               .arg(here->customers)
                               .arg(here->opening.toString())
                               .arg(here->plans));
    }
    return submitted && (agrees || asked > 0) ? Good : FoundProblem;
}

} // namespace

int importCustomers(const Arguments &arguments, const core::Settings &settings)
{
    const auto file = readFile(arguments.operands[0]);
    if (!file) {
        printError(file.error().detail);
        return BadUsage;
    }
    const bool isConfirmed = arguments.has("confirm");
    const QString digits = arguments.option("confirm").toLower();
    if (isConfirmed && digits.size() < kHashDigitsMin) {
        printError(QStringLiteral("--confirm needs the first 8 digits of the file's SHA-256"));
        return BadUsage;
    }
    if (isConfirmed && !file->sha256.startsWith(digits)) {
        printError(QStringLiteral("this is another file than the one that was looked at"));
        return FoundProblem;
    }
    const bool isClean = file->sheet.bad.empty() || arguments.has("skip-bad");
    if (isConfirmed && isClean)
        return moveIn(arguments, settings, *file);

    const auto access = assembly::DatabaseAccess::open(settings);
    if (!access)
        return cannotRun(arguments.isJson, access.error());
    const auto here = lookFor(**access, file->sheet.rows);
    if (!here)
        return cannotRun(arguments.isJson, here.error());
    if (arguments.isJson) {
        printJson(summaryOf(*file, *here));
    } else {
        printSummary(*file, *here);
        printLine(isClean ? QStringLiteral("nothing was changed; repeat it with --confirm %1")
                                .arg(file->sha256.left(kHashDigitsMin))
                          : QStringLiteral("nothing was changed; mend the bad rows, or leave them "
                                           "out with --skip-bad"));
    }
    return isClean ? Good : FoundProblem;
}

} // namespace server
