#include "ui/support/csv.h"

#include "core/csv.h"
#include "core/post.h"
#include "ui/support/format.h"

#include <QCryptographicHash>
#include <QSaveFile>

namespace ui {

namespace {

constexpr int kPageRows = 500;

QList<bool> areNumbers(const QList<ExportColumn> &columns)
{
    QList<bool> numbers;
    for (const ExportColumn &column : columns)
        numbers << column.isNumber;
    return numbers;
}

} // namespace

QByteArray csvLine(const QStringList &cells, const QList<ExportColumn> &columns)
{
    return core::csvLine(cells, areNumbers(columns));
}

QByteArray csvHead(const QList<ExportColumn> &columns)
{
    QStringList titles;
    for (const ExportColumn &column : columns)
        titles << column.title;
    return core::csvMark() + csvLine(titles, columns);
}

/// The file, on the export's thread.
class CsvFile final : public QObject {
    Q_OBJECT

public:
    CsvFile(const QString &path, QList<ExportColumn> columns)
        : m_file(path)
        , m_columns(std::move(columns))
    {
    }
    void open()
    {
        if (m_file.open(QIODevice::WriteOnly))
            write(csvHead(m_columns));
        else
            Q_EMIT refused(m_file.errorString());
    }
    void writeLines(const QList<QStringList> &lines)
    {
        QByteArray bytes;
        for (const QStringList &line : lines)
            bytes += csvLine(line, m_columns);
        write(bytes);
    }
    void finish()
    {
        if (m_file.commit())
            Q_EMIT finished(QString::fromLatin1(m_hash.result().toHex()));
        else
            Q_EMIT refused(m_file.errorString());
    }

Q_SIGNALS:
    void written();
    void finished(const QString &sha256);
    void refused(const QString &why);

private:
    void write(const QByteArray &bytes)
    {
        m_hash.addData(bytes);
        if (m_file.write(bytes) == bytes.size())
            Q_EMIT written();
        else
            Q_EMIT refused(m_file.errorString());
    }

    QSaveFile m_file; // another name until it is whole
    QList<ExportColumn> m_columns;
    QCryptographicHash m_hash{QCryptographicHash::Sha256};
};

CsvExport::CsvExport(WindowedModel &model, const QString &path, QObject *parent)
    : QObject(parent)
    , m_model(model)
    , m_path(path)
    , m_filter(model.filter())
    , m_total(model.total())
    , m_isTotalExact(model.isTotalExact())
    , m_file(new CsvFile(path, model.exportColumns()))
    , m_thread(core::startThread(QStringLiteral("export")))
{
    m_file->moveToThread(m_thread.get());
    connect(m_thread.get(), &QThread::finished, m_file, &QObject::deleteLater);
    connect(m_file, &CsvFile::written, this, &CsvExport::written);
    connect(m_file, &CsvFile::finished, this, &CsvExport::finished);
    connect(m_file, &CsvFile::refused, this, [this](const QString &why) {
        //: %1 is what the system says, such as "Permission denied".
        Q_EMIT failed(tr("The file cannot be written: %1.").arg(why));
    });
}

CsvExport::~CsvExport() = default;

void CsvExport::start()
{
    core::post(m_file, [file = m_file] { file->open(); });
}

void CsvExport::ask()
{
    m_model.fetchExport({.filter = m_filter,
                         .after = m_next,
                         .limit = kPageRows,
                         .isBackwards = false,
                         .isCounted = false},
                        this, [this](const Result<ExportPage> &page) { take(page); });
}

void CsvExport::take(const Result<ExportPage> &page)
{
    if (!page)
        return Q_EMIT failed(sentenceOf(page.error().code));
    m_rows += page->rows;
    m_next = page->next;
    m_isLast = m_next.isEmpty();
    core::post(m_file, [file = m_file, lines = page->lines] { file->writeLines(lines); });
}

/// One page is read only when the one before is on the disk, so that memory stays flat.
void CsvExport::written()
{
    Q_EMIT progressed();
    if (m_isLast)
        core::post(m_file, [file = m_file] { file->finish(); });
    else
        ask();
}

} // namespace ui

#include "csv.moc"
