#include "core/csv.h"

#include <QRegularExpression>

namespace core {

namespace {

bool looksLikeFormula(const QString &text)
{
    return !text.isEmpty() && QStringLiteral("=+-@\t\r").contains(text[0]);
}

QString quoted(QString text)
{
    static const QRegularExpression special(QStringLiteral("[\",\r\n]"));
    if (!text.contains(special))
        return text;
    return u'"' + text.replace(u'"', QStringLiteral("\"\"")) + u'"';
}

} // namespace

QByteArray csvLine(const QStringList &cells, const QList<bool> &areNumbers)
{
    QStringList parts;
    for (qsizetype i = 0; i < cells.size(); ++i) {
        const bool isDefused = !areNumbers.value(i) && looksLikeFormula(cells[i]);
        parts << quoted(isDefused ? u'\'' + cells[i] : cells[i]);
    }
    return parts.join(u',').toUtf8() + "\r\n";
}

QByteArray csvMark()
{
    return QByteArrayLiteral("\xEF\xBB\xBF");
}

} // namespace core
