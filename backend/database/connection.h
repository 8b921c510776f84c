#pragma once

#include "core/change.h"
#include "core/clock.h"
#include "core/money.h"

#include <QString>
#include <QThread>
#include <QVariant>

#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

struct pg_conn;
struct pg_result;

namespace database {

using Values = QVariantList;

/// SQL's NULL. A QString or QByteArray without content is the empty value, never NULL.
[[nodiscard]] inline QVariant null()
{
    return {};
}

/// A text that is NULL when it is empty.
[[nodiscard]] inline QVariant nullable(const QString &text)
{
    return text.isEmpty() ? null() : QVariant(text);
}

/// One row of a result, read by column name. A name the statement does not have aborts: it is our
/// own error.
class Row {
public:
    Row(const std::vector<QString> &columns, const QVariantList &values);
    [[nodiscard]] bool isNull(const char *column) const;
    [[nodiscard]] QString text(const char *column) const;   // empty when null
    [[nodiscard]] qint64 integer(const char *column) const; // 0 when null
    [[nodiscard]] bool boolean(const char *column) const;
    [[nodiscard]] QByteArray bytes(const char *column) const;
    [[nodiscard]] Money money(const char *column) const;    // a bigint of micro-dollars
    [[nodiscard]] Timestamp time(const char *column) const; // a bigint: select to_micros(at)
    [[nodiscard]] std::optional<Timestamp> optionalTime(const char *column) const;
    [[nodiscard]] std::optional<qint64> optionalInteger(const char *column) const;

private:
    [[nodiscard]] const QVariant &value(const char *column) const;
    const std::vector<QString> &m_columns;
    const QVariantList &m_values;
};

/// A whole result, copied out of the driver: a value that nothing later can change.
class Rows {
public:
    Rows(std::vector<QString> columns, std::vector<QVariantList> values, qint64 affected);
    [[nodiscard]] bool isEmpty() const { return m_values.empty(); }
    [[nodiscard]] qsizetype size() const { return static_cast<qsizetype>(m_values.size()); }
    [[nodiscard]] qint64 affected() const
    {
        return m_affected;
    } // rows inserted, updated or deleted
    [[nodiscard]] Row operator[](qsizetype index) const;
    [[nodiscard]] Row first() const { return (*this)[0]; }

private:
    std::vector<QString> m_columns;
    std::vector<QVariantList> m_values;
    qint64 m_affected;
};

/// What became of a statement whose rows say nothing more.
[[nodiscard]] inline Result<void> done(const Result<Rows> &rows)
{
    return rows ? Result<void>() : failure(rows.error());
}

/// Who gets to know the ids that a committed transaction changed. Any thread may call.
class ChangeSink {
public:
    virtual ~ChangeSink() = default;
    virtual void publish(std::vector<core::Change> changes) = 0;
};

enum class Role {
    Owner,       // the login of the URL: migrations
    Application, // speechcad_app: what it may do is in the migrations
    Console,     // speechcad_console: the views and functions of schema `console`, no table
};

/// One connection, used only on the thread that opened it.
class Connection {
public:
    /// `purpose` shows in pg_stat_activity. Errors: DatabaseUnavailable (transient),
    /// DatabaseRefused.
    [[nodiscard]] static Result<std::unique_ptr<Connection>> open(const QString &url,
                                                                  const QString &purpose,
                                                                  Role role = Role::Application,
                                                                  ChangeSink *sink = nullptr);
    ~Connection();
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    /// Runs one statement with `?` for each value, which never becomes part of its text; prepared
    /// once a connection. Errors carry the code and the constraint's name, never a value.
    [[nodiscard]] Result<Rows> run(const QString &sql, const Values &values = {});
    /// Several statements without values: migrations.
    [[nodiscard]] Result<void> runScript(const QString &sql);
    /// Sends BEGIN together with the next statement: a transaction costs one round trip less.
    void beginWithNext();
    /// True when BEGIN was never sent: then there is nothing to end.
    [[nodiscard]] bool dropUnsentBegin();
    /// True once a statement failed because the server went away: open a new one.
    [[nodiscard]] bool isLost() const { return m_isLost; }
    [[nodiscard]] ChangeSink *sink() const { return m_sink; }

    /// The socket that becomes readable when the server has something to tell, and what it told to
    /// the channels this connection LISTENs to.
    [[nodiscard]] qintptr socket() const;
    [[nodiscard]] QStringList takeNotifications();

private:
    Connection(pg_conn *handle, ChangeSink *sink);
    [[nodiscard]] Result<QByteArray> prepared(const QString &sql);
    [[nodiscard]] pg_result *beginAndExecute(const QByteArray &name,
                                             const class Parameters &values);
    [[nodiscard]] pg_result *takeAnswer();
    [[nodiscard]] Result<void> check(const pg_result *result);
    [[nodiscard]] Error errorOf(const pg_result *result);

    pg_conn *m_handle;
    ChangeSink *m_sink;
    std::unordered_map<QString, QByteArray> m_prepared; // the statement's text, its name
    Qt::HANDLE m_thread;
    bool m_isLost = false;
    bool m_beginsWithNext = false;
};

/// PostgreSQL array literals, to be bound as text and cast: `unnest(?::bigint[])`.
[[nodiscard]] QString arrayOf(const std::vector<qint64> &values);
[[nodiscard]] QString arrayOf(const std::vector<std::optional<qint64>> &values);
[[nodiscard]] QString arrayOf(const std::vector<QString> &values);
[[nodiscard]] QString arrayOf(const std::vector<std::optional<QString>> &values);
[[nodiscard]] QString
arrayOf(const std::vector<QByteArray> &values); // bytea[]; a null QByteArray is NULL

/// A whole resource file (":/sql/..."), which must exist.
[[nodiscard]] QString sqlResource(const QString &path);

} // namespace database
