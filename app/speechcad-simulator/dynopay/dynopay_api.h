#pragma once

#include "dynopay/payment_scenario.h"

namespace simulator {

/// DynoPay's merchant API, as strict as the true one and a little stricter where our own rules are.
class DynoPayApi final {
public:
    explicit DynoPayApi(World &world);

    /// False: not a path of DynoPay.
    [[nodiscard]] bool handle(const http::Request &request, const http::Reply &reply);

    /// Errors: NotFound, BadInput. The id "next" is the payment that is created next.
    Result<void> play(const QByteArray &paymentId, const QStringList &steps);
    /// The newest payment at that address; null: none.
    [[nodiscard]] PaymentPtr findByAddress(const QString &address) const;
    [[nodiscard]] const std::vector<PaymentPtr> &payments() const { return m_payments; }
    [[nodiscard]] PaymentHooks &hooks() { return m_hooks; }
    /// `hasUrls`: with the hook URLs, tokens included. For tests.
    [[nodiscard]] Json paymentsJson(bool hasUrls) const;

private:
    struct Route {
        QString name; // "create", "status", "address", "currencies", "events", "resend"
        QString argument;
    };
    struct StoredAnswer {
        QByteArray body;
        http::Response response;
        Timestamp at;
    };
    struct Slot {
        QString address;
        std::optional<quint32> tag;
        PaymentPtr user;
    };

    [[nodiscard]] static std::optional<Route> routeOf(const http::Request &request);
    [[nodiscard]] std::optional<http::Response> refusedAtDoor(const http::Request &request,
                                                              const Route &route);
    [[nodiscard]] http::Response run(const Route &route, const http::Request &request);
    [[nodiscard]] http::Response wrong(const QString &route, int status, const QString &code,
                                       const QString &message);

    void create(const http::Request &request, const http::Reply &reply);
    [[nodiscard]] http::Response createOnce(const http::Request &request, CreateFault fault);
    [[nodiscard]] http::Response createNow(const http::Request &request, CreateFault fault);
    [[nodiscard]] tl::expected<PaymentPtr, http::Response>
    readPayment(const nlohmann::ordered_json &body);
    [[nodiscard]] std::optional<http::Response> checkHooks(const Payment &payment);
    void giveAddress(const PaymentPtr &payment);
    [[nodiscard]] bool isFree(const Slot &slot) const;
    [[nodiscard]] QString statusOf(const Payment &payment) const;
    [[nodiscard]] http::Response created(const Payment &payment, CreateFault fault) const;

    void status(const Route &route, const http::Reply &reply);
    [[nodiscard]] http::Response statusNow(const Payment &payment) const;
    [[nodiscard]] http::Response addressNow(const Payment &payment) const;
    [[nodiscard]] http::Response currencies() const;
    [[nodiscard]] http::Response events(const http::Request &request) const;

    World &m_world;
    PaymentHooks m_hooks;
    PaymentScenario m_scenario;
    std::vector<PaymentPtr> m_payments; // in the order of their creation
    QHash<QByteArray, PaymentPtr> m_byId;
    QHash<QString, QList<Slot>> m_pools;
    QHash<QByteArray, StoredAnswer> m_answers; // by Idempotency-Key
    QStringList m_nextSteps;
    QList<http::Reply> m_unanswered; // kept, since dropping one would answer it
    TokenBucket m_createBucket;
    TokenBucket m_callBucket;
};

} // namespace simulator
