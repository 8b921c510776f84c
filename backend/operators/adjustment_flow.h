#pragma once

#include "customers/messenger.h"
#include "operators/preview_parts.h"
#include "operators/sealing.h"

namespace operators {

struct WantedAdjustment;

/// Money that is given to or taken from a wallet without a paid thing behind it, and refunds that
/// are taken back. One person of Finance asks (of a reversal a Senior may), another one of Finance
/// agrees to the same figures, and a day later it is too late.
class AdjustmentFlow {
public:
    AdjustmentFlow(const customers::Messenger &messenger, const Sealing &sealing);

    /// adjustment.preview, .request, .approve and .reject, refund.reverse, and the timer
    /// adjustment.expire.
    void addRoutes(engine::RoutingTable &routes) const;

private:
    [[nodiscard]] Result<CommandOutcome> preview(engine::Context &context, const Command &command,
                                                 const Json &payload) const;
    [[nodiscard]] Result<CommandOutcome> request(engine::Context &context, const Command &command,
                                                 const Json &payload) const;
    [[nodiscard]] Result<CommandOutcome> approve(engine::Context &context, const Command &command,
                                                 const Json &payload) const;
    [[nodiscard]] Result<CommandOutcome> reject(engine::Context &context, const Command &command,
                                                const Json &payload) const;
    [[nodiscard]] Result<engine::Outcome> expire(const engine::Event &event,
                                                 engine::Context &context) const;

    [[nodiscard]] Result<Made> perform(engine::Context &context, const WantedAdjustment &wanted,
                                       bool isShown) const;
    [[nodiscard]] Result<api::RefundPreview> look(engine::Context &context, const Command &command,
                                                  const WantedAdjustment &wanted) const;
    /// Left for others, with the hash of what it would do.
    [[nodiscard]] Result<CommandOutcome> leave(engine::Context &context, const Command &command,
                                               const Json &payload,
                                               const WantedAdjustment &wanted) const;
    [[nodiscard]] Result<CommandOutcome> finish(engine::Context &context, const Command &command,
                                                const WantedAdjustment &wanted) const;

    const customers::Messenger &m_messenger;
    const Sealing &m_sealing;
};

} // namespace operators
