#include "tests/journeys/deposit_scenarios.h"
#include "tests/support/journey_stage.h"
#include "tests/support/test_main.h"

#include <QTest>

#include <set>

namespace tst_deposit_matrix {

using namespace tests;
using namespace tests::deposit_scenarios;
using namespace std::chrono_literals;

namespace {

constexpr qint64 kFirstCustomer = 30'000;
constexpr qint64 kAnswerMaxMs = 2'000;
constexpr size_t kDepositsOfCustomer = 5;
constexpr size_t kPaidAtOnce = 10;
constexpr auto kToldAfter = 60ms;
constexpr auto kLateAfter = 20min; // late(2000), a hundred times as fast
const QString kSilent = QStringLiteral("status_api=timeout");

} // namespace

/// Every scenario of the simulator, told by either generation of the provider and signed in each
/// way: one server, a deposit for each, all at once.
class TestDepositMatrix final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void creditIsWhatTheRuleSays_data();
    void creditIsWhatTheRuleSays();
    void walletsHaveThatAndNothingElse();
    void unknownTokenHasNoEffect();
    void everyWebhookIsAnsweredWithinTwoSeconds();
    void booksBalance();
    void cleanupTestCase();

private:
    struct Outcome {
        qint64 available = 0;
        qint64 inSuspense = 0;
        qint64 transfers = 0;
        qint64 credited = 0; // as the deposit itself says
        qint64 disputes = 0; // that wait for a person
        QString state;
    };
    void open(size_t rows, bool isOld);
    [[nodiscard]] qint64 deposits()
    {
        return m_stage->number(
            QStringLiteral("SELECT count(*) FROM deposits WHERE state = 'awaiting_payment'"));
    }
    void findPayments();
    /// With or without those that the provider keeps silent about: each of their questions takes
    /// one of a few connections for as long as our patience lasts, and all others would wait.
    void pay(bool areSilent);
    [[nodiscard]] bool isTold(); // no webhook is on its way
    [[nodiscard]] bool haveAll();
    void readOutcomes();

    std::unique_ptr<JourneyStage> m_stage;
    std::unique_ptr<database::Connection> m_connection;
    std::vector<Row> m_rows;
    std::vector<std::string> m_payments; // of the rows
    std::vector<qint64> m_deposits;      // of the rows
    QHash<qint64, Outcome> m_outcomes;   // by deposit
    Json m_deliveries;
};

