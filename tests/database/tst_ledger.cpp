#include "tests/database/ledger_fixture.h"
#include "tests/support/test_main.h"

#include "ledger/ledger_pages.h"

namespace tst_ledger {

using tests::hold;
using tests::number;
using tests::openConnection;
using tests::plan;
using tests::post;
using tests::usd;

namespace {

constexpr qint64 kAsha = 7;
constexpr qint64 kBen = 8;

using Comparison = api::FilterTerm::Comparison;

api::FilterTerm term(const char *field, const char *value, Comparison comparison = Comparison::Is)
{
    return {QString::fromLatin1(field), comparison, QString::fromLatin1(value)};
}

template <typename T> T answered(QFuture<T> future)
{
    future.waitForFinished();
    return future.result();
}

} // namespace

class TestLedger : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void depositIsCreditedAndItsRepeatIsTheFirst();
    void repeatOfAnotherAmountIsAnError();
    void debtIsPaidFirst();
    void repeatOfADepositThatPaidADebtIsTheFirst();
    void excessGoesToSuspense();
    void sixteenThreadsCreditOnePaymentOnce();
    void missingMoneyIsInsufficientFunds();
    void walletThatIsNotThereIsNotFound();
    void openingAWalletTwiceIsFine();
    void transfersOfOneWalletAtOnceKeepTheChain();
    void timeNeverGoesBackInAChain();
    void historyIsNewestFirst();
    void changedIdsAreTold();
    void listingPagesByKeyset();
    void listingFilters_data();
    void listingFilters();
    void listingRefusesAFilterInWords();
    void listingShowsTheEntries();
    void walletSummaryTellsABrokenChain();

private:
    [[nodiscard]] Result<ledger::Transfer> deposit(qint64 customer, Money amount,
                                                   const char *payment, Money excess = {})
    {
        return tests::credit(*m_connection, {.customer = CustomerId{customer},
                                             .amount = amount,
                                             .excess = excess,
                                             .payment = QString::fromLatin1(payment)});
    }
    void owe(qint64 customer, Money amount)
    {
        const auto owed =
            post(*m_connection, {.customer = CustomerId{customer},
                                 .kind = QStringLiteral("reversal"),
                                 .requestKey = QStringLiteral("reversal:%1").arg(m_owed++),
                                 .debt = -amount,
                                 .platform = ledger::Platform::DynopayClearing,
                                 .platformAmount = amount});
        QVERIFY(owed);
    }
    [[nodiscard]] ledger::Balance balance(qint64 customer)
    {
        return tests::balance(*m_connection, customer);
    }
    void fillForListing();

    QString m_url;
    std::unique_ptr<database::Connection> m_connection;
    int m_owed = 0;
};

void TestLedger::init()
{
    m_connection.reset();
    m_url = tests::emptiedDatabase();
    m_connection = openConnection(m_url);
    tests::addCustomer(*m_connection, kAsha, QStringLiteral("Asha"));
    tests::addCustomer(*m_connection, kBen, QStringLiteral("Ben"));
}

void TestLedger::depositIsCreditedAndItsRepeatIsTheFirst()
{
    const auto first = deposit(kAsha, usd(25), "p1");
    QVERIFY(first && !first->isRepeat);
    QCOMPARE(first->availableAfter, usd(25));
    QVERIFY(deposit(kAsha, usd(5), "p2"));
    const auto again = deposit(kAsha, usd(25), "p1");
    QVERIFY(again && again->isRepeat);
    QCOMPARE(again->id, first->id);
    QCOMPARE(again->availableAfter, usd(25));
    QCOMPARE(balance(kAsha).available, usd(30));
}

