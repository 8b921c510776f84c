#include "seals/export_text.h"

namespace seals {

namespace {

constexpr char kHead[] = "{\"speechcad_export\":1,\"at\":\"";
constexpr char kTransfer[] = "{\"transfer\":";
constexpr char kAudit[] = "{\"audit\":";
// A line begins with the row's id: PostgreSQL writes the first value of an array, and the first
// column of a row, so.
constexpr char kTransferId[] = "[";
constexpr char kAuditId[] = "{\"id\":";

std::optional<ExportRow> rowOf(Stream stream, QByteArrayView text, QByteArrayView prefix,
                               QByteArrayView idPrefix)
{
    const QByteArrayView line = text.sliced(prefix.size()).chopped(2); // "}\n"
    if (!line.startsWith(idPrefix))
        return std::nullopt;
    QByteArrayView digits = line.sliced(idPrefix.size());
    const qsizetype comma = digits.indexOf(',');
    bool isNumber = false;
    const qint64 id = comma > 0 ? digits.first(comma).toLongLong(&isNumber) : 0;
    return isNumber ? std::optional(ExportRow{stream, id, line}) : std::nullopt;
}

} // namespace

QByteArray exportHead(const QByteArray &at)
{
    return kHead + at + "\"}\n";
}

bool isExportHead(QByteArrayView text)
{
    return text.startsWith(QByteArrayView(kHead));
}

QByteArray exportRow(Stream stream, QByteArrayView line)
{
    return (stream == Stream::Transfers ? kTransfer : kAudit) + line.toByteArray() + "}\n";
}

std::optional<ExportRow> fromExport(QByteArrayView text)
{
    if (!text.endsWith("}\n"))
        return std::nullopt;
    if (text.startsWith(QByteArrayView(kTransfer)))
        return rowOf(Stream::Transfers, text, kTransfer, kTransferId);
    if (text.startsWith(QByteArrayView(kAudit)))
        return rowOf(Stream::Audit, text, kAudit, kAuditId);
    return std::nullopt;
}

} // namespace seals
