#pragma once

#include "operators/refund_flow.h"

namespace operators {

/// What a customer reports about a call becomes a refund that waits for a person: of all that is
/// left of what the call cost, once.
class CustomerRequest {
public:
    explicit CustomerRequest(const RefundFlow &refunds);

    /// refund.asked: call, reason, words. Posted by the calls.
    void addRoutes(engine::RoutingTable &routes) const;

private:
    [[nodiscard]] Result<engine::Outcome> handle(const engine::Event &event,
                                                 engine::Context &context) const;

    const RefundFlow &m_refunds;
};

} // namespace operators
