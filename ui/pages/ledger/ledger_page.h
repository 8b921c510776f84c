#pragma once

#include "ui/pages/ledger/ledger_model.h"
#include "ui/support/page.h"

namespace ui {

class WalletHead;

/// Every transfer with its entries; live.
class LedgerPage final : public Page {
    Q_OBJECT

public:
    LedgerPage(const api::Backend &backend, Display &display, QWidget *parent = nullptr);
    /// Leaves the transfers of one customer.
    void showCustomer(CustomerId customer, const QString &name);

protected:
    void showObject(qint64 id) override;

private:
    void readBalancesLater();
    void takeChanges(const QList<core::Change> &changes);
    void showTotals();
    void loadWallet();
    [[nodiscard]] std::optional<CustomerId> filteredCustomer() const;

    api::Ledger &m_ledger;
    Display &m_display;
    LedgerModel *m_model = nullptr;
    WalletHead *m_head = nullptr;
    CustomerId m_walletOf;
    QTimer m_balancesTimer;
};

} // namespace ui
