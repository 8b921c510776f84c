#pragma once

#include "customers/messenger.h"
#include "deposits/amount_rule.h"
#include "deposits/deposit_review.h"
#include "engine/routing_table.h"
#include "providers/dynopay/api.h"
#include "providers/dynopay/event.h"

namespace deposits {

/// What a decision came to.
struct Decided {
    std::optional<TransferId> transfer; // none: no money moved
    OutboxId message;                   // 0: nothing is said
    QString stateAfter;                 // of the deposit
};

/// A deposit from the request for an address to the credit. Every step is an inbox row: the
/// customer's tap, DynoPay's answers and webhooks, timers. A webhook alone credits nothing: the
/// provider is asked, and its answer decides.
class DepositFlow {
public:
    DepositFlow(const customers::Messenger &messenger, Rule rule);

    /// Adds the routes deposit.created, dynopay.webhook, deposit.missed, deposit.status,
    /// deposit.check and deposit.countdown.
    void addRoutes(engine::RoutingTable &routes) const;

    /// False: too many addresses of this customer wait for a payment. DynoPay makes some thirty a
    /// minute for all customers together, so one must not use them up.
    [[nodiscard]] Result<bool> mayBegin(engine::Context &context,
                                        const customers::Customer &customer) const;
    /// Asks DynoPay for an address. `amount` must be within the limits of the coin.
    [[nodiscard]] Result<void> begin(engine::Context &context, const customers::Customer &customer,
                                     Money amount, const QString &coin) const;

    /// What a person may do about it, and how much the customer gets. The refusal is English.
    [[nodiscard]] static tl::expected<Money, QString> amountOf(const LockedReview &locked,
                                                               const Settlement &wanted);
    /// Does it: the transfer, the review, the deposit's state and the message, all or none.
    /// `wanted` must be allowed by amountOf. `isShown`: it will be taken back, so no number is
    /// told.
    [[nodiscard]] Result<Decided> settle(engine::Context &context, LockedReview locked,
                                         Settlement wanted, bool isShown) const;

private:
    using Step = Result<engine::Outcome>;
    enum class Question {
        Status,  // of the payment, by its id
        Address, // the same by its address, since the payment's id is not known
        Amount,  // it is settled, but the answer did not tell what arrived: the address may
    };
    [[nodiscard]] Step created(const engine::Event &event, engine::Context &context) const;
    [[nodiscard]] Step creationDied(const engine::Event &event, engine::Context &context) const;
    [[nodiscard]] Step webhook(const engine::Event &event, engine::Context &context) const;
    [[nodiscard]] Step statusAnswered(const engine::Event &event, engine::Context &context) const;
    [[nodiscard]] Step check(const engine::Event &event, engine::Context &context) const;
    [[nodiscard]] Step checkDied(const engine::Event &event, engine::Context &context) const;
    /// The provider's event log names an event that has not come.
    [[nodiscard]] Step missed(const engine::Event &event, engine::Context &context) const;
    [[nodiscard]] Step countdown(const engine::Event &event, engine::Context &context) const;

    [[nodiscard]] Result<void>
    applyCreated(engine::Context &context, Deposit &deposit,
                 const providers::dynopay::CreatedPayment &payment) const;
    [[nodiscard]] Result<void> showAddress(engine::Context &context, Deposit &deposit) const;
    [[nodiscard]] Result<void> creationFailed(engine::Context &context, Deposit &deposit,
                                              const providers::dynopay::ApiError &error) const;

