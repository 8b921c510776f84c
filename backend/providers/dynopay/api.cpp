#include "providers/dynopay/api.h"

#include "core/assert.h"
#include "providers/dynopay/members.h"

#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

namespace providers::dynopay {

namespace {

constexpr qint64 kMicrosPerCent = 10'000;
constexpr qint64 kConfirmationsMax = 1'000'000;
constexpr qsizetype kMessageCharactersMax = 300;
constexpr std::chrono::seconds kRetryAfterDefault{60}; // DynoPay's limits are per minute
constexpr std::chrono::seconds kInProgressDelay{2};
const Money kMinimumMax = Money::fromCents(1'000'00); // more than that is a misreading

Refusal badRequestRefusal(const QString &code, const QString &message)
{
    if (code == QLatin1String("currency_not_available") ||
        code == QLatin1String("no_wallet_configured"))
        return Refusal::CoinUnavailable;
    if (code == QLatin1String("sandbox_restriction"))
        return Refusal::Sandbox;
    if (code == QLatin1String("amount_below_minimum") ||
        (code.isEmpty() && message.contains(QLatin1String("minimum"), Qt::CaseInsensitive)))
        return Refusal::BelowMinimum;
    return Refusal::BadRequest;
}

Refusal refusalOf(int status, const QString &code, const QString &message)
{
    switch (status) {
    case 401:
    case 403: return Refusal::Unauthorized;
    case 404: return Refusal::NotFound;
    case 409:
        return code == QLatin1String("idempotency_key_reused") ? Refusal::KeyReused
                                                               : Refusal::InProgress;
    case 429: return Refusal::RateLimited;
    default: break;
    }
    const bool isOurs = status >= 400 && status < 500 && status != 408;
    return isOurs ? badRequestRefusal(code, message) : Refusal::Unavailable;
}

ApiError errorOf(const ApiAnswer &answer, int status, const Json &json)
{
    ApiError error;
    error.httpStatus = answer.httpStatus;
    error.code = core::textMember(json, "code").value_or(QString());
    error.message = firstOf(json, {"message", "error"}).left(kMessageCharactersMax);
    error.refusal = refusalOf(status, error.code, error.message);
    if (error.refusal == Refusal::RateLimited)
        error.retryAfter = answer.retryAfter.value_or(kRetryAfterDefault);
    if (error.refusal == Refusal::InProgress)
        error.retryAfter = kInProgressDelay;
    return error;
}

tl::unexpected<ApiError> garbled(const ApiAnswer &answer)
{
    return tl::unexpected(ApiError{.refusal = Refusal::Unavailable,
                                   .httpStatus = answer.httpStatus,
                                   .code = {},
                                   .message = QStringLiteral("an answer that cannot be read")});
}

/// The whole answer when it is a success.
ApiResult<Json> unwrap(const ApiAnswer &answer)
{
    const auto json = core::parseJson(answer.body);
    const bool isGood = answer.httpStatus >= 200 && answer.httpStatus < 300;
    if (!isGood)
        return tl::unexpected(errorOf(answer, answer.httpStatus, json ? *json : Json()));
    if (!json || !json->is_object())
        return garbled(answer);
    // A refusal under a good status: what a 400 would have said.
    if (core::boolMember(*json, "success") == false)
        return tl::unexpected(errorOf(answer, 400, *json));
    return *json;
}

ApiResult<Json> unwrapData(const ApiAnswer &answer)
{
    auto json = unwrap(answer);
    if (!json)
        return json;
    const Json *data = core::member(*json, "data");
    if (!data || !data->is_object())
        return garbled(answer);
    return Json(*data);
}

QString paymentIdOf(const Json &data)
{
    const QString id = firstOf(data, {"transaction_id", "payment_id", "id"});
    const Json *payment = core::member(data, "payment");
    return id.isEmpty() && payment ? firstOf(*payment, {"id"}) : id;
}

int confirmationsOf(const Json &data, const char *key)
{
    return static_cast<int>(
        std::clamp<qint64>(core::integerMember(data, key).value_or(0), 0, kConfirmationsMax));
}

/// 25 or 19.99, as JSON writes a number.
QString numberOf(Money amount)
{
    QString text = amount.toString();
    while (text.endsWith(u'0'))
        text.chop(1);
    if (text.endsWith(u'.'))
        text.chop(1);
    return text;
}

bool isWebAddress(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    return url.isValid() && !url.host().isEmpty() &&
           (url.scheme() == QLatin1String("https") || url.scheme() == QLatin1String("http"));
}

} // namespace

Result<QByteArray> createRequest(const CreatePayment &payment)
{
    if (!payment.amount.isPositive() || payment.amount.micros() % kMicrosPerCent != 0)
        return failure({.code = ErrorCode::BadInput,
                        .detail = QStringLiteral("a deposit is a positive number of whole cents")});
    if (payment.coin.isEmpty() || payment.depositId.isEmpty() || !isWebAddress(payment.hookUrl))
        return failure(
            {.code = ErrorCode::BadInput,
             .detail = QStringLiteral("a deposit needs a coin, an id and a hook address")});
    const QString coin = normalisedCoin(payment.coin);
    Json request = {{"currency", coin},
                    {"webhook_url", payment.hookUrl},
                    {"callback_url", payment.hookUrl},
                    // With "customer" a payer of exactly what we show is judged underpaid.
                    {"fee_payer", "company"},
                    {"product_id", QStringLiteral("crypto_") + coin.toLower()},
                    {"meta_data",
                     {{"deposit_id", payment.depositId},
                      {"amount_usd", payment.amount.toString()},
                      {"purpose", payment.purpose},
                      {"v", 1}}}};
    if (payment.sendsLegacyRedirect)
        request["redirect_uri"] = payment.hookUrl;
    // The number is put in as text, so that no amount ever passes through a double.
    return QByteArray("{\"amount\":" + numberOf(payment.amount).toLatin1() + ',' +
                      core::toBytes(request).mid(1));
}

bool ApiError::isTransient() const
{
    return refusal == Refusal::InProgress || refusal == Refusal::RateLimited ||
           refusal == Refusal::Unavailable;
}

QLatin1String name(Refusal refusal)
{
    switch (refusal) {
    case Refusal::BadRequest: return QLatin1String("BadRequest");
    case Refusal::CoinUnavailable: return QLatin1String("CoinUnavailable");
    case Refusal::BelowMinimum: return QLatin1String("BelowMinimum");
    case Refusal::Sandbox: return QLatin1String("Sandbox");
    case Refusal::Unauthorized: return QLatin1String("Unauthorized");
    case Refusal::NotFound: return QLatin1String("NotFound");
    case Refusal::KeyReused: return QLatin1String("KeyReused");
    case Refusal::InProgress: return QLatin1String("InProgress");
    case Refusal::RateLimited: return QLatin1String("RateLimited");
    case Refusal::Unavailable: return QLatin1String("Unavailable");
    }
    CORE_ASSERT(false);
    return {};
}

std::optional<Money> minimumIn(const ApiError &error)
{
    // Not the digits of a coin's name, and not an amount of one: coins are written in capitals.
    static const QRegularExpression words(
        QStringLiteral("(?i:minimum|at least).{0,60}?(?<![A-Za-z0-9.,-])"
                       "([0-9]{1,6}(?:\\.[0-9]{1,6})?)(?![0-9.])(?!\\s*(?!USD\\b)[A-Z]{3,})"));
    if (error.refusal != Refusal::BelowMinimum)
        return std::nullopt;
    const auto found = words.match(error.message);
    const auto minimum = Money::parse(found.captured(1));
    if (!found.hasMatch() || !minimum || !minimum->isPositive() || *minimum > kMinimumMax)
        return std::nullopt;
    return *minimum;
}

ApiResult<CreatedPayment> parseCreated(const ApiAnswer &answer)
{
    const auto json = unwrap(answer);
    if (!json)
        return tl::unexpected(json.error());
    const Json *nested = core::member(*json, "data");
    const Json &data = nested && nested->is_object() ? *nested : *json;
    CreatedPayment created;
    created.address = firstOf(data, {"address", "payment_address"});
    if (created.address.isEmpty())
        created.address = firstOf(*json, {"address", "payment_address"});
    if (created.address.isEmpty())
        return garbled(answer);
    created.paymentId = paymentIdOf(data);
    if (created.paymentId.isEmpty())
        created.paymentId = paymentIdOf(*json);
    created.amount = firstOf(data, {"amount", "crypto_amount"});
    created.currency = normalisedCoin(firstOf(data, {"currency"}));
    created.destinationTag = firstOf(data, {"destination_tag"});
    return created;
}

bool PaymentStatus::isSettled() const
{
    return status.statusClass == StatusClass::FinalPaid && isPaid.value_or(true);
}

ApiResult<PaymentStatus> parsePaymentStatus(const ApiAnswer &answer)
{
    const auto data = unwrapData(answer);
    if (!data)
        return tl::unexpected(data.error());
    PaymentStatus payment;
    payment.paymentId = firstOf(*data, {"payment_id", "transaction_id", "id"});
    payment.statusWord = firstOf(*data, {"payment_status", "status"});
    payment.status = statusOf(payment.statusWord);
    payment.isPaid = core::boolMember(*data, "is_paid");
    payment.currency = normalisedCoin(firstOf(*data, {"currency"}));
    payment.amountExpected = firstOf(*data, {"amount"});
    payment.amountReceived = firstOf(*data, {"amount_received", "paid_amount"});
    payment.baseAmount = firstOf(*data, {"base_amount"});
    payment.baseCurrency = normalisedCoin(firstOf(*data, {"base_currency"}));
    payment.txId = firstOf(*data, {"incoming_tx_hash", "transaction_reference"});
    payment.confirmations = confirmationsOf(*data, "confirmations");
    payment.requiredConfirmations = confirmationsOf(*data, "required_confirmations");
    return payment;
}

ApiResult<PaymentStatus> parseCryptoTransaction(const ApiAnswer &answer)
{
    const auto data = unwrapData(answer);
    if (!data) {
        ApiError error = data.error();
        // It asks for "a valid address" when it does not know, or knows no more, the one we gave.
        if (error.refusal == Refusal::BadRequest)
            error.refusal = Refusal::NotFound;
        return tl::unexpected(error);
    }
    PaymentStatus payment;
    payment.paymentId = firstOf(*data, {"payment_id"});
    payment.statusWord = firstOf(*data, {"status"});
    payment.status = statusOf(payment.statusWord);
    payment.currency = normalisedCoin(firstOf(*data, {"currency"}));
    payment.amountExpected = firstOf(*data, {"expectedAmount"});
    payment.amountReceived = firstOf(*data, {"paidAmount"});
    payment.txId = firstOf(*data, {"txId"});
    return payment;
}

ApiResult<SentEvents> parseEvents(const ApiAnswer &answer)
{
    const auto json = unwrap(answer);
    if (!json)
        return tl::unexpected(json.error());
    const Json *list = core::member(*json, "data");
    const Json *nested = list && list->is_object() ? core::member(*list, "events") : nullptr;
    if (nested)
        list = nested;
    if (!list || !list->is_array())
        return garbled(answer);
    SentEvents sent;
    for (const Json &item : *list) {
        const auto at = core::fromIso(firstOf(item, {"created_at"}));
        sent.events.append({.id = firstOf(item, {"id"}),
                            .event = firstOf(item, {"event"}),
                            .hook = firstOf(item, {"url"}).section(u'/', -1),
                            .status = firstOf(item, {"status"}),
                            .createdAt = at ? std::optional(*at) : std::nullopt});
    }
    const bool hasMore = core::boolMember(*json, "has_more").value_or(false);
    sent.next = hasMore ? firstOf(*json, {"next_cursor"}) : QString();
    if (hasMore && sent.next.isEmpty() && !sent.events.isEmpty())
        sent.next = sent.events.last().id;
    return sent;
}

ApiResult<QStringList> parseSupportedCurrency(const ApiAnswer &answer)
{
    const auto json = unwrap(answer);
    if (!json)
        return tl::unexpected(json.error());
    const Json *list = core::member(*json, "data");
    if (list && list->is_object())
        list = core::member(*list, "currencies");
    if (!list || !list->is_array())
        return garbled(answer);
    QStringList coins;
    for (const Json &item : *list) {
        const QString coin = item.is_string()
                                 ? QString::fromStdString(item.get_ref<const std::string &>())
                                 : firstOf(item, {"currency", "code", "symbol"});
        const QString normalised = normalisedCoin(coin);
        if (!normalised.isEmpty() && !coins.contains(normalised))
            coins << normalised;
    }
    return coins;
}

} // namespace providers::dynopay
