#include "deposits/deposit_reversal.h"
#include "tests/database/review_fixture.h"
#include "tests/support/test_main.h"

#include <numeric>
#include <random>

namespace tst_deposit_properties {

using namespace tests;

namespace {

constexpr int kDeposits = 24;
constexpr int kStepsOfRound = 60;
constexpr int kRounds = 8;
constexpr int kWorkers = 3;
constexpr unsigned kSeedUsual = 20'261'128;

/// What came to the addresses, payment by payment, in thousandths of what was asked for.
const std::vector<std::vector<int>> kCame = {{1000},     {500, 500}, {400, 600},      {250, 250},
                                             {700, 700}, {60},       {300, 300, 300}, {990},
                                             {10},       {1500},     {500},           {5, 995}};

std::string coins(int thousandths)
{
    return QString::number(thousandths).rightJustified(4, u'0').insert(1, u'.').toStdString();
}

} // namespace

/// Whatever the provider tells of payments in parts, how often, in which order and at once: no
/// deposit is credited for more than came, none twice, and nothing that came goes unseen.
class TestDepositProperties final : public ReviewStage {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void noMoreIsCreditedThanCame();
    void aPaymentIsCreditedOnce();
    void nothingThatCameGoesUnseen();
    void whatIsTakenBackIsTakenBackOnceAndWholly();
    void everythingHasHappened();
    void cleanupTestCase() { checkBooks(); }

private:
    [[nodiscard]] int pick(int below) { return int(m_random() % unsigned(below)); }
    [[nodiscard]] bool chance(int percent) { return pick(100) < percent; }
    [[nodiscard]] static const std::vector<int> &cameTo(qint64 deposit)
    {
        return kCame[size_t(deposit) % kCame.size()];
    }
    [[nodiscard]] static int totalOf(qint64 deposit)
    {
        const auto &parts = cameTo(deposit);
        return std::accumulate(parts.begin(), parts.end(), 0);
    }
    [[nodiscard]] queue::NewEntry webhook(qint64 deposit, size_t part, const char *name,
                                          bool isNamed);
    [[nodiscard]] queue::NewEntry answer(qint64 deposit, bool isForAmount, bool isRepetition,
                                         int http);
    [[nodiscard]] queue::NewEntry onLane(const char *kind, qint64 deposit);
    [[nodiscard]] queue::NewEntry step();
    void put(queue::NewEntry entry);
    void handleTogether();
    void tellAll();
    [[nodiscard]] qint64 violations(const QString &which)
    {
        return number(*m_connection, QStringLiteral("(SELECT count(*) FROM %1)").arg(which));
    }

