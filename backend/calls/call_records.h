#pragma once

#include "calls/call_store.h"
#include "providers/retell/call.h"

namespace calls {

/// What is kept of a call that is over, from whatever told of it last: cost, summary, transcript,
/// recording. A callee who wants no more calls gets none. The caller saves the call.
[[nodiscard]] Result<void> keepReport(engine::Context &context, Call &call,
                                      const providers::retell::Call &report);

/// Whether the provider has said what was talked about.
[[nodiscard]] Result<bool> hasAnalysis(engine::Context &context, const Call &call);

/// Until the transaction ends, so that a dial of a number and an opt-out of it see each other
/// whole.
[[nodiscard]] Result<void> lockNumber(database::Transaction &transaction, const QString &number);
/// Nobody is called at this number any more. The same again changes nothing.
[[nodiscard]] Result<void> addOptOut(engine::Context &context, const QString &number, CallId call);

} // namespace calls
