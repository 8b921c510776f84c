#pragma once

#include "dynopay/payment_hooks.h"

#include <QStringList>

namespace simulator {

/// A step as it is written: "under(0.06)", "meta=string", "exact".
struct ScenarioStep {
    QString name;
    QStringList arguments;
};
[[nodiscard]] Result<ScenarioStep> scenarioStepFrom(const QString &text);

/// What goes wrong with the next creation of a payment.
enum class CreateFault {
    None,
    ServerError,
    TooMany,
    TimeoutAfterCommit,
    NoQr,
    CryptoAmountName,
};

/// Lets a payer and the chain do something with a payment.
class PaymentScenario final {
public:
    /// Gives another payment than that one, for a forger; null: there is none.
    using OtherPayment = std::function<PaymentPtr(const Payment &)>;

    PaymentScenario(World &world, PaymentHooks &hooks, OtherPayment otherPayment);

    /// Errors: BadInput names the step; nothing is done then.
    [[nodiscard]] static Result<void> check(const QStringList &steps);
    void play(const PaymentPtr &payment, const QStringList &steps);
    /// The last create=... of the steps.
    [[nodiscard]] static CreateFault createFaultOf(const QStringList &steps);

private:
    using Micros = std::chrono::microseconds;
    /// At `after` the payment has this state and that news is sent; an empty text is nothing.
    struct Stage {
        Micros after{0};
        const char *status = "";
        const char *event = "";
    };
    using Flow = Micros (PaymentScenario::*)(const PaymentPtr &, const ScenarioStep &, Micros);

    [[nodiscard]] static const QHash<QString, Flow> &flows();
    [[nodiscard]] static bool isStyle(const ScenarioStep &step);
    static void applyStyle(Payment &payment, const ScenarioStep &step);

    /// Returns when it is over.
    Micros receive(const PaymentPtr &payment, Micros from, double ratio,
                   std::span<const Stage> stages);
    void schedule(Micros at, std::function<void()> task);
    void tell(const PaymentPtr &payment, Micros at, const PaymentNews &news, const QString &status);
    void forge(const PaymentPtr &payment, Micros at, std::function<QByteArray()> url);

    Micros exact(const PaymentPtr &payment, const ScenarioStep &step, Micros from);
    Micros under(const PaymentPtr &payment, const ScenarioStep &step, Micros from);
    Micros twoPart(const PaymentPtr &payment, const ScenarioStep &step, Micros from);
    Micros twoPayments(const PaymentPtr &payment, const ScenarioStep &step, Micros from);
    Micros late(const PaymentPtr &payment, const ScenarioStep &step, Micros from);
    Micros never(const PaymentPtr &payment, const ScenarioStep &step, Micros from);
    Micros wait(const PaymentPtr &payment, const ScenarioStep &step, Micros from);
    Micros confirmedOnly(const PaymentPtr &payment, const ScenarioStep &step, Micros from);
    Micros settledOnly(const PaymentPtr &payment, const ScenarioStep &step, Micros from);
    Micros settledFirst(const PaymentPtr &payment, const ScenarioStep &step, Micros from);
    Micros settlementFailed(const PaymentPtr &payment, const ScenarioStep &step, Micros from);
    Micros orphan(const PaymentPtr &payment, const ScenarioStep &step, Micros from);
    Micros ghostReplay(const PaymentPtr &payment, const ScenarioStep &step, Micros from);
    Micros forgedUnknownToken(const PaymentPtr &payment, const ScenarioStep &step, Micros from);
    Micros forgedOtherToken(const PaymentPtr &payment, const ScenarioStep &step, Micros from);
    Micros forgedBody(const PaymentPtr &payment, const ScenarioStep &step, Micros from);

    World &m_world;
    PaymentHooks &m_hooks;
    OtherPayment m_otherPayment;
};

} // namespace simulator
