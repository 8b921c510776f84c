#pragma once

#include "ui/pages/customers/customer_view.h"
#include "ui/pages/customers/customers_model.h"
#include "ui/support/page.h"

namespace ui {

/// All customers; Enter opens one in place of the list, Escape and Alt+Left go back.
class CustomersPage final : public Page {
    Q_OBJECT

public:
    CustomersPage(const api::Backend &backend, Display &display, QWidget *parent = nullptr);
    void showCustomer(CustomerId customer);
    void showList();

    [[nodiscard]] PageState state() const override;
    [[nodiscard]] bool isSettled() const override;
    void reload() override;
    void focusFilter() override;
    void askExport() override;
    void showColumnMenu() override;
    void takeFocus() override;
    void openDrawer() override;
    void closeDrawer() override;
    [[nodiscard]] bool isDrawerOpen() const override;
    [[nodiscard]] QStringList scenes() const override;
    void showScene(const QString &scene) override;
    [[nodiscard]] CustomerView &view() const { return *m_view; }

Q_SIGNALS:
    void refundAsked(api::CallId call);
    /// Of what this posting paid for a period of a plan.
    void planRefundAsked(TransferId payment);

protected:
    void showObject(qint64 id) override;

private:
    [[nodiscard]] TablePane &shownPane() const;
    void takeChanges(const QList<core::Change> &changes);
    void showFoot();

    CustomersModel *m_model = nullptr;
    QStackedWidget *m_pages = nullptr;
    CustomerView *m_view = nullptr;
};

} // namespace ui
