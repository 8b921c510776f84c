#include "tests/database/ledger_fixture.h"
#include "tests/support/test_main.h"

#include <QRandomGenerator>

namespace tst_ledger_rules {

using tests::charge;
using tests::hold;
using tests::number;
using tests::openConnection;
using tests::plan;
using tests::post;
using tests::psql;
using tests::refund;
using tests::usd;

namespace {

constexpr qint64 kAsha = 7;
constexpr qint64 kBen = 8;

const QString kInsert =
    QStringLiteral("INSERT INTO transfers (customer_id, at, cause_id, available, held, debt, "
                   "platform, platform_amount, resolves_id, "
                   "refunds_id, kind, request_key) VALUES ");

} // namespace

/// The rules as PostgreSQL keeps them, tried with psql: no code of ours stands between.
class TestLedgerRules : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void statementsOfTheApplicationAreRefused_data();
    void statementsOfTheApplicationAreRefused();
    void triggersRefuseTheOwnerToo_data();
    void triggersRefuseTheOwnerToo();
    void onConflictTrickIsRefusedAtCommit();
    void secondTransferWithOneKeyIsTheFirstOrAnError();
    void sameKeyAtTheSameMomentIsOneTransfer();
    void holdResolvesOnce();
    void chargeNeverTakesMoreThanWasHeld();
    void refundsNeverExceedWhatWasPaid();
    void sixtyFourRefundsAtOnceGiveBackNoMoreThanWasPaid();
    void ledgerIsSoundAfterManyTransfers();
    void verifyFindsWhatWasTamperedWith_data();
    void verifyFindsWhatWasTamperedWith();

private:
    [[nodiscard]] tests::PsqlRun asApplication(const QString &sql) const
    {
        return psql(m_url, QStringLiteral("SET ROLE speechcad_app;\n") + sql);
    }
    [[nodiscard]] qint64 transfers()
    {
        return number(*m_connection, QStringLiteral("(SELECT count(*) FROM transfers)"));
    }
    QString m_url;
    std::unique_ptr<database::Connection> m_connection;
};

/// Asha has 50 and held 10 of it (transfers 1 and 2) and bought a plan for 5 (transfer 3).
void TestLedgerRules::init()
{
    m_connection.reset();
    m_url = tests::emptiedDatabase();
    m_connection = openConnection(m_url);
    tests::addCustomer(*m_connection, kAsha, QStringLiteral("Asha"));
    tests::addCustomer(*m_connection, kBen, QStringLiteral("Ben"));
    QVERIFY(tests::credit(
        *m_connection,
        {.customer = CustomerId{kAsha}, .amount = usd(50), .payment = QStringLiteral("p1")}));
    QVERIFY(post(*m_connection, hold(kAsha, QStringLiteral("c1"), usd(10))));
    QVERIFY(post(*m_connection, plan(kAsha, QStringLiteral("plan:1"), usd(5))));
}

