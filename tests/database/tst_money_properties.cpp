#include "assembly/conservation.h"
#include "tests/database/money_history.h"
#include "tests/database/money_invariants.h"
#include "tests/support/test_main.h"

namespace tst_money_properties {

using namespace tests;

namespace {

// Ten thousand take minutes; tests/run-long plays them.
constexpr int kStepsUsual = 1'000;
constexpr int kStepsOfBatch = 50;
constexpr int kWorkers = 3;
constexpr unsigned kSeedUsual = 20'261'128;

int fromEnvironment(const char *name, int usual)
{
    bool isNumber = false;
    const int value = qEnvironmentVariableIntValue(name, &isNumber);
    return isNumber ? value : usual;
}

const QString kTransfers = QStringLiteral(
    "SELECT concat_ws(' ', request_key, kind, customer_id, available, held, debt, platform, "
    "platform_amount, other_platform, other_amount, to_micros(at), cause_id) AS answer FROM "
    "transfers ORDER BY request_key");

} // namespace

/// What must always hold, whatever comes and however often, in whatever order and at once.
class TestMoneyProperties final : public MoneyHistory {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everythingHasHappened();
    void invariantsHold_data();
    void invariantsHold();
    void nothingChangesAnEntry();
    void booksAgreeWithWhatCame();
    void replayGivesTheSameTransfers();

private:
    void checkAfterBatch(int batch);
    [[nodiscard]] QString digestUpTo(qint64 transfer);
    void copyInboxTo(database::Connection &target);
    [[nodiscard]] QStringList handledOrder();
    void replay(const QStringList &order, database::Connection &original);

