#pragma once

#include "api/people.h"
#include "database/read_pool.h"

namespace assembly {

/// Answers the console's People page; the QR codes are drawn by what sends them to customers too.
class PeoplePages final : public api::People {
public:
    PeoplePages(database::ReadPool &pool, const Clock &clock);
    [[nodiscard]] QFuture<Result<api::Page<api::PersonRow>>>
    listPeople(api::PageQuery query) override;
    [[nodiscard]] QFuture<Result<QList<api::PersonRow>>>
    loadPeople(QList<api::OperatorId> ids) override;
    [[nodiscard]] QFuture<Result<QList<api::SessionRow>>> loadSessions(api::OperatorId id) override;
    [[nodiscard]] QFuture<Result<QByteArray>> drawQr(QString text) override;

private:
    database::ReadPool &m_pool;
    const Clock &m_clock;
};

} // namespace assembly
