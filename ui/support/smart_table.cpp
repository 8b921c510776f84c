#include "ui/support/smart_table.h"

#include "ui/support/cells.h"
#include "ui/support/column_choice.h"
#include "ui/support/fonts.h"
#include "ui/support/icon.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>

namespace ui {

namespace {

using namespace std::chrono_literals;

constexpr auto kSkeletonDelay = 150ms;
constexpr int kPaddingPx = 8;
constexpr int kEdgePaddingPx = 20;
constexpr int kHeaderPx = 30;

CellDelegate *makeDelegate(CellKind kind, SmartTable &table)
{
    switch (kind) {
    case CellKind::Text: return new TextDelegate(table);
    case CellKind::Code: return new CodeDelegate(table);
    case CellKind::State: return new StateDelegate(table);
    case CellKind::Money: return new MoneyDelegate(table);
    case CellKind::Meter: return new MeterDelegate(table);
    case CellKind::Age: return new AgeDelegate(table);
    }
    Q_UNREACHABLE();
}

} // namespace

TableHeader::TableHeader(SmartTable &table)
    : QHeaderView(Qt::Horizontal, &table)
    , m_table(table)
{
    setSectionResizeMode(QHeaderView::Fixed);
    setHighlightSections(false);
    setSectionsClickable(false);
    setMinimumSectionSize(px(24));
}

QSize TableHeader::sizeHint() const
{
    return {QHeaderView::sizeHint().width(), px(kHeaderPx)};
}

void TableHeader::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), Theme::current()[Token::Surface2]);
    painter.fillRect(0, height() - 1, width(), 1, Theme::current()[Token::Border]);
    painter.end();
    QHeaderView::paintEvent(event);
}

void TableHeader::paintSection(QPainter *painter, const QRect &rect, int section) const
{
    painter->fillRect(rect, Theme::current()[Token::Surface2]);
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1),
                      Theme::current()[Token::Border]);
    const QRect content = m_table.contentRect(rect, section);
    const ColumnSpec &spec = m_table.column(section);
    const QString title = model()->headerData(section, Qt::Horizontal).toString();
    const QFont font = textFont(TextSize::Small, QFont::Medium);
    painter->setFont(font);
    painter->setPen(Theme::current()[Token::Muted]);
    const auto side = spec.isRight ? Qt::AlignRight : Qt::AlignLeft;
    painter->drawText(content, side | Qt::AlignVCenter | Qt::TextSingleLine, title);
    if (spec.isSorted) {
        const int left = content.left() + QFontMetrics(font).horizontalAdvance(title) + px(3);
        paintIcon(painter, QRect(left, content.center().y() - px(6) + 1, px(12), px(12)),
                  QStringLiteral("arrow-down"), Token::Muted);
    }
}

void TableHeader::contextMenuEvent(QContextMenuEvent *event)
{
    m_table.showColumnMenu(event->globalPos());
}

SmartTable::SmartTable(QWidget *parent)
    : QTableView(parent)
{
    setHorizontalHeader(new TableHeader(*this));
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_skeletonTimer.setSingleShot(true);
    m_skeletonTimer.setInterval(kSkeletonDelay);
    connect(&m_skeletonTimer, &QTimer::timeout, this, [this] {
        m_showsSkeleton = true;
        viewport()->update();
    });
}

void SmartTable::setList(WindowedModel *model, const QList<ColumnSpec> &columns, int rowHeight)
{
    m_list = model;
    m_columns = columns;
    m_rowHeight = px(rowHeight);
    verticalHeader()->setMinimumSectionSize(m_rowHeight);
    verticalHeader()->setDefaultSectionSize(m_rowHeight);
    setModel(model);
    for (int i = 0; i < columns.size(); ++i)
        setItemDelegateForColumn(i, makeDelegate(columns[i].kind, *this));
    connect(model, &WindowedModel::reread, this, &SmartTable::restoreChoice);
    connect(model, &WindowedModel::reread, this, &SmartTable::goToWaiting);
    connect(model, &QAbstractItemModel::rowsRemoved, this,
            [this](const QModelIndex &, int first, int last) {
                if (last < m_topRow)
                    verticalScrollBar()->setValue(verticalScrollBar()->value() -
                                                  (last - first + 1) * m_rowHeight);
            });
    connect(model, &WindowedModel::stateChanged, this, [this] {
        const bool isWaiting =
            m_list->state() == WindowedModel::State::Loading && m_list->rowCount() == 0;
        if (!isWaiting) {
            m_skeletonTimer.stop();
            m_showsSkeleton = false;
        } else if (!m_showsSkeleton && !m_skeletonTimer.isActive()) {
            m_skeletonTimer.start();
        }
        tellRange();
        viewport()->update();
    });
    layOutColumns();
}

