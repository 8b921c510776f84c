#pragma once

#include "engine/routing_table.h"
#include "operators/operator_store.h"

namespace operators {

/// A command on its way through its handler, and who asked for it.
struct Command {
    InboxId id;
    QString kind; // "refund.execute"
    QString requestKey;
    OperatorId by;     // 0: nobody yet, signing in
    QString name;      // of the operator
    Roles roles;       // solo mode included
    QString language;  // of the operator
    QString origin;    // address, or "local"
    SessionId session; // 0: signing in
    bool isSolo = false;
    QByteArray sealed = {}; // of a command that carries a secret
};

/// What a command came to. A refusal undoes all that its work wrote.
struct CommandOutcome {
    QString code = {};   // empty: done
    QString detail = {}; // English, of a refusal
    Json answer = Json::object();
    bool keepsEffects = false;           // a refusal that is remembered: a failed try to sign in
    std::optional<AuditLine> audit = {}; // instead of the line that is made of the command

    [[nodiscard]] bool isDone() const { return code.isEmpty(); }
};

[[nodiscard]] CommandOutcome refused(const char *code, const QString &detail);
/// The line of the audit that a command gets when it was done, for work that says more in it.
[[nodiscard]] AuditLine doneLine(const Command &command, const Json &payload);

using CommandWork =
    std::function<Result<CommandOutcome>(engine::Context &, const Command &, const Json &payload)>;

struct CommandKind {
    QString name; // one of api::commandKinds(), which says who may give it
    CommandWork work;
    bool needsSession = true;
    bool isAuditedWhenDone = true; // false: it only looks
};

/// Adds the route of a kind of command. Its handler takes the command once, drops it when it came
/// too late, checks session and role as they are now, runs `work`, and writes down what became of
/// it together with a line of the audit.
void addCommand(engine::RoutingTable &routes, CommandKind kind);

/// A step of a flow, which outlives the routes: what a command does, or only looks at.
template <typename Flow>
using FlowStep = Result<CommandOutcome> (Flow::*)(engine::Context &, const Command &,
                                                  const Json &) const;
template <typename Flow>
void addStep(engine::RoutingTable &routes, const Flow *flow, const char *name, FlowStep<Flow> step,
             bool isAuditedWhenDone = true)
{
    addCommand(routes, {.name = QString::fromLatin1(name),
                        .work =
                            [flow, step](engine::Context &context, const Command &command,
                                         const Json &payload) {
                                return (flow->*step)(context, command, payload);
                            },
                        .isAuditedWhenDone = isAuditedWhenDone});
}

} // namespace operators
