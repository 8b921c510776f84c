#include "providers/retell/call_parts.h"

namespace providers::retell {

namespace {

constexpr qsizetype kDecimalsOfCents = 4; // a hundredth of a cent's hundredth is a micro-dollar

const Json *objectAt(const Json &json, const char *key)
{
    const Json *object = core::member(json, key);
    return object && object->is_object() ? object : nullptr;
}

Sentiment sentimentOf(const QString &word)
{
    if (word == u"Negative")
        return Sentiment::Negative;
    if (word == u"Positive")
        return Sentiment::Positive;
    return word == u"Neutral" ? Sentiment::Neutral : Sentiment::Unknown;
}

} // namespace

std::optional<CallCost> readCost(const Json &call)
{
    const Json *json = objectAt(call, "call_cost");
    if (!json)
        return std::nullopt;
    CallCost cost;
    cost.combined = decimalOf(*json, "combined_cost");
    cost.totalSeconds = wholeOf(*json, "total_duration_seconds");
    cost.totalUnitPrice = decimalOf(*json, "total_duration_unit_price");
    for (const Json &item : arrayOf(*json, "product_costs")) {
        cost.products.append(
            {.product = textOf(item, "product"),
             .cost = decimalOf(item, "cost"),
             .unitPrice = decimalOf(item, "unit_price"),
             .isTransferLeg = flagOf(item, "is_transfer_leg_cost").value_or(false)});
    }
    return cost;
}

Money moneyOfCents(const core::Decimal &cents)
{
    const QStringList parts = cents.toString().split(u'.');
    const QString decimals = parts.value(1).leftJustified(kDecimalsOfCents, u'0');
    // At most 12 + 4 digits, so this fits; Decimal wrote no zeros at the end, so anything beyond
    // the fourth decimal is more than nothing.
    const qint64 micros = (parts[0] + decimals.left(kDecimalsOfCents)).toLongLong();
    return Money::fromMicros(micros + (decimals.size() > kDecimalsOfCents ? 1 : 0));
}

std::optional<CallAnalysis> readAnalysis(const Json &call)
{
    const Json *json = objectAt(call, "call_analysis");
    if (!json)
        return std::nullopt;
    return CallAnalysis{.summary = textOf(*json, "call_summary"),
                        .inVoicemail = flagOf(*json, "in_voicemail"),
                        .sentiment = sentimentOf(textOf(*json, "user_sentiment")),
                        .isSuccessful = flagOf(*json, "call_successful"),
                        .customData = objectOf(*json, "custom_analysis_data")};
}

QMap<QString, LatencyFigures> readLatency(const Json &call)
{
    QMap<QString, LatencyFigures> latency;
    const Json all = objectOf(call, "latency");
    for (const auto &[name, json] : all.items()) {
        if (!json.is_object())
            continue;
        latency.insert(QString::fromStdString(name), {.p50 = wholeOf(json, "p50"),
                                                      .p90 = wholeOf(json, "p90"),
                                                      .p95 = wholeOf(json, "p95"),
                                                      .p99 = wholeOf(json, "p99"),
                                                      .min = wholeOf(json, "min"),
                                                      .max = wholeOf(json, "max"),
                                                      .count = wholeOf(json, "num")});
    }
    return latency;
}

std::optional<TokenUsage> readTokenUsage(const Json &call)
{
    const Json *json = objectAt(call, "llm_token_usage");
    if (!json)
        return std::nullopt;
    return TokenUsage{.average = decimalOf(*json, "average"),
                      .requestCount = wholeOf(*json, "num_requests")};
}

} // namespace providers::retell
