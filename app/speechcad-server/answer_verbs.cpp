#include "assembly/database_access.h"
#include "export_file.h"
#include "ledger/balance_at.h"
#include "ledger/statement.h"
#include "ledger/trial_balance.h"
#include "output.h"
#include "verbs.h"

namespace server {

namespace {

std::optional<Timestamp> timeOf(const Arguments &arguments, const char *option)
{
    const auto time = core::fromIso(arguments.option(option));
    return time ? std::optional(*time) : std::nullopt;
}

int misusedTime(const char *option)
{
    return misused(
        QStringLiteral("--%1 is a time such as 2026-11-22T08:00:00Z").arg(QLatin1String(option)));
}

std::optional<CustomerId> customerOf(const Arguments &arguments)
{
    bool isNumber = false;
    const qint64 id = arguments.operands.first().toLongLong(&isNumber);
    return isNumber ? std::optional(CustomerId{id}) : std::nullopt;
}

/// What is not there is a finding; everything else keeps the verb from running.
int failed(const Arguments &arguments, const Error &error)
{
    const int cannot = cannotRun(arguments.isJson, error);
    return error.code == ErrorCode::NotFound ? FoundProblem : cannot;
}

/// One transaction of one read connection.
template <typename T>
Result<T> read(const core::Settings &settings,
               const std::function<Result<T>(database::Transaction &)> &query)
{
    const auto access = assembly::DatabaseAccess::open(settings);
    if (!access)
        return failure(access.error());
    const auto connection = database::Connection::open((*access)->url(), QStringLiteral("read"));
    if (!connection)
        return failure(connection.error());
    auto transaction = database::Transaction::begin(**connection);
    if (!transaction)
        return failure(transaction.error());
    if (auto set = transaction->set(
            QStringLiteral("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"));
        !set)
        return failure(set.error());
    return query(*transaction);
}

Json jsonOf(const ledger::Balance &balance)
{
    return {{"available", balance.available.toString()},
            {"held", balance.held.toString()},
            {"debt", balance.debt.toString()}};
}

QString inWords(const ledger::Balance &balance)
{
    return QStringLiteral("available %1 USD, held %2, debt %3")
        .arg(balance.available.toString(), balance.held.toString(), balance.debt.toString());
}

} // namespace

int ledgerBalance(const Arguments &arguments, const core::Settings &settings, const Clock &clock)
{
    const auto customer = customerOf(arguments);
    if (!customer)
        return misused(QStringLiteral("a customer is named by a number"));
    const auto at = arguments.has("at") ? timeOf(arguments, "at") : clock.now();
    if (!at)
        return misusedTime("at");
    const auto balance = read<ledger::Balance>(settings, [&](database::Transaction &transaction) {
        return arguments.has("at") ? ledger::balanceAt(transaction, *customer, *at)
                                   : ledger::balanceOf(transaction, *customer);
    });
    if (!balance)
        return failed(arguments, balance.error());
    if (arguments.isJson) {
        Json json = jsonOf(*balance);
        json["customer"] = customer->value;
        json["at"] = core::toIso(*at);
        printJson(json);
    } else {
        printLine(QStringLiteral("balance of %1 at %2: %3")
                      .arg(customer->value)
                      .arg(core::toIso(*at), inWords(*balance)));
    }
    return Good;
}

int ledgerTrialBalance(const Arguments &arguments, const core::Settings &settings)
{
    const auto at = timeOf(arguments, "at");
    if (arguments.has("at") && !at)
        return misusedTime("at");
    const auto balance =
        read<ledger::TrialBalance>(settings, [&](database::Transaction &transaction) {
            return ledger::trialBalance(transaction, at);
        });
    if (!balance)
        return failed(arguments, balance.error());
    Json accounts = Json::array();
    for (const ledger::TrialLine &line : balance->lines) {
        accounts.push_back({{"account", line.account},
                            {"is_customers", line.isCustomers},
                            {"amount", line.amount.toString()},
                            {"entries", line.entries}});
        if (!arguments.isJson)
            printLine(QStringLiteral("%1 %2 USD  %3 entries")
                          .arg(line.account, -18)
                          .arg(line.amount.toString(), 20)
                          .arg(line.entries, 10));
    }
    if (arguments.isJson)
        printJson({{"at", at ? Json(core::toIso(*at)) : Json()},
                   {"accounts", accounts},
                   {"transfers", balance->transfers},
                   {"sum", balance->sum.toString()}});
    else
        printLine(QStringLiteral("%1 %2 USD  %3 transfers")
                      .arg(QStringLiteral("sum"), -18)
                      .arg(balance->sum.toString(), 20)
                      .arg(balance->transfers, 8));
    return balance->sum.isZero() ? Good : FoundProblem;
}

int ledgerStatement(const Arguments &arguments, const core::Settings &settings, const Clock &clock)
{
    const auto customer = customerOf(arguments);
    const auto from = timeOf(arguments, "from");
    const auto to = arguments.has("to") ? timeOf(arguments, "to") : clock.now();
    if (!customer || !arguments.has("csv"))
        return misused(
            QStringLiteral("ledger statement CUSTOMER --from TIME --to TIME --csv FILE"));
    if (!from || !to || *to < *from)
        return misusedTime(from ? "to" : "from");
    const auto access = assembly::DatabaseAccess::open(settings);
    if (!access)
        return cannotRun(arguments.isJson, access.error());
    const auto connection = database::Connection::open((*access)->url(), QStringLiteral("read"));
    if (!connection)
        return cannotRun(arguments.isJson, connection.error());
    ExportFile file(arguments.option("csv"));
    if (auto made = file.open(); !made)
        return cannotRun(arguments.isJson, made.error());
    const auto statement =
        ledger::writeStatement(**connection, {*customer, *from, *to},
                               [&](const QByteArray &bytes) { return file.write(bytes); });
    if (!statement)
        return failed(arguments, statement.error());
    const auto sha256 = file.keep();
    if (!sha256)
        return cannotRun(arguments.isJson, sha256.error());
    if (arguments.isJson) {
        printJson({{"customer", customer->value},
                   {"from", core::toIso(*from)},
                   {"to", core::toIso(*to)},
                   {"opening", jsonOf(statement->opening)},
                   {"closing", jsonOf(statement->closing)},
                   {"transfers", statement->transfers},
                   {"file", arguments.option("csv")},
                   {"sha256", *sha256}});
        return Good;
    }
    printLine(QStringLiteral("opening: ") + inWords(statement->opening));
    printLine(QStringLiteral("closing: ") + inWords(statement->closing));
    printLine(QStringLiteral("%1 transfers; SHA-256 %2").arg(statement->transfers).arg(*sha256));
    return Good;
}

} // namespace server
