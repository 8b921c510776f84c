#include "tests/database/operator_fixture.h"
#include "tests/support/test_main.h"

namespace tst_refund_rules {

using namespace tests;

/// Who has to agree to what is given back: rows that are only ever added.
class TestRefundRules final : public OperatorStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { startStage(); }
    void newRulesMakeItVoid();
    void rulesAreAddedAndNeverChanged();
    void rulesThatWereReadBeforeAreNotChanged();
    void badRulesAreRefused();
    void otherRulesHoldFromTheNextRefundOn();

private:
    [[nodiscard]] QString nextKey() { return QStringLiteral("key-%1").arg(++m_keys); }

    int m_keys = 0;
};

void TestRefundRules::newRulesMakeItVoid()
{
    const Finished asked = command(QStringLiteral("support"), "refund.request",
                                   refundOf(paidCall(usd(20)), usd(20)), nextKey());
    const qint64 id = core::integerMember(asked.answer, "refund").value_or(0);
    const QString before = core::textMember(asked.answer, "hash").value_or(QString());
    QCOMPARE(command(QStringLiteral("finance"), "policy.refund_rules",
                     {{"v", 1}, {"middle", 10'000'000}, {"reason", "more care"}}, nextKey())
                 .state,
             QStringLiteral("done"));
    QCOMPARE(command(QStringLiteral("senior"), "refund.approve",
                     {{"v", 1}, {"refund", id}, {"hash", before}}, nextKey())
                 .code,
             QStringLiteral("FiguresChanged"));
    QCOMPARE(text("SELECT state AS answer FROM refunds"), QStringLiteral("void"));
    QCOMPARE(count("SELECT count(*) FROM transfers WHERE kind = 'refund'"), 0);
}

void TestRefundRules::rulesAreAddedAndNeverChanged()
{
    QCOMPARE(command(QStringLiteral("admin"), "policy.refund_rules",
                     {{"v", 1}, {"small", 4'000'000}, {"reason", "too many small ones"}}, nextKey())
                 .state,
             QStringLiteral("done"));
    QCOMPARE(text("SELECT concat_ws(' ', version, small, middle, changed_by, reason) AS answer "
                  "FROM refund_rules ORDER BY version DESC LIMIT 1"),
             QStringLiteral("2 4000000 50000000 5 too many small ones"));
    QCOMPARE(text("SELECT object || '|' || reason AS answer FROM audit WHERE action = "
                  "'policy.refund_rules'"),
             QStringLiteral("rules of refunds, version 2|small 5.00 -> 4.00: too many small ones"));
    const auto owner = openConnection(m_url, database::Role::Owner);
    for (const char *statement :
         {"UPDATE refund_rules SET small = 1", "DELETE FROM refund_rules WHERE version = 2",
          "TRUNCATE refund_rules CASCADE",
          "INSERT INTO refund_rules SELECT 2, now(), small, middle, large, day_support, "
          "day_senior, day_finance, old_cause_days, customer_refunds, customer_days, waits_hours, "
          "automatic_each, automatic_customer_day, automatic_day, 5, 'again', 1 FROM refund_rules "
          "WHERE version = 1",
          "INSERT INTO refund_rules SELECT 3, now(), small, middle, large, day_support, "
          "day_senior, day_finance, old_cause_days, customer_refunds, customer_days, waits_hours, "
          "automatic_each, automatic_customer_day, automatic_day, NULL, 'nobody', 1 FROM "
          "refund_rules WHERE version = 1"})
        QVERIFY2(!owner->run(QLatin1String(statement)), statement);
}

/// Who changes them must have looked at those in force.
void TestRefundRules::rulesThatWereReadBeforeAreNotChanged()
{
    const auto change = [this](int version, qint64 small, const char *key) {
        return command(QStringLiteral("finance"), "policy.refund_rules",
                       {{"v", 1}, {"version", version}, {"small", small}, {"reason", "looked at"}},
                       QLatin1String(key));
    };
    QCOMPARE(change(1, 4'000'000, "a").state, QStringLiteral("done"));
    QCOMPARE(change(1, 3'000'000, "b").code, QStringLiteral("FiguresChanged"));
    QCOMPARE(count("SELECT max(version) FROM refund_rules"), 2);
    QCOMPARE(change(2, 3'000'000, "c").state, QStringLiteral("done"));
}

void TestRefundRules::badRulesAreRefused()
{
    const auto change = [&](const Json &what) {
        Json payload = {{"v", 1}, {"reason", "a test"}};
        payload.update(what);
        return command(QStringLiteral("finance"), "policy.refund_rules", payload, nextKey()).code;
    };
    QCOMPARE(change({{"small", 60'000'000}}), QStringLiteral("ConstraintViolated"));
    QCOMPARE(change({{"day_support", -1}}), QStringLiteral("ConstraintViolated"));
    QCOMPARE(change({{"waits_hours", 0}}), QStringLiteral("ConstraintViolated"));
    QCOMPARE(change({{"automatic_each", 60'000'000}}), QStringLiteral("ConstraintViolated"));
    QCOMPARE(change({{"small", 5'000'000}}), QStringLiteral("BadInput")); // as it is
    QCOMPARE(change({{"small", 4'000'000}, {"reason", ""}}), QStringLiteral("BadInput"));
    QCOMPARE(count("SELECT count(*) FROM refund_rules"), 1);
}

void TestRefundRules::otherRulesHoldFromTheNextRefundOn()
{
    const qint64 call = paidCall(usd(8));
    QCOMPARE(command(QStringLiteral("finance"), "policy.refund_rules",
                     {{"v", 1},
                      {"small", 2'000'000},
                      {"day_support", 3'000'000},
                      {"reason", "a quiet month"}},
                     nextKey())
                 .state,
             QStringLiteral("done"));
    QCOMPARE(refund(QStringLiteral("support"), call, usd(3), nextKey()).code,
             QStringLiteral("NeedsApproval"));
    QCOMPARE(refund(QStringLiteral("support"), call, usd(2), nextKey()).state,
             QStringLiteral("done"));
    QCOMPARE(refund(QStringLiteral("support"), call, usd(2), nextKey()).code,
             QStringLiteral("NeedsApproval")); // 4 in a day
    QCOMPARE(refund(QStringLiteral("senior"), call, usd(2), nextKey()).state,
             QStringLiteral("done")); // whose day is another
    QCOMPARE(text("SELECT DISTINCT rules_version::text AS answer FROM refunds"),
             QStringLiteral("2"));
}

REGISTER_TEST(TestRefundRules);

} // namespace tst_refund_rules

#include "tst_refund_rules.moc"
