#include "ledger/refund.h"
#include "tests/database/operator_fixture.h"
#include "tests/support/test_main.h"

namespace tst_refunds {

using namespace tests;

/// Giving back what a call cost.
class TestRefunds final : public OperatorStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { startStage(); }
    void cleanup();
    void halfIsGivenBackAsThePreviewSaid();
    void theCustomerIsToldInTheirLanguageAndTheOperatorSeesIt();
    void aPreviewLeavesNothing();
    void moreThanWasPaidIsRefused();
    void theDatabaseRefusesMoreThanWasPaid();
    void theSumOfPartsIsWhatWasPaidAtMost();
    void changedFiguresAreNotExecuted();
    void withoutAPreviewNothingIsExecuted();
    void limitsAskForAnotherPerson_data();
    void limitsAskForAnotherPerson();
    void anotherPersonSettlesWhatWaits();
    void nobodyApprovesTheirOwn();
    void theDatabaseRefusesItToo();
    void theThirdRefundOfACustomerNeedsFinance();
    void aSoloAdminNeedsNobody();
    void aSecondOperatorEndsSoloMode();
    void whatWaitsIsRejectedOrTakenBack();
    void badWishesAreRefused_data();
    void badWishesAreRefused();
    void aCustomerWhoBlockedTheBotIsRefundedAllTheSame();
    void settledRefundsNeverChange();

private:
    [[nodiscard]] qint64 refunded()
    {
        return count("SELECT coalesce(sum(available), 0) FROM transfers WHERE kind = 'refund'");
    }
};

/// Whatever was done, the books are sound.
void TestRefunds::cleanup()
{
    const auto verified = ledger::verify(*m_connection);
    QVERIFY(verified);
    QVERIFY(verified->isSound());
    QCOMPARE(count("SELECT count(*) FROM refunds WHERE state = 'done'"),
             count("SELECT count(*) FROM transfers WHERE kind = 'refund' AND request_key LIKE "
                   "'refund:%'"));
}

