#include "tests/support/journey_stage.h"
#include "tests/support/test_main.h"

#include <QTest>

namespace tst_amounts {

using namespace tests;
using namespace std::chrono_literals;

namespace {

const QString kExact = QStringLiteral("exact");

struct Case {
    const char *name;
    QStringList steps; // of the payment
    const char *state; // where the deposit is once the provider has said all it says
    const char *credited;
    const char *excess = "0.00"; // in suspense
    bool recovers = false;       // the provider's status answers from then on
};

QStringList odd(const char *style)
{
    return {QString::fromLatin1(style), kExact};
}

const std::vector<Case> &cases()
{
    static const std::vector<Case> all = {
        {"exact", {kExact}, "credited", "25.00"},
        {"under within tolerance", {QStringLiteral("under(0.985)")}, "credited", "25.00"},
        {"under", {QStringLiteral("under(0.97)")}, "credited", "24.25"},
        {"underpaid by 94 %", {QStringLiteral("under(0.06)")}, "credited", "1.50"},
        {"too little to credit", {QStringLiteral("under(0.03)")}, "underpaid_review", "0.00"},
        {"overpaid", {QStringLiteral("over(2)")}, "overpaid_review", "25.00", "25.00"},
        {"metadata as object", odd("meta=object"), "credited", "25.00"},
        {"metadata as string", odd("meta=string"), "credited", "25.00"},
        {"metadata null", odd("meta=null"), "credited", "25.00"},
        {"metadata absent", odd("meta=absent"), "credited", "25.00"},
        {"base amount as string", odd("base_amount=string"), "credited", "25.00"},
        {"base amount null", odd("base_amount=null"), "credited", "25.00"},
        {"no amount at all",
         {QStringLiteral("meta=absent"), QStringLiteral("base_amount=null"), kExact},
         "credited",
         "25.00"},
        {"flat payload of old deployments", odd("legacy_flat"), "credited", "25.00"},
        {"unknown status", odd("unknown_status(frobnicated)"), "credited", "25.00"},
        {"marked as simulated",
         {QStringLiteral("simulated_flag"), QStringLiteral("status_api=contradicts"), kExact},
         "awaiting_payment",
         "0.00"},
        {"settlement failed, then recovered",
         {QStringLiteral("settlement_failed_then_recovered")},
         "credited",
         "25.00"},
        {"provider knows the address only", odd("status_api=404"), "credited", "25.00"},
        {"status fails, then answers", odd("status_api=500"), "credited", "25.00", "0.00", true},
        {"status is silent, then answers", odd("status_api=timeout"), "credited", "25.00", "0.00",
         true},
    };
    return all;
}

qint64 customerOf(size_t index)
{
    return 7100 + static_cast<qint64>(index);
}

constexpr qint64 kNeverPays = 7901;
constexpr qint64 kPaysLate = 7902;
constexpr qint64 kIsForged = 7903;
constexpr qint64 kIsClaimedPaid = 7904;

} // namespace

/// Whatever is paid and however it is told: many customers of one server, each with a deposit of
/// 25 USD.
class TestAmounts final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void creditIsWhatTheRuleSays_data();
    void creditIsWhatTheRuleSays();
    void unknownTokenIsRefused();
    void forgedBodyWithTheRightTokenHasNoEffect();
    void eventOfAnotherDepositHasNoEffect();
    void claimThatNobodyPaidHasNoEffect();
    void whatIsNeverPaidExpiresAfterAQuarterOfAnHour();
    void whatIsPaidAfterThatIsStillCredited();
    void booksBalance();
    void cleanupTestCase();

private:
    [[nodiscard]] bool hasSettled(size_t index);
    [[nodiscard]] QUrl hookOf(qint64 customer);
    [[nodiscard]] Json settledEventOf(qint64 customer);
    [[nodiscard]] int post(const QUrl &url, const Json &body);
    [[nodiscard]] qint64 refusedOf(qint64 customer);

    std::unique_ptr<JourneyStage> m_stage;
    std::vector<JourneyCustomer> m_customers;
};

