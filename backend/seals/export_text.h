#pragma once

#include <QByteArray>

#include <optional>

namespace seals {

/// The tables that are sealed, as an export and a seal name them.
enum class Stream {
    Transfers,
    Audit,
};

/// A row of an export: {"transfer":LINE} or {"audit":LINE}, where LINE is exactly what is digested.
struct ExportRow {
    Stream stream = Stream::Transfers;
    qint64 id = 0;
    QByteArrayView line; // into the text that was read
};

[[nodiscard]] QByteArray exportHead(const QByteArray &at);
[[nodiscard]] bool isExportHead(QByteArrayView text);
[[nodiscard]] QByteArray exportRow(Stream stream, QByteArrayView line); // with its line feed
/// Absent: no whole row of an export.
[[nodiscard]] std::optional<ExportRow> fromExport(QByteArrayView text);

} // namespace seals