// ---- selection

void SmartTable::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    viewport()->update(); // all lines of an object are marked
    if (m_isRestoring || !current.isValid())
        return;
    m_currentKey = m_list->keyAt(current.row());
    const qint64 id = WindowedModel::idOf(m_currentKey);
    if (id == m_selectedObject || id == 0)
        return;
    m_selectedObject = id;
    Q_EMIT objectSelected(id);
}

/// Where one has gone on before the rows came, the row that came is the chosen one.
void SmartTable::dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight,
                             const QList<int> &roles)
{
    QTableView::dataChanged(topLeft, bottomRight, roles);
    const int row = currentIndex().row();
    if (m_currentKey == 0 && topLeft.row() <= row && row <= bottomRight.row())
        currentChanged(currentIndex(), {});
}

/// Qt makes the first row current when the focus comes; nobody has chosen it.
void SmartTable::focusInEvent(QFocusEvent *event)
{
    const bool hadCurrent = currentIndex().isValid();
    m_isRestoring = true;
    QTableView::focusInEvent(event);
    if (!hadCurrent)
        setCurrentIndex({});
    m_isRestoring = false;
}

void SmartTable::selectObject(qint64 id)
{
    const int row = m_list->rowOf(id * WindowedModel::kLinesMax);
    if (row >= 0)
        setCurrentIndex(m_list->index(row, m_firstColumn));
}

void SmartTable::clearChoice()
{
    m_selectedObject = 0;
    m_currentKey = 0;
    m_isRestoring = true;
    setCurrentIndex({});
    m_isRestoring = false;
    viewport()->update();
    Q_EMIT objectSelected(0);
}

/// After a reset the view has forgotten its current row; the object is still the chosen one.
void SmartTable::restoreChoice()
{
    const int row = m_currentKey == 0 ? -1 : m_list->rowOf(m_currentKey);
    if (row < 0)
        return;
    m_isRestoring = true;
    const int place = verticalScrollBar()->value();
    setCurrentIndex(m_list->index(row, m_firstColumn));
    verticalScrollBar()->setValue(place);
    m_isRestoring = false;
}

bool SmartTable::isSelected(const QModelIndex &index) const
{
    return m_selectedObject != 0 && index.data(ObjectRole).toLongLong() == m_selectedObject;
}

void SmartTable::setDimmed(bool isDimmed)
{
    m_isDimmed = isDimmed;
    viewport()->update();
}

// ---- keys and mouse

void SmartTable::keyPressEvent(QKeyEvent *event)
{
    m_isByKeyboard = true;
    const auto modifiers = event->modifiers() & ~Qt::KeypadModifier;
    switch (event->key()) {
    case Qt::Key_Escape: return Q_EMIT escaped();
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space: return Q_EMIT objectOpened(m_selectedObject);
    case Qt::Key_C:
        if (modifiers == Qt::ControlModifier)
            return copyCell();
        if (modifiers == (Qt::ControlModifier | Qt::AltModifier))
            return copyRow();
        break;
    case Qt::Key_Home:
    case Qt::Key_End:
        // The first and the last row, as the pill for new rows promises, not the ends of the row.
        if (modifiers == Qt::NoModifier || modifiers == Qt::ControlModifier)
            return goTo(event->key() == Qt::Key_Home ? Edge::Top : Edge::End);
        break;
    default: break;
    }
    const bool isWord = !event->text().isEmpty() && event->text()[0].isPrint();
    if (isWord && !(modifiers & (Qt::ControlModifier | Qt::AltModifier)))
        return event->ignore(); // single letters belong to the page, not to a search as one types
    QTableView::keyPressEvent(event);
}

