#include "tests/support/journey_operator.h"
#include "tests/support/paid_call.h"
#include "tests/support/paid_many.h"
#include "tests/support/test_main.h"

#include <QFile>
#include <QTest>

namespace tst_money_verbs {

using namespace tests;

/// What is given, taken and paid out by hand, on the command line against a real server. One
/// person does it all: who may agree to whose is tested elsewhere.
class TestMoneyVerbs final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void rulesAreShownAndChanged();
    void aRequestIsListedAndAgreedTo();
    void aPlanIsRefunded();
    void manyAreRefundedAtOnce();
    void aWalletIsAdjusted();
    void aRefundIsTakenBack();
    void aPayoutIsRegistered();
    void cleanupTestCase();

private:
    [[nodiscard]] ProgramRun verb(const QString &words) { return m_stage->verb(words.split(u'|')); }
    /// Shown, then given with the hash that was shown; what it answered.
    [[nodiscard]] Json confirmed(const QString &words)
    {
        const ProgramRun shown = verb(words);
        const QString hash = core::textMember(shown.json["answer"], "hash").value_or(shown.errors);
        const ProgramRun given = verb(words + QStringLiteral("|--confirm|") + hash.left(8));
        return given.exitCode == 0 ? given.json["answer"] : Json(given.errors.toStdString());
    }

    std::unique_ptr<JourneyStage> m_stage;
    std::unique_ptr<database::Connection> m_owner;
    std::unique_ptr<JourneyOperator> m_operator;
    qint64 m_refund = 0;
};

constexpr qint64 kCamille = 8700;

void TestMoneyVerbs::initTestCase()
{
    m_stage = std::make_unique<JourneyStage>();
    m_owner = *database::Connection::open(m_stage->databaseUrl(), QStringLiteral("test"),
                                          database::Role::Owner);
    addFrenchCustomer(*m_owner, kCamille);
    m_operator = std::make_unique<JourneyOperator>(*m_stage);
    QFile session(m_stage->directory() + QStringLiteral("/operator-session"));
    QVERIFY(session.open(QIODevice::WriteOnly | QIODevice::Truncate));
    session.write(m_operator->token().toHex());
    session.close();
    m_stage->startServer();
}

void TestMoneyVerbs::cleanupTestCase()
{
    QCOMPARE(verb(QStringLiteral("ledger|verify")).exitCode, 0);
    m_operator.reset();
    m_owner.reset();
    m_stage.reset();
}

void TestMoneyVerbs::rulesAreShownAndChanged()
{
    QCOMPARE(verb(QStringLiteral("refund|set-rules|--small|4.00|--reason|a test")).exitCode, 0);
    QCOMPARE(verb(QStringLiteral("refund|set-rules|--small|much|--reason|a test")).exitCode, 2);
    QCOMPARE(verb(QStringLiteral("refund|set-rules|--small|400|--reason|a test")).exitCode, 1);
    const ProgramRun rules = verb(QStringLiteral("refund|rules"));
    QCOMPARE(rules.exitCode, 0);
    QCOMPARE(rules.json["versions"].size(), size_t(2));
    QCOMPARE(core::textMember(rules.json["versions"][1], "small"),
             std::optional(QStringLiteral("4.00")));
}

