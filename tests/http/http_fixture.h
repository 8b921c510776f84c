#pragma once

#include "http/server.h"

#include "tests/http/http_client.h"

#include <vector>

namespace tests {

/// Answers with "<method> <path>?<query> <body>".
inline void echo(const http::Request &request, const http::Reply &reply)
{
    reply.send(
        {.body = request.method + ' ' + request.path + '?' + request.query + ' ' + request.body});
}

struct Fixture {
    explicit Fixture(http::Server::Handler handler = echo, http::Limits limits = {})
        : server(limits, std::move(handler))
        , port(server.listen({QHostAddress(QHostAddress::LocalHost), 0}).value())
    {
    }

    http::Server server;
    quint16 port;
};

/// A handler that keeps its replies for the test to answer.
struct Kept {
    std::vector<http::Reply> replies;
    QByteArrayList paths;
    http::Server::Handler handler()
    {
        return [this](const http::Request &request, const http::Reply &reply) {
            paths.append(request.path);
            replies.push_back(reply);
        };
    }
};

inline http::Limits shortLimits()
{
    return {.requestTimeout = std::chrono::milliseconds(150),
            .idleTimeout = std::chrono::milliseconds(300),
            .handshakeTimeout = std::chrono::milliseconds(150)};
}

} // namespace tests