void TestLedgerRules::statementsOfTheApplicationAreRefused_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char *name, const QString &sql, const char *reason) {
        QTest::newRow(name) << sql << QString::fromLatin1(reason);
    };
    const auto insert = [&](const char *name, const char *values, const char *reason) {
        row(name, kInsert + QString::fromLatin1(values), reason);
    };
    insert("unbalanced",
           "(7, now(), 1, 6, 0, 0, 'dynopay_clearing', -5, NULL, NULL, 'deposit', 'k')",
           "balanced");
    insert("overdraft",
           "(7, now(), 1, -40000000, 0, 0, 'revenue_plans', 40000000, NULL, NULL, 'plan', 'k')",
           "available_not_negative");
    insert("customer without a wallet",
           "(9, now(), 1, 5, 0, 0, 'dynopay_clearing', -5, NULL, NULL, 'deposit', 'k')",
           "no wallet 9");
    insert("moves nothing", "(7, now(), 1, 0, 0, 0, NULL, 0, NULL, NULL, 'plan', 'k')",
           "moves_something");
    insert("amount to no account", "(7, now(), 1, 5, 0, 0, NULL, -5, NULL, NULL, 'deposit', 'k')",
           "platform_named");
    insert("deposit from another account",
           "(7, now(), 1, 5, 0, 0, 'payouts', -5, NULL, NULL, 'deposit', 'k')",
           "shape_of_its_kind");
    insert("deposit that takes",
           "(7, now(), 1, -5, 0, 0, 'dynopay_clearing', 5, NULL, NULL, 'deposit', 'k')",
           "shape_of_its_kind");
    insert("held by something else", "(7, now(), 1, -5, 5, 0, NULL, 0, NULL, NULL, 'plan', 'k')",
           "shape_of_its_kind");
    insert("hold that releases", "(7, now(), 1, 5, -5, 0, NULL, 0, NULL, NULL, 'hold', 'k')",
           "shape_of_its_kind");
    insert("charge of no hold", "(7, now(), 1, 5, -5, 0, NULL, 0, NULL, NULL, 'charge', 'k')",
           "shape_of_its_kind");
    insert("charge of another amount",
           "(7, now(), 1, 0, -9000000, 0, 'revenue_calls', 9000000, 2, NULL, 'charge', 'k')",
           "is not this hold");
    insert("charge of what is no hold",
           "(7, now(), 1, 0, -50000000, 0, 'revenue_calls', 50000000, 1, NULL, 'charge', 'k')",
           "held_not_negative");
    insert("debt that is a credit", "(7, now(), 1, -5, 0, 5, NULL, 0, NULL, NULL, 'plan', 'k')",
           "debt_not_positive");
    insert("refund beyond what was paid",
           "(7, now(), 1, 5000001, 0, 0, 'revenue_plans', -5000001, NULL, 3, 'refund', 'k')",
           "refunds exceed");
    insert("refund to another customer",
           "(8, now(), 1, 5000000, 0, 0, 'revenue_plans', -5000000, NULL, 3, 'refund', 'k')",
           "refunds exceed");
    insert("refund from another account",
           "(7, now(), 1, 5000000, 0, 0, 'revenue_calls', -5000000, NULL, 3, 'refund', 'k')",
           "refunds exceed");
    insert("refund of nothing",
           "(7, now(), 1, 5, 0, 0, 'revenue_plans', -5, NULL, 99, 'refund', 'k')",
           "refunds exceed");
    insert("refund that names nothing",
           "(7, now(), 1, 5, 0, 0, 'revenue_plans', -5, NULL, NULL, 'refund', 'k')",
           "shape_of_its_kind");
    insert("adjustment that names what it refunds",
           "(7, now(), 1, 5, 0, 0, 'revenue_plans', -5, NULL, 3, 'adjust', 'k')",
           "shape_of_its_kind");
    insert("plan that gives money",
           "(7, now(), 1, 5, 0, 0, 'revenue_plans', -5, NULL, NULL, 'plan', 'k')",
           "shape_of_its_kind");
    insert("second transfer with one key",
           "(7, now(), 1, -5000000, 0, 0, 'revenue_plans', 5000000, NULL, NULL, 'plan', 'plan:1')",
           "transfers_request_key_key");
    insert("money for the house",
           "(0, now(), 1, 5, 0, 0, 'dynopay_clearing', -5, NULL, NULL, 'deposit', 'k')",
           "house_is_empty");
    const QString columns =
        QStringLiteral("INSERT INTO transfers (%1, customer_id, at, cause_id, available, platform, "
                       "platform_amount, kind, request_key) OVERRIDING SYSTEM VALUE VALUES (%2, 7, "
                       "now(), 1, 5, 'dynopay_clearing', -5, 'deposit', 'k')");
    row("explicit id", columns.arg(QStringLiteral("id"), QStringLiteral("1000")),
        "permission denied");
    row("explicit hash", columns.arg(QStringLiteral("hash"), QStringLiteral("'\\x00'")),
        "permission denied");
    row("explicit place", columns.arg(QStringLiteral("seq"), QStringLiteral("9")),
        "permission denied");
    row("explicit balance", columns.arg(QStringLiteral("available_after"), QStringLiteral("9")),
        "permission denied");
    row("transfer changed", QStringLiteral("UPDATE transfers SET available = 1"),
        "permission denied");
    row("transfer deleted", QStringLiteral("DELETE FROM transfers"), "permission denied");
    row("transfers truncated", QStringLiteral("TRUNCATE transfers CASCADE"), "permission denied");
    row("wallet changed", QStringLiteral("UPDATE wallets SET available = 99 WHERE customer_id = 7"),
        "permission denied");
    row("wallet deleted", QStringLiteral("DELETE FROM wallets WHERE customer_id = 8"),
        "permission denied");
    row("wallets truncated", QStringLiteral("TRUNCATE wallets CASCADE"), "permission denied");
    row("wallet that starts rich",
        QStringLiteral("INSERT INTO wallets (customer_id, available) VALUES (9, 5)"),
        "permission denied");
    row("trigger switched off", QStringLiteral("ALTER TABLE transfers DISABLE TRIGGER apply"),
        "must be owner");
    row("triggers of the session switched off",
        QStringLiteral("SET session_replication_role = replica"), "permission denied");
}

