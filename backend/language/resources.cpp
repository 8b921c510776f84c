#include "language/resources.h"

#include <QDir>

/// Q_INIT_RESOURCE declares a global function, so it cannot stand inside a namespace. Without it
/// the linker would leave the resources out of a program that links this library.
static void linkResources()
{
    Q_INIT_RESOURCE(bot_translations);
}

namespace language {

QString embeddedFolder()
{
    linkResources();
    return QStringLiteral(":/translations/bot");
}

} // namespace language
