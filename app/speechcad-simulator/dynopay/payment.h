#pragma once

#include "dynopay/coins.h"

namespace simulator {

/// What is odd about the webhooks of a payment.
struct HookStyle {
    enum class Meta {
        Object,
        String,
        Null,
        Absent,
        Foreign, // of another deposit
    };
    enum class Base {
        Number,
        String,
        Null,
        Wrong,
    };
    Meta meta = Meta::Object;
    Base base = Base::Number;
    bool isLegacyFlat = false;
    bool hasWrongCurrency = false;
    bool hasWrongAddress = false;
    bool isSimulated = false;
    bool isBadJson = false;
    bool isHuge = false;
    QString unknownStatus; // empty: the true one
    int copies = 1;
    bool hasNewIds = false; // each copy its own webhook_id
    std::optional<Signing> signing;
};

/// How the provider answers when it is asked about a payment.
enum class StatusApi {
    Ok,
    NotFound,
    ServerError,
    Timeout,
    Contradicts, // "waiting", whatever the webhooks say
    Optimistic,  // received is what was expected, as some deployments report once paid
};

struct Payment {
    QByteArray id;
    Generation generation = Generation::New; // the one it was made in, whatever comes later
    const Coin *coin = nullptr;
    qint64 requestedUnits = 0;
    qint64 usdMicros = 0;
    QString address;
    std::optional<quint32> tag;
    nlohmann::ordered_json meta;
    QByteArray webhookUrl;
    QByteArray callbackUrl;
    QByteArray redirectUrl;
    Timestamp createdAt;

    QString status = QStringLiteral("waiting");
    qint64 receivedUnits = 0;
    QString txId;
    StatusApi statusApi = StatusApi::Ok;
    HookStyle style;
    QStringList scenario; // what has been played
};
using PaymentPtr = std::shared_ptr<Payment>;

/// One thing to tell about a payment.
struct PaymentNews {
    QString event; // "payment.settled"
    qint64 units = 0;
    QString txId;
    bool isRecovered = false;
    bool isOrphan = false;
    bool knowsOriginal = true; // of an orphan
};

/// The webhook's body, but for what each sending adds.
[[nodiscard]] nlohmann::ordered_json payloadOf(World &world, const Payment &payment,
                                               const PaymentNews &news);
[[nodiscard]] nlohmann::ordered_json legacyPayloadOf(const Payment &payment,
                                                     const PaymentNews &news);

} // namespace simulator
