#pragma once

#include "ui/pages/deposits/deposits_model.h"
#include "ui/support/page.h"

namespace ui {

/// Every deposit and how far it has come; live.
class DepositsPage final : public Page {
    Q_OBJECT

public:
    DepositsPage(const api::Backend &backend, Display &display, QWidget *parent = nullptr);

protected:
    void showObject(qint64 id) override;

private:
    void chooseTab(int tab);
    void countTabs();
    void takeChanges(const QList<core::Change> &changes);
    void showFoot();
    void showNotice();
    void showDetail(const api::DepositDetail &detail);

    api::Deposits &m_deposits;
    Display &m_display;
    DepositsModel *m_model = nullptr;
    TabRow *m_tabs = nullptr;
    qint64 m_shown = 0;
    QTimer m_countTimer;
    QTimer m_tickTimer;
};

} // namespace ui
