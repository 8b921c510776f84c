#include "tests/database/code_fixture.h"
#include "tests/database/review_fixture.h"
#include "tests/support/test_main.h"

namespace tst_fresh_codes {

using namespace tests;

/// Whatever moves money by a person's decision takes a fresh code of who has a second factor.
class TestFreshCodes final : public ReviewStage {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { checkBooks(); }
    void nothingMovesWithoutAFreshCode_data();
    void nothingMovesWithoutAFreshCode();
    void oneCodeDecidesOneThing();
    void whatIsLeftForOthersNeedsNone();
    void aCodeOfOtherFiguresIsNotUsedUp();
    void whoHasNoneDecidesWithoutUnlessAllNeedOne();

private:
    /// A command that is about to be given: all of it but the code.
    struct Wish {
        QByteArray kind;
        Json payload;
    };
    [[nodiscard]] Wish wishFor(const QString &what);
    [[nodiscard]] Wish decisionOf(const char *action, Json payload);
    [[nodiscard]] Wish matchOfAnother();
    [[nodiscard]] Wish payoutToSettle(const char *kind, const char *member, const char *words);
    [[nodiscard]] Wish smallRefund();
    [[nodiscard]] qint64 tooLittle()
    {
        pay(toAddress(), "0.01");
        return review("underpaid");
    }
    [[nodiscard]] Finished give(const Wish &wish)
    {
        return command(m_finance, wish.kind.constData(), wish.payload, nextKey());
    }
    [[nodiscard]] Finished give(const Wish &wish, const QByteArray &code)
    {
        const QString key = nextKey();
        return command(m_finance, wish.kind.constData(),
                       withCode(wish.payload, m_finance, key, code), key);
    }
    [[nodiscard]] QByteArray codeAt(qint64 later) const
    {
        return operators::codeOf(kFactorSecret, operators::stepAt(m_clock.now()) + later);
    }
    /// All that a decision could have changed.
    [[nodiscard]] QString everything()
    {
        return text(
            "SELECT concat_ws(' ', (SELECT count(*) FROM transfers), (SELECT count(*) FROM "
            "outbox), (SELECT string_agg(concat_ws('/', id, state, decision, payee_id), ',' ORDER "
            "BY id) FROM deposit_reviews), (SELECT string_agg(state || credited, ',' ORDER BY id) "
            "FROM deposits), (SELECT string_agg(concat_ws('/', state, reference, decision), ',' "
            "ORDER BY id) FROM payouts), (SELECT count(*) FROM refunds), (SELECT last_step FROM "
            "second_factors)) AS answer");
    }
    [[nodiscard]] QString nextKey() { return QStringLiteral("key-%1").arg(++m_keys); }

