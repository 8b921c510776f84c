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

    /// Asks DynoPay for an address. `amount` must be within the limits of the coin.
    [[nodiscard]] Result<void> begin(engine::Context &context, const customers::Customer &customer,
                                     Money amount, const QString &coin) const;

private:
    using Reply = providers::dynopay::ApiAnswer;
    [[nodiscard]] Result<engine::Outcome> created(const engine::Event &event,
                                                  engine::Context &context) const;
    [[nodiscard]] Result<engine::Outcome> webhook(const engine::Event &event,
                                                  engine::Context &context) const;
    [[nodiscard]] Result<engine::Outcome> statusAnswered(const engine::Event &event,
                                                         engine::Context &context) const;
    [[nodiscard]] Result<engine::Outcome> check(const engine::Event &event,
                                                engine::Context &context) const;
    [[nodiscard]] Result<engine::Outcome> countdown(const engine::Event &event,
                                                    engine::Context &context) const;

    [[nodiscard]] Result<void> showAddress(engine::Context &context, Deposit &deposit,
                                           const providers::dynopay::CreatedPayment &payment) const;
    [[nodiscard]] Result<void> creationFailed(engine::Context &context, Deposit &deposit,
                                              const providers::dynopay::ApiError &error) const;
    [[nodiscard]] Result<void> applyEvent(engine::Context &context, Deposit &deposit,
                                          const providers::dynopay::Event &event) const;
    [[nodiscard]] Result<void> applyFundsProblem(engine::Context &context, Deposit &deposit,
                                                 providers::dynopay::FundsProblem problem) const;
    [[nodiscard]] Result<void> applyStatus(engine::Context &context, Deposit &deposit,
                                           const providers::dynopay::PaymentStatus &status,
                                           bool byAddress) const;
    [[nodiscard]] Result<void> credit(engine::Context &context, Deposit &deposit) const;
    [[nodiscard]] Result<void> tellCredited(engine::Context &context, const Deposit &deposit,
                                            const Decision &decision) const;

    [[nodiscard]] Result<void> askProvider(engine::Context &context, const Deposit &deposit,
                                           bool byAddress = false) const;
    [[nodiscard]] Result<void> scheduleCheck(engine::Context &context,
                                             const Deposit &deposit) const;
    [[nodiscard]] Result<void> moveTo(engine::Context &context, Deposit &deposit,
                                      State state) const;
    /// Shows a state in the message with the address, without a new message.
    [[nodiscard]] Result<void> showStatus(engine::Context &context, const Deposit &deposit,
                                          std::vector<language::Text> parts) const;

    const customers::Messenger &m_messenger;
    Rule m_rule;
};

} // namespace deposits
