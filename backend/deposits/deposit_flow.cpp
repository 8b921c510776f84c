#include "deposits/deposit_flow.h"

#include "deposits/coins.h"
#include "deposits/consistency.h"
#include "ledger/transfer.h"

#include <QLoggingCategory>

Q_LOGGING_CATEGORY(lcDeposits, "deposits")

namespace deposits {

using namespace language::literals;
using namespace std::chrono_literals;
using engine::Outcome;
namespace dynopay = providers::dynopay;

namespace {

constexpr std::chrono::minutes kTimeToPay = 15min; // DynoPay reserves the address for longer; this is what we promise
constexpr std::chrono::minutes kCountdownEvery = 5min;

QString laneOfDeposit(DepositId deposit) { return QStringLiteral("deposit:%1").arg(deposit.value); }

DepositId depositIdOf(const Json &object) { return DepositId{core::integerMember(object, "deposit").value_or(0)}; }

/// What delivery stored of DynoPay's answer: {"http": 200, "body": "..."}.
dynopay::ApiAnswer answerIn(const Json &payload)
{
    const Json *answer = core::member(payload, "answer");
    if (!answer)
        return {};
    return {.httpStatus = static_cast<int>(core::integerMember(*answer, "http").value_or(0)),
            .body = core::textMember(*answer, "body").value_or(QString()).toUtf8()};
}

queue::NewMessage toDynopay(const QString &method, DepositId deposit, CustomerId customer, Json payload, const QString &replyKind)
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

customers::Keyboard walletKeyboard()
{
    return {{{.label = language::Text{"menu.button.wallet"_key}, .data = QStringLiteral("menu:wallet")}}};
}

Result<customers::Customer> customerOf(engine::Context &context, const Deposit &deposit)
{
    auto customer = customers::find(context.transaction(), deposit.customer);
    if (!customer)
        return failure(customer.error());
    if (!*customer)
        return failure({.code = ErrorCode::Internal, .detail = QStringLiteral("deposit %1 has no customer").arg(deposit.id.value)});
    return **customer;
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
                    .handle = [this, step](const engine::Event &event, engine::Context &context) { return (this->*step)(event, context); }});
    };
    add("deposit.created", &DepositFlow::created);
    add("dynopay.webhook", &DepositFlow::webhook);
    add("deposit.status", &DepositFlow::statusAnswered);
    add("deposit.check", &DepositFlow::check);
    add("deposit.countdown", &DepositFlow::countdown);
}

Result<void> DepositFlow::begin(engine::Context &context, const customers::Customer &customer, Money amount, const QString &coin) const
{
    const auto deposit = insertDeposit(context, {.customer = customer.id, .coin = coin, .requested = amount});
    if (!deposit)
        return failure(deposit.error());
    if (auto noted = noteEvent(context, deposit->id, QStringLiteral("address asked for")); !noted)
        return noted;
    const auto asked = context.send(toDynopay(QStringLiteral("createPayment"), deposit->id, customer.id,
                                              {{"v", 1}, {"amount_usd", amount.toString()}, {"coin", coin}}, QStringLiteral("deposit.created")));
    if (!asked)
        return failure(asked.error());
    return {};
}

// --- DynoPay made the payment, or not -----------------------------------------------------------

Result<Outcome> DepositFlow::created(const engine::Event &event, engine::Context &context) const
{
    const Json *request = core::member(event.payload, "request");
    auto deposit = lockDeposit(context.transaction(), request ? depositIdOf(*request) : DepositId{});
    if (!deposit)
        return failure(deposit.error());
    if (!*deposit || (*deposit)->state != State::Created)
        return Outcome::Ignored;
    const auto payment = dynopay::parseCreated(answerIn(event.payload));
    const auto done = payment ? showAddress(context, **deposit, *payment) : creationFailed(context, **deposit, payment.error());
    if (!done)
        return failure(done.error());
    return Outcome::Handled;
}

