#include "core/thread.h"

namespace core {

ThreadPtr startThread(const QString &name)
{
    ThreadPtr thread(new QThread);
    thread->setObjectName(name);
    thread->start();
    return thread;
}

} // namespace core
