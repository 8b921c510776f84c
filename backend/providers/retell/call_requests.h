#pragma once

#include "providers/retell/agent.h"
#include "providers/retell/assets.h"

namespace providers::retell {

constexpr qsizetype kMetadataBytesMax = 50'000;

/// "+14155550100": a plus and 7 to 15 digits, the first of them not 0.
[[nodiscard]] bool isE164(QStringView number);

/// Dials. There is no idempotency key: put an attempt id of our own into the metadata, and look for
/// it with listCalls or in webhooks when the outcome is unknown.
struct CreatePhoneCall {
    QString fromNumber; // bought from or imported into Retell
    QString toNumber;
    QString agentId;           // empty: one of the number's outbound agents
    QString agentVersion = {}; // a number, "latest", "latest_published" or a tag; empty: the latest
    AgentSettings agentOverride = {}; // for this call only
    /// Only the models, the first speaker and the first message may be overridden.
    EngineSettings engineOverride = {};
    Json metadata = Json::object();
    QMap<QString, QString> dynamicVariables = {};
    QMap<QString, QString> sipHeaders = {};
};
/// BadInput: Retell would refuse it; it is our own error. Never repeated.
[[nodiscard]] Result<Request> createPhoneCall(const CreatePhoneCall &call);

[[nodiscard]] Request getCall(const QString &callId);
/// Ends a live call. One that is over is refused, which is no error.
[[nodiscard]] Request stopCall(const QString &callId);
[[nodiscard]] Request deleteCall(const QString &callId);
[[nodiscard]] Request rerunCallAnalysis(const QString &callId);
[[nodiscard]] Request getConcurrency();
[[nodiscard]] Request getApiKeyInfo();

/// What is given must all be so.
struct CallFilter {
    QString callId = {};
    QString agentId = {};
    QString fromNumber = {};
    QString toNumber = {};
    QMap<QString, QString> metadata = {}; // top-level keys, equal
    QList<CallStatus> statuses = {};      // not Registered, which Retell refuses here
    QList<DisconnectionReason> reasons = {};
    /// A call that never started has no start: do not look for it by this.
    std::optional<Timestamp> startedFrom = {};
    std::optional<Timestamp> startedTo = {};
};
struct ListCalls {
    CallFilter filter = {};
    int limit = 50;           // to 1000
    bool isAscending = false; // by start
    QString paginationKey = {};
    bool includesTotal = false;
};
[[nodiscard]] Result<Request> listCalls(const ListCalls &list);

/// Of a call's record.
struct UpdateCall {
    std::optional<Json> metadata = {};
    std::optional<QString> dataStorageSetting = {}; // only stricter
};
[[nodiscard]] Result<Request> updateCall(const QString &callId, const UpdateCall &update);

/// Of a call that is live: something the agent should know.
struct UpdateLiveCall {
    QString additionalContext = {};
    bool triggersResponse = false;
    std::optional<QMap<QString, QString>> dynamicVariables = {};
    std::optional<Json> metadata = {};
};
[[nodiscard]] Result<Request> updateLiveCall(const QString &callId, const UpdateLiveCall &update);

} // namespace providers::retell