Result<void> DepositFlow::showAddress(engine::Context &context, Deposit &deposit, const dynopay::CreatedPayment &payment) const
{
    const auto customer = customerOf(context, deposit);
    const auto coin = findCoin(deposit.coin);
    if (!customer || !coin)
        return failure(customer ? Error{.code = ErrorCode::Internal, .detail = QStringLiteral("unknown coin")} : customer.error());
    const auto expected = core::Decimal::parse(payment.amount);
    deposit.paymentId = payment.paymentId;
    deposit.address = payment.address;
    deposit.destinationTag = payment.destinationTag;
    deposit.expected = expected ? std::optional(*expected) : std::nullopt;
    deposit.expiresAt = context.now() + kTimeToPay;
    if (!deposit.expected || deposit.expected->isZero())
        return creationFailed(context, deposit, dynopay::ApiError{}); // no amount to send: as good as no answer

    customers::Message caption = {
        .parts = {language::Text{"topup.address"_key,
                                 {{"amount", deposit.requested},
                                  {"crypto_amount", deposit.expected->toString()},
                                  {"coin", coin->name},
                                  {"network", coin->network},
                                  {"address", deposit.address}},
                                 int(kTimeToPay.count())}},
        .keyboard = {{{.label = language::Text{"topup.button.copy_address"_key}, .copyText = deposit.address}}}};
    if (!deposit.destinationTag.isEmpty())
        caption.parts.push_back({"topup.address.tag"_key, {{"tag", deposit.destinationTag}}});
    const QString uri = coin->uriScheme.isEmpty() || !deposit.destinationTag.isEmpty()
                            ? deposit.address
                            : QStringLiteral("%1:%2?amount=%3").arg(coin->uriScheme, deposit.address, deposit.expected->toString());
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

Result<void> DepositFlow::creationFailed(engine::Context &context, Deposit &deposit, const dynopay::ApiError &error) const
{
    const auto customer = customerOf(context, deposit);
    if (!customer)
        return failure(customer.error());
    qCWarning(lcDeposits) << "deposit" << deposit.id.value << "got no address:" << dynopay::name(error.refusal) << error.httpStatus;
    deposit.note = QStringLiteral("no address: %1").arg(dynopay::name(error.refusal));
    if (auto moved = moveTo(context, deposit, State::CreateFailed); !moved)
        return moved;
    language::Text text{"topup.unavailable"_key};
    if (error.refusal == dynopay::Refusal::CoinUnavailable)
        text = language::Text{"topup.coin_unavailable"_key};
    const auto told = m_messenger.send(context, *customer, {.parts = {text}, .keyboard = walletKeyboard()});
    if (!told)
        return failure(told.error());
    return {};
}

// --- A webhook ----------------------------------------------------------------------------------

Result<Outcome> DepositFlow::webhook(const engine::Event &event, engine::Context &context) const
{
    const QByteArray route = QByteArray::fromHex(core::textMember(event.payload, "route").value_or(QString()).toLatin1());
    auto found = lockDepositByToken(context.transaction(), route);
    if (!found)
        return failure(found.error());
    if (!*found)
        return failure({.code = ErrorCode::Internal, .detail = QStringLiteral("a hook's token leads to no deposit")});
    Deposit &deposit = **found;
    deposit.lastWebhookAt = context.now();
    const Json *body = core::member(event.payload, "event");
    const auto told = body ? dynopay::readEvent(*body) : failure({.code = ErrorCode::BadInput, .detail = QStringLiteral("not JSON")});
    const QString contradiction = told ? contradictionIn(*told, deposit) : QStringLiteral("it cannot be read");
    if (told && told->isTest)
        return Outcome::Ignored;
    if (!contradiction.isEmpty()) {
        // The event waits for a person; the deposit keeps its state, so a forged event cannot freeze a good one.
        qCCritical(lcDeposits) << "deposit" << deposit.id.value << "got an event that does not match:" << contradiction;
        deposit.note = QStringLiteral("an event does not match: %1").arg(contradiction);
        if (auto noted = noteEvent(context, deposit.id, QStringLiteral("webhook refused"), contradiction); !noted)
            return failure(noted.error());
    } else if (auto applied = applyEvent(context, deposit, *told); !applied) {
        return failure(applied.error());
    }
    if (auto saved = saveDeposit(context, deposit); !saved)
        return failure(saved.error());
    return Outcome::Handled;
}

Result<void> DepositFlow::applyEvent(engine::Context &context, Deposit &deposit, const dynopay::Event &event) const
{
    const QString word = event.event.isEmpty() ? event.statusWord : event.event;
    if (auto noted = noteEvent(context, deposit.id, QStringLiteral("webhook ") + word.left(60)); !noted)
        return noted;
    if (isFinal(deposit.state))
        return {};
    if (deposit.paymentId.isEmpty() && event.originalPaymentId.isEmpty())
        deposit.paymentId = event.paymentId; // old deployments do not tell it at creation
    if (const auto received = core::Decimal::parse(event.received()); received && !received->isZero())
        deposit.received = *received;

    switch (event.status.statusClass) {
    case dynopay::StatusClass::Wait:
        if (event.statusWord == QLatin1String("pending") || event.event == QLatin1String("payment.pending"))
            return moveTo(context, deposit, State::Detected);
        return {};
    case dynopay::StatusClass::SeenPaid:
        return moveTo(context, deposit, State::Confirming);
    case dynopay::StatusClass::FinalPaid:
        if (auto moved = moveTo(context, deposit, State::Verifying); !moved)
            return moved;
        deposit.checks = 0;
        return askProvider(context, deposit);
    case dynopay::StatusClass::ProblemFunds:
        return applyFundsProblem(context, deposit, event.status.problem);
    case dynopay::StatusClass::Dead:
        return {}; // our own countdown expires it; a payment may still come
    case dynopay::StatusClass::Reversed:
        deposit.note = QStringLiteral("the provider says the payment was refunded");
        qCCritical(lcDeposits) << "deposit" << deposit.id.value << "was refunded by the provider";
        return {};
    case dynopay::StatusClass::Unknown:
        qCCritical(lcDeposits) << "deposit" << deposit.id.value << "has a status we do not know";
        return askProvider(context, deposit);
    }
    return {};
}

Result<void> DepositFlow::applyFundsProblem(engine::Context &context, Deposit &deposit, dynopay::FundsProblem problem) const
{
    if (problem == dynopay::FundsProblem::SettlementFailed) {
        deposit.note = QStringLiteral("received, but the provider could not forward it");
        return moveTo(context, deposit, State::SettlementFailedHold);
    }
    if (problem == dynopay::FundsProblem::Underpaid)
        deposit.note = QStringLiteral("the provider reports too little");
    return askProvider(context, deposit);
}

// --- The provider was asked ---------------------------------------------------------------------

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

Result<Outcome> DepositFlow::statusAnswered(const engine::Event &event, engine::Context &context) const
{
    const Json *request = core::member(event.payload, "request");
    auto found = request ? lockDeposit(context.transaction(), depositIdOf(*request)) : Result<std::optional<Deposit>>();
    if (!found)
        return failure(found.error());
    if (!*found || isFinal((*found)->state))
        return Outcome::Ignored;
    Deposit &deposit = **found;
    deposit.lastCheckAt = context.now();
    const bool byAddress = core::boolMember(*request, "by_address").value_or(false);
    const auto answer = answerIn(event.payload);
    const auto status = byAddress ? dynopay::parseCryptoTransaction(answer) : dynopay::parsePaymentStatus(answer);
    Result<void> done;
    if (status) {
        done = applyStatus(context, deposit, *status, byAddress);
    } else if (status.error().refusal == dynopay::Refusal::NotFound && !byAddress && !deposit.address.isEmpty()) {
        done = askProvider(context, deposit, true); // an older deployment knows payments by their address only
    } else {
        done = noteEvent(context, deposit.id, QStringLiteral("provider did not say"), dynopay::name(status.error().refusal));
    }
    if (!done)
        return failure(done.error());
    if (!isFinal(deposit.state)) {
        if (auto scheduled = scheduleCheck(context, deposit); !scheduled)
            return failure(scheduled.error());
    }
    ++deposit.checks;
    if (auto saved = saveDeposit(context, deposit); !saved)
        return failure(saved.error());
    return Outcome::Handled;
}

Result<void> DepositFlow::applyStatus(engine::Context &context, Deposit &deposit, const dynopay::PaymentStatus &status,
                                      bool byAddress) const
{
    if (auto noted = noteEvent(context, deposit.id, QStringLiteral("provider says ") + status.statusWord.left(40)); !noted)
        return noted;
    if (const QString contradiction = contradictionIn(status, deposit); !contradiction.isEmpty()) {
        deposit.note = contradiction;
        return moveTo(context, deposit, State::MismatchReview);
    }
    // An older deployment knows no "settled": a webhook that says paid and a chain that agrees are all it gives.
    const bool chainAgrees = byAddress && deposit.state == State::Verifying &&
                             (status.status.statusClass == dynopay::StatusClass::SeenPaid ||
                              status.status.statusClass == dynopay::StatusClass::ProblemFunds);
    if (status.isSettled() || chainAgrees) {
        deposit.received = smallerOf(deposit.received, status.amountReceived);
        return credit(context, deposit);
    }
    if (!deposit.received) {
        if (const auto seen = core::Decimal::parse(status.amountReceived); seen && !seen->isZero())
            deposit.received = *seen;
    }
    switch (status.status.statusClass) {
    case dynopay::StatusClass::SeenPaid:
        return moveTo(context, deposit, State::Confirming);
    case dynopay::StatusClass::ProblemFunds:
        if (status.status.problem == dynopay::FundsProblem::Underpaid)
            return moveTo(context, deposit, State::UnderpaidReview);
        return {};
    case dynopay::StatusClass::Wait:
        if (status.statusWord == QLatin1String("pending"))
            return moveTo(context, deposit, State::Detected);
        return {};
    case dynopay::StatusClass::FinalPaid:
    case dynopay::StatusClass::Dead:
    case dynopay::StatusClass::Reversed:
    case dynopay::StatusClass::Unknown:
        return {};
    }
    return {};
}

Result<void> DepositFlow::credit(engine::Context &context, Deposit &deposit) const
{
    const Decision decision = decide(m_rule, deposit.requested, deposit.expected, deposit.received);
    if (!decision.credit.isPositive()) {
        deposit.note = decision.verdict == Verdict::TooLittle ? QStringLiteral("too little arrived to credit it by rule")
                                                              : QStringLiteral("paid, but how much is not known");
        if (auto moved = moveTo(context, deposit, decision.verdict == Verdict::TooLittle ? State::UnderpaidReview : State::MismatchReview);
            !moved)
            return moved;
        return tellCredited(context, deposit, decision);
    }
    const QString payment = deposit.paymentId.isEmpty() ? QStringLiteral("addr:%1").arg(deposit.id.value) : deposit.paymentId;
    const auto transfer = ledger::creditDeposit(
        context.transaction(),
        {.customer = deposit.customer, .amount = decision.credit, .excess = decision.excess, .payment = payment}, context.cause(), context.now());
    if (!transfer)
        return failure(transfer.error());
    deposit.transfer = transfer->id;
    deposit.credited = decision.credit;
    deposit.note = decision.verdict == Verdict::Overpaid ? QStringLiteral("more than asked: %1 USD in suspense").arg(decision.excess.toString())
                 : decision.verdict == Verdict::Partial  ? QStringLiteral("less than asked: credited in proportion")
                                                         : QString();
    if (auto noted = noteEvent(context, deposit.id, QStringLiteral("credited"), decision.credit.toString() + QStringLiteral(" USD")); !noted)
        return noted;
    if (auto moved = moveTo(context, deposit, decision.verdict == Verdict::Overpaid ? State::OverpaidReview : State::Credited); !moved)
        return moved;
    for (const char *timer : {"check", "countdown"}) {
        if (auto gone = context.cancelTimer(QStringLiteral("deposit:%1:%2").arg(deposit.id.value).arg(QLatin1String(timer))); !gone)
            return gone;
    }
    return tellCredited(context, deposit, decision);
}

Result<void> DepositFlow::tellCredited(engine::Context &context, const Deposit &deposit, const Decision &decision) const
{
    const auto customer = customerOf(context, deposit);
    const auto balance = ledger::balanceOf(context.transaction(), deposit.customer);
    const auto coin = findCoin(deposit.coin);
    if (!customer || !balance)
        return failure(customer ? balance.error() : customer.error());
    const core::Decimal received = deposit.received.value_or(core::Decimal());
    const core::Decimal expected = deposit.expected.value_or(core::Decimal());
    const QString transfer = deposit.transfer ? QStringLiteral("T-%1").arg(deposit.transfer->value) : QString();
    const auto text = [&]() -> language::Text {
        switch (decision.verdict) {
        case Verdict::Full:
        case Verdict::UnknownSmall:
            return {"topup.credited"_key, {{"amount", decision.credit}, {"balance", balance->available}, {"transfer", transfer}}};
        case Verdict::Partial:
            return {"topup.underpaid_credited"_key,
                    {{"received", received}, {"coin", coin->name}, {"expected", expected}, {"amount", decision.credit},
                     {"balance", balance->available}, {"transfer", transfer}}};
        case Verdict::Overpaid:
            return {"topup.overpaid"_key,
                    {{"amount", decision.credit}, {"excess", decision.excess}, {"balance", balance->available}, {"transfer", transfer}}};
        case Verdict::TooLittle:
            return {"topup.underpaid"_key,
                    {{"received", received}, {"coin", coin->name}, {"expected", expected},
                     {"short", core::Decimal::distance(expected, received)}}};
        case Verdict::UnknownLarge:
            return {"topup.review"_key};
        }
        return {"topup.review"_key};
    }();
    // A new message, since an edit makes no notification.
    const auto told = m_messenger.send(context, *customer, {.parts = {text}, .keyboard = walletKeyboard()});
    if (!told)
        return failure(told.error());
    return showStatus(context, deposit, {text});
}

// --- Time ---------------------------------------------------------------------------------------

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
    auto scheduled = context.schedule({.key = QStringLiteral("deposit:%1:countdown").arg(deposit.id.value),
                                       .dueAt = std::min(context.now() + kCountdownEvery, *deposit.expiresAt),
                                       .kind = QStringLiteral("deposit.countdown"),
                                       .lane = customers::laneOf(deposit.customer),
                                       .payload = {{"v", 1}, {"deposit", deposit.id.value}}});
    if (!scheduled)
        return failure(scheduled.error());
    return Outcome::Handled;
}

