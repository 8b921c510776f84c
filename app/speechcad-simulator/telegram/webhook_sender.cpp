#include "telegram/webhook_sender.h"

#include <algorithm>

namespace simulator {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds kReadTimeout{60};
constexpr std::chrono::hours kGoneMax{23};
constexpr qint64 kFirstSecond = 1'767'225'600; // 2026-01-01
constexpr qint64 kIdsPerSecond = 20;
constexpr qint64 kFirstIdMax = 1'900'000'000; // ids fit in 31 bits, as Telegram's do

/// Higher than any id an earlier run gave, since the bot's database remembers those as seen.
qint64 firstUpdateId(Timestamp now)
{
    const qint64 seconds = core::toMicros(now) / 1'000'000 - kFirstSecond;
    return std::clamp<qint64>(seconds * kIdsPerSecond, 1, kFirstIdMax);
}

} // namespace

WebhookSender::WebhookSender(World &world)
    : m_world(world)
    , m_nextUpdateId(firstUpdateId(world.scheduler.now()))
{
}

void WebhookSender::set(const WebhookSettings &settings)
{
    m_settings = settings;
    m_goneSince.reset();
    const QStringList keys = m_queues.keys();
    for (const QString &key : keys)
        pump(key);
}

void WebhookSender::dropPending()
{
    for (const auto &queue : std::as_const(m_queues)) {
        while (queue->updates.size() > (queue->isBusy ? 1U : 0U)) {
            queue->updates.pop_back();
            --m_pendingCount;
        }
    }
}

std::optional<qint64> WebhookSender::enqueue(const NewUpdate &update)
{
    if (!m_settings.allowedUpdates.isEmpty() && !m_settings.allowedUpdates.contains(update.kind))
        return std::nullopt;
    const qint64 id = m_nextUpdateId++;
    const Json json = {{"update_id", id}, {update.kind.toStdString(), update.content}};
    Update queued = {.id = id,
                     .kind = update.kind,
                     .body = core::toBytes(json),
                     .expires = m_world.scheduler.now() + update.lifetime};
    const DeliveryFaults::Plan plan =
        m_world.deliveryFaults.next(QStringLiteral("telegram"), update.kind);
    queued.copies = plan.copies;
    if (plan.fate == DeliveryFaults::Fate::Lost)
        return id;
    if (plan.fate == DeliveryFaults::Fate::Held) {
        // Released updates share a queue of their own, so that the order of the release is kept.
        m_world.deliveryFaults.hold([this, queued] { push(QStringLiteral("released"), queued); });
        return id;
    }
    for (; plan.areAtOnce && queued.copies > 0; --queued.copies) {
        Update copy = queued;
        copy.copies = 0;
        push(QStringLiteral("copy:%1").arg(++m_heldQueues), copy);
    }
    push(update.queue, queued);
    return id;
}

void WebhookSender::push(const QString &key, Update update)
{
    std::shared_ptr<Queue> &queue = m_queues[key];
    if (!queue)
        queue = std::make_shared<Queue>();
    queue->updates.push_back(std::move(update));
    ++m_pendingCount;
    pump(key);
}

void WebhookSender::pump(const QString &key)
{
    const std::shared_ptr<Queue> queue = m_queues.value(key);
    if (!queue || queue->isBusy || queue->isWaiting || queue->isReady || m_settings.url.isEmpty())
        return;
    while (!queue->updates.empty() && queue->updates.front().expires < m_world.scheduler.now())
        pop(*queue);
    if (queue->updates.empty()) {
        m_queues.remove(key);
        return;
    }
    if (m_inFlight >= m_settings.maxConnections) {
        queue->isReady = true;
        m_ready.push_back(key);
        return;
    }
    sendHead(key, *queue);
}

void WebhookSender::pumpReady()
{
    while (!m_ready.empty() && m_inFlight < m_settings.maxConnections) {
        const QString key = m_ready.front();
        m_ready.pop_front();
        if (const auto queue = m_queues.value(key))
            queue->isReady = false;
        pump(key);
    }
}

