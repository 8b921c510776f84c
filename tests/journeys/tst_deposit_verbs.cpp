#include "tests/support/journey_stage.h"
#include "tests/support/test_main.h"

#include <QFile>
#include <QTest>

namespace tst_deposit_verbs {

using namespace tests;
using namespace std::chrono_literals;

namespace {

constexpr qint64 kAsha = 7600;
constexpr qint64 kBen = 7601;
const QByteArray kPassphrase = QByteArrayLiteral("seventeen green herons");
constexpr int kPatienceMs = 20'000;

} // namespace

/// Deposits by the command line, against a real server and the provider's stand-in.
class TestDepositVerbs final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void whatWaitsIsListedAndShown();
    void anExcessIsShownThenCredited();
    void aMatchIsMadeAlone();
    void aPausedCoinIsNotOffered();
    void whenAllArePausedTheBotSaysSo();
    void theMarginTellsTheDay();
    void theRulesAreShownAndChanged();
    void aDepositIsTakenBack();
    void theProvidersLogIsComparedEachDay(); // takes days, in which what waits expires
    void misuseIsSaidSo_data();
    void misuseIsSaidSo();
    void cleanupTestCase();

private:
    [[nodiscard]] ProgramRun verb(const QString &words) { return m_stage->verb(words.split(u' ')); }
    /// Looked at, then done.
    [[nodiscard]] ProgramRun confirmed(const QString &words);

    std::unique_ptr<JourneyStage> m_stage;
    std::vector<JourneyCustomer> m_customers;
};

