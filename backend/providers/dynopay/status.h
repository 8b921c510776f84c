#pragma once

#include <QLatin1String>
#include <QString>

namespace providers::dynopay {

/// What DynoPay's many words for a payment's state come to.
enum class StatusClass {
    FinalPaid,
    SeenPaid, // on the chain, not final
    Wait,
    ProblemFunds, // money came in, but not as asked: see FundsProblem
    Dead,
    Reversed,
    Unknown, // a word we do not know: store, alert, ask; never drop
};

enum class FundsProblem {
    None,
    Underpaid,
    Overpaid,
    SettlementFailed,
};

struct Status {
    StatusClass statusClass = StatusClass::Unknown;
    FundsProblem problem = FundsProblem::None; // only with ProblemFunds
    friend bool operator==(const Status &, const Status &) = default;
};

/// "payment.settled", "Settled ", "successful", ...
[[nodiscard]] Status statusOf(QStringView word);

/// Stable names for logs and stored payloads ("FinalPaid").
[[nodiscard]] QLatin1String name(StatusClass statusClass);

/// "usdt_trc20" is "USDT-TRC20".
[[nodiscard]] QString normalisedCoin(QStringView coin);

/// What two ways of writing one address have in common: without "bitcoincash:", in lower case where
/// case means nothing (0x..., bc1..., ltc1...).
[[nodiscard]] QString normalisedAddress(QStringView address);

} // namespace providers::dynopay
