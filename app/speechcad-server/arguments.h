#pragma once

#include <QHash>
#include <QStringList>

#include <optional>

namespace server {

/// Of the hash of a preview, to confirm it.
inline constexpr qsizetype kHashDigitsMin = 8;

/// 0 good, 1 found a problem, 2 bad usage, 3 cannot run.
enum ExitCode {
    Good = 0,
    FoundProblem = 1,
    BadUsage = 2,
    CannotRun = 3,
};

struct Arguments {
    QString verb; // "run", "ledger verify", ...
    bool isJson = false;
    bool isForced = false;     // webhook set --force
    QStringList operands = {}; // what follows the verb: a name, a number
    QHash<QString, QString> options =
        {}; // "reason" -> what stands behind --reason; a flag is empty

    [[nodiscard]] bool has(const char *option) const
    {
        return options.contains(QLatin1String(option));
    }
    [[nodiscard]] QString option(const char *name) const
    {
        return options.value(QLatin1String(name));
    }
};

/// What the words of the command line ask for; absent with a line on standard error: bad usage.
[[nodiscard]] std::optional<Arguments> readArguments(const QStringList &words);

} // namespace server
