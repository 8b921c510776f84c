#include "dynopay/dynopay_api.h"

#include "core/crypto.h"
#include "dynopay/dynopay_answer.h"

#include <QUrlQuery>

#include <algorithm>
#include <cmath>

namespace simulator {

namespace {

using namespace std::chrono_literals;

constexpr int kConfirmationsRequired = 3;

http::Response tooMany(int seconds)
{
    http::Response response =
        dynopayAnswer(429, {{"success", false}, {"message", "Too many requests"}});
    response.headers.append({"Retry-After", QByteArray::number(seconds)});
    return response;
}

int confirmationsOf(const QString &status)
{
    return status == u"settled" ? 6 : status == u"confirmed" ? 1 : 0;
}

} // namespace

DynoPayApi::DynoPayApi(World &world)
    : m_world(world)
    , m_hooks(world)
    , m_scenario(world, m_hooks, [this](const Payment &payment) -> PaymentPtr {
        const auto other =
            std::find_if(m_payments.crbegin(), m_payments.crend(),
                         [&](const PaymentPtr &each) { return each->id != payment.id; });
        return other == m_payments.crend() ? nullptr : *other;
    })
{
}

std::optional<DynoPayApi::Route> DynoPayApi::routeOf(const http::Request &request)
{
    QString path = QString::fromUtf8(QByteArray::fromPercentEncoding(request.path));
    if (path.startsWith(u"/api/"))
        path = path.mid(4);
    if (path == u"/getSupportedCurrency")
        return Route{QStringLiteral("currencies"), {}};
    if (!path.startsWith(u"/user/"))
        return std::nullopt;
    const QStringList parts = path.mid(6).split(u'/');
    const bool isGet = request.method == "GET";
    if (parts.front() == u"cryptoPayment" && !isGet)
        return Route{QStringLiteral("create"), {}};
    if (parts.front() == u"getPaymentStatus" && isGet)
        return Route{QStringLiteral("status"), parts.value(1)};
    if (parts.front() == u"getCryptoTransaction" && isGet)
        return Route{QStringLiteral("address"), parts.value(1)};
    if (parts.front() == u"getSupportedCurrency" && isGet)
        return Route{QStringLiteral("currencies"), {}};
    if (parts.front() == u"events" && isGet)
        return Route{QStringLiteral("events"), {}};
    if (parts.front() == u"events" && parts.value(2) == u"resend")
        return Route{QStringLiteral("resend"), parts.value(1)};
    return Route{QStringLiteral("unknown"), {}};
}

bool DynoPayApi::handle(const http::Request &request, const http::Reply &reply)
{
    const auto route = routeOf(request);
    if (!route)
        return false;
    if (const auto refusal = refusedAtDoor(request, *route)) {
        reply.send(*refusal);
        return true;
    }
    if (route->name == u"create")
        create(request, reply);
    else if (route->name == u"status" || route->name == u"address")
        status(*route, reply);
    else
        m_world.faults.answer(kDynopay + u'.' + route->name, reply, dynopayFault,
                              [&] { return run(*route, request); });
    return true;
}

std::optional<http::Response> DynoPayApi::refusedAtDoor(const http::Request &request,
                                                        const Route &route)
{
    const QByteArray key = request.header("x-api-key");
    if (key.isEmpty())
        return wrong(route.name, 403, {}, QStringLiteral("API key is required"));
    if (!core::equalInConstantTime(key, m_world.options.apiKey))
        return wrong(route.name, 403, {}, QStringLiteral("Invalid API key"));
    const QByteArray bearer = request.header("Authorization");
    if (bearer.isEmpty())
        return wrong(route.name, 403, {}, QStringLiteral("Authorization token is required"));
    if (!core::equalInConstantTime(bearer, "Bearer " + m_world.options.walletToken))
        return wrong(route.name, 403, {}, QStringLiteral("Invalid authorization token"));
    if (const auto seconds =
            m_callBucket.take(m_world.scheduler.now(), m_world.options.callsPerMinute / 60.0,
                              m_world.options.callsPerMinute))
        return tooMany(*seconds);
    return std::nullopt;
}

http::Response DynoPayApi::wrong(const QString &route, int status, const QString &code,
                                 const QString &message)
{
    m_world.violation(kDynopay, route, message);
    OrderedJson body = {{"success", false}, {"message", message.toStdString()}};
    if (!code.isEmpty())
        body["code"] = code.toStdString();
    return dynopayAnswer(status, body);
}

http::Response DynoPayApi::run(const Route &route, const http::Request &request)
{
    if (route.name == u"currencies")
        return currencies();
    const bool hasEvents = m_world.options.generation == Generation::New;
    if (route.name == u"events" && hasEvents)
        return events(request);
    if (route.name == u"resend" && hasEvents && m_hooks.resend(route.argument))
        return dynopayAnswer(200, {{"success", true}, {"message", "Event queued"}});
    if (route.name == u"unknown")
        m_world.violation(kDynopay, route.name, QStringLiteral("no such route"));
    return dynopayAnswer(404, {{"success", false}, {"message", "Not found"}});
}

void DynoPayApi::status(const Route &route, const http::Reply &reply)
{
    const PaymentPtr payment = route.name == u"status" ? m_byId.value(route.argument.toLatin1())
                                                       : findByAddress(route.argument);
    const bool isSilent = payment && payment->statusApi == StatusApi::Timeout;
    if (isSilent) {
        m_unanswered.append(reply);
        return;
    }
    m_world.faults.answer(kDynopay + u'.' + route.name, reply, dynopayFault, [&]() {
        if (payment && payment->statusApi == StatusApi::ServerError)
            return http::Response{.status = 500, .body = dynopayFault(500, {})};
        if (route.name == u"address")
            return payment ? addressNow(*payment)
                           : dynopayAnswer(400, {{"success", false},
                                                 {"message", "Please provide a valid address"}});
        const bool isKnown = payment && payment->statusApi != StatusApi::NotFound &&
                             payment->generation == Generation::New;
        return isKnown ? statusNow(*payment)
                       : dynopayAnswer(404, {{"success", false}, {"message", "Payment not found"}});
    });
}

QString DynoPayApi::statusOf(const Payment &payment) const
{
    if (payment.statusApi == StatusApi::Contradicts)
        return QStringLiteral("waiting");
    const bool isOver = m_world.scheduler.now() - payment.createdAt > m_world.scaled(kReservedFor);
    return payment.status == u"waiting" && isOver ? QStringLiteral("expired") : payment.status;
}

http::Response DynoPayApi::statusNow(const Payment &payment) const
{
    const QString word = statusOf(payment);
    const bool isPaid = word == u"settled";
    const bool isOptimistic = isPaid && payment.statusApi == StatusApi::Optimistic;
    const qint64 received = payment.statusApi == StatusApi::Contradicts ? 0
                            : isOptimistic                              ? payment.requestedUnits
                                                                        : payment.receivedUnits;
    OrderedJson data = {
        {"payment_id", payment.id.toStdString()},
        {"payment_status", word.toStdString()},
        {"status", isPaid ? "payout_complete" : word.toStdString()},
        {"is_paid", isPaid},
        {"payment_mode", "CRYPTO"},
        {"amount", numberOf(payment.requestedUnits, kUnitsPerCoin)},
        {"currency", payment.coin->code.toStdString()},
        {"amount_received", numberOf(received, kUnitsPerCoin)},
        {"amount_remaining",
         numberOf(std::max<qint64>(0, payment.requestedUnits - received), kUnitsPerCoin)},
        {"base_amount", numberOf(payment.usdMicros, 1'000'000)},
        {"base_currency", "USD"},
        {"confirmations", confirmationsOf(word)},
        {"required_confirmations", kConfirmationsRequired},
        {"transaction_reference", nullptr},
        {"incoming_tx_hash", nullptr},
        {"created_at", core::toIso(payment.createdAt).toStdString()}};
    if (!payment.txId.isEmpty()) {
        data["transaction_reference"] = payment.txId.toStdString();
        data["incoming_tx_hash"] = payment.txId.toStdString();
    }
    return dynopayAnswer(
        200, {{"success", true}, {"message", "Payment status fetched"}, {"data", data}});
}

http::Response DynoPayApi::addressNow(const Payment &payment) const
{
    QString word = statusOf(payment);
    if (word == u"settled")
        word = payment.receivedUnits > payment.requestedUnits   ? QStringLiteral("overpaid")
               : payment.receivedUnits < payment.requestedUnits ? QStringLiteral("underpaid")
                                                                : QStringLiteral("confirmed");
    const qint64 received = payment.statusApi == StatusApi::Contradicts ? 0 : payment.receivedUnits;
    OrderedJson data = {
        {"status", word.toStdString()},
        {"txId", nullptr},
        {"paidAmount", numberOf(received, kUnitsPerCoin)},
        {"expectedAmount", numberOf(payment.requestedUnits, kUnitsPerCoin)},
        {"remainingAmount",
         numberOf(std::max<qint64>(0, payment.requestedUnits - received), kUnitsPerCoin)},
        {"expectedAmountUsd", numberOf(payment.usdMicros, 1'000'000)},
        {"currency", payment.coin->code.toStdString()}};
    if (!payment.txId.isEmpty())
        data["txId"] = payment.txId.toStdString();
    return dynopayAnswer(200,
                         {{"success", true}, {"message", "Transaction fetched"}, {"data", data}});
}

http::Response DynoPayApi::currencies() const
{
    OrderedJson codes = OrderedJson::array();
    for (const Coin &coin : coins())
        codes.push_back(coin.code.toStdString());
    OrderedJson data = codes;
    if (m_world.options.generation == Generation::New)
        data = {{"currencies", codes}, {"all_supported", codes}};
    return dynopayAnswer(200,
                         {{"success", true}, {"message", "Currencies fetched"}, {"data", data}});
}

http::Response DynoPayApi::events(const http::Request &request) const
{
    const QUrlQuery query(QString::fromUtf8(request.query));
    const auto item = [&query](const char *name) {
        return query.queryItemValue(QString::fromLatin1(name), QUrl::FullyDecoded);
    };
    const int limit = item("limit").isEmpty() ? 20 : std::clamp(item("limit").toInt(), 1, 100);
    return {.body = core::toBytes(
                m_hooks.events(item("type"), item("status"), item("starting_after"), limit))};
}

PaymentPtr DynoPayApi::findByAddress(const QString &address) const
{
    const auto found =
        std::find_if(m_payments.crbegin(), m_payments.crend(), [&](const PaymentPtr &payment) {
            return payment->address == address ||
                   payment->address == QStringLiteral("bitcoincash:") + address;
        });
    return found == m_payments.crend() ? nullptr : *found;
}

Result<void> DynoPayApi::play(const QByteArray &paymentId, const QStringList &steps)
{
    if (const auto checked = PaymentScenario::check(steps); !checked)
        return checked;
    if (paymentId == "next") {
        m_nextSteps = steps;
        return {};
    }
    const PaymentPtr payment = m_byId.value(paymentId);
    if (!payment)
        return failure({.code = ErrorCode::NotFound, .detail = QStringLiteral("no such payment")});
    m_scenario.play(payment, steps);
    return {};
}

Json DynoPayApi::paymentsJson(bool hasUrls) const
{
    Json list = Json::array();
    for (const PaymentPtr &payment : m_payments) {
        Json entry = {{"id", payment->id.toStdString()},
                      {"status", statusOf(*payment)},
                      {"coin", payment->coin->code},
                      {"address", payment->address},
                      {"amount", decimalText(payment->requestedUnits, kUnitsPerCoin)},
                      {"received", decimalText(payment->receivedUnits, kUnitsPerCoin)},
                      {"usd", decimalText(payment->usdMicros, 1'000'000)},
                      {"tx_id", payment->txId},
                      {"created_at", core::toIso(payment->createdAt)},
                      {"meta_data", Json::parse(payment->meta.dump(), nullptr, false)},
                      {"webhook_url", "(hidden)"},
                      {"scenario", Json::array()}};
        for (const QString &step : payment->scenario)
            entry["scenario"].push_back(step);
        if (hasUrls) {
            entry["webhook_url"] = payment->webhookUrl.toStdString();
            entry["callback_url"] = payment->callbackUrl.toStdString();
            entry["redirect_uri"] = payment->redirectUrl.toStdString();
        }
        list.push_back(std::move(entry));
    }
    return {{"payments", std::move(list)}};
}

} // namespace simulator
