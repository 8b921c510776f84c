#include "tests/database/money_history.h"

#include <QCoreApplication>

namespace {

class MoneyWorker final : public tests::MoneyHistory {
public:
    using MoneyHistory::workOn;
};

} // namespace

/// money_worker <url> <now, in microseconds>: handles what waits, until it is killed.
int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    MoneyWorker().workOn(arguments.value(1), core::fromMicros(arguments.value(2).toLongLong()));
}
