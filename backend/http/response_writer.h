#pragma once

#include "http/message.h"

namespace http {

/// What the request asked for and the connection will do; the same Response looks different to
/// each.
struct ResponseForm {
    bool isHead = false; // the length of the body, but no body
    bool isHttp10 = false;
    bool keepsAlive = true;
};

[[nodiscard]] QByteArrayView reasonPhrase(int status);

/// Appends the bytes of `response` to `out`. A header that could end its line early is left out.
void appendResponse(QByteArray &out, const Response &response, ResponseForm form);

/// The answer to what never reaches the handler.
[[nodiscard]] Response refusalResponse(int status);

} // namespace http
