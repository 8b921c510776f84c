#include "deposits/deposit_steps.h"

Q_LOGGING_CATEGORY(lcDeposits, "deposits")

namespace deposits {

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
