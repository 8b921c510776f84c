#include "arguments.h"

#include <cstdio>
#include <optional>

namespace server {

namespace {

const char *const kUsage =
    "usage: speechcad-server [VERB] [--json]\n"
    "\n"
    "  run                  serve webhooks, handle, deliver (the default)\n"
    "  status               what waits and whether the books balance\n"
    "  doctor               check settings, database, key file and translations\n"
    "  migrate              bring the database to this version\n"
    "  ledger verify        recompute every balance and chain\n"
    "  translations check   find missing and broken texts\n"
    "  webhook set [--force] tell Telegram where updates go\n"
    "\n"
    "Settings come from the environment or speechcad.ini; see the README.\n"
    "Exit status: 0 good, 1 found a problem, 2 bad usage, 3 cannot run.\n";

const QStringList &verbs()
{
    static const QStringList all = {
        QStringLiteral("run"),           QStringLiteral("status"),
        QStringLiteral("doctor"),        QStringLiteral("migrate"),
        QStringLiteral("ledger verify"), QStringLiteral("translations check"),
        QStringLiteral("webhook set"),   QStringLiteral("help")};
    return all;
}

} // namespace

std::optional<Arguments> readArguments(const QStringList &words)
{
    Arguments arguments;
    QStringList verb;
    for (const QString &word : words) {
        if (word == QLatin1String("--json"))
            arguments.isJson = true;
        else if (word == QLatin1String("--force"))
            arguments.isForced = true;
        else if (word == QLatin1String("--help") || word == QLatin1String("-h"))
            verb = QStringList{QStringLiteral("help")};
        else
            verb << word;
    }
    arguments.verb = verb.isEmpty() ? QStringLiteral("run") : verb.join(u' ');
    if (arguments.verb == QLatin1String("help")) {
        std::fputs(kUsage, stdout);
        return arguments;
    }
    if (!verbs().contains(arguments.verb)) {
        std::fprintf(stderr, "speechcad-server: there is no verb \"%s\"\n\n%s",
                     qUtf8Printable(arguments.verb), kUsage);
        return std::nullopt;
    }
    return arguments;
}

} // namespace server