void TestLedgerRules::statementsOfTheApplicationAreRefused()
{
    QFETCH(QString, sql);
    QFETCH(QString, reason);
    const auto run = asApplication(sql + u';');
    QCOMPARE(run.exitCode, 3);
    QVERIFY2(run.errors.contains(reason), qPrintable(run.errors));
    QCOMPARE(transfers(), 3);
    QCOMPARE(tests::balance(*m_connection, kAsha).available, usd(35));
    QVERIFY(ledger::verify(*m_connection)->isSound());
}

void TestLedgerRules::triggersRefuseTheOwnerToo_data()
{
    QTest::addColumn<QString>("sql");
    const auto row = [](const char *sql) { QTest::newRow(sql) << QString::fromLatin1(sql); };
    row("UPDATE transfers SET available = available");
    row("UPDATE transfers SET kind = 'x' WHERE false");
    row("DELETE FROM transfers WHERE id = 3");
    row("TRUNCATE transfers CASCADE");
    row("UPDATE wallets SET available = 99000000 WHERE customer_id = 7");
    row("DELETE FROM wallets WHERE customer_id = 8");
    row("TRUNCATE wallets CASCADE");
    row("INSERT INTO wallets (customer_id, available) VALUES (9, 5)");
    row("INSERT INTO wallets (customer_id, seq) VALUES (9, 1)");
}

void TestLedgerRules::triggersRefuseTheOwnerToo()
{
    QFETCH(QString, sql);
    const auto run = psql(m_url, sql + u';');
    QCOMPARE(run.exitCode, 3);
    QVERIFY2(run.errors.contains(QLatin1String("is not allowed")), qPrintable(run.errors));
    QCOMPARE(transfers(), 3);
}

void TestLedgerRules::onConflictTrickIsRefusedAtCommit()
{
    // The BEFORE trigger has moved the balance when the conflict skips the row.
    const auto run = asApplication(
        kInsert +
        QStringLiteral(
            "(7, now(), 1, 5, 0, 0, 'dynopay_clearing', -5, NULL, NULL, 'deposit', 'deposit:p1') "
            "ON CONFLICT DO NOTHING;"));
    QCOMPARE(run.exitCode, 3);
    QVERIFY2(run.errors.contains(QLatin1String("newest_transfer_exists")), qPrintable(run.errors));
    QCOMPARE(tests::balance(*m_connection, kAsha).available, usd(35));
}

void TestLedgerRules::secondTransferWithOneKeyIsTheFirstOrAnError()
{
    const auto same = post(*m_connection, plan(kAsha, QStringLiteral("plan:1"), usd(5)));
    QVERIFY(same && same->isRepeat);
    QCOMPARE(same->id.value, 3);
    QCOMPARE(same->availableAfter, usd(35));

    auto others = std::vector{plan(kAsha, QStringLiteral("plan:1"), usd(6)),
                              plan(kBen, QStringLiteral("plan:1"), usd(5)),
                              plan(kAsha, QStringLiteral("plan:1"), usd(5))};
    others[2].platform = ledger::Platform::RevenueCalls;
    for (const ledger::NewTransfer &other : others) {
        const auto second = post(*m_connection, other);
        QVERIFY(!second);
        QCOMPARE(second.error().code, ErrorCode::Duplicate);
    }
    QCOMPARE(transfers(), 3);
}

