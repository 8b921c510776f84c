#include "core/csv_reader.h"

namespace core {

namespace {

class Reader {
public:
    explicit Reader(const QString &text)
        : m_text(text)
        , m_at(text.startsWith(QChar::ByteOrderMark) ? 1 : 0)
    {
    }

    Result<std::vector<CsvRecord>> read()
    {
        std::vector<CsvRecord> records;
        while (m_at < m_text.size()) {
            CsvRecord record = {.line = m_line, .cells = {}};
            if (auto done = readRecord(record.cells); !done)
                return failure(done.error());
            if (record.cells != QStringList{QString()})
                records.push_back(std::move(record));
        }
        return records;
    }

private:
    Result<void> readRecord(QStringList &cells)
    {
        for (;;) {
            auto cell = isAt(u'"') ? quotedCell() : plainCell();
            if (!cell)
                return failure(cell.error());
            cells << *std::move(cell);
            if (isAt(u',')) {
                ++m_at;
                continue;
            }
            m_at += isAt(u'\r');
            m_at += isAt(u'\n');
            ++m_line;
            return {};
        }
    }

    Result<QString> plainCell()
    {
        const qsizetype from = m_at;
        while (m_at < m_text.size() && !isAt(u',') && !isAt(u'\n') && !isAt(u'\r'))
            ++m_at;
        return m_text.sliced(from, m_at - from);
    }

    Result<QString> quotedCell()
    {
        const qint64 begins = m_line;
        QString cell;
        for (++m_at; m_at < m_text.size(); ++m_at) {
            if (isAt(u'"') && m_text.size() > m_at + 1 && m_text[m_at + 1] == u'"') {
                ++m_at; // two stand for one
            } else if (isAt(u'"')) {
                ++m_at;
                if (m_at == m_text.size() || isAt(u',') || isAt(u'\r') || isAt(u'\n'))
                    return cell;
                return bad(begins, QStringLiteral("a quote ends before its cell does"));
            }
            m_line += isAt(u'\n');
            cell += m_text[m_at];
        }
        return bad(begins, QStringLiteral("a quote does not end"));
    }

    [[nodiscard]] bool isAt(QChar character) const
    {
        return m_at < m_text.size() && m_text[m_at] == character;
    }

    static tl::unexpected<Error> bad(qint64 line, const QString &why)
    {
        return failure({.code = ErrorCode::BadInput,
                        .detail = QStringLiteral("line %1: %2").arg(line).arg(why)});
    }

    const QString &m_text;
    qsizetype m_at;
    qint64 m_line = 1;
};

} // namespace

Result<std::vector<CsvRecord>> readCsv(const QString &text)
{
    return Reader(text).read();
}

} // namespace core
