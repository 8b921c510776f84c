#include "database/managed_cluster.h"

#include <QCoreApplication>

#include <cstdio>

/// managed_cluster_user <data directory>: prints "joined <url>" or "refused <why>", and leaves when
/// its input ends.
int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const auto cluster = database::ManagedCluster::open(QString::fromLocal8Bit(argv[argc - 1]));
    if (cluster)
        std::printf("joined %s\n", qUtf8Printable((*cluster)->connectionUrl()));
    else
        std::printf("refused %s\n", qUtf8Printable(cluster.error().detail));
    std::fflush(stdout);
    while (std::getchar() != EOF) {
    }
    return cluster ? 0 : 1;
}
