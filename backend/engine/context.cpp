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
    return post({Posting{lane, kind, payload, key}});
}

Result<void> Context::post(const std::vector<Posting> &postings)
{
    std::vector<queue::NewEntry> entries;
    for (const Posting &posting : postings)
        entries.push_back({.source = queue::Source::Internal,
                           .externalId = posting.key,
                           .lane = posting.lane,
                           .kind = posting.kind,
                           .payload = core::toBytes(posting.payload),
                           .cause = m_event.id});
    const auto recorded = queue::record(m_transaction, entries, now());
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
