#pragma once

#include "api/backend.h"
#include "ui/pages/calls/calls_model.h"
#include "ui/pages/customers/history_models.h"
#include "ui/pages/ledger/ledger_model.h"
#include "ui/support/figures.h"
#include "ui/support/table_pane.h"

class QHBoxLayout;
class QVBoxLayout;
class QPushButton;
class QStackedWidget;

namespace ui {

/// One customer: who they are, what they have, and all that happened, in four tabs.
class CustomerView final : public QWidget {
    Q_OBJECT

public:
    enum Tab {
        TimelineTab,
        MoneyTab,
        CallsTab,
        MessagesTab,
    };

    CustomerView(const api::Backend &backend, Display &display, QWidget *parent = nullptr);
    void showCustomer(CustomerId customer);
    void showTab(Tab tab);
    void reload();
    [[nodiscard]] CustomerId customer() const { return m_customer; }
    [[nodiscard]] PageState state() const;
    [[nodiscard]] TablePane &pane() const { return *m_panes[m_stackIndex]; }
    /// The charged call that is selected in the timeline or the calls.
    [[nodiscard]] std::optional<api::CallId> selectedCall() const;
    /// The posting that paid a period of a plan, where it is selected in the money.
    [[nodiscard]] std::optional<TransferId> selectedPlanPayment() const;
    void askRefund();
    /// Why, and then the customer's own number, once.
    void askNumber();

Q_SIGNALS:
    void backAsked();
    void refundAsked(api::CallId call);
    void planRefundAsked(TransferId payment);
    void stateChanged();

private:
    void buildHead(QVBoxLayout &column);
    void addCommands(QHBoxLayout &row);
    void buildTabs(QVBoxLayout &column);
    void buildTimeline(const api::Backend &backend);
    void buildMoney(const api::Backend &backend);
    void buildCalls(const api::Backend &backend);
    void buildMessages(const api::Backend &backend);
    TablePane *addPane(WindowedModel &model, const QList<FilterField> &fields,
                       const PaneWords &words, const QList<ColumnSpec> &columns, int rowPx);
    FigureLabel *addFigure(QHBoxLayout &row, const QString &label);
    void takeChanges(const QList<core::Change> &changes);
    void load();
    void showDetail(const api::CustomerDetail &detail);
    void showHeadFailure(const core::Error &error);
    void showMessage();
    void showFoot(TablePane &pane, const WindowedModel &model);

    api::Customers &m_customers;
    api::Session &m_session;
    api::Commands &m_commands;
    Display &m_display;
    CustomerId m_customer;
    TimelineModel *m_timeline = nullptr;
    LedgerModel *m_ledger = nullptr;
    CallsModel *m_calls = nullptr;
    MessagesModel *m_messages = nullptr;
    QList<TablePane *> m_panes;
    int m_stackIndex = 0;
    QLabel *m_avatar = nullptr;
    TokenLabel *m_name = nullptr;
    StateLabel *m_status = nullptr;
    TokenLabel *m_facts = nullptr;
    TokenLabel *m_plan = nullptr;
    QPushButton *m_refundPlan = nullptr;
    std::optional<TransferId> m_planPayment; // of the period that runs
    FigureLabel *m_available = nullptr;
    FigureLabel *m_held = nullptr;
    FigureLabel *m_debt = nullptr;
    FigureLabel *m_spend = nullptr;
    FigureLabel *m_refunds = nullptr;
    QPushButton *m_refund = nullptr;
    QPushButton *m_number = nullptr;
    TabRow *m_tabs = nullptr;
    QStackedWidget *m_stack = nullptr;
    QWidget *m_message = nullptr; // the selected one in full, in three languages
    TokenLabel *m_messageShown = nullptr;
    TokenLabel *m_messageKey = nullptr;
    TokenLabel *m_messageMine = nullptr;
    QTimer m_reloadTimer;
};

} // namespace ui
