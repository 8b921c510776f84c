#pragma once

#include "core/json.h"

#include <QStringList>

#include <chrono>
#include <map>
#include <optional>

namespace simulator {

struct SpokenLine {
    QString role; // "agent", "user"
    QString text;
    double atSeconds = 0; // of the talk
};

/// How the callee and the network treat a call, and how Retell tells of it.
struct CallPlan {
    enum class Telling {
        InOrder,  // each when it is due: some may overtake others
        InTurn,   // each when it is due and the one before is done with
        Reversed, // all of them when the last is due, one after another
        OnlyLast,
        None, // only get-call and list-calls know
    };
    enum class Signing {
        Good,
        Wrong, // with another key
        Stale, // of an hour ago
        None,
    };
    QString reason = QStringLiteral("agent_hangup");
    std::optional<bool> connects; // absent: as the reason has it
    std::optional<double> ringSeconds;
    std::optional<double> talkSeconds;
    std::optional<double> analysisSeconds; // after the end
    bool hasAnalysis = true;
    int turns = 4;           // lines of a ready-made talk, when `lines` is empty
    QList<SpokenLine> lines; // instead of it; their times follow from the length of the talk
    std::map<QString, QString> answers; // to the agent's post_call_analysis_data
    std::optional<double> costCents;
    std::optional<double> recordingSeconds; // how long the link lives
    bool hasRecording = true;
    bool refusesStopWhileRinging = false; // stop-call knows only calls that somebody answered

    Telling telling = Telling::InOrder;
    int copies = 1;
    double lateSeconds = 0;
    Signing signing = Signing::Good;
    bool hasUnknownFields = false;
    bool hasNulls = false;
    bool hasTextNumbers = false;
    bool saysRegistered = false; // whatever the status is

    [[nodiscard]] bool isConnecting() const;
};

/// "reason=dial_busy", "talk(100)", ...: see README.md. Errors: BadInput names the step.
[[nodiscard]] Result<CallPlan> callPlanFrom(const QStringList &steps, const QString &toNumber);
/// What the last two digits of a number say: 00 to 33 are the reasons in the sheet's order, and
/// anything else is a talk that the agent ends.
[[nodiscard]] CallPlan planOfNumber(const QString &toNumber);

} // namespace simulator
