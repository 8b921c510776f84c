#pragma once

#include <cstdio>
#include <cstdlib>

/// Always on, also in release: a wrong ledger must stop. It checks our own code, never input.
#define CORE_ASSERT(condition)                                                                     \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            std::fprintf(stderr, "%s:%d: assertion failed: %s\n", __FILE__, __LINE__, #condition); \
            std::abort();                                                                          \
        }                                                                                          \
    } while (false)
