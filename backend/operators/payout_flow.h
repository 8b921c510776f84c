#pragma once

#include "customers/messenger.h"
#include "operators/preview_parts.h"
#include "operators/sealing.h"

namespace operators {

struct WantedPayout;

/// The register of money that leaves the system: nobody here can send it, so it says who agreed to
/// it, to where, and by which transaction a person sent it. One asks, a Senior or Finance agrees,
/// then another one of Finance; with that the wallet pays. A day later at the earliest it is sent.
class PayoutFlow {
public:
    PayoutFlow(const customers::Messenger &messenger, const Sealing &sealing);

    /// payout.preview, .request, .approve, .reject, .paid and .failed, and the timer
    /// payout.expire.
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
    [[nodiscard]] Result<CommandOutcome> paid(engine::Context &context, const Command &command,
                                              const Json &payload) const;
    [[nodiscard]] Result<CommandOutcome> failed(engine::Context &context, const Command &command,
                                                const Json &payload) const;

    /// Left for others.
    [[nodiscard]] Result<CommandOutcome> leave(engine::Context &context, const Command &command,
                                               const WantedPayout &wanted) const;
    [[nodiscard]] Result<Made> perform(engine::Context &context, const WantedPayout &wanted,
                                       bool isShown) const;
    [[nodiscard]] Result<Made> giveBack(engine::Context &context, qint64 id, CustomerId customer,
                                        Money amount, bool isShown) const;
    /// payout.preview with "outcome": "failed": what payout.failed would do.
    [[nodiscard]] Result<CommandOutcome> previewFailed(engine::Context &context,
                                                       const Command &command, qint64 id) const;
    [[nodiscard]] Result<api::RefundPreview> look(engine::Context &context, const Command &command,
                                                  const WantedPayout &wanted) const;

    const customers::Messenger &m_messenger;
    const Sealing &m_sealing;
};

} // namespace operators
