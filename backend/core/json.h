#pragma once

#include "core/result.h"

#include <nlohmann/json.hpp>

#include <QByteArray>
#include <QString>

#include <optional>

namespace core {

using Json = nlohmann::json;

constexpr int kJsonDepthMax = 16;

/// Reads JSON from outside. A number with a fraction or an exponent, or too big for 64 bits, comes
/// back as its text, so that no amount ever passes through a double.
/// Errors: BadInput for malformed text, or nesting deeper than `depthMax`.
[[nodiscard]] Result<Json> parseJson(QByteArrayView text, int depthMax = kJsonDepthMax);

/// Compact, UTF-8; invalid UTF-8 inside is replaced rather than thrown over.
[[nodiscard]] QByteArray toBytes(const Json &json);

/// Tolerant readers: absent, null or another type is nullopt, and never an exception.
[[nodiscard]] const Json *member(const Json &object, const char *key); // null: absent or JSON null
[[nodiscard]] std::optional<QString> textMember(const Json &object,
                                                const char *key); // strings only
[[nodiscard]] std::optional<QString> numberText(const Json &object,
                                                const char *key); // 25, 0.5 or "0.5" as written
[[nodiscard]] std::optional<qint64> integerMember(const Json &object,
                                                  const char *key); // 25 or "25"
[[nodiscard]] std::optional<bool> boolMember(const Json &object, const char *key);

} // namespace core

using core::Json;

namespace nlohmann {
template <> struct adl_serializer<QString> {
    static void to_json(json &target, const QString &text) { target = text.toStdString(); }
    static void from_json(const json &source, QString &text)
    {
        text = QString::fromStdString(source.get_ref<const std::string &>());
    }
};
} // namespace nlohmann
