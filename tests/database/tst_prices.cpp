#include "calls/rates.h"
#include "subscriptions/plan.h"
#include "tests/database/operator_fixture.h"

namespace tst_prices {

using tests::usd;

/// What plans and calls cost from a moment on; two people.
class TestPrices : public tests::OperatorStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { startStage(); }
    void aPlanGetsAPriceFromNowOn();
    void aPriceIsForLater();
    void ratesChangeByPrefix();
    void whatIsNoPriceIsRefused_data();
    void whatIsNoPriceIsRefused();
    void nothingBeginsBeforeWhatIsThere();
    void theDatabaseRefuses_data();
    void theDatabaseRefuses();

private:
    [[nodiscard]] Finished both(const char *kind, const Json &change)
    {
        Json payload = {{"v", 1}, {"reason", "costs went up"}};
        payload.update(change);
        return commandOfTwo(QStringLiteral("finance"), QStringLiteral("admin"), kind, payload,
                            QStringLiteral("key-%1").arg(++m_keys));
    }
    [[nodiscard]] Money priceAt(Timestamp at)
    {
        auto transaction = database::Transaction::begin(*m_connection);
        const auto plan = subscriptions::planAt(*transaction, QStringLiteral("prime"), 30, at);
        return plan && *plan ? (*plan)->price : Money();
    }
    [[nodiscard]] Money rateAt(const char *number, Timestamp at)
    {
        auto transaction = database::Transaction::begin(*m_connection);
        const auto rate = calls::rateFor(*transaction, QString::fromLatin1(number), at);
        return rate ? rate->perMinute : Money();
    }
    static Json prime(Money price) // what else is said stays the same
    {
        return {{"plan", "prime"}, {"days", 30}, {"price", price.micros()}, {"minutes", 500}};
    }

    int m_keys = 0;
};

void TestPrices::aPlanGetsAPriceFromNowOn()
{
    const Timestamp before = m_clock.now();
    const Json change = prime(usd(33));
    QVERIFY(core::boolMember(command(QStringLiteral("finance"), "policy.plan_price",
                                     {{"v", 1},
                                      {"reason", "costs"},
                                      {"plan", "prime"},
                                      {"days", 30},
                                      {"price", usd(33).micros()},
                                      {"minutes", 500}},
                                     QStringLiteral("alone"))
                                 .answer,
                             "asked")
                .value_or(false));
    QCOMPARE(priceAt(m_clock.now()), usd(30));
    QCOMPARE(both("policy.plan_price", change).state, QStringLiteral("done"));
    QCOMPARE(priceAt(m_clock.now()), usd(33));
    QCOMPARE(priceAt(before), usd(30));
    QCOMPARE(text("SELECT reason AS answer FROM audit WHERE object = 'plans, version 11'"),
             QStringLiteral("prime of 30 days 30.00 USD with 500 minutes -> 33.00 USD with 500 "
                            "minutes, at once: costs went up"));
    QCOMPARE(text("SELECT has_campaigns::text AS answer FROM plan_versions WHERE id = 11"),
             QStringLiteral("true"));
}

void TestPrices::aPriceIsForLater()
{
    const Timestamp later = m_clock.now() + std::chrono::hours(48);
    Json change = prime(usd(25));
    change["from"] = core::toIso(later).toStdString();
    QCOMPARE(both("policy.plan_price", change).state, QStringLiteral("done"));
    QCOMPARE(priceAt(later - std::chrono::seconds(1)), usd(30));
    QCOMPARE(priceAt(later), usd(25));
}

