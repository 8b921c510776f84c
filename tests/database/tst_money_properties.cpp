#include "assembly/conservation.h"
#include "tests/database/money_history.h"
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

/// Each finds what must never be. The numbers are those of the design's list of what always holds.
struct Invariant {
    const char *name;
    const char *violations; // a count
};
constexpr std::array kInvariants = {
    Invariant{"1: a transfer sums to zero",
              "transfers WHERE available + held + debt + platform_amount + other_amount <> 0"},
    Invariant{"1: all entries sum to zero",
              "(SELECT sum(amount) AS s FROM entries) x WHERE s <> 0"},
    Invariant{
        "2: a balance is the sum of its entries",
        "wallets w LEFT JOIN (SELECT customer_id, sum(available) a, sum(held) h, sum(debt) d "
        "FROM transfers GROUP BY 1) t USING (customer_id) WHERE (w.available, w.held, w.debt) "
        "<> (coalesce(a, 0), coalesce(h, 0), coalesce(d, 0))"},
    Invariant{"3: nothing is overdrawn", "wallets WHERE available < 0 OR held < 0 OR debt > 0"},
    Invariant{"3: also not on the way",
              "transfers WHERE available_after < 0 OR held_after < 0 OR debt_after > 0"},
    Invariant{"4: no more is refunded than was paid",
              "transfers p JOIN (SELECT refunds_id, -sum(platform_amount) AS back FROM transfers "
              "GROUP BY 1) r ON r.refunds_id = p.id WHERE back > p.platform_amount"},
    Invariant{
        "5: a payment is credited once",
        "(SELECT d.id FROM deposits d JOIN transfers t ON t.request_key IN ('deposit:' || "
        "d.provider_payment_id, 'deposit:addr:' || d.id) GROUP BY d.id HAVING count(*) > 1) x"},
    Invariant{"5: and for no more than was asked", "deposits WHERE credited > requested"},
    Invariant{"5: what a deposit says is what was booked",
              "deposits d LEFT JOIN transfers t ON t.id = d.transfer_id WHERE d.credited <> "
              "coalesce(t.available + t.debt, 0)"},
    Invariant{"6: a hold is resolved once",
              "(SELECT resolves_id FROM transfers GROUP BY 1 HAVING resolves_id IS NOT NULL AND "
              "count(*) > 1) x"},
    Invariant{"6: no more is captured than was held",
              "transfers c JOIN transfers h ON h.id = c.resolves_id WHERE c.platform_amount > "
              "h.held"},
    Invariant{"6: what is held are the holds that are open",
              "wallets w WHERE held <> (SELECT coalesce(sum(h.held), 0) FROM transfers h WHERE "
              "h.customer_id = w.customer_id AND h.kind = 'hold' AND NOT EXISTS (SELECT FROM "
              "transfers r WHERE r.resolves_id = h.id))"},
    Invariant{"10: a message about money names a transfer that is its reader's",
              "(SELECT o.lane, m[1]::bigint AS id FROM outbox o, regexp_matches(o.payload::text, "
              "'T-([0-9]+)', 'g') m) x LEFT JOIN transfers t ON t.id = x.id WHERE x.lane IS "
              "DISTINCT FROM 'chat:' || t.customer_id"},
    Invariant{"10: and one only",
              "(SELECT o.id FROM outbox o, regexp_matches(o.payload::text, 'T-([0-9]+)', 'g') m "
              "GROUP BY 1 HAVING count(DISTINCT m[1]) > 1) x"},
    Invariant{"10: each credit is told once",
              "transfers t WHERE kind = 'deposit' AND (SELECT count(*) FROM outbox o WHERE "
              "o.method = 'sendMessage' AND o.lane = 'chat:' || t.customer_id AND o.payload::text "
              "~ ('T-' || t.id || '\\M')) <> 1"},
    Invariant{"nothing was given up", "inbox_outcomes WHERE state <> 'done'"},
    Invariant{"nothing is left", "inbox_waiting"},
    Invariant{"no chain is broken", "ledger_problems()"},
};

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

    qint64 m_lastTransfer = 0;
    QString m_digest;
};

void TestMoneyProperties::initTestCase()
{
    const int steps = fromEnvironment("SPEECHCAD_MONEY_STEPS", kStepsUsual);
    const int seed = fromEnvironment("SPEECHCAD_MONEY_SEED", int(kSeedUsual));
    qInfo("SPEECHCAD_MONEY_SEED=%d SPEECHCAD_MONEY_STEPS=%d", seed, steps);
    startHistory(unsigned(seed));
    QElapsedTimer timer;
    timer.start();
    for (int batch = 0; batch * kStepsOfBatch < steps; ++batch) {
        play(std::min(kStepsOfBatch, steps - batch * kStepsOfBatch), kWorkers);
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
    for (const Invariant &invariant : kInvariants) {
        const qint64 found = count(QString::fromLatin1(invariant.violations));
        QVERIFY2(found == 0, qPrintable(QStringLiteral("batch %1, %2: %3")
                                            .arg(batch)
                                            .arg(QLatin1String(invariant.name))
                                            .arg(found)));
    }
}

QString TestMoneyProperties::digestUpTo(qint64 transfer)
{
    return column(*m_connection,
                  QStringLiteral("SELECT md5(string_agg(t::text, E'\\n' ORDER BY "
                                 "id)) AS answer FROM transfers t WHERE id <= ?"),
                  {transfer})
        .value(0);
}

/// Else the rest would prove nothing.
void TestMoneyProperties::everythingHasHappened()
{
    for (const char *what : {"transfers WHERE kind = 'deposit'", "transfers WHERE kind = 'hold'",
                             "transfers WHERE kind = 'charge'", "transfers WHERE kind = 'release'",
                             "transfers WHERE kind = 'plan'", "transfers WHERE kind = 'refund'",
                             "transfers WHERE request_key LIKE 'renewal:%'", "deposit_reviews",
                             "transfers WHERE other_platform = 'suspense'"}) {
        const qint64 found = count(QLatin1String(what));
        QVERIFY2(found > 0, what);
        qInfo("%lld %s", static_cast<long long>(found), what);
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
