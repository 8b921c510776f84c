#pragma once

#include "core/result.h"
#include "core/thread.h"
#include "ui/support/windowed_model.h"

namespace ui {

/// One line of RFC 4180. Text that a spreadsheet would take for a formula gets an apostrophe before
/// it; numbers never do.
[[nodiscard]] QByteArray csvLine(const QStringList &cells, const QList<ExportColumn> &columns);
/// The titles, behind the mark that makes spreadsheets read UTF-8.
[[nodiscard]] QByteArray csvHead(const QList<ExportColumn> &columns);

class CsvFile;

/// Writes all rows of a list that match its filter into a file: page by page, the file on a thread
/// of its own. The file is there whole when it is finished, and not at all before or otherwise.
class CsvExport final : public QObject {
    Q_OBJECT

public:
    CsvExport(WindowedModel &model, const QString &path, QObject *parent = nullptr);
    /// Before the end: no file is left.
    ~CsvExport() override;
    void start();
    [[nodiscard]] qint64 rows() const { return m_rows; }
    [[nodiscard]] qint64 total() const { return m_total; }
    [[nodiscard]] bool isTotalExact() const { return m_isTotalExact; }
    [[nodiscard]] const QString &path() const { return m_path; }

Q_SIGNALS:
    void progressed();
    void finished(const QString &sha256);
    void failed(const QString &sentence);

private:
    void ask();
    void take(const Result<ExportPage> &page);
    void written();

    WindowedModel &m_model;
    QString m_path;
    QList<api::FilterTerm> m_filter;
    QString m_next;
    bool m_isLast = false;
    qint64 m_rows = 0;
    qint64 m_total = 0;
    bool m_isTotalExact = true;
    CsvFile *m_file = nullptr; // lives on m_thread
    core::ThreadPtr m_thread;
};

} // namespace ui
