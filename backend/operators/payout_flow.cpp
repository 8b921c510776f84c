#include "operators/payout_flow.h"

#include "core/crypto.h"
#include "core/fault_point.h"
#include "operators/fresh_code.h"
#include "operators/payout_case.h"
#include "operators/preview_parts.h"

namespace operators {

using namespace language::literals;

namespace {

using namespace std::chrono_literals;

const Waiting kWaitingPayout = {.noun = "payout", .expire = QStringLiteral("payout.expire")};
constexpr std::chrono::hours kThinkItOver = 24h;
constexpr qsizetype kReferenceMin = 6;
constexpr qsizetype kReferenceMax = 200;

/// Over what a person has agreed to, and nothing that other traffic moves.
QString payoutHash(const WantedPayout &wanted)
{
    const QString text = QStringLiteral("payout to customer %1; amount %2; to %3; %4")
                             .arg(wanted.customer.id.value)
                             .arg(wanted.amount.micros())
                             .arg(wanted.destination, wanted.reason);
    return QString::fromLatin1(core::sha256(text.toUtf8()).toHex());
}

/// Nothing of one that is agreed to can change.
QString failedHash(qint64 payout)
{
    const QString text = QStringLiteral("payout %1 failed").arg(payout);
    return QString::fromLatin1(core::sha256(text.toUtf8()).toHex());
}

Result<bool> endPayout(engine::Context &context, qint64 id, const QString &state,
                       const QString &why)
{
    const auto ended = context.transaction().run(
        QStringLiteral("UPDATE payouts SET state = ?, decision = ? WHERE id = ? AND state = "
                       "'requested' RETURNING id"),
        {state, why, id});
    if (!ended)
        return failure(ended.error());
    context.changed(Topic::Refund, id);
    if (auto gone = waitNoMore(context, kWaitingPayout, id); !gone)
        return failure(gone.error());
    return !ended->isEmpty();
}

Result<void> writeFirst(engine::Context &context, const Command &command,
                        const WantedPayout &wanted)
{
    const auto written = context.transaction().run(
        QStringLiteral("UPDATE payouts SET first_by = ?, first_session = ?, first_hash = ?, "
                       "first_at = ?::timestamptz, is_solo = ? WHERE id = ?"),
        {command.by.value, command.session.value, wanted.agreedHash, core::toIso(context.now()),
         command.isSolo, wanted.id});
    core::faultPoint("payout.agreed");
    context.changed(Topic::Refund, wanted.id);
    return database::done(written);
}

Result<void> writeSecond(engine::Context &context, const Command &command,
                         const WantedPayout &wanted, TransferId transfer)
{
    const auto written = context.transaction().run(
        QStringLiteral("UPDATE payouts SET state = 'approved', second_by = ?, second_session = ?, "
                       "second_hash = ?, second_at = ?::timestamptz, payable_from = "
                       "?::timestamptz, transfer_id = ? WHERE id = ?"),
        {command.by.value, command.session.value, wanted.agreedHash, core::toIso(context.now()),
         core::toIso(context.now() + kThinkItOver), transfer.value, wanted.id});
    core::faultPoint("payout.written");
    context.changed(Topic::Refund, wanted.id);
    return database::done(written);
}

/// One that was agreed to and is not settled. Absent: there is none.
struct Agreed {
    CustomerId customer;
    Money amount;
    Timestamp payableFrom;
};
Result<std::optional<Agreed>> agreedPayout(engine::Context &context, qint64 id)
{
    const auto rows = context.transaction().run(
        QStringLiteral("SELECT customer_id, amount, to_micros(payable_from) AS payable_from FROM "
                       "payouts WHERE id = ? AND state = 'approved' FOR UPDATE"),
        {id});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return std::optional<Agreed>();
    const database::Row row = rows->first();
    return std::optional(Agreed{CustomerId{row.integer("customer_id")}, row.money("amount"),
                                row.time("payable_from")});
}

/// By its own time, not by the timer's: that may come early, late or twice.
Result<engine::Outcome> expirePayout(const engine::Event &event, engine::Context &context)
{
    const qint64 id = core::integerMember(event.payload, "payout").value_or(0);
    const auto rows = context.transaction().run(
        QStringLiteral("SELECT to_micros(expires_at) AS until, customer_id FROM payouts WHERE id = "
                       "? AND state = 'requested' FOR UPDATE"),
        {id});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return engine::Outcome::Ignored;
    if (const Timestamp until = rows->first().time("until"); until > context.now()) {
        const CustomerId customer{rows->first().integer("customer_id")};
        if (auto set = waitUntil(context, kWaitingPayout, id, customers::laneOf(customer), until);
            !set)
            return failure(set.error());
        return engine::Outcome::Ignored;
    }
    if (auto ended = endPayout(context, id, QStringLiteral("expired"),
                               QStringLiteral("nobody decided in time"));
        !ended)
        return failure(ended.error());
    if (auto written = auditExpiry(context, kWaitingPayout, id); !written)
        return failure(written.error());
    return engine::Outcome::Handled;
}

} // namespace

PayoutFlow::PayoutFlow(const customers::Messenger &messenger, const Sealing &sealing)
    : m_messenger(messenger)
    , m_sealing(sealing)
{
}

void PayoutFlow::addRoutes(engine::RoutingTable &routes) const
{
    addStep(routes, this, "payout.preview", &PayoutFlow::preview, false);
    addStep(routes, this, "payout.request", &PayoutFlow::request);
    addStep(routes, this, "payout.approve", &PayoutFlow::approve);
    addStep(routes, this, "payout.reject", &PayoutFlow::reject);
    addStep(routes, this, "payout.paid", &PayoutFlow::paid);
    addStep(routes, this, "payout.failed", &PayoutFlow::failed);
    routes.add(
        {.kind = kWaitingPayout.expire, .order = engine::Order::Free, .handle = expirePayout});
}

/// The transfer and the message; the record is the caller's.
Result<Made> PayoutFlow::perform(engine::Context &context, const WantedPayout &wanted,
                                 bool isShown) const
{
    const auto transfer =
        ledger::payOut(context.transaction(), wanted.customer.id, wanted.amount,
                       QStringLiteral("payout:%1").arg(wanted.id), context.cause(), context.now());
    if (!transfer)
        return failure(transfer.error());
    core::faultPoint("payout.transfer");
    const QString reference = referenceOf(transfer->id, isShown);
    const auto message = m_messenger.send(context, wanted.customer,
                                          {.parts = {{"payout.approved"_key,
                                                      {{"amount", wanted.amount},
                                                       {"balance", transfer->availableAfter},
                                                       {"transfer", reference}}}}});
    if (!message)
        return failure(message.error());
    return Made{*transfer, *message};
}

Result<api::RefundPreview> PayoutFlow::look(engine::Context &context, const Command &command,
                                            const WantedPayout &wanted) const
{
    auto preview = previewOf(context, m_messenger.catalogue(), command,
                             [&] { return perform(context, wanted, true); });
    if (!preview)
        return preview;
    preview->refundable = wanted.balance.available;
    preview->customerLanguage = wanted.customer.language;
    preview->needs = api::RefundNeeds::TwoPeople;
    preview->rule = QStringLiteral("a Senior or Finance agrees, then another of Finance");
    preview->mayExecute = wanted.mayDecide;
    preview->hash = payoutHash(wanted);
    return preview;
}

Result<CommandOutcome> PayoutFlow::preview(engine::Context &context, const Command &command,
                                           const Json &payload) const
{
    if (core::textMember(payload, "outcome") == QLatin1String("failed"))
        return previewFailed(context, command, core::integerMember(payload, "payout").value_or(0));
    return withCase(loadPayout(context, command, payload),
                    [&](const WantedPayout &wanted) -> Result<CommandOutcome> {
                        const auto preview = look(context, command, wanted);
                        if (!preview)
                            return failure(preview.error());
                        return CommandOutcome{.answer = api::toJson(*preview)};
                    });
}

Result<CommandOutcome> PayoutFlow::request(engine::Context &context, const Command &command,
                                           const Json &payload) const
{
    return withCase(loadPayout(context, command, payload),
                    [&](const WantedPayout &wanted) { return leave(context, command, wanted); });
}

Result<CommandOutcome> PayoutFlow::leave(engine::Context &context, const Command &command,
                                         const WantedPayout &wanted) const
{
    if (wanted.isWaiting)
        return refused("BadInput", QStringLiteral("it waits already"));
    const QString hash = payoutHash(wanted);
    if (!wanted.hash.isEmpty() && !isSameHash(wanted.hash, hash))
        return figuresChanged();
    const auto until =
        waitForOthers(context, kWaitingPayout, wanted.id, customers::laneOf(wanted.customer.id));
    if (!until)
        return failure(until.error());
    const auto written = context.transaction().run(
        QStringLiteral("INSERT INTO payouts (id, customer_id, amount, destination, reason, state, "
                       "preview_hash, requested_by, requested_session, requested_at, expires_at, "
                       "cause_id) VALUES (?, ?, ?, ?, ?, 'requested', ?, ?, ?, ?::timestamptz, "
                       "?::timestamptz, ?)"),
        {wanted.id, wanted.customer.id.value, wanted.amount.micros(), wanted.destination,
         wanted.reason, hash, command.by.value, command.session.value, core::toIso(context.now()),
         core::toIso(*until), context.cause().value});
    if (!written)
        return failure(written.error());
    core::faultPoint("payout.requested");
    context.changed(Topic::Refund, wanted.id);
    return CommandOutcome{.answer = {{"payout", wanted.id}, {"hash", hash}}};
}

Result<CommandOutcome> PayoutFlow::approve(engine::Context &context, const Command &command,
                                           const Json &payload) const
{
    if (!core::integerMember(payload, "payout"))
        return refused("BadInput", QStringLiteral("one that waits is named by its number"));
    const auto loaded = loadPayout(context, command, payload);
    if (!loaded)
        return failure(loaded.error());
    if (!*loaded)
        return loaded->error();
    const WantedPayout &wanted = **loaded;
    if (!wanted.mayDecide)
        return refused("NeedsApproval", QStringLiteral("a Senior or Finance has to agree, then "
                                                       "another one of Finance; never who asked"));
    // Nothing of it can have changed: who agrees must have looked at this very one.
    if (!isSameHash(wanted.hash, wanted.agreedHash))
        return figuresChanged();
    const auto refusal = refuseWithoutCode(context, command, payload, m_sealing);
    if (!refusal)
        return failure(refusal.error());
    if (*refusal)
        return **refusal;
    if (!wanted.firstBy) {
        if (auto written = writeFirst(context, command, wanted); !written)
            return failure(written.error());
        return CommandOutcome{.answer = {{"payout", wanted.id}, {"state", "requested"}}};
    }
    const auto made = perform(context, wanted, false);
    if (!made)
        return failure(made.error());
    if (auto written = writeSecond(context, command, wanted, made->transfer.id); !written)
        return failure(written.error());
    if (auto gone = waitNoMore(context, kWaitingPayout, wanted.id); !gone)
        return failure(gone.error());
    return CommandOutcome{.answer = {{"payout", wanted.id},
                                     {"state", "approved"},
                                     {"transfer", made->transfer.id.value}}};
}

Result<CommandOutcome> PayoutFlow::reject(engine::Context &context, const Command &command,
                                          const Json &payload) const
{
    const qint64 id = core::integerMember(payload, "payout").value_or(0);
    const QString reason = core::textMember(payload, "reason").value_or(QString()).left(500);
    const auto rows = context.transaction().run(
        QStringLiteral("SELECT requested_by = ? AS is_own FROM payouts WHERE id = ? AND state = "
                       "'requested' FOR UPDATE"),
        {command.by.value, id});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return refused("NotFound", QStringLiteral("no payout %1 waits").arg(id));
    const bool isOwn = rows->first().boolean("is_own");
    if (!isOwn && reason.trimmed().isEmpty())
        return refused("BadInput", QStringLiteral("whoever asked for it wants to know why not"));
    const QString state = isOwn ? QStringLiteral("cancelled") : QStringLiteral("rejected");
    if (auto ended = endPayout(context, id, state, reason); !ended)
        return failure(ended.error());
    return CommandOutcome{.answer = {{"payout", id}, {"state", state.toStdString()}}};
}

Result<CommandOutcome> PayoutFlow::paid(engine::Context &context, const Command &command,
                                        const Json &payload) const
{
    const qint64 id = core::integerMember(payload, "payout").value_or(0);
    const QString reference = core::textMember(payload, "reference").value_or(QString()).trimmed();
    if (reference.size() < kReferenceMin || reference.size() > kReferenceMax)
        return refused("BadInput", QStringLiteral("the reference is the hash of the transaction "
                                                  "that paid it"));
    const auto agreed = agreedPayout(context, id);
    if (!agreed)
        return failure(agreed.error());
    if (!*agreed)
        return refused("NotFound", QStringLiteral("no payout %1 is agreed to and open").arg(id));
    if (context.now() < (*agreed)->payableFrom)
        return refused(
            "TooSoon",
            QStringLiteral("it may be sent from %1 on").arg(core::toIso((*agreed)->payableFrom)));
    const auto refusal = refuseWithoutCode(context, command, payload, m_sealing);
    if (!refusal)
        return failure(refusal.error());
    if (*refusal)
        return **refusal;
    const auto written = context.transaction().run(
        QStringLiteral("UPDATE payouts SET state = 'paid', reference = ?, settled_by = ?, "
                       "settled_at = ?::timestamptz WHERE id = ?"),
        {reference, command.by.value, core::toIso(context.now()), id});
    if (!written && written.error().code == ErrorCode::Duplicate)
        return refused("Duplicate", QStringLiteral("that transaction has paid another one"));
    if (!written)
        return failure(written.error());
    core::faultPoint("payout.paid");
    context.changed(Topic::Refund, id);
    const auto customer = customers::find(context.transaction(), (*agreed)->customer);
    if (!customer)
        return failure(customer.error());
    const auto told =
        m_messenger.send(context, **customer,
                         {.parts = {{"payout.paid"_key,
                                     {{"amount", (*agreed)->amount}, {"reference", reference}}}}});
    if (!told)
        return failure(told.error());
    return CommandOutcome{.answer = {{"payout", id}, {"state", "paid"}}};
}

/// What goes back to the wallet, and the message about it.
Result<Made> PayoutFlow::giveBack(engine::Context &context, qint64 id, CustomerId customerId,
                                  Money amount, bool isShown) const
{
    const auto customer = customers::find(context.transaction(), customerId);
    if (!customer)
        return failure(customer.error());
    const auto back = ledger::returnPayout(context.transaction(), customerId, amount,
                                           QStringLiteral("payout_returned:%1").arg(id),
                                           context.cause(), context.now());
    if (!back)
        return failure(back.error());
    core::faultPoint("payout.returned");
    const QString reference =
        isShown ? QStringLiteral("T-…") : QStringLiteral("T-%1").arg(back->id.value);
    const auto told = m_messenger.send(
        context, **customer,
        {.parts = {
             {"payout.returned"_key,
              {{"amount", amount}, {"balance", back->availableAfter}, {"transfer", reference}}}}});
    if (!told)
        return failure(told.error());
    return Made{*back, *told};
}

Result<CommandOutcome> PayoutFlow::previewFailed(engine::Context &context, const Command &command,
                                                 qint64 id) const
{
    const auto agreed = agreedPayout(context, id);
    if (!agreed)
        return failure(agreed.error());
    if (!*agreed)
        return refused("NotFound", QStringLiteral("no payout %1 is agreed to and open").arg(id));
    const auto customer = customers::find(context.transaction(), (*agreed)->customer);
    const auto balance = customer ? ledger::lockBalance(context.transaction(), (*agreed)->customer)
                                  : failure(customer.error());
    if (!balance)
        return failure(balance.error());
    auto preview = previewOf(context, m_messenger.catalogue(), command, [&] {
        return giveBack(context, id, (*agreed)->customer, (*agreed)->amount, true);
    });
    if (!preview)
        return failure(preview.error());
    preview->refundable = balance->available;
    preview->customerLanguage = (*customer)->language;
    preview->needs = api::RefundNeeds::Nobody;
    preview->rule = QStringLiteral("whoever sends payouts says that it did not arrive");
    preview->mayExecute = command.roles.testFlag(Role::Finance);
    preview->hash = failedHash(id);
    return CommandOutcome{.answer = api::toJson(*preview)};
}

Result<CommandOutcome> PayoutFlow::failed(engine::Context &context, const Command &command,
                                          const Json &payload) const
{
    const qint64 id = core::integerMember(payload, "payout").value_or(0);
    const QString reason = core::textMember(payload, "reason").value_or(QString()).trimmed();
    if (reason.isEmpty())
        return refused("BadInput", QStringLiteral("a reason says why it could not be sent"));
    const auto agreed = agreedPayout(context, id);
    if (!agreed)
        return failure(agreed.error());
    if (!*agreed)
        return refused("NotFound", QStringLiteral("no payout %1 is agreed to and open").arg(id));
    const auto refusal = refuseWithoutCode(context, command, payload, m_sealing);
    if (!refusal)
        return failure(refusal.error());
    if (*refusal)
        return **refusal;
    const auto back = giveBack(context, id, (*agreed)->customer, (*agreed)->amount, false);
    if (!back)
        return failure(back.error());
    const qint64 transfer = back->transfer.id.value;
    const auto written = context.transaction().run(
        QStringLiteral("UPDATE payouts SET state = 'failed', decision = ?, settled_by = ?, "
                       "settled_at = ?::timestamptz, returned_transfer_id = ? WHERE id = ?"),
        {reason.left(500), command.by.value, core::toIso(context.now()), transfer, id});
    if (!written)
        return failure(written.error());
    context.changed(Topic::Refund, id);
    return CommandOutcome{.answer = {{"payout", id}, {"state", "failed"}, {"transfer", transfer}}};
}

} // namespace operators
