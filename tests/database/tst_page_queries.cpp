#include "tests/database/ledger_fixture.h"
#include "tests/support/test_main.h"

#include "deposits/deposit_pages.h"
#include "ledger/ledger_pages.h"

namespace tst_page_queries {

using tests::usd;

namespace {

template <typename T> T answered(QFuture<Result<T>> future)
{
    future.waitForFinished();
    const Result<T> answer = future.result();
    if (!answer)
        qFatal("no answer: %s", qUtf8Printable(answer.error().detail));
    return *answer;
}

} // namespace

/// What every list page asks for besides its rows.
class TestPageQueries : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void backwardsTheLastPageComesFirstInTheListsOrder();
    void whatNobodyLooksAtIsNotCounted();
    void aFilterThatFindsFewIsReadToItsEnd_data();
    void aFilterThatFindsFewIsReadToItsEnd();
    void namesThatBeginSoAreOffered();
    void wildcardsInANameAreLetters();
    void coinsThatWereUsedAreOffered();

private:
    QString m_url;
    std::unique_ptr<database::Connection> m_connection;
    core::FakeClock m_clock{tests::kMorning};
};

void TestPageQueries::init()
{
    m_connection.reset();
    m_url = tests::emptiedDatabase();
    m_connection = tests::openConnection(m_url);
    tests::addCustomer(*m_connection, 7, QStringLiteral("Priya Nair"));
    tests::addCustomer(*m_connection, 8, QStringLiteral("Praxis Nordlicht"));
    tests::addCustomer(*m_connection, 9, QStringLiteral("100% Ben_"));
}

void TestPageQueries::backwardsTheLastPageComesFirstInTheListsOrder()
{
    for (int i = 0; i < 5; ++i)
        QVERIFY(tests::credit(
            *m_connection,
            {.customer = CustomerId{7}, .amount = usd(1), .payment = QString::number(i)}));
    database::ReadPool pool(m_url, 1);
    ledger::LedgerPages pages(pool, m_clock);
    QList<QList<qint64>> read;
    QString after;
    do {
        const auto page = answered(
            pages.listTransfers({.filter = {}, .after = after, .limit = 2, .isBackwards = true}));
        QCOMPARE(page.total, 5);
        QList<qint64> ids;
        for (const api::TransferRow &row : page.rows)
            ids << row.id.value;
        read << ids;
        after = page.next;
    } while (!after.isEmpty());
    QCOMPARE(read, (QList<QList<qint64>>{{2, 1}, {4, 3}, {5}}));
}

void TestPageQueries::whatNobodyLooksAtIsNotCounted()
{
    QVERIFY(tests::credit(
        *m_connection,
        {.customer = CustomerId{7}, .amount = usd(1), .payment = QStringLiteral("p")}));
    database::ReadPool pool(m_url, 1);
    ledger::LedgerPages pages(pool, m_clock);
    const auto page =
        answered(pages.listTransfers({.filter = {}, .after = {}, .isCounted = false}));
    QCOMPARE(page.rows.size(), 1);
    QCOMPARE(page.total, 0);
}

void TestPageQueries::aFilterThatFindsFewIsReadToItsEnd_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<bool>("isBackwards");
    for (const int count : {0, 1, 5}) { // few: their ids come with the count
        QTest::addRow("%d", count) << count << false;
        QTest::addRow("%d backwards", count) << count << true;
    }
    QTest::addRow("more than come with the count") << 1003 << false;
}

