#pragma once

#include "retell/call_plan.h"
#include "world.h"

#include "providers/retell/disconnection.h"

namespace simulator {

/// What is told, to whom.
struct RetellHook {
    QUrl url;
    QStringList events;
    std::chrono::seconds timeout{10};
};

struct RetellCall {
    QString id;
    QString agentId;
    qint64 agentVersion = 0;
    QString agentName;
    QString from;
    QString to;
    Json metadata = nullptr; // null: not given
    Json variables = nullptr;
    Json sipHeaders = nullptr;
    Json analysisFields = Json::array(); // of the agent
    std::chrono::milliseconds longest{3'600'000};
    std::chrono::milliseconds longestRing{30'000};
    RetellHook hook;
    QString recordingUrl;
    CallPlan plan;

    providers::retell::CallStatus status = providers::retell::CallStatus::Registered;
    QString reason;
    Timestamp createdAt;
    std::optional<Timestamp> startedAt;
    std::optional<Timestamp> endedAt;
    bool isAnalyzed = false;
    bool isDeleted = false;
    QList<SpokenLine> lines; // said so far
    QStringList told;        // events that were due, also those that did not go out

    [[nodiscard]] bool isOver() const { return endedAt.has_value(); }
    [[nodiscard]] std::chrono::milliseconds duration() const;
    /// Cents; 0 when it never connected.
    [[nodiscard]] double cost(double centsPerMinute) const;
};
using RetellCallPtr = std::shared_ptr<RetellCall>;

enum class CallView {
    Whole,
    ListItem, // without transcripts
    Live,     // with what was said so far
};
/// The call object, with what there is at this moment.
[[nodiscard]] Json callJson(const RetellCall &call, double centsPerMinute, CallView view);
/// The same as a careless sender would write it: see CallPlan.
[[nodiscard]] Json styled(Json body, const CallPlan &plan);

} // namespace simulator
