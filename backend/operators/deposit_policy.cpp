#include "operators/deposit_policy.h"

#include "deposits/coins.h"
#include "deposits/deposit_rules.h"
#include "providers/dynopay/status.h"

namespace operators {

namespace {

using deposits::DepositRules;

constexpr qsizetype kPolicyReasonMin = 3;
constexpr qsizetype kPolicyReasonMax = 400; // what changed stands beside it in the audit

QString changeOf(const QString &name, const QString &before, const QString &after)
{
    return QStringLiteral("%1 %2 -> %3").arg(name, before, after);
}

/// "97.5": of thousandths.
QString percent(int thousandths)
{
    return QStringLiteral("%1.%2").arg(thousandths / 10).arg(thousandths % 10);
}

void changeShare(int &share, const Json &payload, const char *name, QStringList &changes)
{
    const auto wanted = core::integerMember(payload, name);
    if (!wanted || *wanted == share)
        return;
    const int next = static_cast<int>(std::clamp<qint64>(*wanted, -1, 1'000'000));
    changes << changeOf(QLatin1String(name), percent(share), percent(next));
    share = next;
}

void changeCap(Money &cap, const Json &payload, const char *name, QStringList &changes)
{
    const auto wanted = core::integerMember(payload, name);
    if (!wanted || Money::fromMicros(*wanted) == cap)
        return;
    const Money next = Money::fromMicros(*wanted);
    changes << changeOf(QLatin1String(name), cap.toString(), next.toString());
    cap = next;
}

/// False: it names a coin that we do not know, or no amount.
bool changeMinimums(DepositRules &rules, const Json &payload, QStringList &changes)
{
    const Json *minimums = core::member(payload, "minimums");
    if (!minimums)
        return true;
    if (!minimums->is_object())
        return false;
    for (const auto &[name, value] : minimums->items()) {
        const QString coin = providers::dynopay::normalisedCoin(QString::fromStdString(name));
        const auto wanted = core::integerMember(*minimums, name.c_str());
        if (!deposits::findCoin(coin) || !wanted)
            return false;
        const Money before = rules.minimumOf(coin);
        const Money next = Money::fromMicros(*wanted);
        if (before != next)
            changes << changeOf(QStringLiteral("minimum of ") + coin, before.toString(),
                                next.toString());
        rules.minimums.insert(coin, next);
    }
    return true;
}

/// Sets what the payload names. Absent: it cannot be meant.
std::optional<QStringList> changeAll(DepositRules &rules, const Json &payload)
{
    QStringList changes;
    changeShare(rules.tolerateFrom, payload, "tolerate_from", changes);
    changeShare(rules.tolerateTo, payload, "tolerate_to", changes);
    changeCap(rules.excessUpTo, payload, "excess_up_to", changes);
    changeCap(rules.confirmedUpTo, payload, "confirmed_up_to", changes);
    const auto isStrict = core::boolMember(payload, "is_strict");
    if (isStrict && *isStrict != rules.isStrict) {
        const auto word = [](bool isOn) {
            return isOn ? QStringLiteral("on") : QStringLiteral("off");
        };
        changes << changeOf(QStringLiteral("strict"), word(rules.isStrict), word(*isStrict));
        rules.isStrict = *isStrict;
    }
    return changeMinimums(rules, payload, changes) ? std::optional(changes) : std::nullopt;
}

Result<CommandOutcome> changeDepositRules(engine::Context &context, const Command &command,
                                          const Json &payload)
{
    const QString reason = core::textMember(payload, "reason").value_or(QString()).trimmed();
    if (reason.size() < kPolicyReasonMin || reason.size() > kPolicyReasonMax)
        return refused("BadInput", QStringLiteral("a reason of 3 to 400 characters says why"));
    auto rules = deposits::depositRulesAt(context.transaction(), context.now());
    if (!rules)
        return failure(rules.error());
    const auto seen = core::integerMember(payload, "version");
    if (seen && *seen != rules->version)
        return refused("FiguresChanged",
                       QStringLiteral("somebody has changed the rules meanwhile; they are of "
                                      "version %1 now")
                           .arg(rules->version));
    const auto changes = changeAll(*rules, payload);
    if (!changes)
        return refused("BadInput", QStringLiteral("minimums are USD of coins that we know"));
    if (changes->isEmpty())
        return refused("BadInput", QStringLiteral("this is what holds already"));
    ++rules->version;
    const auto added = deposits::addDepositRules(context.transaction(), *rules, command.by.value,
                                                 reason, context.cause(), context.now());
    if (!added && added.error().code == ErrorCode::ConstraintViolated)
        return refused("ConstraintViolated",
                       QStringLiteral("a shortfall is tolerated from 95 % on at the lowest and an "
                                      "excess up to 105 % at the highest; caps are not negative; "
                                      "minimums and caps are at most 10000 USD, minimums at least "
                                      "1 USD"));
    if (!added)
        return failure(added.error());
    context.changed(Topic::Policy, rules->version);
    CommandOutcome outcome{.answer = {{"version", rules->version}}};
    outcome.audit = doneLine(command, payload);
    outcome.audit->object = QStringLiteral("rules of deposits, version %1").arg(rules->version);
    outcome.audit->reason =
        QStringLiteral("%1: %2").arg(changes->join(QStringLiteral(", ")), reason);
    return outcome;
}

} // namespace

void addDepositPolicy(engine::RoutingTable &routes)
{
    addCommand(routes,
               {.name = QStringLiteral("policy.deposit_rules"), .work = changeDepositRules});
}

} // namespace operators
