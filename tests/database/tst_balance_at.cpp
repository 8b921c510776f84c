#include "tests/database/ledger_fixture.h"
#include "tests/support/test_main.h"

#include "ledger/balance_at.h"

namespace tst_balance_at {

using namespace std::chrono_literals;
using tests::hold;
using tests::kMorning;
using tests::usd;

namespace {

constexpr qint64 kAsha = 7;
constexpr qint64 kBen = 8;
constexpr auto kInstant = 1us; // what PostgreSQL tells apart

} // namespace

class TestBalanceAt : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void beforeTheFirstTransferThereIsNothing();
    void aTransferCountsFromItsOwnInstant();
    void betweenTwoTransfersItIsWhatTheFirstLeft();
    void ofTwoAtTheSameInstantBothCount();
    void inTheFutureItIsTheBalanceOfNow();
    void aTransferThatCameLateCountsFromTheOneBeforeIt();
    void heldMoneyAndDebtAreTold();
    void othersDoNotCount();
    void anUnknownCustomerIsNotFound();
    void everyInstantOfALongHistoryIsTheSumOfItsEntries();
    void theIndexAnswersAlone();

private:
    void post(const ledger::NewTransfer &transfer, Timestamp at);
    void credit(qint64 customer, Money amount, Timestamp at);
    [[nodiscard]] ledger::Balance at(Timestamp moment, qint64 customer = kAsha);

    std::unique_ptr<database::Connection> m_connection;
    int m_posted = 0;
};

void TestBalanceAt::init()
{
    m_connection.reset();
    m_connection = tests::openConnection(tests::emptiedDatabase());
    tests::addCustomer(*m_connection, kAsha, QStringLiteral("Asha"));
    tests::addCustomer(*m_connection, kBen, QStringLiteral("Ben"));
    m_posted = 0;
}

void TestBalanceAt::post(const ledger::NewTransfer &transfer, Timestamp at)
{
    const auto posted =
        tests::committed<ledger::Transfer>(*m_connection, [&](database::Transaction &transaction) {
            return ledger::post(transaction, transfer, tests::kCause, at);
        });
    QVERIFY2(posted, posted ? "" : qPrintable(posted.error().detail));
}

void TestBalanceAt::credit(qint64 customer, Money amount, Timestamp at)
{
    post({.customer = CustomerId{customer},
          .kind = QStringLiteral("adjust"),
          .requestKey = QStringLiteral("adjust:%1").arg(++m_posted),
          .available = amount,
          .platform = ledger::Platform::AdjustGoodwill,
          .platformAmount = -amount},
         at);
}

ledger::Balance TestBalanceAt::at(Timestamp moment, qint64 customer)
{
    const auto read =
        tests::committed<ledger::Balance>(*m_connection, [&](database::Transaction &transaction) {
            return ledger::balanceAt(transaction, CustomerId{customer}, moment);
        });
    if (!read)
        qFatal("no balance: %s", qUtf8Printable(read.error().detail));
    return *read;
}

void TestBalanceAt::beforeTheFirstTransferThereIsNothing()
{
    QCOMPARE(at(kMorning).available, Money()); // nor is there ever one
    credit(kAsha, usd(10), kMorning);
    const ledger::Balance before = at(kMorning - kInstant);
    QVERIFY(before.available.isZero() && before.held.isZero() && before.debt.isZero());
}

void TestBalanceAt::aTransferCountsFromItsOwnInstant()
{
    credit(kAsha, usd(10), kMorning);
    QCOMPARE(at(kMorning).available, usd(10));
}

void TestBalanceAt::betweenTwoTransfersItIsWhatTheFirstLeft()
{
    credit(kAsha, usd(10), kMorning);
    credit(kAsha, usd(5), kMorning + 1h);
    QCOMPARE(at(kMorning + kInstant).available, usd(10));
    QCOMPARE(at(kMorning + 1h - kInstant).available, usd(10));
    QCOMPARE(at(kMorning + 1h).available, usd(15));
}

void TestBalanceAt::ofTwoAtTheSameInstantBothCount()
{
    credit(kAsha, usd(10), kMorning);
    credit(kAsha, usd(5), kMorning);
    credit(kAsha, usd(-2), kMorning);
    QCOMPARE(at(kMorning).available, usd(13));
    QCOMPARE(at(kMorning - kInstant).available, Money());
}

