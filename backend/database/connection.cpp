#include "database/connection.h"

#include "core/assert.h"
#include "database/query_error.h"
#include "database/statement.h"

#include <QFile>
#include <QLoggingCategory>

#include <libpq-fe.h>

Q_LOGGING_CATEGORY(lcDatabase, "database")

namespace database {

namespace {

const QString kBegin = QStringLiteral("BEGIN");

const char *const kSessionSettings =
    "SET synchronous_commit = on; SET lock_timeout = '2s'; SET statement_timeout = '10s'; "
    "SET timezone = 'UTC'; SET client_min_messages = warning; SET "
    "idle_in_transaction_session_timeout = '30s'";

bool isWellFormed(const QString &url)
{
    char *message = nullptr;
    PQconninfoOption *options = PQconninfoParse(url.toUtf8().constData(), &message);
    PQfreemem(message);
    PQconninfoFree(options);
    return options;
}

PGconn *connectTo(const QString &url, const QString &purpose)
{
    const QByteArray address = url.toUtf8();
    const QByteArray application = QByteArrayLiteral("speechcad ") + purpose.toUtf8();
    // What comes after the address wins over it, what comes before it does not.
    const char *const keywords[] = {"connect_timeout", "dbname", "application_name", nullptr};
    const char *const values[] = {"5", address.constData(), application.constData(), nullptr};
    return PQconnectdbParams(keywords, values, 1);
}

/// Without a server there is no SQLSTATE; the message says whether waiting may help.
Error connectError(const PGconn *handle)
{
    Error error = queryError({}, QString::fromUtf8(PQerrorMessage(handle)));
    const bool refused = error.detail.contains(QLatin1String("authentication failed")) ||
                         error.detail.contains(QLatin1String("no pg_hba.conf entry")) ||
                         error.detail.contains(QLatin1String("does not exist"));
    error.code = refused ? ErrorCode::DatabaseRefused : ErrorCode::DatabaseUnavailable;
    error.transient = !refused;
    return error;
}

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

Connection::Connection(PGconn *handle, ChangeSink *sink)
    : m_handle(handle)
    , m_sink(sink)
    , m_thread(QThread::currentThreadId())
{
    // A notice may quote the data, and nobody reads it.
    PQsetNoticeProcessor(
        m_handle, [](void *, const char *) {}, nullptr);
}

Connection::~Connection()
{
    CORE_ASSERT(m_thread == QThread::currentThreadId());
    PQfinish(m_handle);
}

Result<std::unique_ptr<Connection>> Connection::open(const QString &url, const QString &purpose,
                                                     Role role, ChangeSink *sink)
{
    if (!isWellFormed(url))
        return failure({.code = ErrorCode::ConfigurationInvalid,
                        .detail = QStringLiteral(
                            "SPEECHCAD_DATABASE_URL is not a PostgreSQL address; it should "
                            "look like postgresql://user:password@host:5432/speechcad")});
    std::unique_ptr<Connection> connection(new Connection(connectTo(url, purpose), sink));
    if (PQstatus(connection->m_handle) != CONNECTION_OK)
        return failure(connectError(connection->m_handle));
    QString session = QString::fromLatin1(kSessionSettings);
    if (role == Role::Application)
        session += QStringLiteral("; SET ROLE speechcad_app");
    else if (role == Role::Console)
        session += QStringLiteral("; SET ROLE speechcad_console; SET search_path = console");
    if (auto set = connection->runScript(session); !set) {
        Error error = set.error();
        if (!error.transient)
            error.code =
                ErrorCode::DatabaseRefused; // the role is missing, or the login is no member of it
        return failure(std::move(error));
    }
    return connection;
}

Error Connection::errorOf(const PGresult *result)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *message = result ? PQresultErrorMessage(result) : PQerrorMessage(m_handle);
    Error told = queryError(QString::fromLatin1(state), QString::fromUtf8(message));
    m_isLost = m_isLost || told.code == ErrorCode::DatabaseUnavailable;
    return told;
}

Result<void> Connection::check(const PGresult *result)
{
    const ExecStatusType status = PQresultStatus(result);
    if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK || status == PGRES_EMPTY_QUERY)
        return {};
    return failure(errorOf(result));
}

