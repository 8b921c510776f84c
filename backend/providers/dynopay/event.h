#pragma once

#include "core/json.h"
#include "providers/dynopay/status.h"

#include <optional>

namespace providers::dynopay {

/// What we sent as meta_data and got back; absent when DynoPay left it out, as it often does.
struct Meta {
    std::optional<QString> depositId;
    std::optional<QString> amountUsd; // as written; compare as Money
};

/// A webhook of either generation. Amounts are the text that was sent: to be read by core::Decimal
/// or core::Money, which may refuse them. An empty text is absent, null or of another type.
struct Event {
    QString event;            // "payment.settled"; empty in the old generation
    Status status;            // of `event`, else of the body's status
    QString statusWord;       // the word `status` was read from; for Unknown
    bool isTest = false;      // webhook.test from the dashboard: no effect
    bool isSimulated = false; // must never credit in production
    bool isRecovered = false;
    QString recoveryType;

    QString paymentId;
    QString originalPaymentId; // of an orphan recovery
    QString address;           // normalised
    QString currency;          // normalised
    QString amount;            // crypto received, never USD
    QString amountReceived;    // of payment.underpaid
    QString amountExpected;
    QString baseAmount; // USD requested, also when less was paid
    QString baseCurrency;
    QString exchangeRate; // USD a coin
    QString fee;          // crypto that DynoPay kept, of payment.settled; for the margin only
    QString txId;         // of the chain
    QString reference;    // DynoPay's word for the transaction: the same hash, or another id
    QString createdAt;    // ISO 8601 as sent
    Meta meta;

    /// Crypto received: `amount`, else `amountReceived`.
    [[nodiscard]] QString received() const { return amount.isEmpty() ? amountReceived : amount; }
};

/// BadInput: not a JSON object. Everything else is tolerated; what cannot be read is absent.
[[nodiscard]] Result<Event> parseEvent(QByteArrayView body);
/// The same, of a document that was read before. Another name, as anything converts to Json by
/// itself.
[[nodiscard]] Result<Event> readEvent(const Json &event);

} // namespace providers::dynopay
