#include "console_reader.h"
#include "operator_session.h"
#include "verbs.h"

namespace server {

namespace {

/// --name of the command line, the command's member, and whether it is USD.
struct RuleOption {
    const char *option;
    const char *member;
    bool isMoney;
};

constexpr std::array kRuleOptions = {
    RuleOption{"small", "small", true},
    RuleOption{"middle", "middle", true},
    RuleOption{"large", "large", true},
    RuleOption{"day-support", "day_support", true},
    RuleOption{"day-senior", "day_senior", true},
    RuleOption{"day-finance", "day_finance", true},
    RuleOption{"old-cause-days", "old_cause_days", false},
    RuleOption{"customer-refunds", "customer_refunds", false},
    RuleOption{"customer-days", "customer_days", false},
    RuleOption{"waits-hours", "waits_hours", false},
    RuleOption{"automatic-each", "automatic_each", true},
    RuleOption{"automatic-customer-day", "automatic_customer_day", true},
    RuleOption{"automatic-day", "automatic_day", true}};

Json waitingJson(const database::Row &row)
{
    return {{"refund", row.integer("id")},
            {"call", row.integer("call_id")}, // 0: of a plan
            {"plan", row.text("plan")},
            {"payment", row.integer("paid_transfer_id")},
            {"customer", row.integer("customer_id")},
            {"amount", row.money("amount").toString()},
            {"reason", row.text("reason")},
            {"state", row.text("state")},
            {"needs", row.text("needs")},
            {"rule", row.text("rule")},
            {"by", row.text("by")},
            {"expires_at", row.text("expires_at")}};
}

QString waitingLine(const database::Row &row)
{
    const QString of = row.isNull("call_id")
                           ? QStringLiteral("plan %1, T-%2")
                                 .arg(row.text("plan"))
                                 .arg(row.integer("paid_transfer_id"))
                           : QStringLiteral("call %1").arg(row.integer("call_id"));
    return QStringLiteral("%1  %2  %3 USD of %4  by %5  needs %6 (%7)  until %8")
        .arg(row.integer("id"), 6)
        .arg(row.text("state"), -16)
        .arg(row.money("amount").toString(), 10)
        .arg(of)
        .arg(row.text("by"), row.text("needs"), row.text("rule"), row.text("expires_at"));
}

Json ruleJson(const database::Row &row)
{
    Json json = {{"version", row.integer("version")},
                 {"from", row.text("from")},
                 {"by", row.text("by")},
                 {"reason", row.text("reason")}};
    for (const RuleOption &rule : kRuleOptions)
        json[rule.member] =
            rule.isMoney ? Json(row.money(rule.member).toString()) : Json(row.integer(rule.member));
    return json;
}

QString ruleLine(const database::Row &row)
{
    QStringList limits;
    for (const RuleOption &rule : kRuleOptions)
        limits << QStringLiteral("%1 %2").arg(
            QLatin1String(rule.option), rule.isMoney ? row.money(rule.member).toString()
                                                     : QString::number(row.integer(rule.member)));
    return QStringLiteral("version %1 from %2 by %3: %4\n  %5")
        .arg(row.integer("version"))
        .arg(row.text("from"), row.text("by"), row.text("reason"),
             limits.join(QStringLiteral(", ")));
}

} // namespace

int refundApprove(const Arguments &arguments, const core::Settings &settings)
{
    bool isNumber = false;
    const qint64 refund = arguments.operands[0].toLongLong(&isNumber);
    if (!isNumber)
        return misused(QStringLiteral("a refund is named by its number: see refund list"));
    if (arguments.has("confirm") && arguments.option("confirm").size() < kHashDigitsMin)
        return misused(QStringLiteral("--confirm needs the first 8 digits of the preview's hash"));
    auto session = OperatorSession::openSignedIn(arguments, settings);
    if (!session)
        return cannotRun(arguments.isJson, session.error());
    Json payload = {{"v", 1}, {"refund", refund}};
    const auto looked = (*session)->run("refund.preview", payload);
    const auto preview = looked ? api::refundPreviewFromJson(looked->answer)
                                : Result<api::RefundPreview>(failure(looked.error()));
    if (!preview || !arguments.has("confirm"))
        return report(arguments, looked, [&](const Json &) { return inWords(*preview, false); });
    if (!preview->hash.startsWith(arguments.option("confirm").toLower())) {
        printError(QStringLiteral("the figures are others now; look again"));
        return FoundProblem;
    }
    payload["hash"] = preview->hash;
    return report(arguments, runWithCode(arguments, **session, "refund.approve", payload),
                  [&](const Json &answer) {
                      const auto transfer = core::integerMember(answer, "transfer");
                      return transfer
                                 ? QStringLiteral("refund %1 is done: transfer T-%2")
                                       .arg(refund)
                                       .arg(*transfer)
                                 : QStringLiteral("refund %1 waits for another person of Finance")
                                       .arg(refund);
                  });
}

int refundReject(const Arguments &arguments, const core::Settings &settings)
{
    bool isNumber = false;
    const qint64 refund = arguments.operands[0].toLongLong(&isNumber);
    if (!isNumber)
        return misused(QStringLiteral("a refund is named by its number: see refund list"));
    return runCommand(arguments, settings, "refund.reject", {{"refund", refund}},
                      [&](const Json &answer) {
                          return QStringLiteral("refund %1 is %2")
                              .arg(refund)
                              .arg(core::textMember(answer, "state").value_or(QString()));
                      });
}

int refundList(const Arguments &arguments, const core::Settings &settings)
{
    ConsoleReader reader(settings);
    const auto rows = reader.run(QStringLiteral(
        "SELECT r.id, r.call_id, v.plan, r.paid_transfer_id, r.customer_id, r.amount, r.reason, "
        "r.state, r.needs, r.rule, "
        "coalesce(o.name, '') AS by, r.expires_at::text AS expires_at FROM console.refunds r LEFT "
        "JOIN console.operators o ON o.id = r.requested_by LEFT JOIN console.plan_periods p ON "
        "p.id = r.plan_period_id LEFT JOIN console.plans v ON v.id = p.plan_version_id WHERE "
        "r.state IN ('pending_approval', 'approved') ORDER BY r.id LIMIT 1000"));
    if (!rows)
        return cannotRun(arguments.isJson, rows.error());
    return printRows(arguments, "refunds", *rows, waitingJson, waitingLine);
}

int refundRules(const Arguments &arguments, const core::Settings &settings)
{
    ConsoleReader reader(settings);
    const auto rows = reader.run(QStringLiteral(
        "SELECT r.*, r.in_force_from::text AS from, coalesce(o.name, 'as shipped') AS by FROM "
        "console.refund_rules r LEFT JOIN console.operators o ON o.id = r.changed_by ORDER BY "
        "r.version"));
    if (!rows)
        return cannotRun(arguments.isJson, rows.error());
    return printRows(arguments, "versions", *rows, ruleJson, ruleLine);
}

int refundSetRules(const Arguments &arguments, const core::Settings &settings)
{
    Json payload = Json::object();
    for (const RuleOption &rule : kRuleOptions) {
        if (!arguments.has(rule.option))
            continue;
        const QString typed = arguments.option(rule.option);
        bool isNumber = false;
        qint64 value = typed.toLongLong(&isNumber);
        if (rule.isMoney) {
            const auto amount = Money::parse(typed);
            isNumber = amount.has_value();
            value = amount ? amount->micros() : 0;
        }
        if (!isNumber)
            return misused(QStringLiteral("--%1 is %2")
                               .arg(QLatin1String(rule.option),
                                    rule.isMoney ? QStringLiteral("USD such as 5.00")
                                                 : QStringLiteral("a number")));
        payload[rule.member] = value;
    }
    if (payload.empty() || arguments.option("reason").trimmed().isEmpty())
        return misused(QStringLiteral("name at least one limit, and --reason says why"));
    return runCommand(arguments, settings, "policy.refund_rules", payload, [](const Json &answer) {
        return QStringLiteral("rules of version %1 are in force")
            .arg(core::integerMember(answer, "version").value_or(0));
    });
}

} // namespace server