void WebhookSender::sendHead(const QString &key, Queue &queue)
{
    queue.isBusy = true;
    ++m_inFlight;
    Update &head = queue.updates.front();
    ++head.attempts;
    const Timestamp at = m_world.scheduler.now();
    post(head, [this, key, sent = head, at](const HookAnswer &answer) {
        answered(key, sent, answer, at);
    });
}

void WebhookSender::post(const Update &update, HookClient::Done done)
{
    HookRequest request = {.url = m_settings.url,
                           .headers = {{"Accept-Encoding", "gzip, deflate"}},
                           .body = update.body,
                           .timeout = m_world.patience(kReadTimeout)};
    if (!m_settings.secret.isEmpty())
        request.headers.append({"X-Telegram-Bot-Api-Secret-Token", m_settings.secret});
    m_world.hooks.post(request, std::move(done));
}

void WebhookSender::answered(const QString &key, const Update &sent, const HookAnswer &answer,
                             Timestamp at)
{
    m_world.deliveries.add({.at = at,
                            .provider = QStringLiteral("telegram"),
                            .kind = sent.kind,
                            .about = QString::number(sent.id),
                            .attempt = sent.attempts},
                           answer);
    --m_inFlight;
    const std::shared_ptr<Queue> queue = m_queues.value(key);
    queue->isBusy = false;
    countGone(answer);
    if (!answer.isSuccess()) {
        failed(key, *queue, answer);
    } else {
        runMethodInAnswer(answer);
        if (queue->updates.front().copies-- <= 0)
            pop(*queue);
    }
    pump(key);
    pumpReady();
}

void WebhookSender::failed(const QString &key, Queue &queue, const HookAnswer &answer)
{
    m_lastErrorDate = core::toMicros(m_world.scheduler.now()) / 1'000'000;
    m_lastError = answer.status == 0 ? answer.error
                                     : QStringLiteral("Wrong response from the webhook: %1 %2")
                                           .arg(answer.status)
                                           .arg(QString::fromLatin1(answer.reason));
    Update &head = queue.updates.front();
    std::chrono::seconds delay = head.nextDelay;
    if (answer.retryAfter)
        delay = std::chrono::seconds(std::clamp(*answer.retryAfter, 0, 3600));
    // At once, then 2, 4, 8 ... s, up to a minute or two.
    const auto cap = std::chrono::seconds(60 + static_cast<int>(m_world.random(61)));
    head.nextDelay = head.nextDelay == 0s ? 2s : std::min(head.nextDelay * 2, cap);
    queue.isWaiting = true;
    m_world.scheduler.after(m_world.scaled(delay), [this, key] {
        if (const auto waiting = m_queues.value(key)) {
            waiting->isWaiting = false;
            pump(key);
        }
    });
}

void WebhookSender::pop(Queue &queue)
{
    queue.updates.pop_front();
    --m_pendingCount;
}

/// A hook that says 410 for 23 hours is taken away.
void WebhookSender::countGone(const HookAnswer &answer)
{
    if (answer.status != 410) {
        m_goneSince.reset();
        return;
    }
    const Timestamp now = m_world.scheduler.now();
    if (!m_goneSince)
        m_goneSince = now;
    if (now - *m_goneSince >= m_world.scaled(kGoneMax))
        m_settings = {};
}

void WebhookSender::runMethodInAnswer(const HookAnswer &answer)
{
    if (answer.body.isEmpty() || !m_methodCall)
        return;
    const auto body = core::parseJson(answer.body);
    if (body && core::textMember(*body, "method"))
        m_methodCall(*body);
}

Json WebhookSender::info() const
{
    Json info = {{"url", m_settings.url.toString(QUrl::FullyEncoded)},
                 {"has_custom_certificate", false},
                 {"pending_update_count", m_pendingCount}};
    if (m_settings.url.isEmpty())
        return info;
    info["ip_address"] = "127.0.0.1";
    info["max_connections"] = m_settings.maxConnections;
    if (m_lastErrorDate != 0) {
        info["last_error_date"] = m_lastErrorDate;
        info["last_error_message"] = m_lastError;
    }
    if (!m_settings.allowedUpdates.isEmpty()) {
        info["allowed_updates"] = Json::array();
        for (const QString &kind : m_settings.allowedUpdates)
            info["allowed_updates"].push_back(kind);
    }
    return info;
}

} // namespace simulator