void TestDepositVerbs::initTestCase()
{
    m_stage = std::make_unique<JourneyStage>();
    QFile file(m_stage->directory() + QStringLiteral("/passphrase"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(kPassphrase + '\n');
    file.close();
    const QStringList passphrase = {QStringLiteral("--passphrase-file"), file.fileName()};
    QCOMPARE(
        m_stage
            ->verb(QStringLiteral("operator add maria --roles admin,finance --solo").split(u' ') +
                   passphrase)
            .exitCode,
        0);
    m_stage->startServer();
    QCOMPARE(m_stage->verb(QStringLiteral("sign-in maria").split(u' ') + passphrase).exitCode, 0);
    for (const qint64 id : {kAsha, kBen})
        m_customers.emplace_back(*m_stage, id, QStringLiteral("fr"));
    QCOMPARE(topUpTogether(*m_stage, m_customers), QString());
    m_stage->pay(kAsha, {QStringLiteral("over(2)")});
    QVERIFY(
        m_stage->until([&] { return m_stage->stateOf(kAsha) == QLatin1String("overpaid_review"); },
                       kPatienceMs, 1s));
}

ProgramRun TestDepositVerbs::confirmed(const QString &words)
{
    const ProgramRun shown = verb(words);
    if (shown.exitCode != 0)
        return shown;
    const QString hash = core::textMember(shown.json["answer"], "hash").value_or(QString());
    return verb(words + QStringLiteral(" --confirm ") + hash.left(8));
}

void TestDepositVerbs::whatWaitsIsListedAndShown()
{
    const ProgramRun list = verb(QStringLiteral("deposit list"));
    QVERIFY2(list.exitCode == 0, qUtf8Printable(list.errors));
    QCOMPARE(list.json["reviews"].size(), size_t(1));
    QCOMPARE(core::textMember(list.json["reviews"][0], "kind"), QStringLiteral("excess"));
    QCOMPARE(core::textMember(list.json["reviews"][0], "in_suspense"), QStringLiteral("25.00"));
    const qint64 deposit = core::integerMember(list.json["reviews"][0], "deposit").value();
    const ProgramRun shown = verb(QStringLiteral("deposit show %1").arg(deposit));
    QCOMPARE(shown.exitCode, 0);
    QCOMPARE(core::textMember(shown.json["deposit"], "state"), QStringLiteral("overpaid_review"));
    QVERIFY(shown.json["events"].size() > 3);
    QCOMPARE(verb(QStringLiteral("deposit show 4711")).exitCode, 1);
}

void TestDepositVerbs::anExcessIsShownThenCredited()
{
    const QString words = QStringLiteral("deposit credit-excess 1 --reason asked-for-it");
    const ProgramRun done = confirmed(words);
    QVERIFY2(done.exitCode == 0, qUtf8Printable(done.errors));
    QCOMPARE(m_stage->balanceOf(kAsha), QStringLiteral("50.00"));
    QCOMPARE(m_stage->stateOf(kAsha), QStringLiteral("credited"));
    QVERIFY(m_stage->until([&] { return m_customers[0].hasRead(QStringLiteral("en trop")); },
                           kPatienceMs));
    QCOMPARE(verb(words).exitCode, 1); // settled
}

void TestDepositVerbs::aMatchIsMadeAlone()
{
    const ProgramRun done = confirmed(QStringLiteral("deposit match --customer %1 --amount 12.50 "
                                                     "--payment 0xfeedbeef --reason ticket-4711")
                                          .arg(kBen));
    QVERIFY2(done.exitCode == 0, qUtf8Printable(done.errors));
    QCOMPARE(m_stage->balanceOf(kBen), QStringLiteral("12.50"));
}

void TestDepositVerbs::aPausedCoinIsNotOffered()
{
    JourneyCustomer &asha = m_customers[0];
    // Of the newest message only: older ones keep their buttons.
    const auto newestHas = [&](const QString &data) {
        const QList<Json> all = asha.messages();
        return !all.isEmpty() && QString::fromStdString(all.last().dump()).contains(data);
    };
    const auto offers = [&](const char *coin) {
        asha.say(QStringLiteral("/topup"));
        const bool isAsked =
            m_stage->until([&] { return newestHas(QStringLiteral("amount:25")); }, kPatienceMs);
        const bool isChosen =
            isAsked && asha.tap(QStringLiteral("amount:25")) &&
            m_stage->until([&] { return newestHas(QStringLiteral("coin:25.00:BTC")); },
                           kPatienceMs);
        return isChosen && newestHas(QStringLiteral("coin:25.00:") + QLatin1String(coin));
    };
    QVERIFY(offers("LTC"));
    const ProgramRun paused = verb(QStringLiteral("deposit pause ltc --reason fees"));
    QVERIFY2(paused.exitCode == 0, qUtf8Printable(paused.errors));
    // The list from before still has it.
    QVERIFY(asha.tap(QStringLiteral("coin:25.00:LTC")));
    QVERIFY(m_stage->until([&] { return asha.hasRead(QStringLiteral("n’acceptons pas")); },
                           kPatienceMs));
    QVERIFY(!offers("LTC"));
    QCOMPARE(verb(QStringLiteral("deposit resume LTC --reason over")).exitCode, 0);
    QVERIFY(offers("LTC"));
    QCOMPARE(verb(QStringLiteral("deposit pause NOSUCH --reason fees")).exitCode, 1);
}

void TestDepositVerbs::whenAllArePausedTheBotSaysSo()
{
    QCOMPARE(verb(QStringLiteral("deposit pause all --reason provider-down")).exitCode, 0);
    m_customers[1].say(QStringLiteral("/topup"));
    QVERIFY(m_stage->until([&] { return m_customers[1].hasRead(QStringLiteral("suspendus")); },
                           kPatienceMs));
    QCOMPARE(verb(QStringLiteral("deposit resume all --reason over")).exitCode, 0);
    m_customers[1].say(QStringLiteral("/topup"));
    QVERIFY(m_stage->until([&] { return m_customers[1].sees(QStringLiteral("amount:25")); },
                           kPatienceMs));
}

void TestDepositVerbs::theMarginTellsTheDay()
{
    const ProgramRun run = verb(QStringLiteral("deposit margin"));
    QVERIFY2(run.exitCode == 0, qUtf8Printable(run.errors));
    QCOMPARE(run.json["lines"].size(), size_t(1));
    const Json line = run.json["lines"][0];
    QCOMPARE(core::integerMember(line, "deposits"), std::optional<qint64>(2));
    QCOMPARE(core::integerMember(line, "paid"), std::optional<qint64>(1));
    QCOMPARE(core::textMember(line, "asked"), QStringLiteral("50.00"));
    QCOMPARE(core::textMember(line, "received"), QStringLiteral("50.00"));
    QCOMPARE(core::textMember(line, "credited"), QStringLiteral("50.00"));
    QCOMPARE(core::integerMember(line, "fees_known"), std::optional<qint64>(1));
    QVERIFY(Money::parse(core::textMember(line, "fees").value())->isPositive());
}

/// The webhooks of a payment are lost for ever, and the provider says so a day later.
void TestDepositVerbs::theProvidersLogIsComparedEachDay()
{
    m_stage->simulator().act(QStringLiteral("deliveries/faults"),
                             {{"provider", "dynopay"}, {"lose", true}, {"count", 3}});
    m_stage->pay(kBen, {QStringLiteral("exact")});
    const QString finished =
        QStringLiteral("SELECT count(*) FROM deposit_comparisons WHERE state = 'done'");
    QVERIFY(m_stage->until([&] { return m_stage->number(finished) >= 1; }, 60'000, 30min));
    const ProgramRun run = verb(QStringLiteral("deposit comparisons"));
    QVERIFY2(run.exitCode == 0, qUtf8Printable(run.errors));
    const Json comparison = run.json["comparisons"][run.json["comparisons"].size() - 1];
    QCOMPARE(core::textMember(comparison, "state"), QStringLiteral("done"));
    QVERIFY(core::integerMember(comparison, "ours").value_or(0) >= 6);
    QCOMPARE(core::integerMember(comparison, "missed"), std::optional<qint64>(3));
    QCOMPARE(m_stage->number(QStringLiteral("SELECT count(*) FROM deposit_events WHERE kind = "
                                            "'missed a webhook'")),
             3);
    QVERIFY(m_stage->until([&] { return m_stage->balanceOf(kBen) == QLatin1String("37.50"); },
                           kPatienceMs, 10s));
}

void TestDepositVerbs::theRulesAreShownAndChanged()
{
    const ProgramRun before = verb(QStringLiteral("deposit rules"));
    QVERIFY2(before.exitCode == 0, qUtf8Printable(before.errors));
    QCOMPARE(before.json["versions"].size(), size_t(1));
    QCOMPARE(core::textMember(before.json["versions"][0], "tolerate_from"), QStringLiteral("98.0"));
    const ProgramRun changed =
        verb(QStringLiteral("deposit set-rules --tolerate-from 97.5 --excess-up-to 2.50 --minimum "
                            "LTC=30.00,btc=12.00 --reason fees-went-up"));
    QVERIFY2(changed.exitCode == 0, qUtf8Printable(changed.errors));
    const Json now = verb(QStringLiteral("deposit rules")).json["versions"][1];
    QCOMPARE(core::textMember(now, "tolerate_from"), QStringLiteral("97.5"));
    QCOMPARE(core::textMember(now, "excess_up_to"), QStringLiteral("2.50"));
    QCOMPARE(core::textMember(now["minimums"], "LTC"), QStringLiteral("30.00"));
    QCOMPARE(core::textMember(now, "by"), QStringLiteral("maria"));
    QCOMPARE(core::boolMember(now, "strict"), std::optional(false));
    JourneyCustomer &asha = m_customers[0];
    asha.say(QStringLiteral("/topup"));
    const auto newestHas = [&](const QString &data) {
        const QList<Json> all = asha.messages();
        return !all.isEmpty() && QString::fromStdString(all.last().dump()).contains(data);
    };
    QVERIFY(m_stage->until([&] { return newestHas(QStringLiteral("amount:25")); }, kPatienceMs));
    QVERIFY(asha.tap(QStringLiteral("amount:25")));
    QVERIFY(
        m_stage->until([&] { return newestHas(QStringLiteral("coin:25.00:LTC")); }, kPatienceMs));
    QVERIFY(asha.tap(QStringLiteral("coin:25.00:LTC")));
    QVERIFY(m_stage->until([&] { return newestHas(QStringLiteral("30")); }, kPatienceMs));
}

void TestDepositVerbs::aDepositIsTakenBack()
{
    const qint64 deposit = m_stage->number(
        QStringLiteral("SELECT min(id) FROM deposits WHERE customer_id = ?"), {kAsha});
    const ProgramRun asked =
        confirmed(QStringLiteral("deposit reverse %1 --reason it-never-settled").arg(deposit));
    QVERIFY2(asked.exitCode == 0, qUtf8Printable(asked.errors));
    QCOMPARE(m_stage->balanceOf(kAsha), QStringLiteral("50.00"));
    const qint64 adjustment = core::integerMember(asked.json["answer"], "adjustment").value_or(0);
    const ProgramRun done = confirmed(QStringLiteral("adjust approve %1").arg(adjustment));
    QVERIFY2(done.exitCode == 0, done.json.dump().c_str());
    QCOMPARE(m_stage->balanceOf(kAsha), QStringLiteral("0.00"));
    QVERIFY(m_stage->until([&] { return m_customers[0].hasRead(QStringLiteral("repris")); },
                           kPatienceMs));
    QCOMPARE(
        verb(QStringLiteral("deposit reverse %1 --reason it-never-settled").arg(deposit)).exitCode,
        1);
}

void TestDepositVerbs::misuseIsSaidSo_data()
{
    QTest::addColumn<QString>("words");
    for (const char *words :
         {"deposit accept", "deposit accept 1", "deposit accept one --reason x",
          "deposit accept-part 1 much --reason x", "deposit match --reason x",
          "deposit match --customer me --reason x", "deposit list --state closed",
          "deposit show one", "deposit pause LTC", "deposit margin --from yesterday",
          "deposit accept 1 --reason x --confirm 12", "deposit reverse one --reason x",
          "deposit set-rules --reason x", "deposit set-rules --tolerate-from 97.5",
          "deposit set-rules --tolerate-from much --reason x",
          "deposit set-rules --minimum LTC --reason x",
          "deposit set-rules --excess-up-to much --reason x",
          "deposit set-rules --strict perhaps --reason x"})
        QTest::addRow("%s", words) << QString::fromLatin1(words);
}

void TestDepositVerbs::misuseIsSaidSo()
{
    QFETCH(QString, words);
    QCOMPARE(verb(words).exitCode, 2);
}

void TestDepositVerbs::cleanupTestCase()
{
    const ProgramRun run = verb(QStringLiteral("ledger verify"));
    QCOMPARE(run.exitCode, 0);
    m_customers.clear();
    m_stage.reset();
}

REGISTER_TEST(TestDepositVerbs);

} // namespace tst_deposit_verbs

#include "tst_deposit_verbs.moc"
