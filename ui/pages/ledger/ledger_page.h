#pragma once

#include "ui/pages/ledger/ledger_model.h"
#include "ui/support/page.h"

namespace ui {

class PastBar;
class WalletHead;

/// Every transfer with its entries; live.
class LedgerPage final : public Page {
    Q_OBJECT

public:
    LedgerPage(const api::Backend &backend, Display &display, QWidget *parent = nullptr);
    /// Leaves the transfers of one customer.
    void showCustomer(CustomerId customer, const QString &name);
    /// The selected posting's chain of causes, in the drawer.
    void explainSelected();
    [[nodiscard]] bool isSettled() const override;
    [[nodiscard]] QStringList scenes() const override;
    void showScene(const QString &scene) override;

Q_SIGNALS:
    /// Of what this posting paid for a period of a plan.
    void planRefundAsked(TransferId payment);

protected:
    void showObject(qint64 id) override;

private:
    void readBalancesLater();
    void takeChanges(const QList<core::Change> &changes);
    void showTotals();
    void loadWallet();
    void showPast(Timestamp at);
    void leavePast();
    void explain(TransferId transfer);
    void showExplanation(TransferId asked, const QList<api::ExplainedTransfer> &transfers);
    void addButtons(const api::TransferRow &row);
    [[nodiscard]] std::optional<CustomerId> filteredCustomer() const;
    [[nodiscard]] QString customerFilter() const;

    api::Ledger &m_ledger;
    const api::Session &m_session;
    Display &m_display;
    LedgerModel *m_model = nullptr;
    WalletHead *m_head = nullptr;
    PastBar *m_past = nullptr;
    QString m_pastFilter; // the customer's term when the past was entered
    bool m_isPastPending = false;
    TransferId m_explained; // 0: the drawer shows a posting as it is
    CustomerId m_walletOf;
    QTimer m_balancesTimer;
};

} // namespace ui
