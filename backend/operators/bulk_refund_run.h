#pragma once

#include "api/bulk_refunds.h"
#include "customers/messenger.h"
#include "engine/routing_table.h"

namespace operators {

/// Asks each customer's lane for their part of a batch that was agreed to: one row a customer.
[[nodiscard]] Result<void> postCustomers(engine::Context &context, api::BatchId batch,
                                         const std::vector<CustomerId> &customers);

/// Gives back what a batch has for a customer, call by call: each of them is done once, or says why
/// not. When the batch was stopped meanwhile, nothing.
class BulkRefundRun {
public:
    explicit BulkRefundRun(const customers::Messenger &messenger);

    /// refund.bulk.customer, posted, and refund.bulk.finish, posted after it.
    void addRoutes(engine::RoutingTable &routes) const;

private:
    struct Part;
    [[nodiscard]] Result<engine::Outcome> giveBack(const engine::Event &event,
                                                   engine::Context &context) const;
    [[nodiscard]] Result<void> giveOne(engine::Context &context, const Part &part,
                                       size_t place) const;

    const customers::Messenger &m_messenger;
};

} // namespace operators
