#include "api/bulk_refunds.h"
#include "console_reader.h"
#include "operator_session.h"
#include "verbs.h"

namespace server {

namespace {

QStringList listIn(const Arguments &arguments, const char *option)
{
    return arguments.option(option).split(u',', Qt::SkipEmptyParts);
}

/// Errors: BadInput, in words for who typed it.
Result<qint64> numberIn(const Arguments &arguments, const char *option)
{
    bool isNumber = false;
    const qint64 number = arguments.option(option).toLongLong(&isNumber);
    if (!isNumber)
        return failure({.code = ErrorCode::BadInput,
                        .detail = QStringLiteral("--%1 is a number").arg(QLatin1String(option))});
    return number;
}

Result<api::BulkRefundQuery> queryIn(const Arguments &arguments)
{
    api::BulkRefundQuery query = {.from = {},
                                  .to = {},
                                  .disconnections = listIn(arguments, "disconnection"),
                                  .states = listIn(arguments, "state"),
                                  .regions = listIn(arguments, "region")};
    const auto from = core::fromIso(arguments.option("from"));
    const auto to = core::fromIso(arguments.option("to"));
    if (!from || !to)
        return failure(
            {.code = ErrorCode::BadInput,
             .detail = QStringLiteral("--from and --to are times such as 2026-11-22T08:00:00Z, of "
                                      "the calls' ends")});
    query.from = *from;
    query.to = *to;
    if (arguments.has("script")) {
        const auto script = numberIn(arguments, "script");
        if (!script)
            return failure(script.error());
        query.script = *script;
    }
    if (arguments.has("customer")) {
        const auto customer = numberIn(arguments, "customer");
        if (!customer)
            return failure(customer.error());
        query.customer = CustomerId{*customer};
    }
    return query;
}

Result<api::BulkRefundWish> wishIn(const Arguments &arguments)
{
    auto query = queryIn(arguments);
    if (!query)
        return failure(query.error());
    api::BulkRefundWish wish = {.query = *std::move(query),
                                .reason = arguments.option("reason"),
                                .note = arguments.option("note")};
    if (!api::refundReasons().contains(wish.reason))
        return failure({.code = ErrorCode::BadInput,
                        .detail = QStringLiteral("--reason is one of ") +
                                  api::refundReasons().join(QStringLiteral(", "))});
    const QString amount = arguments.option("amount");
    if (amount.isEmpty() || amount == QLatin1String("full"))
        return wish;
    if (amount == QLatin1String("half")) {
        wish.share = api::RefundShare::Half;
        return wish;
    }
    const auto each = Money::parse(amount);
    if (!each || !each->isPositive())
        return failure(
            {.code = ErrorCode::BadInput,
             .detail = QStringLiteral("--amount is full, half, or USD of each such as 0.50")});
    wish.share = api::RefundShare::Amount;
    wish.each = *each;
    return wish;
}

QString inWords(const api::BulkRefundPreview &preview, const QString &next)
{
    QStringList lines;
    for (const api::BulkRefundRow &row : preview.rows) {
        const QString call = QStringLiteral("  call %1  customer %2  paid %3")
                                 .arg(row.call.value, 8)
                                 .arg(row.customer.value, 12)
                                 .arg(row.paid.toString(), 10);
        lines << (row.amount.isPositive()
                      ? call + QStringLiteral("  gives back %1 USD").arg(row.amount.toString(), 10)
                      : call + QStringLiteral("  nothing: %1").arg(row.why));
    }
    lines << QStringLiteral("%1 USD for %2 calls of %3 customers; %4 calls get nothing, %5 more "
                            "cost nothing")
                 .arg(preview.total.toString())
                 .arg(preview.calls)
                 .arg(preview.customers)
                 .arg(preview.rows.size() - preview.calls)
                 .arg(preview.uncharged)
          << QStringLiteral("others have to agree (%1)").arg(preview.rule)
          << next.arg(preview.hash.left(kHashDigitsMin));
    return lines.join(u'\n');
}

/// What `wish` would do now, as the server says it; nothing: that was reported.
std::optional<api::BulkRefundPreview> look(const Arguments &arguments, OperatorSession &session,
                                           const Json &wish, const QString &next, int &status)
{
    const auto looked = session.run("refund.bulk.preview", wish);
    const auto preview = looked ? api::bulkPreviewFromJson(looked->answer)
                                : Result<api::BulkRefundPreview>(failure(looked.error()));
    if (!preview || !arguments.has("confirm")) {
        status = report(arguments, looked, [&](const Json &) { return inWords(*preview, next); });
        return std::nullopt;
    }
    if (!preview->hash.startsWith(arguments.option("confirm").toLower())) {
        printError(QStringLiteral("the figures are others now; look again"));
        status = FoundProblem;
        return std::nullopt;
    }
    return *preview;
}

bool isConfirmedBadly(const Arguments &arguments)
{
    return arguments.has("confirm") && arguments.option("confirm").size() < kHashDigitsMin;
}

std::optional<qint64> batchIn(const Arguments &arguments)
{
    bool isNumber = false;
    const qint64 batch = arguments.operands[0].toLongLong(&isNumber);
    return isNumber ? std::optional(batch) : std::nullopt;
}

Json batchJson(const database::Row &row)
{
    return {{"batch", row.integer("id")},
            {"key", row.text("batch_key")},
            {"state", row.text("state")},
            {"calls", row.integer("calls")},
            {"total", row.money("total").toString()},
            {"reason", row.text("reason")},
            {"needs", row.text("needs")},
            {"rule", row.text("rule")},
            {"by", row.text("by")},
            {"decision", row.text("decision")},
            {"done", row.integer("done")},
            {"refused", row.integer("refused")},
            {"left", row.integer("left_out")},
            {"planned", row.integer("planned")}};
}

QString batchLine(const database::Row &row)
{
    return QStringLiteral("%1  %2  %3  %4 calls, %5 USD  by %6  needs %7 (%8)  done %9")
        .arg(row.integer("id"), 6)
        .arg(row.text("state"), -16)
        .arg(row.text("batch_key"), -24)
        .arg(row.integer("calls"))
        .arg(row.money("total").toString(), row.text("by"), row.text("needs"), row.text("rule"))
        .arg(row.integer("done"));
}

const QString kBatches = QStringLiteral(
    "SELECT b.id, b.batch_key, b.state, b.calls, b.total, b.reason, b.needs, b.rule, b.decision, "
    "o.name AS by, x.done, x.refused, x.left_out, x.planned FROM console.refund_batches b JOIN "
    "console.operators o ON o.id = b.requested_by CROSS JOIN LATERAL (SELECT count(*) FILTER "
    "(WHERE r.state = 'done') AS done, count(*) FILTER (WHERE r.state = 'refused') AS refused, "
    "count(*) FILTER (WHERE r.state = 'left') AS left_out, count(*) FILTER (WHERE r.state = "
    "'planned') AS planned FROM console.refund_batch_rows r WHERE r.batch_id = b.id) x ");

int bulkPreview(const Arguments &arguments, const core::Settings &settings)
{
    const auto wish = wishIn(arguments);
    if (!wish)
        return misused(wish.error().detail);
    auto session = OperatorSession::openSignedIn(arguments, settings);
    if (!session)
        return cannotRun(arguments.isJson, session.error());
    int status = Good;
    (void)look(arguments, **session, api::toJson(*wish),
               QStringLiteral("ask for it by refund bulk request --key NAME --confirm %1"), status);
    return status;
}

int bulkRequest(const Arguments &arguments, const core::Settings &settings)
{
    const auto wish = wishIn(arguments);
    if (!wish)
        return misused(wish.error().detail);
    if (isConfirmedBadly(arguments))
        return misused(QStringLiteral("--confirm needs the first 8 digits of the preview's hash"));
    if (!arguments.has("key"))
        return misused(QStringLiteral("--key is a name, such as outage-2026-11-28, that keeps it "
                                      "from being asked for twice"));
    auto session = OperatorSession::openSignedIn(arguments, settings);
    if (!session)
        return cannotRun(arguments.isJson, session.error());
    Json payload = api::toJson(*wish);
    int status = Good;
    const auto seen =
        look(arguments, **session, payload, QStringLiteral("repeat it with --confirm %1"), status);
    if (!seen)
        return status;
    payload["key"] = arguments.option("key");
    payload["hash"] = seen->hash;
    return report(arguments, (*session)->run("refund.bulk.request", payload),
                  [](const Json &answer) {
                      return QStringLiteral("batch %1 waits for others")
                          .arg(core::integerMember(answer, "batch").value_or(0));
                  });
}

int bulkApprove(const Arguments &arguments, const core::Settings &settings)
{
    const auto batch = batchIn(arguments);
    if (!batch)
        return misused(QStringLiteral("a batch is named by its number: see refund bulk list"));
    if (isConfirmedBadly(arguments))
        return misused(QStringLiteral("--confirm needs the first 8 digits of the preview's hash"));
    auto session = OperatorSession::openSignedIn(arguments, settings);
    if (!session)
        return cannotRun(arguments.isJson, session.error());
    Json payload = {{"v", 1}, {"batch", *batch}};
    int status = Good;
    const auto seen = look(arguments, **session, payload,
                           QStringLiteral("agree by repeating it with --confirm %1"), status);
    if (!seen)
        return status;
    payload["hash"] = seen->hash;
    return report(
        arguments, runWithCode(arguments, **session, "refund.bulk.approve", payload),
        [&](const Json &answer) {
            return core::textMember(answer, "state") == QStringLiteral("running")
                       ? QStringLiteral("batch %1 runs; refund bulk show %1 says how far "
                                        "it is")
                             .arg(*batch)
                       : QStringLiteral("batch %1 waits for another person of Finance").arg(*batch);
        });
}

int bulkCancel(const Arguments &arguments, const core::Settings &settings)
{
    const auto batch = batchIn(arguments);
    if (!batch)
        return misused(QStringLiteral("a batch is named by its number: see refund bulk list"));
    return runCommand(arguments, settings, "refund.bulk.cancel", {{"batch", *batch}},
                      [&](const Json &answer) {
                          return QStringLiteral("batch %1 is %2: %3 calls were given back, %4 are "
                                                "not")
                              .arg(*batch)
                              .arg(core::textMember(answer, "state").value_or(QString()))
                              .arg(core::integerMember(answer, "done").value_or(0))
                              .arg(core::integerMember(answer, "left").value_or(0));
                      });
}

int bulkList(const Arguments &arguments, const core::Settings &settings)
{
    ConsoleReader reader(settings);
    const auto rows = reader.run(kBatches + QStringLiteral("ORDER BY b.id DESC LIMIT 100"));
    if (!rows)
        return cannotRun(arguments.isJson, rows.error());
    return printRows(arguments, "batches", *rows, batchJson, batchLine);
}

int bulkShow(const Arguments &arguments, const core::Settings &settings)
{
    const auto batch = batchIn(arguments);
    if (!batch)
        return misused(QStringLiteral("a batch is named by its number: see refund bulk list"));
    ConsoleReader reader(settings);
    const auto found = reader.run(kBatches + QStringLiteral("WHERE b.id = ?"), {*batch});
    if (!found)
        return cannotRun(arguments.isJson, found.error());
    if (found->isEmpty()) {
        printError(QStringLiteral("there is no batch %1").arg(*batch));
        return FoundProblem;
    }
    const auto rows = reader.run(
        QStringLiteral("SELECT call_id, customer_id, amount, state, why, coalesce(refund_id, 0) AS "
                       "refund_id FROM console.refund_batch_rows WHERE batch_id = ? ORDER BY "
                       "call_id"),
        {*batch});
    if (!rows)
        return cannotRun(arguments.isJson, rows.error());
    Json calls = Json::array();
    for (qsizetype i = 0; i < rows->size(); ++i) {
        const database::Row row = (*rows)[i];
        calls.push_back({{"call", row.integer("call_id")},
                         {"customer", row.integer("customer_id")},
                         {"amount", row.money("amount").toString()},
                         {"state", row.text("state")},
                         {"why", row.text("why")},
                         {"refund", row.integer("refund_id")}});
        if (!arguments.isJson)
            printLine(QStringLiteral("  call %1  customer %2  %3 USD  %4 %5")
                          .arg(row.integer("call_id"), 8)
                          .arg(row.integer("customer_id"), 12)
                          .arg(row.money("amount").toString(), 10)
                          .arg(row.text("state"), -8)
                          .arg(row.text("why")));
    }
    Json whole = batchJson(found->first());
    whole["rows"] = std::move(calls);
    if (arguments.isJson)
        printJson(whole);
    else
        printLine(batchLine(found->first()));
    return Good;
}

} // namespace

int refundBulk(const Arguments &arguments, const core::Settings &settings)
{
    const QString what = arguments.verb.section(u' ', -1);
    if (what == QLatin1String("preview"))
        return bulkPreview(arguments, settings);
    if (what == QLatin1String("request"))
        return bulkRequest(arguments, settings);
    if (what == QLatin1String("approve"))
        return bulkApprove(arguments, settings);
    if (what == QLatin1String("cancel"))
        return bulkCancel(arguments, settings);
    return what == QLatin1String("show") ? bulkShow(arguments, settings)
                                         : bulkList(arguments, settings);
}

} // namespace server
