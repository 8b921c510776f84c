#pragma once

#include "customers/messenger.h"
#include "deposits/amount_rule.h"
#include "deposits/deposit_store.h"
#include "engine/routing_table.h"
#include "providers/dynopay/api.h"
#include "providers/dynopay/event.h"

namespace deposits {

/// A deposit from the request for an address to the credit. Every step is an inbox row: the
/// customer's tap, DynoPay's answers and webhooks, timers. A webhook alone credits nothing: the
/// provider is asked, and its answer decides.
class DepositFlow {
public:
    DepositFlow(const customers::Messenger &messenger, Rule rule);

    /// Adds the routes deposit.created, dynopay.webhook, deposit.status, deposit.check and
    /// deposit.countdown.
    void addRoutes(engine::RoutingTable &routes) const;

    /// False: too many addresses of this customer wait for a payment. DynoPay makes some thirty a
    /// minute for all customers together, so one must not use them up.
    [[nodiscard]] Result<bool> mayBegin(engine::Context &context,
                                        const customers::Customer &customer) const;
    /// Asks DynoPay for an address. `amount` must be within the limits of the coin.
    [[nodiscard]] Result<void> begin(engine::Context &context, const customers::Customer &customer,
                                     Money amount, const QString &coin) const;

private:
    using Step = Result<engine::Outcome>;
    [[nodiscard]] Step created(const engine::Event &event, engine::Context &context) const;
    [[nodiscard]] Step creationDied(const engine::Event &event, engine::Context &context) const;
    [[nodiscard]] Step webhook(const engine::Event &event, engine::Context &context) const;
    [[nodiscard]] Step statusAnswered(const engine::Event &event, engine::Context &context) const;
    [[nodiscard]] Step check(const engine::Event &event, engine::Context &context) const;
    [[nodiscard]] Step checkDied(const engine::Event &event, engine::Context &context) const;
    [[nodiscard]] Step countdown(const engine::Event &event, engine::Context &context) const;

    [[nodiscard]] Result<void>
    applyCreated(engine::Context &context, Deposit &deposit,
                 const providers::dynopay::CreatedPayment &payment) const;
    [[nodiscard]] Result<void> showAddress(engine::Context &context, Deposit &deposit) const;
    [[nodiscard]] Result<void> creationFailed(engine::Context &context, Deposit &deposit,
                                              providers::dynopay::Refusal refusal) const;

    [[nodiscard]] Result<void> refuseEvent(engine::Context &context, Deposit &deposit,
                                           const QString &why) const;
    [[nodiscard]] Result<void> applyEvent(engine::Context &context, Deposit &deposit,
                                          const providers::dynopay::Event &event) const;
    [[nodiscard]] Result<void> applyToClosed(engine::Context &context, Deposit &deposit,
                                             const providers::dynopay::Event &event) const;
    [[nodiscard]] Result<void> applyState(engine::Context &context, Deposit &deposit,
                                          const providers::dynopay::Event &event) const;
    [[nodiscard]] Result<void> reportedPaid(engine::Context &context, Deposit &deposit) const;
    [[nodiscard]] Result<void> applyStatus(engine::Context &context, Deposit &deposit,
                                           const providers::dynopay::PaymentStatus &status,
                                           bool byAddress) const;
    [[nodiscard]] Result<void> applyUnpaid(engine::Context &context, Deposit &deposit,
                                           const providers::dynopay::PaymentStatus &status) const;

    [[nodiscard]] Result<void> credit(engine::Context &context, Deposit &deposit) const;
    [[nodiscard]] Result<void> book(engine::Context &context, Deposit &deposit,
                                    const Decision &decision, State state) const;
    /// A person decides; the customer hears of it, once.
    [[nodiscard]] Result<void> review(engine::Context &context, Deposit &deposit, State state,
                                      const QString &why, const language::Text &text) const;

    [[nodiscard]] Result<void> askProvider(engine::Context &context, const Deposit &deposit,
                                           bool byAddress = false) const;
    [[nodiscard]] Result<void> scheduleCheck(engine::Context &context, const Deposit &deposit,
                                             Timestamp due) const;
    [[nodiscard]] Result<void> scheduleCountdown(engine::Context &context,
                                                 const Deposit &deposit) const;
    [[nodiscard]] Result<void> giveUp(engine::Context &context, Deposit &deposit) const;
    [[nodiscard]] Result<void> moveTo(engine::Context &context, Deposit &deposit,
                                      State state) const;
    /// Instead of the address, in the message that shows it: without a notification.
    [[nodiscard]] Result<void> showStatus(engine::Context &context, const Deposit &deposit,
                                          const customers::Message &message) const;
    /// In a message of its own as well, since an edit makes no notification.
    [[nodiscard]] Result<void> tell(engine::Context &context, const Deposit &deposit,
                                    const language::Text &text) const;

    const customers::Messenger &m_messenger;
    Rule m_rule;
};

} // namespace deposits
