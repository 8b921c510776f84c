#pragma once

#include "http/request_parser.h"

#include <QByteArrayView>

#include <optional>
#include <vector>

namespace tests {

inline constexpr http::ParserLimits kFuzzLimits{.bodyBytesMax = 4096, .headerBytesMax = 1024};

struct ParserTrace {
    std::vector<http::ParsedRequest> requests;
    int refusal = 0;
    bool isMidRequest = false;
};

/// All a parser makes of `input` when it comes in pieces of `pieceBytes`.
inline ParserTrace traceOf(QByteArrayView input, qsizetype pieceBytes)
{
    http::RequestParser parser(kFuzzLimits);
    ParserTrace trace;
    for (qsizetype at = 0; at < input.size(); at += pieceBytes) {
        parser.append(input.sliced(at, std::min(pieceBytes, input.size() - at)));
        while (true) {
            http::RequestParser::Outcome outcome = parser.next();
            if (auto *const parsed = std::get_if<http::ParsedRequest>(&outcome)) {
                trace.requests.push_back(std::move(*parsed));
                continue;
            }
            if (const auto *const refusal = std::get_if<http::Refusal>(&outcome))
                trace.refusal = refusal->status;
            break;
        }
    }
    trace.isMidRequest = parser.isMidRequest();
    return trace;
}

inline bool isClean(QByteArrayView text)
{
    return !text.contains('\r') && !text.contains('\n') && !text.contains('\0');
}

/// What is wrong with a request that the parser let through; null when nothing is.
inline const char *faultOf(const http::ParsedRequest &parsed)
{
    const http::Request &request = parsed.request;
    if (request.body.size() > kFuzzLimits.bodyBytesMax)
        return "a body above the limit";
    if (request.method.isEmpty() || request.method != request.method.toUpper() ||
        !isClean(request.method))
        return "a method that is none";
    if (!request.path.startsWith('/') || request.path.contains('?') || request.path.contains(' '))
        return "a path that is none";
    qint64 headBytes = request.path.size() + request.query.size();
    int lengths = 0;
    int encodings = 0;
    for (const http::Header &header : request.headers) {
        headBytes += header.name.size() + header.value.size();
        if (header.name.isEmpty() || !isClean(header.name) || !isClean(header.value))
            return "a header with a line break or NUL";
        lengths += header.name.toLower() == "content-length" ? 1 : 0;
        encodings += header.name.toLower() == "transfer-encoding" ? 1 : 0;
    }
    if (headBytes > kFuzzLimits.headerBytesMax)
        return "a head above the limit";
    if (lengths + encodings > 1)
        return "two framings";
    if (lengths == 1 && request.header("content-length").toLongLong() != request.body.size())
        return "a body of another length than announced";
    if (lengths + encodings == 0 && !request.body.isEmpty())
        return "a body that was not announced";
    return nullptr;
}

inline bool isSame(const http::ParsedRequest &a, const http::ParsedRequest &b)
{
    return a.request.method == b.request.method && a.request.path == b.request.path &&
           a.request.query == b.request.query && a.request.body == b.request.body &&
           a.request.headers.size() == b.request.headers.size() && a.isHttp10 == b.isHttp10 &&
           a.keepsAlive == b.keepsAlive;
}

/// What is wrong with how the parser took `input`; null when all properties hold.
inline const char *parserFault(QByteArrayView input)
{
    const ParserTrace whole = traceOf(input, std::max<qsizetype>(input.size(), 1));
    for (const http::ParsedRequest &request : whole.requests) {
        if (const char *const fault = faultOf(request))
            return fault;
    }
    for (const qsizetype pieceBytes : {1, 7}) {
        const ParserTrace pieces = traceOf(input, pieceBytes);
        if (pieces.refusal != whole.refusal || pieces.isMidRequest != whole.isMidRequest ||
            !std::equal(pieces.requests.begin(), pieces.requests.end(), whole.requests.begin(),
                        whole.requests.end(), isSame)) {
            return "another outcome when the bytes come in pieces";
        }
    }
    return nullptr;
}

} // namespace tests
