#include "core/fault_point.h"

#ifdef SPEECHCAD_TESTING

#include <QFile>

#include <atomic>
#include <csignal>
#include <unistd.h>

namespace core {

namespace {

struct Armed {
    QByteArray name; // empty: any
    qint64 pass = 0; // 0: never
};

Armed readArmed()
{
    const QByteArray text = qgetenv("SPEECHCAD_KILL_AT");
    const qsizetype colon = text.lastIndexOf(':');
    return {colon < 0 ? QByteArray() : text.left(colon), text.mid(colon + 1).toLongLong()};
}

/// Written at a normal exit: how many places a run has in which it could be killed.
struct Count {
    std::atomic<qint64> passes = 0;
    ~Count()
    {
        QFile file(qEnvironmentVariable("SPEECHCAD_FAULT_COUNT"));
        if (!file.fileName().isEmpty() && file.open(QIODevice::WriteOnly))
            file.write(QByteArray::number(passes.load()));
    }
};

} // namespace

void faultPoint(const char *name)
{
    static const Armed armed = readArmed();
    static Count count;
    if (!armed.name.isEmpty() && armed.name != name)
        return;
    if (++count.passes == armed.pass)
        ::kill(::getpid(), SIGKILL);
}

} // namespace core

#endif
