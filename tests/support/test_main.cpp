#include "tests/support/test_main.h"

#ifdef QT_WIDGETS_LIB
#include <QApplication>
#else
#include <QCoreApplication>
#endif
#include <QFileInfo>
#include <QTest>

#include <algorithm>
#include <cstdio>
#include <vector>

namespace {

struct Entry {
    QString name; // file name without ending: tst_money
    std::function<QObject *()> make;
};

std::vector<Entry> &entries()
{
    static std::vector<Entry> all;
    return all;
}

std::unique_ptr<QCoreApplication> makeApplication(int &argc, char **argv)
{
#ifdef QT_WIDGETS_LIB
    return std::make_unique<QApplication>(argc, argv);
#else
    return std::make_unique<QCoreApplication>(argc, argv);
#endif
}

} // namespace

tests::Registration::Registration(const char *file, std::function<QObject *()> make)
{
    entries().push_back({QFileInfo(QString::fromUtf8(file)).baseName(), std::move(make)});
}

/// `tests_unit` runs all, `tests_unit tst_money [slot...]` one class.
int main(int argc, char **argv)
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments << QString::fromLocal8Bit(argv[i]);
    const QString wanted =
        arguments.size() > 1 && !arguments[1].startsWith(u'-') ? arguments.takeAt(1) : QString();

    const auto application = makeApplication(argc, argv);
    int failures = 0;
    int run = 0;
    std::sort(entries().begin(), entries().end(),
              [](const Entry &a, const Entry &b) { return a.name < b.name; });
    for (const Entry &entry : entries()) {
        if (!wanted.isEmpty() && entry.name != wanted)
            continue;
        const std::unique_ptr<QObject> test(entry.make());
        failures += QTest::qExec(test.get(), arguments);
        ++run;
    }
    if (run == 0) {
        std::fprintf(stderr, "no test of that name\n");
        return 1;
    }
    return failures == 0 ? 0 : 1;
}
