#include "engine/context.h"

#include "core/crypto.h"

namespace engine {

Context::Context(database::Transaction &transaction, const Event &event,
                 const QByteArray &installationKey)
    : m_transaction(transaction)
    , m_event(event)
    , m_installationKey(installationKey)
{
}

Result<OutboxId> Context::send(queue::NewMessage message)
{
    ++m_sent;
    if (message.requestKey.isEmpty())
        message.requestKey = QStringLiteral("%1/%2").arg(m_event.id.value).arg(m_sent);
    return queue::enqueue(m_transaction, message, m_event.id, now());
}

Result<void> Context::schedule(const queue::Timer &timer)
{
    return queue::schedule(m_transaction, timer, m_event.id);
}

Result<void> Context::cancelTimer(const QString &key)
{
    return queue::cancel(m_transaction, key);
}

Result<void> Context::post(const QString &lane, const QString &kind, const Json &payload,
                           const QString &key)
{
    const queue::NewEntry entry = {.source = queue::Source::Internal,
                                   .externalId = key,
                                   .lane = lane,
                                   .kind = kind,
                                   .payload = core::toBytes(payload),
                                   .cause = m_event.id};
    const auto recorded = queue::record(m_transaction, std::span(&entry, 1), now());
    if (!recorded)
        return failure(recorded.error());
    return {};
}

QByteArray Context::random(const QByteArray &purpose, int count) const
{
    return core::derivedBytes(m_installationKey,
                              QByteArray::number(m_event.id.value) + ':' + purpose, count);
}

} // namespace engine
