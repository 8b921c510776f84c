#include "http/mailbox.h"

#include "core/post.h"

#include <utility>

namespace http {

Mailbox::Mailbox(QObject *context, std::function<void()> collector)
    : m_context(context)
    , m_collector(std::move(collector))
{
}

void Mailbox::post(Answer answer)
{
    const std::scoped_lock locker(m_mutex);
    if (m_context == nullptr)
        return;
    m_answers.push_back(std::move(answer));
    if (std::exchange(m_isCollectionDue, true))
        return;
    core::post(m_context, m_collector);
}

void Mailbox::announceCollection()
{
    const std::scoped_lock locker(m_mutex);
    m_isCollectionDue = true;
}

std::vector<Answer> Mailbox::collect()
{
    const std::scoped_lock locker(m_mutex);
    m_isCollectionDue = false;
    return std::exchange(m_answers, {});
}

void Mailbox::close()
{
    const std::scoped_lock locker(m_mutex);
    m_context = nullptr;
    m_answers.clear();
}

} // namespace http
