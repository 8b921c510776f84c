#include "providers/dynopay/event.h"

#include "providers/dynopay/members.h"

namespace providers::dynopay {

namespace {

/// What warns us: true unless it is absent or plainly says no.
bool isRaised(const Json &json, const char *key)
{
    const Json *flag = core::member(json, key);
    if (!flag)
        return false;
    if (flag->is_boolean())
        return flag->get<bool>();
    const auto text = core::numberText(json, key);
    return !text || !(text->isEmpty() || *text == QLatin1String("0") ||
                      text->compare(QLatin1String("false"), Qt::CaseInsensitive) == 0);
}

std::optional<QString> metaText(const Json &meta, const char *key)
{
    const QString text = firstOf(meta, {key});
    return text.isEmpty() ? std::nullopt : std::optional(text);
}

/// An object, or an object written into a string; else nothing.
Meta readMeta(const Json &json)
{
    const Json *found = core::member(json, "meta_data");
    if (!found)
        return {};
    Json meta = *found;
    if (const auto text = core::textMember(json, "meta_data"))
        meta = core::parseJson(text->toUtf8()).value_or(Json());
    return {.depositId = metaText(meta, "deposit_id"), .amountUsd = metaText(meta, "amount_usd")};
}

QString textOf(const Json &json, const char *key)
{
    return core::textMember(json, key).value_or(QString()).trimmed();
}

void readStatus(const Json &json, Event &event)
{
    event.event = textOf(json, "event");
    event.isTest = event.event == QLatin1String("webhook.test");
    event.statusWord = event.event;
    for (const char *key : {"status", "payment_status"}) {
        if (event.statusWord.isEmpty())
            event.statusWord = textOf(json, key);
    }
    event.status = statusOf(event.statusWord);
}

} // namespace

Result<Event> parseEvent(QByteArrayView body)
{
    const auto json = core::parseJson(body);
    if (!json)
        return failure(json.error());
    return readEvent(*json);
}

Result<Event> readEvent(const Json &json)
{
    if (!json.is_object())
        return failure(
            {.code = ErrorCode::BadInput, .detail = QStringLiteral("not a JSON object")});
    Event event;
    readStatus(json, event);
    event.isSimulated = isRaised(json, "simulated");
    event.isRecovered = isRaised(json, "recovered") || isRaised(json, "recovery");
    event.recoveryType = textOf(json, "recovery_type");
    event.paymentId = firstOf(json, {"payment_id", "id", "transaction_id"});
    event.originalPaymentId = firstOf(json, {"original_payment_id"});
    event.address = normalisedAddress(firstOf(json, {"address", "payment_address"}));
    event.currency = normalisedCoin(firstOf(json, {"currency", "paid_currency"}));
    event.amount = firstOf(json, {"amount", "paid_amount"});
    event.amountReceived = firstOf(json, {"amount_received"});
    event.amountExpected = firstOf(json, {"amount_expected"});
    event.baseAmount = firstOf(json, {"base_amount"});
    event.baseCurrency = normalisedCoin(firstOf(json, {"base_currency"}));
    event.exchangeRate = firstOf(json, {"exchange_rate"});
    event.fee = firstOf(json, {"admin_fee_amount"});
    event.txId = firstOf(json, {"txId"});
    event.reference = firstOf(json, {"transaction_reference"});
    event.createdAt = textOf(json, "created_at");
    event.meta = readMeta(json);
    return event;
}

} // namespace providers::dynopay
