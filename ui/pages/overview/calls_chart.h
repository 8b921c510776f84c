#pragma once

#include "api/overview.h"
#include "ui/support/display.h"
#include "ui/support/parts.h"

#include <QtCharts/QChartView>

class QAreaSeries;
class QDateTimeAxis;
class QLineSeries;
class QStackedWidget;
class QTableWidget;
class QToolButton;
class QValueAxis;

namespace ui {

/// Calls and spend, as two lines over time; T shows the same as a table.
class CallsChart final : public Panel {
    Q_OBJECT

public:
    explicit CallsChart(const Display &display, QWidget *parent = nullptr);
    void showPoints(const QList<api::OverviewPoint> &points);
    void setTableShown(bool isShown);

protected:
    void changeEvent(QEvent *event) override;

private:
    QWidget *buildHead();
    QChartView *buildChart();
    void paintTokens();
    void fillTable();
    void scaleAxes();

    const Display &m_display;
    QList<api::OverviewPoint> m_points;
    QChart *m_chart = nullptr;
    QLineSeries *m_calls = nullptr;
    QLineSeries *m_top = nullptr; // of the area
    QLineSeries *m_floor = nullptr;
    QAreaSeries *m_area = nullptr;
    QLineSeries *m_spend = nullptr;
    QDateTimeAxis *m_time = nullptr;
    QValueAxis *m_left = nullptr;
    QValueAxis *m_right = nullptr;
    QStackedWidget *m_stack = nullptr;
    QTableWidget *m_table = nullptr;
    QToolButton *m_tableButton = nullptr;
};

} // namespace ui