Result<QByteArray> Connection::prepared(const QString &sql)
{
    if (const auto found = m_prepared.find(sql); found != m_prepared.end())
        return found->second;
    const QByteArray name = 's' + QByteArray::number(m_prepared.size());
    const OwnedResult result(
        PQprepare(m_handle, name.constData(), withNumberedParameters(sql).constData(), 0, nullptr),
        &PQclear);
    if (auto made = check(result.get()); !made)
        return failure(made.error());
    return m_prepared.emplace(sql, name).first->second;
}

Result<Rows> Connection::run(const QString &sql, const Values &values)
{
    CORE_ASSERT(m_thread == QThread::currentThreadId());
    const auto name = prepared(sql);
    if (!name)
        return failure(name.error());
    const Parameters parameters(values);
    if (!parameters.areSendable())
        return failure(queryError(QStringLiteral("22021"),
                                  QStringLiteral("a text may not hold the character 0")));
    const OwnedResult result(m_beginsWithNext
                                 ? beginAndExecute(*name, parameters)
                                 : PQexecPrepared(m_handle, name->constData(), parameters.count(),
                                                  parameters.pointers(), parameters.lengths(),
                                                  parameters.formats(), 0),
                             &PQclear);
    if (auto done = check(result.get()); !done)
        return failure(done.error());
    return rowsOf(result.get());
}

/// Both travel together, and the answers come back together: the statement's is returned. BEGIN
/// fails only where the server is away; then its answer is the one to tell.
PGresult *Connection::beginAndExecute(const QByteArray &name, const Parameters &parameters)
{
    const auto begin = prepared(kBegin);
    m_beginsWithNext = false;
    if (!begin || !PQenterPipelineMode(m_handle))
        return nullptr;
    PGresult *answer = nullptr;
    if (PQsendQueryPrepared(m_handle, begin->constData(), 0, nullptr, nullptr, nullptr, 0) &&
        PQsendQueryPrepared(m_handle, name.constData(), parameters.count(), parameters.pointers(),
                            parameters.lengths(), parameters.formats(), 0) &&
        PQpipelineSync(m_handle)) {
        answer = takeAnswer();
        if (PQresultStatus(answer) == PGRES_COMMAND_OK) {
            PQclear(answer);
            answer = takeAnswer();
            PQclear(PQgetResult(m_handle)); // of the sync
        }
    }
    m_isLost = !PQexitPipelineMode(m_handle) || m_isLost;
    return answer;
}

/// The answer to the oldest statement that was sent, which ends with a null.
PGresult *Connection::takeAnswer()
{
    PGresult *answer = PQgetResult(m_handle);
    if (answer)
        PQclear(PQgetResult(m_handle));
    return answer;
}

void Connection::beginWithNext()
{
    m_beginsWithNext = true;
}

bool Connection::dropUnsentBegin()
{
    return std::exchange(m_beginsWithNext, false);
}

Result<void> Connection::runScript(const QString &sql)
{
    CORE_ASSERT(m_thread == QThread::currentThreadId());
    const QString script = dropUnsentBegin() ? kBegin + u';' + sql : sql;
    const OwnedResult result(PQexec(m_handle, script.toUtf8().constData()), &PQclear);
    return check(result.get());
}

qintptr Connection::socket() const
{
    return PQsocket(m_handle);
}

QStringList Connection::takeNotifications()
{
    QStringList payloads;
    m_isLost = m_isLost || !PQconsumeInput(m_handle);
    while (PGnotify *notification = PQnotifies(m_handle)) {
        payloads << QString::fromUtf8(notification->extra);
        PQfreemem(notification);
    }
    return payloads;
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
