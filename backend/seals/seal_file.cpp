#include "seals/seal_file.h"

namespace seals {

namespace {

// A line has about 600 bytes.
constexpr qint64 kLineBytesMax = 4096;

} // namespace

QByteArray lineOf(const SignedSeal &seal)
{
    return seal.body + ' ' + seal.signature.toBase64() + '\n';
}

std::optional<SignedSeal> fromLine(QByteArrayView line)
{
    if (line.isEmpty() || line.back() != '\n')
        return std::nullopt;
    const QByteArray whole = line.chopped(1).toByteArray();
    const qsizetype blank = whole.lastIndexOf(' ');
    if (blank <= 0)
        return std::nullopt;
    const auto signature = QByteArray::fromBase64Encoding(whole.mid(blank + 1),
                                                          QByteArray::AbortOnBase64DecodingErrors);
    if (!signature || !sealOf(whole.left(blank)))
        return std::nullopt;
    return SignedSeal{whole.left(blank), signature.decoded};
}

Result<FileEnd> endOf(QIODevice &file)
{
    FileEnd end = {.newest = {}, .wholeBytes = 0, .bytes = file.size()};
    const qint64 from = std::max<qint64>(0, end.bytes - 3 * kLineBytesMax);
    if (!file.seek(from))
        return failure({.code = ErrorCode::BadInput, .detail = file.errorString()});
    const QByteArray tail = file.read(3 * kLineBytesMax);
    const qsizetype lineFeed = tail.lastIndexOf('\n');
    if (lineFeed < 0 && from > 0)
        return failure({.code = ErrorCode::BadInput,
                        .detail = QStringLiteral("the seal file does not end with a seal")});
    end.wholeBytes = from + lineFeed + 1;
    if (lineFeed < 0)
        return end;
    const qsizetype start = lineFeed == 0 ? 0 : tail.lastIndexOf('\n', lineFeed - 1) + 1;
    end.newest = fromLine(QByteArrayView(tail).sliced(start, lineFeed + 1 - start));
    if (!end.newest)
        return failure({.code = ErrorCode::BadInput,
                        .detail = QStringLiteral("the last line of the seal file is no seal")});
    return end;
}

bool forEachSeal(QIODevice &file,
                 const std::function<void(const std::optional<SignedSeal> &)> &take)
{
    while (!file.atEnd()) {
        const QByteArray line = file.readLine(kLineBytesMax);
        if (line.isEmpty())
            return false;
        if (!line.endsWith('\n') && file.atEnd())
            return true;
        take(fromLine(line));
    }
    return false;
}

} // namespace seals
