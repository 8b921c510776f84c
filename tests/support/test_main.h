#pragma once

#include <QObject>

#include <functional>

namespace tests {

/// Puts a test class on the list of its executable. Use REGISTER_TEST in the .cpp file of the
/// class.
struct Registration {
    Registration(const char *file, std::function<QObject *()> make);
};

} // namespace tests

#define REGISTER_TEST(Class)                                                                       \
    static const tests::Registration registered##Class(__FILE__, [] { return new Class; })