Result<void> DepositFlow::askProvider(engine::Context &context, const Deposit &deposit, bool byAddress) const
{
    const bool useAddress = byAddress || deposit.paymentId.isEmpty();
    const auto asked = context.send(useAddress ? toDynopay(QStringLiteral("getCryptoTransaction"), deposit.id, deposit.customer,
                                                           {{"v", 1}, {"address", deposit.address}, {"by_address", true}},
                                                           QStringLiteral("deposit.status"))
                                               : toDynopay(QStringLiteral("getPaymentStatus"), deposit.id, deposit.customer,
                                                           {{"v", 1}, {"payment_id", deposit.paymentId}}, QStringLiteral("deposit.status")));
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
    case State::Detected: return showStatus(context, deposit, {language::Text{"topup.status.detected"_key}});
    case State::Confirming: return showStatus(context, deposit, {language::Text{"topup.status.confirming"_key}});
    case State::Verifying: return showStatus(context, deposit, {language::Text{"topup.status.checking"_key}});
    case State::Expired: return showStatus(context, deposit, {language::Text{"topup.status.expired"_key}});
    case State::SettlementFailedHold: return showStatus(context, deposit, {language::Text{"topup.provider_problem"_key}});
    case State::MismatchReview: return showStatus(context, deposit, {language::Text{"topup.review"_key}});
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

Result<void> DepositFlow::showStatus(engine::Context &context, const Deposit &deposit, std::vector<language::Text> parts) const
{
    const auto customer = customerOf(context, deposit);
    if (!customer)
        return failure(customer.error());
    if (deposit.statusMessage.value == 0)
        return {};
    return m_messenger.editCaption(context, *customer, deposit.statusMessage, {.parts = std::move(parts)});
}

} // namespace deposits
