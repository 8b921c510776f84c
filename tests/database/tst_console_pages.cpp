#include "tests/database/operator_fixture.h"
#include "tests/support/test_main.h"

#include "assembly/overview_pages.h"
#include "calls/call_pages.h"
#include "customers/customer_history.h"
#include "customers/customer_pages.h"
#include "language/coverage_pages.h"
#include "ledger/ledger_pages.h"

namespace tst_console_pages {

namespace {

template <typename T> T answered(QFuture<Result<T>> future)
{
    future.waitForFinished();
    const Result<T> answer = future.result();
    if (!answer)
        qFatal("no answer: %s", qUtf8Printable(answer.error().detail));
    return *answer;
}

api::FilterTerm is(const char *field, const QString &value)
{
    return {.field = QString::fromLatin1(field), .value = value};
}

api::PageQuery where(const QList<api::FilterTerm> &filter, int limit = 200,
                     const QString &after = {})
{
    return {.filter = filter, .after = after, .limit = limit};
}

} // namespace

/// What the console's newer pages read, from a call that was paid and refunded.
class TestConsolePages : public tests::OperatorStage {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aCallIsListedWithItsNumberMasked();
    void filtersOfCallsFindAndLeaveOut();
    void aCallHasItsHistory();
    void anUnknownCallIsNotFound();
    void theStopSwitchIsSeen();
    void aWaitingCallIsNotLive();
    void aPostingNamesWhatItIsFor();
    void aCustomerIsListedWithWhatTheySpent();
    void theTimelineIsOneStreamInPages();
    void messagesAreShownInBothLanguages();
    void aTimelineOfNobodyIsRefused();
    void theOverviewCountsWhatHappened();
    void theSeriesHasNoGaps();
    void numbersInWordsLoseTheirMiddle();
    void theCoverageAgreesWithTheChecks();

private:
    [[nodiscard]] api::PageQuery ofCamille(int limit = 200, const QString &after = {}) const
    {
        return where({is("customer", QString::number(tests::kPayer))}, limit, after);
    }
    qint64 m_call = 0;
    std::unique_ptr<database::ReadPool> m_pool;
};

void TestConsolePages::init()
{
    m_pool.reset();
    startStage();
    m_call = paidCall(Money::fromMicros(583'334));
    const auto refunded = refund(QStringLiteral("senior"), m_call, Money::fromMicros(291'667),
                                 QStringLiteral("half"));
    QCOMPARE(refunded.state, QStringLiteral("done"));
    m_pool = std::make_unique<database::ReadPool>(m_url, 2);
}

void TestConsolePages::aCallIsListedWithItsNumberMasked()
{
    calls::CallPages pages(*m_pool, m_catalogue, m_clock);
    const auto page = answered(pages.listCalls(where({})));
    QCOMPARE(page.total, 1);
    const api::CallRow &row = page.rows.first();
    QCOMPARE(row.id.value, m_call);
    QCOMPARE(row.state, api::CallState::Ended);
    QCOMPARE(row.charged, Money::fromMicros(583'334));
    QCOMPARE(row.refunded, Money::fromMicros(291'667));
    const QString number = text("SELECT to_number AS answer FROM calls");
    QVERIFY(row.callee.contains(QChar(0x2022)));
    QVERIFY(!QString(row.callee).remove(u' ').contains(number.mid(5, 4)));
    QVERIFY(row.callee.endsWith(number.right(2)));
    QCOMPARE(answered(pages.loadCalls({row.id})).size(), 1);
}

void TestConsolePages::filtersOfCallsFindAndLeaveOut()
{
    calls::CallPages pages(*m_pool, m_catalogue, m_clock);
    const auto count = [&](const QList<api::FilterTerm> &filter) {
        return answered(pages.listCalls(where(filter))).rows.size();
    };
    QCOMPARE(count({is("live", QStringLiteral("yes"))}), 0); // it ended an hour ago
    QCOMPARE(count({is("state", QStringLiteral("ended"))}), 1);
    QCOMPARE(count({is("state", QStringLiteral("talking"))}), 0);
    QCOMPARE(count({is("refund", QStringLiteral("done"))}), 1);
    QCOMPARE(count({is("refund", QStringLiteral("waiting"))}), 0);
    QCOMPARE(count({is("customer", QString::number(tests::kPayer))}), 1);
    QCOMPARE(count({is("customer", QStringLiteral("99"))}), 0);
    QCOMPARE(count({is("since", QStringLiteral("7d"))}), 1);
    QCOMPARE(count({is("region", QStringLiteral("ZZ"))}), 0);
    QCOMPARE(count({is("language", QStringLiteral("zz"))}), 0);
    QCOMPARE(count({is("script", QStringLiteral("no such script"))}), 0);
    QCOMPARE(count({{.field = QStringLiteral("cost"),
                     .comparison = api::FilterTerm::Comparison::Above,
                     .value = QStringLiteral("0.58")}}),
             1);
}

void TestConsolePages::aCallHasItsHistory()
{
    const auto added = m_connection->run(
        QStringLiteral("INSERT INTO call_events (call_id, at, kind, detail, cause_id) VALUES (?, "
                       "now(), 'dialled', 'as a test', 0)"),
        {m_call});
    QVERIFY(added);
    calls::CallPages pages(*m_pool, m_catalogue, m_clock);
    const auto detail = answered(pages.loadCall(api::CallId{m_call}));
    QCOMPARE(detail.row.id.value, m_call);
    QVERIFY(detail.holdTransfer && detail.chargeTransfer);
    QCOMPARE(detail.events.last().kind, QStringLiteral("dialled"));
}

void TestConsolePages::anUnknownCallIsNotFound()
{
    calls::CallPages pages(*m_pool, m_catalogue, m_clock);
    auto future = pages.loadCall(api::CallId{4711});
    future.waitForFinished();
    QCOMPARE(future.result().error().code, ErrorCode::NotFound);
}

void TestConsolePages::theStopSwitchIsSeen()
{
    calls::CallPages pages(*m_pool, m_catalogue, m_clock);
    QVERIFY(!answered(pages.loadOutbound()).isStopped);
    QVERIFY(m_connection->run(
        QStringLiteral("UPDATE policy_switches SET is_on = true, changed_by = 'omar', changed_at = "
                       "now() WHERE name = 'stop_calls'")));
    const auto outbound = answered(pages.loadOutbound());
    QVERIFY(outbound.isStopped && outbound.since);
    QCOMPARE(outbound.by, QStringLiteral("omar"));
}

void TestConsolePages::aWaitingCallIsNotLive()
{
    QVERIFY(m_connection->run(QStringLiteral(
        "INSERT INTO calls (customer_id, request_key, script_version_id, to_number, consent, "
        "is_recorded, tier, asked_at, cause_id) SELECT customer_id, 'waits', script_version_id, "
        "to_number, consent, is_recorded, tier, now(), cause_id FROM calls")));
    calls::CallPages pages(*m_pool, m_catalogue, m_clock);
    const auto outbound = answered(pages.loadOutbound());
    QCOMPARE(outbound.liveCalls, 0);
    QCOMPARE(outbound.waitingCalls, 1);
    assembly::OverviewPages overview(*m_pool, m_clock);
    const auto numbers = answered(overview.loadNumbers());
    QCOMPARE(numbers.liveCalls, 0);
    QCOMPARE(numbers.waitingCalls, 1);
}

void TestConsolePages::aPostingNamesWhatItIsFor()
{
    ledger::LedgerPages pages(*m_pool, m_clock);
    QMap<QString, QString> causes;
    for (const api::TransferRow &row : answered(pages.listTransfers(where({}))).rows)
        causes.insert(row.kind, row.causeText);
    const QString call = QStringLiteral("C-%1").arg(m_call);
    QCOMPARE(causes.value(QStringLiteral("hold")), call);
    QCOMPARE(causes.value(QStringLiteral("charge")), call);
    QCOMPARE(causes.value(QStringLiteral("refund")),
             QStringLiteral("R-%1").arg(
                 tests::number(*m_connection, QStringLiteral("(SELECT id FROM refunds)"))));
}

void TestConsolePages::aCustomerIsListedWithWhatTheySpent()
{
    customers::CustomerPages pages(*m_pool, m_catalogue, m_clock);
    const auto page = answered(pages.listCustomers(where({})));
    QCOMPARE(page.rows.size(), 1);
    const api::CustomerRow &row = page.rows.first();
    QCOMPARE(row.id.value, tests::kPayer);
    QCOMPARE(row.language, QStringLiteral("fr"));
    QCOMPARE(row.refunds30d, Money::fromMicros(291'667));
    QCOMPARE(row.available.micros(),
             count("SELECT available AS answer FROM wallets WHERE customer_id = 7100"));
    const auto detail = answered(pages.loadCustomer(row.id));
    QCOMPARE(detail.calls, 1);
    QVERIFY(detail.isChainIntact);
    QCOMPARE(answered(pages.listCustomers(where({is("language", QStringLiteral("hi"))}))).total, 0);
    QCOMPARE(answered(pages.listCustomers(where({is("id", QStringLiteral("7100"))}))).total, 1);
    QCOMPARE(answered(pages.loadCustomers({row.id})).size(), 1);
}

void TestConsolePages::theTimelineIsOneStreamInPages()
{
    customers::CustomerPages pages(*m_pool, m_catalogue, m_clock);
    const auto all = answered(pages.listTimeline(ofCamille()));
    QCOMPARE(all.total, all.rows.size());
    QVERIFY(all.rows.size() >= 5); // deposit, hold, charge, refund, what she was told
    for (qsizetype i = 1; i < all.rows.size(); ++i)
        QVERIFY(all.rows[i - 1].at >= all.rows[i].at);
    const auto hasKind = [&](api::TimelineRow::Kind kind) {
        return std::any_of(all.rows.cbegin(), all.rows.cend(),
                           [kind](const api::TimelineRow &row) { return row.kind == kind; });
    };
    QVERIFY(hasKind(api::TimelineRow::Kind::Refund));
    QVERIFY(hasKind(api::TimelineRow::Kind::Charge));
    QVERIFY(hasKind(api::TimelineRow::Kind::MessageOut));
    QList<qint64> ids;
    QString after;
    do {
        const auto page = answered(pages.listTimeline(ofCamille(2, after)));
        for (const api::TimelineRow &row : page.rows)
            ids << row.id;
        after = page.next;
    } while (!after.isEmpty());
    QList<qint64> expected;
    for (const api::TimelineRow &row : all.rows)
        expected << row.id;
    QCOMPARE(ids, expected);
}

void TestConsolePages::messagesAreShownInBothLanguages()
{
    customers::CustomerPages pages(*m_pool, m_catalogue, m_clock);
    const auto page = answered(pages.listMessages(ofCamille(), QStringLiteral("en")));
    QCOMPARE(page.rows.size(), 1);
    const api::MessageRow &row = page.rows.first();
    QVERIFY(!row.isFromCustomer);
    QVERIFY(!row.key.isEmpty());
    QVERIFY(!row.shown.isEmpty() && !row.mine.isEmpty());
    QVERIFY(row.shown != row.mine);
    QVERIFY(!row.shown.contains(u'<'));
}

void TestConsolePages::aTimelineOfNobodyIsRefused()
{
    customers::CustomerPages pages(*m_pool, m_catalogue, m_clock);
    auto future = pages.listTimeline(where({}));
    future.waitForFinished();
    QCOMPARE(future.result().error().code, ErrorCode::BadInput);
}

void TestConsolePages::theOverviewCountsWhatHappened()
{
    assembly::OverviewPages pages(*m_pool, m_clock);
    const auto before = answered(pages.loadNumbers());
    QCOMPARE(before.approvalsWaiting, 0);
    QCOMPARE(before.liveCalls, 0);
    QCOMPARE(before.deadLetters, 0);
    const auto asked = command(QStringLiteral("support"), "refund.request",
                               refundOf(m_call, Money::fromMicros(100'000)), QStringLiteral("ask"));
    QCOMPARE(asked.state, QStringLiteral("done"));
    const auto after = answered(pages.loadNumbers());
    QCOMPARE(after.approvalsWaiting, 1);
    QCOMPARE(after.approvalsWaitingSum, Money::fromMicros(100'000));
}

void TestConsolePages::theSeriesHasNoGaps()
{
    assembly::OverviewPages pages(*m_pool, m_clock);
    const auto points = answered(pages.loadSeries(24));
    QCOMPARE(points.size(), 288);
    Money spend;
    for (qsizetype i = 0; i < points.size(); ++i) {
        spend += points[i].spend;
        if (i > 0)
            QCOMPARE(points[i].at - points[i - 1].at, std::chrono::minutes(5));
    }
    QCOMPARE(spend, Money::fromMicros(583'334));
}

void TestConsolePages::numbersInWordsLoseTheirMiddle()
{
    QCOMPARE(customers::withoutNumbers(QStringLiteral("Calling +33612345678 now, 583 s")),
             QStringLiteral("Calling +336 \u2022\u2022\u2022\u2022 \u2022\u202278 now, 583 s"));
    QCOMPARE(customers::withoutNumbers(QStringLiteral("+15.00 USD")), QStringLiteral("+15.00 USD"));
}

void TestConsolePages::theCoverageAgreesWithTheChecks()
{
    language::CoveragePages pages(*m_pool, m_catalogue->version());
    const auto coverage = answered(pages.loadCoverage());
    const auto report = language::checkEmbeddedTranslations();
    QVERIFY(report);
    QCOMPARE(coverage.languages.first().tag, QStringLiteral("en"));
    for (const language::Coverage &expected : report->coverage) {
        const auto found = std::find_if(coverage.languages.cbegin(), coverage.languages.cend(),
                                        [&](const api::LanguageCoverage &language) {
                                            return language.tag == expected.language;
                                        });
        QVERIFY(found != coverage.languages.cend());
        QCOMPARE(found->all.total, expected.total);
        QCOMPARE(found->all.good, expected.finishedAndClean);
    }
    const auto texts = answered(pages.loadTexts(QStringLiteral("fr"), coverage.groups.first()));
    QCOMPARE(texts.size(), coverage.languages.first().groups.first().total);
}

REGISTER_TEST(TestConsolePages);

} // namespace tst_console_pages

#include "tst_console_pages.moc"
