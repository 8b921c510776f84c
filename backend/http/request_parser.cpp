#include "http/request_parser.h"

#include "core/assert.h"

#include <algorithm>
#include <utility>

namespace http {

namespace {

constexpr int kHeadersMax = 100;
constexpr qsizetype kMethodBytesMax = 20;
constexpr qsizetype kLengthDigitsMax = 18;   // fits a qint64 whatever the digits are
constexpr qsizetype kChunkLineBytesMax = 10; // eight hexadecimal digits, CR, LF

bool isSame(QByteArrayView a, QByteArrayView b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isTokenCharacter(char c)
{
    if (isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
        return true;
    return c != '\0' && QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
}

bool isToken(QByteArrayView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), isTokenCharacter);
}

bool isMethod(QByteArrayView text)
{
    return !text.isEmpty() && text.size() <= kMethodBytesMax &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// Origin form only: nothing but a proxy needs the others.
bool isTarget(QByteArrayView text)
{
    return text.startsWith('/') && std::all_of(text.begin(), text.end(), [](char c) {
               return c > ' ' && c < '\x7f' && c != '#';
           });
}

bool isVersion(QByteArrayView text)
{
    return text.size() == 8 && text.startsWith("HTTP/") && isDigit(text[5]) && text[6] == '.' &&
           isDigit(text[7]);
}

/// A control character has no place in a head, and NUL or a lone CR is how two readers are made to
/// disagree.
bool isForbiddenInHead(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t' && c != '\r') || byte == 0x7f;
}

QByteArrayView withoutBlanks(QByteArrayView text)
{
    while (!text.isEmpty() && (text.front() == ' ' || text.front() == '\t'))
        text = text.sliced(1);
    while (!text.isEmpty() && (text.back() == ' ' || text.back() == '\t'))
        text.chop(1);
    return text;
}

/// Cuts `text` at the first `separator`; the rest is what follows it.
std::pair<QByteArrayView, QByteArrayView> cut(QByteArrayView text, char separator)
{
    const qsizetype at = text.indexOf(separator);
    if (at < 0)
        return {text, {}};
    return {text.first(at), text.sliced(at + 1)};
}

bool listHas(QByteArrayView list, QByteArrayView wanted)
{
    while (!list.isEmpty()) {
        const auto [item, rest] = cut(list, ',');
        if (isSame(withoutBlanks(item), wanted))
            return true;
        list = rest;
    }
    return false;
}

int hexValue(char c)
{
    if (isDigit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

} // namespace

RequestParser::RequestParser(ParserLimits limits)
    : m_limits(limits)
{
}

void RequestParser::append(QByteArrayView bytes)
{
    if (m_stage == Stage::Refused)
        return;
    if (m_consumed > 0) {
        m_buffer.remove(0, m_consumed);
        m_scanned -= m_consumed;
        m_consumed = 0;
    }
    m_buffer.append(bytes);
}

RequestParser::Outcome RequestParser::next()
{
    while (advance()) {
    }
    if (m_stage == Stage::Refused)
        return Refusal{m_refusalStatus};
    if (m_stage != Stage::Complete)
        return NeedMore{};
    CORE_ASSERT(m_parsed.request.body.size() <= m_limits.bodyBytesMax);
    m_stage = Stage::Head;
    m_scanned = m_consumed;
    m_wantsContinue = false;
    return std::exchange(m_parsed, {});
}

bool RequestParser::isMidRequest() const
{
    return m_stage != Stage::Refused && (m_stage != Stage::Head || m_consumed < m_buffer.size());
}

bool RequestParser::takeContinue()
{
    return std::exchange(m_wantsContinue, false);
}

/// One step further; false when there is nothing to do without more bytes, or nothing more to do.
bool RequestParser::advance()
{
    switch (m_stage) {
    case Stage::Head: return readHead();
    case Stage::FixedBody: return readBody(Stage::Complete);
    case Stage::ChunkSize: return readChunkSize();
    case Stage::ChunkData: return readBody(Stage::ChunkEnd);
    case Stage::ChunkEnd: return readLineEnd(Stage::ChunkSize);
    case Stage::Trailer: return readLineEnd(Stage::Complete);
    case Stage::Complete:
    case Stage::Refused: return false;
    }
    Q_UNREACHABLE();
}

void RequestParser::refuse(int status)
{
    m_stage = Stage::Refused;
    m_refusalStatus = status;
    m_wantsContinue = false;
    m_buffer.clear();
    m_consumed = 0;
    m_scanned = 0;
    m_parsed = {};
}

QByteArrayView RequestParser::unread() const
{
    return QByteArrayView(m_buffer).sliced(m_consumed);
}

bool RequestParser::readHead()
{
    if (!scanHead())
        return m_stage == Stage::Refused;
    const QByteArrayView head = unread().first(m_scanned - m_consumed);
    parseHead(head);
    if (m_stage != Stage::Refused)
        m_consumed = m_scanned;
    return true;
}

/// Looks at each byte of the head once, so that a byte at a time costs no more than all at once.
/// True when the empty line that ends the head has been passed.
bool RequestParser::scanHead()
{
    const char *const data = m_buffer.constData();
    for (; m_scanned < m_buffer.size(); ++m_scanned) {
        if (m_scanned - m_consumed >= m_limits.headerBytesMax) {
            refuse(431);
            return false;
        }
        const char c = data[m_scanned];
        const bool followsReturn = m_scanned > m_consumed && data[m_scanned - 1] == '\r';
        if (followsReturn != (c == '\n') || (c != '\n' && isForbiddenInHead(c))) {
            refuse(400);
            return false;
        }
        if (c == '\n' && m_scanned - m_consumed >= 3 && data[m_scanned - 2] == '\n') {
            ++m_scanned;
            return true;
        }
    }
    return false;
}

/// `head` ends with an empty line and has no line end but CR LF.
void RequestParser::parseHead(QByteArrayView head)
{
    // Old clients put an empty line after a body; one is forgiven (RFC 9112, section 2.2).
    if (head.startsWith("\r\n"))
        head = head.sliced(2);
    if (head.size() < 4) {
        refuse(400);
        return;
    }
    head.chop(4);

    Framing framing;
    bool isFirst = true;
    int status = 0;
    while (status == 0 && (isFirst || !head.isEmpty())) {
        const auto [line, rest] = cut(head, '\n');
        const QByteArrayView text = line.endsWith('\r') ? line.chopped(1) : line;
        status = isFirst ? parseRequestLine(text) : parseHeaderLine(text, framing);
        head = rest;
        isFirst = false;
    }
    if (status == 0)
        status = applyFraming(framing);
    if (status != 0)
        refuse(status);
}

int RequestParser::parseRequestLine(QByteArrayView line)
{
    const auto [method, afterMethod] = cut(line, ' ');
    const auto [target, version] = cut(afterMethod, ' ');
    if (!isMethod(method) || !isVersion(version))
        return 400;
    if (version != QByteArrayView("HTTP/1.1") && version != QByteArrayView("HTTP/1.0"))
        return 505;
    if (!isTarget(target))
        return 400;
    const auto [path, query] = cut(target, '?');
    m_parsed.isHttp10 = version.back() == '0';
    m_parsed.request.method = method.toByteArray();
    m_parsed.request.path = path.toByteArray();
    m_parsed.request.query = query.toByteArray();
    return 0;
}

int RequestParser::parseHeaderLine(QByteArrayView line, Framing &framing)
{
    const qsizetype colon = line.indexOf(':');
    if (colon < 0 || !isToken(line.first(colon)))
        return 400; // also a folded line, and a blank before the colon
    if (m_parsed.request.headers.size() >= kHeadersMax)
        return 431;
    const QByteArrayView name = line.first(colon);
    const QByteArrayView value = withoutBlanks(line.sliced(colon + 1));
    if (isSame(name, "host")) {
        ++framing.hosts;
    } else if (isSame(name, "content-length")) {
        ++framing.lengths;
        framing.length = value;
    } else if (isSame(name, "transfer-encoding")) {
        ++framing.encodings;
        framing.encoding = value;
    } else if (isSame(name, "expect")) {
        framing.expectation = value;
    } else if (isSame(name, "connection")) {
        framing.wantsClose = framing.wantsClose || listHas(value, "close");
        framing.wantsKeepAlive = framing.wantsKeepAlive || listHas(value, "keep-alive");
    }
    m_parsed.request.headers.append({name.toByteArray(), value.toByteArray()});
    return 0;
}

int RequestParser::applyFraming(const Framing &framing)
{
    if (framing.hosts > 1 || (framing.hosts == 0 && !m_parsed.isHttp10))
        return 400;
    if (framing.lengths > 1 || framing.encodings > 1 ||
        (framing.lengths > 0 && framing.encodings > 0))
        return 400;
    m_parsed.keepsAlive = !framing.wantsClose && (!m_parsed.isHttp10 || framing.wantsKeepAlive);
    m_bodyBytesLeft = 0;
    if (framing.encodings > 0) {
        if (m_parsed.isHttp10)
            return 400;
        if (!isSame(framing.encoding, "chunked"))
            return 501;
        m_stage = Stage::ChunkSize;
    } else {
        m_stage = Stage::FixedBody;
        if (framing.lengths > 0) {
            if (const int status = applyLength(framing.length); status != 0)
                return status;
        }
    }
    if (framing.expectation.isEmpty() || m_parsed.isHttp10)
        return 0;
    if (!isSame(framing.expectation, "100-continue"))
        return 417;
    m_wantsContinue = m_stage == Stage::ChunkSize || m_bodyBytesLeft > 0;
    return 0;
}

int RequestParser::applyLength(QByteArrayView value)
{
    if (value.isEmpty() || !std::all_of(value.begin(), value.end(), isDigit))
        return 400;
    if (value.size() > kLengthDigitsMax)
        return 413;
    for (const char digit : value)
        m_bodyBytesLeft = m_bodyBytesLeft * 10 + (digit - '0');
    return m_bodyBytesLeft > m_limits.bodyBytesMax ? 413 : 0;
}

bool RequestParser::readBody(Stage after)
{
    const QByteArrayView arrived = unread();
    const qsizetype taken = std::min<qsizetype>(arrived.size(), m_bodyBytesLeft);
    if (taken > 0) {
        m_wantsContinue = false;
        m_parsed.request.body.append(arrived.first(taken));
        m_consumed += taken;
        m_bodyBytesLeft -= taken;
    }
    if (m_bodyBytesLeft > 0)
        return false;
    m_stage = after;
    return true;
}

/// Hexadecimal digits and nothing else: chunk extensions are in no honest webhook.
bool RequestParser::readChunkSize()
{
    const QByteArrayView line = unread().first(std::min(unread().size(), kChunkLineBytesMax));
    const qsizetype end = line.indexOf('\n');
    if (end < 0) {
        if (line.size() < kChunkLineBytesMax)
            return false;
        refuse(400);
        return true;
    }
    qint64 size = 0;
    bool isValid = end >= 2 && line[end - 1] == '\r';
    for (qsizetype i = 0; isValid && i < end - 1; ++i) {
        isValid = hexValue(line[i]) >= 0;
        size = size * 16 + std::max(0, hexValue(line[i]));
    }
    if (!isValid) {
        refuse(400);
        return true;
    }
    if (size > m_limits.bodyBytesMax - m_parsed.request.body.size()) {
        refuse(413);
        return true;
    }
    m_wantsContinue = false;
    m_consumed += end + 1;
    m_bodyBytesLeft = size;
    m_stage = size == 0 ? Stage::Trailer : Stage::ChunkData;
    return true;
}

/// The end of a chunk, or of the whole: trailers are refused, since nothing here would check them.
bool RequestParser::readLineEnd(Stage after)
{
    if (unread().size() < 2)
        return false;
    if (!unread().startsWith("\r\n")) {
        refuse(400);
        return true;
    }
    m_consumed += 2;
    m_stage = after;
    return true;
}

} // namespace http
