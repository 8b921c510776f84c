#include "assembly/database_access.h"
#include "ledger/explanation.h"
#include "output.h"
#include "verbs.h"

namespace server {

namespace {

constexpr int kTransfersMax = 50; // of a customer

using Explained = QList<ledger::ExplainedTransfer>;

/// "T-42" is a transfer, as the bot and the console write it; a bare number is a customer.
Result<Explained> explain(database::Transaction &transaction, const QString &what)
{
    const bool isTransfer = what.startsWith(QLatin1String("T-"), Qt::CaseInsensitive);
    bool isNumber = false;
    const qint64 id = what.mid(isTransfer ? 2 : 0).toLongLong(&isNumber);
    if (!isNumber)
        return failure({.code = ErrorCode::BadInput,
                        .detail = QStringLiteral("a transfer is named T-42, a customer by a "
                                                 "number")});
    return isTransfer ? ledger::explainTransfer(transaction, TransferId{id})
                      : ledger::explainCustomer(transaction, CustomerId{id}, kTransfersMax);
}

Json jsonOf(const ledger::Cause &cause)
{
    return {{"inbox", cause.id.value}, {"source", cause.source},
            {"kind", cause.kind},      {"lane", cause.lane},
            {"state", cause.state},    {"received_at", core::toIso(cause.receivedAt)},
            {"detail", cause.detail},  {"body", cause.body}};
}

Json idOf(const std::optional<TransferId> &id)
{
    return id ? Json(id->value) : Json();
}

Json jsonOf(const ledger::ExplainedTransfer &transfer)
{
    Json causes = Json::array();
    for (const ledger::Cause &cause : transfer.causes)
        causes.push_back(jsonOf(cause));
    return {{"transfer", transfer.id.value},
            {"customer", transfer.customer.value},
            {"at", core::toIso(transfer.at)},
            {"kind", transfer.kind},
            {"reference", transfer.reference},
            {"available", transfer.available.toString()},
            {"held", transfer.held.toString()},
            {"debt", transfer.debt.toString()},
            {"platforms", transfer.platforms},
            {"available_after", transfer.availableAfter.toString()},
            {"resolves", idOf(transfer.resolves)},
            {"refunds", idOf(transfer.refunds)},
            {"causes", causes}};
}

void print(const ledger::ExplainedTransfer &transfer)
{
    QString line = QStringLiteral("T-%1  %2  %3 (%4)  customer %5: available %6, held %7")
                       .arg(transfer.id.value)
                       .arg(core::toIso(transfer.at), transfer.kind, transfer.reference)
                       .arg(transfer.customer.value)
                       .arg(transfer.available.toString(), transfer.held.toString());
    if (!transfer.debt.isZero())
        line += QStringLiteral(", debt ") + transfer.debt.toString();
    if (!transfer.platforms.isEmpty())
        line += QStringLiteral("; ") + transfer.platforms;
    line += QStringLiteral(" -> available ") + transfer.availableAfter.toString();
    if (transfer.resolves)
        line += QStringLiteral(", ends hold T-%1").arg(transfer.resolves->value);
    if (transfer.refunds)
        line += QStringLiteral(", gives back of T-%1").arg(transfer.refunds->value);
    printLine(line);
    QString indent = QStringLiteral("  ");
    for (const ledger::Cause &cause : transfer.causes) {
        QString words = QStringLiteral("%1because of #%2  %3  %4 %5 on %6, %7")
                            .arg(indent)
                            .arg(cause.id.value)
                            .arg(core::toIso(cause.receivedAt), cause.source, cause.kind,
                                 cause.lane, cause.state);
        if (!cause.detail.isEmpty())
            words += QStringLiteral(" (%1)").arg(cause.detail);
        printLine(words);
        printLine(indent + QStringLiteral("  ") + QString::fromUtf8(core::toBytes(cause.body)));
        indent += QStringLiteral("  ");
    }
    if (transfer.causes.isEmpty())
        printLine(indent + QStringLiteral("what caused it is not in the archive"));
}

} // namespace

int ledgerExplain(const Arguments &arguments, const core::Settings &settings)
{
    const auto access = assembly::DatabaseAccess::open(settings);
    if (!access)
        return cannotRun(arguments.isJson, access.error());
    const auto connection = database::Connection::open((*access)->url(), QStringLiteral("read"),
                                                       database::Role::Console);
    if (!connection)
        return cannotRun(arguments.isJson, connection.error());
    auto transaction = database::Transaction::begin(**connection);
    if (!transaction)
        return cannotRun(arguments.isJson, transaction.error());
    const auto explained = explain(*transaction, arguments.operands.first());
    if (!explained) {
        const int cannot = cannotRun(arguments.isJson, explained.error());
        switch (explained.error().code) {
        case ErrorCode::BadInput: return BadUsage;
        case ErrorCode::NotFound: return FoundProblem;
        default: return cannot;
        }
    }
    Json list = Json::array();
    for (const ledger::ExplainedTransfer &transfer : *explained) {
        if (arguments.isJson)
            list.push_back(jsonOf(transfer));
        else
            print(transfer);
    }
    if (arguments.isJson)
        printJson({{"transfers", list}});
    return Good;
}

} // namespace server
