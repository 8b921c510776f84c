#pragma once

#include "api/page.h"
#include "core/error.h"
#include "core/result.h"

#include <QAbstractTableModel>
#include <QTimer>

#include <functional>
#include <optional>

namespace ui {

/// A column of an exported file: what is there for machines, whatever the table shows.
struct ExportColumn {
    QString title;
    bool isNumber = false;
};

struct ExportPage {
    QList<QStringList> lines;
    qint64 rows = 0; // an object may be several lines
    QString next;
};

/// A long list seen through a window: keyset pages are fetched as they are scrolled to, at most
/// kPagesMax stay in memory, and rows that change are updated in place, so that the selection and
/// the place never move. Rows are known here by their key only; RowModel holds what is in them.
///
/// A key is the object's id times kLinesMax plus the number of the line: a transfer of the ledger
/// is one object and several lines.
class WindowedModel : public QAbstractTableModel {
    Q_OBJECT

public:
    static constexpr int kPageRows = 200;
    static constexpr int kPagesMax = 50;
    static constexpr int kLinesMax = 64;

    enum class State {
        Loading, // nothing to show yet
        Ready,
        Failed, // what is there stays, with its age
    };

    explicit WindowedModel(QObject *parent = nullptr);

    /// Forgets all rows and reads the first page.
    void setFilter(const QList<api::FilterTerm> &filter);
    /// Reads the first page again; the rows stay until it has come.
    void reload();
    /// The newest and the oldest rows, each read with one page, however long the list is; reread()
    /// tells that they are there. Nothing is read when they are there already.
    void jumpToTop();
    void jumpToEnd();
    [[nodiscard]] bool hasTop() const { return m_gap == 0; }
    [[nodiscard]] bool hasEnd() const { return m_next.isEmpty(); }
    /// Gives up the read that is under way.
    void cancel();
    /// The view tells what it shows: fetches what is missing there and a page ahead.
    void showRange(int first, int last);
    /// New rows go in at once while the view is at the top, else they are counted.
    void setAtTop(bool isAtTop);
    /// Puts the counted new rows in.
    void showPending();
    /// The change feed: objects that changed. Coalesced over 250 ms.
    void noteChanged(const QList<qint64> &ids);

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const Error &error() const { return m_error; }
    [[nodiscard]] const QList<api::FilterTerm> &filter() const { return m_filter; }
    [[nodiscard]] qint64 total() const { return m_total; }
    [[nodiscard]] bool isTotalExact() const { return m_isTotalExact; }
    [[nodiscard]] std::optional<Timestamp> readAt() const { return m_readAt; }
    [[nodiscard]] int pendingCount() const { return m_pendingCount; }
    /// Every row of the list is in memory.
    [[nodiscard]] bool isComplete() const;
    /// 0: not fetched yet.
    [[nodiscard]] qint64 keyAt(int row) const;
    [[nodiscard]] int rowOf(qint64 key) const;
    [[nodiscard]] static qint64 idOf(qint64 key) { return key / kLinesMax; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;

    /// What an export of the list has in it: everything, with UTC times and plain decimals.
    [[nodiscard]] virtual QList<ExportColumn> exportColumns() const = 0;
    /// Reads a page past the rows in memory; never answers when `context` is gone.
    virtual void fetchExport(const api::PageQuery &query, QObject *context,
                             std::function<void(const Result<ExportPage> &)> take) = 0;

Q_SIGNALS:
    void stateChanged();
    void pendingChanged();
    /// The list was read anew: keys may stand elsewhere.
    void reread();

protected:
    enum class Purpose {
        First,  // the first page, instead of all there is
        End,    // the last page, instead of all there is
        Tail,   // the page behind the last one
        Before, // the page before the first one, after a jump to the end
        Refill, // a page that was dropped
        Head,   // the first page, to find new rows
    };
    struct Ticket {
        int generation = 0;
        Purpose purpose = Purpose::First;
        QString after = {}; // of a Refill: which page
    };
    struct Arrived {
        QList<qint64> keys;
        QString next;
        qint64 total = 0;
        bool isTotalExact = true;
        Timestamp readAt;
    };

    /// Ask; answer with arrived() or failed().
    virtual void fetchPage(const api::PageQuery &query, const Ticket &ticket) = 0;
    /// Ask for these objects; answer with updated(). False: objects of this list never change.
    virtual bool fetchObjects(const QList<qint64> &ids, int generation) = 0;
    virtual void dropObjects(const QList<qint64> &ids) = 0;
    [[nodiscard]] virtual bool isLoaded(qint64 id) const = 0;
    /// At least how many lines an object has.
    [[nodiscard]] virtual int linesMin() const { return 1; }

    [[nodiscard]] bool isStale(const Ticket &ticket) const
    {
        return ticket.generation != m_generation;
    }
    [[nodiscard]] bool isOnlyCounted(const Ticket &ticket) const
    {
        return ticket.purpose == Purpose::Head && !m_isAtTop;
    }
    void arrived(const Ticket &ticket, const Arrived &page);
    void failed(const Ticket &ticket, const Error &error);
    /// `fresh` were read again and stay; `gone` are not in this list any more.
    void updated(int generation, const QList<qint64> &fresh, const QList<qint64> &gone);

private:
    struct Page {
        QString after;
        bool isBackwards = false;
        QList<qint64> keys;
        bool isLoaded = true;
        bool isAsked = false;
        quint64 usedAt = 0;
    };
    struct Place {
        int page = 0;
        int offset = 0;
    };

    void start(Purpose purpose);
    void clearPages();
    void outdateAnswers();
    void startAnew(Purpose purpose);
    void replaceAll(const Arrived &page, bool isBackwards);
    void takeTail(const Arrived &page);
    void takeBefore(const Arrived &page);
    void takeRefill(int page, const Arrived &arrived);
    [[nodiscard]] int pageAsked(const Ticket &ticket) const;
    void takeHead(const Arrived &page);
    void countPending(const QList<qint64> &keys);
    void insertKeys(int row, const QList<qint64> &keys);
    void removeLines(int first, int last);
    void removeObject(qint64 id);
    void setState(State state);
    void setPending(int count);
    void evict(int firstVisible, int lastVisible);
    void askForChanges();
    void becomeReady(const Arrived &page);
    [[nodiscard]] int unknownBeyond(const Arrived &page, int known) const;
    [[nodiscard]] std::optional<Place> placeOf(int row) const;
    [[nodiscard]] int startOf(int page) const;
    void forgetHint()
    {
        m_hintPage = 0;
        m_hintStart = m_gap;
    }

    QList<api::FilterTerm> m_filter;
    std::vector<Page> m_pages;
    QString m_next;       // cursor behind the last page; empty: nothing more
    QString m_previous;   // cursor before the first page; empty: nothing more
    int m_knownLines = 0; // lines of all pages
    int m_gap = 0;        // lines shown as grey bars before them, after a jump to the end
    int m_tail = 0;       // lines shown as grey bars behind them
    int m_generation = 0;
    bool m_isTailAsked = false;
    bool m_isBeforeAsked = false;
    State m_state = State::Loading;
    Error m_error;
    qint64 m_total = 0;
    bool m_isTotalExact = true;
    std::optional<Timestamp> m_readAt;
    bool m_isAtTop = true;
    int m_pendingCount = 0;
    quint64 m_useCounter = 0;
    int m_shownFirst = 0;
    int m_shownLast = 0;
    QSet<qint64> m_changed;
    bool m_isAskingChanges = false;
    bool m_isAskingHead = false;
    QTimer m_changesTimer;
    QTimer m_retryTimer;
    int m_retries = 0;
    mutable int m_hintPage = 0;
    mutable int m_hintStart = 0;
};

} // namespace ui
