#pragma once

#include "customers/messenger.h"
#include "operators/command_desk.h"

namespace operators {

/// Giving back what a call cost: looked at by doing it and taking it back, done once, told to the
/// customer.
class RefundFlow {
public:
    explicit RefundFlow(const customers::Messenger &messenger);

    /// refund.preview: everything that refund.execute would do, undone again.
    [[nodiscard]] Result<CommandOutcome> preview(engine::Context &context, const Command &command,
                                                 const Json &payload) const;
    /// refund.execute: only what a preview with the same hash has shown, and only where no other
    /// person has to agree or another one asked.
    [[nodiscard]] Result<CommandOutcome> execute(engine::Context &context, const Command &command,
                                                 const Json &payload) const;
    /// refund.request: leaves it for another person.
    [[nodiscard]] Result<CommandOutcome> request(engine::Context &context, const Command &command,
                                                 const Json &payload) const;
    /// refund.reject: of one that waits; whoever asked for it takes it back.
    [[nodiscard]] Result<CommandOutcome> reject(engine::Context &context, const Command &command,
                                                const Json &payload) const;

private:
    const customers::Messenger &m_messenger;
};

} // namespace operators
