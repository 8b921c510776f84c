#pragma once

#include <QByteArray>
#include <QList>
#include <QStringList>

namespace core {

/// One line of RFC 4180. Text that a spreadsheet would take for a formula gets an apostrophe before
/// it; numbers never do, or no negative one could be summed up. `areNumbers`: by column.
[[nodiscard]] QByteArray csvLine(const QStringList &cells, const QList<bool> &areNumbers);
/// What makes spreadsheets read UTF-8: the first three bytes of a file.
[[nodiscard]] QByteArray csvMark();

} // namespace core
