#pragma once

#include "seals/seal.h"

#include <QStringList>

#include <deque>
#include <memory>

namespace seals {

/// Compares the rows of one table, given in the order of their ids, with the spans that were
/// sealed.
class SpanCheck {
public:
    /// `what`: "transfer", for the words of a problem.
    explicit SpanCheck(QString what);
    ~SpanCheck();

    /// In the order of the seals, all before the first row.
    void expect(qint64 seal, const Span &span);
    void add(qint64 id, QByteArrayView line);
    /// After the last row: what is still expected is missing.
    void finish();

    [[nodiscard]] const QStringList &problems() const { return m_problems; }
    [[nodiscard]] qint64 sealed() const { return m_sealed; }
    [[nodiscard]] qint64 unsealed() const { return m_unsealed; }
    [[nodiscard]] qint64 firstUnsealed() const { return m_firstUnsealed; } // 0: none
    [[nodiscard]] qint64 lastUnsealed() const { return m_lastUnsealed; }

private:
    class Digest;
    struct Expected {
        qint64 seal = 0;
        Span span;
    };
    void close();

    QString m_what;
    std::deque<Expected> m_expected;
    std::unique_ptr<Digest> m_digest;
    qint64 m_rows = 0; // in the span that is open
    std::optional<qint64> m_lastId;
    qint64 m_sealed = 0;
    qint64 m_unsealed = 0;
    qint64 m_firstUnsealed = 0;
    qint64 m_lastUnsealed = 0;
    QStringList m_problems;
};

} // namespace seals
