#pragma once

#include "arguments.h"
#include "core/json.h"

#include <cstdio>

namespace server {

inline void printLine(const QString &line)
{
    std::printf("%s\n", qUtf8Printable(line));
}
inline void printError(const QString &line)
{
    std::fprintf(stderr, "speechcad-server: %s\n", qUtf8Printable(line));
}
inline void printJson(const Json &json)
{
    std::printf("%s\n", core::toBytes(json).constData());
}

/// Says what is wrong with how a verb was called.
[[nodiscard]] inline int misused(const QString &why)
{
    printError(why);
    return BadUsage;
}

/// Says why a verb cannot run, on standard error and with --json also as an object.
inline int cannotRun(bool isJson, const Error &error)
{
    printError(error.detail);
    if (isJson)
        printJson({{"error", QString(core::name(error.code))}, {"detail", error.detail}});
    return 3;
}

} // namespace server
