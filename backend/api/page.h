#pragma once

#include "core/clock.h"

#include <QList>
#include <QString>

namespace api {

/// One condition of a list, as the filter field of a table reads it (`state:credited`, `-coin:BTC`,
/// `amount>5`).
struct FilterTerm {
    enum class Comparison {
        Is,
        IsNot,
        Above,
        Below,
    };
    QString field; // empty: free text, searched where the list says
    Comparison comparison = Comparison::Is;
    QString value;
    friend bool operator==(const FilterTerm &, const FilterTerm &) = default;
};

/// Asks for the page behind `after`. A list has one order of its own (newest first), so that a
/// cursor stays valid while rows are added.
struct PageQuery {
    QList<FilterTerm> filter;
    QString after; // Page::next of the page before; empty: the first page
    int limit = 200;
    bool isBackwards = false; // read from the far end; the rows of a page keep the list's order
    bool isCounted = true;    // false: nobody looks at the total, which costs as much as the page
};

template <typename Row> struct Page {
    QList<Row> rows;
    QString next;             // empty: this is the last page in the direction of reading
    qint64 total = 0;         // rows that match the filter; 0 when not counted
    bool isTotalExact = true; // false above 10,000 rows: an estimate
    Timestamp readAt;
};

} // namespace api
