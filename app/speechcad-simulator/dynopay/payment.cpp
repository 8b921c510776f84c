#include "dynopay/payment.h"

namespace simulator {

namespace {

using OrderedJson = nlohmann::ordered_json;

constexpr qint64 kMicros = 1'000'000;

QString statusWord(const Payment &payment, const PaymentNews &news)
{
    if (!payment.style.unknownStatus.isEmpty())
        return payment.style.unknownStatus;
    if (news.isOrphan)
        return QStringLiteral("completed");
    if (news.isRecovered)
        return QStringLiteral("successful");
    if (news.event == u"payment.settlement_failed")
        return QStringLiteral("failed");
    return news.event.section(u'.', 1);
}

QString currencyOf(const Payment &payment)
{
    if (!payment.style.hasWrongCurrency)
        return payment.coin->code;
    return payment.coin->code == u"DOGE" ? QStringLiteral("TRX") : QStringLiteral("DOGE");
}

void addMeta(OrderedJson &body, const Payment &payment)
{
    switch (payment.style.meta) {
    case HookStyle::Meta::Object: body["meta_data"] = payment.meta; return;
    case HookStyle::Meta::String: body["meta_data"] = payment.meta.dump(); return;
    case HookStyle::Meta::Null: body["meta_data"] = nullptr; return;
    case HookStyle::Meta::Absent: return;
    case HookStyle::Meta::Foreign:
        body["meta_data"] = payment.meta;
        body["meta_data"]["deposit_id"] = "dep_of_somebody_else";
        return;
    }
}

void addBase(OrderedJson &body, const Payment &payment)
{
    switch (payment.style.base) {
    case HookStyle::Base::Number: body["base_amount"] = numberOf(payment.usdMicros, kMicros); break;
    case HookStyle::Base::String:
        body["base_amount"] = decimalText(payment.usdMicros / 10'000, 100).toStdString();
        break;
    case HookStyle::Base::Null: body["base_amount"] = nullptr; break;
    case HookStyle::Base::Wrong:
        body["base_amount"] = numberOf(payment.usdMicros * 2, kMicros);
        break;
    }
    body["base_currency"] = "USD";
}

OrderedJson underpaidPayload(const Payment &payment, const PaymentNews &news, Timestamp now)
{
    return {{"event", "payment.underpaid"},
            {"payment_id", payment.id.toStdString()},
            {"address", payment.address.toStdString()},
            {"currency", currencyOf(payment).toStdString()},
            {"amount_received", numberOf(news.units, kUnitsPerCoin)},
            {"amount_expected", numberOf(payment.requestedUnits, kUnitsPerCoin)},
            {"amount_remaining", numberOf(payment.requestedUnits - news.units, kUnitsPerCoin)},
            {"status", statusWord(payment, news).toStdString()},
            {"timestamp", core::toIso(now).toStdString()}};
}

OrderedJson orphanPayload(World &world, const Payment &payment, const PaymentNews &news)
{
    OrderedJson body = {{"event", "payment.confirmed"},
                        {"payment_id", world.randomUuid().toStdString()},
                        {"original_payment_id", nullptr},
                        {"status", statusWord(payment, news).toStdString()},
                        {"recovered", true},
                        {"recovery_type", "orphan_detection"},
                        {"transaction_reference", news.txId.toStdString()},
                        {"amount", numberOf(news.units, kUnitsPerCoin)},
                        {"currency", currencyOf(payment).toStdString()}};
    if (news.knowsOriginal)
        body["original_payment_id"] = payment.id.toStdString();
    return body;
}

OrderedJson recoveredPayload(const Payment &payment, const PaymentNews &news)
{
    return {{"event", news.event.toStdString()},
            {"payment_id", payment.id.toStdString()},
            {"status", statusWord(payment, news).toStdString()},
            {"recovered", true},
            {"amount", numberOf(news.units, kUnitsPerCoin)},
            {"currency", currencyOf(payment).toStdString()},
            {"meta_data", nullptr}};
}

OrderedJson failedPayload(const Payment &payment, const PaymentNews &news)
{
    return {{"event", news.event.toStdString()},
            {"payment_id", payment.id.toStdString()},
            {"status", statusWord(payment, news).toStdString()},
            {"payment_received", true},
            {"error", "insufficient gas for forwarding"},
            {"amount", numberOf(news.units, kUnitsPerCoin)},
            {"currency", currencyOf(payment).toStdString()}};
}

/// pending, confirmed and settled.
OrderedJson usualPayload(World &world, const Payment &payment, const PaymentNews &news)
{
    const std::string status = statusWord(payment, news).toStdString();
    const QString address =
        payment.style.hasWrongAddress ? newAddress(world, *payment.coin) : payment.address;
    OrderedJson body = {{"event", news.event.toStdString()},
                        {"payment_type", "direct_api"},
                        {"payment_id", payment.id.toStdString()},
                        {"address", address.toStdString()},
                        {"txId", news.txId.toStdString()},
                        {"transaction_reference", news.txId.toStdString()},
                        {"amount", numberOf(news.units, kUnitsPerCoin)},
                        {"currency", currencyOf(payment).toStdString()},
                        {"status", status},
                        {"payment_status", status}};
    addBase(body, payment);
    body["exchange_rate"] = numberOf(payment.coin->rateMicros, kMicros);
    if (news.event == u"payment.settled") {
        const qint64 fee = timesRatio(*payment.coin, news.units, 0.015);
        body["merchant_amount"] = numberOf(news.units - fee, kUnitsPerCoin);
        body["admin_fee_amount"] = numberOf(fee, kUnitsPerCoin);
        body["settlement_tx_id"] = world.randomText("0123456789abcdef", 64).toStdString();
        body["settled_at"] = core::toIso(world.scheduler.now()).toStdString();
    }
    body["fee_payer"] = "company";
    body["link_id"] = nullptr;
    addMeta(body, payment);
    return body;
}

OrderedJson bodyOf(World &world, const Payment &payment, const PaymentNews &news)
{
    if (news.isOrphan)
        return orphanPayload(world, payment, news);
    if (news.isRecovered)
        return recoveredPayload(payment, news);
    if (news.event == u"payment.underpaid")
        return underpaidPayload(payment, news, world.scheduler.now());
    if (news.event == u"payment.settlement_failed")
        return failedPayload(payment, news);
    return usualPayload(world, payment, news);
}

} // namespace

OrderedJson payloadOf(World &world, const Payment &payment, const PaymentNews &news)
{
    if (payment.style.isLegacyFlat)
        return legacyPayloadOf(payment, news);
    OrderedJson body = bodyOf(world, payment, news);
    if (payment.style.isSimulated)
        body["simulated"] = true;
    body["created_at"] = core::toIso(world.scheduler.now()).toStdString();
    return body;
}

OrderedJson legacyPayloadOf(const Payment &payment, const PaymentNews &news)
{
    const QString status = payment.style.unknownStatus.isEmpty() ? QStringLiteral("successful")
                                                                 : payment.style.unknownStatus;
    OrderedJson body = {{"id", payment.id.toStdString()},
                        {"status", status.toStdString()},
                        {"payment_mode", "CRYPTO"},
                        {"paid_amount", numberOf(news.units, kUnitsPerCoin)},
                        {"paid_currency", currencyOf(payment).toStdString()}};
    addBase(body, payment);
    body["transaction_reference"] = news.txId.toStdString();
    if (payment.style.isSimulated)
        body["simulated"] = true;
    addMeta(body, payment);
    return body;
}

} // namespace simulator
