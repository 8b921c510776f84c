#include "ui/shell/away_signals.h"

namespace ui {

namespace {

const QString kLogin = QStringLiteral("org.freedesktop.login1");
const QString kStateChanged = QStringLiteral("ActiveChanged");

} // namespace

/// From whoever says so: anybody else of this desktop could only lock the console.
AwaySignals::AwaySignals(QDBusConnection system, QDBusConnection session)
{
    system.connect({}, QStringLiteral("/org/freedesktop/login1"),
                   kLogin + QStringLiteral(".Manager"), QStringLiteral("PrepareForSleep"), this,
                   SLOT(takeState(bool)));
    system.connect({}, {}, kLogin + QStringLiteral(".Session"), QStringLiteral("Lock"), this,
                   SIGNAL(away()));
    for (const char *desktop : {"org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver"})
        session.connect({}, {}, QLatin1String(desktop), kStateChanged, this, SLOT(takeState(bool)));
}

std::unique_ptr<AwaySignals> AwaySignals::ofThisDesktop()
{
    // Asked for where there is none, libdbus would start one.
    const bool hasSession = qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS");
    return std::make_unique<AwaySignals>(QDBusConnection::systemBus(),
                                         hasSession ? QDBusConnection::sessionBus()
                                                    : QDBusConnection(QString()));
}

/// It also says when somebody is back.
void AwaySignals::takeState(bool isAway)
{
    if (isAway)
        Q_EMIT away();
}

} // namespace ui