    std::mt19937 m_random{kSeedUsual};
    std::vector<qint64> m_ids;
    int m_put = 0;
};

queue::NewEntry TestDepositProperties::onLane(const char *kind, qint64 deposit)
{
    return {.source = queue::Source::Internal,
            .externalId = {},
            .lane = QStringLiteral("customer:%1").arg(kAsha),
            .kind = QLatin1String(kind),
            .payload = core::toBytes({{"v", 1}, {"deposit", deposit}})};
}

queue::NewEntry TestDepositProperties::webhook(qint64 deposit, size_t part, const char *name,
                                               bool isNamed)
{
    Json event = news(name, coins(cameTo(deposit)[part]).c_str(),
                      qPrintable(QStringLiteral("tx-%1-%2").arg(deposit).arg(part)));
    event["payment_id"] = "pay-" + std::to_string(deposit);
    if (!isNamed)
        event.erase("txId");
    return {.source = queue::Source::Dynopay,
            .externalId = {},
            .lane = {},
            .kind = QStringLiteral("dynopay.webhook"),
            .payload = core::toBytes(event),
            .routeTokenSha256 =
                core::sha256(core::callbackToken(kInstallationKey, DepositId{deposit}))};
}

queue::NewEntry TestDepositProperties::answer(qint64 deposit, bool isForAmount, bool isRepetition,
                                              int http)
{
    const std::string total = coins(totalOf(deposit));
    Json body = isForAmount ? chainBody("confirmed", total.c_str())
                            : statusBody("settled", isRepetition ? "1" : total.c_str());
    if (!isForAmount)
        body["data"]["payment_id"] = "pay-" + std::to_string(deposit);
    const QString words = QString::fromUtf8(core::toBytes(body));
    return {.source = queue::Source::Delivery,
            .externalId = {},
            .lane = chance(50) ? QStringLiteral("customer:%1").arg(kAsha)
                               : QStringLiteral("deposit:other:%1").arg(pick(5)),
            .kind = QStringLiteral("deposit.status"),
            .payload = core::toBytes(
                {{"request",
                  {{"deposit", deposit}, {"by_address", isForAmount}, {"for_amount", isForAmount}}},
                 {"answer", {{"http", http}, {"body", words}}}})};
}

queue::NewEntry TestDepositProperties::step()
{
    const qint64 deposit = m_ids[size_t(pick(kDeposits))];
    const auto part = size_t(pick(int(cameTo(deposit).size())));
    constexpr std::array kEvents = {"payment.pending", "payment.confirmed", "payment.settled",
                                    "payment.underpaid"};
    const int what = pick(100);
    if (what < 60)
        return webhook(deposit, part, kEvents[size_t(pick(int(kEvents.size())))],
                       part > 0 || chance(70));
    if (what < 90)
        return answer(deposit, chance(40), chance(50), chance(85) ? 200 : chance(50) ? 404 : 503);
    return what < 94 ? onLane("deposit.check", deposit) : onLane("test.reverse", deposit);
}

void TestDepositProperties::put(queue::NewEntry entry)
{
    entry.externalId = QStringLiteral("step-%1").arg(++m_put);
    QVERIFY(queue::record(*m_connection, std::span(&entry, 1), m_clock.now()));
}

void TestDepositProperties::handleTogether()
{
    inThreads(kWorkers, [&](int) {
        const auto connection = openConnection(m_url);
        engine::Counters counters;
        engine::Worker worker(m_routes, m_clock, kInstallationKey, counters);
        for (int idle = 0; idle < 3;) {
            const auto pass = worker.runOnce(*connection);
            idle += pass && pass->rows == 0 ? 1 : 0;
        }
    });
    for (int i = 0; i < 1000 && violations(QStringLiteral("inbox_waiting")) > 0; ++i)
        handleAll();
}

/// In the end all of it is told, and nobody waits for more of it.
void TestDepositProperties::tellAll()
{
    for (const qint64 deposit : m_ids) {
        for (size_t part = 0; part < cameTo(deposit).size(); ++part)
            put(webhook(deposit, part, "payment.settled", true));
    }
    handleTogether();
    for (int i = 0; i < 5; ++i) {
        for (const qint64 deposit : m_ids) {
            put(onLane("deposit.check", deposit));
            put(answer(deposit, false, false, 200));
        }
        handleTogether();
    }
}

void TestDepositProperties::initTestCase()
{
    m_routes.add({.kind = QStringLiteral("test.reverse"),
                  .handle = [](const engine::Event &event,
                               engine::Context &context) -> Result<engine::Outcome> {
                      auto found = deposits::lockDeposit(
                          context.transaction(),
                          DepositId{core::integerMember(event.payload, "deposit").value()});
                      if (!found || !*found)
                          return found ? Result<engine::Outcome>(engine::Outcome::Ignored)
                                       : failure(found.error());
                      const auto why = deposits::obstacleToReversal(context.transaction(), **found);
                      if (!why || !why->isEmpty())
                          return why ? Result<engine::Outcome>(engine::Outcome::Ignored)
                                     : failure(why.error());
                      const auto done = deposits::reverse(context, **found);
                      return done ? Result<engine::Outcome>(engine::Outcome::Handled)
                                  : failure(done.error());
                  }});
    bool isNumber = false;
    const int seed = qEnvironmentVariableIntValue("SPEECHCAD_MONEY_SEED", &isNumber);
    m_random.seed(isNumber ? unsigned(seed) : kSeedUsual);
    startReviews();
    for (int i = 0; i < kDeposits; ++i)
        m_ids.push_back(toAddress());
    for (int round = 0; round < kRounds; ++round) {
        for (int i = 0; i < kStepsOfRound; ++i) {
            const queue::NewEntry one = step();
            put(one);
            if (chance(15))
                put(one); // the same words as something new
        }
        handleTogether();
    }
    tellAll();
    QCOMPARE(violations(QStringLiteral("inbox_outcomes WHERE state <> 'done'")), 0);
}

void TestDepositProperties::noMoreIsCreditedThanCame()
{
    for (const qint64 deposit : m_ids) {
        const int total = totalOf(deposit);
        const Money most = total >= 980 ? kAsked : kAsked.timesRatioDown(total, 1000);
        const qint64 credited =
            number(*m_connection,
                   QStringLiteral("(SELECT credited FROM deposits WHERE id = %1)").arg(deposit));
        QVERIFY2(credited <= most.micros(), qPrintable(QString::number(deposit)));
    }
}

void TestDepositProperties::aPaymentIsCreditedOnce()
{
    QCOMPARE(violations(QStringLiteral("(SELECT d.id FROM deposits d JOIN transfers t ON "
                                       "t.request_key = 'deposit:' || d.provider_payment_id GROUP "
                                       "BY d.id HAVING count(*) > 1) x")),
             0);
    QCOMPARE(violations(QStringLiteral("deposit_parts p JOIN transfers t ON t.request_key = "
                                       "'deposit:tx:' || p.tx_id WHERE p.transfer_id IS NOT NULL")),
             0);
}

/// All of it is in the credit or in suspense, or a person is asked.
void TestDepositProperties::nothingThatCameGoesUnseen()
{
    for (const qint64 deposit : m_ids) {
        const int total = totalOf(deposit);
        const qint64 whole =
            (total >= 980 && total <= 1020 ? kAsked : kAsked.timesRatioDown(total, 1000))
                .roundedDownToCents()
                .micros();
        const QString row =
            column(*m_connection,
                   QStringLiteral(
                       "SELECT concat_ws(' ', d.state, d.credited, coalesce(t.other_amount, "
                       "0), (SELECT count(*) FROM deposit_reviews r WHERE r.deposit_id = "
                       "d.id AND r.state = 'open')) AS answer FROM deposits d LEFT JOIN "
                       "transfers t ON t.id = d.transfer_id WHERE d.id = ?"),
                   {deposit})
                .value(0);
        const QStringList parts = row.split(u' ');
        const bool isSeen = parts[1].toLongLong() + parts[2].toLongLong() == whole ||
                            parts[3].toLongLong() > 0 || parts[0] == QLatin1String("reversed");
        QVERIFY2(isSeen, qUtf8Printable(QStringLiteral("deposit %1, of which %2 came: %3")
                                            .arg(deposit)
                                            .arg(total)
                                            .arg(row)));
    }
}

void TestDepositProperties::whatIsTakenBackIsTakenBackOnceAndWholly()
{
    QCOMPARE(violations(QStringLiteral(
                 "deposits d LEFT JOIN transfers t ON t.request_key = 'deposit_reversal:' || d.id "
                 "WHERE (d.state = 'reversed') <> (t.id IS NOT NULL) OR t.platform_amount <> "
                 "d.credited")),
             0);
}

/// Else the rest would prove nothing.
void TestDepositProperties::everythingHasHappened()
{
    for (const char *what :
         {"transfers WHERE kind = 'deposit_reversal'",
          "transfers WHERE other_platform = 'suspense'",
          "(SELECT FROM deposit_parts WHERE transfer_id IS NOT NULL GROUP BY deposit_id HAVING "
          "count(*) > 1) x",
          "deposit_parts WHERE tx_id = ''", "deposit_reviews WHERE state = 'void'"}) {
        const qint64 found = violations(QLatin1String(what));
        QVERIFY2(found > 0, what);
        qInfo("%lld %s", static_cast<long long>(found), what);
    }
}

REGISTER_TEST(TestDepositProperties);

} // namespace tst_deposit_properties

#include "tst_deposit_properties.moc"
