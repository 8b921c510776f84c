#include "assembly/refund_pages.h"
#include "tests/database/operator_fixture.h"
#include "tests/support/test_main.h"

namespace tst_request_queries {

using namespace tests;

namespace {

template <typename T> T answerTo(QFuture<Result<T>> future)
{
    future.waitForFinished();
    const Result<T> answer = future.result();
    if (!answer)
        qFatal("no answer: %s", qUtf8Printable(answer.error().detail));
    return *answer;
}

api::PageQuery having(const char *field, const QString &value)
{
    return {.filter = {{.field = QString::fromLatin1(field), .value = value}}, .after = {}};
}

} // namespace

/// What the console's page of refunds and approvals reads.
class TestRequestQueries final : public OperatorStage {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_pool.reset();
        startStage();
        m_pool = std::make_unique<database::ReadPool>(m_url, 2);
    }
    void refundsThatWaitAreListed();
    void adjustmentsAndPayoutsAreListedWithThem();
    void whoAgreedIsListedInOrder();
    void theRulesAreReadWithTheirHistory();

private:
    const QString m_senior = QStringLiteral("senior");
    const QString m_finance = QStringLiteral("finance");
    std::unique_ptr<database::ReadPool> m_pool;
};

void TestRequestQueries::refundsThatWaitAreListed()
{
    const qint64 call = paidCall(Money::fromMicros(583'334));
    QCOMPARE(command(QStringLiteral("support"), "refund.request",
                     refundOf(call, Money::fromMicros(291'667)), QStringLiteral("r"))
                 .state,
             QStringLiteral("done"));
    assembly::RefundPages pages(*m_pool, m_clock);
    const QString waiting = QStringLiteral("pending_approval,approved");
    const auto page = answerTo(pages.listRequests(having("state", waiting)));
    QCOMPARE(page.total, 1);
    const api::MoneyRequest &row = page.rows.first();
    QVERIFY(row.isWaiting() && row.expiresAt);
    QCOMPARE(row.call.value, call);
    QCOMPARE(row.requestedBy, QStringLiteral("support"));
    QCOMPARE(row.amount, Money::fromMicros(291'667));
    QCOMPARE(answerTo(pages.loadRequests({row.id})).size(), 1);
    QCOMPARE(answerTo(pages.listRequests(having("state", QStringLiteral("done")))).total, 0);
    QCOMPARE(answerTo(pages.listRequests(having("customer", QString::number(kPayer)))).total, 1);
    QCOMPARE(command(m_senior, "refund.reject",
                     {{"v", 1}, {"refund", row.id.value}, {"reason", "the recording is fine"}},
                     QStringLiteral("n"))
                 .state,
             QStringLiteral("done"));
    const auto after = answerTo(pages.loadRequests({row.id})).first();
    QCOMPARE(after.state, QStringLiteral("rejected"));
    QCOMPARE(after.decision, QStringLiteral("the recording is fine"));
}

void TestRequestQueries::adjustmentsAndPayoutsAreListedWithThem()
{
    const auto ask = [this](const QString &who, const char *kind, Json wish, const char *key) {
        wish["v"] = 1;
        return command(who, kind, wish, QLatin1String(key)).answer;
    };
    const qint64 call = paidCall(usd(9));
    (void)ask(QStringLiteral("support"), "refund.request", refundOf(call, usd(6)), "r");
    const qint64 taken = core::integerMember(ask(m_finance, "adjustment.request",
                                                 {{"customer", kPayer},
                                                  {"kind", "correction"},
                                                  {"amount", -usd(1).micros()},
                                                  {"reason", "credited twice in May"}},
                                                 "a"),
                                             "adjustment")
                             .value_or(0);
    const qint64 paidOut = core::integerMember(ask(m_senior, "payout.request",
                                                   {{"customer", kPayer},
                                                    {"amount", usd(2).micros()},
                                                    {"destination", "BTC bc1qexampleaddress"},
                                                    {"reason", "closes the account"}},
                                                   "p"),
                                               "payout")
                               .value_or(0);
    QVERIFY(taken > 0 && paidOut > 0);
    assembly::RefundPages pages(*m_pool, m_clock);
    const auto all = answerTo(pages.listRequests({.filter = {}, .after = {}}));
    QCOMPARE(all.total, 3);
    QCOMPARE(all.rows[0].kind, api::RequestKind::Payout); // the newest first
    QCOMPARE(all.rows[0].id.value, paidOut);
    QCOMPARE(all.rows[0].state, QStringLiteral("pending_approval"));
    QCOMPARE(all.rows[0].destination, QStringLiteral("BTC •••ress"));
    QCOMPARE(all.rows[0].requestedBy, m_senior);
    QCOMPARE(all.rows[1].kind, api::RequestKind::Correction);
    QCOMPARE(all.rows[1].amount, -usd(1));
    QCOMPARE(all.rows[1].reason, QStringLiteral("credited twice in May"));
    QCOMPARE(all.rows[2].kind, api::RequestKind::Refund);
    // Keyset pages go through all three tables as through one.
    auto page = answerTo(pages.listRequests({.filter = {}, .after = {}, .limit = 1}));
    QCOMPARE(page.rows.first().id.value, paidOut);
    page = answerTo(pages.listRequests({.filter = {}, .after = page.next, .limit = 1}));
    QCOMPARE(page.rows.first().id.value, taken);
    const auto found = [&](const char *field, const char *value) {
        return answerTo(pages.listRequests(having(field, QLatin1String(value)))).total;
    };
    QCOMPARE(found("kind", "payout"), 1);
    QCOMPARE(found("kind", "goodwill,correction"), 1);
    QCOMPARE(found("state", "pending_approval,approved"), 3);
    QCOMPARE(found("state", "to_send"), 0);
    QCOMPARE(found("by", "support"), 1);
    QCOMPARE(found("by", "nobody"), 0);
    QCOMPARE(answerTo(pages.loadRequests({api::RequestId{taken}, api::RequestId{paidOut}})).size(),
             2);
    QCOMPARE(answerTo(pages.suggest(QStringLiteral("by"), QStringLiteral("sup"))),
             QStringList(QStringLiteral("support")));
}

void TestRequestQueries::whoAgreedIsListedInOrder()
{
    addOperator(QStringLiteral("finance2"), QStringLiteral("finance"));
    const auto asked = command(m_senior, "payout.request",
                               {{"v", 1},
                                {"customer", kPayer},
                                {"amount", usd(2).micros()},
                                {"destination", "BTC bc1qexampleaddress"},
                                {"reason", "closes the account"}},
                               QStringLiteral("p"));
    const qint64 id = core::integerMember(asked.answer, "payout").value_or(0);
    assembly::RefundPages pages(*m_pool, m_clock);
    const auto row = [&] { return answerTo(pages.loadRequests({api::RequestId{id}})).first(); };
    const auto agree = [&](const QString &who) {
        const Json hash = asked.answer["hash"];
        return command(who, "payout.approve", {{"v", 1}, {"payout", id}, {"hash", hash}}, who);
    };
    QCOMPARE(agree(m_finance).state, QStringLiteral("done"));
    QCOMPARE(row().state, QStringLiteral("approved"));
    QVERIFY(row().isWaiting());
    QCOMPARE(row().approvedBy, QStringList(m_finance));
    QCOMPARE(agree(QStringLiteral("finance2")).state, QStringLiteral("done"));
    QVERIFY(row().isToSend() && row().payableFrom && row().transfer);
    QCOMPARE(row().approvedBy, (QStringList{m_finance, QStringLiteral("finance2")}));
    QCOMPARE(answerTo(pages.listRequests(having("state", QStringLiteral("to_send")))).total, 1);
    // Of a refund that two have to agree to.
    const qint64 call = paidCall(usd(600));
    const auto refund = command(QStringLiteral("support"), "refund.request",
                                refundOf(call, usd(600)), QStringLiteral("r"));
    for (const QString &who : {m_senior, m_finance})
        QCOMPARE(
            command(
                who, "refund.approve",
                {{"v", 1}, {"refund", refund.answer["refund"]}, {"hash", refund.answer["hash"]}},
                who + QStringLiteral("r"))
                .state,
            QStringLiteral("done"));
    const api::RequestId refunded{core::integerMember(refund.answer, "refund").value_or(0)};
    QCOMPARE(answerTo(pages.loadRequests({refunded})).first().approvedBy,
             (QStringList{m_senior, m_finance}));
}

void TestRequestQueries::theRulesAreReadWithTheirHistory()
{
    assembly::RefundPages pages(*m_pool, m_clock);
    const auto shipped = answerTo(pages.loadRules());
    QCOMPARE(shipped.size(), 1);
    QVERIFY(!shipped.first().since && shipped.first().changedBy.isEmpty());
    QCOMPARE(shipped.first().limits.size(), api::refundLimits().size());
    QCOMPARE(shipped.first().limits.first(), usd(5).micros());
    // Each limit of the page is one that the command knows.
    Json changes = {{"v", 1}, {"version", 1}, {"reason", "all of them, by one cent of a cent"}};
    QList<qint64> wanted;
    for (qsizetype i = 0; i < shipped.first().limits.size(); ++i) {
        wanted.append(shipped.first().limits[i] + 1);
        changes[api::refundLimits()[i].name.toStdString()] = wanted.last();
    }
    QCOMPARE(commandOfTwo(QStringLiteral("admin"), m_finance, "policy.refund_rules", changes,
                          QStringLiteral("c"))
                 .state,
             QStringLiteral("done"));
    const auto rules = answerTo(pages.loadRules());
    QCOMPARE(rules.size(), 2);
    QCOMPARE(rules.first().version, 2);
    QCOMPARE(rules.first().limits, wanted);
    QCOMPARE(rules.first().changedBy, m_finance);
    QCOMPARE(rules.first().reason, QStringLiteral("all of them, by one cent of a cent"));
    QVERIFY(rules.first().since);
    QCOMPARE(rules.last().limits, shipped.first().limits);
}

REGISTER_TEST(TestRequestQueries);

} // namespace tst_request_queries

#include "tst_request_queries.moc"
