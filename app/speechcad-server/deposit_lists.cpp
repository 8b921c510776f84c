#include "console_reader.h"
#include "verbs.h"

#include <QDate>

namespace server {

namespace {

const QString kReviews = QStringLiteral(
    "SELECT id, deposit_id, customer_id, kind, state, coin, asked, received::text AS received, "
    "suggested, in_suspense, subject, evidence, opened_at::text AS opened_at FROM "
    "console.deposit_reviews ");

Json nullable(const database::Row &row, const char *column)
{
    return row.isNull(column) ? Json() : Json(row.integer(column));
}

Json reviewOf(const database::Row &row)
{
    return {{"review", row.integer("id")},
            {"deposit", nullable(row, "deposit_id")},
            {"customer", row.integer("customer_id")},
            {"kind", row.text("kind")},
            {"state", row.text("state")},
            {"coin", row.text("coin")},
            {"asked", row.money("asked").toString()},
            {"received", row.text("received")},
            {"suggested", row.money("suggested").toString()},
            {"in_suspense", row.money("in_suspense").toString()},
            {"subject", row.text("subject")},
            {"evidence", row.text("evidence")},
            {"opened_at", row.text("opened_at")}};
}

QString lineOf(const database::Row &row)
{
    return QStringLiteral("%1  %2  %3  deposit %4  customer %5  asked %6 USD  received %7 %8  "
                          "worth %9")
               .arg(row.integer("id"), 6)
               .arg(row.text("kind"), -16)
               .arg(row.text("state"), -8)
               .arg(row.isNull("deposit_id") ? QStringLiteral("-") : row.text("deposit_id"))
               .arg(row.integer("customer_id"))
               .arg(row.money("asked").toString())
               .arg(row.isNull("received") ? QStringLiteral("?") : row.text("received"),
                    row.text("coin"), row.money("suggested").toString()) +
           QStringLiteral("  ") + row.text("evidence");
}

Json partOf(const database::Row &row)
{
    return {{"transaction", row.text("tx_id")},
            {"least", row.text("least")},
            {"most", row.text("most")},
            {"transfer", nullable(row, "transfer_id")}};
}

QString partLine(const database::Row &row)
{
    return QStringLiteral("  paid %1 by %2%3")
        .arg(row.text("least"),
             row.text("tx_id").isEmpty() ? QStringLiteral("a transaction without a name")
                                         : row.text("tx_id"),
             row.isNull("transfer_id") ? QStringLiteral(", not in its credit") : QString());
}

Json listOf(const database::Rows &rows, Json (*jsonOf)(const database::Row &))
{
    Json list = Json::array();
    for (qsizetype i = 0; i < rows.size(); ++i)
        list.push_back(jsonOf(rows[i]));
    return list;
}

Json eventOf(const database::Row &row)
{
    return {{"at", row.text("at")}, {"kind", row.text("kind")}, {"detail", row.text("detail")}};
}

Json depositOf(const database::Row &row)
{
    return {{"deposit", row.integer("id")},
            {"customer", row.integer("customer_id")},
            {"coin", row.text("coin")},
            {"requested", row.money("requested").toString()},
            {"state", row.text("state")},
            {"expected", row.text("expected")},
            {"received", row.text("received")},
            {"credited", row.money("credited").toString()},
            {"created_at", row.text("created_at")},
            {"transfer", nullable(row, "transfer_id")},
            {"reversal", nullable(row, "reversal_transfer_id")},
            {"rules", nullable(row, "rules_version")},
            {"note", row.text("note")}};
}

} // namespace

int depositList(const Arguments &arguments, const core::Settings &settings)
{
    const QStringList states = {QStringLiteral("open"), QStringLiteral("pending_approval"),
                                QStringLiteral("done"), QStringLiteral("refused"),
                                QStringLiteral("void")};
    const QString state = arguments.option("state");
    if (!state.isEmpty() && !states.contains(state)) {
        printError(QStringLiteral("--state is one of ") + states.join(QStringLiteral(", ")));
        return BadUsage;
    }
    ConsoleReader reader(settings);
    const auto rows =
        reader.run(kReviews + QStringLiteral("WHERE state = ANY (string_to_array(?, ',')) ORDER BY "
                                             "id LIMIT 1000"),
                   {state.isEmpty() ? QStringLiteral("open,pending_approval") : state});
    if (!rows)
        return cannotRun(arguments.isJson, rows.error());
    return printRows(arguments, "reviews", *rows, reviewOf, lineOf);
}

int depositShow(const Arguments &arguments, const core::Settings &settings)
{
    bool isNumber = false;
    const qint64 id = arguments.operands.first().toLongLong(&isNumber);
    if (!isNumber) {
        printError(QStringLiteral("a deposit is named by its number"));
        return BadUsage;
    }
    ConsoleReader reader(settings);
    const auto found = reader.run(
        QStringLiteral("SELECT id, customer_id, coin, requested, state, expected::text AS "
                       "expected, received::text AS received, credited, created_at::text AS "
                       "created_at, transfer_id, reversal_transfer_id, rules_version, note FROM "
                       "console.deposits WHERE id = ?"),
        {id});
    const auto events = reader.run(
        QStringLiteral("SELECT at::text AS at, kind, detail FROM console.deposit_events WHERE "
                       "deposit_id = ? ORDER BY id LIMIT 1000"),
        {id});
    const auto reviews =
        reader.run(kReviews + QStringLiteral("WHERE deposit_id = ? ORDER BY id"), {id});
    const auto parts = reader.run(
        QStringLiteral("SELECT tx_id, least::text AS least, most::text AS most, transfer_id FROM "
                       "console.deposit_parts WHERE deposit_id = ? ORDER BY seen_at, tx_id"),
        {id});
    for (const auto *result : {&found, &events, &reviews, &parts}) {
        if (!*result)
            return cannotRun(arguments.isJson, result->error());
    }
    if (found->isEmpty()) {
        printError(QStringLiteral("there is no deposit %1").arg(id));
        return FoundProblem;
    }
    const Json deposit = depositOf(found->first());
    if (arguments.isJson) {
        printJson({{"deposit", deposit},
                   {"events", listOf(*events, eventOf)},
                   {"parts", listOf(*parts, partOf)},
                   {"reviews", listOf(*reviews, reviewOf)}});
        return Good;
    }
    for (const auto &[name, value] : deposit.items())
        printLine(QStringLiteral("%1 %2")
                      .arg(QString::fromStdString(name), -11)
                      .arg(value.is_string() ? value.get<QString>()
                                             : QString::fromStdString(value.dump())));
    for (qsizetype i = 0; i < parts->size(); ++i)
        printLine(partLine((*parts)[i]));
    for (qsizetype i = 0; i < events->size(); ++i)
        printLine(QStringLiteral("  %1  %2  %3")
                      .arg((*events)[i].text("at"), (*events)[i].text("kind"),
                           (*events)[i].text("detail")));
    for (qsizetype i = 0; i < reviews->size(); ++i)
        printLine(lineOf((*reviews)[i]));
    return Good;
}

int depositMargin(const Arguments &arguments, const core::Settings &settings, const Clock &clock)
{
    const QString today = core::toIso(clock.now()).left(10);
    const QString to = arguments.has("to") ? arguments.option("to") : today;
    const QDate last = QDate::fromString(to, Qt::ISODate);
    const QString from =
        arguments.has("from") ? arguments.option("from") : last.addDays(-29).toString(Qt::ISODate);
    if (!last.isValid() || !QDate::fromString(from, Qt::ISODate).isValid()) {
        printError(QStringLiteral("a day is written as 2026-11-22"));
        return BadUsage;
    }
    ConsoleReader reader(settings);
    const auto rows = reader.run(
        QStringLiteral("SELECT day::text AS day, coin, deposits, paid, asked, received, credited, "
                       "suspense, fees, fees_known FROM console.deposit_margin(?::date, ?::date)"),
        {from, to});
    if (!rows)
        return cannotRun(arguments.isJson, rows.error());
    return printRows(
        arguments, "lines", *rows,
        [](const database::Row &row) {
            return Json({{"day", row.text("day")},
                         {"coin", row.text("coin")},
                         {"deposits", row.integer("deposits")},
                         {"paid", row.integer("paid")},
                         {"asked", row.money("asked").toString()},
                         {"received", row.money("received").toString()},
                         {"credited", row.money("credited").toString()},
                         {"suspense", row.money("suspense").toString()},
                         {"fees", row.money("fees").toString()},
                         {"fees_known", row.integer("fees_known")}});
        },
        [](const database::Row &row) {
            return QStringLiteral("%1  %2  %3 deposits, %4 paid  asked %5  received %6  credited "
                                  "%7  suspense %8")
                       .arg(row.text("day"))
                       .arg(row.text("coin"), -14)
                       .arg(row.integer("deposits"))
                       .arg(row.integer("paid"))
                       .arg(row.money("asked").toString(), row.money("received").toString(),
                            row.money("credited").toString(), row.money("suspense").toString()) +
                   QStringLiteral("  fees %1 (known of %2)")
                       .arg(row.money("fees").toString())
                       .arg(row.integer("fees_known"));
        });
}

int depositComparisons(const Arguments &arguments, const core::Settings &settings)
{
    ConsoleReader reader(settings);
    const auto rows = reader.run(
        QStringLiteral("SELECT id, started_at::text AS started_at, state, pages, events, ours, "
                       "missed FROM console.deposit_comparisons ORDER BY id DESC LIMIT 30"));
    if (!rows)
        return cannotRun(arguments.isJson, rows.error());
    return printRows(
        arguments, "comparisons", *rows,
        [](const database::Row &row) {
            return Json({{"comparison", row.integer("id")},
                         {"started_at", row.text("started_at")},
                         {"state", row.text("state")},
                         {"pages", row.integer("pages")},
                         {"events", row.integer("events")},
                         {"ours", row.integer("ours")},
                         {"missed", row.integer("missed")}});
        },
        [](const database::Row &row) {
            return QStringLiteral("%1  %2  %3 events, %4 of ours, %5 had not come")
                .arg(row.text("started_at"), row.text("state"))
                .arg(row.integer("events"))
                .arg(row.integer("ours"))
                .arg(row.integer("missed"));
        });
}

} // namespace server
