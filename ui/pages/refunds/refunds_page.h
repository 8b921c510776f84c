#pragma once

#include "ui/pages/refunds/refunds_model.h"
#include "ui/support/page.h"

namespace ui {

/// Refunds that wait for another person, and those that were decided.
class RefundsPage final : public Page {
    Q_OBJECT

public:
    RefundsPage(const api::Backend &backend, Display &display, QWidget *parent = nullptr);

Q_SIGNALS:
    /// Shows its preview anew, for whoever agrees.
    void approvalAsked(const api::RefundRow &request);

protected:
    void showObject(qint64 id) override;

private:
    QWidget *buildTabs();
    void chooseTab(int tab);
    void countWaiting();
    void takeChanges(const QList<core::Change> &changes);
    void showFoot();
    [[nodiscard]] QWidget *buildActions(const api::RefundRow &row);
    void askReject(const api::RefundRow &row, bool isOwn);

    const api::Backend m_backend;
    Display &m_display;
    RefundsModel *m_model = nullptr;
    TabRow *m_tabs = nullptr;
    qint64 m_shown = 0;
};

} // namespace ui
