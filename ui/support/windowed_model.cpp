#include "ui/support/windowed_model.h"

#include <algorithm>

namespace ui {

namespace {

using namespace std::chrono_literals;

constexpr auto kChangesDelay = 250ms;

} // namespace

WindowedModel::WindowedModel(QObject *parent)
    : QAbstractTableModel(parent)
{
    m_changesTimer.setSingleShot(true);
    m_changesTimer.setInterval(kChangesDelay);
    connect(&m_changesTimer, &QTimer::timeout, this, &WindowedModel::askForChanges);
    m_retryTimer.setSingleShot(true);
    connect(&m_retryTimer, &QTimer::timeout, this, &WindowedModel::reload);
}

int WindowedModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_gap + m_knownLines + m_tail;
}

bool WindowedModel::isComplete() const
{
    return hasTop() && hasEnd() &&
           std::all_of(m_pages.cbegin(), m_pages.cend(),
                       [](const Page &page) { return page.isLoaded; });
}

// ---- what the view and the page ask for

void WindowedModel::setFilter(const QList<api::FilterTerm> &filter)
{
    m_filter = filter;
    beginResetModel();
    clearPages();
    endResetModel();
    m_readAt.reset();
    reload();
    setState(State::Loading);
}

void WindowedModel::reload()
{
    startAnew(hasTop() ? Purpose::First : Purpose::End);
}

void WindowedModel::jumpToTop()
{
    if (!hasTop())
        startAnew(Purpose::First);
}

void WindowedModel::jumpToEnd()
{
    if (!hasEnd())
        startAnew(Purpose::End);
}

/// What is on its way belongs to rows that are gone, or will be.
void WindowedModel::outdateAnswers()
{
    ++m_generation;
    m_isTailAsked = m_isBeforeAsked = m_isAskingChanges = m_isAskingHead = false;
    for (Page &page : m_pages)
        page.isAsked = false;
}

void WindowedModel::startAnew(Purpose purpose)
{
    outdateAnswers();
    m_retryTimer.stop();
    start(purpose);
    if (m_pages.empty())
        setState(State::Loading);
}

void WindowedModel::cancel()
{
    ++m_generation;
    m_error = {.code = ErrorCode::ShuttingDown, .detail = QStringLiteral("cancelled")};
    setState(State::Failed);
}

void WindowedModel::showRange(int first, int last)
{
    m_shownFirst = first;
    m_shownLast = last;
    for (int page = 0; page < int(m_pages.size()); ++page) {
        Page &one = m_pages[page];
        const int start = startOf(page);
        const bool isNear =
            start + one.keys.size() > first - kPageRows && start <= last + kPageRows;
        if (!isNear)
            continue;
        one.usedAt = ++m_useCounter;
        if (!one.isLoaded && !one.isAsked) {
            one.isAsked = true;
            fetchPage({.filter = m_filter,
                       .after = one.after,
                       .limit = kPageRows,
                       .isBackwards = one.isBackwards},
                      {.generation = m_generation, .purpose = Purpose::Refill, .after = one.after});
        }
    }
    if (!hasEnd() && !m_isTailAsked && last + kPageRows >= m_gap + m_knownLines)
        start(Purpose::Tail);
    if (!hasTop() && !m_isBeforeAsked && first - kPageRows < m_gap)
        start(Purpose::Before);
}

void WindowedModel::setAtTop(bool isAtTop)
{
    if (m_isAtTop == isAtTop)
        return;
    m_isAtTop = isAtTop;
    if (isAtTop && m_pendingCount > 0)
        showPending();
}

void WindowedModel::showPending()
{
    m_isAtTop = true;
    setPending(0);
    start(Purpose::Head);
}

void WindowedModel::noteChanged(const QList<qint64> &ids)
{
    for (const qint64 id : ids)
        m_changed.insert(id);
    if (!m_changesTimer.isActive())
        m_changesTimer.start();
}

void WindowedModel::askForChanges()
{
    if (m_pages.empty() || m_isAskingChanges || m_isAskingHead) {
        // What is on its way was read before this change, so ask once more when it is here.
        if (m_state != State::Failed && !m_changed.isEmpty())
            m_changesTimer.start();
        return;
    }
    QList<qint64> known;
    bool hasUnknown = false;
    for (const qint64 id : std::as_const(m_changed)) {
        if (isLoaded(id))
            known.append(id);
        else
            hasUnknown = true;
    }
    m_changed.clear();
    if (!known.isEmpty())
        m_isAskingChanges = fetchObjects(known, m_generation);
    if (hasUnknown && hasTop())
        start(Purpose::Head);
}

void WindowedModel::start(Purpose purpose)
{
    m_isTailAsked = m_isTailAsked || purpose == Purpose::Tail;
    m_isBeforeAsked = m_isBeforeAsked || purpose == Purpose::Before;
    m_isAskingHead = m_isAskingHead || purpose == Purpose::Head;
    api::PageQuery query{.filter = m_filter, .after = {}, .limit = kPageRows};
    if (purpose == Purpose::Tail)
        query.after = m_next;
    if (purpose == Purpose::Before)
        query.after = m_previous;
    query.isBackwards = purpose == Purpose::End || purpose == Purpose::Before;
    fetchPage(query, {.generation = m_generation, .purpose = purpose});
}

} // namespace ui
