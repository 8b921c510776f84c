#include "http/response_writer.h"

#include <QLoggingCategory>

#include <algorithm>

namespace http {

namespace {

Q_LOGGING_CATEGORY(lcHttp, "http")

bool isSame(QByteArrayView a, QByteArrayView b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

bool isOneLine(QByteArrayView text)
{
    return std::none_of(text.begin(), text.end(),
                        [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

bool isFraming(QByteArrayView name)
{
    return isSame(name, "content-type") || isSame(name, "content-length") ||
           isSame(name, "transfer-encoding") || isSame(name, "connection");
}

void appendHeader(QByteArray &out, QByteArrayView name, QByteArrayView value)
{
    if (!isOneLine(name) || !isOneLine(value)) {
        qCWarning(lcHttp) << "a response header with a line break was left out";
        return;
    }
    out.append(name).append(": ").append(value).append("\r\n");
}

} // namespace

QByteArrayView reasonPhrase(int status)
{
    switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 301: return "Moved Permanently";
    case 302: return "Found";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 307: return "Temporary Redirect";
    case 308: return "Permanent Redirect";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 402: return "Payment Required";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 406: return "Not Acceptable";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 410: return "Gone";
    case 411: return "Length Required";
    case 413: return "Content Too Large";
    case 415: return "Unsupported Media Type";
    case 417: return "Expectation Failed";
    case 422: return "Unprocessable Content";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 502: return "Bad Gateway";
    case 503: return "Service Unavailable";
    case 504: return "Gateway Timeout";
    case 505: return "HTTP Version Not Supported";
    default: return "Unknown";
    }
}

void appendResponse(QByteArray &out, const Response &response, ResponseForm form)
{
    const bool mayHaveBody = response.status != 204 && response.status != 304;
    out.append("HTTP/1.1 ").append(QByteArray::number(response.status)).append(' ');
    out.append(reasonPhrase(response.status)).append("\r\n");
    if (mayHaveBody) {
        if (!response.body.isEmpty())
            appendHeader(out, "Content-Type", response.contentType);
        out.append("Content-Length: ")
            .append(QByteArray::number(response.body.size()))
            .append("\r\n");
    }
    for (const Header &header : response.headers) {
        if (!isFraming(header.name))
            appendHeader(out, header.name, header.value);
    }
    if (!form.keepsAlive)
        out.append("Connection: close\r\n");
    else if (form.isHttp10)
        out.append("Connection: keep-alive\r\n");
    out.append("\r\n");
    if (mayHaveBody && !form.isHead)
        out.append(response.body);
}

Response refusalResponse(int status)
{
    Response response{.status = status,
                      .body = reasonPhrase(status).toByteArray() + '\n',
                      .contentType = "text/plain; charset=utf-8"};
    if (status == 503)
        response.headers.append(Header{"Retry-After", "1"});
    return response;
}

} // namespace http
