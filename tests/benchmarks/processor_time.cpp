#include "processor_time.h"

#include <QDir>
#include <QFile>

#include <unistd.h>

namespace benchmarks {

namespace {

/// The fields behind the name, which may itself have blanks: [1] is the parent.
QList<QByteArray> statOf(const QString &pid)
{
    QFile file(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return {}; // it has ended
    const QByteArray all = file.readAll();
    return all.mid(all.lastIndexOf(')') + 2).split(' ');
}

/// To the nanosecond, unlike the ticks of stat.
double processorMsOf(const QString &pid)
{
    QFile file(QStringLiteral("/proc/%1/schedstat").arg(pid));
    return file.open(QIODevice::ReadOnly)
               ? file.readAll().split(' ').value(0).toDouble() / 1'000'000
               : 0;
}

} // namespace

double serverProcessorMs(pid_t server)
{
    const double tickMs = 1000.0 / double(::sysconf(_SC_CLK_TCK));
    const QByteArray parent = QByteArray::number(qint64(server));
    const QList<QByteArray> own = statOf(QString::fromLatin1(parent));
    // 13 and 14: of children that have ended, as parallel workers do.
    double ms = (own.value(13).toDouble() + own.value(14).toDouble()) * tickMs;
    const QStringList pids =
        QDir(QStringLiteral("/proc")).entryList({QStringLiteral("[0-9]*")}, QDir::Dirs);
    for (const QString &pid : pids) {
        if (statOf(pid).value(1) == parent)
            ms += processorMsOf(pid);
    }
    return ms;
}

} // namespace benchmarks
