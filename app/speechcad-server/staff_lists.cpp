#include "assembly/database_access.h"
#include "output.h"
#include "verbs.h"

namespace server {

namespace {

constexpr int kAuditLinesUsual = 50;
constexpr int kAuditLinesMax = 1000;

const QString kOperators = QStringLiteral(
    "SELECT o.id, o.name, o.roles::text AS roles, o.is_active, coalesce(f.is_confirmed, false) AS "
    "has_factor FROM operators o LEFT JOIN (SELECT operator_id, confirmed_at IS NOT NULL AS "
    "is_confirmed FROM second_factors) f ON f.operator_id = o.id ORDER BY o.name");
const QString kAudit =
    QStringLiteral("SELECT id, at::timestamptz(0)::text AS at, operator_name, action, object, "
                   "result, reason, origin FROM audit %1 ORDER BY id DESC LIMIT ?::int");

std::unique_ptr<database::Connection> connect(const Arguments &arguments,
                                              const core::Settings &settings,
                                              std::unique_ptr<assembly::DatabaseAccess> &access,
                                              int &status)
{
    auto opened = assembly::DatabaseAccess::open(settings);
    auto connection = opened ? database::Connection::open((*opened)->url(), QStringLiteral("staff"))
                             : failure(opened.error());
    if (!connection) {
        status = cannotRun(arguments.isJson, connection.error());
        return nullptr;
    }
    access = *std::move(opened);
    return *std::move(connection);
}

/// Newest first. Only what was asked for is a condition, so that each has its index.
Result<database::Rows> readAudit(database::Connection &connection, const Arguments &arguments,
                                 int lines)
{
    QStringList conditions;
    database::Values values;
    if (arguments.has("operator")) {
        conditions << QStringLiteral("operator_id = (SELECT id FROM operators WHERE name = ?)");
        values << arguments.option("operator");
    }
    if (arguments.has("object")) {
        conditions << QStringLiteral("object = ? AND object <> ''");
        values << arguments.option("object");
    }
    values << lines;
    const QString where = conditions.isEmpty()
                              ? QString()
                              : QStringLiteral("WHERE ") + conditions.join(QStringLiteral(" AND "));
    return connection.run(kAudit.arg(where), values);
}

void printOperator(const database::Row &row)
{
    printLine(QStringLiteral("%1  %2%3%4")
                  .arg(row.text("name"), -16)
                  .arg(row.text("roles").remove(u'{').remove(u'}').replace(u',', u' '),
                       row.boolean("has_factor") ? QStringLiteral(", second factor") : QString(),
                       row.boolean("is_active") ? QString() : QStringLiteral(", not active")));
}

void printAuditLine(const database::Row &row)
{
    printLine(QStringLiteral("%1  %2  %3  %4 %5: %6%7")
                  .arg(row.integer("id"), 8)
                  .arg(row.text("at"), row.text("operator_name").leftJustified(16))
                  .arg(row.text("action"), row.text("object"), row.text("result"),
                       row.text("reason").isEmpty() ? QString()
                                                    : QStringLiteral(", ") + row.text("reason")));
}

} // namespace

int operatorList(const Arguments &arguments, const core::Settings &settings)
{
    std::unique_ptr<assembly::DatabaseAccess> access;
    int status = Good;
    const auto connection = connect(arguments, settings, access, status);
    if (!connection)
        return status;
    const auto rows = connection->run(kOperators);
    if (!rows)
        return cannotRun(arguments.isJson, rows.error());
    Json list = Json::array();
    for (qsizetype i = 0; i < rows->size(); ++i) {
        const database::Row row = (*rows)[i];
        list.push_back({{"operator", row.text("name")},
                        {"roles", row.text("roles").remove(u'{').remove(u'}')},
                        {"is_active", row.boolean("is_active")},
                        {"has_second_factor", row.boolean("has_factor")}});
        if (!arguments.isJson)
            printOperator(row);
    }
    if (arguments.isJson)
        printJson({{"operators", list}});
    return Good;
}

int auditList(const Arguments &arguments, const core::Settings &settings)
{
    bool isNumber = true;
    const int lines =
        arguments.has("last") ? arguments.option("last").toInt(&isNumber) : kAuditLinesUsual;
    if (!isNumber || lines < 1 || lines > kAuditLinesMax) {
        printError(QStringLiteral("--last takes 1 to %1 lines").arg(kAuditLinesMax));
        return BadUsage;
    }
    std::unique_ptr<assembly::DatabaseAccess> access;
    int status = Good;
    const auto connection = connect(arguments, settings, access, status);
    if (!connection)
        return status;
    const auto rows = readAudit(*connection, arguments, lines);
    if (!rows)
        return cannotRun(arguments.isJson, rows.error());
    Json list = Json::array();
    for (qsizetype i = rows->size() - 1; i >= 0; --i) { // the newest last, as logs are read
        const database::Row row = (*rows)[i];
        list.push_back({{"id", row.integer("id")},
                        {"at", row.text("at")},
                        {"operator", row.text("operator_name")},
                        {"action", row.text("action")},
                        {"object", row.text("object")},
                        {"result", row.text("result")},
                        {"reason", row.text("reason")},
                        {"origin", row.text("origin")}});
        if (!arguments.isJson)
            printAuditLine(row);
    }
    if (arguments.isJson)
        printJson({{"audit", list}});
    return Good;
}

} // namespace server
