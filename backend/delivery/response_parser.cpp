#include "delivery/response_parser.h"

#include <algorithm>

namespace delivery {

namespace {

constexpr qsizetype kHeadBytesMax = 64 << 10;
constexpr qsizetype kLineBytesMax = 8 << 10;
constexpr qint64 kRetryAfterSecondsMax = 86'400;

} // namespace

ResponseParser::State ResponseParser::feed(QByteArrayView bytes)
{
    m_rest += bytes;
    while (!m_isWrong && m_part != Part::Done && step()) {
    }
    if (m_isWrong)
        return State::Wrong;
    return m_part == Part::Done ? State::Done : State::More;
}

ResponseParser::State ResponseParser::end()
{
    if (m_part == Part::UntilClose)
        m_part = Part::Done;
    return m_part == Part::Done && !m_isWrong ? State::Done : State::Wrong;
}

bool ResponseParser::wrong()
{
    m_isWrong = true;
    return false;
}

bool ResponseParser::step()
{
    switch (m_part) {
    case Part::Head: return readHead();
    case Part::Length: return readData(Part::Done);
    case Part::ChunkSize: return readChunkSize();
    case Part::ChunkData: return readData(Part::ChunkEnd);
    case Part::ChunkEnd: {
        const auto line = takeLine();
        if (line && !line->isEmpty())
            return wrong();
        if (line)
            m_part = Part::ChunkSize;
        return line.has_value();
    }
    case Part::Trailer: {
        const auto line = takeLine();
        if (line && line->isEmpty())
            m_part = Part::Done;
        return line.has_value();
    }
    case Part::UntilClose: m_length = kAnswerBytesMax + 1; return readData(Part::UntilClose);
    case Part::Done: return false;
    }
    return wrong();
}

std::optional<QByteArray> ResponseParser::takeLine()
{
    const qsizetype end = m_rest.indexOf("\r\n");
    if (end < 0 || end > kLineBytesMax) {
        if (m_rest.size() > kLineBytesMax)
            wrong();
        return std::nullopt;
    }
    QByteArray line = m_rest.left(end);
    m_rest.remove(0, end + 2);
    return line;
}

bool ResponseParser::readHead()
{
    const qsizetype end = m_rest.indexOf("\r\n\r\n");
    if (end < 0 || end > kHeadBytesMax)
        return m_rest.size() > kHeadBytesMax ? wrong() : false;
    const QByteArray head = m_rest.left(end);
    m_rest.remove(0, end + 4);
    const qsizetype firstEnd = head.indexOf("\r\n");
    const QByteArray first = firstEnd < 0 ? head : head.left(firstEnd);
    bool isNumber = false;
    m_answer = {.outcome = HttpAnswer::Outcome::Answered,
                .status = first.mid(9, 3).toInt(&isNumber)};
    if (!first.startsWith("HTTP/1.") || !isNumber || m_answer.status < 100)
        return wrong();
    m_isKeptAlive = first.startsWith("HTTP/1.1");
    m_isChunked = false;
    m_length = -1;
    for (qsizetype at = firstEnd; at >= 0 && at < head.size();) {
        const qsizetype next = head.indexOf("\r\n", at + 2);
        if (!readHeader(head.mid(at + 2, next < 0 ? -1 : next - at - 2)))
            return wrong();
        at = next;
    }
    chooseBody();
    return true;
}

bool ResponseParser::readHeader(const QByteArray &line)
{
    const qsizetype colon = line.indexOf(':');
    if (colon <= 0)
        return false;
    const QByteArray name = line.left(colon).toLower();
    const QByteArray value = line.mid(colon + 1).trimmed();
    bool isNumber = true;
    if (name == "content-length") {
        const qint64 length = value.toLongLong(&isNumber);
        // Two lengths that differ: nobody knows where the answer ends.
        isNumber = isNumber && length >= 0 && (m_length < 0 || m_length == length) &&
                   length <= kAnswerBytesMax;
        m_length = length;
    } else if (name == "transfer-encoding") {
        m_isChunked = value.toLower() == "chunked";
        return m_isChunked;
    } else if (name == "connection" && value.toLower() == "close") {
        m_isKeptAlive = false;
    } else if (name == "retry-after") {
        bool isSeconds = false;
        const qint64 seconds = value.toLongLong(&isSeconds);
        if (isSeconds)
            m_answer.retryAfter =
                std::chrono::seconds(std::clamp<qint64>(seconds, 0, kRetryAfterSecondsMax));
    }
    return isNumber;
}

void ResponseParser::chooseBody()
{
    if (m_answer.status < 200) {
        m_part = m_answer.status == 101 ? Part::Done
                                        : Part::Head; // "100 Continue": the answer is still to come
        return;
    }
    if (m_answer.status == 204 || m_answer.status == 304) {
        m_part = Part::Done;
    } else if (m_isChunked) {
        m_part = Part::ChunkSize;
    } else if (m_length >= 0) {
        m_part = m_length == 0 ? Part::Done : Part::Length;
    } else {
        m_part = Part::UntilClose;
        m_isKeptAlive = false;
    }
}

bool ResponseParser::readChunkSize()
{
    const auto line = takeLine();
    if (!line)
        return false;
    bool isNumber = false;
    const qsizetype extension = line->indexOf(';');
    const QByteArray digits = (extension < 0 ? *line : line->left(extension)).trimmed();
    m_length = digits.toLongLong(&isNumber, 16);
    if (!isNumber || m_length < 0)
        return wrong();
    m_part = m_length == 0 ? Part::Trailer : Part::ChunkData;
    return true;
}

bool ResponseParser::readData(Part next)
{
    const qint64 count = std::min<qint64>(m_length, m_rest.size());
    if (m_answer.body.size() + count > kAnswerBytesMax)
        return wrong();
    m_answer.body += m_rest.left(count);
    m_rest.remove(0, count);
    m_length -= count;
    if (m_length > 0)
        return false;
    m_part = next;
    return true;
}

} // namespace delivery
