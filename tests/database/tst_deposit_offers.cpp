#include "deposits/coin_switches.h"
#include "tests/database/review_fixture.h"
#include "tests/support/test_main.h"

namespace tst_deposit_offers {

using namespace tests;

/// Which coins are on offer, what a debt does, and the daily look at the provider's event log.
class TestDepositOffers final : public ReviewStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { startReviews(); }
    void aDebtIsPaidByTheNextDeposit();
    void theProvidersMinimumIsLearnedForADay();
    void aCoinWithoutAWalletIsNotOfferedForAWhile();
    void everybodyMayPauseAndFewResume();
    void aPauseNeedsAReasonAndACoin();
    void olderDeploymentsHaveNoEventLog();
    void eventsThatCameAreNotMissed();
    void aMissedEventIsHandledAsIfItHadComeOnce();
    void strangersInTheLogAreIgnored();
    void theLogIsReadPageByPage();

private:
    void answerCreation(const Json &body, int http);
    void compare();
    void answerEvents(const Json &events, int http = 200, const QString &next = {});
    [[nodiscard]] Json sent(const char *id, const char *event, qint64 deposit,
                            std::chrono::minutes ago = 60min);
    [[nodiscard]] deposits::CoinSwitches switchesAt(Timestamp now);
    [[nodiscard]] QString comparison()
    {
        return text("SELECT concat_ws(' ', state, pages, events, ours, missed) AS answer FROM "
                    "deposit_comparisons ORDER BY id DESC LIMIT 1");
    }
    [[nodiscard]] qint64 asked(const char *method)
    {
        return count(qPrintable(QStringLiteral("SELECT count(*) FROM outbox WHERE method = '%1'")
                                    .arg(QLatin1String(method))));
    }
};

void TestDepositOffers::answerCreation(const Json &body, int http)
{
    const QString lane = QStringLiteral("customer:%1").arg(kAsha);
    record({.source = queue::Source::Internal,
            .externalId = {},
            .lane = lane,
            .kind = QStringLiteral("test.begin"),
            .payload = "{}"});
    const QString text = QString::fromUtf8(core::toBytes(body));
    record({.source = queue::Source::Delivery,
            .externalId = {},
            .lane = lane,
            .kind = QStringLiteral("deposit.created"),
            .payload =
                core::toBytes({{"request", {{"deposit", count("SELECT max(id) FROM deposits")}}},
                               {"answer", {{"http", http}, {"body", text}}}})});
}

deposits::CoinSwitches TestDepositOffers::switchesAt(Timestamp now)
{
    return *committed<deposits::CoinSwitches>(
        *m_connection, [&](database::Transaction &transaction) {
            return deposits::readCoinSwitches(transaction, now);
        });
}

void TestDepositOffers::compare()
{
    record({.source = queue::Source::Timer,
            .externalId = {},
            .lane = QStringLiteral("policy"),
            .kind = QStringLiteral("deposits.compare"),
            .payload = R"({"v":1})"});
}

Json TestDepositOffers::sent(const char *id, const char *event, qint64 deposit,
                             std::chrono::minutes ago)
{
    const QByteArray digest =
        core::sha256(core::callbackToken(kInstallationKey, DepositId{deposit})).toHex();
    return {{"id", id},
            {"event", event},
            {"url", "https://bot.example.net/webhooks/dynopay/deposits/" + digest.toStdString()},
            {"status", "dead"},
            {"created_at", core::toIso(m_clock.now() - ago)}};
}

void TestDepositOffers::answerEvents(const Json &events, int http, const QString &next)
{
    Json body = {{"success", http == 200}, {"data", events}, {"has_more", !next.isEmpty()}};
    body["next_cursor"] = next;
    const QString text = QString::fromUtf8(core::toBytes(body));
    record({.source = queue::Source::Delivery,
            .externalId = {},
            .lane = QStringLiteral("policy"),
            .kind = QStringLiteral("deposits.events"),
            .payload = core::toBytes(
                {{"request", {{"comparison", count("SELECT max(id) FROM deposit_comparisons")}}},
                 {"answer", {{"http", http}, {"body", text}}}})});
}

