#include "api/deposit_reviews.h"
#include "operator_session.h"
#include "output.h"
#include "verbs.h"

namespace server {

namespace {

QString orNothing(const QString &text)
{
    return text.isEmpty() ? QStringLiteral("-") : text;
}

QString inWords(const api::ReviewPreview &preview)
{
    QStringList lines = {
        QStringLiteral("asked %1 USD, credited before %2, in suspense %3; this gives %4")
            .arg(preview.asked.toString(), preview.credited.toString(),
                 preview.inSuspense.toString(), preview.amount.toString()),
        QStringLiteral("the deposit is %1 and will be %2")
            .arg(orNothing(preview.stateBefore), orNothing(preview.stateAfter))};
    for (const api::RefundEntry &entry : preview.entries) {
        QString line =
            QStringLiteral("  %1 %2 USD").arg(entry.account, -16).arg(entry.amount.toString(), 14);
        if (entry.before && entry.after)
            line += QStringLiteral("   %1 -> %2")
                        .arg(entry.before->toString(), entry.after->toString());
        lines << line;
    }
    if (!preview.customerText.isEmpty())
        lines << QStringLiteral("the customer will read (%1): %2")
                     .arg(preview.customerLanguage, preview.customerText)
              << QStringLiteral("in your language: %1").arg(preview.operatorText);
    const QString confirm =
        QStringLiteral("repeat it with --confirm %1").arg(preview.hash.left(kHashDigitsMin));
    if (preview.mayExecute)
        lines << QStringLiteral("you may do this: ") + confirm;
    else if (preview.needsSecondPerson)
        lines << QStringLiteral("another person has to agree (%1); to ask for it, %2")
                     .arg(preview.rule, confirm);
    else
        lines << QStringLiteral("you may not do this (%1)").arg(preview.rule);
    return lines.join(u'\n');
}

QString doneWords(const Json &answer)
{
    const auto review = core::integerMember(answer, "review").value_or(0);
    if (core::boolMember(answer, "waits").value_or(false))
        return QStringLiteral("review %1 waits for another person, who confirms it with deposit "
                              "match --review %1")
            .arg(review);
    const auto transfer = core::integerMember(answer, "transfer");
    return transfer
               ? QStringLiteral("review %1 is settled: transfer T-%2").arg(review).arg(*transfer)
               : QStringLiteral("review %1 is settled; no money was moved").arg(review);
}

/// As commands have it: "accept-part" is "accept_part".
QString actionOf(const Arguments &arguments)
{
    return arguments.verb.section(u' ', 1).replace(u'-', u'_');
}

/// Empty: `payload` has all that the words say. Else what is wrong with them.
QString readMatch(const Arguments &arguments, Json &payload)
{
    for (const char *option : {"review", "customer"}) {
        bool isNumber = true;
        const qint64 value = arguments.option(option).toLongLong(&isNumber);
        if (arguments.has(option) && !isNumber)
            return QStringLiteral("--%1 is a number").arg(QLatin1String(option));
        if (arguments.has(option))
            payload[option] = value;
    }
    if (arguments.has("amount")) {
        const auto amount = Money::parse(arguments.option("amount"));
        if (!amount)
            return QStringLiteral("--amount is USD such as 12.50");
        payload["amount"] = amount->micros();
    }
    if (arguments.has("payment"))
        payload["payment"] = arguments.option("payment");
    return arguments.has("review") || arguments.has("customer")
               ? QString()
               : QStringLiteral("deposit match names a --review, or a --customer with --amount "
                                "and --payment");
}

QString readDecision(const Arguments &arguments, Json &payload)
{
    if (arguments.verb == QLatin1String("deposit match"))
        return readMatch(arguments, payload);
    bool isNumber = false;
    payload["review"] = arguments.operands.first().toLongLong(&isNumber);
    if (!isNumber)
        return QStringLiteral("a review is named by its number: see deposit list");
    if (arguments.operands.size() < 2)
        return {};
    const auto amount = Money::parse(arguments.operands[1]);
    if (!amount)
        return QStringLiteral("an amount is USD such as 12.50");
    payload["amount"] = amount->micros();
    return {};
}

} // namespace

int depositDecide(const Arguments &arguments, const core::Settings &settings)
{
    const QString action = actionOf(arguments);
    Json payload = {{"v", 1}, {"action", action}, {"reason", arguments.option("reason")}};
    if (const QString wrong = readDecision(arguments, payload); !wrong.isEmpty())
        return misused(wrong);
    if (arguments.option("reason").trimmed().isEmpty())
        return misused(QStringLiteral("--reason says why"));
    if (arguments.has("confirm") && arguments.option("confirm").size() < kHashDigitsMin)
        return misused(QStringLiteral("--confirm needs the first 8 digits of the preview's hash"));
    auto session = OperatorSession::openSignedIn(arguments, settings);
    if (!session)
        return cannotRun(arguments.isJson, session.error());
    const auto looked = (*session)->run("deposit.preview", payload);
    const auto preview = looked ? api::reviewPreviewFromJson(looked->answer)
                                : Result<api::ReviewPreview>(failure(looked.error()));
    if (!preview || !arguments.has("confirm"))
        return report(arguments, looked, [&](const Json &) { return inWords(*preview); });
    if (!preview->hash.startsWith(arguments.option("confirm").toLower())) {
        printError(QStringLiteral("the figures are others now; look again"));
        return FoundProblem;
    }
    payload["hash"] = preview->hash;
    payload.erase("action");
    const QByteArray kind = "deposit." + action.toLatin1();
    return report(arguments, runWithCode(arguments, **session, kind.constData(), payload),
                  doneWords);
}

int depositSwitch(const Arguments &arguments, const core::Settings &settings)
{
    if (arguments.option("reason").trimmed().isEmpty())
        return misused(QStringLiteral("--reason says why"));
    auto session = OperatorSession::openSignedIn(arguments, settings);
    if (!session)
        return cannotRun(arguments.isJson, session.error());
    const bool isPause = arguments.verb == QLatin1String("deposit pause");
    const Json payload = {
        {"v", 1}, {"coin", arguments.operands.first()}, {"reason", arguments.option("reason")}};
    return report(arguments,
                  (*session)->run(isPause ? "deposits.pause" : "deposits.resume", payload),
                  [&](const Json &answer) {
                      return QStringLiteral("%1 is %2")
                          .arg(core::textMember(answer, "coin").value_or(QString()),
                               isPause ? QStringLiteral("not taken any more")
                                       : QStringLiteral("taken again"));
                  });
}

} // namespace server
