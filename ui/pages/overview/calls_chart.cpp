#include "ui/pages/overview/calls_chart.h"

#include "ui/support/format.h"
#include "ui/support/icon.h"

#include <QDateTime>
#include <QEvent>
#include <QGraphicsLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPainter>
#include <QStackedWidget>
#include <QTableWidget>
#include <QtCharts/QAreaSeries>
#include <QtCharts/QChart>
#include <QtCharts/QDateTimeAxis>
#include <QtCharts/QLineSeries>
#include <QtCharts/QValueAxis>
#include <QToolButton>

namespace ui {

namespace {

constexpr int kLinesMax = 4; // of the grid
constexpr int kHeightPx = 250;
constexpr int kTableColumns = 3;

/// A short stroke as the series is drawn, for the legend.
class Stroke final : public QWidget {
public:
    Stroke(Token token, Qt::PenStyle style)
        : m_token(token)
        , m_style(style)
    {
        setFixedSize(px(22), px(12));
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setPen(QPen(Theme::current()[m_token], 2, m_style));
        painter.drawLine(1, height() / 2, width() - 2, height() / 2);
    }

private:
    Token m_token;
    Qt::PenStyle m_style;
};

/// The next of 1, 2, 4, 8, 20, 40, ... whose lines fall on whole numbers.
qint64 niceTop(qint64 highest)
{
    qint64 top = kLinesMax;
    while (top < highest)
        top *= top % 10 == 8 || top % 10 == 0 ? (top * 2 > highest ? 2 : 5) : 2;
    return top;
}

QDateTime toDateTime(Timestamp at, const QTimeZone &zone)
{
    return QDateTime::fromMSecsSinceEpoch(core::toMicros(at) / 1000, zone);
}

} // namespace

CallsChart::CallsChart(const Display &display, QWidget *parent)
    : Panel(Token::Surface, Qt::TopEdge | Qt::BottomEdge | Qt::LeftEdge | Qt::RightEdge, parent)
    , m_display(display)
    , m_stack(new QStackedWidget)
    , m_table(new QTableWidget(0, kTableColumns))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, px(6));
    column->setSpacing(0);
    column->addWidget(buildHead());
    m_stack->addWidget(buildChart());
    m_table->setHorizontalHeaderLabels({tr("From"), tr("Calls"), tr("Spend, USD")});
    m_table->setAccessibleName(tr("Calls and spend"));
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setShowGrid(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_stack->addWidget(m_table);
    m_stack->setMinimumHeight(px(kHeightPx));
    column->addWidget(m_stack, 1);
    paintTokens();
}

QWidget *CallsChart::buildHead()
{
    auto *head = new QWidget;
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(px(14), px(10), px(10), px(4));
    row->setSpacing(px(8));
    auto *title = new TokenLabel(TextSize::Section, Token::Text, QFont::DemiBold);
    title->setText(tr("Calls and spend"));
    auto *unit = new TokenLabel(TextSize::Small, Token::Muted);
    unit->setText(tr("per 5 min, 24 h"));
    row->addWidget(title);
    row->addWidget(unit);
    row->addStretch(1);
    const auto addLegend = [row](const QString &words, Token token, Qt::PenStyle style) {
        auto *label = new TokenLabel(TextSize::Small, Token::Text);
        label->setText(words);
        row->addWidget(new Stroke(token, style));
        row->addWidget(label);
        row->addSpacing(px(6));
    };
    addLegend(tr("Calls"), Token::Accent, Qt::SolidLine);
    addLegend(tr("Spend, USD"), Token::Warn, Qt::DashLine);
    m_tableButton = makeIconButton(QStringLiteral("table"), tr("Show as table (T)"), head);
    m_tableButton->setObjectName(QStringLiteral("page.overview.action.table"));
    m_tableButton->setShortcut(QKeySequence(Qt::Key_T));
    m_tableButton->setCheckable(true);
    connect(m_tableButton, &QToolButton::toggled, this, &CallsChart::setTableShown);
    row->addWidget(m_tableButton);
    return head;
}