    int m_steps = 0;
    qint64 m_lastTransfer = 0;
    QString m_digest;
};

void TestMoneyProperties::initTestCase()
{
    m_steps = fromEnvironment("SPEECHCAD_MONEY_STEPS", kStepsUsual);
    const int seed = fromEnvironment("SPEECHCAD_MONEY_SEED", int(kSeedUsual));
    qInfo("SPEECHCAD_MONEY_SEED=%d SPEECHCAD_MONEY_STEPS=%d", seed, m_steps);
    startHistory(unsigned(seed));
    QElapsedTimer timer;
    timer.start();
    for (int batch = 0; batch * kStepsOfBatch < m_steps; ++batch) {
        play(std::min(kStepsOfBatch, m_steps - batch * kStepsOfBatch), kWorkers);
        checkAfterBatch(batch);
        if (QTest::currentTestFailed())
            return;
        // A day now and then, so that plans end; else minutes.
        passTime(batch % 4 == 3 ? std::chrono::seconds(24h) : std::chrono::seconds(90s));
    }
    qInfo("played in %lld ms", static_cast<long long>(timer.elapsed()));
}

/// Nothing that stood there before has changed, and nothing is out of balance.
void TestMoneyProperties::checkAfterBatch(int batch)
{
    if (m_lastTransfer > 0)
        QCOMPARE(digestUpTo(m_lastTransfer), m_digest); // 9
    m_lastTransfer = count(QStringLiteral("transfers")) == 0
                         ? 0
                         : number(*m_connection, QStringLiteral("(SELECT max(id) FROM transfers)"));
    m_digest = digestUpTo(m_lastTransfer);
    const QString violated = violatedInvariant(*m_connection);
    QVERIFY2(violated.isEmpty(),
             qPrintable(QStringLiteral("batch %1, %2").arg(batch).arg(violated)));
}

QString TestMoneyProperties::digestUpTo(qint64 transfer)
{
    return column(*m_connection,
                  QStringLiteral("SELECT md5(string_agg(t::text, E'\\n' ORDER BY "
                                 "id)) AS answer FROM transfers t WHERE id <= ?"),
                  {transfer})
        .value(0);
}

/// Else the rest would prove nothing. What is rare may be missing in a short history.
void TestMoneyProperties::everythingHasHappened()
{
    struct Part {
        const char *what;
        bool isRare = false;
    };
    for (const Part &part :
         {Part{"transfers WHERE kind = 'deposit'"}, Part{"transfers WHERE kind = 'hold'"},
          Part{"transfers WHERE kind = 'charge'"}, Part{"transfers WHERE kind = 'plan'"},
          Part{"transfers WHERE kind = 'refund'"}, Part{"deposit_reviews"},
          Part{"transfers WHERE kind = 'release'", true},
          Part{"transfers WHERE request_key LIKE 'renewal:%'", true},
          Part{"transfers WHERE other_platform = 'suspense'", true}}) {
        const qint64 found = count(QLatin1String(part.what));
        qInfo("%lld %s", static_cast<long long>(found), part.what);
        QVERIFY2(found > 0 || (part.isRare && m_steps <= kStepsUsual), part.what);
    }
}

void TestMoneyProperties::invariantsHold_data()
{
    QTest::addColumn<int>("index");
    for (size_t i = 0; i < kInvariants.size(); ++i)
        QTest::newRow(kInvariants[i].name) << int(i);
}

void TestMoneyProperties::invariantsHold()
{
    QFETCH(int, index);
    QCOMPARE(count(QString::fromLatin1(kInvariants[size_t(index)].violations)), 0);
}

void TestMoneyProperties::nothingChangesAnEntry()
{
    const auto owner = openConnection(m_url, database::Role::Owner);
    for (const char *change :
         {"UPDATE transfers SET kind = kind", "DELETE FROM transfers", "TRUNCATE transfers CASCADE",
          "UPDATE wallets SET available = available + 1", "DELETE FROM wallets"})
        QVERIFY2(!owner->run(QLatin1String(change), {}), change);
    QCOMPARE(digestUpTo(m_lastTransfer), m_digest);
}

void TestMoneyProperties::booksAgreeWithWhatCame()
{
    const auto verified = ledger::verify(*m_connection);
    QVERIFY(verified);
    QVERIFY(verified->isSound());
    const auto counted = assembly::readConservation(*m_connection, m_clock.now());
    QVERIFY(counted);
    QCOMPARE(counted->mismatches(), QStringList());
}

// --- The same once more -------------------------------------------------------------------------

/// An outcome is written while its lane and its wallets are locked, and the rows of a batch get
/// moments of their own: so the order of outcomes is that of whatever could have minded.
QStringList TestMoneyProperties::handledOrder()
{
    return column(*m_connection,
                  QStringLiteral("SELECT inbox_id::text AS answer FROM inbox_outcomes ORDER BY "
                                 "handled_at, inbox_id"));
}

void TestMoneyProperties::copyInboxTo(database::Connection &target)
{
    for (const char *table : {"inbox_keys", "inbox"}) {
        const QString name = QLatin1String(table);
        const QStringList rows =
            column(*m_connection,
                   QStringLiteral("SELECT to_jsonb(t)::text AS answer FROM %1 t").arg(name));
        for (qsizetype from = 0; from < rows.size(); from += 500) {
            const QString some = u'[' + QStringList(rows.mid(from, 500)).join(u',') + u']';
            const auto copied = target.run(
                QStringLiteral("INSERT INTO %1 SELECT (jsonb_populate_record(NULL::%1, e)).* FROM "
                               "jsonb_array_elements(?::jsonb) e")
                    .arg(name),
                {some});
            QVERIFY2(copied, qUtf8Printable(copied ? QString() : copied.error().detail));
        }
    }
}

/// Ids that rows speak of are given as they were: a sequence leaves gaps where a handler was rolled
/// back, and where several ran at once they are in no order.
void TestMoneyProperties::replay(const QStringList &order, database::Connection &original)
{
    QHash<QString, QString> ids; // statements that give the ids, by cause
    for (const char *table : {"deposits", "calls", "subscriptions"}) {
        const auto made = original.run(
            QStringLiteral("SELECT cause_id::text AS cause, min(id)::text AS id FROM %1 GROUP BY 1")
                .arg(QLatin1String(table)),
            {});
        QVERIFY(made);
        for (qsizetype i = 0; i < made->size(); ++i)
            ids[(*made)[i].text("cause")] +=
                QStringLiteral("SELECT setval('%1_id_seq', %2, false);")
                    .arg(QLatin1String(table), (*made)[i].text("id"));
    }
    const auto owner = openConnection(m_url, database::Role::Owner);
    for (const QString &id : order) {
        if (const QString given = ids.value(id); !given.isEmpty())
            QVERIFY(owner->runScript(given));
        const auto put = owner->run(
            QStringLiteral("INSERT INTO inbox_waiting (priority, lane, inbox_id) SELECT "
                           "lane_priority(lane), lane, id FROM inbox WHERE id = ?::bigint"),
            {id});
        QVERIFY(put);
        run();
    }
}

void TestMoneyProperties::replayGivesTheSameTransfers()
{
    QElapsedTimer timer;
    timer.start();
    const QStringList before = column(*m_connection, kTransfers);
    const QStringList order = handledOrder();
    QCOMPARE(qint64(order.size()), count(QStringLiteral("inbox")));
    const QString url = freshDatabase();
    copyInboxTo(*openConnection(url, database::Role::Owner));
    const auto original = std::exchange(m_connection, openConnection(url));
    const QString originalUrl = std::exchange(m_url, url);
    addPeople();
    m_worker = std::make_unique<engine::Worker>(m_routes, m_ticking, kInstallationKey, m_counters);
    replay(order, *original);
    if (QTest::currentTestFailed())
        return;
    QCOMPARE(count(QStringLiteral("inbox_waiting")), 0);
    const QStringList after = column(*m_connection, kTransfers);
    const QSet<QString> first(before.begin(), before.end());
    const QSet<QString> second(after.begin(), after.end());
    QStringList differences;
    for (const QString &line : before) {
        if (!second.contains(line))
            differences << u'-' + line;
    }
    for (const QString &line : after) {
        if (!first.contains(line))
            differences << u'+' + line;
    }
    QVERIFY2(differences.isEmpty(), qUtf8Printable(differences.mid(0, 20).join(u'\n')));
    QCOMPARE(after.size(), before.size());
    // What the handlers posted to other lanes was the same, word for word.
    QCOMPARE(count(QStringLiteral("inbox_conflicts")), 0);
    QCOMPARE(count(QStringLiteral("inbox")), qint64(order.size()));
    const auto verified = ledger::verify(*m_connection);
    QVERIFY(verified && verified->isSound());
    qInfo("%lld transfers are the same, after %lld ms", static_cast<long long>(after.size()),
          static_cast<long long>(timer.elapsed()));
}

REGISTER_TEST(TestMoneyProperties);

} // namespace tst_money_properties

#include "tst_money_properties.moc"
