#include "database/parameters.h"

#include "core/assert.h"
#include "database/query_error.h"

#include <QSqlDatabase>
#include <QSqlDriver>

#include <libpq-fe.h>

namespace database {

namespace {

using OwnedResult = std::unique_ptr<PGresult, decltype(&PQclear)>;

// Of PostgreSQL's catalog, where they never change.
constexpr Oid kBool = 16;
constexpr Oid kBytea = 17;
constexpr Oid kBigint = 20;

PGconn *handleOf(const Connection &connection)
{
    const QVariant handle = connection.database().driver()->handle();
    // PGconn is an alias; Qt 6 tells the name of the struct.
    CORE_ASSERT(qstrcmp(handle.typeName(), "pg_conn*") == 0);
    return *static_cast<PGconn *const *>(handle.constData());
}

/// The values as libpq wants them: bytes as they are, everything else as text.
struct Parameters {
    explicit Parameters(const Values &values)
    {
        // All at once, as the pointers must stay good.
        bytes.reserve(values.size());
        for (const QVariant &value : values) {
            const bool isBytes = value.typeId() == QMetaType::QByteArray;
            bytes.append(isBytes ? value.toByteArray() : value.toString().toUtf8());
            pointers.push_back(value.isValid() ? bytes.constLast().constData() : nullptr);
            lengths.push_back(static_cast<int>(bytes.constLast().size()));
            formats.push_back(isBytes ? 1 : 0);
        }
    }
    QByteArrayList bytes;
    std::vector<const char *> pointers;
    std::vector<int> lengths;
    std::vector<int> formats;
};

QByteArray unescaped(const char *text)
{
    size_t length = 0;
    unsigned char *bytes = PQunescapeBytea(reinterpret_cast<const unsigned char *>(text), &length);
    const QByteArray copy(reinterpret_cast<const char *>(bytes), static_cast<qsizetype>(length));
    PQfreemem(bytes);
    return copy;
}

QVariant valueOf(const PGresult *result, int row, int column)
{
    if (PQgetisnull(result, row, column))
        return null();
    const char *text = PQgetvalue(result, row, column);
    switch (PQftype(result, column)) {
    case kBool: return *text == 't';
    case kBytea: return unescaped(text);
    case kBigint: return QByteArray(text).toLongLong();
    default: return QString::fromUtf8(text);
    }
}

Rows rowsOf(PGresult *result)
{
    std::vector<QString> columns;
    for (int column = 0; column < PQnfields(result); ++column)
        columns.push_back(QString::fromUtf8(PQfname(result, column)));
    std::vector<QVariantList> rows;
    for (int row = 0; row < PQntuples(result); ++row) {
        QVariantList values;
        for (int column = 0; column < PQnfields(result); ++column)
            values.append(valueOf(result, row, column));
        rows.push_back(std::move(values));
    }
    return Rows(std::move(columns), std::move(rows), QByteArray(PQcmdTuples(result)).toLongLong());
}

} // namespace

Result<Rows> runWithParameters(Connection &connection, const QString &sql, const Values &values)
{
    PGconn *handle = handleOf(connection);
    const Parameters parameters(values);
    const OwnedResult result(PQexecParams(handle, sql.toUtf8().constData(),
                                          static_cast<int>(values.size()), nullptr,
                                          parameters.pointers.data(), parameters.lengths.data(),
                                          parameters.formats.data(), 0),
                             &PQclear);
    const ExecStatusType status = PQresultStatus(result.get());
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
        return failure(
            queryError(QString::fromLatin1(PQresultErrorField(result.get(), PG_DIAG_SQLSTATE)),
                       QString::fromUtf8(PQerrorMessage(handle))));
    return rowsOf(result.get());
}

} // namespace database
