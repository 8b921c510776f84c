#pragma once

#include <sys/types.h>

namespace benchmarks {

/// Milliseconds that a PostgreSQL server and everything it has started have computed so far: what
/// something costs there even when others keep the processors busy.
[[nodiscard]] double serverProcessorMs(pid_t server);

} // namespace benchmarks
