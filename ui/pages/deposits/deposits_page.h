#pragma once

#include "ui/pages/deposits/deposits_model.h"
#include "ui/support/page.h"

#include <QPointer>

namespace ui {

class LooseReviews;
class PolicyView;
class ReversalDialog;
class ReviewDialog;

/// Every deposit and how far it has come; live.
class DepositsPage final : public Page {
    Q_OBJECT

public:
    DepositsPage(const api::Backend &backend, Display &display, QWidget *parent = nullptr);
    /// Beside the window; without a review, a match of a payment that nobody reported.
    ReviewDialog *openReview(const std::optional<api::DepositReview> &review,
                             api::ReviewAction action);
    /// Asks that what a deposit was credited is taken back.
    ReversalDialog *openReversal(const api::DepositRow &row);
    [[nodiscard]] PageState state() const override;
    [[nodiscard]] bool isSettled() const override;
    void reload() override;
    void takeFocus() override;
    void showStart() override;
    void openDrawer() override;
    [[nodiscard]] QStringList scenes() const override;
    void showScene(const QString &scene) override;

protected:
    void showObject(qint64 id) override;

private:
    QWidget *buildTabs();
    void readLoose();
    void addReviews(const api::DepositDetail &detail);
    void addMoney(const api::DepositDetail &detail);
    void addReversal(const api::DepositRow &row);
    void addHistory(const api::DepositDetail &detail);
    void chooseTab(int tab);
    void countTabs();
    [[nodiscard]] bool isPolicyShown() const;
    bool selectFirst(bool (*isIt)(const api::DepositRow &));
    void takeChanges(const QList<core::Change> &changes);
    void showFoot();
    void showNotice();
    void showDetail(const api::DepositDetail &detail);

    const api::Backend m_backend;
    api::Deposits &m_deposits;
    Display &m_display;
    DepositsModel *m_model = nullptr;
    TabRow *m_tabs = nullptr;
    LooseReviews *m_loose = nullptr;
    PolicyView *m_policy = nullptr;      // in place of the list
    QPointer<ReviewDialog> m_dialog;     // the newest
    QPointer<ReversalDialog> m_reversal; // the newest
    bool m_opensReview = false;          // of the deposit that is being read, for a picture
    qint64 m_shown = 0;
    QTimer m_countTimer;
    QTimer m_tickTimer;
};

} // namespace ui
