#include "dynopay/payment_hooks.h"

#include "core/crypto.h"

#include <array>

namespace simulator {

namespace {

using namespace std::chrono_literals;

constexpr std::array<std::chrono::seconds, 2> kFastDelays = {1s, 2s};
constexpr std::array<std::chrono::seconds, 7> kOutboxDelays = {1min, 5min, 30min, 2h, 6h, 12h, 24h};
constexpr std::array<std::chrono::seconds, 3> kTimeouts = {10s, 15s, 20s};
constexpr int kNotFoundMax = 5;
constexpr size_t kEventsKeptMax = 10'000;
constexpr qsizetype kHugeBytes = 2 << 20;
constexpr qint64 kStaleSeconds = 3600;

bool isFinal(int status)
{
    return status >= 400 && status < 500 && status != 429;
}

} // namespace

PaymentHooks::PaymentHooks(World &world)
    : m_world(world)
{
}

PaymentHooks::EventPtr PaymentHooks::makeEvent(const Payment &payment, const QString &name,
                                               const QByteArray &url, const QByteArray &type)
{
    auto event = std::make_shared<Event>();
    event->id = QStringLiteral("evt_") + QString::fromLatin1(m_world.randomUuid());
    event->name = name;
    event->paymentId = payment.id;
    event->url = QUrl::fromEncoded(url);
    event->type = type;
    event->style = payment.style;
    event->signing = payment.style.signing.value_or(m_world.options.signing);
    event->webhookId = m_world.randomUuid();
    event->createdAt = m_world.scheduler.now();
    return event;
}

void PaymentHooks::send(const Payment &payment, const PaymentNews &news)
{
    const bool isOld = payment.generation == Generation::Old;
    if ((isOld || payment.style.isLegacyFlat) && news.event != u"payment.settled")
        return; // the old generation told the end only
    QList<std::pair<QByteArray, QByteArray>> targets;
    if (isOld) {
        targets = {{payment.redirectUrl, "webhook"}};
    } else {
        targets = {{payment.webhookUrl, "webhook"}};
        if (payment.callbackUrl != payment.webhookUrl)
            targets.append({payment.callbackUrl, "callback"});
    }
    const auto body = isOld ? legacyPayloadOf(payment, news) : payloadOf(m_world, payment, news);
    for (const auto &[url, type] : std::as_const(targets)) {
        if (url.isEmpty())
            continue;
        for (int copy = 0; copy < payment.style.copies; ++copy) {
            const EventPtr event = makeEvent(payment, news.event, url, type);
            event->body = body;
            event->hasHeaders = !isOld && !payment.style.isLegacyFlat;
            if (copy > 0 && !payment.style.hasNewIds)
                event->webhookId = m_events.back()->webhookId;
            m_events.push_back(event);
            dispatch(event);
        }
    }
    while (m_events.size() > kEventsKeptMax)
        m_events.pop_front();
}

void PaymentHooks::forge(const Payment &payment, const QByteArray &url)
{
    const EventPtr event = makeEvent(payment, QStringLiteral("payment.settled"), url, "webhook");
    event->body =
        payloadOf(m_world, payment,
                  {.event = event->name,
                   .units = payment.requestedUnits,
                   .txId = QString::fromLatin1(m_world.randomText("0123456789abcdef", 64))});
    event->isForged = true;
    event->signing = Signing::None;
    start(event);
}

void PaymentHooks::dispatch(const EventPtr &event)
{
    const DeliveryFaults::Plan plan =
        m_world.deliveryFaults.next(QStringLiteral("dynopay"), event->name);
    if (plan.fate == DeliveryFaults::Fate::Lost) {
        event->status = QStringLiteral("lost");
        return;
    }
    if (plan.fate == DeliveryFaults::Fate::Held) {
        m_world.deliveryFaults.hold([this, event] { start(event); });
        return;
    }
    for (int copy = 0; copy <= plan.copies; ++copy)
        start(copy == 0 ? event : std::make_shared<Event>(*event));
}

void PaymentHooks::start(const EventPtr &event)
{
    ++m_pendingCount;
    attempt(event);
}

void PaymentHooks::attempt(const EventPtr &event)
{
    const Timestamp now = m_world.scheduler.now();
    if (m_disabledUntil.value(event->url, now) > now) {
        event->error = QStringLiteral("url disabled");
        finish(event, QStringLiteral("dead"));
        return;
    }
    const auto fastTry = std::min<size_t>(static_cast<size_t>(event->attempts), 2);
    ++event->attempts;
    const QByteArray bytes = bytesOf(*event);
    m_world.hooks.post(
        {.url = event->url,
         .headers = headersOf(*event, bytes),
         .body = bytes,
         .timeout = m_world.patience(kTimeouts[fastTry])},
        [this, event, now](const HookAnswer &answer) { answered(event, answer, now); });
}

QByteArray PaymentHooks::bytesOf(const Event &event) const
{
    QByteArray bytes = QByteArray::fromStdString(event.body.dump());
    if (event.hasHeaders) {
        auto body = event.body;
        body["webhook_id"] = event.webhookId.toStdString();
        body["sent_at"] = core::toIso(m_world.scheduler.now()).toStdString();
        bytes = QByteArray::fromStdString(body.dump());
        // As text: through the document it would cost so long that other webhooks seem late.
        if (event.style.isHuge)
            bytes.insert(bytes.size() - 1, ",\"padding\":\"" + QByteArray(kHugeBytes, 'x') + '"');
    }
    return event.style.isBadJson ? bytes.left(bytes.size() / 2) : bytes;
}

QList<http::Header> PaymentHooks::headersOf(const Event &event, const QByteArray &bytes)
{
    QList<http::Header> headers = {{"User-Agent", "Dynopay-Webhook/1.0"}};
    if (!event.hasHeaders)
        return headers;
    headers.append({"X-DynoPay-Event", event.name.toLatin1()});
    headers.append({"X-DynoPay-Webhook-Id", event.webhookId});
    headers.append({"X-DynoPay-Type", event.type});
    addSignatures(event, bytes, headers);
    return headers;
}

void PaymentHooks::addSignatures(const Event &event, const QByteArray &bytes,
                                 QList<http::Header> &headers)
{
    qint64 seconds = core::toMicros(m_world.scheduler.now()) / 1'000'000;
    if (event.signing == Signing::Stale)
        seconds -= kStaleSeconds;
    const QByteArray stamp = QByteArray::number(seconds);
    headers.append({"X-DynoPay-Timestamp", stamp});
    const QList<QByteArray> &secrets = m_world.options.webhookSecrets;
    if (event.signing == Signing::None || secrets.isEmpty())
        return;
    const QByteArray secret =
        event.signing == Signing::WrongSecret ? "whsec_nobody_knows_this_one" : secrets.front();
    if (event.signing == Signing::Documented) {
        headers.append({"X-DynoPay-Signature", core::hmacSha256(secret, bytes).toHex()});
        return;
    }
    if (event.signing != Signing::V1) {
        const auto v1 = [&](const QByteArray &key) {
            return ",v1=" + core::hmacSha256(key, stamp + '.' + bytes).toHex();
        };
        QByteArray header = "t=" + stamp + v1(secret);
        if (event.signing == Signing::Rotated)
            header += v1(secrets.back());
        headers.append({"X-Dynopay-Signature-V2", header});
    }
    if (event.signing == Signing::V1 || event.signing == Signing::Both) {
        if (event.style.isHuge) { // it has no timestamp of its own
            headers.append(
                {"X-DynoPay-Signature",
                 core::hmacSha256(secret, bytes.chopped(1) + ",\"timestamp\":" + stamp + '}')
                     .toHex()});
            return;
        }
        // The text that is signed has the number in the place of the body's own timestamp, or last.
        auto body = nlohmann::ordered_json::parse(bytes.cbegin(), bytes.cend(), nullptr, false);
        if (body.is_object())
            body["timestamp"] = seconds;
        headers.append({"X-DynoPay-Signature",
                        core::hmacSha256(secret, QByteArray::fromStdString(body.dump())).toHex()});
    }
}

void PaymentHooks::answered(const EventPtr &event, const HookAnswer &answer, Timestamp at)
{
    m_world.deliveries.add({.at = at,
                            .provider = QStringLiteral("dynopay"),
                            .kind = event->isForged ? QStringLiteral("forged") : event->name,
                            .about = QString::fromLatin1(event->paymentId),
                            .attempt = event->attempts},
                           answer);
    event->responseStatus = answer.status;
    event->error = answer.error;
    countNotFound(*event, answer.status);
    if (answer.isSuccess())
        finish(event, QStringLiteral("delivered"));
    else if (event->isForged)
        finish(event, QStringLiteral("dead"));
    else
        retry(event, answer);
}

void PaymentHooks::retry(const EventPtr &event, const HookAnswer &answer)
{
    constexpr int kFastTries = static_cast<int>(kFastDelays.size()) + 1;
    if (isFinal(answer.status) && event->attempts < kFastTries)
        event->attempts = kFastTries; // such an answer is not asked for again at once
    std::chrono::seconds delay;
    if (event->attempts < kFastTries) {
        delay = kFastDelays[static_cast<size_t>(event->attempts - 1)];
    } else {
        const auto slow = static_cast<size_t>(event->attempts - kFastTries);
        if (!m_world.options.hasOutbox || slow >= kOutboxDelays.size()) {
            finish(event, QStringLiteral("dead"));
            return;
        }
        delay = kOutboxDelays[slow];
        event->webhookId = m_world.randomUuid();
    }
    m_world.scheduler.after(m_world.scaled(delay), [this, event] { attempt(event); });
}

void PaymentHooks::finish(const EventPtr &event, const QString &status)
{
    event->status = status;
    --m_pendingCount;
}

/// Five times 404 and the URL gets nothing for a day.
void PaymentHooks::countNotFound(const Event &event, int status)
{
    if (status != 404) {
        m_notFoundInARow.remove(event.url);
        return;
    }
    if (++m_notFoundInARow[event.url] >= kNotFoundMax)
        m_disabledUntil[event.url] = m_world.scheduler.now() + m_world.scaled(24h);
}

Json PaymentHooks::events(const QString &type, const QString &status, const QString &after,
                          int limit) const
{
    Json list = Json::array();
    bool isPast = after.isEmpty();
    bool hasMore = false;
    for (auto it = m_events.crbegin(); it != m_events.crend(); ++it) {
        const Event &event = **it;
        if (isPast && (type.isEmpty() || event.name == type) &&
            (status.isEmpty() || event.status == status)) {
            hasMore = list.size() >= static_cast<size_t>(limit);
            if (hasMore)
                break;
            list.push_back({{"id", event.id},
                            {"event", event.name},
                            {"webhook_id", QString::fromLatin1(event.webhookId)},
                            {"url", event.url.toString(QUrl::FullyEncoded)},
                            {"status", event.status},
                            {"response_status", event.responseStatus},
                            {"attempts", event.attempts},
                            {"error", event.error},
                            {"created_at", core::toIso(event.createdAt)}});
        }
        isPast = isPast || event.id == after;
    }
    const Json cursor = hasMore ? list.back()["id"] : Json(nullptr);
    return {{"success", true}, {"data", list}, {"has_more", hasMore}, {"next_cursor", cursor}};
}

bool PaymentHooks::resend(const QString &eventId)
{
    for (const EventPtr &event : m_events) {
        if (event->id != eventId)
            continue;
        auto again = std::make_shared<Event>(*event);
        again->webhookId = m_world.randomUuid();
        again->attempts = 0;
        start(again);
        return true;
    }
    return false;
}

} // namespace simulator
