#include "bot/history_dialog.h"

#include "bot/call_words.h"
#include "calls/call_problems.h"

namespace bot {

using namespace language::literals;
using calls::PastCall;

namespace {

constexpr int kCallsAPage = 8;
// A message holds 4,096 characters; the rest is for names, markup and line breaks.
constexpr qsizetype kTranscriptCharacters = 3000;
constexpr int kTranscriptMessagesMax = 5;

customers::Button backToList()
{
    return button("button.back"_key, QStringLiteral("menu:history"));
}

/// Long lines are cut, so that each part fits a message.
std::vector<language::Text> linesOf(const PastCall &call)
{
    std::vector<language::Text> lines;
    for (const PastCall::Line &line : call.transcript)
        lines.push_back(
            {line.isOurs ? "history.transcript.voice"_key : "history.transcript.person"_key,
             {{"words", line.words.left(kTranscriptCharacters)}}});
    return lines;
}

qsizetype lengthOf(const language::Text &line)
{
    return std::get<QString>(*line.arguments.find(QStringLiteral("words"))).size() + 20;
}

} // namespace

Result<bool> HistoryDialog::command(Turn &turn, const QString &name)
{
    return name == QLatin1String("history") ? taken(showList(turn, {})) : Result<bool>(false);
}

Result<bool> HistoryDialog::tap(Turn &turn, const Tap &tap)
{
    if (tap.action == QLatin1String("menu") && tap.argument == QLatin1String("history"))
        return taken(showList(turn, {}));
    if (tap.action != QLatin1String("history"))
        return false;
    const QString verb = tap.argument.section(u':', 0, 0);
    const calls::CallId id{tap.argument.section(u':', 1).toLongLong()};
    if (verb == QLatin1String("before"))
        return taken(showList(turn, id));
    const auto call = calls::findPastCall(turn.context.transaction(), turn.customer.id, id);
    if (!call)
        return failure(call.error());
    if (!*call)
        return false;
    if (verb == QLatin1String("show"))
        return taken(showCall(turn, **call));
    if (verb == QLatin1String("transcript"))
        return taken(showTranscript(turn, **call));
    return false;
}

Result<void> HistoryDialog::showList(Turn &turn, calls::CallId before) const
{
    const auto list =
        calls::listPastCalls(turn.context.transaction(), turn.customer.id, before, kCallsAPage + 1);
    if (!list)
        return failure(list.error());
    customers::Message message = {
        .parts = {{list->empty() ? "history.empty"_key : "history.title"_key}},
        .separator = QStringLiteral("\n")};
    const bool hasMore = list->size() > kCallsAPage;
    const size_t shown = std::min(list->size(), size_t(kCallsAPage));
    for (size_t i = 0; i < shown; ++i) {
        const PastCall &call = (*list)[i];
        message.parts.push_back({"history.line"_key,
                                 {{"time", call.askedAt},
                                  {"number", call.to},
                                  {"outcome", outcomeOf(call)},
                                  {"price", call.charged}}});
        message.keyboard.append(
            {dataButton(call.to + QStringLiteral(" · ") + call.scriptName.left(30),
                        QStringLiteral("history:show:%1").arg(call.id.value))});
    }
    if (hasMore)
        message.keyboard.append(
            {button("history.button.older"_key,
                    QStringLiteral("history:before:%1").arg((*list)[shown - 1].id.value))});
    message.keyboard.append({button("button.back"_key, QStringLiteral("menu:main"))});
    return turn.show(message);
}

Result<void> HistoryDialog::showCall(Turn &turn, const PastCall &call) const
{
    const QString id = QString::number(call.id.value);
    const QString duration =
        call.duration ? minutesAndSeconds(*call.duration) : QStringLiteral("0:00");
    customers::Message message = {.parts = {{"history.call"_key,
                                             {{"time", call.askedAt},
                                              {"number", call.to},
                                              {"script", call.scriptName},
                                              {"outcome", outcomeOf(call)},
                                              {"duration", duration},
                                              {"price", call.charged}}}}};
    if (!call.summary.isEmpty())
        message.parts.push_back({"history.summary"_key, {{"summary", call.summary.left(1200)}}});
    for (const PastCall::Answer &answer : call.answers)
        message.parts.push_back(
            {"history.answer"_key,
             {{"question", answer.question.left(80)}, {"answer", answer.answer.left(120)}}});
    if (!calls::isFinal(call.state))
        message.keyboard.append(
            {button("call.button.stop"_key, QStringLiteral("call:stop:") + id)});
    if (!call.transcript.isEmpty())
        message.keyboard.append(
            {button("history.button.transcript"_key, QStringLiteral("history:transcript:") + id)});
    const auto mayReport =
        calls::mayReport(turn.context.transaction(), turn.customer.id, call.id, turn.context.now());
    if (!mayReport)
        return failure(mayReport.error());
    if (*mayReport == calls::Reporting::Possible)
        message.keyboard.append(
            {button("history.button.problem"_key, QStringLiteral("problem:") + id)});
    if (calls::isFinal(call.state))
        message.keyboard.append(
            {button("history.button.again"_key, QStringLiteral("call:again:") + id)});
    message.keyboard.append({backToList()});
    return turn.show(message);
}

/// In as many messages as it takes, below the call.
Result<void> HistoryDialog::showTranscript(Turn &turn, const PastCall &call) const
{
    turn.tappedMessage.reset();
    customers::Message message = {.parts = {}, .separator = QStringLiteral("\n")};
    message.parts.push_back({"history.transcript.title"_key, {{"number", call.to}}});
    qsizetype used = 0;
    int sent = 0;
    for (const language::Text &line : linesOf(call)) {
        if (used + lengthOf(line) > kTranscriptCharacters && used > 0) {
            if (++sent == kTranscriptMessagesMax) {
                message.parts.push_back({"history.transcript.cut"_key});
                break;
            }
            if (auto shown = turn.show(message); !shown)
                return shown;
            message.parts.clear();
            used = 0;
        }
        used += lengthOf(line);
        message.parts.push_back(line);
    }
    message.keyboard = {{backToList()}};
    return turn.show(message);
}

} // namespace bot
