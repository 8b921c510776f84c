#pragma once

#include "api/ledger.h"
#include "ui/support/figures.h"
#include "ui/support/parts.h"

class QHBoxLayout;

namespace ui {

/// The balances of the one customer the ledger is filtered by, and whether their books are in
/// order.
class WalletHead final : public Panel {
    Q_OBJECT

public:
    explicit WalletHead(QWidget *parent = nullptr);
    void showWallet(const api::WalletSummary &wallet);
    /// Of all postings read so far.
    void showSum(Money sum);

private:
    FigureLabel *addValue(QHBoxLayout &row, const QString &label);

    FigureLabel *m_available = nullptr;
    FigureLabel *m_held = nullptr;
    FigureLabel *m_debt = nullptr;
    IconLabel *m_sumIcon = nullptr;
    TokenLabel *m_sum = nullptr;
    IconLabel *m_chainIcon = nullptr;
    TokenLabel *m_chain = nullptr;
};

} // namespace ui