void TestLedger::repeatOfAnotherAmountIsAnError()
{
    QVERIFY(deposit(kAsha, usd(25), "p1"));
    for (const Money other : {usd(26), usd(24)}) {
        const auto second = deposit(kAsha, other, "p1");
        QVERIFY(!second);
        QCOMPARE(second.error().code, ErrorCode::Duplicate);
    }
    const auto toBen = deposit(kBen, usd(25), "p1");
    QVERIFY(!toBen);
    QCOMPARE(toBen.error().code, ErrorCode::Duplicate);
    QCOMPARE(balance(kAsha).available, usd(25));
    QCOMPARE(balance(kBen).available, usd(0));
}

void TestLedger::debtIsPaidFirst()
{
    owe(kAsha, usd(10));
    QCOMPARE(balance(kAsha).debt, -usd(10));
    const auto part = deposit(kAsha, usd(4), "p1");
    QVERIFY(part);
    QCOMPARE(part->debtAfter, -usd(6));
    QCOMPARE(part->availableAfter, usd(0));
    const auto rest = deposit(kAsha, usd(20), "p2");
    QVERIFY(rest);
    QCOMPARE(rest->debtAfter, usd(0));
    QCOMPARE(rest->availableAfter, usd(14));
}

void TestLedger::repeatOfADepositThatPaidADebtIsTheFirst()
{
    owe(kAsha, usd(10));
    const auto first = deposit(kAsha, usd(25), "p1");
    QVERIFY(first);
    const auto withoutDebt = deposit(kAsha, usd(25), "p1");
    QVERIFY(withoutDebt && withoutDebt->isRepeat);
    owe(kAsha, usd(3));
    const auto withAnotherDebt = deposit(kAsha, usd(25), "p1");
    QVERIFY(withAnotherDebt && withAnotherDebt->isRepeat);
    QCOMPARE(withAnotherDebt->id, first->id);
    QCOMPARE(balance(kAsha).available, usd(15));
    QVERIFY(!deposit(kAsha, usd(26), "p1"));
}

void TestLedger::excessGoesToSuspense()
{
    QVERIFY(deposit(kAsha, usd(25), "p1", usd(3)));
    QCOMPARE(balance(kAsha).available, usd(25));
    QCOMPARE(tests::column(*m_connection,
                           QStringLiteral("SELECT account || ' ' || amount AS answer FROM entries "
                                          "ORDER BY account")),
             QStringList({QStringLiteral("available 25000000"),
                          QStringLiteral("dynopay_clearing -28000000"),
                          QStringLiteral("suspense 3000000")}));
    const auto withoutExcess = deposit(kAsha, usd(25), "p1");
    QVERIFY(!withoutExcess);
    QCOMPARE(withoutExcess.error().code, ErrorCode::Duplicate);
}

void TestLedger::sixteenThreadsCreditOnePaymentOnce()
{
    std::atomic<int> first = 0;
    std::atomic<int> repeats = 0;
    tests::inThreads(16, [&](int) {
        auto connection = openConnection(m_url);
        const auto credited = tests::credit(
            *connection,
            {.customer = CustomerId{kAsha}, .amount = usd(25), .payment = QStringLiteral("p1")});
        first += credited && !credited->isRepeat ? 1 : 0;
        repeats += credited && credited->isRepeat ? 1 : 0;
    });
    QCOMPARE(first.load(), 1);
    QCOMPARE(repeats.load(), 15);
    QCOMPARE(balance(kAsha).available, usd(25));
}

void TestLedger::missingMoneyIsInsufficientFunds()
{
    QVERIFY(deposit(kAsha, usd(5), "p1"));
    const auto held = post(*m_connection, hold(kAsha, QStringLiteral("c1"), usd(6)));
    QVERIFY(!held);
    QCOMPARE(held.error().code, ErrorCode::InsufficientFunds);
    QVERIFY(!held.error().transient);
    QVERIFY(post(*m_connection, hold(kAsha, QStringLiteral("c1"), usd(5))));
    QCOMPARE(balance(kAsha).held, usd(5));
}

