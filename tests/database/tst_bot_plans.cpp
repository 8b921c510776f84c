#include "tests/database/script_fixture.h"
#include "tests/support/test_main.h"

#include <QTest>

namespace tst_bot_plans {

using namespace tests;

/// A customer looks at plans in the bot, buys one, and changes what becomes of it.
class TestBotPlans final : public ScriptStage {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        start();
        giveMoney(50);
    }
    void freeMinutesComeWithTheTerms();
    void theMenuAndACommandLeadToThePlan();
    void offersShowWhatIsSoldToday();
    void aPlanIsBoughtAfterAYes();
    void aSecondYesBuysNothing();
    void tooLittleMoneyLeadsToTheTopUp();
    void aChangeSaysWhatComesBack();
    void aYesToAnotherCreditIsAskedAgain();
    void renewalIsSwitched();
    void aPlanIsCancelledAfterAYes();
    void forgedButtonsDoNothing();
    void theHistorySaysPlan();
    void cleanup() { QCOMPARE(dead(), 0); }

private:
    [[nodiscard]] QString live(const char *what)
    {
        return value(QStringLiteral("SELECT %1 AS answer FROM subscriptions WHERE state <> 'ended'")
                         .arg(QLatin1String(what)));
    }
    [[nodiscard]] qint64 paid() { return count("transfers WHERE kind = 'plan'"); }
    void buy(int version)
    {
        tap(QStringLiteral("plan:ask:%1").arg(version));
        const QString yes = buttonLike(QStringLiteral("plan:go:"));
        QVERIFY(!yes.isEmpty());
        tap(yes);
    }
};

void TestBotPlans::freeMinutesComeWithTheTerms()
{
    QVERIFY(m_connection->run(
        QStringLiteral("UPDATE customers SET terms_version = NULL, terms_accepted_at = NULL")));
    tap(QStringLiteral("menu:plan"));
    QCOMPARE(count("plan_periods"), 0);
    tap(QStringLiteral("terms:accept"));
    tap(QStringLiteral("terms:accept"));
    QCOMPARE(count("plan_periods"), 1);
    tap(QStringLiteral("menu:plan"));
    QCOMPARE(keysShown(), (QStringList{QStringLiteral("plan.mine.free"),
                                       QStringLiteral("plan.mine.free_left")}));
    wait(48h);
    tap(QStringLiteral("menu:plan"));
    QCOMPARE(keysShown(), QStringList{QStringLiteral("plan.mine.free")});
}

void TestBotPlans::theMenuAndACommandLeadToThePlan()
{
    say(QStringLiteral("/start"));
    QVERIFY(offers(QStringLiteral("menu:plan")));
    say(QStringLiteral("/plan"));
    QCOMPARE(keysShown(), QStringList{QStringLiteral("plan.mine.free")});
    QVERIFY(offers(QStringLiteral("plan:offers")));
}

void TestBotPlans::offersShowWhatIsSoldToday()
{
    tap(QStringLiteral("plan:offers"));
    QCOMPARE(keysShown().count(QStringLiteral("plan.offer")), 9);
    QVERIFY(offers(QStringLiteral("plan:ask:10")));
    QVERIFY(!offers(QStringLiteral("plan:ask:1"))); // Free is not for sale
}

void TestBotPlans::aPlanIsBoughtAfterAYes()
{
    tap(QStringLiteral("plan:ask:3"));
    QCOMPARE(keysShown(),
             (QStringList{QStringLiteral("plan.offer"), QStringLiteral("plan.confirm")}));
    QCOMPARE(paid(), 0);
    tap(buttonLike(QStringLiteral("plan:go:")));
    QCOMPARE(paid(), 1);
    QCOMPARE(live("plan"), QStringLiteral("prime"));
    QCOMPARE(keysShown(), (QStringList{QStringLiteral("plan.mine.paid"),
                                       QStringLiteral("plan.mine.renews_not")}));
    QCOMPARE(count("outbox WHERE payload #>> '{texts,0,key}' = 'plan.bought'"), 1);
    QVERIFY(offers(QStringLiteral("plan:renew:on")));
}

