#include "bot/problem_dialog.h"

namespace bot {

using namespace language::literals;
using calls::Reporting;

namespace {

const QString kDialog = QStringLiteral("problem");

language::Key labelOf(const QString &reason)
{
    if (reason == QLatin1String("bad_audio"))
        return "problem.reason.bad_audio"_key;
    if (reason == QLatin1String("ai_malfunction"))
        return "problem.reason.ai_malfunction"_key;
    if (reason == QLatin1String("not_answered_but_charged"))
        return "problem.reason.not_answered_but_charged"_key;
    if (reason == QLatin1String("overcharged"))
        return "problem.reason.overcharged"_key;
    return "problem.reason.other"_key;
}

language::Key wordsFor(Reporting reporting)
{
    switch (reporting) {
    case Reporting::Possible: return "problem.thanks"_key;
    case Reporting::AlreadyDone: return "problem.already"_key;
    case Reporting::TooLate: return "problem.too_late"_key;
    case Reporting::NothingPaid: return "problem.nothing_paid"_key;
    }
    return "problem.nothing_paid"_key;
}

customers::Button backTo(calls::CallId call)
{
    return button("button.back"_key, QStringLiteral("history:show:%1").arg(call.value));
}

} // namespace

Result<bool> ProblemDialog::tap(Turn &turn, const Tap &tap)
{
    if (tap.action != kDialog)
        return false;
    const calls::CallId id{tap.argument.section(u':', 0, 0).toLongLong()};
    const QString reason = tap.argument.section(u':', 1);
    const auto call = calls::findPastCall(turn.context.transaction(), turn.customer.id, id);
    if (!call)
        return failure(call.error());
    if (!*call)
        return false;
    if (reason.isEmpty())
        return taken(ask(turn, **call));
    if (!calls::problemReasons().contains(reason))
        return false;
    if (reason == calls::problemReasons().last())
        return taken(askForWords(turn, id));
    return taken(report(turn, {.call = id, .customer = turn.customer.id, .reason = reason}));
}

Result<bool> ProblemDialog::typed(Turn &turn, const Conversation &conversation,
                                  const QString &words)
{
    if (conversation.dialog != kDialog)
        return false;
    const calls::CallId id{core::integerMember(conversation.data, "call").value_or(0)};
    if (words.trimmed().isEmpty() || words.size() > calls::kProblemWordsMax)
        return taken(askForWords(turn, id));
    if (auto left = saveConversation(turn, {}); !left)
        return failure(left.error());
    return taken(report(turn, {.call = id,
                               .customer = turn.customer.id,
                               .reason = calls::problemReasons().last(),
                               .words = words}));
}

Result<void> ProblemDialog::ask(Turn &turn, const calls::PastCall &call) const
{
    if (auto left = saveConversation(turn, {}); !left) // nothing typed belongs to it any more
        return left;
    const auto may =
        calls::mayReport(turn.context.transaction(), turn.customer.id, call.id, turn.context.now());
    if (!may)
        return failure(may.error());
    if (*may != Reporting::Possible)
        return turn.show({.parts = {{wordsFor(*may)}}, .keyboard = {{backTo(call.id)}}});
    customers::Message message = {
        .parts = {{"problem.ask"_key,
                   {{"number", call.to}, {"time", call.askedAt}, {"price", call.charged}}}}};
    for (const QString &reason : calls::problemReasons())
        message.keyboard.append(
            {button(labelOf(reason),
                    QStringLiteral("problem:%1:%2").arg(QString::number(call.id.value), reason))});
    message.keyboard.append({backTo(call.id)});
    return turn.show(message);
}

Result<void> ProblemDialog::askForWords(Turn &turn, calls::CallId call) const
{
    if (auto saved = saveConversation(turn, {.dialog = kDialog, .data = {{"call", call.value}}});
        !saved)
        return saved;
    return turn.show(
        {.parts = {{"problem.words"_key,
                    {{"characters", QString::number(calls::kProblemWordsMax)}}}},
         .keyboard = {{button("button.back"_key, QStringLiteral("problem:%1").arg(call.value))}}});
}

Result<void> ProblemDialog::report(Turn &turn, const calls::Problem &problem) const
{
    const auto done = calls::report(turn.context, problem);
    if (!done)
        return failure(done.error());
    return turn.show({.parts = {{wordsFor(*done)}}, .keyboard = {{backTo(problem.call)}}});
}

} // namespace bot
