#include "calls/customer_calls.h"

#include "calls/script_content.h"

namespace calls {

namespace {

const QString kSelect = QStringLiteral(
    "SELECT c.id, v.script_id, v.id AS version_id, v.name, c.to_number, c.state, "
    "coalesce(c.disconnection_reason, '') AS reason, to_micros(c.asked_at) AS asked_at, "
    "ceil(c.duration_ms / 1000.0)::bigint AS seconds, c.charged, coalesce(c.summary, '') AS "
    "summary, c.is_recorded, v.questions::text AS questions, coalesce(c.analysis, '{}')::text AS "
    "analysis, coalesce(c.transcript, '[]')::text AS transcript FROM calls c "
    "JOIN script_versions v ON v.id = c.script_version_id WHERE c.customer_id = ? ");

PastCall callIn(const database::Row &row)
{
    PastCall call;
    call.id = {row.integer("id")};
    call.script = {row.integer("script_id")};
    call.version = {row.integer("version_id")};
    call.scriptName = row.text("name");
    call.to = row.text("to_number");
    call.state = stateOf(row.text("state"));
    call.reason = row.text("reason");
    call.askedAt = row.time("asked_at");
    if (const auto seconds = row.optionalInteger("seconds"))
        call.duration = std::chrono::seconds(*seconds);
    call.charged = row.money("charged");
    call.summary = row.text("summary");
    call.isRecorded = row.boolean("is_recorded");
    return call;
}

/// The provider gives texts, numbers and booleans.
QString answerText(const Json &results, const QString &key)
{
    const QByteArray name = key.toUtf8();
    if (const auto text = core::numberText(results, name.constData()))
        return *text;
    if (const auto text = core::textMember(results, name.constData()))
        return *text;
    return {};
}

Result<void> readAnswers(const database::Row &row, PastCall &call)
{
    const auto questions = core::parseJson(row.text("questions").toUtf8());
    const auto analysis = core::parseJson(row.text("analysis").toUtf8());
    if (!questions || !analysis)
        return failure(questions ? analysis.error() : questions.error());
    const Json &results = *analysis;
    for (const Question &question : questionsFrom(*questions)) {
        const QString answer = answerText(results, question.key);
        if (!answer.isEmpty())
            call.answers.append({question.name.isEmpty() ? question.words : question.name, answer});
    }
    return {};
}

Result<void> readTranscript(const database::Row &row, PastCall &call)
{
    const auto lines = core::parseJson(row.text("transcript").toUtf8());
    if (!lines)
        return failure(lines.error());
    for (const Json &line : *lines) {
        const QString role = core::textMember(line, "role").value_or(QString());
        const QString words = core::textMember(line, "content").value_or(QString());
        const bool isOurs = role == QLatin1String("agent");
        if (!words.isEmpty() && (isOurs || role == QLatin1String("user")))
            call.transcript.append({isOurs, words});
    }
    return {};
}

} // namespace

Result<std::vector<PastCall>> listPastCalls(database::Transaction &transaction, CustomerId customer,
                                            CallId before, int limit)
{
    const auto rows = transaction.run(
        kSelect + QStringLiteral("AND (? = 0 OR c.id < ?) ORDER BY c.id DESC LIMIT ?"),
        {customer.value, before.value, before.value, limit});
    if (!rows)
        return failure(rows.error());
    std::vector<PastCall> calls;
    for (qsizetype i = 0; i < rows->size(); ++i)
        calls.push_back(callIn((*rows)[i]));
    return calls;
}

Result<std::optional<PastCall>> findPastCall(database::Transaction &transaction,
                                             CustomerId customer, CallId id)
{
    const auto rows =
        transaction.run(kSelect + QStringLiteral("AND c.id = ?"), {customer.value, id.value});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return std::optional<PastCall>();
    PastCall call = callIn(rows->first());
    if (auto read = readAnswers(rows->first(), call); !read)
        return failure(read.error());
    if (auto read = readTranscript(rows->first(), call); !read)
        return failure(read.error());
    return std::optional(std::move(call));
}

Result<std::optional<CallId>> openCall(database::Transaction &transaction, CustomerId customer)
{
    const auto rows = transaction.run(
        QStringLiteral("SELECT id FROM calls WHERE customer_id = ? AND campaign_id IS NULL AND "
                       "NOT is_final ORDER BY id DESC LIMIT 1"),
        {customer.value});
    if (!rows)
        return failure(rows.error());
    return rows->isEmpty() ? std::optional<CallId>()
                           : std::optional(CallId{rows->first().integer("id")});
}

Result<QStringList> recentNumbers(database::Transaction &transaction, CustomerId customer,
                                  int limit)
{
    const auto rows = transaction.run(
        QStringLiteral("SELECT to_number FROM calls WHERE customer_id = ? AND campaign_id IS NULL "
                       "GROUP BY to_number ORDER BY max(id) DESC LIMIT ?"),
        {customer.value, limit});
    if (!rows)
        return failure(rows.error());
    QStringList numbers;
    for (qsizetype i = 0; i < rows->size(); ++i)
        numbers << (*rows)[i].text("to_number");
    return numbers;
}

Result<bool> mustCallOwnNumber(database::Transaction &transaction, CustomerId customer)
{
    const auto rows = transaction.run(
        QStringLiteral("SELECT EXISTS (SELECT FROM policy_switches WHERE name = "
                       "'first_call_to_self' AND is_on) AND NOT EXISTS (SELECT FROM calls WHERE "
                       "customer_id = ? AND dialled_at IS NOT NULL) AS must"),
        {customer.value});
    if (!rows)
        return failure(rows.error());
    return rows->first().boolean("must");
}

} // namespace calls
