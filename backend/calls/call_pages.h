#pragma once

#include "api/calls.h"
#include "core/clock.h"
#include "database/read_pool.h"
#include "language/catalogue.h"

namespace calls {

/// Answers the console's Live calls page from the read connections. Numbers leave it masked.
class CallPages final : public api::Calls {
public:
    CallPages(database::ReadPool &pool, std::shared_ptr<const language::Catalogue> catalogue,
              const Clock &clock);
    [[nodiscard]] QFuture<Result<api::Page<api::CallRow>>> listCalls(api::PageQuery query) override;
    [[nodiscard]] QFuture<Result<QList<api::CallRow>>> loadCalls(QList<api::CallId> ids) override;
    [[nodiscard]] QFuture<Result<api::CallDetail>> loadCall(api::CallId id) override;
    [[nodiscard]] QFuture<Result<api::Outbound>> loadOutbound() override;
    [[nodiscard]] QFuture<Result<QStringList>> suggest(QString field, QString typed) override;

private:
    database::ReadPool &m_pool;
    std::shared_ptr<const language::Catalogue> m_catalogue; // rules are explained in English
    const Clock &m_clock;
};

} // namespace calls
