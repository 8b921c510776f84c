#include "operators/second_factor_policy.h"

namespace operators {

namespace {

Result<CommandOutcome> setNeeded(engine::Context &context, const Command &command,
                                 const Json &payload)
{
    constexpr qsizetype kReasonMin = 3;
    constexpr qsizetype kReasonMax = 400;
    const auto isNeeded = core::boolMember(payload, "needed");
    const QString reason = core::textMember(payload, "reason").value_or(QString()).trimmed();
    if (!isNeeded || reason.size() < kReasonMin || reason.size() > kReasonMax)
        return refused("BadInput", QStringLiteral("say whether it is needed, and in 3 to 400 "
                                                  "characters why"));
    const auto set = context.transaction().run(
        QStringLiteral("UPDATE operator_settings SET needs_second_factor = ?::boolean WHERE "
                       "needs_second_factor <> ?::boolean"),
        {*isNeeded, *isNeeded});
    if (!set)
        return failure(set.error());
    if (set->affected() == 0)
        return refused("BadInput", QStringLiteral("this is what holds already"));
    context.changed(Topic::Policy, 0);
    CommandOutcome outcome{.answer = {{"needed", *isNeeded}}};
    outcome.audit = doneLine(command, payload);
    outcome.audit->object = QStringLiteral("second factor");
    outcome.audit->reason =
        (*isNeeded ? QStringLiteral("needed: ") : QStringLiteral("not needed: ")) + reason;
    return outcome;
}

} // namespace

void addSecondFactorPolicy(engine::RoutingTable &routes)
{
    addCommand(routes, {.name = QStringLiteral("policy.second_factor"), .work = setNeeded});
}

Result<bool> needsSecondFactor(database::Transaction &transaction)
{
    const auto rows =
        transaction.run(QStringLiteral("SELECT FROM operator_settings WHERE needs_second_factor"));
    if (!rows)
        return failure(rows.error());
    return !rows->isEmpty();
}

} // namespace operators
