#include "verbs.h"

#include "assembly/backend_process.h"
#include "assembly/stop_signals.h"
#include "core/key_file.h"
#include "output.h"

#include <QCoreApplication>

namespace server {

int run(const Arguments &arguments, const core::Settings &settings, const Clock &clock)
{
    const auto key = core::readOrMakeKeyFile(settings.sealKeyFile);
    if (!key)
        return cannotRun(arguments.isJson, key.error());
    const auto database = assembly::DatabaseAccess::open(settings);
    if (!database)
        return cannotRun(arguments.isJson, database.error());
    if (const auto prepared = (*database)->prepare(*key); !prepared)
        return cannotRun(arguments.isJson, prepared.error());
    auto catalogue = language::Catalogue::load();
    if (!catalogue)
        return cannotRun(arguments.isJson, catalogue.error());

    const assembly::StopSignals signalsEndTheLoop;
    assembly::BackendProcess backend(settings, **database, *key, clock, *catalogue);
    if (auto started = backend.start(); !started)
        return cannotRun(arguments.isJson, started.error());
    // Scripts wait for this line: it stands when both ports answer.
    if (arguments.isJson)
        printJson({{"listening", backend.port()}, {"admin", backend.adminPort()}});
    else
        printLine(
            QStringLiteral("speechcad-server is ready: webhooks on port %1, health on port %2")
                .arg(backend.port())
                .arg(backend.adminPort()));
    std::fflush(stdout);
    const int status = QCoreApplication::exec();
    backend.stop();
    return status;
}

} // namespace server
