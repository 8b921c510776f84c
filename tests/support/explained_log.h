#pragma once

#include "database/connection.h"
#include "tests/support/test_cluster.h"

#include <QStringList>

namespace tests {

/// From now on PostgreSQL writes the plan of every statement of new connections to this database to
/// its log (its module auto_explain), with those inside functions and triggers, until the object
/// goes. Needs a superuser's connection.
class ExplainedLog {
public:
    struct Statement {
        QString text;
        QStringList scanned; // tables and partitions that its plan reads from one end to the other
    };
    explicit ExplainedLog(database::Connection &owner,
                          TestCluster &cluster = TestCluster::instance());
    ~ExplainedLog();
    ExplainedLog(const ExplainedLog &) = delete;
    ExplainedLog &operator=(const ExplainedLog &) = delete;

    /// What was written since the last time.
    [[nodiscard]] QList<Statement> take();

private:
    void set(const QString &setting);

    database::Connection &m_owner;
    QString m_file;
    qint64 m_position = 0;
};

} // namespace tests
