#include "deposits/deposit_flow.h"

#include "deposits/coin_switches.h"
#include "deposits/coins.h"
#include "deposits/consistency.h"
#include "deposits/deposit_messages.h"
#include "deposits/deposit_steps.h"

namespace deposits {

using namespace language::literals;
using namespace std::chrono_literals;
using engine::Outcome;
namespace dynopay = providers::dynopay;

namespace {

// DynoPay reserves the address for longer; this is what we promise.
constexpr std::chrono::minutes kTimeToPay = 15min;
constexpr std::chrono::minutes kCountdownEvery = 5min;
// Delivery gives a creation up within a minute; its answer itself may be lost.
constexpr std::chrono::minutes kTimeToCreate = 10min;
constexpr int kUnpaidMax = 5;

QString laneOfDeposit(DepositId deposit)
{
    return QStringLiteral("deposit:%1").arg(deposit.value);
}

QString checkKey(DepositId deposit)
{
    return QStringLiteral("deposit:%1:check").arg(deposit.value);
}

QString countdownKey(DepositId deposit)
{
    return QStringLiteral("deposit:%1:countdown").arg(deposit.value);
}

queue::NewMessage toDynopay(const QString &method, DepositId deposit, CustomerId customer,
                            Json payload, const QString &replyKind)
{
    payload["deposit"] = deposit.value;
    queue::NewMessage message;
    message.provider = queue::Provider::Dynopay;
    message.method = method;
    message.lane = laneOfDeposit(deposit);
    message.payload = std::move(payload);
    message.replyKind = replyKind;
    message.replyLane = customers::laneOf(customer);
    return message;
}

/// It becomes the Idempotency-Key, so nobody may have used it before: not even this database
/// before it was restored from a backup, when it gave out the same ids.
QString creationKey(const engine::Context &context, DepositId deposit)
{
    const QByteArray unique =
        context.random("deposit at " + core::toIso(context.now()).toLatin1(), 16).toHex();
    return QStringLiteral("deposit:%1:create:%2").arg(deposit.value).arg(QLatin1String(unique));
}

Result<void> done(const Result<OutboxId> &sent)
{
    return sent ? Result<void>() : failure(sent.error());
}

Result<Outcome> handled(const Result<void> &result)
{
    if (!result)
        return failure(result.error());
    return Outcome::Handled;
}

} // namespace

DepositFlow::DepositFlow(const customers::Messenger &messenger, Rule rule)
    : m_messenger(messenger)
    , m_rule(rule)
{
}

void DepositFlow::addRoutes(engine::RoutingTable &routes) const
{
    using Method = Step (DepositFlow::*)(const engine::Event &, engine::Context &) const;
    const auto handler = [this](Method step) -> engine::Handler {
        return [this, step](const engine::Event &event, engine::Context &context) {
            return (this->*step)(event, context);
        };
    };
    const auto add = [&](const char *kind, Method step, Method whenDead = nullptr) {
        routes.add({.kind = QString::fromLatin1(kind),
                    .order = engine::Order::Free,
                    .handle = handler(step),
                    .whenDead = whenDead ? handler(whenDead) : engine::Handler()});
    };
    add("deposit.created", &DepositFlow::created, &DepositFlow::creationDied);
    add("dynopay.webhook", &DepositFlow::webhook);
    add("deposit.missed", &DepositFlow::missed);
    add("deposit.status", &DepositFlow::statusAnswered);
    add("deposit.check", &DepositFlow::check, &DepositFlow::checkDied);
    add("deposit.countdown", &DepositFlow::countdown);
}

// --- The address --------------------------------------------------------------------------------

Result<bool> DepositFlow::mayBegin(engine::Context &context,
                                   const customers::Customer &customer) const
{
    const auto unpaid = countUnpaid(context.transaction(), customer.id, context.now() - kTimeToPay);
    if (!unpaid)
        return failure(unpaid.error());
    return *unpaid < kUnpaidMax;
}

Result<void> DepositFlow::begin(engine::Context &context, const customers::Customer &customer,
                                Money amount, const QString &coin) const
{
    const auto deposit =
        insertDeposit(context, {.customer = customer.id, .coin = coin, .requested = amount});
    if (!deposit)
        return failure(deposit.error());
    if (auto noted = noteEvent(context, deposit->id, QStringLiteral("address asked for")); !noted)
        return noted;
    queue::NewMessage request =
        toDynopay(QStringLiteral("createPayment"), deposit->id, customer.id,
                  {{"v", 1}, {"amount_usd", amount.toString()}, {"coin", coin}},
                  QStringLiteral("deposit.created"));
    request.requestKey = creationKey(context, deposit->id);
    if (auto asked = context.send(std::move(request)); !asked)
        return failure(asked.error());
    return scheduleCheck(context, *deposit, context.now() + kTimeToCreate);
}

Result<Outcome> DepositFlow::created(const engine::Event &event, engine::Context &context) const
{
    const Json *request = core::member(event.payload, "request");
    auto deposit =
        lockDeposit(context.transaction(), request ? depositIdOf(*request) : DepositId{});
    if (!deposit)
        return failure(deposit.error());
    if (!*deposit || (*deposit)->state != State::Created)
        return Outcome::Ignored;
    const auto payment = dynopay::parseCreated(answerIn(event.payload));
    if (!payment)
        return handled(creationFailed(context, **deposit, payment.error()));
    return handled(applyCreated(context, **deposit, *payment));
}

/// The answer cannot be handled: the customer must not wait for an address that will not come.
Result<Outcome> DepositFlow::creationDied(const engine::Event &event,
                                          engine::Context &context) const
{
    const Json *request = core::member(event.payload, "request");
    auto deposit =
        lockDeposit(context.transaction(), request ? depositIdOf(*request) : DepositId{});
    if (!deposit)
        return failure(deposit.error());
    if (!*deposit || (*deposit)->state != State::Created)
        return Outcome::Ignored;
    return handled(creationFailed(context, **deposit, dynopay::ApiError()));
}

Result<void> DepositFlow::applyCreated(engine::Context &context, Deposit &deposit,
                                       const dynopay::CreatedPayment &payment) const
{
    const auto isKnown = isPaymentOfAnother(context.transaction(), payment.paymentId, deposit.id);
    if (!isKnown)
        return failure(isKnown.error());
    const auto coin = findCoin(deposit.coin);
    const auto expected = amountIn(payment.amount);
    const bool isOtherCoin = !payment.currency.isEmpty() && payment.currency != deposit.coin;
    const bool lacksTag = coin && coin->needsTag && payment.destinationTag.isEmpty();
    // What is shown would be paid to: rather no address than one where the money is lost.
    if (*isKnown || isOtherCoin || lacksTag || !expected) {
        qCCritical(lcDeposits) << "deposit" << deposit.id.value
                               << "got an address that cannot be shown:"
                               << (*isKnown      ? "of another deposit"
                                   : isOtherCoin ? "of another coin"
                                   : lacksTag    ? "no tag"
                                                 : "no amount");
        return creationFailed(context, deposit, dynopay::ApiError());
    }
    deposit.paymentId = payment.paymentId;
    deposit.address = payment.address;
    deposit.destinationTag = payment.destinationTag;
    deposit.expected = expected;
    deposit.expiresAt = context.now() + kTimeToPay;
    return showAddress(context, deposit);
}

Result<void> DepositFlow::showAddress(engine::Context &context, Deposit &deposit) const
{
    const auto customer = customerOf(context, deposit);
    if (!customer)
        return failure(customer.error());
    const auto sent = m_messenger.sendQrPicture(context, *customer, qrContent(deposit),
                                                addressMessage(deposit, int(kTimeToPay.count())));
    if (!sent)
        return failure(sent.error());
    deposit.statusMessage = *sent;
    if (auto moved = moveTo(context, deposit, State::AwaitingPayment); !moved)
        return moved;
    if (const auto due = nextCheck(deposit, context.now())) {
        if (auto scheduled = scheduleCheck(context, deposit, *due); !scheduled)
            return scheduled;
    }
    return scheduleCountdown(context, deposit);
}

Result<void> DepositFlow::creationFailed(engine::Context &context, Deposit &deposit,
                                         const dynopay::ApiError &error) const
{
    const auto customer = customerOf(context, deposit);
    if (!customer)
        return failure(customer.error());
    qCWarning(lcDeposits) << "deposit" << deposit.id.value
                          << "got no address:" << dynopay::name(error.refusal);
    deposit.note = QStringLiteral("no address: %1").arg(dynopay::name(error.refusal));
    // The next customer is not offered what will be refused again.
    const auto minimum = dynopay::minimumIn(error);
    if (auto learned = learnRefusal(context, deposit.coin, error.refusal, minimum); !learned)
        return learned;
    if (auto moved = moveTo(context, deposit, State::CreateFailed); !moved)
        return moved;
    return done(m_messenger.send(
        context, *customer,
        {.parts = {creationFailedText(error.refusal, minimum)}, .keyboard = walletKeyboard()}));
}

// --- Time ---------------------------------------------------------------------------------------

Result<Outcome> DepositFlow::check(const engine::Event &event, engine::Context &context) const
{
    auto found = lockDeposit(context.transaction(), depositIdOf(event.payload));
    if (!found)
        return failure(found.error());
    if (!*found || !isWatched(**found))
        return Outcome::Ignored;
    Deposit &deposit = **found;
    if (deposit.state == State::Created)
        return handled(creationFailed(context, deposit, dynopay::ApiError()));
    ++deposit.checks;
    const auto due = nextCheck(deposit, context.now());
    if (!due)
        return handled(giveUp(context, deposit));
    // The next look is set before anybody answers this one: an answer that is lost ends no watch.
    if (auto scheduled = scheduleCheck(context, deposit, *due); !scheduled)
        return failure(scheduled.error());
    if (auto saved = saveDeposit(context, deposit); !saved)
        return failure(saved.error());
    return handled(askProvider(context, deposit));
}

/// One look that cannot be handled must not end the watch.
Result<Outcome> DepositFlow::checkDied(const engine::Event &event, engine::Context &context) const
{
    auto found = lockDeposit(context.transaction(), depositIdOf(event.payload));
    if (!found)
        return failure(found.error());
    const auto due =
        *found && isWatched(**found) ? nextCheck(**found, context.now()) : std::nullopt;
    if (!due)
        return Outcome::Ignored;
    return handled(scheduleCheck(context, **found, *due));
}

/// Something was seen of a payment, but in all that time it was never settled.
Result<void> DepositFlow::giveUp(engine::Context &context, Deposit &deposit) const
{
    if (deposit.isUnsettled) {
        if (auto saved = saveDeposit(context, deposit); !saved)
            return saved;
        return reviewUnsettled(context, deposit, QStringLiteral("in all that time"));
    }
    switch (deposit.state) {
    case State::Detected:
    case State::Confirming:
    case State::Verifying:
        return review(context, deposit, State::MismatchReview,
                      QStringLiteral("seen, but the provider has not settled it in time"),
                      {"topup.review"_key});
    default: return saveDeposit(context, deposit);
    }
}

Result<Outcome> DepositFlow::countdown(const engine::Event &event, engine::Context &context) const
{
    auto found = lockDeposit(context.transaction(), depositIdOf(event.payload));
    if (!found)
        return failure(found.error());
    if (!*found || (*found)->state != State::AwaitingPayment || !(*found)->expiresAt)
        return Outcome::Ignored;
    Deposit &deposit = **found;
    const auto left = std::chrono::ceil<std::chrono::minutes>(*deposit.expiresAt - context.now());
    if (left <= 0min)
        return handled(moveTo(context, deposit, State::Expired));
    customers::Message message = addressMessage(deposit, int(left.count()));
    message.parts.push_back({"topup.status.waiting"_key, {}, int(left.count())});
    if (auto shown = showStatus(context, deposit, message); !shown)
        return failure(shown.error());
    return handled(scheduleCountdown(context, deposit));
}

Result<void> DepositFlow::scheduleCountdown(engine::Context &context, const Deposit &deposit) const
{
    return context.schedule({.key = countdownKey(deposit.id),
                             .dueAt = std::min(context.now() + kCountdownEvery, *deposit.expiresAt),
                             .kind = QStringLiteral("deposit.countdown"),
                             .lane = customers::laneOf(deposit.customer),
                             .payload = {{"v", 1}, {"deposit", deposit.id.value}}});
}

Result<void> DepositFlow::scheduleCheck(engine::Context &context, const Deposit &deposit,
                                        Timestamp due) const
{
    return context.schedule({.key = checkKey(deposit.id),
                             .dueAt = due,
                             .kind = QStringLiteral("deposit.check"),
                             .lane = customers::laneOf(deposit.customer),
                             .payload = {{"v", 1}, {"deposit", deposit.id.value}}});
}

// --- What every step uses -----------------------------------------------------------------------

Result<void> DepositFlow::askProvider(engine::Context &context, const Deposit &deposit,
                                      Question question, const QString &transaction) const
{
    if (question == Question::Status && !deposit.paymentId.isEmpty())
        return done(context.send(toDynopay(
            QStringLiteral("getPaymentStatus"), deposit.id, deposit.customer,
            {{"v", 1}, {"payment_id", deposit.paymentId}}, QStringLiteral("deposit.status"))));
    Json asked = {{"v", 1}, {"address", deposit.address}, {"by_address", true}};
    if (question == Question::Amount) {
        asked["for_amount"] = true;
        asked["transaction"] = transaction;
    }
    return done(
        context.send(toDynopay(QStringLiteral("getCryptoTransaction"), deposit.id, deposit.customer,
                               std::move(asked), QStringLiteral("deposit.status"))));
}

Result<void> DepositFlow::moveTo(engine::Context &context, Deposit &deposit, State state) const
{
    if (!mayFollow(deposit.state, state))
        return {}; // it would go backwards: the event is kept, and changes nothing
    deposit.state = state;
    if (!isWatched(deposit)) {
        if (auto gone = endWatch(context, deposit); !gone)
            return gone;
    }
    if (auto saved = saveDeposit(context, deposit); !saved)
        return saved;
    if (auto reviewed = reviewState(context, deposit); !reviewed)
        return reviewed;
    const auto text = statusText(state);
    return text ? showStatus(context, deposit, {.parts = {*text}}) : Result<void>();
}

Result<void> DepositFlow::endWatch(engine::Context &context, const Deposit &deposit) const
{
    for (const QString &timer : {checkKey(deposit.id), countdownKey(deposit.id)}) {
        if (auto gone = context.cancelTimer(timer); !gone)
            return gone;
    }
    return {};
}

Result<void> DepositFlow::showStatus(engine::Context &context, const Deposit &deposit,
                                     const customers::Message &message) const
{
    const auto customer = customerOf(context, deposit);
    if (!customer)
        return failure(customer.error());
    if (deposit.statusMessage.value == 0)
        return {};
    return m_messenger.editCaption(context, *customer, deposit.statusMessage, message);
}

Result<void> DepositFlow::tell(engine::Context &context, const Deposit &deposit,
                               const language::Text &text) const
{
    const auto customer = customerOf(context, deposit);
    if (!customer)
        return failure(customer.error());
    const auto sent =
        m_messenger.send(context, *customer, {.parts = {text}, .keyboard = walletKeyboard()});
    if (!sent)
        return failure(sent.error());
    return showStatus(context, deposit, {.parts = {text}});
}

} // namespace deposits
