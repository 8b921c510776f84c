#pragma once

#include "http/message.h"

#include <chrono>
#include <optional>

#include <nlohmann/json.hpp>

namespace simulator {

/// What all of DynoPay's routes share. Its members come in an order of their own.
using OrderedJson = nlohmann::ordered_json;

inline const QString kDynopay = QStringLiteral("dynopay");
/// For so long an address is of one payment.
inline constexpr std::chrono::minutes kReservedFor{120};

[[nodiscard]] inline http::Response dynopayAnswer(int status, const OrderedJson &body)
{
    return {.status = status, .body = QByteArray::fromStdString(body.dump())};
}

/// Of a fault that was asked for.
[[nodiscard]] inline QByteArray dynopayFault(int status, std::optional<int> /*retryAfter*/)
{
    const char *message = status == 429 ? "Too many requests" : "Something went wrong";
    return dynopayAnswer(status, {{"success", false}, {"message", message}}).body;
}

} // namespace simulator
