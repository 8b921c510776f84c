#pragma once

#include "http/message.h"

#include <variant>

namespace http {

struct ParserLimits {
    qint64 bodyBytesMax = 0;
    qint64 headerBytesMax = 0; // request line and headers, with the empty line that ends them
};

struct ParsedRequest {
    Request request;
    bool isHttp10 = false;
    bool keepsAlive = true;
};

struct NeedMore {};

struct Refusal {
    int status = 0; // 400, 413, 417, 431, 501 or 505
};

/// HTTP/1.0 and 1.1 requests from the bytes of one connection. Strict: what two readers could
/// understand differently is refused, as is everything past a limit as soon as it is announced.
/// Pure: no socket, no clock; the outcome depends on the bytes only, never on how they were cut.
class RequestParser {
public:
    using Outcome = std::variant<NeedMore, ParsedRequest, Refusal>;

    explicit RequestParser(ParserLimits limits);
    void append(QByteArrayView bytes);
    /// The next request. After a Refusal it is that Refusal for ever.
    [[nodiscard]] Outcome next();
    /// Bytes of an unfinished request are here.
    [[nodiscard]] bool isMidRequest() const;
    /// True once when the client waits for "100 Continue" before it sends its body.
    [[nodiscard]] bool takeContinue();

private:
    enum class Stage {
        Head,
        FixedBody,
        ChunkSize,
        ChunkData,
        ChunkEnd,
        Trailer,
        Complete,
        Refused,
    };

    /// What the headers say about the framing.
    struct Framing {
        int hosts = 0;
        int lengths = 0;
        int encodings = 0;
        QByteArrayView length;
        QByteArrayView encoding;
        QByteArrayView expectation;
        bool wantsClose = false;
        bool wantsKeepAlive = false;
    };

    [[nodiscard]] bool advance();
    void refuse(int status);
    [[nodiscard]] QByteArrayView unread() const;
    [[nodiscard]] bool readHead();
    [[nodiscard]] bool scanHead();
    void parseHead(QByteArrayView head);
    [[nodiscard]] int parseRequestLine(QByteArrayView line);
    [[nodiscard]] int parseHeaderLine(QByteArrayView line, Framing &framing);
    [[nodiscard]] int applyFraming(const Framing &framing);
    [[nodiscard]] int applyLength(QByteArrayView value);
    [[nodiscard]] bool readBody(Stage after);
    [[nodiscard]] bool readChunkSize();
    [[nodiscard]] bool readLineEnd(Stage after);

    ParserLimits m_limits;
    QByteArray m_buffer;
    qsizetype m_consumed = 0; // bytes of m_buffer that are done with
    qsizetype m_scanned = 0;  // bytes of m_buffer whose place in the head is known
    Stage m_stage = Stage::Head;
    int m_refusalStatus = 0;
    qint64 m_bodyBytesLeft = 0; // of the body, or of the chunk
    bool m_wantsContinue = false;
    ParsedRequest m_parsed;
};

} // namespace http
