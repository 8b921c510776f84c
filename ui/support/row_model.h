#pragma once

#include "ui/support/when_ready.h"
#include "ui/support/windowed_model.h"

#include <QHash>

namespace ui {

/// The typed half of WindowedModel: keeps the rows that are in memory by their id. A page of the
/// console derives from it and says how its rows are listed, read again and shown.
template <typename Row> class RowModel : public WindowedModel {
public:
    using WindowedModel::WindowedModel;

    /// nullptr: not fetched (yet, or any more).
    [[nodiscard]] const Row *rowAt(int row) const
    {
        const auto found = m_rows.constFind(idOf(keyAt(row)));
        return found == m_rows.cend() ? nullptr : &*found;
    }
    [[nodiscard]] const Row *rowOfId(qint64 id) const
    {
        const auto found = m_rows.constFind(id);
        return found == m_rows.cend() ? nullptr : &*found;
    }
    [[nodiscard]] int lineAt(int row) const { return int(keyAt(row) % kLinesMax); }
    template <typename Fn> void forEachRow(Fn fn) const
    {
        for (const Row &row : m_rows)
            fn(row);
    }

    void fetchExport(const api::PageQuery &query, QObject *context,
                     std::function<void(const Result<ExportPage> &)> take) final
    {
        whenReady(list(query), context,
                  [this, take = std::move(take)](const Result<api::Page<Row>> &page) {
                      if (!page)
                          return take(failure(page.error()));
                      ExportPage lines{.lines = {}, .rows = page->rows.size(), .next = page->next};
                      for (const Row &row : page->rows)
                          lines.lines += exportLines(row);
                      take(lines);
                  });
    }

protected:
    using Rows = Result<QList<Row>>;

    [[nodiscard]] virtual QFuture<Result<api::Page<Row>>> list(const api::PageQuery &query) = 0;
    /// nullopt: rows of this list never change once they are there.
    [[nodiscard]] virtual std::optional<QFuture<Rows>> read(const QList<qint64> &ids) = 0;
    [[nodiscard]] virtual qint64 idOfRow(const Row &row) const = 0;
    [[nodiscard]] virtual int linesOf(const Row &) const { return 1; }
    /// The row in an exported file, one cell for each of exportColumns().
    [[nodiscard]] virtual QList<QStringList> exportLines(const Row &row) const = 0;
    /// Does a row that changed still match the filter?
    [[nodiscard]] virtual bool belongs(const Row &) const { return true; }

    void fetchPage(const api::PageQuery &query, const Ticket &ticket) final
    {
        whenReady(list(query), this, [this, ticket](const Result<api::Page<Row>> &page) {
            if (isStale(ticket))
                return;
            if (!page)
                return failed(ticket, page.error());
            arrived(ticket, store(*page, !isOnlyCounted(ticket)));
        });
    }

    bool fetchObjects(const QList<qint64> &ids, int generation) final
    {
        auto future = read(ids);
        if (!future)
            return false;
        whenReady(*future, this, [this, ids, generation](const Rows &rows) {
            if (isStale({.generation = generation}))
                return;
            QSet<qint64> gone;
            QList<qint64> fresh;
            if (rows) {
                gone = QSet<qint64>(ids.cbegin(), ids.cend());
                for (const Row &row : *rows) {
                    const qint64 id = idOfRow(row);
                    if (!isLoaded(id) || !belongs(row))
                        continue;
                    m_rows.insert(id, row);
                    fresh.append(id);
                    gone.remove(id);
                }
            }
            updated(generation, fresh, gone.values());
        });
        return true;
    }

    void dropObjects(const QList<qint64> &ids) final
    {
        for (const qint64 id : ids)
            m_rows.remove(id);
    }

    [[nodiscard]] bool isLoaded(qint64 id) const final { return m_rows.contains(id); }

private:
    Arrived store(const api::Page<Row> &page, bool isKept)
    {
        Arrived arrived{.keys = {},
                        .next = page.next,
                        .total = page.total,
                        .isTotalExact = page.isTotalExact,
                        .readAt = page.readAt};
        for (const Row &row : page.rows) {
            const qint64 id = idOfRow(row);
            for (int line = 0; line < linesOf(row); ++line)
                arrived.keys.append(id * kLinesMax + line);
            if (isKept)
                m_rows.insert(id, row);
        }
        return arrived;
    }

    QHash<qint64, Row> m_rows;
};

} // namespace ui