    /// Whatever it says, it was heard: the watch goes on from here.
    [[nodiscard]] Result<void> takeEvent(engine::Context &context, Deposit &deposit,
                                         const providers::dynopay::Event &event,
                                         const QString &contradiction) const;
    [[nodiscard]] Result<void> refuseEvent(engine::Context &context, Deposit &deposit,
                                           const providers::dynopay::Event &event,
                                           const QString &why) const;
    /// False: it was decided before.
    [[nodiscard]] Result<bool> reviewOtherPayment(engine::Context &context, const Deposit &deposit,
                                                  const providers::dynopay::Event &event) const;
    [[nodiscard]] Result<void> applyEvent(engine::Context &context, Deposit &deposit,
                                          const providers::dynopay::Event &event) const;
    [[nodiscard]] Result<void> applyToClosed(engine::Context &context, Deposit &deposit,
                                             const providers::dynopay::Event &event) const;
    [[nodiscard]] Result<void> confirming(engine::Context &context, Deposit &deposit) const;
    [[nodiscard]] Result<void>
    applyConfirmed(engine::Context &context, Deposit &deposit,
                   const providers::dynopay::PaymentStatus &status) const;
    [[nodiscard]] Result<void>
    applyAfterCredit(engine::Context &context, Deposit &deposit,
                     const providers::dynopay::PaymentStatus &status) const;
    [[nodiscard]] Result<void> reviewUnsettled(engine::Context &context, const Deposit &deposit,
                                               const QString &word) const;
    [[nodiscard]] Result<void> endWatch(engine::Context &context, const Deposit &deposit) const;
    [[nodiscard]] Result<void> applyState(engine::Context &context, Deposit &deposit,
                                          const providers::dynopay::Event &event) const;
    [[nodiscard]] Result<void> providerIsSilent(engine::Context &context, const Deposit &deposit,
                                                providers::dynopay::Refusal refusal) const;
    [[nodiscard]] Result<void> reportedPaid(engine::Context &context, Deposit &deposit) const;
    [[nodiscard]] Result<void> beginVerifying(engine::Context &context, Deposit &deposit) const;
    [[nodiscard]] Result<void> applyStatus(engine::Context &context, Deposit &deposit,
                                           const providers::dynopay::PaymentStatus &status,
                                           Question question, const QString &transaction) const;
    /// The provider says that it is settled.
    [[nodiscard]] Result<void> applySettled(engine::Context &context, Deposit &deposit,
                                            const providers::dynopay::PaymentStatus &status) const;
    [[nodiscard]] Result<void> applyArrived(engine::Context &context, Deposit &deposit,
                                            const providers::dynopay::PaymentStatus &status,
                                            const QString &transaction) const;
    [[nodiscard]] Result<void> applyUnpaid(engine::Context &context, Deposit &deposit,
                                           const providers::dynopay::PaymentStatus &status) const;

    /// `told`: what the provider, who was asked, says has come in all; not what it only expected.
    [[nodiscard]] Result<void> credit(engine::Context &context, Deposit &deposit,
                                      const std::optional<core::Decimal> &told = {}) const;
    [[nodiscard]] Result<void> creditByRule(engine::Context &context, Deposit &deposit,
                                            bool isPaidInParts) const;
    [[nodiscard]] Result<void> book(engine::Context &context, Deposit &deposit,
                                    const Decision &decision, bool isPaidInParts) const;
    [[nodiscard]] Result<void> reviewRest(engine::Context &context, const Deposit &deposit,
                                          const Decision &decision) const;
    /// A person decides; the customer hears of it, once.
    [[nodiscard]] Result<void> review(engine::Context &context, Deposit &deposit, State state,
                                      const QString &why, const language::Text &text) const;

    [[nodiscard]] Result<std::optional<TransferId>>
    transferFor(engine::Context &context, LockedReview &locked, const Settlement &wanted) const;
    [[nodiscard]] Result<void> moveOn(engine::Context &context, Deposit &deposit,
                                      const Review &review, ReviewAction action) const;
    [[nodiscard]] Result<OutboxId> tellDecision(engine::Context &context,
                                                const LockedReview &locked,
                                                const Settlement &wanted, bool isShown) const;

    [[nodiscard]] Result<void> askProvider(engine::Context &context, const Deposit &deposit,
                                           Question question = Question::Status,
                                           const QString &transaction = {}) const;
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
