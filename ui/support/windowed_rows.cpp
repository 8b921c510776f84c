#include "ui/support/windowed_model.h"

#include "core/assert.h"

#include <algorithm>

namespace ui {

namespace {

using namespace std::chrono_literals;

constexpr auto kRetryFirst = 1s;
constexpr int kRetryDoublingsMax = 5; // 1, 2, 4, 8, 16, 30 s
constexpr auto kRetryMax = 30s;

QList<qint64> idsOf(const QList<qint64> &keys)
{
    QList<qint64> ids;
    for (const qint64 key : keys) {
        const qint64 id = WindowedModel::idOf(key);
        if (ids.isEmpty() || ids.last() != id)
            ids.append(id);
    }
    return ids;
}

} // namespace

// ---- answers

void WindowedModel::arrived(const Ticket &ticket, const Arrived &page)
{
    switch (ticket.purpose) {
    case Purpose::First: replaceAll(page, false); break;
    case Purpose::End: replaceAll(page, true); break;
    case Purpose::Tail: takeTail(page); break;
    case Purpose::Before: takeBefore(page); break;
    case Purpose::Refill: takeRefill(pageAsked(ticket), page); break;
    case Purpose::Head: takeHead(page); break;
    }
    becomeReady(page);
    evict(m_shownFirst, m_shownLast);
}

/// Pages may have come in before it since it was asked for.
int WindowedModel::pageAsked(const Ticket &ticket) const
{
    const auto found = std::find_if(m_pages.cbegin(), m_pages.cend(), [&](const Page &page) {
        return page.isAsked && page.after == ticket.after;
    });
    CORE_ASSERT(found != m_pages.cend()); // of this generation, so nobody took it away
    return int(found - m_pages.cbegin());
}

void WindowedModel::becomeReady(const Arrived &page)
{
    m_total = page.total;
    m_isTotalExact = page.isTotalExact;
    m_readAt = page.readAt;
    m_retries = 0;
    m_state = State::Ready;
    Q_EMIT stateChanged();
}

void WindowedModel::failed(const Ticket &ticket, const Error &error)
{
    if (ticket.purpose == Purpose::Tail)
        m_isTailAsked = false;
    if (ticket.purpose == Purpose::Before)
        m_isBeforeAsked = false;
    if (ticket.purpose == Purpose::Head)
        m_isAskingHead = false;
    if (ticket.purpose == Purpose::Refill)
        m_pages[pageAsked(ticket)].isAsked = false;
    m_error = error;
    if (error.transient) {
        const auto delay = kRetryFirst * (1 << std::min(m_retries++, kRetryDoublingsMax));
        m_retryTimer.start(std::min<std::chrono::milliseconds>(delay, kRetryMax));
    }
    setState(State::Failed);
}

void WindowedModel::updated(int generation, const QList<qint64> &fresh, const QList<qint64> &gone)
{
    if (generation != m_generation)
        return;
    m_isAskingChanges = false;
    const QSet<qint64> changed(fresh.cbegin(), fresh.cend());
    for (int page = 0, row = m_gap; page < int(m_pages.size()); ++page) {
        for (const qint64 key : std::as_const(m_pages[page].keys)) {
            if (changed.contains(idOf(key)))
                Q_EMIT dataChanged(index(row, 0), index(row, columnCount() - 1));
            ++row;
        }
    }
    for (const qint64 id : gone)
        removeObject(id);
    Q_EMIT stateChanged();
}

void WindowedModel::clearPages()
{
    for (const Page &page : m_pages)
        dropObjects(idsOf(page.keys));
    m_pages.clear();
    m_next.clear();
    m_previous.clear();
    m_knownLines = 0;
    m_gap = 0;
    m_tail = 0;
    forgetHint();
    setPending(0);
}

/// The first page, or the last one.
void WindowedModel::replaceAll(const Arrived &page, bool isBackwards)
{
    beginResetModel();
    const QList<qint64> ids = idsOf(page.keys);
    const QSet<qint64> stay(ids.cbegin(), ids.cend());
    for (const Page &old : m_pages) {
        QList<qint64> gone = idsOf(old.keys);
        gone.removeIf([&](qint64 id) { return stay.contains(id); });
        dropObjects(gone);
    }
    m_pages.clear();
    outdateAnswers(); // the old rows were looked at until now, and pages of them asked for
    m_pages.push_back(
        {.after = {}, .isBackwards = isBackwards, .keys = page.keys, .usedAt = ++m_useCounter});
    m_knownLines = int(page.keys.size());
    const int unknown = unknownBeyond(page, m_knownLines);
    m_next = isBackwards ? QString() : page.next;
    m_previous = isBackwards ? page.next : QString();
    m_tail = isBackwards ? 0 : unknown;
    m_gap = isBackwards ? unknown : 0;
    forgetHint();
    setPending(0);
    endResetModel();
    Q_EMIT reread();
}

void WindowedModel::takeTail(const Arrived &page)
{
    m_isTailAsked = false;
    const int before = rowCount();
    const int known = m_knownLines + int(page.keys.size());
    const int after = known + unknownBeyond(page, known);
    const int firstNew = m_knownLines;
    if (after > before)
        beginInsertRows({}, before, after - 1);
    else if (after < before)
        beginRemoveRows({}, after, before - 1);
    m_pages.push_back({.after = m_next, .keys = page.keys, .usedAt = ++m_useCounter});
    m_next = page.next;
    m_knownLines = known;
    m_tail = after - known;
    if (after > before)
        endInsertRows();
    else if (after < before)
        endRemoveRows();
    if (known > firstNew)
        Q_EMIT dataChanged(index(firstNew, 0), index(known - 1, columnCount() - 1));
    showRange(m_shownFirst, m_shownLast); // the view may stand further down already
}

/// The grey bars at the front become rows; as many as they were too few or too many go in or out
/// before them, where nobody looks.
void WindowedModel::takeBefore(const Arrived &page)
{
    m_isBeforeAsked = false;
    const int count = int(page.keys.size());
    const int gap = unknownBeyond(page, m_knownLines + count);
    const int added = gap + count - m_gap;
    if (added > 0)
        beginInsertRows({}, 0, added - 1);
    else if (added < 0)
        beginRemoveRows({}, 0, -added - 1);
    m_pages.insert(
        m_pages.begin(),
        {.after = m_previous, .isBackwards = true, .keys = page.keys, .usedAt = ++m_useCounter});
    m_previous = page.next;
    m_knownLines += count;
    m_gap = gap;
    forgetHint();
    if (added > 0)
        endInsertRows();
    else if (added < 0)
        endRemoveRows();
    if (count > 0)
        Q_EMIT dataChanged(index(gap, 0), index(gap + count - 1, columnCount() - 1));
}

void WindowedModel::takeRefill(int page, const Arrived &arrived)
{
    Page &mine = m_pages[page];
    mine.isAsked = false;
    mine.isLoaded = true;
    const QSet<qint64> kept(mine.keys.cbegin(), mine.keys.cend());
    QList<qint64> foreign;
    for (const qint64 key : arrived.keys) {
        if (!kept.contains(key) && rowOf(key) < 0)
            foreign.append(key);
    }
    dropObjects(idsOf(foreign));
    const int start = startOf(page);
    if (!mine.keys.isEmpty())
        Q_EMIT dataChanged(index(start, 0),
                           index(start + int(mine.keys.size()) - 1, columnCount() - 1));
    for (const qint64 id : idsOf(mine.keys)) {
        if (!isLoaded(id))
            removeObject(id);
    }
}

/// New rows stand between known ones; what is known stays where it is.
void WindowedModel::takeHead(const Arrived &page)
{
    m_isAskingHead = false;
    if (!m_isAtTop)
        return countPending(page.keys);
    QHash<qint64, int> rows;
    int row = 0;
    for (const Page &one : m_pages) {
        for (const qint64 key : one.keys)
            rows.insert(key, row++);
    }
    const bool isConnected = std::any_of(page.keys.cbegin(), page.keys.cend(),
                                         [&](qint64 key) { return rows.contains(key); });
    if (!isConnected)
        return replaceAll(page, false); // more new rows than a page, or none before
    int inserted = 0;
    int position = 0;
    QList<qint64> run;
    for (const qint64 key : page.keys) {
        if (!rows.contains(key)) {
            run.append(key);
            continue;
        }
        insertKeys(position, run);
        inserted += int(run.size());
        run.clear();
        position = rows.value(key) + inserted + 1;
    }
    insertKeys(position, run);
    if (m_knownLines > 0)
        Q_EMIT dataChanged(index(0, 0), index(std::min(m_knownLines, int(page.keys.size())) - 1,
                                              columnCount() - 1));
}

void WindowedModel::countPending(const QList<qint64> &keys)
{
    QSet<qint64> known;
    for (const Page &page : m_pages) {
        for (const qint64 key : page.keys)
            known.insert(idOf(key));
    }
    int count = 0;
    for (const qint64 id : idsOf(keys))
        count += known.contains(id) ? 0 : 1;
    setPending(count);
}

// ---- rows

void WindowedModel::insertKeys(int row, const QList<qint64> &keys)
{
    if (keys.isEmpty())
        return;
    beginInsertRows({}, row, row + int(keys.size()) - 1);
    // Behind the last line of a page is still that page.
    int page = 0;
    int start = 0;
    while (page + 1 < int(m_pages.size()) && row > start + m_pages[page].keys.size())
        start += int(m_pages[page++].keys.size());
    for (qsizetype i = 0; i < keys.size(); ++i)
        m_pages[page].keys.insert(row - start + i, keys[i]);
    m_knownLines += int(keys.size());
    forgetHint();
    endInsertRows();
}

void WindowedModel::removeLines(int first, int last)
{
    beginRemoveRows({}, first, last);
    for (int row = last; row >= first; --row) {
        const std::optional<Place> place = placeOf(row);
        m_pages[place->page].keys.removeAt(place->offset);
        --m_knownLines;
        forgetHint();
    }
    endRemoveRows();
}

void WindowedModel::removeObject(qint64 id)
{
    int row = m_gap;
    int first = -1;
    int count = 0;
    for (const Page &page : m_pages) {
        for (const qint64 key : page.keys) {
            if (idOf(key) == id) {
                first = first < 0 ? row : first;
                ++count;
            }
            ++row;
        }
    }
    if (first >= 0) {
        removeLines(first, first + count - 1);
        m_total = std::max<qint64>(0, m_total - 1);
    }
    dropObjects({id});
}

void WindowedModel::evict(int firstVisible, int lastVisible)
{
    const auto isLoadedPage = [](const Page &page) { return page.isLoaded; };
    while (std::count_if(m_pages.cbegin(), m_pages.cend(), isLoadedPage) > kPagesMax) {
        int oldest = -1;
        int start = m_gap;
        for (int page = 0; page < int(m_pages.size()); ++page) {
            const Page &one = m_pages[page];
            const int end = start + int(one.keys.size());
            const bool isSeen = start <= lastVisible && end > firstVisible;
            // The first page grows with new rows and could not be fetched again as it is.
            if ((page > 0 || !hasTop()) && one.isLoaded && !isSeen &&
                (oldest < 0 || one.usedAt < m_pages[oldest].usedAt))
                oldest = page;
            start = end;
        }
        if (oldest < 0)
            return;
        m_pages[oldest].isLoaded = false;
        dropObjects(idsOf(m_pages[oldest].keys));
    }
}

/// Grey bars for the rows behind `known` ones, or before them.
int WindowedModel::unknownBeyond(const Arrived &page, int known) const
{
    if (page.next.isEmpty())
        return 0;
    if (!page.isTotalExact)
        return kPageRows;
    return int(std::max<qint64>(1, page.total * linesMin() - known));
}

std::optional<WindowedModel::Place> WindowedModel::placeOf(int row) const
{
    // Painting asks for neighbours, so the page of the last answer is nearly always the right one.
    const bool isHintRight = m_hintPage < int(m_pages.size()) && row >= m_hintStart &&
                             row < m_hintStart + m_pages[m_hintPage].keys.size();
    if (isHintRight)
        return Place{.page = m_hintPage, .offset = row - m_hintStart};
    int start = m_gap;
    for (int page = 0; row >= m_gap && page < int(m_pages.size()); ++page) {
        const int count = int(m_pages[page].keys.size());
        if (row < start + count) {
            m_hintPage = page;
            m_hintStart = start;
            return Place{.page = page, .offset = row - start};
        }
        start += count;
    }
    return std::nullopt;
}

int WindowedModel::startOf(int page) const
{
    int start = m_gap;
    for (int i = 0; i < page; ++i)
        start += int(m_pages[i].keys.size());
    return start;
}

qint64 WindowedModel::keyAt(int row) const
{
    const std::optional<Place> place = placeOf(row);
    return place ? m_pages[place->page].keys[place->offset] : 0;
}

int WindowedModel::rowOf(qint64 key) const
{
    int start = m_gap;
    for (const Page &page : m_pages) {
        const qsizetype offset = page.keys.indexOf(key);
        if (offset >= 0)
            return start + int(offset);
        start += int(page.keys.size());
    }
    return -1;
}

void WindowedModel::setState(State state)
{
    m_state = state;
    Q_EMIT stateChanged();
}

void WindowedModel::setPending(int count)
{
    if (m_pendingCount == count)
        return;
    m_pendingCount = count;
    Q_EMIT pendingChanged();
}

} // namespace ui