/// At once, or as soon as the page that is there has been read.
void SmartTable::goTo(Edge edge)
{
    const bool isThere = edge == Edge::Top ? m_list->hasTop() : m_list->hasEnd();
    m_waitsFor = edge;
    if (isThere)
        goToWaiting();
    else if (edge == Edge::Top)
        m_list->jumpToTop();
    else
        m_list->jumpToEnd();
}

void SmartTable::goToWaiting()
{
    const Edge edge = std::exchange(m_waitsFor, Edge::None);
    if (edge == Edge::None || m_list->rowCount() == 0)
        return;
    const int row = edge == Edge::Top ? 0 : m_list->rowCount() - 1;
    const int column = currentIndex().isValid() ? currentIndex().column() : m_firstColumn;
    setCurrentIndex(m_list->index(row, column));
    tellRange();
}

void SmartTable::mousePressEvent(QMouseEvent *event)
{
    m_isByKeyboard = false;
    QTableView::mousePressEvent(event);
}

void SmartTable::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (indexAt(event->position().toPoint()).isValid())
        Q_EMIT objectOpened(m_selectedObject);
}

void SmartTable::copyCell() const
{
    if (currentIndex().isValid())
        QGuiApplication::clipboard()->setText(currentIndex().data().toString());
}

void SmartTable::copyRow() const
{
    if (!currentIndex().isValid())
        return;
    QStringList titles;
    QStringList cells;
    for (int i = 0; i < m_columns.size(); ++i) {
        titles << m_list->headerData(i, Qt::Horizontal).toString();
        cells << m_list->index(currentIndex().row(), i).data().toString();
    }
    QGuiApplication::clipboard()->setText(titles.join(u'\t') + u'\n' + cells.join(u'\t'));
}

// ---- geometry

void SmartTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    layOutColumns();
    tellRange();
}

void SmartTable::rowsInserted(const QModelIndex &parent, int start, int end)
{
    // Rows that come in above must not move what the eye rests on, except at the top.
    const int top = rowAt(0);
    const int place = verticalScrollBar()->value();
    QTableView::rowsInserted(parent, start, end);
    if (place > 0 && top >= 0 && start <= top) {
        updateGeometries();
        verticalScrollBar()->setValue(place + (end - start + 1) * m_rowHeight);
    }
}

void SmartTable::rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end)
{
    m_topRow = rowAt(0);
    QTableView::rowsAboutToBeRemoved(parent, start, end);
}

void SmartTable::scrollContentsBy(int dx, int dy)
{
    QTableView::scrollContentsBy(dx, dy);
    tellRange();
}

void SmartTable::tellRange()
{
    if (m_list == nullptr || m_list->rowCount() == 0)
        return;
    const int first = std::max(0, rowAt(0));
    m_list->showRange(
        first, std::min(first + viewport()->height() / m_rowHeight + 1, m_list->rowCount() - 1));
    m_list->setAtTop(verticalScrollBar()->value() == 0);
}

/// What nobody wants, and then columns until the rest fits; wanted ones go last.
QList<bool> SmartTable::foldedColumns() const
{
    QList<bool> isFolded;
    for (int i = 0; i < m_columns.size(); ++i)
        isFolded.append(!isColumnWanted(i));
    const auto needed = [&] {
        int width = 2 * px(kEdgePaddingPx - kPaddingPx);
        for (int i = 0; i < m_columns.size(); ++i)
            width += isFolded[i] ? 0 : px(m_columns[i].width);
        return width;
    };
    const auto rank = [&](int i) {
        return m_wanted.contains(m_columns[i].name) ? 1 : m_columns[i].foldOrder + 1;
    };
    while (needed() > viewport()->width()) {
        int next = -1;
        for (int i = 0; i < m_columns.size(); ++i) {
            const bool canFold = m_columns[i].foldOrder > 0 && !isFolded[i];
            if (canFold && (next < 0 || rank(i) > rank(next)))
                next = i;
        }
        if (next < 0)
            break;
        isFolded[next] = true;
    }
    return isFolded;
}

