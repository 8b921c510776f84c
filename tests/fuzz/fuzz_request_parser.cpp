#include "tests/fuzz/parser_properties.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *const fault =
        tests::parserFault(QByteArrayView(data, static_cast<qsizetype>(size)));
    if (fault != nullptr) {
        std::fprintf(stderr, "the parser let through: %s\n", fault);
        std::abort();
    }
    return 0;
}