void TestLedger::walletThatIsNotThereIsNotFound()
{
    const auto credited = deposit(99, usd(5), "p1");
    QVERIFY(!credited);
    QCOMPARE(credited.error().code, ErrorCode::NotFound);
    const auto posted = post(*m_connection, plan(99, QStringLiteral("k"), usd(1)));
    QVERIFY(!posted);
    QCOMPARE(posted.error().code, ErrorCode::ConstraintViolated);
}

void TestLedger::openingAWalletTwiceIsFine()
{
    QVERIFY(deposit(kAsha, usd(5), "p1"));
    QVERIFY(database::inTransaction(*m_connection, [](database::Transaction &transaction) {
        return ledger::openWallet(transaction, CustomerId{kAsha});
    }));
    QCOMPARE(balance(kAsha).available, usd(5));
}

void TestLedger::transfersOfOneWalletAtOnceKeepTheChain()
{
    QVERIFY(deposit(kAsha, usd(100), "p1"));
    std::atomic<int> failed = 0;
    tests::inThreads(8, [&](int thread) {
        auto connection = openConnection(m_url);
        for (int i = 0; i < 25; ++i)
            failed += post(*connection, plan(kAsha, QStringLiteral("%1/%2").arg(thread).arg(i),
                                             Money::fromCents(1)))
                          ? 0
                          : 1;
    });
    QCOMPARE(failed.load(), 0);
    QCOMPARE(balance(kAsha).available, usd(98));
    const auto verified = ledger::verify(*m_connection);
    QVERIFY(verified && verified->isSound());
    QCOMPARE(number(*m_connection,
                    QStringLiteral("(SELECT max(seq) FROM transfers WHERE customer_id = 7)")),
             201);
}

void TestLedger::timeNeverGoesBackInAChain()
{
    QVERIFY(deposit(kAsha, usd(5), "p1"));
    const auto earlier =
        tests::committed<ledger::Transfer>(*m_connection, [](database::Transaction &transaction) {
            return ledger::post(transaction, plan(kAsha, QStringLiteral("k"), usd(1)),
                                tests::kCause, tests::kMorning - std::chrono::hours(1));
        });
    QVERIFY(earlier);
    QCOMPARE(number(*m_connection, QStringLiteral("(SELECT count(DISTINCT at) FROM transfers)")),
             1);
    QVERIFY(ledger::verify(*m_connection)->isSound());
}

void TestLedger::historyIsNewestFirst()
{
    QVERIFY(deposit(kAsha, usd(25), "p1"));
    QVERIFY(post(*m_connection, plan(kAsha, QStringLiteral("a"), usd(2))));
    QVERIFY(post(*m_connection, plan(kAsha, QStringLiteral("b"), usd(3))));
    QVERIFY(deposit(kBen, usd(1), "p2"));
    const auto lines = tests::committed<std::vector<ledger::HistoryLine>>(
        *m_connection, [](database::Transaction &transaction) {
            return ledger::history(transaction, CustomerId{kAsha}, 2);
        });
    QVERIFY(lines);
    QCOMPARE(lines->size(), 2u);
    QCOMPARE((*lines)[0].amount, -usd(3));
    QCOMPARE((*lines)[1].amount, -usd(2));
    QCOMPARE((*lines)[0].kind, QStringLiteral("plan"));
    QCOMPARE((*lines)[0].at, tests::kMorning);
}

void TestLedger::changedIdsAreTold()
{
    class Sink final : public database::ChangeSink {
    public:
        void publish(std::vector<core::Change> changes) override { told = std::move(changes); }
        std::vector<core::Change> told;
    } sink;
    auto connection = openConnection(m_url, database::Role::Application, &sink);
    const auto credited = tests::credit(
        *connection,
        {.customer = CustomerId{kAsha}, .amount = usd(1), .payment = QStringLiteral("p1")});
    QVERIFY(credited);
    const std::vector<core::Change> expected = {{Topic::Transfer, credited->id.value},
                                                {Topic::Wallet, kAsha}};
    QVERIFY(sink.told == expected);
}

