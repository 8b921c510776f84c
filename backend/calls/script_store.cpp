#include "calls/script_store.h"

namespace calls {

namespace {

using namespace std::chrono_literals;

const QString kSelectVersion = QStringLiteral(
    "SELECT v.id, v.script_id, s.customer_id, v.number, v.on_behalf_of, v.name, v.purpose, "
    "v.language, v.voice, v.opening, v.goal, v.facts, v.questions::text AS questions, v.stop_when "
    "FROM script_versions v JOIN scripts s ON s.id = v.script_id ");

Result<ScriptVersion> versionIn(const database::Row &row)
{
    const auto questions = core::parseJson(row.text("questions").toUtf8());
    if (!questions)
        return failure(questions.error());
    return ScriptVersion{.id = {row.integer("id")},
                         .script = {row.integer("script_id")},
                         .customer = {row.integer("customer_id")},
                         .number = int(row.integer("number")),
                         .onBehalfOf = row.text("on_behalf_of"),
                         .content = {.name = row.text("name"),
                                     .purpose = row.text("purpose"),
                                     .language = row.text("language"),
                                     .voice = row.text("voice"),
                                     .opening = row.text("opening"),
                                     .goal = row.text("goal"),
                                     .facts = row.text("facts"),
                                     .questions = questionsFrom(*questions),
                                     .stopWhen = row.text("stop_when")}};
}

Result<std::vector<ScriptVersion>> versionsIn(const Result<database::Rows> &rows)
{
    if (!rows)
        return failure(rows.error());
    std::vector<ScriptVersion> versions;
    for (qsizetype i = 0; i < rows->size(); ++i) {
        auto version = versionIn((*rows)[i]);
        if (!version)
            return failure(version.error());
        versions.push_back(*std::move(version));
    }
    return versions;
}

Error notFound(const char *what)
{
    return {.code = ErrorCode::NotFound, .detail = QString::fromLatin1(what)};
}

/// Telegram's name of the customer; the callee must be told somebody.
QString callerOf(const customers::Customer &customer)
{
    const QString name = customer.name.simplified();
    return name.isEmpty() ? QStringLiteral("Speechcad") : name;
}

/// Makes it the script's newest.
Result<ScriptVersion> append(engine::Context &context, const customers::Customer &customer,
                             ScriptId script, int number, const ScriptContent &content)
{
    const auto inserted = context.transaction().run(
        QStringLiteral(
            "WITH made AS (INSERT INTO script_versions (script_id, number, name, purpose, "
            "language, voice, on_behalf_of, opening, goal, facts, questions, stop_when, "
            "created_at, cause_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, "
            "?::timestamptz, ?) RETURNING id, script_id) SELECT id FROM made"),
        {script.value, number, content.name, content.purpose, content.language, content.voice,
         callerOf(customer), content.opening, content.goal, content.facts,
         QString::fromUtf8(core::toBytes(toJson(content.questions))), content.stopWhen,
         core::toIso(context.now()), context.cause().value});
    if (!inserted)
        return failure(inserted.error());
    const ScriptVersionId id{inserted->first().integer("id")};
    const auto updated = context.transaction().run(
        QStringLiteral("UPDATE scripts SET current_version_id = ? WHERE id = ?"),
        {id.value, script.value});
    if (!updated)
        return failure(updated.error());
    context.changed(Topic::Script, script.value);
    return ScriptVersion{.id = id,
                         .script = script,
                         .customer = customer.id,
                         .number = number,
                         .onBehalfOf = callerOf(customer),
                         .content = content};
}

} // namespace

Result<ScriptVersion> insertScript(engine::Context &context, const customers::Customer &customer,
                                   const ScriptContent &content)
{
    const auto inserted = context.transaction().run(
        QStringLiteral("INSERT INTO scripts (customer_id, created_at, cause_id) VALUES (?, "
                       "?::timestamptz, ?) RETURNING id"),
        {customer.id.value, core::toIso(context.now()), context.cause().value});
    if (!inserted)
        return failure(inserted.error());
    return append(context, customer, {inserted->first().integer("id")}, 1, content);
}

Result<ScriptVersion> insertVersion(engine::Context &context, const customers::Customer &customer,
                                    ScriptId script, const ScriptContent &content)
{
    const auto newest = findScript(context.transaction(), customer.id, script);
    if (!newest)
        return failure(newest.error());
    if (!*newest)
        return failure(notFound("no such script of this customer"));
    if ((*newest)->content == content)
        return **newest;
    return append(context, customer, script, (*newest)->number + 1, content);
}

Result<void> deleteScript(engine::Context &context, CustomerId customer, ScriptId script)
{
    const auto updated = context.transaction().run(
        QStringLiteral("UPDATE scripts SET deleted_at = ?::timestamptz WHERE id = ? AND "
                       "customer_id = ? AND deleted_at IS NULL"),
        {core::toIso(context.now()), script.value, customer.value});
    if (!updated)
        return failure(updated.error());
    context.changed(Topic::Script, script.value);
    return {};
}

Result<std::optional<ScriptVersion>> findScript(database::Transaction &transaction,
                                                CustomerId customer, ScriptId script)
{
    auto found = versionsIn(transaction.run(
        kSelectVersion +
            QStringLiteral("WHERE s.id = ? AND s.customer_id = ? AND s.deleted_at IS NULL "
                           "AND v.id = s.current_version_id"),
        {script.value, customer.value}));
    if (!found)
        return failure(found.error());
    return found->empty() ? std::optional<ScriptVersion>() : std::optional(found->front());
}

Result<std::vector<ScriptVersion>> listScripts(database::Transaction &transaction,
                                               CustomerId customer, int limit)
{
    return versionsIn(transaction.run(
        kSelectVersion + QStringLiteral("WHERE s.customer_id = ? AND s.deleted_at IS NULL AND "
                                        "v.id = s.current_version_id ORDER BY s.id DESC LIMIT ?"),
        {customer.value, limit}));
}

Result<ScriptVersion> versionOf(database::Transaction &transaction, ScriptVersionId id)
{
    auto found =
        versionsIn(transaction.run(kSelectVersion + QStringLiteral("WHERE v.id = ?"), {id.value}));
    if (!found)
        return failure(found.error());
    if (found->empty())
        return failure(notFound("no such version of a script"));
    return std::move(found->front());
}

Result<WriteLimit> writeLimit(engine::Context &context, CustomerId customer, bool isNewScript)
{
    const auto rows = context.transaction().run(
        QStringLiteral("SELECT count(DISTINCT s.id) FILTER (WHERE s.deleted_at IS NULL) AS "
                       "scripts, count(v.id) FILTER (WHERE v.created_at > ?::timestamptz) AS "
                       "versions FROM scripts s JOIN script_versions v ON v.script_id = s.id "
                       "WHERE s.customer_id = ?"),
        {core::toIso(context.now() - 24h), customer.value});
    if (!rows)
        return failure(rows.error());
    if (isNewScript && rows->first().integer("scripts") >= kScriptsMax)
        return WriteLimit::Scripts;
    return rows->first().integer("versions") >= kVersionsADayMax ? WriteLimit::VersionsADay
                                                                 : WriteLimit::None;
}

} // namespace calls
