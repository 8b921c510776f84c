#pragma once

#include <QByteArray>
#include <QHostAddress>
#include <QList>

namespace http {

struct Header {
    QByteArray name;
    QByteArray value;
};

struct Request {
    QByteArray method; // upper case
    QByteArray path;   // as sent, without the query, not percent-decoded
    QByteArray query;  // as sent, without "?"
    QList<Header> headers;
    QByteArray body;
    QHostAddress peer;
    /// The first header of that name, in any case; empty when absent.
    [[nodiscard]] QByteArray header(QByteArrayView name) const;
};

struct Response {
    int status = 200;
    QByteArray body = {};
    QByteArray contentType = "application/json";
    /// Content-Type, Content-Length, Transfer-Encoding and Connection are the server's and are left
    /// out here.
    QList<Header> headers = {};
};

} // namespace http
