#include "tests/support/explained_log.h"

#include "core/json.h"

#include <QFile>

namespace tests {

namespace {

constexpr int kPlanDepthMax = 256;

/// A LIMIT bounds a scan that hands every row on: nothing is filtered, sorted or gathered between.
void collectScans(const Json &node, bool isBounded, QStringList &scanned)
{
    const QString type = core::textMember(node, "Node Type").value_or(QString());
    const bool isFiltered = node.contains("Filter") || node.contains("Join Filter");
    const bool handsOn = type == u"Limit" || type == u"Append" || type == u"Subquery Scan" ||
                         type == u"Nested Loop" || type == u"Result";
    if (type == u"Seq Scan" && (isFiltered || !isBounded))
        scanned << core::textMember(node, "Relation Name").value_or(QString());
    const bool bounds = type == u"Limit" || (isBounded && handsOn && !isFiltered);
    if (!node.contains("Plans"))
        return;
    bool isFirst = true;
    for (const Json &child : node["Plans"]) {
        const QString how = core::textMember(child, "Parent Relationship").value_or(QString());
        // The inner side of a loop is read once for each row of the outer one.
        collectScans(child,
                     bounds && (how == u"Outer" || how == u"Member" || how == u"Subquery") &&
                         (isFirst || type == u"Append"),
                     scanned);
        isFirst = false;
    }
}

} // namespace

ExplainedLog::ExplainedLog(database::Connection &owner, TestCluster &cluster)
    : m_owner(owner)
    , m_file(cluster.cluster().files().log())
    , m_position(QFile(m_file).size())
{
    set(QStringLiteral("SET session_preload_libraries = 'auto_explain'"));
    set(QStringLiteral("SET auto_explain.log_min_duration = 0"));
    set(QStringLiteral("SET auto_explain.log_nested_statements = on"));
    set(QStringLiteral("SET auto_explain.log_format = 'json'"));
}

ExplainedLog::~ExplainedLog()
{
    set(QStringLiteral("RESET ALL"));
}

void ExplainedLog::set(const QString &setting)
{
    const auto done = m_owner.runScript(
        QStringLiteral("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I %s', current_database(), "
                       "$s$%1$s$); END $$")
            .arg(setting));
    if (!done)
        qFatal("%s: %s", qUtf8Printable(setting), qUtf8Printable(done.error().detail));
}

QList<ExplainedLog::Statement> ExplainedLog::take()
{
    QFile file(m_file);
    if (!file.open(QIODevice::ReadOnly) || !file.seek(m_position))
        qFatal("PostgreSQL's log cannot be read");
    const QList<QByteArray> lines = file.readAll().split('\n');
    m_position = file.pos();
    QList<Statement> statements;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (!lines[i].endsWith("plan:"))
            continue;
        QByteArray text;
        while (i + 1 < lines.size() && lines[i + 1].startsWith('\t'))
            text += lines[++i];
        const auto json = core::parseJson(text, kPlanDepthMax);
        if (!json || !json->contains("Plan"))
            qFatal("no plan: %s", text.constData());
        Statement statement;
        statement.text = core::textMember(*json, "Query Text").value_or(QString());
        collectScans((*json)["Plan"], false, statement.scanned);
        statements << statement;
    }
    return statements;
}

} // namespace tests
