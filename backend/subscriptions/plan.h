#pragma once

#include "core/clock.h"
#include "core/money.h"
#include "database/transaction.h"

#include <optional>

namespace subscriptions {

/// One version of a plan of one length: what it costs and what a period of it gives. A version
/// never changes; what is sold later is a newer one.
struct Plan {
    int version = 0;
    QString name; // "prime"
    int days = 0;
    Money price;
    std::chrono::seconds allowance{0}; // of calls to the United States and Canada
    bool hasCampaigns = false;

    [[nodiscard]] bool isFree() const { return price.isZero(); }
};

/// The catalogue as it is at that moment, Free first, then by plan and length.
[[nodiscard]] Result<std::vector<Plan>> plansAt(database::Transaction &transaction, Timestamp at);
/// Absent: there is none of that name and length.
[[nodiscard]] Result<std::optional<Plan>> planAt(database::Transaction &transaction,
                                                 const QString &name, int days, Timestamp at);
/// Sold or not. Absent: there never was such a version.
[[nodiscard]] Result<std::optional<Plan>> planOfVersion(database::Transaction &transaction,
                                                        int version);

/// As customers read it in every language: "Prime".
[[nodiscard]] QString titleOf(const QString &plan);

} // namespace subscriptions
