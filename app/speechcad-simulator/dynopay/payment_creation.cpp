#include "dynopay/dynopay_api.h"

#include "core/crypto.h"
#include "dynopay/dynopay_answer.h"

#include <algorithm>
#include <cmath>

namespace simulator {

namespace {

using namespace std::chrono_literals;

const QString kCreate = QStringLiteral("create");
constexpr auto kAnswersKept = 24h;
constexpr qsizetype kMetaBytesMax = 2048;
constexpr qsizetype kKeyCharactersMax = 255;
constexpr qsizetype kPoolSize = 5;
// One black pixel: nobody scans it, it only has to be a picture.
constexpr char kPixelPng[] =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==";

QByteArray textOf(const OrderedJson &body, const char *name)
{
    const auto found = body.find(name);
    return found != body.end() && found->is_string()
               ? QByteArray::fromStdString(found->get_ref<const std::string &>())
               : QByteArray();
}

/// What a customer may well ask for: no violation.
http::Response belowMinimum(const Coin &coin)
{
    const QString message = QStringLiteral("The minimum for %1 is %2 USD")
                                .arg(coin.code, decimalText(coin.minimumMicros / 10'000, 100));
    return dynopayAnswer(400, {{"success", false},
                               {"message", message.toStdString()},
                               {"code", "amount_below_minimum"},
                               {"param", "amount"}});
}

} // namespace

void DynoPayApi::create(const http::Request &request, const http::Reply &reply)
{
    if (const auto seconds =
            m_createBucket.take(m_world.scheduler.now(), m_world.options.createsPerMinute / 60.0,
                                m_world.options.createsPerMinute)) {
        http::Response response =
            dynopayAnswer(429, {{"success", false}, {"message", "Too many requests"}});
        response.headers.append({"Retry-After", QByteArray::number(*seconds)});
        reply.send(response);
        return;
    }
    const CreateFault fault = PaymentScenario::createFaultOf(m_nextSteps);
    if (fault == CreateFault::ServerError || fault == CreateFault::TooMany) {
        m_nextSteps.clear();
        const bool isTooMany = fault == CreateFault::TooMany;
        http::Response response = dynopayAnswer(
            isTooMany ? 429 : 500,
            {{"success", false},
             {"message", isTooMany ? "Too many requests" : "Currency rates unavailable"},
             {"code", isTooMany ? "" : "rate_unavailable"}});
        if (isTooMany)
            response.headers.append(http::Header{"Retry-After", "2"});
        reply.send(response);
        return;
    }
    if (fault == CreateFault::TimeoutAfterCommit) {
        static_cast<void>(createOnce(request, fault));
        m_unanswered.append(reply);
        return;
    }
    m_world.faults.answer(QStringLiteral("dynopay.create"), reply, dynopayFault,
                          [&] { return createOnce(request, fault); });
}

http::Response DynoPayApi::createOnce(const http::Request &request, CreateFault fault)
{
    const QByteArray key = request.header("Idempotency-Key");
    if (key.isEmpty() || m_world.options.generation == Generation::Old)
        return createNow(request, fault);
    if (key.size() > kKeyCharactersMax)
        return wrong(kCreate, 400, QStringLiteral("idempotency_key_invalid"),
                     QStringLiteral("Idempotency-Key is too long"));
    const Timestamp now = m_world.scheduler.now();
    const QByteArray digest = core::sha256(request.body);
    const auto stored = m_answers.constFind(key);
    if (stored != m_answers.cend() && now - stored->at < kAnswersKept) {
        if (stored->body != digest)
            return wrong(kCreate, 409, QStringLiteral("idempotency_key_reused"),
                         QStringLiteral("Idempotency-Key was used with another body"));
        http::Response replay = stored->response;
        replay.headers.append(http::Header{"Idempotent-Replay", "true"});
        return replay;
    }
    const http::Response response = createNow(request, fault);
    if (response.status == 200)
        m_answers.insert(key, {digest, response, now});
    return response;
}

http::Response DynoPayApi::createNow(const http::Request &request, CreateFault fault)
{
    const auto body =
        OrderedJson::parse(request.body.cbegin(), request.body.cend(), nullptr, false);
    if (!body.is_object())
        return wrong(kCreate, 400, QStringLiteral("body_invalid"),
                     QStringLiteral("The body must be a JSON object"));
    auto payment = readPayment(body);
    if (!payment)
        return payment.error();
    if (auto refusal = checkHooks(**payment))
        return *std::move(refusal);
    giveAddress(*payment);
    m_payments.push_back(*payment);
    m_byId.insert((*payment)->id, *payment);
    const http::Response response = created(**payment, fault);
    m_scenario.play(*payment, std::exchange(m_nextSteps, {}));
    return response;
}

tl::expected<PaymentPtr, http::Response> DynoPayApi::readPayment(const OrderedJson &body)
{
    const auto refuse = [this](const char *code, const QString &message) {
        return tl::unexpected(wrong(kCreate, 400, QString::fromLatin1(code), message));
    };
    const auto amount = body.find("amount");
    if (amount == body.end() || !amount->is_number() || amount->get<double>() <= 0)
        return refuse("amount_invalid", QStringLiteral("amount must be a number above 0"));
    auto payment = std::make_shared<Payment>();
    payment->usdMicros = std::llround(amount->get<double>() * 1e6);
    if (payment->usdMicros % 10'000 != 0)
        return refuse("amount_invalid", QStringLiteral("amount has more than two decimals"));
    const QString code = QString::fromUtf8(textOf(body, "currency")).trimmed().toUpper();
    if (code.isEmpty())
        return refuse("currency_required", QStringLiteral("currency is required"));
    payment->coin = findCoin(code);
    if (!payment->coin)
        return refuse("currency_not_available", QStringLiteral("%1 is not available").arg(code));
    if (payment->usdMicros < payment->coin->minimumMicros)
        return tl::unexpected(belowMinimum(*payment->coin));
    payment->meta = body.value("meta_data", OrderedJson());
    const bool isGoodMeta = payment->meta.is_null() || payment->meta.is_object();
    if (!isGoodMeta || payment->meta.dump().size() > kMetaBytesMax)
        return refuse("meta_data_invalid", QStringLiteral("meta_data must be a small object"));
    payment->id = m_world.randomUuid();
    payment->generation = m_world.options.generation;
    payment->requestedUnits = unitsFor(*payment->coin, payment->usdMicros);
    payment->webhookUrl = textOf(body, "webhook_url");
    payment->callbackUrl = textOf(body, "callback_url");
    payment->redirectUrl = textOf(body, "redirect_uri");
    payment->createdAt = m_world.scheduler.now();
    if (const QByteArray payer = textOf(body, "fee_payer"); !payer.isEmpty() && payer != "company")
        m_world.violation(kDynopay, kCreate,
                          QStringLiteral("fee_payer must be company: the payer would be shown too "
                                         "small an amount"));
    return payment;
}

std::optional<http::Response> DynoPayApi::checkHooks(const Payment &payment)
{
    if (m_world.options.generation == Generation::Old && payment.redirectUrl.isEmpty())
        return wrong(kCreate, 400, QStringLiteral("redirect_uri_required"),
                     QStringLiteral("redirect_uri is required"));
    if (payment.webhookUrl.isEmpty() && payment.callbackUrl.isEmpty() &&
        payment.redirectUrl.isEmpty())
        m_world.violation(kDynopay, kCreate, QStringLiteral("no URL to tell the result to"));
    for (const QByteArray &url : {payment.webhookUrl, payment.callbackUrl, payment.redirectUrl}) {
        if (!url.isEmpty() && !m_world.isAllowedHook(QUrl::fromEncoded(url)))
            return wrong(kCreate, 400, QStringLiteral("webhook_url_invalid"),
                         QStringLiteral("The webhook URL must be a public http(s) address"));
    }
    return std::nullopt;
}

bool DynoPayApi::isFree(const Slot &slot) const
{
    const bool isOver =
        m_world.scheduler.now() - slot.user->createdAt > m_world.scaled(kReservedFor);
    return isOver || slot.user->status == u"settled";
}

/// Addresses are used again once their payment is over, as in the true gateway.
void DynoPayApi::giveAddress(const PaymentPtr &payment)
{
    QList<Slot> &pool = m_pools[payment->coin->code];
    auto slot = pool.end();
    if (pool.size() >= kPoolSize)
        slot = std::find_if(pool.begin(), pool.end(),
                            [this](const Slot &candidate) { return isFree(candidate); });
    if (slot == pool.end()) {
        Slot fresh{.address = newAddress(m_world, *payment->coin), .tag = {}, .user = {}};
        if (payment->coin->hasTag)
            fresh.tag = static_cast<quint32>(100'000 + m_world.random(900'000'000));
        pool.append(fresh);
        slot = pool.end() - 1;
    }
    slot->user = payment;
    payment->address = slot->address;
    payment->tag = slot->tag;
}

http::Response DynoPayApi::created(const Payment &payment, CreateFault fault) const
{
    const bool isOld = m_world.options.generation == Generation::Old;
    const char *amountName = fault == CreateFault::CryptoAmountName ? "crypto_amount" : "amount";
    OrderedJson data = {{"address", payment.address.toStdString()},
                        {amountName, numberOf(payment.requestedUnits, kUnitsPerCoin)},
                        {"currency", payment.coin->code.toStdString()},
                        {"base_amount", numberOf(payment.usdMicros, 1'000'000)},
                        {"base_currency", "USD"}};
    if (fault != CreateFault::NoQr)
        data["qr_code"] = std::string("data:image/png;base64,") + kPixelPng;
    if (payment.tag)
        data["destination_tag"] = *payment.tag;
    if (!payment.redirectUrl.isEmpty())
        data["redirect_uri"] = payment.redirectUrl.toStdString();
    if (!isOld) {
        data["transaction_id"] = payment.id.toStdString();
        data["payment"] = {{"id", payment.id.toStdString()}, {"status", "waiting"}};
    }
    return dynopayAnswer(200, {{"success", true}, {"message", "Payment Created!"}, {"data", data}});
}

} // namespace simulator
