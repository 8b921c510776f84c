#pragma once

#include "core/clock.h"
#include "core/decimal.h"
#include "core/json.h"

#include <QMap>

#include <optional>

namespace providers::retell {

constexpr int kRetellDepthMax = 64; // transcripts with tool calls nest deeply

/// Tolerant readers beside those of core: a number may come as text, and what cannot be read is
/// absent.
[[nodiscard]] QString textOf(const Json &json, const char *key);
/// A whole number; a fraction is cut off.
[[nodiscard]] std::optional<qint64> wholeOf(const Json &json, const char *key);
[[nodiscard]] std::optional<core::Decimal> decimalOf(const Json &json, const char *key);
[[nodiscard]] std::optional<bool> flagOf(const Json &json, const char *key);
/// Milliseconds since 1970.
[[nodiscard]] std::optional<Timestamp> momentOf(const Json &json, const char *key);
[[nodiscard]] std::optional<std::chrono::milliseconds> millisOf(const Json &json, const char *key);
/// Seconds with decimals.
[[nodiscard]] std::optional<std::chrono::milliseconds> secondsOf(const Json &json, const char *key);
/// An object's members as texts; what is neither text, number nor boolean is left out.
[[nodiscard]] QMap<QString, QString> textsOf(const Json &json, const char *key);
[[nodiscard]] QStringList listOf(const Json &json, const char *key);
/// An object, or an empty one.
[[nodiscard]] Json objectOf(const Json &json, const char *key);
/// An array, or an empty one.
[[nodiscard]] const Json &arrayOf(const Json &json, const char *key);

[[nodiscard]] Json toJson(const QMap<QString, QString> &texts);
[[nodiscard]] Json toJson(const QStringList &texts);

} // namespace providers::retell
