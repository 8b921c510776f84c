#pragma once

#include <QDBusConnection>
#include <QObject>

namespace ui {

/// Says that nobody looks at the screen any more: the computer goes to sleep, the screen saver
/// starts, or the desktop is locked. Where there is no such bus it stays silent.
class AwaySignals final : public QObject {
    Q_OBJECT

public:
    AwaySignals(QDBusConnection system, QDBusConnection session);
    /// Those of this computer and of whoever is signed in to it.
    [[nodiscard]] static std::unique_ptr<AwaySignals> ofThisDesktop();

Q_SIGNALS:
    void away();

private Q_SLOTS:
    void takeState(bool isAway);
};

} // namespace ui
