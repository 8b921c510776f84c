#pragma once

#include "api/backend.h"

namespace console {

/// Waits until the demo has something to show - calls that go on, a refund that waits - or the time
/// is up. Runs the event loop meanwhile.
void waitForScene(const api::Backend &backend);

} // namespace console