void TestAmounts::initTestCase()
{
    m_stage = std::make_unique<JourneyStage>();
    m_stage->startServer(0,
                         {{QStringLiteral("SPEECHCAD_TEST_PATIENCE_MS"), QStringLiteral("700")}});
    for (size_t i = 0; i < cases().size(); ++i)
        m_customers.emplace_back(*m_stage, customerOf(i), QStringLiteral("fr"));
    for (const qint64 id : {kNeverPays, kPaysLate, kIsForged, kIsClaimedPaid})
        m_customers.emplace_back(*m_stage, id, QStringLiteral("fr"));
    QCOMPARE(topUpTogether(*m_stage, m_customers), QString());

    for (size_t i = 0; i < cases().size(); ++i)
        m_stage->pay(customerOf(i), cases()[i].steps);
    const auto haveAll = [&](bool isLater) {
        for (size_t i = 0; i < cases().size(); ++i) {
            if ((isLater || !cases()[i].recovers) && !hasSettled(i))
                return false;
        }
        return m_stage->isQuiet();
    };
    // The silent status needs all its tries before the row is given up; the clock makes them short.
    QVERIFY(m_stage->until([&] { return haveAll(false); }, 8'000, 2s));
    for (size_t i = 0; i < cases().size(); ++i) {
        if (cases()[i].recovers) {
            QCOMPARE(m_stage->balanceOf(customerOf(i)), QStringLiteral("0.00"));
            m_stage->pay(customerOf(i), {QStringLiteral("status_api=ok")});
        }
    }
    QVERIFY(m_stage->until([&] { return haveAll(true); }, 30'000, 5s));
}

bool TestAmounts::hasSettled(size_t index)
{
    return m_stage->stateOf(customerOf(index)) == QLatin1String(cases()[index].state);
}

void TestAmounts::creditIsWhatTheRuleSays_data()
{
    QTest::addColumn<int>("index");
    for (size_t i = 0; i < cases().size(); ++i)
        QTest::newRow(cases()[i].name) << int(i);
}

void TestAmounts::creditIsWhatTheRuleSays()
{
    QFETCH(int, index);
    const Case &expected = cases()[size_t(index)];
    const qint64 customer = customerOf(size_t(index));
    QCOMPARE(m_stage->stateOf(customer), QLatin1String(expected.state));
    QCOMPARE(m_stage->balanceOf(customer), QLatin1String(expected.credited));
    QCOMPARE(m_stage->value(QStringLiteral("SELECT to_char(coalesce(sum(amount), 0) / 1000000.0, "
                                           "'FM9990.00') FROM entries WHERE customer_id = ? AND "
                                           "account = 'suspense'"),
                            {customer}),
             QLatin1String(expected.excess));
    const bool isCredited = QLatin1String(expected.credited) != QLatin1String("0.00");
    QCOMPARE(m_stage->number(QStringLiteral("SELECT count(*) FROM transfers WHERE customer_id = ?"),
                             {customer}),
             isCredited ? 1 : 0);
    JourneyCustomer &person = m_customers[size_t(index)];
    QCOMPARE(person.hasRead(QStringLiteral("T-")), isCredited); // the transfer's short name
    if (isCredited)
        QVERIFY(person.hasRead(QString::fromLatin1(expected.credited).replace(u'.', u',')));
}

QUrl TestAmounts::hookOf(qint64 customer)
{
    const QString payment = m_stage->paymentOf(customer);
    const Json list = m_stage->simulator().see(QStringLiteral("payments?urls=1"));
    for (const Json &each : list["payments"]) {
        if (core::textMember(each, "id") == payment)
            return QUrl(core::textMember(each, "webhook_url").value_or(QString()));
    }
    return {};
}

/// As DynoPay sent it when that customer's payment was settled.
Json TestAmounts::settledEventOf(qint64 customer)
{
    const auto event = core::parseJson(
        m_stage
            ->value(QStringLiteral("SELECT payload FROM inbox WHERE kind = 'dynopay.webhook' AND "
                                   "lane = ? AND payload->>'event' = 'payment.settled'"),
                    {QStringLiteral("customer:%1").arg(customer)})
            .toUtf8(),
        16);
    return event ? *event : Json();
}

int TestAmounts::post(const QUrl &url, const Json &body)
{
    return m_stage->simulator().web().send("POST", url, core::toBytes(body)).status;
}

qint64 TestAmounts::refusedOf(qint64 customer)
{
    return m_stage->number(
        QStringLiteral("SELECT count(*) FROM deposit_events e JOIN deposits d ON d.id = "
                       "e.deposit_id WHERE e.kind = 'webhook refused' AND d.customer_id = ?"),
        {customer});
}

void TestAmounts::unknownTokenIsRefused()
{
    const QString good = hookOf(kIsForged).toString();
    QUrl unknown(good.left(good.lastIndexOf(u'/') + 1) + QString(43, u'A'));
    const qint64 before = m_stage->number(QStringLiteral("SELECT count(*) FROM inbox"));
    QCOMPARE(post(unknown, settledEventOf(customerOf(0))), 401);
    m_stage->pay(kIsForged, {QStringLiteral("forged_unknown_token")});
    const auto forged = [&] {
        const Json log = m_stage->simulator().see(QStringLiteral("deliveries"));
        for (const Json &each : log["deliveries"]) {
            if (core::textMember(each, "kind") == QStringLiteral("forged"))
                return core::integerMember(each, "status").value_or(0);
        }
        return qint64(0);
    };
    QTRY_COMPARE(forged(), 401);
    QCOMPARE(m_stage->number(QStringLiteral("SELECT count(*) FROM inbox")), before);
}

void TestAmounts::forgedBodyWithTheRightTokenHasNoEffect()
{
    const Json genuine = settledEventOf(customerOf(0));
    Json event = genuine;
    event["payment_id"] = m_stage->paymentOf(kIsForged).toStdString();
    event["address"] = m_stage
                           ->value(QStringLiteral("SELECT address FROM deposits WHERE customer_id "
                                                  "= ?"),
                                   {kIsForged})
                           .toStdString();
    event["meta_data"] = nullptr;
    const QUrl hook = hookOf(kIsForged);
    struct Lie {
        const char *member;
        Json value;
    };
    qint64 refused = refusedOf(kIsForged);
    for (const Lie &lie : {Lie{"payment_id", "11111111-2222-4333-8444-555555555555"},
                           Lie{"address", genuine["address"]}, Lie{"currency", "BTC"},
                           Lie{"base_amount", 2500}, Lie{"simulated", true}}) {
        Json forged = event;
        forged[lie.member] = lie.value;
        QCOMPARE(post(hook, forged), 200);
        ++refused;
        QTRY_COMPARE(refusedOf(kIsForged), refused);
    }
    QCOMPARE(m_stage->stateOf(kIsForged), QStringLiteral("awaiting_payment"));
    QCOMPARE(m_stage->balanceOf(kIsForged), QStringLiteral("0.00"));
}

void TestAmounts::eventOfAnotherDepositHasNoEffect()
{
    const qint64 refused = refusedOf(kIsForged);
    QCOMPARE(post(hookOf(kIsForged), settledEventOf(customerOf(0))), 200);
    QTRY_COMPARE(refusedOf(kIsForged), refused + 1);
    QCOMPARE(m_stage->stateOf(kIsForged), QStringLiteral("awaiting_payment"));
    QCOMPARE(m_stage->balanceOf(kIsForged), QStringLiteral("0.00"));
    QCOMPARE(m_stage->balanceOf(customerOf(0)), QStringLiteral("25.00"));
}

/// All in it is right but that it was paid: only DynoPay can say so.
void TestAmounts::claimThatNobodyPaidHasNoEffect()
{
    m_stage->pay(kIsClaimedPaid, {QStringLiteral("forged_body")});
    const auto hasAsked = [&] {
        return !m_stage
                    ->value(QStringLiteral("SELECT last_check_at FROM deposits WHERE customer_id "
                                           "= ?"),
                            {kIsClaimedPaid})
                    .isEmpty();
    };
    QTRY_VERIFY(hasAsked());
    QCOMPARE(m_stage->balanceOf(kIsClaimedPaid), QStringLiteral("0.00"));
    QVERIFY(!m_customers.back().hasRead(QStringLiteral("T-")));
    // It must not stand in the way of the true payment.
    m_stage->pay(kIsClaimedPaid, {kExact});
    QTRY_COMPARE(m_stage->balanceOf(kIsClaimedPaid), QStringLiteral("25.00"));
}

void TestAmounts::whatIsNeverPaidExpiresAfterAQuarterOfAnHour()
{
    for (const qint64 id : {kNeverPays, kPaysLate})
        QCOMPARE(m_stage->stateOf(id), QStringLiteral("awaiting_payment"));
    const auto haveExpired = [&] {
        return m_stage->stateOf(kNeverPays) == QLatin1String("expired") &&
               m_stage->stateOf(kPaysLate) == QLatin1String("expired") && m_stage->isQuiet();
    };
    QVERIFY(m_stage->until(haveExpired, 30'000, 5min));
    QCOMPARE(m_stage->balanceOf(kNeverPays), QStringLiteral("0.00"));
}

void TestAmounts::whatIsPaidAfterThatIsStillCredited()
{
    m_stage->pay(kPaysLate, {kExact});
    QTRY_COMPARE(m_stage->stateOf(kPaysLate), QStringLiteral("credited"));
    QCOMPARE(m_stage->balanceOf(kPaysLate), QStringLiteral("25.00"));
    QCOMPARE(m_stage->stateOf(kNeverPays), QStringLiteral("expired"));
}

void TestAmounts::booksBalance()
{
    QVERIFY(m_stage->until([&] { return m_stage->isQuiet(); }, 20'000, 2s));
    const ProgramRun run = m_stage->verb({QStringLiteral("ledger"), QStringLiteral("verify")});
    QVERIFY2(run.exitCode == 0, qUtf8Printable(run.words()));
    QCOMPARE(core::boolMember(run.json, "sound"), std::optional(true));
    const Json violations = m_stage->simulator().see(QStringLiteral("violations"));
    QVERIFY2(core::integerMember(violations, "count") == 0, violations.dump().c_str());
}

void TestAmounts::cleanupTestCase()
{
    m_customers.clear();
    m_stage.reset();
}

REGISTER_TEST(TestAmounts);

} // namespace tst_amounts

#include "tst_amounts.moc"
