#include "bot/commands.h"

#include "providers/telegram/methods.h"

namespace bot {

using namespace language::literals;

namespace {

struct Command {
    const char *name;
    language::Key description;
};

const std::vector<Command> &commands()
{
    static const std::vector<Command> all = {
        {"start", "command.start"_key},       {"call", "command.call"_key},
        {"scripts", "command.scripts"_key},   {"history", "command.history"_key},
        {"stop", "command.stop"_key},         {"wallet", "command.wallet"_key},
        {"topup", "command.topup"_key},       {"plan", "command.plan"_key},
        {"language", "command.language"_key}, {"help", "command.help"_key},
        {"cancel", "command.cancel"_key},
    };
    return all;
}

} // namespace

Result<void> publishCommands(engine::Context &context, const language::Catalogue &catalogue)
{
    for (const language::Language &language : catalogue.languages()) {
        providers::telegram::SetMyCommands request;
        // English is for everybody whose language we do not have.
        request.languageCode = language.tag == QLatin1String("en") ? QString() : language.tag;
        for (const Command &command : commands()) {
            const auto description = catalogue.renderPlain({command.description}, language.tag);
            if (!description)
                return failure(description.error());
            request.commands.append({QString::fromLatin1(command.name), description->text});
        }
        auto parameters = providers::telegram::setMyCommands(request);
        if (!parameters)
            return failure(parameters.error());
        queue::NewMessage message;
        message.requestKey =
            QStringLiteral("commands:%1:%2").arg(language.tag, catalogue.version());
        message.method = QStringLiteral("setMyCommands");
        message.lane = QStringLiteral("commands");
        message.payload = {{"v", 1}, {"parameters", std::move(*parameters)}};
        if (auto sent = context.send(std::move(message)); !sent)
            return failure(sent.error());
    }
    return {};
}

} // namespace bot
