#pragma once

#include "engine/context.h"
#include "providers/dynopay/api.h"

#include <QHash>
#include <QSet>

namespace deposits {

/// Stands for all coins together.
inline const QString kAllCoins = QStringLiteral("*");

/// Which coins are on offer just now. One query; read it anew for each turn.
struct CoinSwitches {
    bool areAllPaused = false;
    QSet<QString> paused;           // by a person, or unavailable at the provider for a while
    QHash<QString, Money> minimums; // as the provider's refusals named them
    [[nodiscard]] bool isOffered(const QString &coin) const
    {
        return !areAllPaused && !paused.contains(coin);
    }
    /// The higher one of ours and the provider's.
    [[nodiscard]] Money minimumOf(const QString &coin, Money ours) const
    {
        return std::max(ours, minimums.value(coin));
    }
};
[[nodiscard]] Result<CoinSwitches> readCoinSwitches(database::Transaction &transaction,
                                                    Timestamp now);

/// A provider's refusal holds for a while: a minimum for a day, a coin without a wallet for ten
/// minutes. Others leave nothing.
[[nodiscard]] Result<void> learnRefusal(engine::Context &context, const QString &coin,
                                        providers::dynopay::Refusal refusal,
                                        const std::optional<Money> &minimum);

struct CoinPause {
    QString coin; // a code, or kAllCoins
    bool isPaused = false;
    QString reason;
    QString by; // the operator's name
};
/// NotFound: no coin of ours.
[[nodiscard]] Result<void> pauseCoin(engine::Context &context, const CoinPause &pause);

} // namespace deposits
