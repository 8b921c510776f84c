#pragma once

#include "api/bulk_refunds.h"
#include "ledger/refund.h"
#include "tests/database/operator_fixture.h"
#include "tests/support/paid_many.h"

namespace tests {

inline constexpr qint64 kFirstOfMany = 7300;

/// Bulk refunds as a console asks for them: who asks is the Senior, who agrees is of Finance.
class BulkStage : public OperatorStage {
protected:
    /// So many customers with so many calls each, of 2 USD.
    void addMany(int customers, int ofEach = 1, Money charged = usd(2))
    {
        addFrenchCustomers(*m_connection, kFirstOfMany, customers);
        addPaidCalls(*m_connection, kFirstOfMany, customers, ofEach, charged);
    }
    /// All calls that the provider spoilt in the last day.
    [[nodiscard]] Json wish(const Json &query = Json::object()) const
    {
        Json json = {{"v", 1},
                     {"query",
                      {{"from", core::toIso(m_clock.now() - std::chrono::hours(24))},
                       {"to", core::toIso(m_clock.now() - std::chrono::minutes(5))},
                       {"disconnections", {"error_asr"}}}},
                     {"share", "full"},
                     {"reason", "call_failed"},
                     {"note", ""}};
        json["query"].update(query);
        return json;
    }
    [[nodiscard]] api::BulkRefundPreview look(const Json &what,
                                              const QString &who = QStringLiteral("senior"))
    {
        const Finished seen = command(who, "refund.bulk.preview", what, nextKey());
        return api::bulkPreviewFromJson(seen.answer).value_or(api::BulkRefundPreview());
    }
    [[nodiscard]] Finished request(Json what, const QString &key = QStringLiteral("outage-1"),
                                   const QString &who = QStringLiteral("senior"))
    {
        const QString hash = look(what, who).hash;
        what["hash"] = hash.toStdString();
        what["key"] = key.toStdString();
        return command(who, "refund.bulk.request", what, nextKey());
    }
    /// Left for others; its number.
    [[nodiscard]] qint64 ask(const Json &what, const QString &key = QStringLiteral("outage-1"))
    {
        return core::integerMember(request(what, key).answer, "batch").value_or(0);
    }
    [[nodiscard]] Json agreement(qint64 batch, const QString &who = QStringLiteral("finance"))
    {
        const QString hash = look({{"v", 1}, {"batch", batch}}, who).hash;
        return {{"v", 1}, {"batch", batch}, {"hash", hash.toStdString()}};
    }
    [[nodiscard]] Finished approve(qint64 batch, const QString &who = QStringLiteral("finance"))
    {
        return command(who, "refund.bulk.approve", agreement(batch, who), nextKey());
    }
    /// Agreed to, and nothing given yet: every customer's part waits.
    void approveOnly(qint64 batch)
    {
        const Json agree = agreement(batch);
        (void)submit(QStringLiteral("finance"), "refund.bulk.approve", agree, nextKey());
        (void)m_worker->runOnce(*m_connection);
    }
    [[nodiscard]] Finished cancel(qint64 batch, const QString &who, const QString &reason)
    {
        return command(who, "refund.bulk.cancel",
                       {{"v", 1}, {"batch", batch}, {"reason", reason.toStdString()}}, nextKey());
    }
    [[nodiscard]] QString stateOf(qint64 batch)
    {
        return column(*m_connection,
                      QStringLiteral("SELECT state AS answer FROM refund_batches WHERE id = ?"),
                      {batch})
            .value(0);
    }
    /// "3 done, 1 refused"
    [[nodiscard]] QString results()
    {
        return column(*m_connection,
                      QStringLiteral("SELECT count(*) || ' ' || state AS answer FROM "
                                     "refund_batch_rows GROUP BY state ORDER BY state"))
            .join(QStringLiteral(", "));
    }
    [[nodiscard]] qint64 refunded()
    {
        return count("SELECT coalesce(sum(available), 0)::bigint FROM transfers WHERE kind = "
                     "'refund'");
    }
    /// Empty: the books are sound, each row of a batch that is done has its own transfer and
    /// message, and no call was given back twice.
    [[nodiscard]] QString problems();
    void handleWithThreads(int threads);
    [[nodiscard]] QString nextKey() { return QStringLiteral("key-%1").arg(++m_keys); }

    int m_keys = 0;
};

inline QString BulkStage::problems()
{
    const auto verified = ledger::verify(*m_connection);
    if (!verified || !verified->isSound())
        return QStringLiteral("the books");
    if (count("SELECT count(*) FROM inbox_outcomes WHERE state = 'dead'") != 0)
        return QStringLiteral("dead rows");
    if (count("SELECT count(*) FROM inbox_waiting") != 0)
        return QStringLiteral("rows that wait");
    if (count(
            "SELECT count(*) FROM refund_batch_rows x WHERE state = 'done' AND NOT EXISTS (SELECT "
            "FROM refunds r JOIN transfers t ON t.id = r.transfer_id WHERE r.id = x.refund_id AND "
            "t.request_key = 'refund:' || x.batch_id || ':' || x.call_id AND t.available = "
            "x.amount AND t.customer_id = x.customer_id)") != 0)
        return QStringLiteral("a row without its transfer");
    if (count("SELECT count(*) FROM refunds WHERE batch_id IS NOT NULL") !=
        count("SELECT count(*) FROM refund_batch_rows WHERE state = 'done'"))
        return QStringLiteral("a refund without its row");
    if (count("SELECT count(*) FROM (SELECT refunds_id FROM transfers t JOIN transfers p ON p.id = "
              "t.refunds_id GROUP BY refunds_id, p.platform_amount HAVING -sum(t.platform_amount) "
              "> p.platform_amount) x") != 0)
        return QStringLiteral("given back twice");
    if (count("SELECT count(*) FROM refund_batches b WHERE state IN ('done', 'cancelled', 'void', "
              "'rejected', 'expired') AND EXISTS (SELECT FROM refund_batch_rows x WHERE x.batch_id "
              "= b.id AND x.state = 'planned')") != 0)
        return QStringLiteral("an ended batch that plans");
    return {};
}

inline void BulkStage::handleWithThreads(int threads)
{
    inThreads(threads, [&](int) {
        const auto connection = openConnection(m_url);
        engine::Counters counters;
        engine::Worker worker(m_routes, m_clock, kInstallationKey, counters);
        for (int idle = 0; idle < 3;) {
            const auto pass = worker.runOnce(*connection);
            idle += pass && pass->rows == 0 ? 1 : 0;
        }
    });
    handleAll();
}

} // namespace tests
