#include "assembly/audit_pages.h"
#include "assembly/overview_pages.h"
#include "assembly/people_pages.h"
#include "assembly/refund_pages.h"
#include "assembly/system_pages.h"
#include "calls/call_pages.h"
#include "customers/customer_pages.h"
#include "deposits/deposit_pages.h"
#include "language/catalogue.h"
#include "ledger/ledger_pages.h"
#include "tests/journeys/short_tables.h"
#include "tests/support/explained_log.h"
#include "tests/support/journey_operator.h"
#include "tests/support/test_main.h"

#include <QFile>
#include <QTest>

#include <cstdio>

namespace tst_query_plans {

using namespace tests;
using namespace std::chrono_literals;

namespace {

constexpr qint64 kCamille = 7001;
constexpr qint64 kSomebody = 1010101; // of those who were there before
constexpr qint64 kLately = 1019999;   // who has called within the hour
const QString kNumber = QStringLiteral("+12015550199");

constexpr qint64 kFullRows = 10'000;

} // namespace

/// No statement reads the whole of a table that grows. A server works with a database in which
/// there is much already, and the console asks it for everything its pages can be asked; PostgreSQL
/// writes down the plan of every statement it runs, those inside its functions included.
class TestQueryPlans final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyTableIsFullOrStaysShort();
    void aWholeTableReadIsSeen();
    void serverWorksOnFullTables();
    void callsArePagedThrough();
    void customersArePagedThrough();
    void depositsArePagedThrough();
    void ledgerIsPagedThrough();
    void overviewIsRead();
    void peopleAndTheAuditAreRead();
    void noPlanReadsAWholeTable();
    void cleanupTestCase();

private:
    void agreeToEach(qint64 call);
    void refundMany();
    template <typename T> void wait(QFuture<Result<T>> future)
    {
        QVERIFY(QTest::qWaitFor([&] { return future.isFinished(); }, 30'000));
        const Result<T> answer = future.result();
        QVERIFY2(answer, answer ? "" : qUtf8Printable(answer.error().detail));
    }
    template <typename Pages, typename List>
    void ask(Pages &pages, List list, const QList<api::FilterTerm> &filter);
    /// Each field by itself, both ways through the list; and its suggestions.
    template <typename Pages, typename List>
    void askByEach(Pages &pages, List list, const QList<api::FilterTerm> &terms);

    core::SystemClock m_clock;
    QSet<QString> m_full; // tables and partitions
    std::unique_ptr<JourneyStage> m_stage;
    std::unique_ptr<JourneyOperator> m_operator;
    std::unique_ptr<database::Connection> m_owner;
    std::unique_ptr<ExplainedLog> m_log;
    std::unique_ptr<database::ReadPool> m_pool;
    std::shared_ptr<const language::Catalogue> m_catalogue;
};

void TestQueryPlans::initTestCase()
{
    m_catalogue = language::Catalogue::load().value();
    m_stage = std::make_unique<JourneyStage>();
    m_stage->goToCallingHours();
    m_operator = std::make_unique<JourneyOperator>(*m_stage);
    QFile script(QStringLiteral(SPEECHCAD_SOURCE_DIR "/tests/journeys/full_tables.sql"));
    QVERIFY(script.open(QIODevice::ReadOnly));
    m_owner = *database::Connection::open(m_stage->databaseUrl(), QStringLiteral("test"),
                                          database::Role::Owner);
    QVERIFY(m_owner->runScript(QStringLiteral("SET statement_timeout = 0")));
    const auto filled = m_owner->runScript(QString::fromUtf8(script.readAll()));
    QVERIFY2(filled, qUtf8Printable(filled ? QString() : filled.error().detail));
    (void)m_stage->number(QStringLiteral("SELECT 1")); // its connection is not looked at
    m_log = std::make_unique<ExplainedLog>(*m_owner);
    m_pool = std::make_unique<database::ReadPool>(m_stage->databaseUrl(), 2);
}

void TestQueryPlans::everyTableIsFullOrStaysShort()
{
    // A partition is called as its table, and _0, _1, ... behind it.
    const auto tables = m_owner->run(
        QStringLiteral(
            "SELECT relname, regexp_replace(relname, '_[0-9]+$', '') AS parent, reltuples "
            ">= ?::bigint AS is_full FROM pg_class WHERE relnamespace = "
            "'public'::regnamespace AND relkind = 'r'"),
        {kFullRows});
    QVERIFY(tables);
    QSet<QString> all;
    QSet<QString> covered;
    for (qsizetype i = 0; i < tables->size(); ++i) {
        const database::Row table = (*tables)[i];
        all.insert(table.text("parent"));
        if (!table.boolean("is_full"))
            continue;
        m_full.insert(table.text("relname"));
        covered.insert(table.text("parent"));
    }
    QStringList neither = QStringList((all - covered).values());
    neither.removeIf([](const QString &table) { return kShort.contains(table); });
    QVERIFY2(neither.isEmpty(), qUtf8Printable(neither.join(u' ')));
    for (const QString &table : kShort.keys())
        QVERIFY2(all.contains(table) && !covered.contains(table), qUtf8Printable(table));
}

void TestQueryPlans::aWholeTableReadIsSeen()
{
    const auto connection =
        database::Connection::open(m_stage->databaseUrl(), QStringLiteral("test"));
    QVERIFY((*connection)->run(QStringLiteral("SELECT id FROM calls WHERE note = 'scanned'")));
    QVERIFY((*connection)->run(QStringLiteral("SELECT id FROM calls LIMIT 10")));
    QVERIFY((*connection)->run(QStringLiteral("SELECT id FROM calls WHERE customer_id = 1")));
    const auto plans = m_log->take();
    QVERIFY(plans.size() >= 3);
    QStringList scanned;
    for (const ExplainedLog::Statement &plan : plans)
        scanned << plan.scanned;
    QCOMPARE(scanned, QStringList(QStringLiteral("calls")));
}

/// What people ask for and agree to.
void TestQueryPlans::agreeToEach(qint64 call)
{
    const auto settle = [&](const char *noun, const char *request, const char *approve, Json wish) {
        wish["v"] = 1;
        const qint64 asked = m_operator->submit(request, wish);
        QVERIFY(m_stage->until([&] { return m_operator->isDone(asked); }));
        const Json answer = m_operator->answerOf(asked);
        const qint64 agreed =
            m_operator->submit(approve, {{"v", 1}, {noun, answer[noun]}, {"hash", answer["hash"]}});
        QVERIFY(m_stage->until([&] { return m_operator->isDone(agreed); }));
    };
    settle("refund", "refund.request", "refund.approve",
           {{"call", call}, {"amount", 1'000}, {"reason", "bad_audio"}});
    settle("adjustment", "adjustment.request", "adjustment.approve",
           {{"customer", kCamille},
            {"kind", "goodwill"},
            {"amount", 1'000},
            {"reason", "full tables, too"}});
    settle("payout", "payout.request", "payout.approve",
           {{"customer", kCamille},
            {"amount", 1'000},
            {"destination", "BTC bc1qexample"},
            {"reason", "full tables, too"}});
    refundMany();
}

/// All that a query may ask, then what it found, given back.
void TestQueryPlans::refundMany()
{
    const Timestamp now =
        core::fromMicros(m_stage->number(QStringLiteral("SELECT to_micros(now())")));
    Json wish = {{"v", 1},
                 {"query",
                  {{"from", core::toIso(now - 24h * 30)},
                   {"to", core::toIso(now)},
                   {"states", {"ended"}},
                   {"customer", kLately}}},
                 {"share", "half"},
                 {"reason", "bad_audio"},
                 {"note", ""},
                 {"key", "full-tables"}};
    const auto give = [&](const char *kind) {
        const qint64 command = m_operator->submit(kind, wish);
        if (!m_stage->until([&] { return !m_operator->stateOf(command).startsWith(u"sent"); }))
            return Json();
        return m_operator->answerOf(command);
    };
    for (const char *filter : {R"({"regions": ["US"]})", R"({"script": 777})",
                               R"({"disconnections": ["user_hangup"]})"}) {
        Json all = wish;
        all["query"].update(Json::parse(filter));
        const qint64 seen = m_operator->submit("refund.bulk.preview", all);
        QVERIFY(m_stage->until([&] { return m_operator->isDone(seen); }));
    }
    wish["hash"] = give("refund.bulk.preview")["hash"];
    const Json asked = give("refund.bulk.request");
    QVERIFY2(asked.contains("batch"), core::toBytes(asked).constData());
    wish["batch"] = asked["batch"];
    (void)give("refund.bulk.approve");
    const auto isRefunded = [&] {
        return m_stage->value(QStringLiteral("SELECT state FROM refund_batches")) == u"done";
    };
    const bool isDone = m_stage->until(isRefunded);
    const QString refusals = m_stage->value(QStringLiteral(
        "SELECT string_agg(concat_ws(' ', kind, code, detail), E'\\n') FROM commands WHERE "
        "state IN ('refused', 'expired')"));
    QVERIFY2(isDone, qUtf8Printable(refusals));
}

void TestQueryPlans::serverWorksOnFullTables()
{
    m_stage->startServer();
    std::vector<JourneyCustomer> customers;
    JourneyCustomer &camille = customers.emplace_back(*m_stage, kCamille, QStringLiteral("fr"));
    QCOMPARE(topUpTogether(*m_stage, customers), QString());
    m_stage->pay(kCamille, {QStringLiteral("exact")});
    QVERIFY(m_stage->until([&] { return camille.hasRead(QStringLiteral("T-")); }));
    QCOMPARE(writeScript(*m_stage, camille, QStringLiteral("fr")), QString());
    m_stage->simulator().act(QStringLiteral("retell/plans"),
                             {{"count", 1}, {"steps", {"talk(100)"}}});
    QCOMPARE(placeCall(*m_stage, camille, kNumber), QString());
    const auto isOver = [&] { return camille.hasRead(QStringLiteral("Facturé")); };
    QVERIFY(m_stage->until(isOver, 60'000, 5s));
    for (const char *command : {"/history", "/wallet", "/scripts", "/start", "/call"})
        camille.say(QLatin1String(command));
    Json wish = {{"v", 1},
                 {"call", m_stage->number(QStringLiteral("SELECT max(id) FROM calls"))},
                 {"amount", 291'667},
                 {"reason", "bad_audio"}};
    const qint64 preview = m_operator->submit("refund.preview", wish);
    QVERIFY(m_stage->until([&] { return m_operator->isDone(preview); }));
    wish["hash"] = m_operator->answerOf(preview)["hash"];
    const qint64 refund = m_operator->submit("refund.execute", wish);
    QVERIFY(m_stage->until([&] { return m_operator->isDone(refund); }));
    agreeToEach(wish["call"].get<qint64>());
    const qint64 stop = m_operator->submit("calls.stop_all", {{"v", 1}, {"reason", "drill"}});
    QVERIFY(m_stage->until([&] { return m_operator->isDone(stop); }));
    for (const char *path : {"/metrics", "/readyz"}) {
        const QUrl url(m_stage->adminUrl().toString() + QLatin1String(path));
        QCOMPARE(m_stage->simulator().web().send("GET", url).status, 200);
    }
    QVERIFY(m_stage->until([&] { return m_stage->isQuiet(); }, 20'000, 1s));
    QVERIFY(m_stage->server().stop(10s));
}

template <typename Pages, typename List>
void TestQueryPlans::ask(Pages &pages, List list, const QList<api::FilterTerm> &filter)
{
    const QString middle = QStringLiteral("10000");
    wait(list(pages, {.filter = filter, .after = {}, .limit = 100}));
    wait(list(pages, {.filter = filter, .after = middle, .limit = 100, .isBackwards = true}));
}

template <typename Pages, typename List>
void TestQueryPlans::askByEach(Pages &pages, List list, const QList<api::FilterTerm> &terms)
{
    ask(pages, list, {});
    for (const api::FilterTerm &term : terms) {
        ask(pages, list, {term});
        wait(pages.suggest(term.field, QStringLiteral("p")));
    }
}

void TestQueryPlans::callsArePagedThrough()
{
    using enum api::FilterTerm::Comparison;
    calls::CallPages pages(*m_pool, m_catalogue, m_clock);
    const auto list = [](calls::CallPages &from, const api::PageQuery &query) {
        return from.listCalls(query);
    };
    askByEach(pages, list,
              {{QString(), Is, QStringLiteral("person 12")},
               {QStringLiteral("state"), Is, QStringLiteral("failed,refused")},
               {QStringLiteral("live"), Is, QStringLiteral("yes")},
               {QStringLiteral("customer"), Is, QString::number(kSomebody)},
               {QStringLiteral("customer"), Is, QStringLiteral("person 123")},
               {QStringLiteral("region"), Is, QStringLiteral("fr")},
               {QStringLiteral("language"), Is, QStringLiteral("fr")},
               {QStringLiteral("script"), Is, QStringLiteral("script 123")},
               {QStringLiteral("cost"), Above, QStringLiteral("5")},
               {QStringLiteral("refund"), Is, QStringLiteral("waiting")},
               {QStringLiteral("refund"), Is, QStringLiteral("done")},
               {QStringLiteral("id"), Is, QStringLiteral("777")},
               {QStringLiteral("since"), Is, QStringLiteral("2h")}});
    wait(pages.loadCalls({api::CallId{5}, api::CallId{6}}));
    wait(pages.loadCall(api::CallId{5}));
    const auto counted = pages.listCalls({}); // by the estimate of the table: a view has none
    wait(counted);
    QVERIFY(!counted.result()->isTotalExact && counted.result()->total > 15'000);
    wait(pages.loadOutbound());
}

void TestQueryPlans::customersArePagedThrough()
{
    using enum api::FilterTerm::Comparison;
    customers::CustomerPages pages(*m_pool, m_catalogue, m_clock);
    const auto list = [](customers::CustomerPages &from, const api::PageQuery &query) {
        return from.listCustomers(query);
    };
    askByEach(pages, list,
              {{QString(), Is, QStringLiteral("person 12")},
               {QStringLiteral("name"), Is, QStringLiteral("person 123")},
               {QStringLiteral("id"), Is, QString::number(kSomebody)},
               {QStringLiteral("language"), Is, QStringLiteral("xx")},
               {QStringLiteral("status"), Is, QStringLiteral("unreachable")},
               {QStringLiteral("status"), Is, QStringLiteral("no_terms")},
               {QStringLiteral("since"), Is, QStringLiteral("2h")}});
    wait(pages.loadCustomers({CustomerId{kSomebody}, CustomerId{kCamille}}));
    wait(pages.loadCustomer(CustomerId{kSomebody}));
    const QList<api::FilterTerm> whose = {
        {QStringLiteral("customer"), Is, QString::number(kSomebody)}};
    for (const char *kind : {"", "message", "deposit", "call", "money"}) {
        QList<api::FilterTerm> filter = whose;
        if (*kind)
            filter.append({QStringLiteral("kind"), Is, QLatin1String(kind)});
        wait(pages.listTimeline({.filter = filter, .after = {}, .limit = 100}));
    }
    wait(pages.listMessages({.filter = whose, .after = {}, .limit = 100}, QStringLiteral("en")));
}

void TestQueryPlans::depositsArePagedThrough()
{
    using enum api::FilterTerm::Comparison;
    deposits::DepositPages pages(*m_pool, m_clock);
    const auto list = [](deposits::DepositPages &from, const api::PageQuery &query) {
        return from.listDeposits(query);
    };
    askByEach(pages, list,
              {{QString(), Is, QStringLiteral("person 12")},
               {QStringLiteral("state"), Is, QStringLiteral("underpaid_review,late_review")},
               {QStringLiteral("customer"), Is, QString::number(kSomebody)},
               {QStringLiteral("coin"), Is, QStringLiteral("xmr")},
               {QStringLiteral("amount"), Above, QStringLiteral("500")},
               {QStringLiteral("id"), Is, QStringLiteral("777")},
               {QStringLiteral("provider"), Is, QStringLiteral("pay-777")},
               {QStringLiteral("review"), Is, QStringLiteral("waiting")},
               {QStringLiteral("since"), Is, QStringLiteral("2h")}});
    wait(pages.loadDeposits({DepositId{5}, DepositId{6}}));
    wait(pages.loadDeposit(DepositId{5}));
    wait(pages.loadLooseReviews());
    wait(pages.loadPolicy());
}

void TestQueryPlans::ledgerIsPagedThrough()
{
    using enum api::FilterTerm::Comparison;
    ledger::LedgerPages pages(*m_pool, m_clock);
    const auto list = [](ledger::LedgerPages &from, const api::PageQuery &query) {
        return from.listTransfers(query);
    };
    askByEach(pages, list,
              {{QString(), Is, QStringLiteral("charge:full:777")},
               {QStringLiteral("customer"), Is, QString::number(kSomebody)},
               {QStringLiteral("kind"), Is, QStringLiteral("goodwill")},
               {QStringLiteral("account"), Is, QStringLiteral("debt")},
               {QStringLiteral("account"), Is, QStringLiteral("payouts")},
               {QStringLiteral("amount"), Above, QStringLiteral("500")},
               {QStringLiteral("id"), Is, QStringLiteral("777")},
               {QStringLiteral("since"), Is, QStringLiteral("2h")}});
    wait(pages.loadWallet(CustomerId{kSomebody}));
    wait(pages.loadBalanceAt(CustomerId{kSomebody}, m_clock.now()));
    wait(pages.explain(TransferId{777}));
}

void TestQueryPlans::overviewIsRead()
{
    assembly::OverviewPages overview(*m_pool, m_clock);
    wait(overview.loadNumbers());
    wait(overview.loadSeries(24));
    assembly::SystemPages system(*m_pool, m_clock, [] { return true; });
    wait(system.loadStatus()); // counts all
    wait(system.loadStatus()); // and then what came since
}

void TestQueryPlans::peopleAndTheAuditAreRead()
{
    using enum api::FilterTerm::Comparison;
    assembly::PeoplePages people(*m_pool, m_clock);
    ask(people,
        [](assembly::PeoplePages &from, const api::PageQuery &query) {
            return from.listPeople(query);
        },
        {});
    wait(people.loadPeople({api::OperatorId{1}}));
    wait(people.loadSessions(api::OperatorId{1}));
    assembly::RefundPages refunds(*m_pool, m_clock);
    askByEach(refunds,
              [](assembly::RefundPages &from, const api::PageQuery &query) {
                  return from.listRequests(query);
              },
              {{QString(), Is, QStringLiteral("person 12")},
               {QStringLiteral("state"), Is, QStringLiteral("pending_approval,approved")},
               {QStringLiteral("state"), Is, QStringLiteral("to_send")},
               {QStringLiteral("kind"), Is, QStringLiteral("payout")},
               {QStringLiteral("kind"), Is, QStringLiteral("correction,reversal")},
               {QStringLiteral("by"), Is, QStringLiteral("maria")},
               {QStringLiteral("customer"), Is, QString::number(kSomebody)},
               {QStringLiteral("customer"), Is, QStringLiteral("person 123")},
               {QStringLiteral("id"), Is, QStringLiteral("777")}});
    wait(refunds.loadRules());
    wait(refunds.loadRequests({api::RequestId{5}}));
    refunds.loadPlanPayment(TransferId{777}).waitForFinished(); // no plan was paid by it
    const auto batches = [](auto &from, const api::PageQuery &by) { return from.listBatches(by); };
    askByEach(refunds, batches,
              {{QStringLiteral("state"), Is, QStringLiteral("pending_approval,approved")},
               {QStringLiteral("by"), Is, QStringLiteral("maria")}});
    wait(refunds.loadBatches({api::BatchId{5}}));
    ask(refunds, [](auto &from, const api::PageQuery &query) { return from.listBatchCalls(query); },
        {{QStringLiteral("batch"), Is, QStringLiteral("5")},
         {QStringLiteral("state"), Is, QStringLiteral("left")}});
    wait(refunds.loadBatchCalls(api::BatchId{5}, {{4}, {204}}));
    assembly::AuditPages audit(*m_pool, m_stage->databaseUrl(), {}, m_clock);
    askByEach(audit,
              [](assembly::AuditPages &from, const api::PageQuery &query) {
                  return from.listAudit(query);
              },
              {{QString(), Is, QStringLiteral("refund")},
               {QStringLiteral("who"), Is, QStringLiteral("nobody")},
               {QStringLiteral("action"), Is, QStringLiteral("refund.exec")},
               {QStringLiteral("object"), Is, QStringLiteral("call 777")},
               {QStringLiteral("result"), Is, QStringLiteral("denied")},
               {QStringLiteral("since"), Is, QStringLiteral("2h")},
               {QStringLiteral("id"), Is, QStringLiteral("777")}});
}

void TestQueryPlans::noPlanReadsAWholeTable()
{
    m_pool.reset();
    QSet<QString> found;
    int statements = 0;
    for (const ExplainedLog::Statement &plan : m_log->take()) {
        ++statements;
        const bool isException =
            std::any_of(std::begin(kExceptions), std::end(kExceptions), [&](const Exception &each) {
                return plan.text.contains(QLatin1String(each.part));
            });
        if (isException)
            continue;
        for (const QString &table : plan.scanned) {
            if (m_full.contains(table))
                found.insert(QStringLiteral("%1 is read whole by: %2")
                                 .arg(table, plan.text.simplified().left(2000)));
        }
    }
    QVERIFY2(statements > 300, qUtf8Printable(QString::number(statements)));
    for (const QString &each : std::as_const(found))
        std::fprintf(stderr, "%s\n", qUtf8Printable(each));
    QVERIFY(found.isEmpty());
}

void TestQueryPlans::cleanupTestCase()
{
    m_pool.reset();
    m_log.reset();
    m_owner.reset();
    m_operator.reset();
    m_stage.reset();
}

REGISTER_TEST(TestQueryPlans);

} // namespace tst_query_plans

#include "tst_query_plans.moc"