void TestMoneyVerbs::aRequestIsListedAndAgreedTo()
{
    const qint64 call = addPaidCall(*m_owner, kCamille, Money::fromCents(20'00));
    const ProgramRun asked =
        verb(QStringLiteral("refund|%1|full|--reason|bad_audio|--request").arg(call));
    QVERIFY2(asked.exitCode == 0, qUtf8Printable(asked.errors));
    m_refund = core::integerMember(asked.json["answer"], "refund").value_or(0);
    const ProgramRun list = verb(QStringLiteral("refund|list"));
    QCOMPARE(core::integerMember(list.json["refunds"][0], "refund").value_or(0), m_refund);
    const Json done = confirmed(QStringLiteral("refund|approve|%1").arg(m_refund));
    QVERIFY2(core::integerMember(done, "transfer"), core::toBytes(done).constData());
    QCOMPARE(verb(QStringLiteral("refund|reject|%1|--reason|late").arg(m_refund)).exitCode, 1);
}

void TestMoneyVerbs::aPlanIsRefunded()
{
    const QString payment = QStringLiteral("T-%1").arg(addPaidPlan(*m_owner, kCamille));
    QCOMPARE(verb(QStringLiteral("refund|%1|half|--reason|bad_audio").arg(payment)).exitCode, 2);
    const ProgramRun asked =
        verb(QStringLiteral("refund|%1|half|--reason|plan_not_used|--request").arg(payment));
    QVERIFY2(asked.exitCode == 0, qUtf8Printable(asked.errors));
    const ProgramRun list = verb(QStringLiteral("refund|list"));
    QCOMPARE(core::textMember(list.json["refunds"][0], "plan"),
             std::optional(QStringLiteral("prime")));
    QCOMPARE(core::textMember(list.json["refunds"][0], "amount"),
             std::optional(QStringLiteral("15.00")));
    const Json done =
        confirmed(QStringLiteral("refund|approve|%1")
                      .arg(core::integerMember(asked.json["answer"], "refund").value_or(0)));
    QVERIFY2(core::integerMember(done, "transfer"), core::toBytes(done).constData());
}

void TestMoneyVerbs::manyAreRefundedAtOnce()
{
    addFrenchCustomers(*m_owner, 8710, 3);
    addPaidCalls(*m_owner, 8710, 3, 1, Money::fromCents(2'00));
    const auto hours = [&](int ago) {
        return core::toIso(core::SystemClock().now() - std::chrono::hours(ago));
    };
    const QString query =
        QStringLiteral("--from|%1|--to|%2|--disconnection|error_asr|--region|US|"
                       "--amount|half|--reason|call_failed")
            .arg(hours(24), core::toIso(core::SystemClock().now() - std::chrono::minutes(1)));
    const ProgramRun seen = verb(QStringLiteral("refund|bulk|preview|") + query);
    QCOMPARE(seen.exitCode, 0);
    QCOMPARE(core::integerMember(seen.json["answer"], "total").value_or(0), 3'000'000);
    QCOMPARE(verb(QStringLiteral("refund|bulk|request|") + query).exitCode, 2); // no name
    const Json asked = confirmed(QStringLiteral("refund|bulk|request|--key|outage-1|") + query);
    const qint64 batch = core::integerMember(asked, "batch").value_or(0);
    QVERIFY2(batch > 0, core::toBytes(asked).constData());
    const Json agreed = confirmed(QStringLiteral("refund|bulk|approve|%1").arg(batch));
    QCOMPARE(core::textMember(agreed, "state"), std::optional(QStringLiteral("running")));
    const auto state = [&] {
        const ProgramRun shown = verb(QStringLiteral("refund|bulk|show|%1").arg(batch));
        return core::textMember(shown.json, "state").value_or(shown.errors);
    };
    QVERIFY(m_stage->until([&] { return state() == u"done"; }));
    const ProgramRun shown = verb(QStringLiteral("refund|bulk|show|%1").arg(batch));
    QCOMPARE(shown.json["rows"].size(), size_t(3));
    QCOMPARE(core::textMember(shown.json["rows"][0], "state"),
             std::optional(QStringLiteral("done")));
    QCOMPARE(verb(QStringLiteral("refund|bulk|list")).json["batches"].size(), size_t(1));
    QCOMPARE(verb(QStringLiteral("refund|bulk|cancel|%1|--reason|late").arg(batch)).exitCode, 1);
    QCOMPARE(m_stage->number(QStringLiteral("SELECT sum(available)::bigint FROM transfers WHERE "
                                            "request_key LIKE 'refund:%:%'")),
             3'000'000);
}

void TestMoneyVerbs::aWalletIsAdjusted()
{
    const QString words =
        QStringLiteral("adjust|%1|-5.00|--reason|counted twice by us").arg(kCamille);
    const Json asked = confirmed(words);
    const qint64 id = core::integerMember(asked, "adjustment").value_or(0);
    QVERIFY2(id > 0, core::toBytes(asked).constData());
    QCOMPARE(verb(QStringLiteral("adjust|list")).json["adjustments"].size(), size_t(1));
    const Json done = confirmed(QStringLiteral("adjust|approve|%1").arg(id));
    QVERIFY2(core::integerMember(done, "transfer"), core::toBytes(done).constData());
    QCOMPARE(m_stage->number(
                 QStringLiteral("SELECT available FROM transfers WHERE kind = 'correction'")),
             -5'000'000);
}

void TestMoneyVerbs::aRefundIsTakenBack()
{
    const Json asked =
        confirmed(QStringLiteral("refund|reverse|%1|--reason|it was the wrong call").arg(m_refund));
    const qint64 id = core::integerMember(asked, "adjustment").value_or(0);
    QVERIFY2(id > 0, core::toBytes(asked).constData());
    QCOMPARE(verb(QStringLiteral("adjust|reject|%1").arg(id)).exitCode, 0); // one's own
}

void TestMoneyVerbs::aPayoutIsRegistered()
{
    const Json asked =
        confirmed(QStringLiteral("payout|%1|25.00|--to|BTC bc1qexample|--reason|closes the account")
                      .arg(kCamille));
    const qint64 id = core::integerMember(asked, "payout").value_or(0);
    QVERIFY2(id > 0, core::toBytes(asked).constData());
    for (const char *state : {"requested", "approved"}) {
        const Json agreed = confirmed(QStringLiteral("payout|approve|%1").arg(id));
        QCOMPARE(core::textMember(agreed, "state"), std::optional(QString::fromLatin1(state)));
    }
    QCOMPARE(verb(QStringLiteral("payout|list")).json["payouts"].size(), size_t(1));
    QCOMPARE(
        core::textMember(verb(QStringLiteral("payout|paid|%1|0xabcdef01").arg(id)).json, "code"),
        std::optional(QStringLiteral("TooSoon")));
    QCOMPARE(verb(QStringLiteral("payout|failed|%1|--reason|no such address").arg(id)).exitCode, 0);
}

REGISTER_TEST(TestMoneyVerbs);

} // namespace tst_money_verbs

#include "tst_money_verbs.moc"
