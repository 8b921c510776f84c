#include "calls/call_wish.h"

#include "core/assert.h"

namespace calls {

QString nameOf(Consent consent)
{
    switch (consent) {
    case Consent::OwnNumber: return QStringLiteral("own_number");
    case Consent::Relationship: return QStringLiteral("relationship");
    case Consent::Written: return QStringLiteral("written");
    }
    CORE_ASSERT(false);
    return {};
}

std::optional<Consent> consentNamed(const QString &name)
{
    for (const Consent consent : {Consent::OwnNumber, Consent::Relationship, Consent::Written}) {
        if (nameOf(consent) == name)
            return consent;
    }
    return std::nullopt;
}

QString nameOf(StopReason reason)
{
    switch (reason) {
    case StopReason::Customer: return QStringLiteral("customer");
    case StopReason::Operator: return QStringLiteral("operator");
    case StopReason::StopSwitch: return QStringLiteral("stop_switch");
    case StopReason::TooLong: return QStringLiteral("too_long");
    case StopReason::NotWanted: return QStringLiteral("not_wanted");
    }
    CORE_ASSERT(false);
    return {};
}

std::optional<StopReason> stopReasonNamed(const QString &name)
{
    for (const StopReason reason :
         {StopReason::Customer, StopReason::Operator, StopReason::StopSwitch, StopReason::TooLong,
          StopReason::NotWanted}) {
        if (nameOf(reason) == name)
            return reason;
    }
    return std::nullopt;
}

} // namespace calls
