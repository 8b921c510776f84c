#include "call_controls.h"

namespace assembly {

operators::CallControls callControls(const calls::CallFlow &calls)
{
    return {
        .stop =
            [&calls](engine::Context &context, qint64 call, const QString &by) {
                return calls.stop(context, calls::CallId{call}, calls::StopReason::Operator, by);
            },
        .stopAll = [&calls](engine::Context &context, const QString &reason,
                            const QString &by) { return calls.stopAll(context, reason, by); },
        .stoppedSince = [&calls](engine::Context &context) { return calls.stoppedSince(context); },
        .resume = [&calls](engine::Context &context, const QString &reason,
                           const QString &by) { return calls.resume(context, reason, by); }};
}

} // namespace assembly
