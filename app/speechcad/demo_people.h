#pragma once

#include "console.h"

#include <QTimer>

namespace console {

/// The staff of a demo: one operator whose name and passphrase the sign-in shows, a colleague who
/// asks for a refund as soon as a call has been charged, and one of Finance who asks for goodwill
/// and a payout as soon as somebody has money, and for half of several calls as soon as there are
/// some, so that there is something to approve.
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
    void addColleagues();
    void changeRules();
    void look();
    void lookForMoney();
    void askRefund(api::CallId call, Money amount);
    void askForMoney(CustomerId customer);
    void askPayout(CustomerId customer);
    void askInBulk();

    Console &m_console;
    std::unique_ptr<operators::ConsoleClient> m_chief;     // a console of the demo's own
    std::unique_ptr<operators::ConsoleClient> m_colleague; // and the colleague's
    std::unique_ptr<operators::ConsoleClient> m_treasurer; // and that of Finance
    QTimer m_timer;
    bool m_isAsking = false;
    bool m_isAskingForMoney = false;
    bool m_hasAsked = false; // for the refund
    bool m_hasAskedForMoney = false;
    bool m_hasAskedInBulk = false;
};

} // namespace console
