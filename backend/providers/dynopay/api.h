#pragma once

#include "core/clock.h"
#include "core/json.h"
#include "core/money.h"
#include "providers/dynopay/status.h"

#include <QStringList>

#include <chrono>
#include <optional>

namespace providers::dynopay {

struct CreatePayment {
    Money amount; // USD, whole cents
    QString coin;
    QString hookUrl; // with the deposit's token
    QString depositId;
    QString purpose = QStringLiteral("wallet_topup");
    bool sendsLegacyRedirect = false; // the old generation posts the result to redirect_uri
};

/// The body of POST {base}/user/cryptoPayment, as bytes: the amount is a JSON number, and reading
/// it again with core::parseJson would make it a text. BadInput: not positive, or a fraction of a
/// cent.
[[nodiscard]] Result<QByteArray> createRequest(const CreatePayment &payment);

/// What an answer other than success means.
enum class Refusal {
    BadRequest,      // our own error: alert
    CoinUnavailable, // hide the coin, ask for the list again
    BelowMinimum,    // `message` has the minimum
    Sandbox,         // a test key in production: alert
    Unauthorized,    // key or token is wrong: alert, stop
    NotFound,
    KeyReused,   // same Idempotency-Key, another body: our own error
    InProgress,  // the same request is still running: again after 2 s
    RateLimited, // again after `retryAfter`
    Unavailable, // 5xx, no rate, or an answer that cannot be read: whether it took effect is
                 // unknown
};

struct ApiError {
    Refusal refusal = Refusal::Unavailable;
    int httpStatus = 0;
    QString code; // DynoPay's, often empty
    QString message;
    std::chrono::seconds retryAfter{0};
    /// InProgress, RateLimited and Unavailable.
    [[nodiscard]] bool isTransient() const;
};
[[nodiscard]] QLatin1String name(Refusal refusal);
/// The smallest amount in USD that a refusal names, which it does in words only. Absent: it does
/// not, names it in a coin, or names one that cannot be meant.
[[nodiscard]] std::optional<Money> minimumIn(const ApiError &error);

template <typename T> using ApiResult = tl::expected<T, ApiError>;

struct ApiAnswer {
    int httpStatus = 0;
    QByteArray body;
    std::optional<std::chrono::seconds> retryAfter = {};
};

struct CreatedPayment {
    QString paymentId;      // empty in some old deployments
    QString address;        // as to be shown and paid to; never empty
    QString amount;         // crypto to send, exact decimal text; empty when DynoPay did not say
    QString currency;       // normalised
    QString destinationTag; // XRP and RLUSD: must be shown
};
[[nodiscard]] ApiResult<CreatedPayment> parseCreated(const ApiAnswer &answer);

/// GET {base}/user/getPaymentStatus/{id} or, as a hint only, getCryptoTransaction/{address}.
struct PaymentStatus {
    QString paymentId; // empty from getCryptoTransaction
    QString statusWord;
    Status status;
    std::optional<bool> isPaid;
    QString currency;       // normalised
    QString amountExpected; // crypto, as text
    QString amountReceived;
    QString baseAmount; // after settlement possibly a net value
    QString baseCurrency;
    QString txId;
    int confirmations = 0;
    int requiredConfirmations = 0; // 0: not told
    /// The provider says it is paid and final, and does not contradict itself.
    [[nodiscard]] bool isSettled() const;
};
[[nodiscard]] ApiResult<PaymentStatus> parsePaymentStatus(const ApiAnswer &answer);
[[nodiscard]] ApiResult<PaymentStatus> parseCryptoTransaction(const ApiAnswer &answer);

/// What DynoPay says it has sent, newest first; of older deployments NotFound.
struct SentEvent {
    QString id;
    QString event;
    QString hook;   // the last part of the address it went to; our delivery puts the SHA-256 of the
                    // deposit's token there, in hexadecimal digits
    QString status; // "delivered", "dead", ...
    std::optional<Timestamp> createdAt;
};
struct SentEvents {
    QList<SentEvent> events;
    QString next; // where the next page begins; empty: this was the last
};
[[nodiscard]] ApiResult<SentEvents> parseEvents(const ApiAnswer &answer);

/// Coins this merchant can be paid in, normalised, in DynoPay's order. Both shapes of
/// getSupportedCurrency.
[[nodiscard]] ApiResult<QStringList> parseSupportedCurrency(const ApiAnswer &answer);

} // namespace providers::dynopay
