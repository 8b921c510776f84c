#include "tests/support/journey_stage.h"
#include "tests/support/paid_call.h"
#include "tests/support/test_main.h"

#include <QFile>
#include <QTest>

namespace tst_seal_kills {

using namespace tests;
using namespace std::chrono_literals;

/// Two servers on one database; the one that seals is killed (SIGKILL) in the middle of it. No seal
/// is missing, none is there twice, and the file beside the database has them all.
class TestSealKills final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theOtherServerGoesOn_data();
    void theOtherServerGoesOn();
};

void TestSealKills::theOtherServerGoesOn_data()
{
    QTest::addColumn<QString>("moment");
    QTest::newRow("signed, not stored") << QStringLiteral("seals.signed:2");
    QTest::newRow("stored, not in the file") << QStringLiteral("seals.committed:2");
    QTest::newRow("in the file") << QStringLiteral("seals.written:2");
}

void TestSealKills::theOtherServerGoesOn()
{
    QFETCH(QString, moment);
    JourneyStage stage({.servers = 2});
    const auto owner = *database::Connection::open(stage.databaseUrl(), QStringLiteral("test"),
                                                   database::Role::Owner);
    addFrenchCustomer(*owner, 7700);
    const auto sealed = [&] { return stage.number(QStringLiteral("SELECT count(*) FROM seals")); };
    stage.startServer(0, {{QStringLiteral("SPEECHCAD_KILL_AT"), moment}});
    QVERIFY(stage.until([&] { return sealed() == 1; }));
    stage.startServer(1);
    (void)addPaidCall(*owner, 7700, Money::fromCents(250));
    QVERIFY(stage.until([&] { return !stage.server(0).isRunning(); }, 30'000, 20s));
    QCOMPARE(stage.server(0).exitCode(), -1);
    (void)addPaidCall(*owner, 7700, Money::fromCents(350));
    const auto unsealed = [&] {
        return stage.number(QStringLiteral(
            "SELECT count(*) FROM transfers WHERE id > (SELECT max(transfers_upto) FROM seals)"));
    };
    QVERIFY(stage.until([&] { return unsealed() == 0; }, 30'000, 20s));
    QCOMPARE(stage.number(QStringLiteral("SELECT max(id) FROM seals")), sealed());

    const auto lines = [&] {
        QFile file(stage.directory() + QStringLiteral("/seals"));
        return file.open(QIODevice::ReadOnly) ? qint64(file.readAll().count('\n')) : -1;
    };
    QVERIFY(stage.until([&] { return lines() == sealed(); }));
    const ProgramRun run = stage.verb({QStringLiteral("ledger"), QStringLiteral("verify")});
    QVERIFY2(run.exitCode == 0, qUtf8Printable(run.words()));
    QCOMPARE(run.json["seals"]["missing_in_file"].get<qint64>(), 0);
    QCOMPARE(run.json["seals"]["transfers"]["not_sealed_yet"].get<qint64>(), 0);
    QCOMPARE(stage.verb({QStringLiteral("audit"), QStringLiteral("verify")}).exitCode, 0);
}

REGISTER_TEST(TestSealKills);

} // namespace tst_seal_kills

#include "tst_seal_kills.moc"
