#pragma once

#include "operators/refund_flow.h"

namespace operators {

/// Gives back, without anybody who asks for it, what a call cost that the provider says failed.
/// Only within the caps of the rules; what is above them waits for a person like any other refund.
class AutomaticRefund {
public:
    AutomaticRefund(const customers::Messenger &messenger, const RefundFlow &refunds);

    /// refund.automatic: call, why (the provider's word for it). Posted by the calls.
    void addRoutes(engine::RoutingTable &routes) const;

private:
    struct Case;
    [[nodiscard]] Result<engine::Outcome> handle(const engine::Event &event,
                                                 engine::Context &context) const;
    [[nodiscard]] Result<void> give(engine::Context &context, const Case &wanted) const;

    const customers::Messenger &m_messenger;
    const RefundFlow &m_refunds;
};

} // namespace operators
