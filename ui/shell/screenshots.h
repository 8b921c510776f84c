#pragma once

#include "api/backend.h"
#include "ui/support/theme.h"

#include <QString>

namespace ui {

/// Shows the window at 1440x900 and writes a picture of each page in light and dark, with and
/// without its drawer: deposits-light.png, deposits-drawer-light.png, ... False when the data of a
/// page did not come in time or a file could not be written; the rest is written all the same.
[[nodiscard]] bool writeScreenshots(const api::Backend &backend, Themes &themes,
                                    const QString &directory);

} // namespace ui
