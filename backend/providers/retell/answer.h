#pragma once

#include "providers/retell/call.h"

namespace providers::retell {

/// What an answer other than success means. Retell has no machine-readable code, and its text is
/// for display only.
enum class Refusal {
    BadRequest,      // our own error: alert
    Unauthorized,    // the key is missing or wrong: alert, stop
    PaymentRequired, // no credit at Retell: alert, stop dialling
    Forbidden,       // the key may not do this: alert
    NotFound,    // 404 and 422: not under this key, or what it names is not; or it makes no sense
    Conflict,    // 409, 412
    RateLimited, // also at the limit of calls at once; nothing was done
    Unavailable, // 408, 5xx, or an answer that cannot be read: whether it took effect is unknown
};
[[nodiscard]] QLatin1String name(Refusal refusal);

struct ApiError {
    Refusal refusal = Refusal::Unavailable;
    int httpStatus = 0;
    QString message;
    std::chrono::seconds retryAfter{0}; // 0: not told
    /// The same request may succeed later. Not whether it may be sent again: see mayRepeat.
    [[nodiscard]] bool isTransient() const;
};

template <typename T> using ApiResult = tl::expected<T, ApiError>;

struct ApiAnswer {
    int httpStatus = 0;
    QByteArray body;
    std::optional<std::chrono::seconds> retryAfter = {};
};

template <typename T> struct Page {
    QList<T> items;
    bool hasMore = false;
    QString paginationKey; // opaque
    std::optional<qint64> total = {};
};

/// Of create-phone-call, get-call and update-call. A success without a call id is Unavailable.
[[nodiscard]] ApiResult<Call> parseCallAnswer(const ApiAnswer &answer);
/// Of list-calls: items have no transcript. Both shapes, also a bare array.
[[nodiscard]] ApiResult<Page<Call>> parseCallList(const ApiAnswer &answer);
/// Of stop-call, the deletions and others that say nothing but how it went.
[[nodiscard]] ApiResult<void> parseDone(const ApiAnswer &answer);

/// Calls at once. What is not told is absent.
struct Concurrency {
    std::optional<qint64> current;
    std::optional<qint64> limit; // base + purchased
    std::optional<qint64> reservedInbound;
    std::optional<bool> isBurstEnabled;
    std::optional<qint64> burstLimit; // 0: off
    /// How many calls we may have at once: without the burst, which costs more.
    [[nodiscard]] std::optional<qint64> outboundLimit() const;
};
[[nodiscard]] ApiResult<Concurrency> parseConcurrency(const ApiAnswer &answer);

struct KeyInfo {
    QString keyName; // may be empty
    QString organisation;
};
[[nodiscard]] ApiResult<KeyInfo> parseApiKeyInfo(const ApiAnswer &answer);

/// The JSON of a success, whatever it is; the parsers above and those of assets.h begin with it.
[[nodiscard]] ApiResult<Json> successOf(const ApiAnswer &answer);
[[nodiscard]] tl::unexpected<ApiError> unreadable(const ApiAnswer &answer);

/// {items, has_more, pagination_key}, or a bare array as of older versions. `read` returns an
/// optional: absent items are left out.
template <typename T, typename Read>
[[nodiscard]] ApiResult<Page<T>> parsePage(const ApiAnswer &answer, Read read)
{
    const auto json = successOf(answer);
    if (!json)
        return tl::unexpected(json.error());
    const Json *items = json->is_array() ? &*json : core::member(*json, "items");
    if (!items || !items->is_array()) // not the same as an empty list: a call might be thought lost
        return unreadable(answer);
    Page<T> page;
    for (const Json &item : *items) {
        if (std::optional<T> one = read(item))
            page.items.append(*std::move(one));
    }
    page.hasMore = flagOf(*json, "has_more").value_or(false);
    page.paginationKey = textOf(*json, "pagination_key");
    page.total = wholeOf(*json, "total");
    return page;
}

} // namespace providers::retell