void TestBalanceAt::inTheFutureItIsTheBalanceOfNow()
{
    credit(kAsha, usd(10), kMorning);
    credit(kAsha, usd(5), kMorning + 1h);
    QCOMPARE(at(kMorning + 24h * 365 * 100).available, usd(15));
    QCOMPARE(at(kMorning + 24h * 365 * 100).available,
             tests::balance(*m_connection, kAsha).available);
}

/// An event that was received earlier may be handled later; the chain's time never goes back.
void TestBalanceAt::aTransferThatCameLateCountsFromTheOneBeforeIt()
{
    credit(kAsha, usd(10), kMorning + 1h);
    credit(kAsha, usd(5), kMorning);
    QCOMPARE(at(kMorning).available, Money());
    QCOMPARE(at(kMorning + 1h).available, usd(15));
}

void TestBalanceAt::heldMoneyAndDebtAreTold()
{
    credit(kAsha, usd(10), kMorning);
    post(hold(kAsha, QStringLiteral("c1"), usd(4)), kMorning + 1h);
    post({.customer = CustomerId{kAsha},
          .kind = QStringLiteral("reversal"),
          .requestKey = QStringLiteral("reversal:1"),
          .available = usd(-6),
          .debt = usd(-3),
          .platform = ledger::Platform::DynopayClearing,
          .platformAmount = usd(9)},
         kMorning + 2h);
    const ledger::Balance held = at(kMorning + 1h);
    QCOMPARE(held.available, usd(6));
    QCOMPARE(held.held, usd(4));
    QCOMPARE(held.debt, Money());
    const ledger::Balance owing = at(kMorning + 2h);
    QCOMPARE(owing.available, Money());
    QCOMPARE(owing.held, usd(4));
    QCOMPARE(owing.debt, usd(-3));
}

void TestBalanceAt::othersDoNotCount()
{
    credit(kAsha, usd(10), kMorning);
    credit(kBen, usd(99), kMorning + 1h);
    QCOMPARE(at(kMorning + 2h).available, usd(10));
    QCOMPARE(at(kMorning, kBen).available, Money());
    QCOMPARE(at(kMorning + 2h, kBen).available, usd(99));
}

void TestBalanceAt::anUnknownCustomerIsNotFound()
{
    const auto read =
        tests::committed<ledger::Balance>(*m_connection, [&](database::Transaction &transaction) {
            return ledger::balanceAt(transaction, CustomerId{99}, kMorning);
        });
    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::NotFound);
}

void TestBalanceAt::everyInstantOfALongHistoryIsTheSumOfItsEntries()
{
    constexpr int kTransfers = 60;
    for (int i = 0; i < kTransfers; ++i)
        credit(i % 3 == 0 ? kBen : kAsha, usd(1 + i), kMorning + std::chrono::seconds(i / 2));
    for (int i = -1; i <= kTransfers; ++i) {
        const Timestamp moment = kMorning + i * 500ms;
        for (const qint64 customer : {kAsha, kBen}) {
            const qint64 sum = tests::number(
                *m_connection,
                QStringLiteral("(SELECT coalesce(sum(available), 0) FROM transfers WHERE "
                               "customer_id = %1 AND at <= '%2')")
                    .arg(customer)
                    .arg(core::toIso(moment)));
            QCOMPARE(at(moment, customer).available, Money::fromMicros(sum));
        }
    }
}

void TestBalanceAt::theIndexAnswersAlone()
{
    for (int i = 0; i < 20; ++i)
        credit(kAsha, usd(1), kMorning + std::chrono::seconds(i));
    const auto planned = m_connection->run(QStringLiteral("SET enable_seqscan = off"));
    QVERIFY(planned);
    const auto plan = m_connection->run(
        QStringLiteral("EXPLAIN SELECT available_after, held_after, debt_after FROM transfers "
                       "WHERE customer_id = 7 AND at <= '2026-11-22T09:00:00Z' ORDER BY at DESC, "
                       "seq DESC LIMIT 1"));
    QVERIFY(plan);
    QString text;
    for (qsizetype i = 0; i < plan->size(); ++i)
        text += (*plan)[i].text("QUERY PLAN") + u'\n';
    QVERIFY2(text.contains(QLatin1String("Index Only Scan Backward using transfers_by_time")),
             qPrintable(text));
    QVERIFY2(!text.contains(QLatin1String("Sort")), qPrintable(text));
}

REGISTER_TEST(TestBalanceAt);

} // namespace tst_balance_at

#include "tst_balance_at.moc"