/// 1: deposit Asha 25 (+3 excess), 2: deposit Ben 5, 3: hold Asha 10, 4: plan Ben 5.
void TestLedger::fillForListing()
{
    QVERIFY(deposit(kAsha, usd(25), "p1", usd(3)));
    QVERIFY(deposit(kBen, usd(5), "p2"));
    QVERIFY(post(*m_connection, hold(kAsha, QStringLiteral("c1"), usd(10))));
    QVERIFY(post(*m_connection, plan(kBen, QStringLiteral("plan:1"), usd(5))));
}

void TestLedger::listingPagesByKeyset()
{
    for (int i = 0; i < 5; ++i)
        QVERIFY(deposit(kAsha, usd(1), QByteArray::number(i).constData()));
    database::ReadPool pool(m_url, 1);
    const core::FakeClock clock(tests::kMorning);
    ledger::LedgerPages pages(pool, clock);
    const auto first = answered(pages.listTransfers({.filter = {}, .after = {}, .limit = 2}));
    QVERIFY2(first, first ? "" : qPrintable(first.error().detail));
    QCOMPARE(first->total, 5);
    QVERIFY(first->isTotalExact && !first->next.isEmpty());
    // What arrives meanwhile does not shift the pages behind.
    QVERIFY(deposit(kAsha, usd(1), "later"));
    QList<qint64> ids;
    QString after;
    do {
        const auto page = answered(pages.listTransfers(
            {.filter = {}, .after = after.isEmpty() ? first->next : after, .limit = 2}));
        QVERIFY(page);
        for (const api::TransferRow &row : page->rows)
            ids << row.id.value;
        after = page->next;
    } while (!after.isEmpty());
    QCOMPARE(first->rows[0].id.value, 5);
    QCOMPARE(first->rows[1].id.value, 4);
    QCOMPARE(ids, QList<qint64>({3, 2, 1}));
}

void TestLedger::listingFilters_data()
{
    QTest::addColumn<QList<api::FilterTerm>>("filter");
    QTest::addColumn<QList<qint64>>("ids");
    const auto row = [](const char *name, const QList<api::FilterTerm> &filter,
                        const QList<qint64> &ids) { QTest::newRow(name) << filter << ids; };
    row("none", {}, {4, 3, 2, 1});
    row("kind", {term("kind", "deposit")}, {2, 1});
    row("not kind", {term("kind", "deposit", Comparison::IsNot)}, {4, 3});
    row("customer by id", {term("customer", "7")}, {3, 1});
    row("customer by name", {term("customer", "ash")}, {3, 1});
    row("not customer", {term("customer", "7", Comparison::IsNot)}, {4, 2});
    row("customer's account", {term("account", "held")}, {3});
    row("account", {term("account", "dynopay_clearing")}, {2, 1});
    row("second account", {term("account", "suspense")}, {1});
    row("not account", {term("account", "suspense", Comparison::IsNot)}, {4, 3, 2});
    row("amount above", {term("amount", "5", Comparison::Above)}, {3, 1});
    row("amount is", {term("amount", "5")}, {4, 2});
    row("amount is not", {term("amount", "5", Comparison::IsNot)}, {3, 1});
    row("id below", {term("id", "3", Comparison::Below)}, {2, 1});
    row("free text", {term("", "plan:")}, {4});
    row("wildcards are plain text here", {term("", "%")}, {});
    row("since", {term("since", "2h")}, {4, 3, 2, 1});
    row("two terms", {term("customer", "Ben"), term("kind", "plan")}, {4});
    row("quotes", {term("kind", "it's")}, {});
}

void TestLedger::listingFilters()
{
    QFETCH(QList<api::FilterTerm>, filter);
    QFETCH(QList<qint64>, ids);
    fillForListing();
    database::ReadPool pool(m_url, 1);
    const core::FakeClock clock(tests::kMorning + std::chrono::hours(1));
    ledger::LedgerPages pages(pool, clock);
    const auto page = answered(pages.listTransfers({.filter = filter, .after = {}, .limit = 50}));
    QVERIFY2(page, page ? "" : qPrintable(page.error().detail));
    QList<qint64> found;
    for (const api::TransferRow &row : page->rows)
        found << row.id.value;
    QCOMPARE(found, ids);
    QCOMPARE(page->total, ids.size());
    QVERIFY(page->next.isEmpty());
}

