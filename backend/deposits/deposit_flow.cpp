#include "deposits/deposit_flow.h"

#include "deposits/coins.h"
#include "deposits/consistency.h"
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

QString laneOfDeposit(DepositId deposit)
{
    return QStringLiteral("deposit:%1").arg(deposit.value);
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

} // namespace

DepositFlow::DepositFlow(const customers::Messenger &messenger, Rule rule)
    : m_messenger(messenger)
    , m_rule(rule)
{
}

void DepositFlow::addRoutes(engine::RoutingTable &routes) const
{
    const auto add = [&](const char *kind, auto step) {
        routes.add({.kind = QString::fromLatin1(kind),
                    .order = engine::Order::Free,
                    .handle = [this, step](const engine::Event &event, engine::Context &context) {
                        return (this->*step)(event, context);
                    }});
    };
    add("deposit.created", &DepositFlow::created);
    add("dynopay.webhook", &DepositFlow::webhook);
    add("deposit.status", &DepositFlow::statusAnswered);
    add("deposit.check", &DepositFlow::check);
    add("deposit.countdown", &DepositFlow::countdown);
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
    const auto asked =
        context.send(toDynopay(QStringLiteral("createPayment"), deposit->id, customer.id,
                               {{"v", 1}, {"amount_usd", amount.toString()}, {"coin", coin}},
                               QStringLiteral("deposit.created")));
    if (!asked)
        return failure(asked.error());
    return {};
}

// --- DynoPay made the payment, or not -----------------------------------------------------------

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
    const auto done = payment ? showAddress(context, **deposit, *payment)
                              : creationFailed(context, **deposit, payment.error());
    if (!done)
        return failure(done.error());
    return Outcome::Handled;
}

Result<void> DepositFlow::showAddress(engine::Context &context, Deposit &deposit,
                                      const dynopay::CreatedPayment &payment) const
{
    const auto customer = customerOf(context, deposit);
    const auto coin = findCoin(deposit.coin);
    if (!customer || !coin)
        return failure(
            customer ? Error{.code = ErrorCode::Internal, .detail = QStringLiteral("unknown coin")}
                     : customer.error());
    const auto expected = core::Decimal::parse(payment.amount);
    deposit.paymentId = payment.paymentId;
    deposit.address = payment.address;
    deposit.destinationTag = payment.destinationTag;
    deposit.expected = expected ? std::optional(*expected) : std::nullopt;
    deposit.expiresAt = context.now() + kTimeToPay;
    if (!deposit.expected || deposit.expected->isZero())
        return creationFailed(context, deposit,
                              dynopay::ApiError{}); // no amount to send: as good as no answer

    customers::Message caption = {
        .parts = {language::Text{"topup.address"_key,
                                 {{"amount", deposit.requested},
                                  {"crypto_amount", deposit.expected->toString()},
                                  {"coin", coin->name},
                                  {"network", coin->network},
                                  {"address", deposit.address}},
                                 int(kTimeToPay.count())}},
        .keyboard = {{{.label = language::Text{"topup.button.copy_address"_key},
                       .copyText = deposit.address}}}};
    if (!deposit.destinationTag.isEmpty())
        caption.parts.push_back({"topup.address.tag"_key, {{"tag", deposit.destinationTag}}});
    const QString uri =
        coin->uriScheme.isEmpty() || !deposit.destinationTag.isEmpty()
            ? deposit.address
            : QStringLiteral("%1:%2?amount=%3")
                  .arg(coin->uriScheme, deposit.address, deposit.expected->toString());
    const auto sent = m_messenger.sendQrPicture(context, *customer, uri, caption);
    if (!sent)
        return failure(sent.error());
    deposit.statusMessage = *sent;
    if (auto moved = moveTo(context, deposit, State::AwaitingPayment); !moved)
        return moved;
    if (auto scheduled = scheduleCheck(context, deposit); !scheduled)
        return scheduled;
    return context.schedule({.key = QStringLiteral("deposit:%1:countdown").arg(deposit.id.value),
                             .dueAt = context.now() + kCountdownEvery,
                             .kind = QStringLiteral("deposit.countdown"),
                             .lane = customers::laneOf(deposit.customer),
                             .payload = {{"v", 1}, {"deposit", deposit.id.value}}});
}

Result<void> DepositFlow::creationFailed(engine::Context &context, Deposit &deposit,
                                         const dynopay::ApiError &error) const
{
    const auto customer = customerOf(context, deposit);
    if (!customer)
        return failure(customer.error());
    qCWarning(lcDeposits) << "deposit" << deposit.id.value
                          << "got no address:" << dynopay::name(error.refusal) << error.httpStatus;
    deposit.note = QStringLiteral("no address: %1").arg(dynopay::name(error.refusal));
    if (auto moved = moveTo(context, deposit, State::CreateFailed); !moved)
        return moved;
    language::Text text{"topup.unavailable"_key};
    if (error.refusal == dynopay::Refusal::CoinUnavailable)
        text = language::Text{"topup.coin_unavailable"_key};
    const auto told =
        m_messenger.send(context, *customer, {.parts = {text}, .keyboard = walletKeyboard()});
    if (!told)
        return failure(told.error());
    return {};
}