/// The columns that stretch share what is left over.
void SmartTable::layOutColumns()
{
    const QList<bool> isFolded = foldedColumns();
    int needed = 2 * px(kEdgePaddingPx - kPaddingPx);
    for (int i = 0; i < m_columns.size(); ++i)
        needed += isFolded[i] ? 0 : px(m_columns[i].width);
    m_firstColumn = int(isFolded.indexOf(false));
    m_lastColumn = int(isFolded.lastIndexOf(false));
    int rest = std::max(0, viewport()->width() - needed);
    int stretching = 0;
    for (int i = 0; i < m_columns.size(); ++i)
        stretching += m_columns[i].stretches && !isFolded[i] ? 1 : 0;
    for (int i = 0; i < m_columns.size(); ++i) {
        setColumnHidden(i, isFolded[i]);
        const bool isEdge = i == m_firstColumn || i == m_lastColumn;
        const bool takesShare = m_columns[i].stretches && !isFolded[i];
        const int share = takesShare ? rest / stretching-- : 0;
        rest -= share;
        setColumnWidth(i, px(m_columns[i].width) + (isEdge ? px(kEdgePaddingPx - kPaddingPx) : 0) +
                              share);
    }
}

// ---- chosen columns

bool SmartTable::isColumnWanted(int column) const
{
    return m_wanted.value(m_columns[column].name, !m_columns[column].isExtra);
}

void SmartTable::wantColumn(int column, bool isWanted)
{
    m_wanted.insert(m_columns[column].name, isWanted);
    layOutColumns();
    Q_EMIT columnsChosen();
}

QStringList SmartTable::columnChoices() const
{
    QStringList choices;
    for (const ColumnSpec &column : m_columns) {
        const auto wanted = m_wanted.constFind(column.name);
        if (wanted != m_wanted.cend())
            choices << (*wanted ? u'+' : u'-') + column.name;
    }
    return choices;
}

void SmartTable::setColumnChoices(const QStringList &choices)
{
    m_wanted.clear();
    for (const QString &choice : choices)
        m_wanted.insert(choice.mid(1), choice.startsWith(u'+'));
    // What is remembered may be older than the columns: one of them must be there.
    bool hasAny = false;
    for (int i = 0; i < m_columns.size(); ++i)
        hasAny = hasAny || isColumnWanted(i);
    if (!hasAny)
        m_wanted.clear();
    layOutColumns();
    Q_EMIT columnsChosen();
}

void SmartTable::showColumnMenu(const QPoint &globalPlace)
{
    (new ColumnMenu(*this))->popup(globalPlace);
}

QRect SmartTable::contentRect(const QRect &cell, int column) const
{
    int leading = px(column == m_firstColumn ? kEdgePaddingPx : kPaddingPx);
    int trailing = px(column == m_lastColumn ? kEdgePaddingPx : kPaddingPx);
    if (isRightToLeft())
        std::swap(leading, trailing);
    return cell.adjusted(leading, 0, -trailing, -1);
}

// ---- paint

void SmartTable::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    if (m_showsSkeleton)
        paintSkeleton();
}

void SmartTable::paintGreyBar(QPainter *painter, const QRect &content, int seed) const
{
    const int share = 60 + seed * 7 % 21; // 60 to 80 % of the cell, the same for a cell each time
    const QRect bar(content.left(), content.center().y() - px(5), content.width() * share / 100,
                    px(10));
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(Theme::current()[Token::Hover]);
    painter->drawRoundedRect(bar, 2, 2);
}

void SmartTable::paintSkeleton()
{
    QPainter painter(viewport());
    for (int row = 0; (row + 1) * m_rowHeight <= viewport()->height(); ++row) {
        const int top = row * m_rowHeight;
        for (int i = 0; i < m_columns.size(); ++i) {
            if (isColumnHidden(i))
                continue;
            const QRect cell(columnViewportPosition(i), top, columnWidth(i), m_rowHeight);
            paintGreyBar(&painter, contentRect(cell, i), row + i);
        }
        painter.fillRect(0, top + m_rowHeight - 1, viewport()->width(), 1,
                         Theme::current()[Token::Line]);
    }
}

} // namespace ui
