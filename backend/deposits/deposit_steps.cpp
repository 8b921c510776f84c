#include "deposits/deposit_steps.h"

#include "deposits/consistency.h"

Q_LOGGING_CATEGORY(lcDeposits, "deposits")

namespace deposits {

bool isOfMoney(const providers::dynopay::Status &status)
{
    using providers::dynopay::StatusClass;
    return status.statusClass == StatusClass::FinalPaid ||
           status.statusClass == StatusClass::SeenPaid ||
           status.statusClass == StatusClass::ProblemFunds;
}

bool isWatched(const Deposit &deposit)
{
    return !isFinal(deposit.state) || deposit.isUnsettled;
}

bool isAsAsked(const Deposit &deposit, const DepositRules &rules)
{
    return deposit.received && deposit.expected &&
           deposit.received->partsPerBillionOf(*deposit.expected) >=
               rules.tolerateFrom * kThousandth;
}

bool waitsForPerson(State state)
{
    return state == State::UnderpaidReview || state == State::LateReview ||
           state == State::MismatchReview || state == State::SettlementFailedHold;
}

void noteOtherPayment(Deposit &deposit, const providers::dynopay::Event &event)
{
    deposit.otherTxId = transactionOf(event);
    addNote(deposit, QStringLiteral("another payment came: %1 %2, transaction %3")
                         .arg(event.received().left(40), deposit.coin, deposit.otherTxId));
    qCCritical(lcDeposits) << "deposit" << deposit.id.value << "was paid more than once";
}

DepositId depositIdOf(const Json &object)
{
    return DepositId{core::integerMember(object, "deposit").value_or(0)};
}

providers::dynopay::ApiAnswer answerIn(const Json &payload)
{
    const Json *answer = core::member(payload, "answer");
    if (!answer)
        return {};
    return {.httpStatus = static_cast<int>(core::integerMember(*answer, "http").value_or(0)),
            .body = core::textMember(*answer, "body").value_or(QString()).toUtf8()};
}

QString paymentOf(const Deposit &deposit)
{
    return deposit.paymentId.isEmpty() ? QStringLiteral("addr:%1").arg(deposit.id.value)
                                       : deposit.paymentId;
}

Result<customers::Customer> customerOf(engine::Context &context, const Deposit &deposit)
{
    auto customer = customers::find(context.transaction(), deposit.customer);
    if (!customer)
        return failure(customer.error());
    if (!*customer)
        return failure(
            {.code = ErrorCode::Internal,
             .detail = QStringLiteral("deposit %1 has no customer").arg(deposit.id.value)});
    return **customer;
}

} // namespace deposits
