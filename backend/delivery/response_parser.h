#pragma once

#include "delivery/http_types.h"

namespace delivery {

/// Reads one HTTP/1.1 response, byte by byte if it comes so. Bounded: 64 KiB of headers,
/// kAnswerBytesMax of body.
class ResponseParser {
public:
    enum class State {
        More,  // give it more bytes
        Done,  // answer()
        Wrong, // not HTTP, or too much
    };
    State feed(QByteArrayView bytes);
    /// The peer closed the connection: Done when that is how this response ends.
    State end();
    [[nodiscard]] const HttpAnswer &answer() const { return m_answer; }
    /// Another request may follow on this connection.
    [[nodiscard]] bool isKeptAlive() const { return m_isKeptAlive && m_rest.isEmpty(); }

private:
    enum class Part {
        Head,
        Length,
        ChunkSize,
        ChunkData,
        ChunkEnd,
        Trailer,
        UntilClose,
        Done,
    };
    /// Takes one step; false when it needs more bytes.
    [[nodiscard]] bool step();
    [[nodiscard]] bool readHead();
    [[nodiscard]] bool readHeader(const QByteArray &line);
    void chooseBody();
    [[nodiscard]] bool readData(Part next);
    [[nodiscard]] bool readChunkSize();
    [[nodiscard]] std::optional<QByteArray> takeLine();
    bool wrong();

    Part m_part = Part::Head;
    bool m_isWrong = false;
    bool m_isKeptAlive = true;
    bool m_isChunked = false;
    qint64 m_length = -1; // still to come, of the body or of the chunk
    QByteArray m_rest;
    HttpAnswer m_answer;
};

} // namespace delivery
