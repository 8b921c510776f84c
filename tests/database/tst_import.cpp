#include "tests/database/operator_fixture.h"
#include "tests/support/test_main.h"

#include "customers/import_sheet.h"
#include "ledger/verify.h"

namespace tst_import {

namespace {

const QStringList kLanguages = {QStringLiteral("en"), QStringLiteral("fr"), QStringLiteral("zh")};
const Timestamp kNow = core::SystemClock().now();
constexpr qint64 kOlga = 8'001;
constexpr qint64 kTomas = 8'002;

customers::ImportSheet sheetOf(const QByteArray &csv)
{
    const auto sheet = customers::readImport(QString::fromUtf8(csv), kLanguages, kNow);
    if (!sheet)
        qFatal("%s", qUtf8Printable(sheet.error().detail));
    return *sheet;
}

Json payloadOf(const customers::ImportSheet &sheet)
{
    Json rows = Json::array();
    for (const customers::ImportRow &row : sheet.rows)
        rows.push_back(customers::toJson(row));
    return {{"v", 1}, {"file", "0f1e2d3c4b5a"}, {"rows", rows}};
}

const char *const kExport = "telegram_id,name,language,plan,balance\n"
                            "8001,Olga,fr-FR,free,12.50\n"
                            "8002,\"Tomas, the second\",xx,,0\n"
                            "7001,Somebody Else,zh,,3\n";

/// "2026-12-01T18:00:00Z", so many days from now.
QString inDays(int days)
{
    return core::toIso(kNow + std::chrono::days(days));
}

QByteArray exportWithPlan(int days)
{
    return QStringLiteral("telegram_id,plan,plan_ends,balance\n8001,Prime,%1,12.50\n")
        .arg(inDays(days))
        .toUtf8();
}

} // namespace

/// Customers of another bot move in, once.
class TestImport : public tests::OperatorStage {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        startStage();
        addOperator(QStringLiteral("second"), QStringLiteral("finance"));
    }
    void goodAndBadRowsAreToldApart();
    void aFileThatIsNoneIsRefused_data();
    void aFileThatIsNoneIsRefused();
    void customersMoveInWithTheirBalances();
    void runningItTwiceChangesNothing();
    void anotherBalanceIsRefusedAndNothingOfItsCommandIsDone();
    void onlyFinanceMayDoIt();
    void rowsThatNoFileHasAreRefused_data();
    void rowsThatNoFileHasAreRefused();
    void plansAreReadWithTheirEnds();
    void aPlanMovesInOnce_data();
    void aPlanMovesInOnce();
    void aPlanThatRunsHereStays();
    void onlyAPlanThatMovedInIsFree();

private:
    [[nodiscard]] Finished moveIn(const QByteArray &csv, const char *key)
    {
        return commandOfTwo(QStringLiteral("finance"), QStringLiteral("second"), "import.customers",
                            payloadOf(sheetOf(csv)), QString::fromLatin1(key));
    }
    [[nodiscard]] qint64 available(qint64 customer)
    {
        return tests::number(
            *m_connection,
            QStringLiteral("(SELECT available FROM wallets WHERE customer_id = %1)").arg(customer));
    }
};

void TestImport::goodAndBadRowsAreToldApart()
{
    const auto sheet = sheetOf("Telegram_ID , balance,plan,language,name,colour\r\n"
                               "1,1.000001,,fr,Ann,red\r\n"
                               "2,-1,,fr,Bob,\r\n"
                               "three,1,,fr,Cid,\r\n"
                               "4,one,,fr,Dan,\r\n"
                               "5,1.0000001,,fr,Eve,\r\n"
                               "6,1000000.01,,fr,Fay,\r\n"
                               "1,2,,fr,Ann,\r\n"
                               "8,5,prime,fr,Gus,\r\n"
                               "9,5,Free,,,\r\n"
                               "4503599627370496,5,,,,\r\n"
                               "11\r\n");
    QCOMPARE(sheet.rows.size(), size_t(2));
    QCOMPARE(sheet.rows[0].line, 2);
    QCOMPARE(sheet.rows[1].language, QStringLiteral("en"));
    QCOMPARE(sheet.total, Money::fromMicros(6'000'001));
    QStringList lines;
    for (const customers::BadImportRow &row : sheet.bad) {
        lines << QString::number(row.line);
        QVERIFY(!row.why.isEmpty());
    }
    QCOMPARE(lines.join(u' '), QStringLiteral("3 4 5 6 7 8 9 11 12"));
    QVERIFY(sheet.bad[5].why.contains(QLatin1String("line 2")));
    QVERIFY(sheet.bad[6].why.contains(QLatin1String("plan_ends")));
}