void TestLedger::listingRefusesAFilterInWords()
{
    database::ReadPool pool(m_url, 1);
    const core::FakeClock clock(tests::kMorning);
    ledger::LedgerPages pages(pool, clock);
    const std::vector<std::pair<api::FilterTerm, const char *>> cases = {
        {term("colour", "red"), "the fields are: account, amount, customer, id, kind, since"},
        {term("amount", "many"), "amount: takes an amount in USD"},
        {term("id", "x"), "id: takes a whole number"},
        {term("since", "yesterday"), "since: takes a number"},
        {term("kind", "a", Comparison::Above), "kind cannot be compared"},
    };
    for (const auto &[filter, words] : cases) {
        const auto page =
            answered(pages.listTransfers({.filter = {filter}, .after = {}, .limit = 50}));
        QVERIFY(!page);
        QCOMPARE(page.error().code, ErrorCode::BadInput);
        QVERIFY2(page.error().detail.contains(QLatin1String(words)),
                 qPrintable(page.error().detail));
    }
}

void TestLedger::listingShowsTheEntries()
{
    fillForListing();
    database::ReadPool pool(m_url, 1);
    const core::FakeClock clock(tests::kMorning);
    ledger::LedgerPages pages(pool, clock);
    const auto page =
        answered(pages.listTransfers({.filter = {term("id", "1")}, .after = {}, .limit = 50}));
    QVERIFY(page);
    QCOMPARE(page->rows.size(), 1);
    const api::TransferRow row = page->rows.first();
    QCOMPARE(row.customerName, QStringLiteral("Asha"));
    QCOMPARE(row.requestKey, QStringLiteral("deposit:p1"));
    QCOMPARE(row.at, tests::kMorning);
    QCOMPARE(row.cause, tests::kCause);
    QCOMPARE(row.entries.size(), 3);
    QCOMPARE(row.entries[0].account, QStringLiteral("dynopay_clearing"));
    QCOMPARE(row.entries[0].amount, -usd(28));
    QVERIFY(!row.entries[0].isCustomers);
    QCOMPARE(row.entries[0].balanceAfter.value(), -usd(28));
    QCOMPARE(row.entries[1].account, QStringLiteral("available"));
    QCOMPARE(row.entries[1].balanceAfter.value(), usd(25));
    QCOMPARE(row.entries[2].account, QStringLiteral("suspense"));
}

void TestLedger::walletSummaryTellsABrokenChain()
{
    fillForListing();
    database::ReadPool pool(m_url, 1);
    const core::FakeClock clock(tests::kMorning);
    ledger::LedgerPages pages(pool, clock);
    const auto sound = answered(pages.loadWallet(CustomerId{kAsha}));
    QVERIFY(sound);
    QCOMPARE(sound->available, usd(15));
    QCOMPARE(sound->held, usd(10));
    QCOMPARE(sound->transfers, 2);
    QCOMPARE(sound->customerName, QStringLiteral("Asha"));
    QVERIFY(sound->isChainIntact);
    QCOMPARE(
        tests::psql(m_url, QStringLiteral("SET session_replication_role = replica; "
                                          "UPDATE transfers SET hash = sha256('x') WHERE id = 3;"))
            .errors,
        QString());
    const auto broken = answered(pages.loadWallet(CustomerId{kAsha}));
    QVERIFY(broken && !broken->isChainIntact);
    const auto absent = answered(pages.loadWallet(CustomerId{99}));
    QVERIFY(!absent);
    QCOMPARE(absent.error().code, ErrorCode::NotFound);
}

REGISTER_TEST(TestLedger);

} // namespace tst_ledger

#include "tst_ledger.moc"
