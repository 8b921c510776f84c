#pragma once

#include "operators/command_desk.h"
#include "operators/sealing.h"

namespace operators {

struct WantedBatch;

/// Many calls refunded at once: looked for by a query, shown call by call, asked for under a name
/// that is good once, agreed to by another person as a whole, then given customer by customer
/// (`BulkRefundRun`). It can be stopped on the way: what is given stays given.
class BulkRefund {
public:
    explicit BulkRefund(const Sealing &sealing);

    /// refund.bulk.preview, .request, .approve and .cancel, and the timer refund.bulk.expire.
    void addRoutes(engine::RoutingTable &routes) const;

private:
    [[nodiscard]] Result<CommandOutcome> preview(engine::Context &context, const Command &command,
                                                 const Json &payload) const;
    [[nodiscard]] Result<CommandOutcome> request(engine::Context &context, const Command &command,
                                                 const Json &payload) const;
    [[nodiscard]] Result<CommandOutcome> approve(engine::Context &context, const Command &command,
                                                 const Json &payload) const;
    [[nodiscard]] Result<CommandOutcome> cancel(engine::Context &context, const Command &command,
                                                const Json &payload) const;

    [[nodiscard]] Result<CommandOutcome> agree(engine::Context &context, const Command &command,
                                               const Json &payload,
                                               const WantedBatch &wanted) const;

    const Sealing &m_sealing;
};

} // namespace operators