QChartView *CallsChart::buildChart()
{
    m_chart = new QChart;
    m_chart->legend()->hide();
    m_chart->setMargins(QMargins(px(2), 0, px(2), 0));
    m_chart->layout()->setContentsMargins(0, 0, 0, 0);
    m_chart->setBackgroundRoundness(0);
    m_chart->setAnimationOptions(QChart::NoAnimation);
    m_top = new QLineSeries(m_chart);
    m_floor = new QLineSeries(m_chart);
    m_area = new QAreaSeries(m_top, m_floor);
    m_calls = new QLineSeries;
    m_spend = new QLineSeries;
    m_chart->addSeries(m_area);
    m_chart->addSeries(m_calls);
    m_chart->addSeries(m_spend);
    m_time = new QDateTimeAxis;
    m_time->setFormat(QStringLiteral("HH:mm"));
    m_time->setTickCount(7);
    m_left = new QValueAxis;
    m_left->setTickCount(kLinesMax + 1);
    m_left->setLabelFormat(QStringLiteral("%d"));
    m_right = new QValueAxis;
    m_right->setTickCount(kLinesMax + 1);
    m_right->setLabelFormat(QStringLiteral("%.2f"));
    m_chart->addAxis(m_time, Qt::AlignBottom);
    m_chart->addAxis(m_left, Qt::AlignLeft);
    m_chart->addAxis(m_right, Qt::AlignRight);
    m_area->attachAxis(m_time);
    m_area->attachAxis(m_left);
    m_calls->attachAxis(m_time);
    m_calls->attachAxis(m_left);
    m_spend->attachAxis(m_time);
    m_spend->attachAxis(m_right);
    auto *view = new QChartView(m_chart);
    view->setRenderHint(QPainter::Antialiasing);
    view->setFrameShape(QFrame::NoFrame);
    view->setLayoutDirection(Qt::LeftToRight); // time never mirrors
    view->setAccessibleName(tr("Calls and spend"));
    view->setObjectName(QStringLiteral("page.overview.chart"));
    return view;
}

void CallsChart::changeEvent(QEvent *event)
{
    Panel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_chart != nullptr)
        paintTokens();
}

void CallsChart::paintTokens()
{
    const Theme &theme = Theme::current();
    m_chart->setBackgroundBrush(theme[Token::Surface]);
    m_chart->setBackgroundPen(Qt::NoPen);
    m_area->setPen(Qt::NoPen);
    m_calls->setPen(QPen(theme[Token::Accent], 1.5));
    QColor under = theme[Token::Accent];
    under.setAlphaF(0.10F);
    m_area->setBrush(under);
    m_spend->setPen(QPen(theme[Token::Warn], 1.5, Qt::DashLine));
    for (QAbstractAxis *axis :
         {static_cast<QAbstractAxis *>(m_time), static_cast<QAbstractAxis *>(m_left),
          static_cast<QAbstractAxis *>(m_right)}) {
        axis->setLabelsFont(textFont(TextSize::Tiny));
        axis->setLabelsBrush(theme[Token::Muted]);
        axis->setGridLinePen(QPen(theme[Token::Border], 1));
        axis->setLineVisible(false);
    }
    m_time->setGridLineVisible(false);
    m_right->setGridLineVisible(false);
}

void CallsChart::showPoints(const QList<api::OverviewPoint> &points)
{
    m_points = points;
    QList<QPointF> calls;
    QList<QPointF> zero;
    QList<QPointF> spend;
    qint64 all = 0;
    Money sum;
    for (const api::OverviewPoint &point : points) {
        const qreal at = qreal(core::toMicros(point.at) / 1000);
        calls.append({at, qreal(point.calls)});
        zero.append({at, 0});
        spend.append({at, qreal(point.spend.micros()) / 1'000'000});
        all += point.calls;
        sum += point.spend;
    }
    m_calls->replace(calls);
    m_top->replace(calls);
    m_floor->replace(zero);
    m_spend->replace(spend);
    scaleAxes();
    if (m_stack->currentIndex() == 1)
        fillTable();
    m_stack->widget(0)->setAccessibleDescription(
        tr("%1 calls and %2 in 24 hours").arg(formatCount(all), formatUsd(sum)));
}

void CallsChart::scaleAxes()
{
    if (m_points.isEmpty())
        return;
    qint64 most = 0;
    qint64 dearest = 0;
    for (const api::OverviewPoint &point : std::as_const(m_points)) {
        most = std::max(most, point.calls);
        dearest = std::max(dearest, point.spend.micros() / 1'000'000 + 1);
    }
    m_left->setRange(0, double(niceTop(most)));
    m_right->setRange(0, double(niceTop(dearest)));
    m_time->setRange(toDateTime(m_points.first().at, m_display.zone()),
                     toDateTime(m_points.last().at, m_display.zone()));
}

void CallsChart::setTableShown(bool isShown)
{
    if (isShown)
        fillTable();
    m_stack->setCurrentIndex(isShown ? 1 : 0);
    m_tableButton->setChecked(isShown);
}

void CallsChart::fillTable()
{
    m_table->setRowCount(int(m_points.size()));
    for (int i = 0; i < int(m_points.size()); ++i) {
        const api::OverviewPoint &point = m_points[m_points.size() - 1 - i]; // newest first
        const QStringList cells = {formatFullMoment(point.at, m_display.zone()),
                                   formatCount(point.calls), formatMoney(point.spend)};
        for (int column = 0; column < kTableColumns; ++column) {
            auto *item = new QTableWidgetItem(cells[column]);
            item->setTextAlignment(Qt::AlignVCenter |
                                   (column == 0 ? Qt::AlignLeft : Qt::AlignRight));
            m_table->setItem(i, column, item);
        }
    }
}

} // namespace ui