void TestPrices::ratesChangeByPrefix()
{
    const Timestamp before = m_clock.now();
    const Finished done = both("policy.rates", {{"rates", {{"+44", 500'000}, {"+4420", 520'000}}},
                                                {"recording_fee", 30'000}});
    QCOMPARE(done.state, QStringLiteral("done"));
    QCOMPARE(core::integerMember(done.answer, "version"), std::optional<qint64>(2));
    QCOMPARE(rateAt("+441632960961", m_clock.now()), Money::fromCents(50));
    QCOMPARE(rateAt("+442079460123", m_clock.now()), Money::fromCents(52));
    QCOMPARE(rateAt("+4930123456", m_clock.now()), Money::fromCents(45)); // as before
    QCOMPARE(rateAt("+442079460123", before), Money::fromCents(45));
    QCOMPARE(count("SELECT recording_fee FROM rate_versions WHERE id = 2"), 30'000);
    QCOMPARE(count("SELECT count(*) FROM rates WHERE version = 2"),
             count("SELECT count(*) + 2 FROM rates WHERE version = 1"));
}

void TestPrices::whatIsNoPriceIsRefused_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("payload");
    const auto row = [](const char *what, const char *kind, const char *payload) {
        QTest::newRow(what) << QString::fromLatin1(kind) << QString::fromLatin1(payload);
    };
    const char *plan = "policy.plan_price";
    row("free", plan, R"({"plan": "free", "days": 2, "price": 1000000, "minutes": 2})");
    row("no plan", plan, R"({"plan": "gold", "days": 30, "price": 1000000, "minutes": 2})");
    row("no length", plan, R"({"plan": "prime", "days": 8, "price": 1000000, "minutes": 2})");
    row("nothing", plan, R"({"plan": "prime", "days": 30, "price": 0, "minutes": 2})");
    row("too dear", plan, R"({"plan": "prime", "days": 30, "price": 10000010000, "minutes": 2})");
    row("minutes", plan, R"({"plan": "prime", "days": 30, "price": 1000000, "minutes": -1})");
    row("as it is", plan, R"({"plan": "prime", "days": 30, "price": 30000000, "minutes": 500})");
    row("past", plan,
        R"({"plan": "prime", "days": 30, "price": 1000000, "minutes": 2, "from": "2020-01-01T00:00:00Z"})");
    row("no time", plan,
        R"({"plan": "prime", "days": 30, "price": 1000000, "minutes": 2, "from": "soon"})");
    const char *rates = "policy.rates";
    row("no prefix", rates, R"({"rates": {"44": 500000}})");
    row("a word", rates, R"({"rates": {"+x": 500000}})");
    row("free minutes", rates, R"({"rates": {"+44": 0}})");
    row("dear minutes", rates, R"({"rates": {"+44": 20000001}})");
    row("same rates", rates, R"({"rates": {"+1": 350000}})");
    row("no rates", rates, R"({"rates": []})");
    row("recording", rates, R"({"recording_fee": -1})");
}

void TestPrices::whatIsNoPriceIsRefused()
{
    QFETCH(QString, kind);
    QFETCH(QString, payload);
    const auto change = core::parseJson(payload.toUtf8());
    QVERIFY(change);
    const Finished refused = both(kind.toLatin1().constData(), *change);
    QCOMPARE(refused.state, QStringLiteral("refused"));
    QVERIFY(refused.code == QLatin1String("BadInput") || refused.code == QLatin1String("NotFound"));
    QCOMPARE(count("SELECT count(*) FROM agreements"), 0);
}

void TestPrices::nothingBeginsBeforeWhatIsThere()
{
    Json later = {{"rates", {{"+44", 500'000}}}};
    later["from"] = core::toIso(m_clock.now() + std::chrono::hours(48)).toStdString();
    QCOMPARE(both("policy.rates", later).state, QStringLiteral("done"));
    QCOMPARE(both("policy.rates", {{"rates", {{"+44", 600'000}}}}).code,
             QStringLiteral("ConstraintViolated"));
    QCOMPARE(count("SELECT max(version) FROM rates"), 2);
    QCOMPARE(rateAt("+441632960961", m_clock.now()), Money::fromCents(45));
}

void TestPrices::theDatabaseRefuses_data()
{
    QTest::addColumn<QString>("statement");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *what, const char *statement, const char *words) {
        QTest::newRow(what) << QString::fromLatin1(statement) << QString::fromLatin1(words);
    };
    row("a plan by one",
        "INSERT INTO plan_versions (id, plan, days, price, allowance_s, has_campaigns, valid_from, "
        "changed_by, cause_id) VALUES (11, 'prime', 30, 5, 5, true, now(), 1, 4711)",
        "two people have to agree");
    row("a plan by nobody",
        "INSERT INTO plan_versions (id, plan, days, price, allowance_s, has_campaigns, valid_from) "
        "VALUES (11, 'prime', 30, 5, 5, true, now())",
        "somebody makes a price");
    row("rates by one",
        "INSERT INTO rate_versions (id, starts_at, recording_fee, changed_by, cause_id) VALUES (2, "
        "now(), 5, 1, 4711)",
        "two people have to agree");
    row("one more rate of the rates of now",
        "INSERT INTO rates (version, prefix, per_minute) VALUES (1, '+4420', 500000)",
        "all rates of a version come with it");
    row("changed", "UPDATE plan_versions SET price = 1", "permission denied");
    row("deleted", "DELETE FROM rates", "permission denied");
}

void TestPrices::theDatabaseRefuses()
{
    QFETCH(QString, statement);
    QFETCH(QString, words);
    const auto refused = m_connection->run(statement);
    QVERIFY(!refused);
    QVERIFY2(refused.error().detail.contains(words), qUtf8Printable(refused.error().detail));
}

REGISTER_TEST(TestPrices);

} // namespace tst_prices

#include "tst_prices.moc"