void TestImport::aFileThatIsNoneIsRefused_data()
{
    QTest::addColumn<QString>("csv");
    QTest::newRow("empty") << QString();
    QTest::newRow("no balance") << QStringLiteral("telegram_id,name\n1,Ann\n");
    QTest::newRow("no id") << QStringLiteral("balance\n1\n");
    QTest::newRow("a column twice") << QStringLiteral("telegram_id,balance,Balance\n1,1,1\n");
    QTest::newRow("an open quote") << QStringLiteral("telegram_id,balance\n1,\"1\n");
}

void TestImport::aFileThatIsNoneIsRefused()
{
    QFETCH(QString, csv);
    const auto sheet = customers::readImport(csv, kLanguages, kNow);
    QVERIFY(!sheet);
    QCOMPARE(sheet.error().code, ErrorCode::BadInput);
}

void TestImport::customersMoveInWithTheirBalances()
{
    const qint64 before = available(tests::kPayer);
    const auto done = moveIn(kExport, "first");
    QCOMPARE(done.state, QStringLiteral("done"));
    QCOMPARE(core::integerMember(done.answer, "total"), std::optional<qint64>(15'500'000));
    QCOMPARE(available(kOlga), 12'500'000);
    QCOMPARE(available(kTomas), 0);
    QCOMPARE(text("SELECT language AS answer FROM customers WHERE id = 8001"),
             QStringLiteral("fr"));
    QCOMPARE(text("SELECT name AS answer FROM customers WHERE id = 8002"),
             QStringLiteral("Tomas, the second"));
    // Nobody accepted our terms anywhere else.
    QCOMPARE(count("SELECT count(*) FROM customers WHERE terms_version IS NOT NULL AND id > 8000"),
             0);
    // Who is here already stays who they are.
    QCOMPARE(available(tests::kPayer), before + (tests::kPayer == 7'001 ? 3'000'000 : 0));
    QCOMPARE(text("SELECT string_agg(request_key || ' ' || platform, ',' ORDER BY customer_id) AS "
                  "answer FROM transfers WHERE kind = 'opening' AND customer_id > 8000"),
             QStringLiteral("opening:8001 adjust_correction"));
    QCOMPARE(text("SELECT object || ', ' || reason AS answer FROM audit WHERE action = "
                  "'import.customers' AND object LIKE 'file%'"),
             QStringLiteral("file 0f1e2d3c, 3 customers, 15.50 USD"));
    QVERIFY(ledger::verify(*m_connection)->isSound());
}

void TestImport::runningItTwiceChangesNothing()
{
    QCOMPARE(moveIn(kExport, "first").state, QStringLiteral("done"));
    const qint64 transfers = count("SELECT count(*) FROM transfers");
    const qint64 customers = count("SELECT count(*) FROM customers");
    QCOMPARE(moveIn(kExport, "first").state, QStringLiteral("done"));
    QCOMPARE(moveIn(kExport, "second").state, QStringLiteral("done"));
    QCOMPARE(count("SELECT count(*) FROM transfers"), transfers);
    QCOMPARE(count("SELECT count(*) FROM customers"), customers);
    QCOMPARE(count("SELECT count(*) FROM inbox_outcomes WHERE state = 'dead'"), 0);
}

void TestImport::anotherBalanceIsRefusedAndNothingOfItsCommandIsDone()
{
    QCOMPARE(moveIn(kExport, "first").state, QStringLiteral("done"));
    const auto refused = moveIn("telegram_id,balance\n8003,7\n8001,99\n", "second");
    QCOMPARE(refused.state, QStringLiteral("refused"));
    QCOMPARE(refused.code, QStringLiteral("OpeningDiffers"));
    QCOMPARE(available(kOlga), 12'500'000);
    QCOMPARE(count("SELECT count(*) FROM customers WHERE id = 8003"), 0);
    QVERIFY(text("SELECT detail AS answer FROM commands WHERE request_key = 'second'")
                .endsWith(QLatin1String("line 3")));
}

void TestImport::onlyFinanceMayDoIt()
{
    for (const char *who : {"viewer", "support", "senior", "admin"}) {
        const auto finished = command(QString::fromLatin1(who), "import.customers",
                                      payloadOf(sheetOf(kExport)), QStringLiteral("try"));
        QCOMPARE(finished.state, QStringLiteral("refused"));
        QCOMPARE(count("SELECT count(*) FROM transfers WHERE kind = 'opening'"), 0);
    }
}

void TestImport::rowsThatNoFileHasAreRefused_data()
{
    QTest::addColumn<QString>("rows");
    QTest::newRow("none") << QStringLiteral("[]");
    QTest::newRow("no list") << QStringLiteral("7");
    QTest::newRow("no row") << QStringLiteral("[7]");
    QTest::newRow("nobody") << QStringLiteral(R"([{"id": 0, "balance": 1, "language": "en"}])");
    QTest::newRow("below zero") << QStringLiteral(
        R"([{"id": 8001, "balance": -1, "language": "en"}])");
    QTest::newRow("too much") << QStringLiteral(
        R"([{"id": 8001, "balance": 9000000000000, "language": "en"}])");
    QTest::newRow("no language") << QStringLiteral(R"([{"id": 8001, "balance": 1}])");
}

void TestImport::rowsThatNoFileHasAreRefused()
{
    QFETCH(QString, rows);
    const auto parsed = core::parseJson(rows.toUtf8());
    QVERIFY(parsed);
    const auto finished =
        command(QStringLiteral("finance"), "import.customers",
                {{"v", 1}, {"file", "f"}, {"rows", *parsed}}, QStringLiteral("bad"));
    QCOMPARE(finished.state, QStringLiteral("refused"));
    QCOMPARE(count("SELECT count(*) FROM transfers WHERE kind = 'opening'"), 0);
}

void TestImport::plansAreReadWithTheirEnds()
{
    const QDate today = QDateTime::currentDateTimeUtc().date();
    const auto sheet = sheetOf(
        QStringLiteral("telegram_id,balance,plan,plan_ends\n"
                       "1,0,ELITE,%1\n"
                       "2,0,prime,2020-01-01\n"
                       "3,0,gold,%1\n"
                       "4,0,ultra,soon\n"
                       "5,0,ultra,%2\n"
                       "6,0,,%1\n")
            .arg(today.addDays(9).toString(Qt::ISODate), today.addDays(900).toString(Qt::ISODate))
            .toUtf8());
    QCOMPARE(sheet.rows.size(), size_t(3));
    QCOMPARE(sheet.rows[0].plan, QStringLiteral("elite"));
    QCOMPARE(core::toIso(*sheet.rows[0].planEnds).left(19),
             today.addDays(10).toString(Qt::ISODate) + QStringLiteral("T00:00:00"));
    QVERIFY(sheet.rows[1].plan.isEmpty()); // over
    QVERIFY(sheet.rows[2].plan.isEmpty());
    QCOMPARE(sheet.plans, 1);
    QCOMPARE(sheet.bad.size(), size_t(3));
    QVERIFY(sheet.bad[0].why.contains(QLatin1String("gold")));
    for (const customers::ImportRow &row : sheet.rows)
        QCOMPARE(customers::importRowFrom(customers::toJson(row))->plan, row.plan);
}

void TestImport::aPlanMovesInOnce_data()
{
    QTest::addColumn<int>("daysLeft");
    QTest::addColumn<QString>("becomes"); // length and seconds of the shortest that is as long
    QTest::newRow("a day") << 1 << QStringLiteral("1 6000");
    QTest::newRow("a few days") << 5 << QStringLiteral("7 12000");
    QTest::newRow("weeks") << 20 << QStringLiteral("30 30000");
    QTest::newRow("longer than any") << 90 << QStringLiteral("30 30000");
}

void TestImport::aPlanMovesInOnce()
{
    QFETCH(int, daysLeft);
    QFETCH(QString, becomes);
    const QByteArray csv = exportWithPlan(daysLeft);
    QCOMPARE(moveIn(csv, "first").state, QStringLiteral("done"));
    QCOMPARE(moveIn(csv, "second").state, QStringLiteral("done"));
    QCOMPARE(available(kOlga), 12'500'000); // nothing is paid again
    QCOMPARE(text("SELECT plan || ' ' || state || ' ' || renews AS answer FROM subscriptions"),
             QStringLiteral("prime active false"));
    QCOMPARE(text("SELECT s.days || ' ' || p.granted_s AS answer FROM subscriptions s JOIN "
                  "plan_periods p ON p.subscription_id = s.id"),
             becomes);
    QCOMPARE(
        text("SELECT ends_at::text AS answer FROM plan_periods"),
        text(qPrintable(
            QStringLiteral("SELECT ('%1'::timestamptz)::text AS answer").arg(inDays(daysLeft)))));
    QVERIFY(count("SELECT count(*) FROM timers WHERE kind = 'plan.due'") == 1);
    QVERIFY(ledger::verify(*m_connection)->isSound());
}

void TestImport::aPlanThatRunsHereStays()
{
    QCOMPARE(moveIn(exportWithPlan(5), "first").state, QStringLiteral("done"));
    QCOMPARE(moveIn(exportWithPlan(25), "later").state, QStringLiteral("done"));
    QCOMPARE(count("SELECT count(*) FROM subscriptions"), 1);
    QCOMPARE(text("SELECT days::text AS answer FROM subscriptions"), QStringLiteral("7"));
    QCOMPARE(count("SELECT count(*) FROM inbox_outcomes WHERE state = 'dead'"), 0);
}

/// What the database refuses: a period of no payment that did not move in.
void TestImport::onlyAPlanThatMovedInIsFree()
{
    QCOMPARE(moveIn(exportWithPlan(5), "first").state, QStringLiteral("done"));
    const auto refused = [&](const char *key, const char *isMovedIn, int number) {
        const auto made = m_connection->run(
            QStringLiteral("WITH s AS (INSERT INTO subscriptions (customer_id, request_key, plan, "
                           "days, period, started_at, cause_id) VALUES (%1, '%2', 'prime', 7, %4, "
                           "now(), 1) RETURNING id) INSERT INTO plan_periods (customer_id, "
                           "subscription_id, number, plan_version_id, starts_at, ends_at, price, "
                           "granted_s, is_moved_in, cause_id) SELECT %1, id, %4, 3, now(), now() + "
                           "interval '5 days', 0, 12000, %3, 1 FROM s")
                .arg(tests::kPayer)
                .arg(QLatin1String(key), QLatin1String(isMovedIn))
                .arg(number));
        return !made;
    };
    QVERIFY(refused("plan-x", "false", 1));
    QVERIFY(refused("plan-y", "true", 1));
    QVERIFY(refused("moved-in:8001", "true", 1)); // of somebody else, and taken
    QVERIFY(refused("moved-in:7100", "true", 2));
    QVERIFY(refused("moved-in:7100", "false", 1));
    QVERIFY(refused("moved-in:7100x", "true", 1));
    QCOMPARE(count("SELECT count(*) FROM subscriptions"), 1);
}

REGISTER_TEST(TestImport);

} // namespace tst_import

#include "tst_import.moc"
