#include "calls/rates.h"

#include "core/assert.h"

#include <algorithm>

namespace calls {

namespace {

constexpr qint64 kSecondsAMinute = 60;
constexpr std::chrono::seconds kBilledMin{6};

std::chrono::seconds billedOf(std::chrono::milliseconds duration)
{
    return std::max(kBilledMin, std::chrono::ceil<std::chrono::seconds>(duration));
}

} // namespace

Result<Rate> rateFor(database::Transaction &transaction, const QString &number, Timestamp at)
{
    const auto rows = transaction.run(
        QStringLiteral("SELECT r.version, r.prefix, r.per_minute, v.recording_fee FROM rates r "
                       "JOIN rate_versions v ON v.id = r.version "
                       "WHERE v.id = (SELECT id FROM rate_versions WHERE starts_at <= "
                       "?::timestamptz ORDER BY starts_at DESC, id DESC LIMIT 1) "
                       "AND starts_with(?::text, r.prefix) ORDER BY length(r.prefix) DESC LIMIT 1"),
        {core::toIso(at), number});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return failure(
            {.code = ErrorCode::NotFound, .detail = QStringLiteral("no rate for this number")});
    const database::Row row = rows->first();
    return Rate{.version = static_cast<int>(row.integer("version")),
                .prefix = row.text("prefix"),
                .perMinute = row.money("per_minute"),
                .recordingFee = row.money("recording_fee")};
}

Bill billOf(const Terms &terms, std::optional<std::chrono::milliseconds> duration)
{
    if (!duration)
        return {};
    Bill bill;
    bill.billed = billedOf(*duration);
    bill.fromAllowance = std::min(bill.billed, terms.fromAllowance);
    const Money price = priceOf(terms, bill.billed - bill.fromAllowance);
    bill.captured = std::min(price, terms.hold);
    bill.uncovered = price - bill.captured;
    CORE_ASSERT(!bill.uncovered.isNegative() && bill.captured <= terms.hold);
    return bill;
}

Money priceOf(const Terms &terms, std::chrono::seconds paid)
{
    return terms.perMinute.timesRatioUp(paid.count(), kSecondsAMinute) + terms.recordingFee;
}

} // namespace calls
