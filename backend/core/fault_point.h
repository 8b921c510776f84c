#pragma once

#include <QByteArray>

namespace core {

/// A place where a test may end the process as a power cut would (SIGKILL). In shipped builds it is
/// nothing. SPEECHCAD_KILL_AT=<n> ends the process at the n-th pass of any point;
/// SPEECHCAD_KILL_AT=<name>:<n> counts only that one. With SPEECHCAD_FAULT_COUNT=<file> the passes
/// so far are written there at exit.
#ifdef SPEECHCAD_TESTING
void faultPoint(const char *name);
#else
inline void faultPoint(const char *) {}
#endif

} // namespace core
