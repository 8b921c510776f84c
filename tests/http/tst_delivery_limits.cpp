#include "delivery/call_budget.h"
#include "delivery/rate_limit.h"
#include "tests/support/test_main.h"

#include <QTest>

namespace tst_delivery_limits {

using namespace std::chrono_literals;
using delivery::RateLimit;
using Verdict = delivery::RateLimit::Verdict;

namespace {

const Timestamp kStart = core::fromMicros(1'800'000'000'000'000);

RateLimit makeLimit(delivery::Rates rates = {.perSecond = 30, .chatPerSecond = 1, .chatBurst = 4})
{
    return RateLimit(rates, [](std::chrono::microseconds) { return 0us; });
}

} // namespace

class TestDeliveryLimits final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void chatHasABurstThenItsRate();
    void allChatsShareTheBotsRate();
    void callbackAnswersAreNotLimited();
    void refusedChatWaitsAndOthersGoOn();
    void manyRefusedChatsPauseTheBot();
    void pauseCoversCallbackAnswersOfItsScope();
    void clockThatGoesBackDoesNotBlock();
    void idleChatsAreForgotten();
    void budgetIsKeptInAnyMinute();
    void budgetSurvivesAClockThatGoesBack();
};

void TestDeliveryLimits::chatHasABurstThenItsRate()
{
    RateLimit limit = makeLimit({.perSecond = 1000, .chatPerSecond = 1, .chatBurst = 4});
    const QString chat = QStringLiteral("1");
    for (int i = 0; i < 4; ++i)
        QCOMPARE(limit.take(chat, true, kStart).verdict, Verdict::Go);
    const auto fifth = limit.take(chat, true, kStart);
    QCOMPARE(fifth.verdict, Verdict::Wait);
    QCOMPARE(fifth.until, kStart + 1s);
    QCOMPARE(limit.take(QStringLiteral("2"), true, kStart).verdict, Verdict::Go);
    QCOMPARE(limit.take(chat, true, kStart + 999ms).verdict, Verdict::Wait);
    QCOMPARE(limit.take(chat, true, kStart + 1s).verdict, Verdict::Go);
    QCOMPARE(limit.take(chat, true, kStart + 1s).verdict, Verdict::Wait);
}

void TestDeliveryLimits::allChatsShareTheBotsRate()
{
    RateLimit limit = makeLimit();
    int sent = 0;
    Timestamp now = kStart;
    for (int chat = 0; now < kStart + 10s; ++chat) {
        const auto answer = limit.take(QString::number(chat), true, now);
        if (answer.verdict == Verdict::Go)
            ++sent;
        else
            now = answer.until;
    }
    QVERIFY2(sent >= 300 && sent <= 303, qPrintable(QString::number(sent)));
}

void TestDeliveryLimits::callbackAnswersAreNotLimited()
{
    RateLimit limit = makeLimit({.perSecond = 1, .chatPerSecond = 1, .chatBurst = 1});
    QCOMPARE(limit.take(QStringLiteral("1"), true, kStart).verdict, Verdict::Go);
    QCOMPARE(limit.take(QStringLiteral("2"), true, kStart).verdict, Verdict::AllWait);
    for (int i = 0; i < 100; ++i)
        QCOMPARE(limit.take(QStringLiteral("answerCallbackQuery"), false, kStart).verdict,
                 Verdict::Go);
}

void TestDeliveryLimits::refusedChatWaitsAndOthersGoOn()
{
    RateLimit limit = makeLimit();
    QCOMPARE(limit.pause(QStringLiteral("1"), 7s, kStart), kStart + 7s);
    const auto paused = limit.take(QStringLiteral("1"), true, kStart + 6s);
    QCOMPARE(paused.verdict, Verdict::Wait);
    QCOMPARE(paused.until, kStart + 7s);
    QCOMPARE(limit.take(QStringLiteral("2"), true, kStart).verdict, Verdict::Go);
    QCOMPARE(limit.take(QStringLiteral("1"), true, kStart + 7s).verdict, Verdict::Go);
}

void TestDeliveryLimits::manyRefusedChatsPauseTheBot()
{
    RateLimit limit = makeLimit();
    for (const char *chat : {"1", "2", "3"})
        limit.pause(QString::fromLatin1(chat), 5s, kStart);
    const auto other = limit.take(QStringLiteral("9"), true, kStart);
    QCOMPARE(other.verdict, Verdict::AllWait);
    QCOMPARE(other.until, kStart + 5s);
    QCOMPARE(limit.take(QStringLiteral("9"), true, kStart + 5s).verdict, Verdict::Go);
}

void TestDeliveryLimits::pauseCoversCallbackAnswersOfItsScope()
{
    RateLimit limit = makeLimit();
    const QString scope = QStringLiteral("answerCallbackQuery");
    limit.pause(scope, 2s, kStart);
    QCOMPARE(limit.take(scope, false, kStart).verdict, Verdict::Wait);
    QCOMPARE(limit.take(scope, false, kStart + 2s).verdict, Verdict::Go);
}

void TestDeliveryLimits::clockThatGoesBackDoesNotBlock()
{
    RateLimit limit = makeLimit({.perSecond = 1000, .chatPerSecond = 1, .chatBurst = 4});
    const QString chat = QStringLiteral("1");
    for (int i = 0; i < 4; ++i)
        QCOMPARE(limit.take(chat, true, kStart).verdict, Verdict::Go);
    const Timestamp earlier = kStart - 24h;
    Timestamp now = earlier;
    auto answer = limit.take(chat, true, now);
    for (int i = 0; i < 2 && answer.verdict != Verdict::Go;
         ++i) { // the chat's bucket, then the bot's
        now = answer.until;
        answer = limit.take(chat, true, now);
    }
    QCOMPARE(answer.verdict, Verdict::Go);
    QVERIFY(now <= earlier + 5s);
}

void TestDeliveryLimits::idleChatsAreForgotten()
{
    RateLimit limit = makeLimit({.perSecond = 100'000, .chatPerSecond = 1, .chatBurst = 4});
    Timestamp now = kStart;
    for (int chat = 0; chat < 50'000; ++chat) {
        QCOMPARE(limit.take(QString::number(chat), true, now).verdict, Verdict::Go);
        now += 10ms;
    }
    QVERIFY2(limit.rememberedCount() < 2'500, qPrintable(QString::number(limit.rememberedCount())));
}

void TestDeliveryLimits::budgetIsKeptInAnyMinute()
{
    delivery::CallBudget budget(30);
    std::vector<Timestamp> calls;
    for (Timestamp now = kStart; now < kStart + 10min; now += 700ms) {
        if (budget.freeAt(now) > now)
            continue;
        budget.take(now);
        calls.push_back(now);
    }
    QVERIFY(calls.size() >= 300);
    for (size_t i = 30; i < calls.size(); ++i)
        QVERIFY(calls[i] - calls[i - 30] >= 1min);
}

void TestDeliveryLimits::budgetSurvivesAClockThatGoesBack()
{
    delivery::CallBudget budget(2);
    budget.take(kStart);
    budget.take(kStart + 1s);
    QCOMPARE(budget.freeAt(kStart + 2s), kStart + 1min);
    QCOMPARE(budget.freeAt(kStart - 24h), kStart - 24h + 1min);
}

REGISTER_TEST(TestDeliveryLimits);

} // namespace tst_delivery_limits

#include "tst_delivery_limits.moc"
