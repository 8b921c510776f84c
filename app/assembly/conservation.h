#pragma once

#include "database/connection.h"
#include "intake/metrics.h"

namespace assembly {

/// What came is what is there: two ways to count the same, which must give the same.
struct Equation {
    QString name;    // "inbox"
    qint64 left = 0; // rows, or micro-dollars
    qint64 right = 0;
    bool isMoney = false;
    [[nodiscard]] bool holds() const { return left == right; }
    [[nodiscard]] QString words() const; // "inbox: 17 is not 16"
};

struct Conservation {
    QList<Equation> equations;
    qint64 unsealedTransfers = 0;
    qint64 unsealedAudit = 0;
    Timestamp countedAt;
    [[nodiscard]] QStringList mismatches() const; // in words; empty: all hold
};

/// All of them in one statement, so in one snapshot. Reads whole tables: about a second a million
/// rows.
[[nodiscard]] Result<Conservation> readConservation(database::Connection &connection,
                                                    Timestamp now);

/// For /metrics.
[[nodiscard]] QList<intake::Metric> metricsOf(const Conservation &conservation);

} // namespace assembly
