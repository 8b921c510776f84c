#include "database/query_error.h"

namespace database {

namespace {

/// The first line without what PostgreSQL quotes from the data: class 22 (malformed or too big a
/// value) puts the value itself into the message, behind a colon or in quotes. Every other class
/// names tables and constraints.
QString safeLine(const QString &message, const QString &sqlState)
{
    QString line = message.section(u'\n', 0, 0).trimmed();
    if (line.startsWith(QLatin1String("ERROR:")))
        line = line.mid(6).trimmed();
    if (sqlState.startsWith(QLatin1String("22")))
        line = line.section(u':', 0, 0).section(u'"', 0, 0).trimmed();
    return line;
}

ErrorCode codeOf(const QString &sqlState)
{
    if (sqlState == QLatin1String("23505"))
        return ErrorCode::Duplicate;
    if (sqlState.startsWith(QLatin1String("23")))
        return ErrorCode::ConstraintViolated;
    if (sqlState == QLatin1String("40001") || sqlState == QLatin1String("40P01") ||
        sqlState == QLatin1String("55P03"))
        return ErrorCode::Conflict;
    if (sqlState.isEmpty() || sqlState.startsWith(QLatin1String("08")) ||
        sqlState.startsWith(QLatin1String("57P")) || sqlState.startsWith(QLatin1String("53")))
        return ErrorCode::DatabaseUnavailable;
    if (sqlState == QLatin1String("57014") || sqlState.startsWith(QLatin1String("25P0")))
        return ErrorCode::Conflict;
    if (sqlState.startsWith(QLatin1String("28")) || sqlState == QLatin1String("3D000") ||
        sqlState == QLatin1String("42501"))
        return ErrorCode::DatabaseRefused;
    return ErrorCode::Internal;
}

} // namespace

Error queryError(const QString &sqlState, const QString &message)
{
    const ErrorCode code = codeOf(sqlState);
    return {.code = code,
            .detail = QStringLiteral("%1 %2").arg(sqlState, safeLine(message, sqlState)).trimmed(),
            .transient = code == ErrorCode::DatabaseUnavailable || code == ErrorCode::Conflict};
}

} // namespace database
