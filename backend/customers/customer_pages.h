#pragma once

#include "api/customers.h"
#include "core/clock.h"
#include "database/read_pool.h"
#include "language/catalogue.h"

namespace customers {

/// Answers the console's Customers page from the read connections.
class CustomerPages final : public api::Customers {
public:
    CustomerPages(database::ReadPool &pool, std::shared_ptr<const language::Catalogue> catalogue,
                  const Clock &clock);
    [[nodiscard]] QFuture<Result<api::Page<api::CustomerRow>>>
    listCustomers(api::PageQuery query) override;
    [[nodiscard]] QFuture<Result<QList<api::CustomerRow>>>
    loadCustomers(QList<CustomerId> ids) override;
    [[nodiscard]] QFuture<Result<api::CustomerDetail>> loadCustomer(CustomerId id) override;
    [[nodiscard]] QFuture<Result<api::Page<api::TimelineRow>>>
    listTimeline(api::PageQuery query) override;
    [[nodiscard]] QFuture<Result<api::Page<api::MessageRow>>>
    listMessages(api::PageQuery query, QString language) override;
    [[nodiscard]] QFuture<Result<QStringList>> suggest(QString field, QString typed) override;

private:
    database::ReadPool &m_pool;
    std::shared_ptr<const language::Catalogue> m_catalogue;
    const Clock &m_clock;
};

} // namespace customers
