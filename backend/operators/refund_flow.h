#pragma once

#include "customers/messenger.h"
#include "operators/command_desk.h"
#include "operators/sealing.h"

namespace operators {

struct WantedRefund;

/// Giving back what a call or a plan cost: looked at by doing it and taking it back, done once,
/// told to the customer. Where others have to agree, they agree to the figures that were asked for:
/// what has changed meanwhile makes the request void.
class RefundFlow {
public:
    RefundFlow(const customers::Messenger &messenger, const Sealing &sealing);

    void addRoutes(engine::RoutingTable &routes) const;
    /// Who asks, where no operator does.
    enum class Nobody {
        Server,   // the provider failed
        Customer, // waits longer: nobody knows when they will read about it
    };
    /// What is left for people though no operator asked for it.
    [[nodiscard]] Result<void> requestByNobody(engine::Context &context,
                                               const api::RefundWish &wish, Nobody who) const;

private:
    /// refund.preview: everything that refund.execute would do, undone again.
    [[nodiscard]] Result<CommandOutcome> preview(engine::Context &context, const Command &command,
                                                 const Json &payload) const;
    /// refund.execute: only what a preview with the same hash has shown, and only where no other
    /// person has to agree. Of one that waits it is refund.approve.
    [[nodiscard]] Result<CommandOutcome> execute(engine::Context &context, const Command &command,
                                                 const Json &payload) const;
    /// refund.request: leaves it for another person.
    [[nodiscard]] Result<CommandOutcome> request(engine::Context &context, const Command &command,
                                                 const Json &payload) const;
    /// refund.approve: with the hash of a preview and a fresh code; the last one whose agreement
    /// it needs executes it with that.
    [[nodiscard]] Result<CommandOutcome> approve(engine::Context &context, const Command &command,
                                                 const Json &payload) const;
    /// refund.reject: of one that waits; whoever asked for it takes it back.
    [[nodiscard]] Result<CommandOutcome> reject(engine::Context &context, const Command &command,
                                                const Json &payload) const;
    /// refund.expire, a timer: nobody decided in time.
    [[nodiscard]] Result<engine::Outcome> expire(const engine::Event &event,
                                                 engine::Context &context) const;

    /// Left for others; with the hash of what it would do.
    [[nodiscard]] Result<CommandOutcome> leave(engine::Context &context, const Command &command,
                                               const WantedRefund &refund,
                                               std::optional<Nobody> nobody = {}) const;
    [[nodiscard]] Result<void> tellNotGiven(engine::Context &context, CustomerId customer,
                                            qint64 call) const;
    [[nodiscard]] Result<CommandOutcome> approveWanted(engine::Context &context,
                                                       const Command &command, const Json &payload,
                                                       const WantedRefund &wanted) const;
    [[nodiscard]] Result<CommandOutcome> finish(engine::Context &context, const Command &command,
                                                const WantedRefund &wanted,
                                                const QString &hash) const;
    const customers::Messenger &m_messenger;
    const Sealing &m_sealing;
};

} // namespace operators
