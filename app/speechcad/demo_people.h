#pragma once

#include "console.h"

#include <QTimer>

namespace console {

/// The staff of a demo: one operator whose name and passphrase the sign-in shows, and a colleague
/// who asks for a refund as soon as a call has been charged, so that there is one to approve.
class DemoPeople final : public QObject {
    Q_OBJECT

public:
    explicit DemoPeople(Console &console);
    ~DemoPeople() override;
    /// Makes the operators, once a data directory.
    [[nodiscard]] Result<void> start();
    /// Signs the shown operator in at this console: for pictures. False: it did not work.
    [[nodiscard]] bool signIn();

private:
    void addColleague();
    void look();
    void askRefund(api::CallId call, Money amount);

    Console &m_console;
    std::unique_ptr<operators::ConsoleClient> m_chief;     // a console of the demo's own
    std::unique_ptr<operators::ConsoleClient> m_colleague; // and the colleague's
    QTimer m_timer;
    bool m_isAsking = false;
};

} // namespace console