void TestLedgerRules::sameKeyAtTheSameMomentIsOneTransfer()
{
    std::atomic<int> first = 0;
    std::atomic<int> repeats = 0;
    tests::inThreads(8, [&](int) {
        auto connection = openConnection(m_url);
        const auto made = post(*connection, plan(kAsha, QStringLiteral("plan:2"), usd(1)));
        first += made && !made->isRepeat ? 1 : 0;
        repeats += made && made->isRepeat ? 1 : 0;
    });
    QCOMPARE(first.load(), 1);
    QCOMPARE(repeats.load(), 7);
    QCOMPARE(tests::balance(*m_connection, kAsha).available, usd(34));
}

void TestLedgerRules::holdResolvesOnce()
{
    const TransferId held{2};
    QVERIFY(post(*m_connection, charge(kAsha, QStringLiteral("c1"), held, usd(10), usd(4))));
    QCOMPARE(tests::balance(*m_connection, kAsha).available, usd(41));
    auto again = charge(kAsha, QStringLiteral("other"), held, usd(10), usd(4));
    const auto second = post(*m_connection, again);
    QVERIFY(!second);
    // Another hold of the same size makes room for it in the balance; the hold itself is still
    // resolved.
    QVERIFY(post(*m_connection, hold(kAsha, QStringLiteral("c2"), usd(10))));
    const auto third = post(*m_connection, again);
    QVERIFY(!third);
    QCOMPARE(third.error().code, ErrorCode::ConstraintViolated);
    QVERIFY(third.error().detail.contains(QLatin1String("transfers_resolves_id_key")));
}

void TestLedgerRules::chargeNeverTakesMoreThanWasHeld()
{
    const auto charged =
        post(*m_connection, charge(kAsha, QStringLiteral("c1"), TransferId{2}, usd(10), usd(11)));
    QVERIFY(!charged);
    QCOMPARE(charged.error().code, ErrorCode::ConstraintViolated);
    QVERIFY(charged.error().detail.contains(QLatin1String("shape_of_its_kind")));
}

void TestLedgerRules::refundsNeverExceedWhatWasPaid()
{
    QVERIFY(post(*m_connection, refund(kAsha, QStringLiteral("refund:1"), TransferId{3}, usd(3))));
    const auto second =
        post(*m_connection, refund(kAsha, QStringLiteral("refund:2"), TransferId{3}, usd(3)));
    QVERIFY(!second);
    QCOMPARE(second.error().code, ErrorCode::ConstraintViolated);
    QVERIFY(post(*m_connection, refund(kAsha, QStringLiteral("refund:3"), TransferId{3}, usd(2))));
    // The limit is reached; the repeat still meets its key first.
    const auto repeat =
        post(*m_connection, refund(kAsha, QStringLiteral("refund:1"), TransferId{3}, usd(3)));
    QVERIFY(repeat && repeat->isRepeat);
    QCOMPARE(tests::balance(*m_connection, kAsha).available, usd(40));
}

void TestLedgerRules::sixtyFourRefundsAtOnceGiveBackNoMoreThanWasPaid()
{
    std::atomic<int> done = 0;
    tests::inThreads(8, [&](int thread) {
        auto connection = openConnection(m_url);
        for (int i = 0; i < 8; ++i) {
            const QString key = QStringLiteral("refund:%1").arg(thread * 8 + i);
            done +=
                post(*connection, refund(kAsha, key, TransferId{3}, Money::fromCents(10))) ? 1 : 0;
        }
    });
    QCOMPARE(done.load(), 50); // of 5.00
    QCOMPARE(tests::balance(*m_connection, kAsha).available, usd(40));
}

