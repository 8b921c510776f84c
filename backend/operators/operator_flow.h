#pragma once

#include "operators/adjustment_flow.h"
#include "operators/automatic_refund.h"
#include "operators/bulk_refund.h"
#include "operators/bulk_refund_run.h"
#include "operators/customer_request.h"
#include "operators/payout_flow.h"
#include "operators/refund_flow.h"
#include "operators/sealing.h"

namespace operators {

/// What commands do to calls, as app/ wires it.
struct CallControls {
    std::function<Result<void>(engine::Context &, qint64 call, const QString &by)> stop;
    std::function<Result<void>(engine::Context &, const QString &reason, const QString &by)>
        stopAll;
    std::function<Result<std::optional<Timestamp>>(engine::Context &)> stoppedSince;
    std::function<Result<void>(engine::Context &, const QString &reason, const QString &by)> resume;
};

/// The commands of consoles and of the command line: who may give them, and what they do.
class OperatorFlow {
public:
    OperatorFlow(const customers::Messenger &messenger, CallControls calls,
                 const QByteArray &installationKey);

    void addRoutes(engine::RoutingTable &routes) const;
    /// What consoles seal passphrases to. Once at each start.
    [[nodiscard]] Result<void> publishKey(database::Connection &connection) const;

private:
    void addSessionRoutes(engine::RoutingTable &routes) const;
    void addPeopleRoutes(engine::RoutingTable &routes) const;
    void addCallRoutes(engine::RoutingTable &routes) const;
    void addImportRoutes(engine::RoutingTable &routes) const;
    /// By two, as of a stop that somebody thought necessary.
    [[nodiscard]] Result<CommandOutcome> resume(engine::Context &context, const Command &command,
                                                const Json &payload) const;
    [[nodiscard]] Result<CommandOutcome>
    addOperator(engine::Context &context, const Command &command, const Json &payload) const;

    CallControls m_calls;
    Sealing m_sealing;
    RefundFlow m_refunds; // after the key that it opens codes with
    AutomaticRefund m_automatic;
    CustomerRequest m_customers;
    AdjustmentFlow m_adjustments;
    PayoutFlow m_payouts;
    BulkRefund m_bulk;
    BulkRefundRun m_bulkRun;
};

/// On the server's own machine, before anybody can sign in: the first operator. ConstraintViolated:
/// there is one already. The passphrase is checked; the caller wipes it.
[[nodiscard]] Result<OperatorId> addFirstOperator(database::Connection &connection,
                                                  const QString &name, Roles roles, bool isSolo,
                                                  const QByteArray &passphrase, Timestamp now);
/// There too, for one who has lost theirs: a new passphrase, and no second factor until they begin
/// with one again. Their sessions end. NotFound.
[[nodiscard]] Result<void> resetOperator(database::Connection &connection, const QString &name,
                                         const QByteArray &passphrase, Timestamp now);

} // namespace operators
