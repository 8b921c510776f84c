#pragma once

#include "arguments.h"
#include "assembly/database_access.h"
#include "database/connection.h"
#include "output.h"

#include <functional>

namespace server {

/// Reads what a console may see, through its role of the database.
class ConsoleReader {
public:
    explicit ConsoleReader(const core::Settings &settings)
        : m_access(assembly::DatabaseAccess::open(settings))
    {
        if (!m_access)
            return;
        m_connection = database::Connection::open(
            (*m_access)->url(), QStringLiteral("command line"), database::Role::Console);
    }
    [[nodiscard]] Result<database::Rows> run(const QString &sql,
                                             const database::Values &values = {})
    {
        if (!m_access)
            return failure(m_access.error());
        if (!m_connection)
            return failure(m_connection.error());
        return (*m_connection)->run(sql, values);
    }

private:
    Result<std::unique_ptr<assembly::DatabaseAccess>> m_access;
    Result<std::unique_ptr<database::Connection>> m_connection =
        failure({.code = ErrorCode::DatabaseUnavailable});
};

/// Prints each row, or all of them as one array.
[[nodiscard]] inline int printRows(const Arguments &arguments, const char *name,
                                   const database::Rows &rows,
                                   const std::function<Json(const database::Row &)> &json,
                                   const std::function<QString(const database::Row &)> &line)
{
    Json list = Json::array();
    for (qsizetype i = 0; i < rows.size(); ++i) {
        if (arguments.isJson)
            list.push_back(json(rows[i]));
        else
            printLine(line(rows[i]));
    }
    if (arguments.isJson)
        printJson({{name, list}});
    else
        printLine(QStringLiteral("%1 %2").arg(rows.size()).arg(QLatin1String(name)));
    return Good;
}

} // namespace server
