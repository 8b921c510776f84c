#include "tests/database/ledger_fixture.h"
#include "tests/support/test_main.h"

#include "ledger/ledger_pages.h"

namespace tst_platform_balances {

using ledger::PlatformBalances;
using tests::plan;
using tests::post;
using tests::usd;

namespace {

constexpr qint64 kAsha = 7;

/// Blocks of two ids, and all but the newest three are kept, so that a few postings reach every
/// path.
constexpr PlatformBalances::Sizes kSmall = {
    .blockIds = 2, .lateIds = 3, .chunkBlocks = 2, .chunksMax = 10};

QList<api::TransferRow> rowsOf(const std::vector<std::pair<qint64, QString>> &legs)
{
    QList<api::TransferRow> rows;
    for (const auto &[id, account] : legs) {
        api::TransferRow row;
        row.id = TransferId{id};
        row.entries = {
            {.account = account, .isCustomers = false, .amount = {}, .balanceAfter = {}}};
        rows.append(row);
    }
    return rows;
}

} // namespace

class TestPlatformBalances : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aBalanceIsTheSumOfAllEntriesUpToThePosting();
    void keptSumsAndNewOnesAgree();
    void anAccountThatComesLateStartsAtNothing();
    void whatIsNotSummedUpYetIsLeftOutAndComesLater();
    void thePageShowsThem();

private:
    void credit(int count);
    void pay(int count);
    /// What SQL says the balance after each row is.
    [[nodiscard]] QList<Money> expected(const QList<api::TransferRow> &rows);
    [[nodiscard]] QList<api::TransferRow> everyLeg();

    QString m_url;
    std::unique_ptr<database::Connection> m_connection;
    int m_payments = 0;
};

void TestPlatformBalances::init()
{
    m_connection.reset();
    m_url = tests::emptiedDatabase();
    m_connection = tests::openConnection(m_url);
    tests::addCustomer(*m_connection, kAsha, QStringLiteral("Asha"));
    m_payments = 0;
}

void TestPlatformBalances::credit(int count)
{
    for (int i = 0; i < count; ++i, ++m_payments)
        QVERIFY(tests::credit(*m_connection, {.customer = CustomerId{kAsha},
                                              .amount = usd(10 + m_payments),
                                              .excess = m_payments % 3 == 0 ? usd(1) : Money(),
                                              .payment = QStringLiteral("p%1").arg(m_payments)}));
}

void TestPlatformBalances::pay(int count)
{
    for (int i = 0; i < count; ++i)
        QVERIFY(
            post(*m_connection, plan(kAsha, QStringLiteral("plan:%1").arg(m_payments++), usd(2))));
}

QList<Money> TestPlatformBalances::expected(const QList<api::TransferRow> &rows)
{
    QList<Money> balances;
    for (const api::TransferRow &row : rows)
        balances << Money::fromMicros(
            tests::column(*m_connection,
                          QStringLiteral("SELECT sum(amount) AS answer FROM entries WHERE account "
                                         "= ? AND NOT is_customers AND transfer_id <= ?"),
                          {row.entries[0].account, row.id.value})
                .value(0)
                .toLongLong());
    return balances;
}

QList<api::TransferRow> TestPlatformBalances::everyLeg()
{
    const auto legs = m_connection->run(
        QStringLiteral("SELECT transfer_id, account FROM entries WHERE NOT is_customers ORDER BY "
                       "transfer_id DESC, account"));
    if (!legs)
        qFatal("no entries");
    std::vector<std::pair<qint64, QString>> found;
    for (qsizetype i = 0; i < legs->size(); ++i)
        found.emplace_back((*legs)[i].integer("transfer_id"), (*legs)[i].text("account"));
    return rowsOf(found);
}

namespace {

QList<Money> balancesOf(const QList<api::TransferRow> &rows)
{
    QList<Money> balances;
    for (const api::TransferRow &row : rows)
        balances << row.entries[0].balanceAfter.value_or(Money::fromMicros(-1));
    return balances;
}

} // namespace

