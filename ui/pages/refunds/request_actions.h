#pragma once

#include "api/refunds.h"
#include "ui/support/display.h"

#include <QWidget>

class QPushButton;

namespace ui {

/// In the drawer of a request: what may be done about it, and why not where it may not.
class RequestActions final : public QWidget {
    Q_OBJECT

public:
    RequestActions(const api::MoneyRequest &request, const api::Session &session,
                   const Display &display, QWidget *parent = nullptr);
    /// Something is left to decide or to do.
    [[nodiscard]] static bool hasAny(const api::MoneyRequest &request);

Q_SIGNALS:
    void approveAsked();
    void rejectAsked();
    void paidAsked();    // a payout was sent
    void returnAsked();  // a payout could not be sent
    void reverseAsked(); // a refund is to be taken back

private:
    QPushButton *add(const char *name, const QString &words, const QString &refusal);
    void addDecisions(const api::MoneyRequest &request, const api::Session &session);
    void addSettlement(const api::MoneyRequest &request, const api::Session &session,
                       const Display &display);

    QString m_name; // of the request
};

/// Asked for by who sits here.
[[nodiscard]] bool isOwn(const api::MoneyRequest &request, const api::Session &session);

} // namespace ui
