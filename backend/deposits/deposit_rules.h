#pragma once

#include "core/clock.h"
#include "core/id.h"
#include "core/money.h"
#include "database/transaction.h"

#include <QHash>

namespace deposits {

inline constexpr qint64 kThousandth = 1'000'000; // in parts per billion, as ratios are

/// How deposits are credited, as of one version.
struct DepositRules {
    int version = 0;
    int tolerateFrom = 980; // thousandths of what was asked for: a shortfall down to this, and
    int tolerateTo = 1020;  // more up to this, count as what was asked for
    Money excessUpTo;       // is credited by itself; zero: none
    Money confirmedUpTo;    // is credited when it is confirmed, before it settles; zero: none
    QHash<QString, Money> minimums; // by coin
    bool isStrict = false;          // always what was asked for, whatever came

    /// Of a coin that the rules do not name: as shipped.
    [[nodiscard]] Money minimumOf(const QString &coin) const;
    /// The lowest of all.
    [[nodiscard]] Money smallest() const;
};

/// The newest that had begun by then; in one query.
[[nodiscard]] Result<DepositRules> depositRulesAt(database::Transaction &transaction,
                                                  Timestamp when);
/// Adds the next version. ConstraintViolated: limits that cannot be.
[[nodiscard]] Result<void> addDepositRules(database::Transaction &transaction,
                                           const DepositRules &rules, qint64 by,
                                           const QString &reason, InboxId cause, Timestamp now);

} // namespace deposits
