#include "tests/database/money_history.h"
#include "tests/database/money_invariants.h"
#include "tests/support/program.h"
#include "tests/support/test_main.h"

namespace tst_money_history_kills {

using namespace tests;

namespace {

constexpr int kStepsBefore = 50;
constexpr int kBatchesBefore = 4;
constexpr int kWorkers = 3;
constexpr int kBatches = 8;
constexpr int kStepsOfBatch = 25;
constexpr int kKillsOfBatch = 4;

} // namespace

/// What always holds, also when whoever handles the rows is killed again and again. The way it goes
/// is told by SPEECHCAD_MONEY_SEED.
class TestMoneyHistoryKills final : public MoneyHistory {
    Q_OBJECT

private Q_SLOTS:
    void invariantsHoldAfterEachBatch();

private:
    /// One process after the other is at work and killed (SIGKILL) when some of what is left is
    /// done. The rest is handled here.
    void playWithKills(int steps);

    qint64 m_handledByKilled = 0;
};

void TestMoneyHistoryKills::playWithKills(int steps)
{
    look();
    recordAll(shuffled(steps));
    const QString waiting = QStringLiteral("inbox_waiting");
    for (int i = 0; i < kKillsOfBatch && count(waiting) > 0; ++i) {
        Program worker({.name = QStringLiteral("money_worker"),
                        .arguments = {m_url, QString::number(core::toMicros(m_clock.now()))}});
        // So much is left when it dies: it may be in the middle of any row then, or of a commit.
        const qint64 before = count(waiting);
        const qint64 left = pick(int(before));
        QElapsedTimer patience;
        patience.start();
        while (count(waiting) > left && patience.elapsed() < 10'000) {
        }
        worker.kill();
        m_handledByKilled += std::max<qint64>(0, before - count(waiting));
    }
    handleRest();
}

void TestMoneyHistoryKills::invariantsHoldAfterEachBatch()
{
    const int seed = qEnvironmentVariableIntValue("SPEECHCAD_MONEY_SEED");
    startHistory(unsigned(seed));
    for (int i = 0; i < kBatchesBefore; ++i) // so that there is money, and calls to speak of
        play(kStepsBefore, kWorkers);
    const qint64 before = count(QStringLiteral("transfers"));
    for (int batch = 0; batch < kBatches; ++batch) {
        playWithKills(kStepsOfBatch);
        const QString violated = violatedInvariant(*m_connection);
        QVERIFY2(violated.isEmpty(),
                 qPrintable(QStringLiteral("batch %1, %2").arg(batch).arg(violated)));
        passTime(batch % 4 == 3 ? std::chrono::seconds(24h) : std::chrono::seconds(90s));
    }
    QVERIFY2(m_handledByKilled > kBatches, qPrintable(QString::number(m_handledByKilled)));
    for (const char *kind : {"deposit", "hold", "plan", "refund"}) {
        const qint64 made =
            count(QStringLiteral("transfers WHERE kind = '%1'").arg(QLatin1String(kind)));
        qInfo("%lld of kind %s", static_cast<long long>(made), kind);
        QVERIFY2(made > 0, kind);
    }
    QVERIFY(count(QStringLiteral("transfers")) > before);
    const auto verified = ledger::verify(*m_connection);
    QVERIFY(verified && verified->isSound());
}

REGISTER_TEST(TestMoneyHistoryKills);

} // namespace tst_money_history_kills

#include "tst_money_history_kills.moc"
