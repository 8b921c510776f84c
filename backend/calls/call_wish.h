#pragma once

#include "calls/call_id.h"
#include "calls/script_id.h"
#include "core/money.h"
#include "guards/verdict.h"

#include <chrono>
#include <optional>

namespace calls {

/// Why the callee may be called, as the customer says.
enum class Consent {
    OwnNumber,
    Relationship,
    Written,
};

/// As stored: "own_number".
[[nodiscard]] QString nameOf(Consent consent);
/// Absent: no such consent.
[[nodiscard]] std::optional<Consent> consentNamed(const QString &name);

/// A call as a customer wants it.
struct CallWish {
    CustomerId customer;
    ScriptVersionId script;
    QString to; // E.164
    Consent consent = Consent::Relationship;
    bool isRecorded = false;
    QString calleeZone = {};                          // "Europe/Paris"; empty: not said
    std::optional<std::chrono::seconds> longest = {}; // absent: as long as is allowed
    friend bool operator==(const CallWish &, const CallWish &) = default;
};

/// What the customer is shown before they confirm.
struct Preview {
    guards::Verdict verdict; // with what stands against it
    Money ratePerMinute;
    Money recordingFee; // zero: not recorded
    Money hold;
    std::chrono::seconds longest{0};
    std::chrono::seconds expected{0};
    Money priceOfExpected; // with the fee, as the next
    Money priceOfLongest;
};

enum class StopReason {
    Customer,
    Operator,
    StopSwitch,
    TooLong,   // our own timer
    NotWanted, // it was found when nobody expected it any more
};

/// As stored: "customer".
[[nodiscard]] QString nameOf(StopReason reason);
/// Absent: no such reason.
[[nodiscard]] std::optional<StopReason> stopReasonNamed(const QString &name);

} // namespace calls
