#pragma once

#include <QHash>
#include <QString>

namespace tests {

/// Tables that stay short. Every other one is full in this test, and may not be read whole.
inline const QHash<QString, QString> kShort = {
    {QStringLiteral("migrations"), QStringLiteral("one row a version")},
    {QStringLiteral("schema_state"), QStringLiteral("one row")},
    {QStringLiteral("policy_switches"), QStringLiteral("one row a switch")},
    {QStringLiteral("rates"), QStringLiteral("a few hundred prefixes a version")},
    {QStringLiteral("rate_versions"), QStringLiteral("one row a change of prices")},
    {QStringLiteral("operators"), QStringLiteral("the staff")},
    {QStringLiteral("operator_settings"), QStringLiteral("one row")},
    {QStringLiteral("webhook_signers"), QStringLiteral("one row a provider")},
    {QStringLiteral("sign_in_failures"), QStringLiteral("names and addresses that wait")},
    {QStringLiteral("inbox_waiting"), QStringLiteral("what is still to do, nothing else")},
    {QStringLiteral("outbox_waiting"), QStringLiteral("what is still to send, nothing else")},
    {QStringLiteral("dial_lines"), QStringLiteral("the calls of this minute")},
    {QStringLiteral("live_transcripts"), QStringLiteral("the calls of this minute")},
    {QStringLiteral("inbox_conflicts"), QStringLiteral("contradictions, for a person to look at")},
    {QStringLiteral("webhook_quarantine"), QStringLiteral("refused, for a person to look at")},
    {QStringLiteral("operator_preferences"), QStringLiteral("the staff's, 500 each at most")},
    {QStringLiteral("command_secrets"), QStringLiteral("commands of this second")},
    {QStringLiteral("command_lanes"), QStringLiteral("one row a kind of command")},
    {QStringLiteral("second_factors"), QStringLiteral("the staff's")},
    {QStringLiteral("recovery_codes"), QStringLiteral("the staff's, ten each")},
    {QStringLiteral("revealed_values"), QStringLiteral("of this minute")},
    {QStringLiteral("coin_switches"), QStringLiteral("one row a coin")},
    {QStringLiteral("plan_versions"), QStringLiteral("one row a price")},
    {QStringLiteral("agreements"), QStringLiteral("one row a decision of two")},
    {QStringLiteral("refund_rules"), QStringLiteral("one row a change of limits")},
    {QStringLiteral("refund_batches"), QStringLiteral("one row a bulk refund")},
    {QStringLiteral("refund_batch_approvals"), QStringLiteral("two a bulk refund at most")},
    {QStringLiteral("deposit_rules"), QStringLiteral("one row a change of rules")},
    {QStringLiteral("deposit_comparisons"), QStringLiteral("one row a day")},
};

/// Statements that may read a whole table nevertheless.
struct Exception {
    const char *part; // of the statement
    const char *why;
};
inline constexpr Exception kExceptions[] = {
    {"AS ledger_sum", "adds up all rows, once a minute for all pages together"},
    {"AS ledger_left", "counts the books, once a minute in one server"},
    {"(greatest(abs(t.available)", "the ledger by amount: an index would cost every posting"},
    {"WHEN 'debt' THEN t.debt <> 0", "the ledger by account: the same"},
};

} // namespace tests