    int m_keys = 0;
};

void TestFreshCodes::init()
{
    startReviews();
    addOperator(QStringLiteral("finance2"), QStringLiteral("finance"));
    addOperator(QStringLiteral("finance3"), QStringLiteral("finance"));
    giveSecondFactor(*m_connection, 4);
}

TestFreshCodes::Wish TestFreshCodes::decisionOf(const char *action, Json payload)
{
    payload["v"] = 1;
    payload["reason"] = "ticket 4711";
    Json looked = payload;
    looked["action"] = action;
    const Finished preview = command(m_finance, "deposit.preview", looked, nextKey());
    payload["hash"] = core::textMember(preview.answer, "hash").value_or(QString());
    return {QByteArray("deposit.") + action, payload};
}

/// That somebody without a second factor has asked for.
TestFreshCodes::Wish TestFreshCodes::matchOfAnother()
{
    const Finished asked = decide(
        QStringLiteral("finance2"), "match",
        {{"customer", kAsha}, {"amount", usd(30).micros()}, {"payment", "0xfeedbeef"}}, nextKey());
    return decisionOf("match", {{"review", core::integerMember(asked.answer, "review").value()}});
}

/// That two others have agreed to, two days ago.
TestFreshCodes::Wish TestFreshCodes::payoutToSettle(const char *kind, const char *member,
                                                    const char *words)
{
    const Finished asked = command(m_senior, "payout.request",
                                   {{"v", 1},
                                    {"customer", kPayer},
                                    {"amount", usd(25).micros()},
                                    {"destination", "BTC bc1qexampleaddress"},
                                    {"reason", "closes the account, asked in writing"}},
                                   nextKey());
    const qint64 id = core::integerMember(asked.answer, "payout").value();
    for (const char *who : {"finance2", "finance3"}) {
        Json payload = {{"v", 1}, {"payout", id}};
        const Finished preview = command(QLatin1String(who), "payout.preview", payload, nextKey());
        payload["hash"] = core::textMember(preview.answer, "hash").value();
        (void)command(QLatin1String(who), "payout.approve", payload, nextKey());
    }
    const auto aged =
        openConnection(m_url, database::Role::Owner)
            ->runScript(QStringLiteral(
                "SET session_replication_role = replica; UPDATE payouts SET requested_at = "
                "requested_at - interval '2 days', expires_at = expires_at - interval '2 days', "
                "first_at = first_at - interval '2 days', second_at = second_at - interval '2 "
                "days', payable_from = payable_from - interval '2 days'"));
    if (!aged)
        qFatal("not two days ago");
    return {kind, {{"v", 1}, {"payout", id}, {member, words}}};
}

TestFreshCodes::Wish TestFreshCodes::smallRefund()
{
    const qint64 call = paidCall(usd(3));
    const Finished preview =
        command(m_finance, "refund.preview", refundOf(call, usd(3)), nextKey());
    return {"refund.execute",
            refundOf(call, usd(3), core::textMember(preview.answer, "hash").value())};
}

TestFreshCodes::Wish TestFreshCodes::wishFor(const QString &what)
{
    if (what == QLatin1String("accept"))
        return decisionOf("accept", {{"review", tooLittle()}});
    if (what == QLatin1String("accept part"))
        return decisionOf("accept_part", {{"review", tooLittle()}, {"amount", usd(12).micros()}});
    if (what == QLatin1String("refuse"))
        return decisionOf("refuse", {{"review", tooLittle()}});
    if (what == QLatin1String("match"))
        return matchOfAnother();
    if (what == QLatin1String("paid"))
        return payoutToSettle("payout.paid", "reference", "0xabcdef0123");
    if (what == QLatin1String("failed"))
        return payoutToSettle("payout.failed", "reason", "no such address");
    if (what == QLatin1String("small refund"))
        return smallRefund();
    pay(toAddress(), "2");
    return decisionOf(what == QLatin1String("credit excess") ? "credit_excess" : "refuse",
                      {{"review", review("excess")}});
}

void TestFreshCodes::nothingMovesWithoutAFreshCode_data()
{
    QTest::addColumn<int>("number");
    int number = 0;
    for (const char *what : {"accept", "accept part", "refuse", "credit excess", "refuse excess",
                             "match", "paid", "failed", "small refund"})
        QTest::newRow(what) << number++;
}

void TestFreshCodes::nothingMovesWithoutAFreshCode()
{
    const Wish wish = wishFor(QString::fromLatin1(QTest::currentDataTag()));
    const QString before = everything();
    QCOMPARE(give(wish).code, QStringLiteral("CodeNeeded"));
    QCOMPARE(everything(), before);
    QCOMPARE(give(wish, codeAt(-20)).code, QStringLiteral("Unauthorized"));
    QCOMPARE(everything(), before);
    QCOMPARE(give(wish, codeAt(20)).code, QStringLiteral("Unauthorized"));
    QCOMPARE(everything(), before);
    const Finished done = give(wish, codeAt(0));
    QVERIFY2(done.state == QLatin1String("done"), qUtf8Printable(done.code));
    QVERIFY(everything() != before);
    QCOMPARE(text("SELECT string_agg(result || ' ' || reason, ',' ORDER BY id) AS answer FROM "
                  "audit WHERE operator_id = 4 AND result <> 'done'"),
             QStringLiteral("failed CodeNeeded,failed Unauthorized,failed Unauthorized"));
}

void TestFreshCodes::oneCodeDecidesOneThing()
{
    const Wish first = wishFor(QStringLiteral("accept"));
    const QByteArray code = codeAt(0);
    QCOMPARE(give(first, code).state, QStringLiteral("done"));
    const Wish second = wishFor(QStringLiteral("small refund"));
    const QString before = everything();
    QCOMPARE(give(second, code).code, QStringLiteral("Unauthorized"));
    QCOMPARE(everything(), before);
}

void TestFreshCodes::whatIsLeftForOthersNeedsNone()
{
    const auto ask = [this](const char *payment) {
        return give(decisionOf(
            "match", {{"customer", kAsha}, {"amount", usd(30).micros()}, {"payment", payment}}));
    };
    const Finished asked = ask("0xfeedbeef");
    QCOMPARE(core::boolMember(asked.answer, "waits"), std::optional(true));
    // One of a deposit goes back to whoever decides next, so that moves nothing either.
    pay(toAddress(), "1", "tx-a");
    tell(count("SELECT max(id) FROM deposits"), news("payment.settled", "0.5", "tx-second"));
    const qint64 second = review("second_payment");
    QVERIFY(second > 0);
    const Finished proposed = give(decisionOf("match", {{"review", second},
                                                        {"customer", kAsha},
                                                        {"amount", usd(5).micros()},
                                                        {"payment", "tx-second"}}));
    QVERIFY2(proposed.state == QLatin1String("done"), qUtf8Printable(proposed.code));
    QCOMPARE(give(decisionOf("refuse", {{"review", second}})).state, QStringLiteral("done"));
    QCOMPARE(count(qPrintable(QStringLiteral("SELECT count(*) FROM deposit_reviews WHERE id = %1 "
                                             "AND state = 'open'")
                                  .arg(second))),
             1);
}

void TestFreshCodes::aCodeOfOtherFiguresIsNotUsedUp()
{
    Wish wish = wishFor(QStringLiteral("accept"));
    const Wish right = wish;
    wish.payload["hash"] = std::string(64, '0');
    const QByteArray code = codeAt(0);
    const QString before = everything();
    QCOMPARE(give(wish, code).code, QStringLiteral("FiguresChanged"));
    QCOMPARE(everything(), before);
    QCOMPARE(give(right, code).state, QStringLiteral("done"));
}

void TestFreshCodes::whoHasNoneDecidesWithoutUnlessAllNeedOne()
{
    const auto decided = [this] {
        return decide(QStringLiteral("finance2"), "accept", tooLittle(), nextKey());
    };
    QCOMPARE(decided().state, QStringLiteral("done"));
    QCOMPARE(command(QStringLiteral("admin"), "policy.second_factor",
                     {{"v", 1}, {"needed", true}, {"reason", "the insurer asks for it"}}, nextKey())
                 .state,
             QStringLiteral("done"));
    const Money before = available();
    QCOMPARE(decided().code, QStringLiteral("SecondFactorNeeded"));
    QCOMPARE(available(), before);
    QCOMPARE(command(QStringLiteral("admin"), "policy.second_factor",
                     {{"v", 1}, {"needed", false}, {"reason", "as it was before"}}, nextKey())
                 .state,
             QStringLiteral("done"));
}

REGISTER_TEST(TestFreshCodes);

} // namespace tst_fresh_codes

#include "tst_fresh_codes.moc"
