#pragma once

#include "operators/command_desk.h"
#include "operators/sealing.h"

namespace operators {

enum class CodeVerdict {
    NotAsked, // this operator has no second factor
    Missing,
    Wrong,
    Right, // and used up with that
};

struct CodeCheck {
    CodeVerdict verdict = CodeVerdict::NotAsked;
    QString how = {}; // for the audit: "code", "recovery code, 9 left"
};

/// A code of the operator's app or one of their recovery codes. What was right is used up in the
/// same transaction.
[[nodiscard]] Result<CodeCheck> checkCode(engine::Context &context, OperatorId id,
                                          const QByteArray &typed);

/// second_factor.begin: a new secret, shown once to this console. Asked for only once confirmed.
[[nodiscard]] Result<CommandOutcome> beginSecondFactor(engine::Context &context,
                                                       const Command &command, const Json &payload);
/// second_factor.confirm: with a code of it, which came sealed. Shows ten recovery codes once.
[[nodiscard]] Result<CommandOutcome> confirmSecondFactor(engine::Context &context,
                                                         const Command &command,
                                                         const Json &payload,
                                                         const Sealing &sealing);
/// Whoever lost phone and paper signs in without it again. True: there was one.
[[nodiscard]] Result<bool> removeSecondFactor(database::Transaction &transaction, OperatorId id);

} // namespace operators
