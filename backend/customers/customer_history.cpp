#include "customers/customer_history.h"

#include "core/json.h"
#include "language/markup.h"

#include <QRegularExpression>

namespace customers {

namespace {

using Kind = api::TimelineRow::Kind;

constexpr int kSources = 8; // ids of the stream: the source's own id times this, plus the source
constexpr int kRowsMax = 500;

/// Every branch gives the same columns: source, id, at, kind, title, detail, amount, object. Each
/// walks an index of the customer; `%2` is the customer.
struct Branch {
    const char *group; // of the filter field `kind`
    const char *sql;
};

const Branch kBranches[] = {
    {"message",
     "SELECT 0 AS source, o.id, o.created_at AS at, 'out' AS kind, o.text_key AS title, o.shown AS "
     "detail, NULL::bigint AS amount, o.id AS object FROM outbox o "
     "WHERE o.provider = 1 AND o.lane = 'chat:' || %2 AND o.method IN ('sendMessage', "
     "'sendPhoto')"},
    // What they wrote is found by our answers, which name it as their cause.
    {"message",
     "SELECT DISTINCT 1 AS source, i.id, i.received_at AS at, 'in' AS kind, '' AS title, "
     "i.said AS detail, NULL::bigint AS amount, i.id AS object FROM outbox o JOIN inbox i ON i.id "
     "= "
     "o.cause_id WHERE o.provider = 1 AND o.lane = 'chat:' || %2 AND i.source = 1"},
    {"deposit",
     "SELECT 2 AS source, e.id, e.at, 'deposit' AS kind, 'D-' || d.id AS title, e.kind || CASE "
     "WHEN e.detail = '' THEN '' ELSE ', ' || e.detail END AS detail, NULL::bigint AS amount, d.id "
     "AS object FROM deposits d JOIN deposit_events e ON e.deposit_id = d.id WHERE d.customer_id = "
     "%2"},
    {"call",
     "SELECT 3 AS source, e.id, e.at, 'call' AS kind, 'C-' || c.id AS title, e.kind || CASE WHEN "
     "e.detail = '' THEN '' ELSE ', ' || e.detail END AS detail, NULL::bigint AS amount, c.id AS "
     "object FROM calls c JOIN call_events e ON e.call_id = c.id WHERE c.customer_id = %2"},
    {"money",
     "SELECT 4 AS source, t.id, t.at, t.kind, 'Posting ' || t.id AS title, t.request_key AS "
     "detail, "
     "t.available + t.debt AS amount, t.id AS object FROM transfers t WHERE t.customer_id = %2"},
};

struct Wanted {
    qint64 customer = 0;
    QString kind;
};

Result<Wanted> wantedOf(const api::PageQuery &query)
{
    Wanted wanted;
    for (const api::FilterTerm &term : query.filter) {
        if (term.field == QLatin1String("customer"))
            wanted.customer = term.value.toLongLong();
        else if (term.field == QLatin1String("kind"))
            wanted.kind = term.value;
    }
    if (wanted.customer <= 0)
        return failure({.code = ErrorCode::BadInput,
                        .detail = QStringLiteral("a history is of one customer")});
    return wanted;
}

QString streamOf(const Wanted &wanted)
{
    QStringList branches;
    for (const Branch &branch : kBranches) {
        if (wanted.kind.isEmpty() || wanted.kind == QLatin1String(branch.group))
            branches << u'(' +
                            QString::fromUtf8(branch.sql)
                                .replace(QLatin1String("%2"), QString::number(wanted.customer)) +
                            u')';
    }
    return branches.join(QStringLiteral(" UNION ALL "));
}

Kind kindOf(const QString &kind)
{
    static const QHash<QString, Kind> kinds = {
        {QStringLiteral("out"), Kind::MessageOut},  {QStringLiteral("in"), Kind::MessageIn},
        {QStringLiteral("deposit"), Kind::Deposit}, {QStringLiteral("call"), Kind::Call},
        {QStringLiteral("hold"), Kind::Hold},       {QStringLiteral("charge"), Kind::Charge},
        {QStringLiteral("release"), Kind::Release}, {QStringLiteral("refund"), Kind::Refund},
    };
    return kinds.value(kind, Kind::OtherTransfer);
}

/// "micros:id" of the row behind which the page begins.
struct Cursor {
    QString sql;
    database::Values values;
};

Cursor cursorOf(const api::PageQuery &query)
{
    const QString order =
        query.isBackwards ? QStringLiteral(" ORDER BY s.at, s.id * 8 + s.source LIMIT ?")
                          : QStringLiteral(" ORDER BY s.at DESC, s.id * 8 + s.source DESC LIMIT ?");
    const int limit = std::clamp(query.limit, 1, kRowsMax);
    const QStringList parts = query.after.split(u':');
    if (parts.size() != 2)
        return {order, {limit}};
    return {QStringLiteral(" WHERE (to_micros(s.at), s.id * 8 + s.source) %1 (?::bigint, "
                           "?::bigint)")
                    .arg(QChar(query.isBackwards ? u'>' : u'<')) +
                order,
            {parts[0].toLongLong(), parts[1].toLongLong(), limit}};
}

Result<qint64> countOf(database::Connection &connection, const QString &stream)
{
    const auto rows =
        connection.run(QStringLiteral("SELECT count(*) AS n FROM (%1) s").arg(stream));
    if (!rows)
        return failure(rows.error());
    return rows->first().integer("n");
}

api::TimelineRow timelineRowOf(const database::Row &row)
{
    const auto amount = row.optionalInteger("amount");
    return {.id = row.integer("id") * kSources + row.integer("source"),
            .kind = kindOf(row.text("kind")),
            .at = row.time("moment"),
            .title = row.text("title"),
            .detail = withoutNumbers(language::withoutMarkup(row.text("detail"))),
            .amount = amount ? std::optional(Money::fromMicros(*amount)) : std::nullopt,
            .object = row.integer("object")};
}

/// The stored texts of a message of ours, in another language.
QString translated(const QString &stored, const language::Catalogue &catalogue,
                   const QString &language)
{
    const auto texts = core::parseJson(stored.toUtf8());
    if (!texts || !texts->is_array())
        return {};
    QStringList parts;
    for (const Json &each : *texts) {
        const auto text = language::textFromJson(each);
        const auto rendered = text ? catalogue.renderPlain(*text, language)
                                   : Result<language::Rendered>(failure(text.error()));
        if (rendered)
            parts << rendered->text;
    }
    return withoutNumbers(language::withoutMarkup(parts.join(QStringLiteral("\n\n"))));
}

api::MessageRow messageRowOf(const database::Row &row, const language::Catalogue &catalogue,
                             const QString &language)
{
    const bool isTheirs = row.integer("source") == 1;
    return {.id = row.integer("id") * kSources + row.integer("source"),
            .at = row.time("moment"),
            .isFromCustomer = isTheirs,
            .isEdit = row.text("method").startsWith(QLatin1String("edit")),
            .shown = withoutNumbers(language::withoutMarkup(row.text("shown"))),
            .key = row.text("key"),
            .mine = isTheirs ? QString() : translated(row.text("texts"), catalogue, language),
            .state = row.text("state")};
}

} // namespace

QString withoutNumbers(const QString &text)
{
    static const QRegularExpression number(
        QStringLiteral("\\+(\\d{1,3})[ \\d()./-]{4,16}(\\d{2})(?!\\d)"));
    QString shown = text;
    return shown.replace(number, QStringLiteral("+\\1 \u2022\u2022\u2022\u2022 \u2022\u2022\\2"));
}

Result<api::Page<api::TimelineRow>> readTimeline(database::Connection &connection,
                                                 const api::PageQuery &query, Timestamp now)
{
    const auto wanted = wantedOf(query);
    if (!wanted)
        return failure(wanted.error());
    const QString stream = streamOf(*wanted);
    api::Page<api::TimelineRow> page;
    page.readAt = now;
    if (stream.isEmpty())
        return page;
    if (query.isCounted) {
        const auto count = countOf(connection, stream);
        if (!count)
            return failure(count.error());
        page.total = *count;
    }
    const Cursor cursor = cursorOf(query);
    const auto rows = connection.run(
        QStringLiteral("SELECT s.*, to_micros(s.at) AS moment FROM (%1) s").arg(stream) +
            cursor.sql,
        cursor.values);
    if (!rows)
        return failure(rows.error());
    for (qsizetype i = 0; i < rows->size(); ++i)
        page.rows.append(timelineRowOf((*rows)[i]));
    if (page.rows.size() == cursor.values.last().toInt())
        page.next = QStringLiteral("%1:%2")
                        .arg(core::toMicros(page.rows.last().at))
                        .arg(page.rows.last().id);
    if (query.isBackwards)
        std::reverse(page.rows.begin(), page.rows.end());
    return page;
}

Result<api::Page<api::MessageRow>> readMessages(database::Connection &connection,
                                                const api::PageQuery &query,
                                                const language::Catalogue &catalogue,
                                                const QString &language, Timestamp now)
{
    const auto wanted = wantedOf(query);
    if (!wanted)
        return failure(wanted.error());
    const QString stream =
        QStringLiteral(
            "(SELECT 0 AS source, o.id, o.created_at AS at, o.method, o.shown, o.text_key AS "
            "key, o.texts, coalesce((SELECT d.state FROM outbox_outcomes d WHERE d.outbox_id = "
            "o.id), "
            "'waiting') AS state FROM outbox o WHERE o.provider = 1 AND o.lane = 'chat:%1') UNION "
            "ALL (SELECT DISTINCT 1 AS source, i.id, i.received_at AS at, '' AS method, "
            "i.said AS shown, '' AS key, NULL AS texts, '' AS state FROM outbox o JOIN inbox i ON "
            "i.id = "
            "o.cause_id WHERE o.provider = 1 AND o.lane = 'chat:%1' AND i.source = 1)")
            .arg(wanted->customer);
    api::Page<api::MessageRow> page;
    page.readAt = now;
    if (query.isCounted) {
        const auto count = countOf(connection, stream);
        if (!count)
            return failure(count.error());
        page.total = *count;
    }
    const Cursor cursor = cursorOf(query);
    const auto rows = connection.run(
        QStringLiteral("SELECT s.*, to_micros(s.at) AS moment FROM (%1) s").arg(stream) +
            cursor.sql,
        cursor.values);
    if (!rows)
        return failure(rows.error());
    for (qsizetype i = 0; i < rows->size(); ++i)
        page.rows.append(messageRowOf((*rows)[i], catalogue, language));
    if (page.rows.size() == cursor.values.last().toInt())
        page.next = QStringLiteral("%1:%2")
                        .arg(core::toMicros(page.rows.last().at))
                        .arg(page.rows.last().id);
    if (query.isBackwards)
        std::reverse(page.rows.begin(), page.rows.end());
    return page;
}

} // namespace customers