void TestLedgerRules::ledgerIsSoundAfterManyTransfers()
{
    QRandomGenerator random(20261122);
    std::vector<std::pair<TransferId, Money>> holds;
    std::vector<TransferId> plans;
    int made = 3;
    for (int i = 0; made < 503; ++i) {
        const Money amount = Money::fromMicros(random.bounded(1, 2'000'000));
        const QString key = QStringLiteral("r%1").arg(i);
        ledger::NewTransfer next = plan(kAsha, key, amount);
        switch (random.bounded(5)) {
        case 0: next = hold(kAsha, key, amount); break;
        case 1:
            if (!holds.empty()) {
                const auto [id, held] = holds.back();
                holds.pop_back();
                next =
                    charge(kAsha, key, id, held, Money::fromMicros(random.bounded(1, 2'000'000)));
                if (next.platformAmount > held)
                    next = charge(kAsha, key, id, held, held);
            }
            break;
        case 2:
            if (!plans.empty())
                next = refund(kAsha, key, plans[random.bounded(int(plans.size()))], amount);
            break;
        case 3: {
            const auto credited = tests::credit(
                *m_connection, {.customer = CustomerId{random.bounded(2) ? kAsha : kBen},
                                .amount = amount,
                                .excess = random.bounded(2) ? amount : Money(),
                                .payment = key});
            QVERIFY(credited);
            ++made;
            continue;
        }
        default: break;
        }
        const auto done = post(*m_connection, next);
        made += done ? 1 : 0;
        if (done && next.kind == QLatin1String("hold"))
            holds.push_back({done->id, amount});
        if (done && next.kind == QLatin1String("plan"))
            plans.push_back(done->id);
    }
    const auto verified = ledger::verify(*m_connection);
    QVERIFY(verified);
    QVERIFY2(verified->isSound(),
             verified->problems.isEmpty() ? "" : qPrintable(verified->problems.first().words));
    QCOMPARE(verified->transfers, 503);
    QCOMPARE(verified->wallets, 2);
    QVERIFY(verified->sum.isZero());
    QCOMPARE(number(*m_connection, QStringLiteral("(SELECT sum(amount) FROM entries)")), 0);
}

void TestLedgerRules::verifyFindsWhatWasTamperedWith_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, const char *sql, const char *words) {
        QTest::newRow(name) << QString::fromLatin1(sql) << QString::fromLatin1(words);
    };
    row("amount",
        "UPDATE transfers SET available = available + 1, platform_amount = platform_amount - 1 "
        "WHERE id = 3",
        "balance after differs from the sum of entries");
    row("amount and balance after",
        "UPDATE transfers SET available = available + 1, available_after = available_after + 1, "
        "platform_amount = platform_amount - 1 WHERE id = 3; "
        "UPDATE wallets SET available = available + 1 WHERE customer_id = 7",
        "hash differs from the content");
    row("deleted in the middle", "DELETE FROM transfers WHERE id = 2", "gap in the chain");
    row("newest deleted", "DELETE FROM transfers WHERE id = 3",
        "wallet differs from its newest transfer");
    row("newest deleted and the wallet set back",
        "DELETE FROM transfers WHERE id = 3; UPDATE wallets SET seq = 2, available = 40000000 "
        "WHERE customer_id = 7",
        "wallet differs from its newest transfer");
    row("hash", "UPDATE transfers SET hash = sha256('x') WHERE id = 2",
        "hash differs from the content");
    row("wallet's balance", "UPDATE wallets SET available = available + 1 WHERE customer_id = 7",
        "wallet differs from its newest transfer");
    row("empty wallet's balance", "UPDATE wallets SET available = 1 WHERE customer_id = 8",
        "wallet differs from its newest transfer");
    row("cause", "UPDATE transfers SET cause_id = 99 WHERE id = 1",
        "hash differs from the content");
    row("time", "UPDATE transfers SET at = at - interval '1 day' WHERE id = 1",
        "hash differs from the content");
    row("key", "UPDATE transfers SET request_key = 'deposit:other' WHERE id = 1",
        "hash differs from the content");
    row("moved to another wallet", "UPDATE transfers SET customer_id = 8, seq = 1 WHERE id = 3",
        "wallet differs from its newest transfer");
    row("wallet deleted", "DELETE FROM wallets WHERE customer_id = 7", "transfer without a wallet");
}

void TestLedgerRules::verifyFindsWhatWasTamperedWith()
{
    QFETCH(QString, sql);
    QFETCH(QString, words);
    QVERIFY(ledger::verify(*m_connection)->isSound());
    const auto run =
        psql(m_url, QStringLiteral("SET session_replication_role = replica; ") + sql + u';');
    QCOMPARE(run.errors, QString());
    const auto verified = ledger::verify(*m_connection);
    QVERIFY(verified && !verified->isSound());
    QStringList found;
    for (const ledger::Problem &problem : verified->problems)
        found << problem.words;
    QVERIFY2(found.contains(words), qPrintable(found.join(QStringLiteral("; "))));
}

REGISTER_TEST(TestLedgerRules);

} // namespace tst_ledger_rules

#include "tst_ledger_rules.moc"
