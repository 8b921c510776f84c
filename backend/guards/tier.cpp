#include "guards/tier.h"

#include "guards/policy.h"

namespace guards {

QString nameOf(Tier tier)
{
    switch (tier) {
    case Tier::New: return QStringLiteral("new");
    case Tier::Regular: return QStringLiteral("regular");
    case Tier::Business: return QStringLiteral("business");
    }
    Q_UNREACHABLE();
}

std::optional<Tier> tierNamed(const QString &name)
{
    for (const Tier each : {Tier::New, Tier::Regular, Tier::Business}) {
        if (nameOf(each) == name)
            return each;
    }
    return std::nullopt;
}

Tier earnedTier(const Standing &standing, const Policy &policy, Timestamp now)
{
    if (standing.isBusiness)
        return Tier::Business;
    const bool isRegular = standing.complaints == 0 &&
                           standing.answeredCalls >= policy.answeredCallsOfRegular &&
                           now - standing.since >= policy.ageOfRegular;
    return isRegular ? Tier::Regular : Tier::New;
}

} // namespace guards