// --- Time, and what every step uses -------------------------------------------------------------

Result<Outcome> DepositFlow::check(const engine::Event &event, engine::Context &context) const
{
    auto deposit = lockDeposit(context.transaction(), depositIdOf(event.payload));
    if (!deposit)
        return failure(deposit.error());
    if (!*deposit || isFinal((*deposit)->state))
        return Outcome::Ignored;
    if (auto asked = askProvider(context, **deposit); !asked)
        return failure(asked.error());
    return Outcome::Handled;
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
    if (left <= 0min) {
        if (auto moved = moveTo(context, deposit, State::Expired); !moved)
            return failure(moved.error());
        return Outcome::Handled;
    }
    const auto customer = customerOf(context, deposit);
    const auto coin = findCoin(deposit.coin);
    if (!customer)
        return failure(customer.error());
    auto shown = showStatus(context, deposit,
                            {language::Text{"topup.address"_key,
                                            {{"amount", deposit.requested},
                                             {"crypto_amount", deposit.expected->toString()},
                                             {"coin", coin->name},
                                             {"network", coin->network},
                                             {"address", deposit.address}},
                                            int(left.count())},
                             language::Text{"topup.status.waiting"_key, {}, int(left.count())}});
    if (!shown)
        return failure(shown.error());
    auto scheduled =
        context.schedule({.key = QStringLiteral("deposit:%1:countdown").arg(deposit.id.value),
                          .dueAt = std::min(context.now() + kCountdownEvery, *deposit.expiresAt),
                          .kind = QStringLiteral("deposit.countdown"),
                          .lane = customers::laneOf(deposit.customer),
                          .payload = {{"v", 1}, {"deposit", deposit.id.value}}});
    if (!scheduled)
        return failure(scheduled.error());
    return Outcome::Handled;
}

Result<void> DepositFlow::askProvider(engine::Context &context, const Deposit &deposit,
                                      bool byAddress) const
{
    const bool useAddress = byAddress || deposit.paymentId.isEmpty();
    const auto asked = context.send(
        useAddress ? toDynopay(QStringLiteral("getCryptoTransaction"), deposit.id, deposit.customer,
                               {{"v", 1}, {"address", deposit.address}, {"by_address", true}},
                               QStringLiteral("deposit.status"))
                   : toDynopay(QStringLiteral("getPaymentStatus"), deposit.id, deposit.customer,
                               {{"v", 1}, {"payment_id", deposit.paymentId}},
                               QStringLiteral("deposit.status")));
    if (!asked)
        return failure(asked.error());
    return {};
}

Result<void> DepositFlow::scheduleCheck(engine::Context &context, const Deposit &deposit) const
{
    const auto due = nextCheck(deposit, context.now());
    if (!due)
        return {};
    return context.schedule({.key = QStringLiteral("deposit:%1:check").arg(deposit.id.value),
                             .dueAt = *due,
                             .kind = QStringLiteral("deposit.check"),
                             .lane = customers::laneOf(deposit.customer),
                             .payload = {{"v", 1}, {"deposit", deposit.id.value}}});
}

Result<void> DepositFlow::moveTo(engine::Context &context, Deposit &deposit, State state) const
{
    if (!mayFollow(deposit.state, state))
        return {}; // it would go backwards: the event is kept, and changes nothing
    deposit.state = state;
    if (auto saved = saveDeposit(context, deposit); !saved)
        return saved;
    switch (state) {
    case State::Detected:
        return showStatus(context, deposit, {language::Text{"topup.status.detected"_key}});
    case State::Confirming:
        return showStatus(context, deposit, {language::Text{"topup.status.confirming"_key}});
    case State::Verifying:
        return showStatus(context, deposit, {language::Text{"topup.status.checking"_key}});
    case State::Expired:
        return showStatus(context, deposit, {language::Text{"topup.status.expired"_key}});
    case State::SettlementFailedHold:
        return showStatus(context, deposit, {language::Text{"topup.provider_problem"_key}});
    case State::MismatchReview:
        return showStatus(context, deposit, {language::Text{"topup.review"_key}});
    case State::LateReview: return showStatus(context, deposit, {language::Text{"topup.late"_key}});
    case State::Created:
    case State::CreateFailed:
    case State::AwaitingPayment:
    case State::Credited:
    case State::UnderpaidReview:
    case State::OverpaidReview:
    case State::Reversed:
    case State::WrittenOff: return {};
    }
    return {};
}

Result<void> DepositFlow::showStatus(engine::Context &context, const Deposit &deposit,
                                     std::vector<language::Text> parts) const
{
    const auto customer = customerOf(context, deposit);
    if (!customer)
        return failure(customer.error());
    if (deposit.statusMessage.value == 0)
        return {};
    return m_messenger.editCaption(context, *customer, deposit.statusMessage,
                                   {.parts = std::move(parts)});
}

} // namespace deposits
