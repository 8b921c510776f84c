#include "operators/refund_policy.h"

#include "operators/agreement.h"
#include "operators/refund_rules.h"

#include <variant>

namespace operators {

namespace {

constexpr qsizetype kWhyMin = 3;
constexpr qsizetype kWhyMax = 400; // what changed stands beside it in the audit

struct Limit {
    const char *name;
    std::variant<Money RefundRules::*, int RefundRules::*, qint64 RefundRules::*> member;
};

const std::array kLimits = {Limit{"small", &RefundRules::small},
                            Limit{"middle", &RefundRules::middle},
                            Limit{"large", &RefundRules::large},
                            Limit{"day_support", &RefundRules::daySupport},
                            Limit{"day_senior", &RefundRules::daySenior},
                            Limit{"day_finance", &RefundRules::dayFinance},
                            Limit{"old_cause_days", &RefundRules::oldCauseDays},
                            Limit{"customer_refunds", &RefundRules::customerRefunds},
                            Limit{"customer_days", &RefundRules::customerDays},
                            Limit{"waits_hours", &RefundRules::waitsHours},
                            Limit{"automatic_each", &RefundRules::automaticEach},
                            Limit{"automatic_customer_day", &RefundRules::automaticCustomerDay},
                            Limit{"automatic_day", &RefundRules::automaticDay}};

QString inWords(Money amount)
{
    return amount.toString();
}

QString inWords(qint64 number)
{
    return QString::number(number);
}

void set(Money &limit, qint64 value)
{
    limit = Money::fromMicros(value);
}

void set(int &limit, qint64 value)
{
    limit = static_cast<int>(std::clamp<qint64>(value, -1, 1'000'000));
}

void set(qint64 &limit, qint64 value)
{
    limit = value;
}

/// Sets what the payload names; "small 5.00 -> 4.00".
QStringList change(RefundRules &rules, const Json &payload)
{
    QStringList changes;
    for (const Limit &limit : kLimits) {
        const auto wanted = core::integerMember(payload, limit.name);
        if (!wanted)
            continue;
        std::visit(
            [&](auto member) {
                const QString before = inWords(rules.*member);
                set(rules.*member, *wanted);
                const QString after = inWords(rules.*member);
                if (before != after)
                    changes << QStringLiteral("%1 %2 -> %3")
                                   .arg(QLatin1String(limit.name), before, after);
            },
            limit.member);
    }
    return changes;
}

/// Both people have to mean the same change of the same version; their reasons may differ.
Wish wishOf(const RefundRules &before, const QStringList &changes)
{
    Json content = {{"version", before.version}, {"changes", Json::array()}};
    for (const QString &change : changes)
        content["changes"].push_back(change.toStdString());
    return {.what = QStringLiteral("rules of refunds: ") + changes.join(QStringLiteral(", ")),
            .content = std::move(content)};
}

Result<CommandOutcome> changeRules(engine::Context &context, const Command &command,
                                   const Json &payload)
{
    const QString reason = core::textMember(payload, "reason").value_or(QString()).trimmed();
    if (reason.size() < kWhyMin || reason.size() > kWhyMax)
        return refused("BadInput", QStringLiteral("a reason of 3 to 400 characters says why"));
    auto rules = refundRulesAt(context.transaction(), context.now());
    if (!rules)
        return failure(rules.error());
    const auto seen = core::integerMember(payload, "version");
    if (seen && *seen != rules->version)
        return refused("FiguresChanged",
                       QStringLiteral("somebody has changed the rules meanwhile; they are of "
                                      "version %1 now")
                           .arg(rules->version));
    const RefundRules before = *rules;
    const QStringList changes = change(*rules, payload);
    if (changes.isEmpty())
        return refused("BadInput", QStringLiteral("this is what holds already"));
    if (!areSane(*rules))
        return refused("ConstraintViolated",
                       QStringLiteral("these limits contradict each other: small, middle and large "
                                      "go up, and so do those of what is automatic; none is "
                                      "negative, and times are at least one"));
    if (areLooser(before, *rules)) {
        auto waits = waitsForSecond(context, command, wishOf(before, changes));
        if (!waits)
            return failure(waits.error());
        if (*waits)
            return **waits;
    }
    ++rules->version;
    const auto added = addRefundRules(context.transaction(), *rules, command.by, reason,
                                      context.cause(), context.now());
    if (!added)
        return failure(added.error());
    context.changed(Topic::Policy, rules->version);
    CommandOutcome outcome{.answer = {{"version", rules->version}}};
    outcome.audit = doneLine(command, payload);
    outcome.audit->object = QStringLiteral("rules of refunds, version %1").arg(rules->version);
    outcome.audit->reason =
        QStringLiteral("%1: %2").arg(changes.join(QStringLiteral(", ")), reason);
    return outcome;
}

} // namespace

void addRefundPolicy(engine::RoutingTable &routes)
{
    addCommand(routes, {.name = QStringLiteral("policy.refund_rules"), .work = changeRules});
}

} // namespace operators
