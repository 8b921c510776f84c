#pragma once

#include "ui/pages/refunds/request_dialog.h"
#include "ui/pages/refunds/requests_model.h"
#include "ui/support/page.h"

#include <QPointer>
#include <QTimer>

namespace ui {

class BulkView;
class RulesView;

/// Money that people give back, give, take or pay out: what waits for another person, what was
/// decided, and the rules by which somebody has to agree.
class RefundsPage final : public Page {
    Q_OBJECT

public:
    RefundsPage(const api::Backend &backend, Display &display, QWidget *parent = nullptr);
    [[nodiscard]] PageState state() const override;
    [[nodiscard]] bool isSettled() const override;
    void reload() override;
    void takeFocus() override;
    void showStart() override;
    void openDrawer() override;
    void closeDrawer() override;
    [[nodiscard]] bool isDrawerOpen() const override;
    void focusFilter() override;
    void askExport() override;
    void showColumnMenu() override;
    [[nodiscard]] QStringList scenes() const override;
    void showScene(const QString &scene) override;

Q_SIGNALS:
    /// Of a refund: shows its preview anew, for whoever agrees.
    void approvalAsked(const api::MoneyRequest &request);

protected:
    void showObject(qint64 id) override;

private:
    QWidget *buildTabs();
    void chooseTab(int tab);
    [[nodiscard]] QList<api::FilterTerm> termsOf(int tab) const;
    void countWaiting();
    void count(int tab, const char *states);
    void countBatches();
    void showCount(int tab, qint64 total, bool isExact);
    void takeChanges(const QList<core::Change> &changes);
    void readAgain();
    void showFoot();
    void showMoney(const api::MoneyRequest &request);
    void showPeople(const api::MoneyRequest &request);
    void showActions(const api::MoneyRequest &request);
    [[nodiscard]] QWidget *buildReveal(const api::MoneyRequest &request);
    void askReject(const api::MoneyRequest &request);
    void askPaid(const api::MoneyRequest &request);
    RequestDialog *openRequest(RequestTask task, const std::optional<api::MoneyRequest> &subject);
    [[nodiscard]] bool isRulesShown() const;
    [[nodiscard]] bool isBulkShown() const;
    void showBulkScene(const QString &scene);
    bool selectFirst(bool (*isIt)(const api::MoneyRequest &));

    const api::Backend m_backend;
    Display &m_display;
    RequestsModel *m_model = nullptr;
    TabRow *m_tabs = nullptr;
    RulesView *m_rules = nullptr;
    BulkView *m_bulk = nullptr;
    QList<QPushButton *> m_listButtons; // of the tabs that list requests
    QPushButton *m_newBulk = nullptr;
    QPointer<RequestDialog> m_dialog;
    qint64 m_shown = 0;
    QTimer m_countTimer;
};

} // namespace ui
