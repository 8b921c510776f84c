#pragma once

#include <QtGlobal>

#include <random>

namespace tests {

/// A number from the environment, or what is usual.
inline int setting(const char *name, int fallback)
{
    bool isNumber = false;
    const int value = qEnvironmentVariableIntValue(name, &isNumber);
    return isNumber ? value : fallback;
}

/// The moment of run number `index`: the same whatever other runs are asked for.
inline int momentOf(unsigned seedNumber, int index, int moments)
{
    std::seed_seq seed{seedNumber, static_cast<unsigned>(index)};
    std::mt19937 generator(seed);
    return 1 + static_cast<int>(generator() % static_cast<unsigned>(moments));
}

} // namespace tests
