#pragma once

#include "api/backend.h"
#include "ui/pages/overview/calls_chart.h"
#include "ui/pages/overview/tile.h"
#include "ui/support/page.h"
#include "ui/support/state_pane.h"

namespace ui {

/// How things stand: figures that lead to their pages, and the day as two lines.
class OverviewPage final : public Page {
    Q_OBJECT

public:
    OverviewPage(const api::Backend &backend, Display &display, QWidget *parent = nullptr);

    [[nodiscard]] PageState state() const override { return m_states->state(); }
    [[nodiscard]] bool isSettled() const override;
    void reload() override;
    void focusFilter() override {}
    void askExport() override {}
    void showColumnMenu() override {}
    void takeFocus() override;
    void openDrawer() override {}
    void closeDrawer() override {}
    [[nodiscard]] QStringList scenes() const override { return {QString()}; }
    void showScene(const QString &) override {}

Q_SIGNALS:
    /// A page of this name, with these conditions.
    void pageAsked(const QString &page, const QList<api::FilterTerm> &terms);

protected:
    void showObject(qint64) override {}

private:
    enum Which {
        LiveCalls,
        Spend,
        Deposits,
        Refunds,
        Dead,
        Coverage,
        Oldest,
    };
    static constexpr int kTiles = 7;

    QWidget *build();
    QWidget *buildTiles();
    void takeChanges(const QList<core::Change> &changes);
    void takeNumbers(const Result<api::OverviewNumbers> &numbers);
    void takeSeries(const Result<QList<api::OverviewPoint>> &points);
    void takeCoverage(const Result<api::TranslationCoverage> &coverage);
    void showNumbers();
    void showWaiting();
    [[nodiscard]] QString liveCallWords() const;
    [[nodiscard]] TileWords spendWords() const;
    [[nodiscard]] TileWords depositWords() const;
    [[nodiscard]] TileWords oldestWords() const;
    void open(int tile);

    api::Overview &m_overview;
    api::Translations &m_translations;
    Display &m_display;
    StatePane *m_states = nullptr;
    QList<Tile *> m_tiles;
    CallsChart *m_chart = nullptr;
    QWidget *m_waiting = nullptr;
    QString m_waitingFigures; // what it was built from
    TokenLabel *m_range = nullptr;
    std::optional<api::OverviewNumbers> m_numbers;
    std::optional<api::TranslationCoverage> m_coverage;
    int m_awaited = 0;
    QTimer m_delay;
    QTimer m_interval;
};

} // namespace ui