void TestDepositOffers::aDebtIsPaidByTheNextDeposit()
{
    QVERIFY(post(*m_connection, {.customer = CustomerId{kAsha},
                                 .kind = QStringLiteral("made_debt"),
                                 .requestKey = QStringLiteral("reversal:1"),
                                 .debt = usd(-70),
                                 .platform = ledger::Platform::DynopayClearing,
                                 .platformAmount = usd(70)}));
    pay(toAddress(), "1");
    QCOMPARE(balance(*m_connection, kAsha).debt, usd(-20));
    QCOMPARE(available(), Money());
    pay(toAddress(), "1", "tx-b");
    QCOMPARE(balance(*m_connection, kAsha).debt, Money());
    QCOMPARE(available(), usd(30));
    checkBooks();
}

void TestDepositOffers::theProvidersMinimumIsLearnedForADay()
{
    answerCreation({{"success", false},
                    {"message", "The minimum for LTC is 62.50 USD"},
                    {"code", "amount_below_minimum"}},
                   400);
    QCOMPARE(told(), QStringList{QStringLiteral("topup.below_minimum")});
    const Money ours = usd(10);
    const auto now = switchesAt(m_clock.now());
    QCOMPARE(now.minimumOf(QStringLiteral("LTC"), ours), Money::fromCents(62'50));
    QCOMPARE(now.minimumOf(QStringLiteral("BTC"), ours), ours);
    QVERIFY(now.isOffered(QStringLiteral("LTC")));
    QCOMPARE(switchesAt(m_clock.now() + 25h).minimumOf(QStringLiteral("LTC"), ours), ours);
}

void TestDepositOffers::aCoinWithoutAWalletIsNotOfferedForAWhile()
{
    answerCreation({{"success", false}, {"message", "no"}, {"code", "no_wallet_configured"}}, 400);
    QCOMPARE(told(), QStringList{QStringLiteral("topup.coin_unavailable")});
    QVERIFY(!switchesAt(m_clock.now()).isOffered(QStringLiteral("LTC")));
    QVERIFY(switchesAt(m_clock.now() + 11min).isOffered(QStringLiteral("LTC")));
}

void TestDepositOffers::everybodyMayPauseAndFewResume()
{
    const QString support = QStringLiteral("support");
    QCOMPARE(command(support, "deposits.pause", {{"coin", "ltc"}, {"reason", "high fees"}},
                     QStringLiteral("a"))
                 .state,
             QStringLiteral("done"));
    QVERIFY(!switchesAt(m_clock.now() + 1000h).isOffered(QStringLiteral("LTC")));
    QVERIFY(switchesAt(m_clock.now()).isOffered(QStringLiteral("BTC")));
    QCOMPARE(command(support, "deposits.pause", {{"coin", "all"}, {"reason", "provider down"}},
                     QStringLiteral("b"))
                 .state,
             QStringLiteral("done"));
    QVERIFY(!switchesAt(m_clock.now()).isOffered(QStringLiteral("BTC")));
    const Json resume = {{"coin", "all"}, {"reason", "it is back"}};
    QCOMPARE(command(support, "deposits.resume", resume, QStringLiteral("c")).code,
             QStringLiteral("NotAllowed"));
    QCOMPARE(command(m_finance, "deposits.resume", resume, QStringLiteral("d")).state,
             QStringLiteral("done"));
    QVERIFY(switchesAt(m_clock.now()).isOffered(QStringLiteral("BTC")));
    QVERIFY(!switchesAt(m_clock.now()).isOffered(QStringLiteral("LTC"))); // each its own
    QCOMPARE(text("SELECT concat_ws(' ', is_paused, reason, changed_by) AS answer FROM "
                  "coin_switches WHERE coin = '*'"),
             QStringLiteral("f it is back finance"));
}

void TestDepositOffers::aPauseNeedsAReasonAndACoin()
{
    QCOMPARE(command(m_finance, "deposits.pause", {{"coin", "LTC"}}, QStringLiteral("a")).code,
             QStringLiteral("BadInput"));
    QCOMPARE(command(m_finance, "deposits.pause", {{"coin", "NOSUCH"}, {"reason", "why"}},
                     QStringLiteral("b"))
                 .code,
             QStringLiteral("NotFound"));
    const auto owner = openConnection(m_url, database::Role::Owner);
    QVERIFY(!owner->run(QStringLiteral("INSERT INTO coin_switches (coin, is_paused, cause_id) "
                                       "VALUES ('LTC', true, 1)")));
}

void TestDepositOffers::olderDeploymentsHaveNoEventLog()
{
    compare();
    QCOMPARE(asked("listEvents"), 1);
    QCOMPARE(count("SELECT count(*) FROM timers WHERE key = 'deposits:compare'"), 1);
    answerEvents(Json::array(), 404);
    QCOMPARE(comparison(), QStringLiteral("not_supported 0 0 0 0"));
    answerEvents(Json::array()); // late: nobody waits for it
    QCOMPARE(comparison(), QStringLiteral("not_supported 0 0 0 0"));
}

void TestDepositOffers::eventsThatCameAreNotMissed()
{
    const qint64 id = toAddress();
    pay(id, "1");
    compare();
    answerEvents({sent("e1", "payment.settled", id), sent("e2", "payment.settled", id, 40h),
                  sent("e3", "payment.settled", id, 1min)});
    QCOMPARE(comparison(), QStringLiteral("done 1 1 1 0"));
    QCOMPARE(count("SELECT count(*) FROM deposit_events WHERE kind = 'missed a webhook'"), 0);
}

void TestDepositOffers::aMissedEventIsHandledAsIfItHadComeOnce()
{
    const qint64 id = toAddress();
    const qint64 before = asked("getPaymentStatus");
    compare();
    answerEvents(Json::array({sent("e1", "payment.settled", id)}));
    QCOMPARE(comparison(), QStringLiteral("done 1 1 1 1"));
    QCOMPARE(state(id), QStringLiteral("verifying"));
    QCOMPARE(asked("getPaymentStatus"), before + 1);
    QCOMPARE(available(), Money()); // a line in a log credits nothing by itself
    answerStatus(id, statusBody("settled", "1"));
    QCOMPARE(available(), Money()); // neither that nor the log tells what came
    answerStatus(id, chainBody("confirmed", "1"), 200, true);
    QCOMPARE(available(), kAsked);
    compare(); // the next day still has it
    answerEvents(Json::array({sent("e1", "payment.settled", id)}));
    QCOMPARE(comparison(), QStringLiteral("done 1 1 1 0"));
    QCOMPARE(count("SELECT count(*) FROM transfers WHERE customer_id = 7001"), 1);
}

void TestDepositOffers::strangersInTheLogAreIgnored()
{
    const qint64 id = toAddress();
    compare();
    Json company = sent("e1", "payment.settled", id);
    company["url"] = "https://bot.example.net/log-only";
    Json broken = sent("e2", "payment.settled", id);
    broken["created_at"] = nullptr;
    answerEvents({company, sent("e3", "payment.settled", 4711), broken, Json(), "x", 1});
    QCOMPARE(comparison(), QStringLiteral("done 1 2 0 0"));
    QCOMPARE(state(id), QStringLiteral("awaiting_payment"));
}

void TestDepositOffers::theLogIsReadPageByPage()
{
    const qint64 id = toAddress();
    compare();
    answerEvents(Json::array({sent("e1", "payment.pending", id)}), 200, QStringLiteral("e1"));
    QCOMPARE(asked("listEvents"), 2);
    QCOMPARE(text("SELECT payload->>'after' AS answer FROM outbox WHERE method = 'listEvents' "
                  "ORDER BY id DESC LIMIT 1"),
             QStringLiteral("e1"));
    answerEvents(Json::array({sent("e0", "payment.created", id, 30h)}), 200, QStringLiteral("e0"));
    QCOMPARE(asked("listEvents"), 2); // that was of an earlier day
    QCOMPARE(comparison(), QStringLiteral("done 2 1 1 1"));
}

REGISTER_TEST(TestDepositOffers);

} // namespace tst_deposit_offers

#include "tst_deposit_offers.moc"
