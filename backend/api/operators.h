#pragma once

#include "core/clock.h"
#include "core/id.h"
#include "core/json.h"
#include "core/money.h"

#include <QFlags>
#include <QFuture>
#include <QList>
#include <QObject>

#include <optional>

namespace api {

using OperatorId = core::Id<struct OperatorTag>;
using RefundId = core::Id<struct RefundTag>;

/// A person may have several. The backend checks them at each command; a console only hides what
/// would be refused.
enum class Role {
    Viewer = 1,
    Support = 2,
    Senior = 4,
    Finance = 8,
    Admin = 16,
};
Q_DECLARE_FLAGS(Roles, Role)
Q_DECLARE_OPERATORS_FOR_FLAGS(Roles)

struct SignedIn {
    OperatorId id;
    QString name;
    Roles roles;
    QString language;    // of the console's previews: "en"
    bool isSolo = false; // nobody else: second approvals are off, and the status bar says so
    Timestamp endsAt;    // absolute, whatever is done until then
};

/// Absent: the passphrase is right, and a code of the second factor is needed too.
using SignInAnswer = std::optional<SignedIn>;

/// Who sits at this console. Signals come on the thread of this object.
class Session : public QObject {
    Q_OBJECT

public:
    /// Unauthorized: the same words for an unknown name, a wrong passphrase and a wrong code.
    /// TooOld: wait before the next try, as long as `detail` says. `code` is of the second factor
    /// or a recovery code; empty: none was asked for yet. The bytes of both are wiped.
    [[nodiscard]] virtual QFuture<Result<SignInAnswer>> signIn(QString name, QByteArray passphrase,
                                                               QByteArray code) = 0;
    /// Ends the session at once; absent afterwards.
    [[nodiscard]] virtual QFuture<Result<bool>> signOut() = 0;
    /// Absent: nobody.
    [[nodiscard]] virtual std::optional<SignedIn> current() const = 0;
    /// Somebody moved the mouse or pressed a key: the session's idle time begins anew. Cheap; may
    /// be called for every event.
    virtual void noteActivity() = 0;

Q_SIGNALS:
    /// Roles or the end may have changed too.
    void changed();
    /// Signed out, idle for too long, or ended by somebody.
    void ended();
};

enum class CommandState {
    Sent,
    Running, // failed for a moment and is being tried again
    Done,
    Refused,
    Expired, // nobody ran it within 60 s, and nobody will
};

struct CommandResult {
    InboxId id; // the inbox row: what it caused carries this as cause
    CommandState state = CommandState::Sent;
    /// Of a refusal, to be translated: NotSignedIn, NotAllowed, NeedsApproval, FiguresChanged, or
    /// the name of an ErrorCode (NotFound, BadInput, ConstraintViolated, ...).
    QString code;
    QString detail; // English, of a refusal
    Json answer;    // of what was done; the kinds below say what is in it
};

/// Changes something. Every command is one durable row; submitted again with the same request key
/// it does nothing and gives the first one's result. Any thread may call.
///
/// `permissions.h` says who may. Payload -> answer of each kind:
///
///     call.stop            call, reason -> call
///     calls.stop_all       reason -> calls (how many are being ended)
///     calls.resume         reason
///     refund.preview       call, or payment (the transfer that paid a plan), amount
///                          (micro-dollars), reason, note -> RefundPreview
///     refund.execute       the same, and hash (of the preview); a code -> refund, transfer
///     refund.request       as refund.preview -> refund (waits for another person)
///     refund.approve       refund, hash; a code, sealed, where there is a second factor -> refund,
///                          state (approved: one more has to agree; done), transfer
///     refund.reject        refund, reason -> refund, state
///     refund.bulk.preview  BulkRefundWish; or batch -> BulkRefundPreview
///     refund.bulk.request  BulkRefundWish, key, hash -> batch (waits for others)
///     refund.bulk.approve  batch, hash; a code -> batch, state (approved: one more has to agree;
///                          running)
///     refund.bulk.cancel   batch, reason -> batch, state, done, left (calls)
///     refund.reverse       refund, amount (none: as far as the wallet goes), reason -> adjustment
///     adjustment.preview   customer, kind (goodwill, correction), amount (negative: takes) and
///                          reason; or as refund.reverse or deposit.reverse; or adjustment ->
///                          RefundPreview
///     adjustment.request   the same, and hash -> adjustment (waits for another of Finance)
///     adjustment.approve   adjustment, hash; a code -> adjustment, transfer
///     adjustment.reject    adjustment, reason -> adjustment, state
///     payout.preview       customer, amount, destination, reason; or payout; or payout and
///                          outcome (failed: what payout.failed would do) -> RefundPreview
///     payout.request       the same, and hash -> payout (waits for two others)
///     payout.approve       payout, hash; a code -> payout, state (requested: one more; approved),
///                          transfer
///     payout.reject        payout, reason -> payout, state
///     payout.paid          payout, reference (the transaction that paid it); a code -> payout,
///                          state
///     payout.failed        payout, reason; a code -> payout, state, transfer (back to the wallet)
///     policy.second_factor needed (a boolean), reason -> needed
///     policy.refund_rules  any of refundLimits(), reason; version (that they were read from: none
///                          else is changed) -> version
///     policy.deposit_rules any of tolerate_from, tolerate_to (thousandths), excess_up_to,
///                          confirmed_up_to (micro-dollars), minimums ({coin: micro-dollars}),
///                          is_strict; reason; version (that they were read from: none else is
///                          changed) -> version
///     policy.plan_price    plan, days, price (micro-dollars), minutes, reason; from (ISO; else at
///                          once) -> version
///     policy.rates         rates ({prefix: micro-dollars a minute}), recording_fee, reason; from
///                          -> version
///     deposit.reverse      deposit, reason; hash of adjustment.preview -> adjustment
///     operator.add         roles (["support", ...]); name and passphrase travel sealed
///                          (`addOperator`) -> operator
///     operator.roles       operator (name), roles, reason -> operator, roles
///     operator.deactivate  operator, reason -> operator
///     operator.activate    operator, reason -> operator
///     second_factor.clear  operator, reason -> operator
///     session.end          session, reason -> session
///
/// and by `reveal`, whose answer has `revealed` beside it, once:
///
///     reveal.number         call or customer, reason -> revealed: numbers (["+14155550123"])
///     reveal.transcript     call, reason -> revealed: lines ([{"role", "content"}])
///     reveal.destination    payout, reason -> revealed: destination ("BTC bc1q...")
///     second_factor.begin   -> revealed: secret (base 32), uri (otpauth)
///     second_factor.confirm a code, sealed (`confirmSecondFactor`) -> revealed: codes (ten, for
///                           recovery)
class Commands {
public:
    virtual ~Commands() = default;
    /// Finishes with Done, Refused or Expired; Unauthorized when nobody is signed in. A failure
    /// with `transient` says that nobody knows: submit again with the same key.
    [[nodiscard]] virtual QFuture<Result<CommandResult>> submit(QString kind, Json payload,
                                                                QString requestKey) = 0;
    /// The same for a command that shows something once, to this console alone: nobody else can
    /// read it, and this console neither again nor later than 60 s after. TooOld: it was too late.
    [[nodiscard]] virtual QFuture<Result<CommandResult>> reveal(QString kind, Json payload,
                                                                QString requestKey) = 0;
    /// second_factor.confirm; the bytes of the code are wiped.
    [[nodiscard]] virtual QFuture<Result<CommandResult>>
    confirmSecondFactor(QByteArray code, QString requestKey) = 0;
    /// A command that was refused with CodeNeeded, with a fresh code; its bytes are wiped.
    [[nodiscard]] virtual QFuture<Result<CommandResult>>
    submitWithCode(QString kind, Json payload, QByteArray code, QString requestKey) = 0;
    /// operator.add, whose passphrase travels sealed; its bytes are wiped. Duplicate: there is
    /// somebody of that name.
    [[nodiscard]] virtual QFuture<Result<CommandResult>>
    addOperator(QString name, Roles roles, QByteArray passphrase, QString requestKey) = 0;
    /// What became of one submitted earlier, by this session. NotFound: it never arrived.
    [[nodiscard]] virtual QFuture<Result<CommandResult>> find(QString requestKey) = 0;
};

/// Why money of a call is given back, and why money of a plan.
[[nodiscard]] QStringList refundReasons();
[[nodiscard]] QStringList planRefundReasons();

struct RefundWish {
    core::Id<struct CallTag> call = {};
    std::optional<TransferId> payment = {}; // of a plan; then it is of no call
    Money amount;
    QString reason;                       // one of those above
    QString note;                         // "other" needs ten characters
    std::optional<RefundId> request = {}; // one that waits, which this settles
};
[[nodiscard]] Json toJson(const RefundWish &wish);

/// Who else must agree before a refund is executed.
enum class RefundNeeds {
    Nobody,
    SeniorOrFinance,
    Finance,
    TwoPeople,
};
/// "nobody", "senior_or_finance", ... as the database writes it; what is unknown is the strictest.
[[nodiscard]] QString nameOf(RefundNeeds needs);
[[nodiscard]] RefundNeeds refundNeedsFrom(const QString &name);

struct RefundEntry {
    QString account; // "available", "revenue_calls", ...
    bool isCustomers = false;
    Money amount;                // positive: credit
    std::optional<Money> before; // of the customer's accounts
    std::optional<Money> after;
};

/// What a refund would do, worked out by doing it and taking it back.
struct RefundPreview {
    Money paid;
    Money refunded;   // before this one
    Money refundable; // still, before this one
    QList<RefundEntry> entries;
    QString customerLanguage;
    QString customerText; // what they will read, without markup; empty: they have blocked the bot
    QString operatorText; // the same in the operator's language
    RefundNeeds needs = RefundNeeds::Nobody;
    QString rule;            // English: which rule decided that
    bool mayExecute = false; // by this operator, now
    QString hash;            // 64 hexadecimal digits; people compare the first 8
};
/// BadInput when it is none.
[[nodiscard]] Result<RefundPreview> refundPreviewFromJson(const Json &answer);
[[nodiscard]] Json toJson(const RefundPreview &preview);

} // namespace api
