#pragma once

#include "core/clock.h"
#include "core/money.h"

#include <QList>
#include <QString>

#include <optional>

namespace api {

/// The least that may be asked for in one coin.
struct CoinMinimum {
    QString coin; // DynoPay code: "USDT-TRC20"
    Money minimum;

    friend bool operator==(const CoinMinimum &, const CoinMinimum &) = default;
};

/// How deposits are credited, as one version has it. None ever changes: the next one is added.
struct DepositRulesVersion {
    int version = 0;
    std::optional<Timestamp> since; // absent: as shipped
    int tolerateFrom = 0;           // thousandths of what was asked for: a shortfall down to this,
    int tolerateTo = 0;             // and more up to this, count as what was asked for
    Money excessUpTo;               // is credited by itself; zero: none
    Money confirmedUpTo;            // is credited before it settles; zero: none
    QList<CoinMinimum> minimums;    // of every coin we know, always in the same order
    bool isStrict = false;          // always what was asked for, whatever came
    QString changedBy;              // empty: as shipped
    QString reason;
};

/// Whether a coin is on offer just now.
struct CoinOffer {
    QString coin; // a code; of all coins together empty
    bool isPaused = false;
    QString reason; // of whoever paused it or took it again last; empty: nobody yet
    QString changedBy;
    std::optional<Timestamp> changedAt;
    std::optional<Money> providerMinimum;      // a refusal of the provider named it; while it holds
    std::optional<Timestamp> unavailableUntil; // the provider said that it has none; while it holds
};

struct DepositPolicy {
    QList<DepositRulesVersion> versions; // the newest first; never empty
    CoinOffer all;                       // together
    QList<CoinOffer> coins;              // every coin we know, in the order of the minimums
};

} // namespace api
