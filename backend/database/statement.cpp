#include "database/statement.h"

namespace database {

namespace {

// Of PostgreSQL's catalog, where they never change.
constexpr Oid kBool = 16;
constexpr Oid kBytea = 17;
constexpr Oid kBigint = 20;
constexpr Oid kSmallint = 21;
constexpr Oid kInteger = 23;

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
    const int length = PQgetlength(result, row, column);
    switch (PQftype(result, column)) {
    case kBool: return *text == 't';
    case kBytea: return unescaped(text);
    case kSmallint:
    case kInteger:
    case kBigint: return QByteArray::fromRawData(text, length).toLongLong();
    default: return QString::fromUtf8(text, length);
    }
}

/// Where the quoted text or comment that starts at `from` ends; `from` itself when none starts.
qsizetype endOfQuoted(const QString &sql, qsizetype from)
{
    const QStringView rest = QStringView(sql).sliced(from);
    const auto after = [&](QStringView closing, qsizetype start) {
        const qsizetype at = sql.indexOf(closing, from + start);
        return at < 0 ? sql.size() : at + closing.size();
    };
    if (rest.startsWith(u'\''))
        return after(u"'", 1);
    if (rest.startsWith(u'"'))
        return after(u"\"", 1);
    if (rest.startsWith(u"--"))
        return after(u"\n", 2);
    if (rest.startsWith(u"/*"))
        return after(u"*/", 2);
    return from;
}

} // namespace

QByteArray withNumberedParameters(const QString &sql)
{
    QString numbered;
    numbered.reserve(sql.size() + 32);
    int count = 0;
    for (qsizetype at = 0; at < sql.size();) {
        if (const qsizetype end = endOfQuoted(sql, at); end > at) {
            numbered += QStringView(sql).sliced(at, end - at);
            at = end;
        } else if (const QChar character = sql[at++]; character == u'?') {
            numbered += u'$' + QString::number(++count);
        } else {
            numbered += character;
        }
    }
    return numbered.toUtf8();
}

Parameters::Parameters(const Values &values)
{
    // All at once, as the pointers must stay good.
    m_bytes.reserve(values.size());
    for (const QVariant &value : values) {
        const bool isBytes = value.typeId() == QMetaType::QByteArray;
        m_bytes.append(isBytes ? value.toByteArray() : value.toString().toUtf8());
        m_areSendable = m_areSendable && (isBytes || !m_bytes.constLast().contains('\0'));
        m_pointers.push_back(value.isValid() ? m_bytes.constLast().constData() : nullptr);
        m_lengths.push_back(static_cast<int>(m_bytes.constLast().size()));
        m_formats.push_back(isBytes ? 1 : 0);
    }
}

Rows rowsOf(const PGresult *result)
{
    const int columnCount = PQnfields(result);
    const int rowCount = PQntuples(result);
    std::vector<QString> columns;
    columns.reserve(static_cast<size_t>(columnCount));
    for (int column = 0; column < columnCount; ++column)
        columns.push_back(QString::fromUtf8(PQfname(result, column)));
    std::vector<QVariantList> rows;
    rows.reserve(static_cast<size_t>(rowCount));
    for (int row = 0; row < rowCount; ++row) {
        QVariantList values;
        values.reserve(columnCount);
        for (int column = 0; column < columnCount; ++column)
            values.append(valueOf(result, row, column));
        rows.push_back(std::move(values));
    }
    // libpq takes it without const, and only reads.
    const char *affected = PQcmdTuples(const_cast<PGresult *>(result));
    return Rows(std::move(columns), std::move(rows), QByteArray(affected).toLongLong());
}

} // namespace database
