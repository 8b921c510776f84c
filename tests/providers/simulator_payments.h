#pragma once

#include "tests/providers/simulator_stage.h"

#include "providers/dynopay/api.h"

namespace tests {

inline QByteArray createBody(const SimulatorStage &stage,
                             const QString &path = QStringLiteral("/pay/a"),
                             const QString &coin = QStringLiteral("LTC"))
{
    return *providers::dynopay::createRequest({.amount = Money::fromCents(5000),
                                               .coin = coin,
                                               .hookUrl = stage.receiver.url(path),
                                               .depositId = QStringLiteral("dep_1"),
                                               .sendsLegacyRedirect = true});
}

/// Creates a payment of 50 USD and returns its id.
inline QByteArray create(SimulatorStage &stage, const QString &path = QStringLiteral("/pay/a"))
{
    const WebAnswer answer =
        stage.dynopay("POST", QStringLiteral("cryptoPayment"), createBody(stage, path));
    if (answer.status != 200)
        return {};
    return QByteArray::fromStdString(answer.json["data"]["transaction_id"].get<std::string>());
}

inline WebAnswer play(SimulatorStage &stage, const QByteArray &id, const Json &steps)
{
    return stage.act(("payments/" + id + "/scenario").constData(), {{"steps", steps}});
}

/// The status route's answer, as the bot would read it.
inline providers::dynopay::ApiResult<providers::dynopay::PaymentStatus>
statusOf(SimulatorStage &stage, const QByteArray &id)
{
    const WebAnswer answer =
        stage.dynopay("GET", QStringLiteral("getPaymentStatus/") + QString::fromLatin1(id));
    return providers::dynopay::parsePaymentStatus(
        {.httpStatus = answer.status, .body = core::toBytes(answer.json)});
}

inline QStringList events(const SimulatorStage &stage)
{
    return stage.receiver.texts("event");
}

} // namespace tests
