#include "tests/support/sent_messages.h"
#include "tests/support/test_main.h"

#include <QTest>

namespace tst_topup_journey {

using namespace tests;

namespace {

constexpr qint64 kCamille = 7001;

/// What the bot said until the main menu was there, as the customer saw it.
QStringList wordsBeforeTheMenu(const QList<Json> &sent)
{
    QStringList words;
    for (const Json &payload : sent) {
        for (const Json &text : payload["texts"]) {
            if (core::textMember(text, "key") == QStringLiteral("menu.title"))
                return words;
        }
        const Json &parameters = payload["parameters"];
        words << core::textMember(parameters, "text").value_or(QString());
        words << QString::fromStdString(parameters["reply_markup"].dump());
    }
    return words;
}

} // namespace

/// A new customer tops up 25 USD in USDT; the webhooks come three times and out of order.
class TestTopupJourney final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void creditsOnceWhatIsToldThreeTimesOutOfOrder();
    void ledgerVerifies();
    void walletShowsTheMoney();
    void everyMessageIsFrench();
    void asksForNoAddressAndNoNumberBeforeTheMenu();
    void breaksNoRuleOfTheProviders();
    void leavesNothingUndone();
    void cleanupTestCase();

private:
    std::unique_ptr<JourneyStage> m_stage;
    std::vector<JourneyCustomer> m_customers;
};

void TestTopupJourney::initTestCase()
{
    m_stage = std::make_unique<JourneyStage>();
    m_stage->startServer();
    m_customers.emplace_back(*m_stage, kCamille, QStringLiteral("en"));
}

void TestTopupJourney::creditsOnceWhatIsToldThreeTimesOutOfOrder()
{
    QCOMPARE(topUpTogether(*m_stage, m_customers), QString());
    SimulatorRemote &simulator = m_stage->simulator();
    simulator.act(QStringLiteral("deliveries/faults"),
                  {{"provider", "dynopay"}, {"count", 100}, {"hold", true}});
    m_stage->pay(kCamille, {QStringLiteral("duplicate(3)"), QStringLiteral("exact")});
    const auto held = [&] {
        return core::integerMember(simulator.see(QStringLiteral("deliveries")), "held");
    };
    QTRY_COMPARE(held(), std::optional<qint64>(9)); // pending, confirmed and settled
    QCOMPARE(m_stage->balanceOf(kCamille), QStringLiteral("0.00"));

    simulator.act(QStringLiteral("deliveries/release"), {{"order", "reversed"}});
    QVERIFY(m_stage->until([&] { return m_customers[0].hasRead(QStringLiteral("T-")); }));
    QVERIFY(m_stage->until([&] { return m_stage->isQuiet(); }));
    QCOMPARE(m_stage->balanceOf(kCamille), QStringLiteral("25.00"));
    QCOMPARE(m_stage->stateOf(kCamille), QStringLiteral("credited"));
    QCOMPARE(m_stage->number(QStringLiteral("SELECT count(*) FROM transfers")), 1);
    QCOMPARE(m_stage->number(QStringLiteral("SELECT count(*) FROM deposits")), 1);
    int answered = 0;
    const Json log = simulator.see(QStringLiteral("deliveries"));
    for (const Json &delivery : log["deliveries"]) {
        if (core::textMember(delivery, "provider") != QStringLiteral("dynopay"))
            continue;
        QCOMPARE(core::integerMember(delivery, "status"), std::optional<qint64>(200));
        ++answered;
    }
    QCOMPARE(answered, 9);
}

void TestTopupJourney::ledgerVerifies()
{
    const ProgramRun run = m_stage->verb({QStringLiteral("ledger"), QStringLiteral("verify")});
    QVERIFY2(run.exitCode == 0, qUtf8Printable(run.words()));
    QCOMPARE(core::boolMember(run.json, "sound"), std::optional(true));
    QCOMPARE(core::integerMember(run.json, "transfers"), std::optional<qint64>(1));
    QCOMPARE(m_stage->number(QStringLiteral("SELECT sum(amount) FROM entries")), 0);
}

void TestTopupJourney::walletShowsTheMoney()
{
    QVERIFY(m_customers[0].tap(QStringLiteral("menu:wallet")));
    QVERIFY(m_stage->until([&] { return m_customers[0].sees(QStringLiteral("wallet:topup")); }));
    const Json wallet = m_customers[0].messages().back();
    QVERIFY2(core::textMember(wallet, "text").value_or(QString()).contains(QStringLiteral("25,00")),
             wallet.dump().c_str());
    QVERIFY(m_stage->until([&] { return m_stage->isQuiet(); }));
}

void TestTopupJourney::everyMessageIsFrench()
{
    QCOMPARE(notIn(*m_stage, kCamille, QStringLiteral("fr"), 10), QString());
}

void TestTopupJourney::asksForNoAddressAndNoNumberBeforeTheMenu()
{
    const QStringList words = wordsBeforeTheMenu(sentTo(*m_stage, kCamille));
    QVERIFY2(words.size() >= 6, qUtf8Printable(words.join(u'\n'))); // language, terms, tour
    for (const QString &said : words) {
        for (const char *asked :
             {"mail", "courriel", "@", "téléphone", "phone", "numéro", "number", "request_contact"})
            QVERIFY2(!said.contains(QString::fromUtf8(asked), Qt::CaseInsensitive),
                     qUtf8Printable(said));
    }
}

void TestTopupJourney::breaksNoRuleOfTheProviders()
{
    const Json violations = m_stage->simulator().see(QStringLiteral("violations"));
    QVERIFY2(core::integerMember(violations, "count") == 0, violations.dump().c_str());
    const Json chat = m_stage->simulator().see(QStringLiteral("telegram/chats/7001"));
    QVERIFY(chat["taps"].size() >= 8);
    for (const Json &tap : chat["taps"])
        QVERIFY2(core::boolMember(tap, "answered") == true, tap.dump().c_str());
}

void TestTopupJourney::leavesNothingUndone()
{
    QCOMPARE(m_stage->looseEnds(), QString());
}

void TestTopupJourney::cleanupTestCase()
{
    m_customers.clear();
    m_stage.reset();
}

REGISTER_TEST(TestTopupJourney);

} // namespace tst_topup_journey

#include "tst_topup_journey.moc"