void TestPlatformBalances::aBalanceIsTheSumOfAllEntriesUpToThePosting()
{
    credit(1);
    credit(1);
    pay(2);
    PlatformBalances balances; // the usual sizes: nothing is old enough to be kept
    auto rows = rowsOf({{4, QStringLiteral("revenue_plans")},
                        {3, QStringLiteral("revenue_plans")},
                        {2, QStringLiteral("dynopay_clearing")},
                        {1, QStringLiteral("dynopay_clearing")},
                        {1, QStringLiteral("suspense")}});
    QVERIFY(balances.fill(*m_connection, rows));
    QCOMPARE(balancesOf(rows), (QList<Money>{usd(4), usd(2), usd(-22), usd(-11), usd(1)}));
}

void TestPlatformBalances::keptSumsAndNewOnesAgree()
{
    PlatformBalances balances(kSmall);
    for (int round = 0; round < 12; ++round) {
        credit(1);
        pay(1);
        auto rows = everyLeg();
        QVERIFY(rows.size() >= 2 * (round + 1));
        QVERIFY(balances.fill(*m_connection, rows));
        QCOMPARE(balancesOf(rows), expected(rows));
    }
}

void TestPlatformBalances::anAccountThatComesLateStartsAtNothing()
{
    PlatformBalances balances(kSmall);
    for (int i = 0; i < 12; ++i)
        credit(1);
    auto rows = everyLeg();
    QVERIFY(balances.fill(*m_connection, rows));
    pay(6);
    rows = everyLeg();
    QVERIFY(balances.fill(*m_connection, rows));
    QCOMPARE(balancesOf(rows), expected(rows));
    QVERIFY(balances.fill(*m_connection, rows)); // and now it is among what is kept
    QCOMPARE(balancesOf(rows), expected(rows));
}

void TestPlatformBalances::whatIsNotSummedUpYetIsLeftOutAndComesLater()
{
    for (int i = 0; i < 12; ++i)
        credit(1);
    PlatformBalances balances({.blockIds = 2, .lateIds = 0, .chunkBlocks = 1, .chunksMax = 2});
    auto rows =
        rowsOf({{12, QStringLiteral("dynopay_clearing")}, {3, QStringLiteral("dynopay_clearing")}});
    QVERIFY(balances.fill(*m_connection, rows)); // four ids
    QVERIFY(!rows[0].entries[0].balanceAfter);
    QCOMPARE(*rows[1].entries[0].balanceAfter, expected(rows)[1]);
    QVERIFY(balances.fill(*m_connection, rows));
    QVERIFY(balances.fill(*m_connection, rows)); // all twelve
    QCOMPARE(balancesOf(rows), expected(rows));
}

void TestPlatformBalances::thePageShowsThem()
{
    credit(1);
    pay(1);
    database::ReadPool pool(m_url, 1);
    const core::FakeClock clock(tests::kMorning);
    ledger::LedgerPages pages(pool, clock);
    auto future = pages.listTransfers({.filter = {}, .after = {}, .limit = 50});
    future.waitForFinished();
    const auto page = future.result();
    QVERIFY2(page, page ? "" : qPrintable(page.error().detail));
    const auto balanceOf = [&](int row, const char *account) -> std::optional<Money> {
        for (const api::EntryRow &entry : page->rows[row].entries) {
            if (entry.account == QLatin1String(account))
                return entry.balanceAfter;
        }
        return std::nullopt;
    };
    QCOMPARE(balanceOf(0, "revenue_plans"), usd(2));
    QCOMPARE(balanceOf(1, "dynopay_clearing"), usd(-11));
    // Backwards it is the same page.
    auto backwards =
        pages.listTransfers({.filter = {}, .after = {}, .limit = 50, .isBackwards = true});
    backwards.waitForFinished();
    QCOMPARE(backwards.result()->rows[0].id.value, 2);
    QCOMPARE(backwards.result()->rows[1].id.value, 1);
}

REGISTER_TEST(TestPlatformBalances);

} // namespace tst_platform_balances

#include "tst_platform_balances.moc"
