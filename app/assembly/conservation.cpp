#include "conservation.h"

#include "database/transaction.h"

namespace assembly {

namespace {

// Of partitions that were dropped only the keys are left; none of their rows was still to do. Open
// holds are found by the index on calls that are not over.
const QString kEverything = QStringLiteral(
    "WITH floor AS (SELECT coalesce(min(substring(c.relname FROM '[0-9]+$')::bigint), 0) * 1000000 "
    "AS id FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = "
    "'inbox'::regclass), "
    "arrived AS (SELECT count(*) AS n, count(*) FILTER (WHERE inbox_id < (SELECT id FROM floor)) "
    "AS retired FROM inbox_keys), "
    "w AS (SELECT sum(available) AS available, sum(held) AS held, sum(debt) AS debt FROM wallets), "
    "t AS (SELECT sum(available) AS available, sum(held) AS held, sum(debt) AS debt, "
    "sum(available + held + debt + platform_amount + other_amount) AS total, "
    "sum(available + debt) FILTER (WHERE kind IN ('deposit', 'deposit_excess')) AS deposited FROM "
    "transfers) "
    "SELECT arrived.n AS inbox_left, arrived.retired + (SELECT count(*) FROM inbox_outcomes) + "
    "(SELECT count(*) FROM inbox_waiting) AS inbox_right, "
    "coalesce(t.total, 0)::bigint AS ledger_left, 0::bigint AS ledger_right, "
    "coalesce(w.available, 0)::bigint AS available_left, "
    "coalesce(t.available, 0)::bigint AS available_right, "
    "coalesce(w.held, 0)::bigint AS held_left, coalesce(t.held, 0)::bigint AS held_right, "
    "coalesce(w.debt, 0)::bigint AS debt_left, coalesce(t.debt, 0)::bigint AS debt_right, "
    // What deposits say was credited, their excess included. A payment that people matched to a
    // customer is named by its review alone.
    "((SELECT coalesce(sum(credited), 0) FROM deposits) + (SELECT coalesce(sum(x.available + "
    "x.debt), 0) FROM deposit_reviews r JOIN transfers x ON x.id = r.transfer_id AND x.kind = "
    "'deposit' WHERE r.deposit_id IS NULL OR r.decision = 'match'))::bigint AS deposits_left, "
    "coalesce(t.deposited, 0)::bigint AS deposits_right, "
    "(SELECT coalesce(sum(hold), 0) FROM calls WHERE state IN ('asked', 'queued', 'dialling', "
    "'unknown', 'talking', 'ending') AND hold_transfer_id IS NOT NULL)::bigint AS holds_left, "
    "coalesce(w.held, 0)::bigint AS holds_right, "
    "(SELECT count(*) FROM transfers WHERE id > coalesce((SELECT transfers_upto FROM seals ORDER "
    "BY id DESC LIMIT 1), 0)) AS unsealed_transfers, "
    "(SELECT count(*) FROM audit WHERE id > coalesce((SELECT audit_upto FROM seals ORDER BY id "
    "DESC LIMIT 1), 0)) AS unsealed_audit FROM arrived, w, t");

struct Named {
    const char *name;
    const char *left;
    const char *right;
    bool isMoney;
};

// In words: arrived is done, waiting, retrying or dead; all entries sum to zero; wallets are what
// transfers made them; credited deposits are transfers; what is held is held for calls.
constexpr std::array kEquations = {Named{"inbox", "inbox_left", "inbox_right", false},
                                   Named{"ledger_sum", "ledger_left", "ledger_right", true},
                                   Named{"available", "available_left", "available_right", true},
                                   Named{"held", "held_left", "held_right", true},
                                   Named{"debt", "debt_left", "debt_right", true},
                                   Named{"deposits", "deposits_left", "deposits_right", true},
                                   Named{"open_holds", "holds_left", "holds_right", true}};

intake::Metric byEquation(const Conservation &conservation, const QByteArray &name,
                          const QByteArray &help,
                          const std::function<qint64(const Equation &)> &valueOf)
{
    intake::Metric metric{.name = name, .help = help};
    for (const Equation &equation : conservation.equations)
        metric.samples.append({.value = static_cast<double>(valueOf(equation)),
                               .labels = {{.name = "equation", .value = equation.name.toUtf8()}}});
    return metric;
}

} // namespace

QString Equation::words() const
{
    const auto text = [this](qint64 value) {
        return isMoney ? Money::fromMicros(value).toString() : QString::number(value);
    };
    return QStringLiteral("%1: %2 is not %3").arg(name, text(left), text(right));
}

QStringList Conservation::mismatches() const
{
    QStringList words;
    for (const Equation &equation : equations) {
        if (!equation.holds())
            words << equation.words();
    }
    return words;
}

Result<Conservation> readConservation(database::Connection &connection, Timestamp now)
{
    auto transaction = database::Transaction::begin(connection);
    if (!transaction)
        return failure(transaction.error());
    if (auto set = transaction->set(QStringLiteral("SET LOCAL statement_timeout = '60s'")); !set)
        return failure(set.error());
    const auto rows = transaction->run(kEverything);
    if (!rows)
        return failure(rows.error());
    const database::Row row = rows->first();
    Conservation conservation = {.equations = {},
                                 .unsealedTransfers = row.integer("unsealed_transfers"),
                                 .unsealedAudit = row.integer("unsealed_audit"),
                                 .countedAt = now};
    for (const Named &named : kEquations)
        conservation.equations.append({QString::fromLatin1(named.name), row.integer(named.left),
                                       row.integer(named.right), named.isMoney});
    return conservation;
}

QList<intake::Metric> metricsOf(const Conservation &conservation)
{
    return {byEquation(conservation, "speechcad_books_balanced",
                       "1 when both sides of the equation are the same",
                       [](const Equation &equation) { return equation.holds() ? 1 : 0; }),
            byEquation(conservation, "speechcad_books_left",
                       "Left side: rows of the inbox, else micro-dollars",
                       [](const Equation &equation) { return equation.left; }),
            byEquation(conservation, "speechcad_books_right", "Right side of the same",
                       [](const Equation &equation) { return equation.right; }),
            intake::gauge("speechcad_books_counted_timestamp_seconds", "When that was counted",
                          static_cast<double>(core::toMicros(conservation.countedAt) / 1'000'000)),
            intake::gauge("speechcad_unsealed_transfers", "Transfers that no seal covers yet",
                          static_cast<double>(conservation.unsealedTransfers)),
            intake::gauge("speechcad_unsealed_audit_rows", "Audit rows that no seal covers yet",
                          static_cast<double>(conservation.unsealedAudit))};
}

} // namespace assembly
