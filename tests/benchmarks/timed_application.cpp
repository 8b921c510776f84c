#include "timed_application.h"

#include <QThread>

#include <chrono>

#include <time.h>

namespace benchmarks {

namespace {

double processorMs()
{
    timespec spent = {};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
    return double(spent.tv_sec) * 1000 + double(spent.tv_nsec) / 1'000'000;
}

} // namespace

bool TimedApplication::notify(QObject *receiver, QEvent *event)
{
    if (QThread::currentThread() != thread() || m_depth > 0)
        return QApplication::notify(receiver, event);
    // Afterwards there may be no receiver any more.
    const char *name = receiver->metaObject()->className();
    const auto type = event->type();
    const double processorBefore = processorMs();
    const auto start = std::chrono::steady_clock::now();
    ++m_depth;
    const bool isTaken = QApplication::notify(receiver, event);
    --m_depth;
    const double ms =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
    if (ms > m_longest.ms)
        m_longest = {.ms = ms,
                     .processorMs = processorMs() - processorBefore,
                     .what = QStringLiteral("%1 %2").arg(QLatin1String(name)).arg(int(type))};
    return isTaken;
}

} // namespace benchmarks
