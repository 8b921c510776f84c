#pragma once

#include "core/json.h"

#include <QList>

#include <functional>
#include <limits>

namespace tests {

/// Shows `look` the document once for each member at any depth, with that member replaced by
/// `fresh`, or removed when `fresh` is null.
inline void mutateEach(Json &root, Json &place, const Json *fresh,
                       const std::function<void(const Json &)> &look)
{
    if (!place.is_structured())
        return;
    if (place.is_object()) {
        const Json original = place;
        for (const auto &[key, value] : original.items()) {
            if (fresh)
                place[key] = *fresh;
            else
                place.erase(key);
            look(root);
            place = original;
        }
    }
    for (Json &child : place)
        mutateEach(root, child, fresh, look);
}

/// What a careless sender may put in the place of anything.
inline const QList<Json> &replacements()
{
    static const QList<Json> all = {
        Json(nullptr),
        Json(true),
        Json(false),
        Json(-5),
        Json(0),
        Json("-5"),
        Json(""),
        Json("x"),
        Json("1e400"),
        Json("9999999999999999999999"),
        Json::array(),
        Json::object(),
        Json::array({1, 2}),
        Json{{"a", "b"}},
        Json("{\"a\":1}"),
        Json("[[[["),
        Json(std::numeric_limits<quint64>::max()),
    };
    return all;
}

/// `look` at the document with each of its members removed, and replaced by each of `replacements`.
inline void mutate(const QByteArray &body, const std::function<void(const Json &)> &look)
{
    Json json = core::parseJson(body).value();
    mutateEach(json, json, nullptr, look);
    for (const Json &fresh : replacements())
        mutateEach(json, json, &fresh, look);
}

} // namespace tests