void TestDepositMatrix::initTestCase()
{
    const QStringList secrets = {QStringLiteral("whsec_matrix_now_0123456789abcdef"),
                                 QStringLiteral("whsec_matrix_old_0123456789abcdef")};
    const QString secret = QStringLiteral("--webhook-secret");
    m_stage = std::make_unique<JourneyStage>(
        JourneyStage::Setup{.simulatorOptions = {secret, secrets[0], secret, secrets[1]}});
    m_stage->startServer(0,
                         {{QStringLiteral("SPEECHCAD_TEST_PATIENCE_MS"), QStringLiteral("700")},
                          {QStringLiteral("SPEECHCAD_TEST_DYNOPAY_RATE"), QStringLiteral("9999")},
                          {QStringLiteral("DYNOPAY_SEND_LEGACY_REDIRECT"), QStringLiteral("true")},
                          {QStringLiteral("DYNOPAY_WEBHOOK_SECRETS"), secrets.join(u',')}});
    m_connection = std::move(*database::Connection::open(
        m_stage->databaseUrl(), QStringLiteral("test"), database::Role::Owner));
    m_rows = rows();
    const auto firstOld = std::stable_partition(m_rows.begin(), m_rows.end(),
                                                [](const Row &row) { return !row.isOld; });
    QElapsedTimer timer;
    timer.start();
    open(size_t(firstOld - m_rows.begin()), false);
    open(size_t(m_rows.end() - firstOld), true);
    findPayments();
    qInfo("%zu deposits opened after %lld ms", m_rows.size(), timer.elapsed());
    // What is refused is not sent again and again: that is another test's.
    m_stage->simulator().act(QStringLiteral("settings"), {{"outbox", false}});
    const Timestamp start = m_stage->clock().now();
    const auto isPast = [&](auto span) { return m_stage->clock().now() - start >= span; };
    pay(false);
    // In small steps while webhooks are under way, so that no signature gets old on the road.
    QVERIFY(m_stage->until([&] { return isPast(5s) && isTold(); }, 60'000, 1s));
    qInfo("told after %lld ms", timer.elapsed());
    QVERIFY(m_stage->until([&] { return isPast(kLateAfter + 5min); }, 60'000, 1min));
    // Whatever is wrong then, the rows say.
    static_cast<void>(m_stage->until([&] { return haveAll(); }, 30'000, 1min));
    pay(true);
    QVERIFY(m_stage->until([&] { return isPast(kLateAfter + 15min); }, 60'000, 1min));
    qInfo("over after %lld ms", timer.elapsed());
    readOutcomes();
    m_deliveries = m_stage->simulator().see(QStringLiteral("deliveries"));
}

/// Each customer may have five at a time.
void TestDepositMatrix::open(size_t rows, bool isOld)
{
    m_stage->simulator().act(QStringLiteral("settings"), {{"generation", isOld ? "old" : "new"}});
    const qint64 before = deposits();
    std::vector<JourneyCustomer> customers;
    for (size_t i = 0; i < rows; i += kDepositsOfCustomer)
        customers.emplace_back(*m_stage, kFirstCustomer + before + qint64(i), QStringLiteral("fr"));
    QCOMPARE(topUpTogether(*m_stage, customers), QString());
    const QList<JourneyStep> &first = topUpSteps();
    const QList<JourneyStep> again = {{QStringLiteral("/topup"), first[6].act},
                                      {first[6].act, first[7].act}};
    qint64 opened = qint64(customers.size());
    for (size_t left = rows - customers.size(); left > 0;) {
        const size_t some = std::min(left, customers.size());
        for (const JourneyStep &step : again) {
            for (size_t i = 0; i < some; ++i)
                doStep(customers[i], step);
            for (size_t i = 0; i < some; ++i)
                QVERIFY(m_stage->until([&] { return isDone(customers[i], step); }, 20'000));
        }
        for (size_t i = 0; i < some; ++i)
            doStep(customers[i], first[7]);
        left -= some;
        opened += qint64(some);
        QVERIFY(m_stage->until([&] { return deposits() == before + opened; }, 30'000));
    }
    QCOMPARE(opened, qint64(rows));
}

void TestDepositMatrix::findPayments()
{
    const Json list = m_stage->simulator().see(QStringLiteral("payments"));
    for (const Json &each : list["payments"]) {
        m_payments.push_back(each["id"].get<std::string>());
        const auto deposit = core::textMember(each["meta_data"], "deposit_id");
        QVERIFY(deposit);
        m_deposits.push_back(deposit->toLongLong());
    }
    QCOMPARE(m_payments.size(), m_rows.size());
}

void TestDepositMatrix::pay(bool areSilent)
{
    for (size_t i = 0; i < m_rows.size(); ++i) {
        const QStringList &steps = m_rows[i].scenario->steps;
        if (steps.contains(kSilent) != areSilent)
            continue;
        Json list = Json::array({std::string("signing=") + m_rows[i].signing.name});
        for (const QString &step : steps)
            list.push_back(step);
        m_stage->simulator().act(
            QStringLiteral("payments/%1/scenario").arg(QString::fromStdString(m_payments[i])),
            {{"steps", list}});
        // A provider tells of so many payments at a time, not of all of them in one moment.
        if (i % kPaidAtOnce == 0) {
            m_stage->clock().advance(kToldAfter);
            QVERIFY(m_stage->until([&] { return isTold(); }, 20'000));
        }
    }
}

bool TestDepositMatrix::isTold()
{
    const Json health = m_stage->simulator().see(QStringLiteral("health"));
    return core::integerMember(health, "pending_payment_events") == 0 &&
           m_stage->number(QStringLiteral("SELECT count(*) FROM inbox_waiting")) == 0;
}

bool TestDepositMatrix::haveAll()
{
    readOutcomes();
    for (size_t i = 0; i < m_rows.size(); ++i) {
        if (m_outcomes[m_deposits[i]].available != creditFor(m_rows[i]).credited)
            return false;
    }
    return true;
}

void TestDepositMatrix::readOutcomes()
{
    const auto found = m_connection->run(
        QStringLiteral(
            "SELECT d.id, d.state, d.credited, count(t.id) AS transfers, (SELECT count(*) FROM "
            "deposit_reviews r WHERE r.deposit_id = d.id AND r.kind = 'disputed' AND r.state = "
            "'open') AS disputes, "
            "coalesce(sum(t.available), 0)::bigint AS available, coalesce(sum(t.other_amount), "
            "0)::bigint AS in_suspense FROM deposits d LEFT JOIN transfers t ON t.request_key IN "
            "('deposit:' || d.provider_payment_id, 'deposit:addr:' || d.id) GROUP BY d.id"),
        {});
    QVERIFY2(found, qUtf8Printable(found ? QString() : found.error().detail));
    for (qsizetype i = 0; i < found->size(); ++i) {
        const database::Row &row = (*found)[i];
        m_outcomes.insert(row.integer("id"), {.available = row.integer("available"),
                                              .inSuspense = row.integer("in_suspense"),
                                              .transfers = row.integer("transfers"),
                                              .credited = row.integer("credited"),
                                              .disputes = row.integer("disputes"),
                                              .state = row.text("state")});
    }
    QCOMPARE(size_t(m_outcomes.size()), m_rows.size());
}

void TestDepositMatrix::creditIsWhatTheRuleSays_data()
{
    QTest::addColumn<int>("index");
    for (size_t i = 0; i < m_rows.size(); ++i)
        QTest::newRow(qPrintable(m_rows[i].name())) << int(i);
}

void TestDepositMatrix::creditIsWhatTheRuleSays()
{
    QFETCH(int, index);
    const Credit expected = creditFor(m_rows[size_t(index)]);
    const Outcome &outcome = m_outcomes[m_deposits[size_t(index)]];
    QVERIFY2(outcome.available == expected.credited && outcome.inSuspense == expected.inSuspense,
             qUtf8Printable(QStringLiteral("%1 and %2 in suspense, not %3 and %4: %5")
                                .arg(outcome.available)
                                .arg(outcome.inSuspense)
                                .arg(expected.credited)
                                .arg(expected.inSuspense)
                                .arg(outcome.state)));
    QCOMPARE(outcome.credited, expected.credited);
    QCOMPARE(outcome.disputes, expected.isDisputed ? 1 : 0);
    QCOMPARE(outcome.transfers, expected.credited > 0 ? 1 : 0);
    QCOMPARE(outcome.state == QLatin1String("credited") ||
                 outcome.state == QLatin1String("overpaid_review"),
             expected.credited > 0);
}

void TestDepositMatrix::walletsHaveThatAndNothingElse()
{
    qint64 credited = 0;
    qint64 inSuspense = 0;
    qint64 transfers = 0;
    for (const Row &row : m_rows) {
        const Credit expected = creditFor(row);
        credited += expected.credited;
        inSuspense += expected.inSuspense;
        transfers += expected.credited > 0 ? 1 : 0;
    }
    const auto number = [this](const char *sql) { return m_stage->number(QLatin1String(sql)); };
    QCOMPARE(number("SELECT sum(available) FROM wallets"), credited);
    QCOMPARE(number("SELECT sum(amount) FROM entries WHERE account = 'suspense'"), inSuspense);
    QCOMPARE(number("SELECT count(*) FROM transfers"), transfers);
}

void TestDepositMatrix::unknownTokenHasNoEffect()
{
    std::set<std::string> unknown;
    for (size_t i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i].scenario->steps == tests::deposit_scenarios::steps({"forged_unknown_token"}))
            unknown.insert(m_payments[i]);
    }
    size_t refused = 0;
    for (const Json &delivery : m_deliveries["deliveries"]) {
        if (!unknown.contains(delivery["about"].get<std::string>()))
            continue;
        QCOMPARE(core::integerMember(delivery, "status"), std::optional<qint64>(401));
        ++refused;
    }
    QVERIFY(refused >= unknown.size());
    // Nothing that came leads to no deposit, and none of these deposits has heard anything.
    QCOMPARE(m_stage->number(QStringLiteral(
                 "SELECT count(*) FROM inbox i WHERE source = 3 AND NOT EXISTS (SELECT "
                 "FROM webhook_routes r WHERE r.token_sha256 = i.route_sha256)")),
             0);
}

void TestDepositMatrix::everyWebhookIsAnsweredWithinTwoSeconds()
{
    qint64 longest = 0;
    qint64 count = 0;
    QStringList late;
    for (const Json &delivery : m_deliveries["deliveries"]) {
        if (core::textMember(delivery, "provider") != QStringLiteral("dynopay"))
            continue;
        const qint64 took = core::integerMember(delivery, "took_ms").value_or(kAnswerMaxMs);
        longest = std::max(longest, took);
        ++count;
        if (took >= kAnswerMaxMs || core::integerMember(delivery, "status").value_or(0) == 0)
            late << QString::fromStdString(delivery.dump());
    }
    qInfo("%lld webhooks, the slowest answered after %lld ms", static_cast<long long>(count),
          static_cast<long long>(longest));
    // How long the server itself had them, so that it shows whose fault an answer's lateness is.
    const WebReply metrics = m_stage->simulator().web().send(
        "GET", QUrl(m_stage->adminUrl().toString() + QStringLiteral("/metrics")));
    for (const QByteArray &line : metrics.body.split('\n')) {
        if (line.startsWith("speechcad_webhook_ack_milliseconds"))
            qInfo("%s", line.constData());
    }
    QVERIFY(count > qint64(m_rows.size()));
    QVERIFY2(late.isEmpty(), qPrintable(QStringLiteral("%1 of %2:\n%3")
                                            .arg(late.size())
                                            .arg(count)
                                            .arg(late.mid(0, 10).join(u'\n'))));
}

void TestDepositMatrix::booksBalance()
{
    const ProgramRun run = m_stage->verb({QStringLiteral("ledger"), QStringLiteral("verify")});
    QVERIFY2(run.exitCode == 0, qUtf8Printable(run.words()));
    QCOMPARE(m_stage->number(
                 QStringLiteral("SELECT count(*) FROM inbox_outcomes WHERE state <> 'done'")),
             0);
    const Json violations = m_stage->simulator().see(QStringLiteral("violations"));
    QVERIFY2(core::integerMember(violations, "count") == 0, violations.dump().c_str());
}

void TestDepositMatrix::cleanupTestCase()
{
    m_connection.reset();
    m_stage.reset();
}

REGISTER_TEST(TestDepositMatrix);

} // namespace tst_deposit_matrix

#include "tst_deposit_matrix.moc"
