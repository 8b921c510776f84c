#include "ui/support/table_pane.h"

#include "ui/support/format.h"
#include "ui/support/icon.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollBar>
#include <QToolButton>

namespace ui {

namespace {

using namespace std::chrono_literals;

constexpr auto kSlowDelay = 3s;
constexpr int kPageMarginPx = 20;
constexpr int kFilterPaddingPx = 9; // as FilterBar has above its field

/// A tinted strip with an icon, a bold title, a text and a code at its far end.
class Band final : public Panel {
public:
    Band(Token tone, const QString &iconName)
        : Panel(tintOf(tone), Qt::TopEdge | Qt::BottomEdge)
    {
        auto *row = new QHBoxLayout(this);
        row->setContentsMargins(px(kPageMarginPx), px(9), px(kPageMarginPx), px(9));
        row->setSpacing(px(8));
        row->addWidget(new IconLabel(iconName, tone, 16));
    }
    void add(QWidget *widget, int stretch = 0)
    {
        static_cast<QHBoxLayout *>(layout())->addWidget(widget, stretch);
    }
};

} // namespace

TablePane::TablePane(WindowedModel &model, QList<FilterField> fields, PaneWords words,
                     QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_words(std::move(words))
    , m_filter(new FilterBar(std::move(fields), m_words.filterHint))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    buildFilterRow(*column);
    m_export = new ExportBand(model, m_words.fileName);
    connect(m_export, &ExportBand::changed, this,
            [this] { m_exportButton->setEnabled(!m_export->isRunning()); });
    column->addWidget(m_export);
    buildErrorBand(*column);
    buildTable(*column);
    buildNotice(*column);
    buildFoot(*column);
    buildEmpty();

    m_slowTimer.setSingleShot(true);
    m_slowTimer.setInterval(kSlowDelay);
    connect(&m_slowTimer, &QTimer::timeout, this, [this] {
        m_slow->show();
        placeOverlays();
    });
    connect(m_filter, &FilterBar::termsChanged, this, &TablePane::applyFilter);
    connect(&m_model, &WindowedModel::stateChanged, this, &TablePane::showState);
    connect(&m_model, &WindowedModel::pendingChanged, this, &TablePane::showPending);
}

void TablePane::buildFilterRow(QVBoxLayout &column)
{
    auto *panel = new Panel(Token::Surface, Qt::BottomEdge);
    auto *row = new QHBoxLayout(panel);
    row->setContentsMargins(px(kPageMarginPx), 0, px(kPageMarginPx), 1);
    row->setSpacing(px(8));
    row->addWidget(m_filter, 1);
    m_columns =
        makeIconButton(QStringLiteral("columns"), tr("Choose columns (Ctrl+Shift+C)"), panel);
    connect(m_columns, &QToolButton::clicked, this, &TablePane::showColumnMenu);
    m_exportButton =
        makeIconButton(QStringLiteral("download"), tr("Export as CSV (Ctrl+E)"), panel);
    connect(m_exportButton, &QToolButton::clicked, this, &TablePane::askExport);
    m_reload = makeIconButton(QStringLiteral("refresh"), tr("Reload (F5)"), panel);
    connect(m_reload, &QToolButton::clicked, this, &TablePane::reload);
    // In line with the field, also when an explanation stands below it.
    auto *beside = new QHBoxLayout;
    beside->setContentsMargins(0, px(kFilterPaddingPx), 0, 0);
    beside->setSpacing(px(4));
    for (QToolButton *button : {m_columns, m_exportButton, m_reload})
        beside->addWidget(button, 0, Qt::AlignTop);
    row->addLayout(beside);
    column.addWidget(panel);
}

void TablePane::askExport()
{
    if (!m_export->isRunning())
        m_export->askPath();
}

void TablePane::showColumnMenu()
{
    m_table->showColumnMenu(m_columns->mapToGlobal(QPoint(0, m_columns->height())));
}

void TablePane::buildErrorBand(QVBoxLayout &column)
{
    auto *band = new Band(Token::Bad, QStringLiteral("octagon-x"));
    m_errorTitle = new TokenLabel(TextSize::Body, Token::Text, QFont::DemiBold);
    m_errorText = new TokenLabel(TextSize::Body, Token::Text);
    m_errorText->setWordWrap(true);
    m_errorCode = new TokenLabel(TextSize::Small, Token::Muted);
    m_retry = new QPushButton(tr("Read again"));
    m_retry->setAccessibleName(tr("Read the list again"));
    connect(m_retry, &QPushButton::clicked, this, &TablePane::reload);
    band->add(m_errorTitle);
    band->add(m_errorText, 1);
    band->add(m_errorCode);
    band->add(m_retry);
    band->hide();
    m_errorBand = band;
    column.addWidget(band);
}

void TablePane::buildTable(QVBoxLayout &column)
{
    m_table = new SmartTable;
    m_table->setAccessibleName(m_words.tableName);
    m_table->viewport()->installEventFilter(this);
    column.addWidget(m_table, 1);
    connect(m_table, &SmartTable::escaped, this, [this] { m_table->clearChoice(); });

    m_pill = new QPushButton(m_table);
    m_pill->hide();
    connect(m_pill, &QPushButton::clicked, this, [this] {
        m_table->verticalScrollBar()->setValue(0);
        m_model.showPending();
    });
}

void TablePane::buildNotice(QVBoxLayout &column)
{
    auto *band = new Band(Token::Bad, QStringLiteral("octagon-x"));
    m_noticeTitle = new TokenLabel(TextSize::Body, Token::Text, QFont::DemiBold);
    m_noticeText = new TokenLabel(TextSize::Body, Token::Text);
    m_noticeText->setWordWrap(true);
    m_noticeCode = new TokenLabel(TextSize::Small, Token::Muted);
    band->add(m_noticeTitle);
    band->add(m_noticeText, 1);
    band->add(m_noticeCode);
    band->hide();
    m_notice = band;
    column.addWidget(band);
}

void TablePane::buildFoot(QVBoxLayout &column)
{
    auto *panel = new Panel(Token::Surface, Qt::TopEdge);
    panel->setFixedHeight(px(32));
    auto *row = new QHBoxLayout(panel);
    row->setContentsMargins(px(kPageMarginPx), 1, px(kPageMarginPx), 0);
    m_footLeading = new TokenLabel(TextSize::Small, Token::Muted);
    m_footTrailing = new TokenLabel(TextSize::Small, Token::Muted);
    row->addWidget(m_footLeading);
    row->addStretch(1);
    row->addWidget(m_footTrailing);
    column.addWidget(panel);
}

void TablePane::buildEmpty()
{
    m_empty = new QWidget(m_table);
    auto *column = new QVBoxLayout(m_empty);
    column->setSpacing(px(12));
    m_emptyIcon = new IconLabel(m_words.iconName, Token::Muted, 32);
    m_emptyText = new TokenLabel(TextSize::Body, Token::Muted);
    m_emptyText->setAlignment(Qt::AlignCenter);
    m_emptyButton = new QPushButton;
    connect(m_emptyButton, &QPushButton::clicked, this, [this] {
        if (m_state == PageState::EmptyFiltered)
            m_filter->clear();
        else
            reload();
    });
    column->addWidget(m_emptyIcon, 0, Qt::AlignHCenter);
    column->addWidget(m_emptyText, 0, Qt::AlignHCenter);
    column->addWidget(m_emptyButton, 0, Qt::AlignHCenter);
    m_empty->hide();

    m_slow = new Panel(Token::Surface, Qt::TopEdge | Qt::BottomEdge | Qt::LeftEdge | Qt::RightEdge,
                       m_table);
    auto *row = new QHBoxLayout(m_slow);
    row->setSpacing(px(12));
    auto *words = new TokenLabel(TextSize::Body, Token::Text);
    words->setText(tr("Still reading"));
    auto *cancel = new QPushButton(tr("Cancel"));
    cancel->setAccessibleName(tr("Cancel reading"));
    connect(cancel, &QPushButton::clicked, this, [this] { m_model.cancel(); });
    row->addWidget(words);
    row->addWidget(cancel);
    m_slow->hide();
}

void TablePane::setColumns(const QList<ColumnSpec> &columns, int rowHeight)
{
    m_table->setList(&m_model, columns, rowHeight);
}

void TablePane::setObjectNames(const QString &page)
{
    m_table->setObjectName(page + QStringLiteral(".table"));
    m_filter->setObjectName(page + QStringLiteral(".filter"));
    m_columns->setObjectName(page + QStringLiteral(".action.columns"));
    m_exportButton->setObjectName(page + QStringLiteral(".action.export"));
    m_export->setObjectName(page + QStringLiteral(".export"));
    m_reload->setObjectName(page + QStringLiteral(".action.reload"));
    m_retry->setObjectName(page + QStringLiteral(".action.retry"));
    m_pill->setObjectName(page + QStringLiteral(".action.showNew"));
    m_emptyButton->setObjectName(page + QStringLiteral(".action.empty"));
}

void TablePane::setBaseTerms(const QList<api::FilterTerm> &terms)
{
    m_baseTerms = terms;
    applyFilter();
}

void TablePane::applyFilter()
{
    m_model.setFilter(m_baseTerms + m_filter->terms());
}

void TablePane::reload()
{
    m_model.reload();
}

// ---- states

PageState TablePane::currentState() const
{
    if (m_model.state() == WindowedModel::State::Failed)
        return PageState::Failed;
    if (m_model.state() == WindowedModel::State::Loading)
        return PageState::Loading;
    if (m_model.rowCount() > 0)
        return PageState::Ready;
    return m_filter->terms().isEmpty() && m_baseTerms.isEmpty() ? PageState::EmptyNew
                                                                : PageState::EmptyFiltered;
}

void TablePane::showState()
{
    m_state = currentState();
    if (m_state != PageState::Loading) {
        m_slowTimer.stop();
        m_slow->hide();
    } else if (!m_slowTimer.isActive() && !m_slow->isVisible()) {
        m_slowTimer.start();
    }
    const bool isFailed = m_state == PageState::Failed;
    if (isFailed)
        showError();
    m_errorBand->setVisible(isFailed);
    m_table->setDimmed(isFailed);
    showEmpty();
    Q_EMIT stateChanged();
}

void TablePane::showError()
{
    m_errorTitle->setText(sentenceOf(m_model.error().code));
    m_errorText->setText(m_model.rowCount() > 0
                             ? tr("What you see is older. No money has moved because of this.")
                             : tr("No money has moved because of this."));
    m_errorCode->setText(core::name(m_model.error().code));
}

void TablePane::showEmpty()
{
    const bool isNew = m_state == PageState::EmptyNew;
    const bool isEmpty = isNew || m_state == PageState::EmptyFiltered;
    if (isEmpty) {
        const bool canClear = !m_filter->terms().isEmpty();
        m_emptyIcon->setIcon(isNew ? m_words.iconName : QStringLiteral("filter"), Token::Muted);
        m_emptyText->setText(isNew      ? m_words.purpose
                             : canClear ? tr("No rows match")
                                        : tr("There are none now"));
        m_emptyButton->setText(canClear ? tr("Clear filters") : tr("Reload"));
        m_emptyButton->setAccessibleName(m_emptyButton->text());
        m_emptyButton->setVisible(isNew || canClear);
    }
    m_empty->setVisible(isEmpty);
    placeOverlays();
}

void TablePane::showPending()
{
    const int count = m_model.pendingCount();
    m_pill->setVisible(count > 0);
    //: A button over the table; Home is the name of the key.
    m_pill->setText(tr("%n new, press Home", nullptr, count));
    m_pill->setAccessibleName(m_pill->text());
    placeOverlays();
}

void TablePane::setFoot(const QString &leading, const QString &trailing)
{
    m_footLeading->setText(leading);
    m_footTrailing->setText(trailing);
}

void TablePane::setNotice(const QString &title, const QString &text, const QString &code)
{
    m_noticeTitle->setText(title);
    m_noticeText->setText(text);
    m_noticeCode->setText(code);
    m_notice->setVisible(!title.isEmpty());
}

// ---- what floats above the table

void TablePane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    placeOverlays();
}

bool TablePane::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        placeOverlays();
    return QWidget::eventFilter(watched, event);
}

void TablePane::placeOverlays()
{
    const QRect body = m_table->viewport()->geometry();
    const auto centre = [&](QWidget *widget, int top) {
        widget->adjustSize();
        widget->move(body.left() + (body.width() - widget->width()) / 2, top);
        widget->raise();
    };
    centre(m_empty, body.top() + body.height() * 2 / 5 - m_empty->sizeHint().height() / 2);
    centre(m_slow, body.top() + px(48));
    centre(m_pill, body.top() + px(8));
}

} // namespace ui
