#include "operator_session.h"
#include "output.h"
#include "verbs.h"

#include <algorithm>

namespace server {

QString inWords(const api::RefundPreview &preview, bool isNew)
{
    QStringList lines = {QStringLiteral("paid %1 USD, given back before %2, left %3")
                             .arg(preview.paid.toString(), preview.refunded.toString(),
                                  preview.refundable.toString())};
    for (const api::RefundEntry &entry : preview.entries) {
        QString line =
            QStringLiteral("  %1 %2 USD").arg(entry.account, -16).arg(entry.amount.toString(), 14);
        if (entry.before && entry.after)
            line += QStringLiteral("   %1 -> %2")
                        .arg(entry.before->toString(), entry.after->toString());
        lines << line;
    }
    lines << QStringLiteral("the customer will read (%1): %2")
                 .arg(preview.customerLanguage, preview.customerText)
          << QStringLiteral("in your language: %1").arg(preview.operatorText)
          << (preview.mayExecute ? QStringLiteral("you may do this; repeat it with --confirm %1")
                                       .arg(preview.hash.left(kHashDigitsMin))
              : isNew ? QStringLiteral("another person has to agree (%1): repeat it with --request")
                            .arg(preview.rule)
                      : QStringLiteral("others have to agree (%1)").arg(preview.rule));
    return lines.join(u'\n');
}

namespace {

/// "full" is what is left, "half" is of what was paid: only the server knows.
Result<Money> shareOf(OperatorSession &session, Json payload, bool isHalf)
{
    payload["amount"] = 1; // micro-dollar: only looked at
    const auto result = session.run("refund.preview", payload);
    if (!result)
        return failure(result.error());
    const auto preview = api::refundPreviewFromJson(result->answer);
    if (!preview)
        return Money::fromMicros(1); // nothing is left, and the server says so
    return isHalf ? std::min(preview->paid.timesRatioDown(1, 2), preview->refundable)
                  : preview->refundable;
}

int settle(const Arguments &arguments, OperatorSession &session, Json payload)
{
    if (arguments.has("request"))
        return report(arguments, session.run("refund.request", payload), [](const Json &answer) {
            return QStringLiteral("refund %1 waits for another person")
                .arg(core::integerMember(answer, "refund").value_or(0));
        });
    const auto looked = session.run("refund.preview", payload);
    const auto preview = looked ? api::refundPreviewFromJson(looked->answer)
                                : Result<api::RefundPreview>(failure(looked.error()));
    if (!preview || !arguments.has("confirm"))
        return report(arguments, looked, [&](const Json &) { return inWords(*preview, true); });
    if (!preview->hash.startsWith(arguments.option("confirm").toLower())) {
        printError(QStringLiteral("the figures are others now; look again"));
        return FoundProblem;
    }
    payload["hash"] = preview->hash;
    return report(arguments, runWithCode(arguments, session, "refund.execute", payload),
                  [](const Json &answer) {
                      return QStringLiteral("refund %1 is done: transfer T-%2")
                          .arg(core::integerMember(answer, "refund").value_or(0))
                          .arg(core::integerMember(answer, "transfer").value_or(0));
                  });
}

/// What is refunded, as the member of the command that names it: a call by its number, a plan by
/// what paid it.
std::optional<Json> thingIn(const QString &word)
{
    const bool isPayment = word.startsWith(QLatin1String("T-"), Qt::CaseInsensitive);
    bool isNumber = false;
    const qint64 number = (isPayment ? word.mid(2) : word).toLongLong(&isNumber);
    if (!isNumber)
        return std::nullopt;
    return Json{{isPayment ? "payment" : "call", number}};
}

} // namespace

int refund(const Arguments &arguments, const core::Settings &settings)
{
    const auto thing = thingIn(arguments.operands[0]);
    const bool isHalf = arguments.operands[1] == QLatin1String("half");
    const bool isShare = isHalf || arguments.operands[1] == QLatin1String("full");
    auto amount = isShare ? Result<Money>(Money()) : Money::parse(arguments.operands[1]);
    if (!thing || !amount)
        return misused(
            QStringLiteral("refund CALL AMOUNT: the call's number, or T- and that of what paid a "
                           "plan; and USD such as 1.50, \"half\" or \"full\""));
    const QStringList reasons =
        thing->contains("payment") ? api::planRefundReasons() : api::refundReasons();
    if (!reasons.contains(arguments.option("reason")))
        return misused(QStringLiteral("--reason is one of ") + reasons.join(QStringLiteral(", ")));
    if (arguments.has("confirm") && arguments.option("confirm").size() < kHashDigitsMin)
        return misused(QStringLiteral("--confirm needs the first 8 digits of the preview's hash"));

    auto session = OperatorSession::openSignedIn(arguments, settings);
    if (!session)
        return cannotRun(arguments.isJson, session.error());
    Json payload = *thing;
    payload["v"] = 1;
    payload["reason"] = arguments.option("reason");
    payload["note"] = arguments.option("note");
    if (isShare)
        amount = shareOf(**session, payload, isHalf);
    if (!amount)
        return cannotRun(arguments.isJson, amount.error());
    payload["amount"] = amount->micros();
    return settle(arguments, **session, std::move(payload));
}

} // namespace server
