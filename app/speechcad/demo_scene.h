#pragma once

#include "api/backend.h"

namespace console {

/// Waits until the demo has something to show - some deposits, one of them credited - or the time
/// is up. Runs the event loop meanwhile.
void waitForScene(const api::Backend &backend);

} // namespace console
