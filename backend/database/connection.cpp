#include "database/connection.h"

#include "core/assert.h"
#include "database/query_error.h"

#include <QFile>
#include <QLoggingCategory>
#include <QSqlDatabase>
#include <QSqlDriver>
#include <QSqlError>
#include <QSqlRecord>
#include <QThread>
#include <QUrl>

#include <atomic>
#include <libpq-fe.h>

Q_LOGGING_CATEGORY(lcDatabase, "database")

namespace database {

namespace {

/// What QPSQL wants to know of a libpq URL or keyword string, read by libpq itself.
struct Target {
    QString user;
    QString password;
    QString databaseName;
    QString options; // everything else, several hosts and ports included
};

QString quoted(QString value)
{
    value.replace(u'\\', QStringLiteral("\\\\")).replace(u'\'', QStringLiteral("\\'"));
    return u'\'' + value + u'\'';
}

Result<Target> readTarget(const QString &url, const QString &purpose)
{
    char *message = nullptr;
    PQconninfoOption *options = PQconninfoParse(url.toUtf8().constData(), &message);
    if (!options) {
        PQfreemem(message);
        return failure({.code = ErrorCode::ConfigurationInvalid,
                        .detail = QStringLiteral(
                            "SPEECHCAD_DATABASE_URL is not a PostgreSQL address; it should "
                            "look like postgresql://user:password@host:5432/speechcad")});
    }
    Target target;
    for (const PQconninfoOption *option = options; option->keyword; ++option) {
        if (!option->val || !*option->val)
            continue;
        const QLatin1String key(option->keyword);
        const QString value = QString::fromUtf8(option->val);
        if (key == QLatin1String("user"))
            target.user = value;
        else if (key == QLatin1String("password"))
            target.password = value;
        else if (key == QLatin1String("dbname"))
            target.databaseName = value;
        else if (key != QLatin1String("application_name"))
            target.options += key + u'=' + quoted(value) + u' ';
    }
    PQconninfoFree(options);
    target.options +=
        QStringLiteral("application_name=") + quoted(QStringLiteral("speechcad ") + purpose);
    if (!url.contains(QLatin1String("connect_timeout")))
        target.options += QStringLiteral(" connect_timeout=5");
    return target;
}

/// QPSQL would bind a null QString or QByteArray as NULL.
QVariant bindable(const QVariant &value)
{
    if (value.typeId() == QMetaType::QString && value.toString().isNull())
        return QStringLiteral("");
    if (value.typeId() == QMetaType::QByteArray && value.toByteArray().isNull())
        return QByteArrayLiteral("");
    return value;
}

const char *const kSessionSettings =
    "SET synchronous_commit = on; SET lock_timeout = '2s'; SET statement_timeout = '10s'; "
    "SET timezone = 'UTC'; SET client_min_messages = warning; SET "
    "idle_in_transaction_session_timeout = '30s'";

} // namespace

Row::Row(const std::vector<QString> &columns, const QVariantList &values)
    : m_columns(columns)
    , m_values(values)
{
}

const QVariant &Row::value(const char *column) const
{
    const QLatin1String name(column);
    for (size_t i = 0; i < m_columns.size(); ++i) {
        if (m_columns[i] == name)
            return m_values[static_cast<qsizetype>(i)];
    }
    qCCritical(lcDatabase) << "no column" << column;
    CORE_ASSERT(false);
    return m_values.first();
}

bool Row::isNull(const char *column) const
{
    return value(column).isNull();
}
QString Row::text(const char *column) const
{
    return value(column).toString();
}
qint64 Row::integer(const char *column) const
{
    return value(column).toLongLong();
}
bool Row::boolean(const char *column) const
{
    return value(column).toBool();
}
QByteArray Row::bytes(const char *column) const
{
    return value(column).toByteArray();
}
Money Row::money(const char *column) const
{
    return Money::fromMicros(integer(column));
}
Timestamp Row::time(const char *column) const
{
    return core::fromMicros(integer(column));
}

std::optional<Timestamp> Row::optionalTime(const char *column) const
{
    return isNull(column) ? std::nullopt : std::optional(time(column));
}

std::optional<qint64> Row::optionalInteger(const char *column) const
{
    return isNull(column) ? std::nullopt : std::optional(integer(column));
}

Rows::Rows(std::vector<QString> columns, std::vector<QVariantList> values, qint64 affected)
    : m_columns(std::move(columns))
    , m_values(std::move(values))
    , m_affected(affected)
{
}

Row Rows::operator[](qsizetype index) const
{
    CORE_ASSERT(index >= 0 && index < size());
    return Row(m_columns, m_values[static_cast<size_t>(index)]);
}

Connection::Connection(QString name, ChangeSink *sink)
    : m_name(std::move(name))
    , m_sink(sink)
    , m_thread(QThread::currentThreadId())
{
}

Connection::~Connection()
{
    CORE_ASSERT(m_thread == QThread::currentThreadId());
    m_prepared.clear();
    QSqlDatabase::removeDatabase(m_name);
}

QSqlDatabase Connection::database() const
{
    return QSqlDatabase::database(m_name, false);
}

Result<std::unique_ptr<Connection>> Connection::open(const QString &url, const QString &purpose,
                                                     Role role, ChangeSink *sink)
{
    const auto target = readTarget(url, purpose);
    if (!target)
        return failure(target.error());
    static std::atomic<int> counter = 0;
    std::unique_ptr<Connection> connection(
        new Connection(QStringLiteral("%1-%2").arg(purpose, QString::number(++counter)), sink));
    QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QPSQL"), connection->m_name);
    database.setUserName(target->user);
    database.setPassword(target->password);
    database.setDatabaseName(target->databaseName);
    database.setConnectOptions(target->options);
    if (!database.open()) {
        Error error = connection->errorOf(database.lastError());
        // Without a server there is no SQLSTATE; the message says whether waiting may help.
        const bool refused = error.detail.contains(QLatin1String("authentication failed")) ||
                             error.detail.contains(QLatin1String("no pg_hba.conf entry")) ||
                             error.detail.contains(QLatin1String("does not exist"));
        error.code = refused ? ErrorCode::DatabaseRefused : ErrorCode::DatabaseUnavailable;
        error.transient = !refused;
        return failure(std::move(error));
    }
    QString session = QString::fromLatin1(kSessionSettings);
    if (role == Role::Application)
        session += QStringLiteral("; SET ROLE speechcad_app");
    else if (role == Role::Console)
        session += QStringLiteral("; SET ROLE speechcad_console");
    if (auto set = connection->runScript(session); !set) {
        Error error = set.error();
        if (!error.transient)
            error.code =
                ErrorCode::DatabaseRefused; // the role is missing, or the login is no member of it
        return failure(std::move(error));
    }
    return connection;
}

Error Connection::errorOf(const QSqlError &error)
{
    Error told = queryError(error.nativeErrorCode(), error.databaseText());
    m_isLost = m_isLost || told.code == ErrorCode::DatabaseUnavailable;
    return told;
}

Result<QSqlQuery *> Connection::prepared(const QString &sql)
{
    if (const auto found = m_prepared.find(sql); found != m_prepared.end())
        return found->second.get();
    auto query = std::make_unique<QSqlQuery>(database());
    if (!query->prepare(sql))
        return failure(errorOf(query->lastError()));
    return m_prepared.emplace(sql, std::move(query)).first->second.get();
}

Result<Rows> Connection::run(const QString &sql, const Values &values)
{
    CORE_ASSERT(m_thread == QThread::currentThreadId());
    const auto query = prepared(sql);
    if (!query)
        return failure(query.error());
    for (qsizetype i = 0; i < values.size(); ++i)
        (*query)->bindValue(static_cast<int>(i), bindable(values[i]));
    if (!(*query)->exec())
        return failure(errorOf((*query)->lastError()));

    std::vector<QString> columns;
    std::vector<QVariantList> rows;
    if ((*query)->isSelect()) {
        const QSqlRecord record = (*query)->record();
        for (int i = 0; i < record.count(); ++i)
            columns.push_back(record.fieldName(i));
        rows.reserve(static_cast<size_t>(qMax(0, (*query)->size())));
        while ((*query)->next()) {
            QVariantList row;
            row.reserve(record.count());
            for (int i = 0; i < record.count(); ++i)
                row.append((*query)->value(i));
            rows.push_back(std::move(row));
        }
    }
    Rows result(std::move(columns), std::move(rows), (*query)->numRowsAffected());
    (*query)->finish();
    return result;
}

Result<void> Connection::runScript(const QString &sql)
{
    CORE_ASSERT(m_thread == QThread::currentThreadId());
    QSqlQuery query(database());
    bool isFine = query.exec(sql);
    // The driver answers for the first statement only; the others have to be asked for, one by one.
    while (isFine && query.nextResult()) {
    }
    if (!isFine || query.lastError().isValid())
        return failure(errorOf(query.lastError()));
    return {};
}

namespace {

QString element(const QString &value)
{
    QString escaped = value;
    escaped.replace(u'\\', QStringLiteral("\\\\")).replace(u'"', QStringLiteral("\\\""));
    return u'"' + escaped + u'"';
}
QString element(qint64 value)
{
    return QString::number(value);
}
QString element(const QByteArray &value)
{
    return value.isNull() ? QStringLiteral("NULL")
                          : QStringLiteral("\"\\\\x") + QString::fromLatin1(value.toHex()) + u'"';
}
template <typename T> QString element(const std::optional<T> &value)
{
    return value ? element(*value) : QStringLiteral("NULL");
}

template <typename T> QString literal(const std::vector<T> &values)
{
    QStringList elements;
    elements.reserve(static_cast<qsizetype>(values.size()));
    for (const T &value : values)
        elements << element(value);
    return u'{' + elements.join(u',') + u'}';
}

} // namespace

QString arrayOf(const std::vector<qint64> &values)
{
    return literal(values);
}
QString arrayOf(const std::vector<std::optional<qint64>> &values)
{
    return literal(values);
}
QString arrayOf(const std::vector<QString> &values)
{
    return literal(values);
}
QString arrayOf(const std::vector<std::optional<QString>> &values)
{
    return literal(values);
}
QString arrayOf(const std::vector<QByteArray> &values)
{
    return literal(values);
}

QString sqlResource(const QString &path)
{
    QFile file(path);
    CORE_ASSERT(file.open(QIODevice::ReadOnly));
    return QString::fromUtf8(file.readAll());
}

} // namespace database
