#include "delivery/dynopay_sender.h"

#include "core/assert.h"
#include "core/callback_token.h"
#include "delivery/method_table.h"
#include "providers/dynopay/api.h"

namespace delivery {

namespace {

tl::unexpected<Error> missing(const char *member)
{
    return failure({.code = ErrorCode::BadInput,
                    .detail = QStringLiteral("payload without %1").arg(QLatin1String(member))});
}

Result<QByteArray> creationBody(const DynopayAccess &access, const Json &payload)
{
    const auto deposit = core::integerMember(payload, "deposit");
    const auto amountText = core::textMember(payload, "amount_usd");
    const auto coin = core::textMember(payload, "coin");
    if (!deposit || !amountText || !coin)
        return missing("deposit, amount_usd or coin");
    const auto amount = Money::parse(*amountText);
    if (!amount)
        return failure(amount.error());
    const QByteArray token = core::callbackToken(access.installationKey, DepositId{*deposit});
    return providers::dynopay::createRequest(
        {.amount = *amount,
         .coin = *coin,
         .hookUrl =
             QString::fromLatin1(below(access.publicUrl, "/webhooks/dynopay/" + token).toEncoded()),
         .depositId = QString::number(*deposit),
         .sendsLegacyRedirect = access.sendsLegacyRedirect});
}

/// "/user/<call>/<the payload's member>"
Result<QByteArray> lookUpPath(const QByteArray &call, const Json &payload, const char *member)
{
    const auto id = core::textMember(payload, member);
    if (!id || id->isEmpty())
        return missing(member);
    return "/user/" + call + '/' + QUrl::toPercentEncoding(*id);
}

Result<QByteArray> pathOf(const queue::OutboxHead &head, bool isAlternative)
{
    if (head.method == QLatin1String("createPayment"))
        return QByteArray("/user/cryptoPayment");
    if (head.method == QLatin1String("getPaymentStatus"))
        return lookUpPath("getPaymentStatus", head.payload, "payment_id");
    if (head.method == QLatin1String("getCryptoTransaction"))
        return lookUpPath("getCryptoTransaction", head.payload, "address");
    if (head.method == QLatin1String("listEvents")) {
        const QByteArray after =
            QUrl::toPercentEncoding(core::textMember(head.payload, "after").value_or(QString()));
        return "/user/events?limit=100" + (after.isEmpty() ? after : "&starting_after=" + after);
    }
    return QByteArray(isAlternative ? "/getSupportedCurrency" : "/user/getSupportedCurrency");
}

} // namespace

Result<HttpRequest> dynopayRequest(const DynopayAccess &access, const queue::OutboxHead &head,
                                   bool isAlternative)
{
    const auto path = pathOf(head, isAlternative);
    if (!path)
        return failure(path.error());
    const Method *method = findMethod(head.provider, head.method);
    CORE_ASSERT(method); // the courier takes no other rows
    HttpRequest request{.verb = method->verb,
                        .url = below(access.baseUrl, *path),
                        .headers = {{"x-api-key", access.apiKey.toUtf8()},
                                    {"Authorization", "Bearer " + access.walletToken.toUtf8()},
                                    {"Content-Type", "application/json"}}};
    if (head.method != QLatin1String("createPayment"))
        return request;
    auto body = creationBody(access, head.payload);
    if (!body)
        return failure(body.error());
    request.body = *std::move(body);
    request.headers.append({"Idempotency-Key", head.requestKey.toUtf8()});
    return request;
}

} // namespace delivery
