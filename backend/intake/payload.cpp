#include "intake/payload.h"

#include "core/json.h"

namespace intake {

namespace {

constexpr int kDepthMax = 64;                   // as much as any route lets through
constexpr char kReplacement[] = "\xEF\xBF\xBD"; // U+FFFD

std::string withoutNull(const std::string &text)
{
    std::string clean;
    for (const char c : text) {
        if (c == '\0')
            clean += kReplacement;
        else
            clean += c;
    }
    return clean;
}

/// As deep as the reader allowed the document to be.
Json withoutNull(const Json &json)
{
    if (json.is_string())
        return withoutNull(json.get_ref<const std::string &>());
    if (json.is_array()) {
        Json clean = Json::array();
        for (const Json &element : json)
            clean.push_back(withoutNull(element));
        return clean;
    }
    if (!json.is_object())
        return json;
    Json clean = Json::object();
    for (const auto &[key, value] : json.items())
        clean[withoutNull(key)] = withoutNull(value);
    return clean;
}

} // namespace

Payload storable(QByteArrayView body)
{
    // A control character stands in JSON text only as an escape, so this finds every U+0000.
    if (!body.contains("\\u0000"))
        return {.text = body.toByteArray()};
    const auto json = core::parseJson(body, kDepthMax);
    return json ? Payload{.text = core::toBytes(withoutNull(*json)), .isWhole = false}
                : malformed();
}

Payload malformed()
{
    return {.text = QByteArrayLiteral(R"({"malformed":true})"), .isWhole = false};
}

} // namespace intake
