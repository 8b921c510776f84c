#include "console_reader.h"
#include "operator_session.h"
#include "verbs.h"

namespace server {

namespace {

/// The three ways from a wish to what is done about it are the same for adjustments and payouts:
/// looked at, asked for with what was seen, agreed to by others with what they see.
struct Register {
    const char *noun;    // and the member of the payload that names one
    const char *preview; // kinds of commands
    const char *request;
    const char *approve;
};

constexpr Register kAdjustments = {"adjustment", "adjustment.preview", "adjustment.request",
                                   "adjustment.approve"};
constexpr Register kReversals = {"adjustment", "adjustment.preview", "refund.reverse",
                                 "adjustment.approve"};
constexpr Register kDepositReversals = {"adjustment", "adjustment.preview", "deposit.reverse",
                                        "adjustment.approve"};
constexpr Register kPayouts = {"payout", "payout.preview", "payout.request", "payout.approve"};

QString previewWords(const api::RefundPreview &preview)
{
    QStringList lines;
    for (const api::RefundEntry &entry : preview.entries) {
        QString line =
            QStringLiteral("  %1 %2 USD").arg(entry.account, -18).arg(entry.amount.toString(), 14);
        if (entry.before && entry.after)
            line += QStringLiteral("   %1 -> %2")
                        .arg(entry.before->toString(), entry.after->toString());
        lines << line;
    }
    lines << QStringLiteral("the customer will read (%1): %2")
                 .arg(preview.customerLanguage, preview.customerText)
          << QStringLiteral("in your language: %1").arg(preview.operatorText)
          << QStringLiteral("rule: %1").arg(preview.rule)
          << QStringLiteral("repeat it with --confirm %1").arg(preview.hash.left(kHashDigitsMin));
    return lines.join(u'\n');
}

/// Shows what it would do; with the digits of its hash, gives `kind`.
int lookThenGive(const Arguments &arguments, const core::Settings &settings, const char *preview,
                 const char *kind, Json payload, const Told &told)
{
    if (arguments.has("confirm") && arguments.option("confirm").size() < kHashDigitsMin)
        return misused(QStringLiteral("--confirm needs the first 8 digits of the preview's hash"));
    auto session = OperatorSession::openSignedIn(arguments, settings);
    if (!session)
        return cannotRun(arguments.isJson, session.error());
    payload["v"] = 1;
    const auto looked = (*session)->run(preview, payload);
    const auto shown = looked ? api::refundPreviewFromJson(looked->answer)
                              : Result<api::RefundPreview>(failure(looked.error()));
    if (!shown || !arguments.has("confirm"))
        return report(arguments, looked, [&](const Json &) { return previewWords(*shown); });
    if (!shown->hash.startsWith(arguments.option("confirm").toLower())) {
        printError(QStringLiteral("the figures are others now; look again"));
        return FoundProblem;
    }
    payload["hash"] = shown->hash;
    return report(arguments, runWithCode(arguments, **session, kind, payload), told);
}

int ask(const Arguments &arguments, const core::Settings &settings, const Register &where,
        const Json &payload)
{
    return lookThenGive(arguments, settings, where.preview, where.request, payload,
                        [&](const Json &answer) {
                            return QStringLiteral("%1 %2 waits for others")
                                .arg(QLatin1String(where.noun))
                                .arg(core::integerMember(answer, where.noun).value_or(0));
                        });
}

std::optional<qint64> numberIn(const Arguments &arguments)
{
    bool isNumber = false;
    const qint64 number = arguments.operands[0].toLongLong(&isNumber);
    return isNumber ? std::optional(number) : std::nullopt;
}

int approveOne(const Arguments &arguments, const core::Settings &settings, const Register &where)
{
    const auto id = numberIn(arguments);
    if (!id)
        return misused(QStringLiteral("it is named by its number"));
    return lookThenGive(arguments, settings, where.preview, where.approve, {{where.noun, *id}},
                        [&](const Json &answer) {
                            const auto transfer = core::integerMember(answer, "transfer");
                            return transfer
                                       ? QStringLiteral("%1 %2 is done: transfer T-%3")
                                             .arg(QLatin1String(where.noun))
                                             .arg(*id)
                                             .arg(*transfer)
                                       : QStringLiteral("%1 %2 waits for another person of Finance")
                                             .arg(QLatin1String(where.noun))
                                             .arg(*id);
                        });
}

int endOne(const Arguments &arguments, const core::Settings &settings, const char *kind,
           const char *noun, Json payload = Json::object())
{
    const auto id = numberIn(arguments);
    if (!id)
        return misused(QStringLiteral("it is named by its number"));
    payload[noun] = *id;
    return runCommand(arguments, settings, kind, std::move(payload), [&](const Json &answer) {
        return QStringLiteral("%1 %2 is %3")
            .arg(QLatin1String(noun))
            .arg(*id)
            .arg(core::textMember(answer, "state").value_or(QString()));
    });
}

} // namespace

int adjust(const Arguments &arguments, const core::Settings &settings)
{
    const auto customer = numberIn(arguments);
    const auto amount = Money::parse(arguments.operands[1]);
    if (!customer || !amount)
        return misused(QStringLiteral("adjust CUSTOMER AMOUNT: the customer's number, and USD such "
                                      "as 5.00 or -5.00"));
    const QString kind = arguments.has("kind")  ? arguments.option("kind")
                         : amount->isNegative() ? QStringLiteral("correction")
                                                : QStringLiteral("goodwill");
    return ask(arguments, settings, kAdjustments,
               {{"customer", *customer},
                {"kind", kind},
                {"amount", amount->micros()},
                {"reason", arguments.option("reason")}});
}

int adjustApprove(const Arguments &arguments, const core::Settings &settings)
{
    return approveOne(arguments, settings, kAdjustments);
}

int adjustReject(const Arguments &arguments, const core::Settings &settings)
{
    return endOne(arguments, settings, "adjustment.reject", "adjustment");
}

int adjustList(const Arguments &arguments, const core::Settings &settings)
{
    ConsoleReader reader(settings);
    const auto rows = reader.run(QStringLiteral(
        "SELECT a.id, a.customer_id, a.kind, a.amount, a.refund_id, a.reason, a.state, o.name AS "
        "by, a.expires_at::text AS expires_at FROM console.adjustments a JOIN console.operators o "
        "ON o.id = a.requested_by WHERE a.state = 'pending_approval' ORDER BY a.id LIMIT 1000"));
    if (!rows)
        return cannotRun(arguments.isJson, rows.error());
    return printRows(
        arguments, "adjustments", *rows,
        [](const database::Row &row) {
            return Json{{"adjustment", row.integer("id")},
                        {"customer", row.integer("customer_id")},
                        {"kind", row.text("kind")},
                        {"amount", row.money("amount").toString()},
                        {"reason", row.text("reason")},
                        {"state", row.text("state")},
                        {"by", row.text("by")},
                        {"expires_at", row.text("expires_at")}};
        },
        [](const database::Row &row) {
            return QStringLiteral("%1  %2  %3 USD  customer %4  by %5  until %6  %7")
                .arg(row.integer("id"), 6)
                .arg(row.text("kind"), -10)
                .arg(row.money("amount").toString(), 10)
                .arg(row.integer("customer_id"))
                .arg(row.text("by"), row.text("expires_at"), row.text("reason"));
        });
}

int refundReverse(const Arguments &arguments, const core::Settings &settings)
{
    const auto refund = numberIn(arguments);
    if (!refund)
        return misused(QStringLiteral("a refund is named by its number"));
    Json payload = {{"refund", *refund}, {"reason", arguments.option("reason")}};
    if (arguments.has("amount")) {
        const auto amount = Money::parse(arguments.option("amount"));
        if (!amount)
            return misused(QStringLiteral("--amount is USD such as 5.00"));
        payload["amount"] = amount->micros();
    }
    return ask(arguments, settings, kReversals, payload);
}

int depositReverse(const Arguments &arguments, const core::Settings &settings)
{
    const auto deposit = numberIn(arguments);
    if (!deposit)
        return misused(QStringLiteral("a deposit is named by its number"));
    return ask(arguments, settings, kDepositReversals,
               {{"deposit", *deposit}, {"reason", arguments.option("reason")}});
}

int payout(const Arguments &arguments, const core::Settings &settings)
{
    const auto customer = numberIn(arguments);
    const auto amount = Money::parse(arguments.operands[1]);
    if (!customer || !amount)
        return misused(QStringLiteral("payout CUSTOMER AMOUNT: the customer's number, and USD such "
                                      "as 25.00"));
    return ask(arguments, settings, kPayouts,
               {{"customer", *customer},
                {"amount", amount->micros()},
                {"destination", arguments.option("to")},
                {"reason", arguments.option("reason")}});
}

int payoutApprove(const Arguments &arguments, const core::Settings &settings)
{
    return approveOne(arguments, settings, kPayouts);
}

int payoutEnd(const Arguments &arguments, const core::Settings &settings)
{
    if (arguments.verb == QLatin1String("payout paid"))
        return endOne(arguments, settings, "payout.paid", "payout",
                      {{"reference", arguments.operands[1]}});
    return endOne(arguments, settings,
                  arguments.verb == QLatin1String("payout failed") ? "payout.failed"
                                                                   : "payout.reject",
                  "payout");
}

int payoutList(const Arguments &arguments, const core::Settings &settings)
{
    ConsoleReader reader(settings);
    const auto rows = reader.run(QStringLiteral(
        "SELECT p.id, p.customer_id, p.amount, p.destination, p.state, o.name AS by, "
        "coalesce(p.payable_from, p.expires_at)::text AS time FROM console.payouts p JOIN "
        "console.operators o ON o.id = p.requested_by WHERE p.state IN ('requested', 'approved') "
        "ORDER BY p.id LIMIT 1000"));
    if (!rows)
        return cannotRun(arguments.isJson, rows.error());
    return printRows(
        arguments, "payouts", *rows,
        [](const database::Row &row) {
            return Json{{"payout", row.integer("id")},
                        {"customer", row.integer("customer_id")},
                        {"amount", row.money("amount").toString()},
                        {"destination", row.text("destination")},
                        {"state", row.text("state")},
                        {"by", row.text("by")},
                        {"time", row.text("time")}};
        },
        [](const database::Row &row) {
            const bool isApproved = row.text("state") == QLatin1String("approved");
            return QStringLiteral("%1  %2  %3 USD  customer %4  to %5  by %6  %7 %8")
                .arg(row.integer("id"), 6)
                .arg(row.text("state"), -10)
                .arg(row.money("amount").toString(), 10)
                .arg(row.integer("customer_id"))
                .arg(row.text("destination"), row.text("by"),
                     isApproved ? QStringLiteral("to be sent from") : QStringLiteral("until"),
                     row.text("time"));
        });
}

} // namespace server
