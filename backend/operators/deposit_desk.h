#pragma once

#include "deposits/deposit_flow.h"
#include "operators/command_desk.h"
#include "operators/sealing.h"

namespace operators {

/// What people decide about deposits: looked at by doing it and taking it back, done once, told to
/// the customer. A payment that is given to a customer by hand takes two people. What settles a
/// review takes a fresh code of who has a second factor; what is left for somebody else does not.
class DepositDesk {
public:
    DepositDesk(const deposits::DepositFlow &deposits, const language::Catalogue &catalogue,
                const QByteArray &installationKey);

    /// The commands deposit.preview, deposit.accept, deposit.accept_part, deposit.credit_excess,
    /// deposit.refuse, deposit.match, deposits.pause and deposits.resume.
    void addRoutes(engine::RoutingTable &routes) const;

private:
    struct Case;
    using Loaded = Result<tl::expected<Case, CommandOutcome>>;
    [[nodiscard]] static tl::expected<Case, CommandOutcome> judged(const Command &command,
                                                                   Case wanted);
    [[nodiscard]] static QString hashOf(const Case &wanted, const QList<api::RefundEntry> &entries);
    [[nodiscard]] static deposits::Settlement shownSettlement(const Case &wanted);
    [[nodiscard]] Result<api::ReviewPreview> look(engine::Context &context, const Command &command,
                                                  const Case &wanted) const;
    [[nodiscard]] Loaded load(engine::Context &context, const Command &command,
                              api::ReviewAction action, const Json &payload) const;

    [[nodiscard]] Result<CommandOutcome> preview(engine::Context &context, const Command &command,
                                                 const Json &payload) const;
    [[nodiscard]] Result<CommandOutcome> previewInside(engine::Context &context,
                                                       const Command &command,
                                                       api::ReviewAction action,
                                                       const Json &payload) const;
    [[nodiscard]] Result<CommandOutcome> lookAndUndo(engine::Context &context,
                                                     const Command &command,
                                                     api::ReviewAction action,
                                                     const Json &payload) const;
    [[nodiscard]] Result<CommandOutcome> execute(engine::Context &context, const Command &command,
                                                 api::ReviewAction action,
                                                 const Json &payload) const;
    [[nodiscard]] Result<CommandOutcome> settle(engine::Context &context, const Command &command,
                                                const Json &payload, const Case &wanted) const;
    [[nodiscard]] Result<CommandOutcome> propose(engine::Context &context, const Command &command,
                                                 const Case &wanted) const;
    [[nodiscard]] Result<CommandOutcome> pause(engine::Context &context, const Command &command,
                                               bool isPaused, const Json &payload) const;

    const deposits::DepositFlow &m_deposits;
    const language::Catalogue &m_catalogue;
    Sealing m_sealing; // what codes of the second factor are opened with
};

} // namespace operators