void TestRefunds::halfIsGivenBackAsThePreviewSaid()
{
    const qint64 call = paidCall(Money::fromMicros(583'334));
    const Money before = balance(*m_connection, kPayer).available;
    const Json wish = refundOf(call, Money::fromMicros(291'667));
    const auto preview = api::refundPreviewFromJson(
        command(QStringLiteral("support"), "refund.preview", wish, QStringLiteral("p")).answer);
    QVERIFY(preview);
    QCOMPARE(preview->paid.micros(), 583'334);
    QCOMPARE(preview->refundable.micros(), 583'334);
    QCOMPARE(preview->needs, api::RefundNeeds::Nobody);
    QVERIFY(preview->mayExecute);
    QCOMPARE(preview->entries.size(), 2);
    QCOMPARE(preview->entries[0].account, QStringLiteral("revenue_calls"));
    QCOMPARE(preview->entries[0].amount.micros(), -291'667);
    QCOMPARE(preview->entries[1].account, QStringLiteral("available"));
    QCOMPARE(preview->entries[1].before->micros(), before.micros());

    const Finished done =
        refund(QStringLiteral("support"), call, Money::fromMicros(291'667), QStringLiteral("k"));
    QCOMPARE(done.state, QStringLiteral("done"));
    QCOMPARE(balance(*m_connection, kPayer).available, *preview->entries[1].after);
    QCOMPARE(
        text("SELECT concat_ws(' ', state, amount, needs, reason, requested_by) AS answer FROM "
             "refunds"),
        QStringLiteral("done 291667 nobody bad_audio 2"));
    QCOMPARE(text("SELECT request_key AS answer FROM transfers WHERE kind = 'refund'"),
             QStringLiteral("refund:%1").arg(core::integerMember(done.answer, "refund").value()));
    QCOMPARE(
        count("SELECT count(*) FROM audit WHERE action = 'refund.execute' AND result = 'done'"), 1);
}

void TestRefunds::theCustomerIsToldInTheirLanguageAndTheOperatorSeesIt()
{
    const qint64 call = paidCall(usd(2));
    const auto preview =
        api::refundPreviewFromJson(command(QStringLiteral("support"), "refund.preview",
                                           refundOf(call, usd(1)), QStringLiteral("p"))
                                       .answer);
    QVERIFY(preview);
    QCOMPARE(preview->customerLanguage, QStringLiteral("fr"));
    QVERIFY2(preview->customerText.contains(QStringLiteral("remboursé")),
             qUtf8Printable(preview->customerText));
    QVERIFY2(preview->operatorText.contains(QStringLiteral("given")),
             qUtf8Printable(preview->operatorText));
    const Finished done = refund(QStringLiteral("support"), call, usd(1), QStringLiteral("k"));
    const QString told = text("SELECT payload #>> '{parameters,text}' AS answer FROM outbox");
    QVERIFY(told.contains(QStringLiteral("remboursé")));
    QVERIFY(told.contains(
        QStringLiteral("T-%1").arg(core::integerMember(done.answer, "transfer").value())));
}

void TestRefunds::aPreviewLeavesNothing()
{
    const qint64 call = paidCall(usd(2));
    const qint64 transfers = count("SELECT count(*) FROM transfers");
    const Finished first = command(QStringLiteral("support"), "refund.preview",
                                   refundOf(call, usd(1)), QStringLiteral("p1"));
    QCOMPARE(first.state, QStringLiteral("done"));
    QCOMPARE(count("SELECT count(*) FROM transfers"), transfers);
    QCOMPARE(
        count("SELECT (SELECT count(*) FROM refunds) + (SELECT count(*) FROM outbox) + (SELECT "
              "count(*) FROM outbox_waiting)"),
        0);
    // Other traffic of the same wallet does not make it another refund.
    (void)credit(
        *m_connection,
        {.customer = CustomerId{kPayer}, .amount = usd(7), .payment = QStringLiteral("pay-2")});
    const Finished second = command(QStringLiteral("senior"), "refund.preview",
                                    refundOf(call, usd(1)), QStringLiteral("p2"));
    QCOMPARE(core::textMember(second.answer, "hash"), core::textMember(first.answer, "hash"));
}

void TestRefunds::moreThanWasPaidIsRefused()
{
    const qint64 call = paidCall(usd(2));
    const Finished finished =
        refund(QStringLiteral("support"), call, usd(2) + Money::fromMicros(1), QStringLiteral("k"));
    QCOMPARE(finished.state, QStringLiteral("refused"));
    QCOMPARE(finished.code, QStringLiteral("AboveRefundable"));
    QCOMPARE(refunded(), 0);
}

void TestRefunds::theDatabaseRefusesMoreThanWasPaid()
{
    const qint64 call = paidCall(usd(2));
    const TransferId paid{count("SELECT charge_transfer_id FROM calls")};
    const auto give = [&](const char *key, Money amount) {
        return committed<ledger::Transfer>(*m_connection, [&](database::Transaction &transaction) {
            ledger::Refundable what;
            what.paidBy = paid;
            what.customer = CustomerId{kPayer};
            return ledger::refund(transaction, what, amount, QLatin1String(key), kCause, kMorning);
        });
    };
    QVERIFY(!give("test:1", usd(3)));
    QVERIFY(give("test:2", usd(2)));
    QCOMPARE(give("test:3", Money::fromMicros(1)).error().code, ErrorCode::ConstraintViolated);
    QCOMPARE(refunded(), usd(2).micros());
    QCOMPARE(refund(QStringLiteral("support"), call, usd(1), QStringLiteral("k")).code,
             QStringLiteral("AboveRefundable"));
}

void TestRefunds::theSumOfPartsIsWhatWasPaidAtMost()
{
    const qint64 call = paidCall(usd(2));
    QCOMPARE(refund(QStringLiteral("support"), call, usd(1), QStringLiteral("a")).state,
             QStringLiteral("done"));
    QCOMPARE(refund(QStringLiteral("support"), call, usd(2), QStringLiteral("b")).code,
             QStringLiteral("AboveRefundable"));
    QCOMPARE(refund(QStringLiteral("support"), call, usd(1), QStringLiteral("c")).state,
             QStringLiteral("done"));
    QCOMPARE(refunded(), usd(2).micros());
}

void TestRefunds::changedFiguresAreNotExecuted()
{
    const qint64 call = paidCall(usd(3));
    const Finished preview = command(QStringLiteral("support"), "refund.preview",
                                     refundOf(call, usd(1)), QStringLiteral("p"));
    const QString hash = core::textMember(preview.answer, "hash").value();
    QCOMPARE(refund(QStringLiteral("senior"), call, usd(1), QStringLiteral("other")).state,
             QStringLiteral("done"));
    const Finished late = command(QStringLiteral("support"), "refund.execute",
                                  refundOf(call, usd(1), hash), QStringLiteral("k"));
    QCOMPARE(late.code, QStringLiteral("FiguresChanged"));
    QCOMPARE(refunded(), usd(1).micros());
    QCOMPARE(count("SELECT count(*) FROM outbox"), 1);
}

void TestRefunds::withoutAPreviewNothingIsExecuted()
{
    const qint64 call = paidCall(usd(3));
    QCOMPARE(command(QStringLiteral("support"), "refund.execute", refundOf(call, usd(1)),
                     QStringLiteral("k"))
                 .code,
             QStringLiteral("FiguresChanged"));
    QCOMPARE(refunded(), 0);
}

void TestRefunds::limitsAskForAnotherPerson_data()
{
    QTest::addColumn<qint64>("cents");
    QTest::addColumn<QString>("endedAgo");
    QTest::addColumn<QString>("needs");
    QTest::newRow("5.00") << qint64(5'00) << "1 hour"
                          << "nobody";
    QTest::newRow("5.01") << qint64(5'01) << "1 hour"
                          << "senior_or_finance";
    QTest::newRow("50.00") << qint64(50'00) << "1 hour"
                           << "senior_or_finance";
    QTest::newRow("50.01") << qint64(50'01) << "1 hour"
                           << "finance";
    QTest::newRow("500.00") << qint64(500'00) << "1 hour"
                            << "finance";
    QTest::newRow("500.01") << qint64(500'01) << "1 hour"
                            << "two_people";
    QTest::newRow("old") << qint64(1'00) << "32 days"
                         << "finance";
}

void TestRefunds::limitsAskForAnotherPerson()
{
    QFETCH(qint64, cents);
    QFETCH(QString, endedAgo);
    QFETCH(QString, needs);
    const Money amount = Money::fromCents(cents);
    const qint64 call = paidCall(amount, endedAgo);
    for (const char *who : {"support", "senior", "finance"}) {
        const Finished preview = command(QLatin1String(who), "refund.preview",
                                         refundOf(call, amount), QStringLiteral("p"));
        QCOMPARE(core::textMember(preview.answer, "needs").value(), needs);
        QCOMPARE(core::boolMember(preview.answer, "may_execute").value(),
                 needs == QLatin1String("nobody"));
        if (needs == QLatin1String("nobody"))
            continue;
        QCOMPARE(refund(QLatin1String(who), call, amount, QStringLiteral("k")).code,
                 QStringLiteral("NeedsApproval"));
    }
    QCOMPARE(refunded(), 0);
}

void TestRefunds::anotherPersonSettlesWhatWaits()
{
    const qint64 call = paidCall(usd(20));
    const Finished asked = command(QStringLiteral("support"), "refund.request",
                                   refundOf(call, usd(20)), QStringLiteral("ask"));
    QCOMPARE(asked.state, QStringLiteral("done"));
    const qint64 id = core::integerMember(asked.answer, "refund").value();
    QCOMPARE(text("SELECT concat_ws(' ', state, needs) AS answer FROM refunds"),
             QStringLiteral("pending_approval senior_or_finance"));
    QCOMPARE(refunded(), 0);
    const Finished preview = command(QStringLiteral("senior"), "refund.preview",
                                     {{"v", 1}, {"refund", id}}, QStringLiteral("p"));
    QVERIFY(core::boolMember(preview.answer, "may_execute").value());
    const Json settle = {
        {"v", 1}, {"refund", id}, {"hash", core::textMember(preview.answer, "hash").value()}};
    QCOMPARE(command(QStringLiteral("senior"), "refund.execute", settle, QStringLiteral("k")).state,
             QStringLiteral("done"));
    QCOMPARE(command(QStringLiteral("finance"), "refund.execute", settle, QStringLiteral("k")).code,
             QStringLiteral("Settled"));
    QCOMPARE(text("SELECT concat_ws(' ', state, requested_by, approved_by) AS answer FROM refunds"),
             QStringLiteral("done 2 3"));
    QCOMPARE(refunded(), usd(20).micros());
}

void TestRefunds::nobodyApprovesTheirOwn()
{
    const qint64 call = paidCall(usd(20));
    const Finished asked = command(QStringLiteral("finance"), "refund.request",
                                   refundOf(call, usd(20)), QStringLiteral("ask"));
    const qint64 id = core::integerMember(asked.answer, "refund").value();
    const Finished preview = command(QStringLiteral("finance"), "refund.preview",
                                     {{"v", 1}, {"refund", id}}, QStringLiteral("p"));
    QVERIFY(!core::boolMember(preview.answer, "may_execute").value());
    QCOMPARE(
        command(
            QStringLiteral("finance"), "refund.execute",
            {{"v", 1}, {"refund", id}, {"hash", core::textMember(preview.answer, "hash").value()}},
            QStringLiteral("k"))
            .code,
        QStringLiteral("NeedsApproval"));
    QCOMPARE(refunded(), 0);
}

void TestRefunds::theDatabaseRefusesItToo()
{
    const qint64 call = paidCall(usd(20));
    (void)command(QStringLiteral("finance"), "refund.request", refundOf(call, usd(20)),
                  QStringLiteral("ask"));
    const auto owner = openConnection(m_url, database::Role::Owner);
    const auto own = owner->run(QStringLiteral("UPDATE refunds SET approved_by = requested_by"));
    QVERIFY(!own);
    QVERIFY(own.error().detail.contains(QStringLiteral("nobody_approves_their_own")));
    QVERIFY(!owner->run(QStringLiteral("UPDATE refunds SET state = 'done'")));
    QVERIFY(!owner->run(QStringLiteral("UPDATE refunds SET amount = 1")));
    QVERIFY(!owner->run(QStringLiteral("DELETE FROM refunds")));
}

void TestRefunds::theThirdRefundOfACustomerNeedsFinance()
{
    const qint64 call = paidCall(usd(4));
    QCOMPARE(refund(QStringLiteral("support"), call, usd(1), QStringLiteral("a")).state,
             QStringLiteral("done"));
    QCOMPARE(refund(QStringLiteral("support"), call, usd(1), QStringLiteral("b")).state,
             QStringLiteral("done"));
    QCOMPARE(refund(QStringLiteral("support"), call, usd(1), QStringLiteral("c")).code,
             QStringLiteral("NeedsApproval"));
    QCOMPARE(refunded(), usd(2).micros());
}

void TestRefunds::aSoloAdminNeedsNobody()
{
    QVERIFY(m_connection->run(
        QStringLiteral("UPDATE operators SET is_active = false WHERE name <> 'admin'")));
    const qint64 call = paidCall(usd(600));
    QCOMPARE(command(QStringLiteral("admin"), "refund.preview", refundOf(call, usd(600)),
                     QStringLiteral("p0"))
                 .code,
             QStringLiteral("NotAllowed")); // alone, but nobody has chosen solo mode
    QVERIFY(m_connection->run(QStringLiteral("UPDATE operator_settings SET is_solo = true")));
    QCOMPARE(refund(QStringLiteral("admin"), call, usd(600), QStringLiteral("k")).state,
             QStringLiteral("done"));
    QCOMPARE(text("SELECT concat_ws(' ', state, needs, is_solo) AS answer FROM refunds"),
             QStringLiteral("done two_people t"));
    QCOMPARE(refunded(), usd(600).micros());
}

void TestRefunds::aSecondOperatorEndsSoloMode()
{
    QVERIFY(m_connection->run(QStringLiteral("UPDATE operator_settings SET is_solo = true")));
    const qint64 call = paidCall(usd(600));
    QCOMPARE(refund(QStringLiteral("admin"), call, usd(600), QStringLiteral("k")).code,
             QStringLiteral("NotAllowed"));
    QCOMPARE(refund(QStringLiteral("finance"), call, usd(600), QStringLiteral("k")).code,
             QStringLiteral("NeedsApproval"));
}

void TestRefunds::whatWaitsIsRejectedOrTakenBack()
{
    const qint64 call = paidCall(usd(20));
    const auto ask = [&](const char *key) {
        return core::integerMember(command(QStringLiteral("support"), "refund.request",
                                           refundOf(call, usd(10)), QLatin1String(key))
                                       .answer,
                                   "refund")
            .value();
    };
    const Json first = {{"refund", ask("one")}, {"reason", "not ours"}};
    const Json second = {{"refund", ask("two")}, {"reason", "mistake"}};
    QCOMPARE(command(QStringLiteral("senior"), "refund.reject", first, QStringLiteral("r1")).state,
             QStringLiteral("done"));
    QCOMPARE(
        command(QStringLiteral("support"), "refund.reject", second, QStringLiteral("r2")).state,
        QStringLiteral("done"));
    QCOMPARE(command(QStringLiteral("senior"), "refund.reject", second, QStringLiteral("r3")).code,
             QStringLiteral("NotFound"));
    QCOMPARE(
        column(*m_connection, QStringLiteral("SELECT state AS answer FROM refunds ORDER BY id")),
        (QStringList{QStringLiteral("rejected"), QStringLiteral("cancelled")}));
}

void TestRefunds::badWishesAreRefused_data()
{
    QTest::addColumn<QString>("change");
    QTest::addColumn<QString>("code");
    QTest::newRow("nothing") << R"({"amount": 0})"
                             << "BadInput";
    QTest::newRow("negative") << R"({"amount": -1000000})"
                              << "BadInput";
    QTest::newRow("no number") << R"({"amount": "much"})"
                               << "BadInput";
    QTest::newRow("no reason") << R"({"reason": "because"})"
                               << "BadInput";
    QTest::newRow("other without words") << R"({"reason": "other", "note": "short"})"
                                         << "BadInput";
    QTest::newRow("no such call") << R"({"call": 4711})"
                                  << "NotFound";
    QTest::newRow("no such request") << R"({"refund": 4711})"
                                     << "NotFound";
}

void TestRefunds::badWishesAreRefused()
{
    QFETCH(QString, change);
    QFETCH(QString, code);
    Json wish = refundOf(paidCall(usd(2)), usd(1));
    wish.update(Json::parse(change.toStdString()));
    for (const char *kind : {"refund.preview", "refund.execute"})
        QCOMPARE(command(QStringLiteral("support"), kind, wish, QLatin1String(kind)).code, code);
    QCOMPARE(refunded(), 0);
}

void TestRefunds::aCustomerWhoBlockedTheBotIsRefundedAllTheSame()
{
    const qint64 call = paidCall(usd(2));
    QVERIFY(m_connection->run(QStringLiteral("UPDATE customers SET is_reachable = false")));
    QCOMPARE(refund(QStringLiteral("support"), call, usd(2), QStringLiteral("k")).state,
             QStringLiteral("done"));
    QCOMPARE(count("SELECT count(*) FROM outbox"), 0);
    QCOMPARE(refunded(), usd(2).micros());
}

void TestRefunds::settledRefundsNeverChange()
{
    const qint64 call = paidCall(usd(2));
    QCOMPARE(refund(QStringLiteral("support"), call, usd(1), QStringLiteral("k")).state,
             QStringLiteral("done"));
    const auto owner = openConnection(m_url, database::Role::Owner);
    for (const char *statement :
         {"UPDATE refunds SET note = 'x'", "UPDATE refunds SET state = 'void', transfer_id = NULL",
          "DELETE FROM refunds", "TRUNCATE refunds"})
        QVERIFY2(!owner->run(QLatin1String(statement)), statement);
}

REGISTER_TEST(TestRefunds);

} // namespace tst_refunds

#include "tst_refunds.moc"
