#pragma once

#include "api/backend.h"
#include "ui/support/display.h"
#include "ui/support/state_pane.h"

class QScrollArea;
class QVBoxLayout;

namespace ui {

class PolicyDialog;

/// How deposits are credited: the rules in force, every version before, and which coins are on
/// offer, with what stops them and takes them again.
class PolicyView final : public QWidget {
    Q_OBJECT

public:
    PolicyView(const api::Backend &backend, const Display &display, QWidget *parent = nullptr);
    [[nodiscard]] PageState state() const { return m_states->state(); }
    /// Nothing is awaited.
    [[nodiscard]] bool isSettled() const { return !m_isReading; }
    /// What is shown stays until the new answer is there.
    void reload();
    /// The dialog that changes the rules; null while there are none.
    PolicyDialog *change();

Q_SIGNALS:
    void settledChanged();

private:
    QWidget *build();
    void take(const Result<api::DepositPolicy> &policy);
    void showPolicy(const api::DepositPolicy &policy);
    void showRules();
    void addCrediting(QVBoxLayout &column);
    void addCoins(QVBoxLayout &column);
    void addOffer(QVBoxLayout &column, const api::CoinOffer &offer, const QString &minimum);
    void addSwitch(QLayout &row, const api::CoinOffer &offer, const QString &name);
    void showHistory();
    void askSwitch(const api::CoinOffer &offer);

    const api::Backend m_backend;
    const Display &m_display;
    std::optional<api::DepositPolicy> m_policy;
    bool m_isReading = false;
    bool m_isStale = false; // something changed while it was being read
    StatePane *m_states = nullptr;
    TokenLabel *m_inForce = nullptr;
    QPushButton *m_change = nullptr;
    QScrollArea *m_rules = nullptr;
    QScrollArea *m_history = nullptr;
};

} // namespace ui