void TestBotPlans::aSecondYesBuysNothing()
{
    tap(QStringLiteral("plan:ask:3"));
    const QString yes = buttonLike(QStringLiteral("plan:go:"));
    tap(yes);
    tap(yes);
    QCOMPARE(keysShown(), QStringList{QStringLiteral("plan.has_it")});
    QCOMPARE(paid(), 1);
}

void TestBotPlans::tooLittleMoneyLeadsToTheTopUp()
{
    buy(10); // 40 of 50
    tap(QStringLiteral("menu:plan"));
    wait(29 * 24h + 1h);
    tap(QStringLiteral("plan:ask:7")); // 35
    QCOMPARE(keysShown(),
             (QStringList{QStringLiteral("plan.offer"), QStringLiteral("plan.too_little")}));
    QVERIFY(offers(QStringLiteral("wallet:topup")));
    tap(QStringLiteral("plan:go:7:0"));
    QCOMPARE(paid(), 1);
}

void TestBotPlans::aChangeSaysWhatComesBack()
{
    buy(3);
    wait(3 * 24h + 1h);
    tap(QStringLiteral("plan:ask:6"));
    QCOMPARE(keysShown(),
             (QStringList{QStringLiteral("plan.offer"), QStringLiteral("plan.confirm.change"),
                          QStringLiteral("plan.confirm")}));
    QCOMPARE(buttonLike(QStringLiteral("plan:go:")), QStringLiteral("plan:go:6:8571428"));
    tap(QStringLiteral("plan:go:6:8571428"));
    QCOMPARE(live("plan"), QStringLiteral("elite"));
    QCOMPARE(count("transfers WHERE kind = 'refund' AND available = 8571428"), 1);
}

void TestBotPlans::aYesToAnotherCreditIsAskedAgain()
{
    buy(3);
    wait(3 * 24h + 1h);
    tap(QStringLiteral("plan:ask:6"));
    const QString yes = buttonLike(QStringLiteral("plan:go:"));
    wait(24h);
    tap(yes);
    QCOMPARE(live("plan"), QStringLiteral("prime"));
    QCOMPARE(buttonLike(QStringLiteral("plan:go:")), QStringLiteral("plan:go:6:5714285"));
}

void TestBotPlans::renewalIsSwitched()
{
    buy(3);
    tap(QStringLiteral("plan:renew:on"));
    QCOMPARE(live("renews"), QStringLiteral("true"));
    QCOMPARE(keysShown().value(1), QStringLiteral("plan.mine.renews"));
    tap(QStringLiteral("plan:renew:on"));
    tap(QStringLiteral("plan:renew:off"));
    QCOMPARE(live("renews"), QStringLiteral("false"));
    QCOMPARE(keysShown().value(1), QStringLiteral("plan.mine.renews_not"));
}

void TestBotPlans::aPlanIsCancelledAfterAYes()
{
    buy(3);
    tap(QStringLiteral("plan:cancel"));
    QCOMPARE(keysShown(), QStringList{QStringLiteral("plan.cancel.ask")});
    QCOMPARE(live("state"), QStringLiteral("active"));
    tap(QStringLiteral("plan:cancel:yes"));
    QCOMPARE(live("state"), QStringLiteral("cancelled"));
    QCOMPARE(keysShown().value(1), QStringLiteral("plan.mine.cancelled"));
    QVERIFY(!offers(QStringLiteral("plan:cancel")));
    tap(QStringLiteral("plan:renew:on")); // taken back
    QCOMPARE(live("state"), QStringLiteral("active"));
}

void TestBotPlans::forgedButtonsDoNothing()
{
    for (const char *data : {"plan:go:1:0", "plan:go:4711:0", "plan:go::", "plan:ask:x", "plan:",
                             "plan:pay", "plan:cancel:yes", "plan:renew:on", "plan:go:3:-5"})
        tap(QLatin1String(data));
    QCOMPARE(count("subscriptions"), 0);
    QCOMPARE(paid(), 0);
}

void TestBotPlans::theHistorySaysPlan()
{
    buy(3);
    tap(QStringLiteral("wallet:history"));
    QVERIFY(QString::fromUtf8(core::toBytes(shown())).contains(QStringLiteral("Forfait")));
}

REGISTER_TEST(TestBotPlans);

} // namespace tst_bot_plans

#include "tst_bot_plans.moc"
