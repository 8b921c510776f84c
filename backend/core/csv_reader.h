#pragma once

#include "core/result.h"

#include <QStringList>

#include <vector>

namespace core {

struct CsvRecord {
    qint64 line = 0; // where it begins, from 1
    QStringList cells;
};

/// The records of an RFC 4180 text, the empty ones left out. A byte order mark, single line feeds
/// and a missing last line end are fine. Errors: BadInput, with the line, for a quote that does not
/// end or ends before its cell does.
[[nodiscard]] Result<std::vector<CsvRecord>> readCsv(const QString &text);

} // namespace core