void TestPageQueries::aFilterThatFindsFewIsReadToItsEnd()
{
    QFETCH(int, count);
    QFETCH(bool, isBackwards);
    for (const char *kind : {"adjust", "other"})
        QVERIFY(m_connection->run(
            QStringLiteral("INSERT INTO transfers (customer_id, at, cause_id, available, platform, "
                           "platform_amount, kind, request_key) SELECT 7 + n % 3, now(), 1, 1, "
                           "'adjust_goodwill', -1, ?::text, ?::text || ':' || n FROM "
                           "generate_series(1, ?::int) n"),
            {QString::fromLatin1(kind), QString::fromLatin1(kind), count}));
    database::ReadPool pool(m_url, 1);
    ledger::LedgerPages pages(pool, m_clock);
    const QList<api::FilterTerm> filter = {
        {.field = QStringLiteral("kind"), .value = QStringLiteral("adjust")}};
    QList<qint64> ids;
    QString after;
    do {
        const auto page = answered(pages.listTransfers(
            {.filter = filter, .after = after, .limit = 400, .isBackwards = isBackwards}));
        QCOMPARE(page.total, count);
        QVERIFY(page.isTotalExact);
        for (const api::TransferRow &row : page.rows) {
            QCOMPARE(row.kind, QStringLiteral("adjust"));
            ids << row.id.value;
        }
        after = page.next;
    } while (!after.isEmpty());
    QCOMPARE(ids.size(), count);
    std::sort(ids.begin(), ids.end());
    QVERIFY(std::adjacent_find(ids.cbegin(), ids.cend()) == ids.cend());
}

void TestPageQueries::namesThatBeginSoAreOffered()
{
    database::ReadPool pool(m_url, 1);
    ledger::LedgerPages ledger(pool, m_clock);
    deposits::DepositPages deposits(pool, m_clock);
    const QString field = QStringLiteral("customer");
    const QStringList both = {QStringLiteral("Praxis Nordlicht"), QStringLiteral("Priya Nair")};
    QCOMPARE(answered(ledger.suggest(field, QStringLiteral("PR"))), both);
    QCOMPARE(answered(deposits.suggest(field, QStringLiteral("pr"))), both);
    QCOMPARE(answered(deposits.suggest(field, QStringLiteral("nair"))), QStringList());
    QCOMPARE(answered(ledger.suggest(QStringLiteral("kind"), QStringLiteral("p"))), QStringList());
}

void TestPageQueries::wildcardsInANameAreLetters()
{
    database::ReadPool pool(m_url, 1);
    ledger::LedgerPages ledger(pool, m_clock);
    const QString field = QStringLiteral("customer");
    QCOMPARE(answered(ledger.suggest(field, QStringLiteral("100%"))),
             QStringList{QStringLiteral("100% Ben_")});
    QCOMPARE(answered(ledger.suggest(field, QStringLiteral("_"))), QStringList());
    QCOMPARE(answered(ledger.suggest(field, QStringLiteral("%"))), QStringList());
}

void TestPageQueries::coinsThatWereUsedAreOffered()
{
    database::ReadPool pool(m_url, 1);
    deposits::DepositPages deposits(pool, m_clock);
    const QString field = QStringLiteral("coin");
    QCOMPARE(answered(deposits.suggest(field, {})), QStringList());
    int n = 0;
    for (const char *coin : {"BTC", "USDT-TRC20", "BTC", "USDT-ERC20"}) {
        const QString token =
            QStringLiteral("decode(repeat('%1', 32), 'hex')").arg(++n, 2, 10, QLatin1Char('0'));
        for (const QString &sql :
             {QStringLiteral("INSERT INTO webhook_routes (token_sha256, lane) VALUES (%1, 'x')")
                  .arg(token),
              QStringLiteral("INSERT INTO deposits (customer_id, coin, requested, state, "
                             "token_sha256, created_at, cause_id) VALUES (7, '%1', 1, 'created', "
                             "%2, now(), 1)")
                  .arg(QLatin1String(coin), token)})
            QVERIFY(m_connection->run(sql));
    }
    QCOMPARE(answered(deposits.suggest(field, QStringLiteral("us"))),
             (QStringList{QStringLiteral("USDT-ERC20"), QStringLiteral("USDT-TRC20")}));
    QCOMPARE(answered(deposits.suggest(field, {})).size(), 3);
}

REGISTER_TEST(TestPageQueries);

} // namespace tst_page_queries

#include "tst_page_queries.moc"
