#include "stop_signals.h"

#include <QCoreApplication>
#include <QSocketNotifier>

#include <csignal>
#include <sys/socket.h>
#include <unistd.h>

namespace assembly {

namespace {

int g_sockets[2] = {-1, -1};

// A signal handler may do next to nothing; it writes a byte that the event loop reads.
void noteSignal(int)
{
    const char byte = 1;
    const auto written = ::write(g_sockets[0], &byte, 1);
    (void)written;
}

} // namespace

StopSignals::StopSignals()
{
    ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, g_sockets);
    auto *notifier = new QSocketNotifier(g_sockets[1], QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [notifier] {
        notifier->setEnabled(false);
        QCoreApplication::quit();
    });
    struct sigaction action = {};
    action.sa_handler = noteSignal;
    action.sa_flags = SA_RESTART;
    ::sigaction(SIGTERM, &action, nullptr);
    ::sigaction(SIGINT, &action, nullptr);
}

StopSignals::~StopSignals()
{
    ::signal(SIGTERM, SIG_DFL);
    ::signal(SIGINT, SIG_DFL);
    ::close(g_sockets[0]);
    ::close(g_sockets[1]);
}

} // namespace assembly
