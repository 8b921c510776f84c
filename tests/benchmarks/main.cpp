#include "parts.h"
#include "timed_application.h"

#include "core/log.h"

#include <QDebug>
#include <QElapsedTimer>

#include <cstdio>
#include <cstdlib>

namespace {

struct Part {
    const char *name;
    const char *title;
    benchmarks::Report (*measure)(tests::TestCluster &);
};

constexpr std::array kParts = {
    Part{"acks", "Durable webhook acknowledgements", benchmarks::measureAcks},
    Part{"replies", "Update in, handled, reply at the Bot API", benchmarks::measureReplies},
    Part{"transfers", "Ledger transfers through the C++", benchmarks::measureTransfers},
    Part{"lanes", "Fairness between lanes", benchmarks::measureLanes},
    Part{"calls", "What a call costs the machine", benchmarks::measureCalls},
    Part{"balances", "Balances in a ledger of 1,000,000 transfers", benchmarks::measureBalances},
    Part{"pages", "Ledger page with 1,000,000 transfers, as a console asks",
         benchmarks::measurePages},
    Part{"window", "The same in the console's window", benchmarks::measureWindow},
    Part{"start", "Second start of the console, managed PostgreSQL", benchmarks::measureStart},
};

/// The cost of the real log, without its lines among the tables.
void keepWarnings(QtMsgType type, const QMessageLogContext &, const QString &message)
{
    const QString line = core::maskedForLog(message);
    if (type != QtInfoMsg && type != QtDebugMsg)
        std::fprintf(stderr, "%s\n", qUtf8Printable(line));
}

bool isPart(const QString &name)
{
    return std::any_of(kParts.begin(), kParts.end(),
                       [&](const Part &part) { return name == QLatin1String(part.name); });
}

double loadAverage()
{
    double load = 0;
    return ::getloadavg(&load, 1) == 1 ? load : 0;
}

int measure(tests::TestCluster &cluster, const Part &part)
{
    const double load = loadAverage();
    QElapsedTimer timer;
    timer.start();
    const benchmarks::Report report = part.measure(cluster);
    return report.print(QStringLiteral("%1 (%2 s; load average at its start %3)")
                            .arg(QString::fromLatin1(part.title))
                            .arg(timer.elapsed() / 1000)
                            .arg(load, 0, 'f', 1));
}

} // namespace

/// Exit status: 0 all targets met, 1 one was missed, 2 bad usage.
int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen"); // what is measured must not wait for somebody's screen
    benchmarks::TimedApplication application(argc, argv);
    qInstallMessageHandler(keepWarnings);
    const QStringList wanted = QCoreApplication::arguments().mid(1);
    if (!std::all_of(wanted.begin(), wanted.end(), isPart)) {
        std::fputs("usage: speechcad-benchmarks [PART...]\nparts:", stderr);
        for (const Part &part : kParts)
            std::fprintf(stderr, " %s", part.name);
        std::fputs("\n", stderr);
        return 2;
    }
    tests::TestCluster cluster;
    int missed = 0;
    for (const Part &part : kParts) {
        if (wanted.isEmpty() || wanted.contains(QString::fromLatin1(part.name)))
            missed += measure(cluster, part);
    }
    return missed == 0 ? 0 : 1;
}
