#include "deliveries.h"

namespace simulator {

DeliveryLog::DeliveryLog(int max)
    : m_max(max)
{
}

void DeliveryLog::add(Delivery delivery, const HookAnswer &answer)
{
    delivery.number = ++m_count;
    delivery.status = answer.status;
    delivery.error = answer.error;
    delivery.tookMs = answer.took.count();
    m_deliveries.push_back(std::move(delivery));
    if (m_deliveries.size() > static_cast<size_t>(m_max))
        m_deliveries.pop_front();
}

Json DeliveryLog::toJson() const
{
    Json list = Json::array();
    for (const Delivery &delivery : m_deliveries) {
        Json entry = {{"n", delivery.number},          {"at", core::toIso(delivery.at)},
                      {"provider", delivery.provider}, {"kind", delivery.kind},
                      {"about", delivery.about},       {"attempt", delivery.attempt},
                      {"status", delivery.status},     {"took_ms", delivery.tookMs}};
        if (!delivery.error.isEmpty())
            entry["error"] = delivery.error;
        list.push_back(std::move(entry));
    }
    return list;
}

Result<void> DeliveryFaults::add(const Json &description)
{
    Rule rule;
    rule.provider = core::textMember(description, "provider").value_or(QString());
    rule.kind = core::textMember(description, "kind").value_or(QString());
    rule.count = core::integerMember(description, "count").value_or(1);
    if (rule.provider != u"telegram" && rule.provider != u"dynopay" && rule.provider != u"retell")
        return failure({.code = ErrorCode::BadInput,
                        .detail = QStringLiteral("provider: telegram, dynopay, retell")});
    if (core::boolMember(description, "lose").value_or(false))
        rule.plan.fate = Fate::Lost;
    else if (core::boolMember(description, "hold").value_or(false))
        rule.plan.fate = Fate::Held;
    rule.plan.copies = static_cast<int>(core::integerMember(description, "duplicate").value_or(0));
    rule.plan.areAtOnce = core::boolMember(description, "at_once").value_or(false);
    m_rules.push_back(rule);
    return {};
}

DeliveryFaults::Plan DeliveryFaults::next(const QString &provider, const QString &kind)
{
    for (auto rule = m_rules.begin(); rule != m_rules.end(); ++rule) {
        if (rule->provider != provider || (!rule->kind.isEmpty() && rule->kind != kind))
            continue;
        const Plan plan = rule->plan;
        if (--rule->count <= 0)
            m_rules.erase(rule);
        return plan;
    }
    return {};
}

} // namespace simulator
