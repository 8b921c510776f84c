#pragma once

#include "core/money.h"
#include "providers/retell/members.h"

namespace providers::retell {

/// The parts of a call object. Every field may be absent.

struct ProductCost {
    QString product;                        // free text: "elevenlabs_tts"
    std::optional<core::Decimal> cost;      // Retell: call_cost.product_costs[].cost is in cents
    std::optional<core::Decimal> unitPrice; // Retell: cents per second
    bool isTransferLeg = false;
};

struct CallCost {
    std::optional<core::Decimal> combined; // Retell: call_cost.combined_cost is in cents
    QList<ProductCost> products;
    std::optional<qint64> totalSeconds;          // Retell: total_duration_seconds
    std::optional<core::Decimal> totalUnitPrice; // Retell: total_duration_unit_price is in cents
                                                 // per second
};
[[nodiscard]] std::optional<CallCost> readCost(const Json &call);

/// What we owe for that many US cents: a fraction of a micro-dollar is rounded up.
[[nodiscard]] Money moneyOfCents(const core::Decimal &cents);

enum class Sentiment {
    Negative,
    Positive,
    Neutral,
    Unknown,
};

struct CallAnalysis {
    QString summary;
    std::optional<bool> inVoicemail;
    Sentiment sentiment = Sentiment::Unknown;
    std::optional<bool> isSuccessful;
    Json customData = Json::object(); // by the names in the agent's post_call_analysis_data
};
[[nodiscard]] std::optional<CallAnalysis> readAnalysis(const Json &call);

/// Milliseconds; a fraction is cut off.
struct LatencyFigures {
    std::optional<qint64> p50;
    std::optional<qint64> p90;
    std::optional<qint64> p95;
    std::optional<qint64> p99;
    std::optional<qint64> min;
    std::optional<qint64> max;
    std::optional<qint64> count;
};
/// By "e2e", "asr", "llm", "tts", ...
[[nodiscard]] QMap<QString, LatencyFigures> readLatency(const Json &call);

struct TokenUsage {
    std::optional<core::Decimal> average;
    std::optional<qint64> requestCount;
};
[[nodiscard]] std::optional<TokenUsage> readTokenUsage(const Json &call);

} // namespace providers::retell
