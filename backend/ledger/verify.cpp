#include "ledger/verify.h"

#include "database/transaction.h"

namespace ledger {

namespace {

// How much of the time each part takes, in thousandths.
constexpr int kAfterTotals = 50;
constexpr int kAfterBalances = 400;

Error stopped()
{
    return {.code = ErrorCode::ShuttingDown, .detail = QStringLiteral("stopped")};
}

} // namespace

Result<Verification> verify(database::Connection &connection, const std::optional<SealCheck> &seals,
                            const VerifyProgress &progress)
{
    const auto goesOn = [&](const QString &what, int thousandths) {
        return !progress || progress(what, thousandths);
    };
    SealCheck check = seals.value_or(SealCheck());
    auto transaction = beginSnapshot(connection, check);
    if (!transaction)
        return failure(transaction.error());
    const auto totals = transaction->run(QStringLiteral(
        "SELECT count(*) AS transfers, coalesce(sum(available + held + debt + platform_amount + "
        "other_amount), 0)::bigint AS total, "
        "(SELECT count(*) FROM wallets WHERE customer_id <> 0) AS wallets FROM transfers"));
    if (!totals)
        return failure(totals.error());
    if (!goesOn(QStringLiteral("balances and chains"), kAfterTotals))
        return failure(stopped());
    const auto found = transaction->run(QStringLiteral(
        "SELECT problem, customer, coalesce(transfer, 0) AS transfer FROM ledger_problems()"));
    if (!found)
        return failure(found.error());
    Verification verification = {.transfers = totals->first().integer("transfers"),
                                 .wallets = totals->first().integer("wallets"),
                                 .sum = totals->first().money("total"),
                                 .problems = {},
                                 .seals = {}};
    for (qsizetype i = 0; i < found->size(); ++i) {
        const database::Row row = (*found)[i];
        verification.problems.append({row.text("problem"), CustomerId{row.integer("customer")},
                                      TransferId{row.integer("transfer")}});
    }
    if (!goesOn(QStringLiteral("seals"), kAfterBalances))
        return failure(stopped());
    if (seals) {
        auto report = verifySeals(*transaction, check, progress, kAfterBalances);
        if (!report)
            return failure(report.error());
        verification.seals = *std::move(report);
    }
    return verification;
}

} // namespace ledger
