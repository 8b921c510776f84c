#include "assembly/audit_pages.h"
#include "assembly/people_pages.h"
#include "customers/customer_pages.h"
#include "deposits/deposit_pages.h"
#include "ledger/ledger_pages.h"
#include "ledger/seal_keeper.h"
#include "tests/database/review_fixture.h"
#include "tests/support/test_main.h"

#include <QTemporaryDir>
#include <QTest>

namespace tst_staff_page_queries {

using namespace tests;
using namespace std::chrono_literals;

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

/// What the console's pages read of reviews, people, the audit, plans, and of the past.
class TestStaffPageQueries final : public ReviewStage {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aDepositShowsWhatWaitsAndWhatWasDecided();
    void aMatchThatBelongsToNoDepositIsListed();
    void theRulesOfDepositsAreReadWithTheirHistory();
    void aCoinThatIsPausedSaysWhy();
    void peopleAreListedWithSessionsAndFactors();
    void anEndedSessionIsNotListed();
    void textsBecomePictures();
    void theAuditIsFiltered();
    void auditRowsSayWhetherTheyAreSealed();
    void everythingIsVerifiedInSteps();
    void aVerificationStopsWhenCancelled();
    void aChangedRowIsFound();
    void aPlanIsShown();
    void aPostingIsExplained();
    void aBalanceOfThePastNamesItsPosting();

private:
    [[nodiscard]] std::unique_ptr<assembly::AuditPages> auditPages();
    void seal();

    std::unique_ptr<database::ReadPool> m_pool;
    std::unique_ptr<QTemporaryDir> m_directory;
};

void TestStaffPageQueries::init()
{
    m_pool.reset();
    startReviews();
    m_pool = std::make_unique<database::ReadPool>(m_url, 2);
    m_directory = std::make_unique<QTemporaryDir>();
}

std::unique_ptr<assembly::AuditPages> TestStaffPageQueries::auditPages()
{
    core::Settings settings;
    settings.dataDir = m_directory->path();
    settings.sealKeyFile = m_directory->filePath(QStringLiteral("no key"));
    return std::make_unique<assembly::AuditPages>(*m_pool, m_url, settings, m_clock);
}

void TestStaffPageQueries::seal()
{
    const seals::Signer signer(kInstallationKey);
    const ledger::SealBook book(m_directory->path());
    QVERIFY(ledger::SealKeeper::sealAll(*m_connection, signer, book, m_clock.now()));
}

void TestStaffPageQueries::aDepositShowsWhatWaitsAndWhatWasDecided()
{
    const qint64 id = toAddress();
    pay(id, "0.01");
    deposits::DepositPages pages(*m_pool, m_clock);
    auto detail = answerTo(pages.loadDeposit(DepositId{id}));
    QCOMPARE(detail.row.waitingReviews, 1);
    QCOMPARE(detail.reviews.size(), 1);
    const api::DepositReview waiting = detail.reviews.first();
    QVERIFY(waiting.isWaiting());
    QCOMPARE(waiting.kind, api::ReviewKind::Underpaid);
    QCOMPARE(waiting.deposit, std::optional(DepositId{id}));
    QCOMPARE(waiting.customerName, QStringLiteral("Asha"));
    QVERIFY(waiting.suggested.isPositive() && waiting.suggested < waiting.asked);
    QCOMPARE(answerTo(pages.listDeposits(having("review", QStringLiteral("waiting")))).total, 1);
    QCOMPARE(answerTo(pages.listDeposits(having("review", QStringLiteral("other")))).total, 0);

    QCOMPARE(decide(m_finance, "accept", waiting.id.value, QStringLiteral("a")).state,
             QStringLiteral("done"));
    detail = answerTo(pages.loadDeposit(DepositId{id}));
    QCOMPARE(detail.row.waitingReviews, 0);
    const api::DepositReview &decided = detail.reviews.first();
    QCOMPARE(decided.state, api::ReviewState::Done);
    QCOMPARE(decided.decision, std::optional(api::ReviewAction::Accept));
    QCOMPARE(decided.requestedBy, m_finance);
    QCOMPARE(decided.reason, QStringLiteral("ticket 4711"));
    QVERIFY(decided.transfer && decided.decidedAt);
    QCOMPARE(answerTo(pages.listDeposits(having("review", QStringLiteral("waiting")))).total, 0);
}

void TestStaffPageQueries::aMatchThatBelongsToNoDepositIsListed()
{
    const Json match = {{"customer", kAsha},
                        {"amount", usd(30).micros()},
                        {"payment", "0xfeedbeef"},
                        {"reason", "seen in the explorer"}};
    QCOMPARE(decide(m_finance, "match", match, QStringLiteral("m")).state, QStringLiteral("done"));
    deposits::DepositPages pages(*m_pool, m_clock);
    const auto loose = answerTo(pages.loadLooseReviews());
    QCOMPARE(loose.size(), 1);
    QVERIFY(!loose.first().deposit);
    QCOMPARE(loose.first().state, api::ReviewState::PendingApproval);
    QCOMPARE(loose.first().payee, CustomerId{kAsha});
    QCOMPARE(loose.first().amount, usd(30));
    QCOMPARE(loose.first().requestedBy, m_finance);
}

void TestStaffPageQueries::theRulesOfDepositsAreReadWithTheirHistory()
{
    deposits::DepositPages pages(*m_pool, m_clock);
    const api::DepositPolicy shipped = answerTo(pages.loadPolicy());
    QCOMPARE(shipped.versions.size(), 1);
    QVERIFY(!shipped.versions.first().since && shipped.versions.first().changedBy.isEmpty());
    QCOMPARE(shipped.versions.first().tolerateFrom, 980);
    QCOMPARE(shipped.coins.size(), shipped.versions.first().minimums.size());
    QCOMPARE(command(m_finance, "policy.deposit_rules",
                     {{"v", 1},
                      {"version", 1},
                      {"excess_up_to", usd(2).micros()},
                      {"minimums", {{"LTC", usd(15).micros()}}},
                      {"reason", "exchanges keep their fee"}},
                     QStringLiteral("rules"))
                 .state,
             QStringLiteral("done"));
    const api::DepositPolicy changed = answerTo(pages.loadPolicy());
    QCOMPARE(changed.versions.size(), 2);
    const api::DepositRulesVersion &rules = changed.versions.first();
    QCOMPARE(rules.version, 2);
    QCOMPARE(rules.excessUpTo, usd(2));
    QCOMPARE(rules.changedBy, m_finance);
    QCOMPARE(rules.reason, QStringLiteral("exchanges keep their fee"));
    QVERIFY(rules.since);
    QVERIFY(rules.minimums.contains(api::CoinMinimum{QStringLiteral("LTC"), usd(15)}));
    QVERIFY(rules.minimums.contains(api::CoinMinimum{QStringLiteral("USDT-TRC20"), usd(20)}));
    QCOMPARE(changed.versions.last().minimums, shipped.versions.first().minimums);
}

void TestStaffPageQueries::aCoinThatIsPausedSaysWhy()
{
    deposits::DepositPages pages(*m_pool, m_clock);
    const auto stop = [this](const char *kind, const char *coin) {
        return command(m_finance, kind,
                       {{"v", 1}, {"coin", coin}, {"reason", "the network is split"}},
                       QStringLiteral("%1-%2").arg(QLatin1String(kind), QLatin1String(coin)))
            .state;
    };
    QCOMPARE(stop("deposits.pause", "LTC"), QStringLiteral("done"));
    QCOMPARE(stop("deposits.pause", "all"), QStringLiteral("done"));
    QVERIFY(m_connection->run(QStringLiteral(
        "INSERT INTO coin_switches (coin, unavailable_until, provider_minimum, minimum_until, "
        "cause_id) VALUES ('BTC', now() + interval '5 minutes', 12000000, now() + interval '1 "
        "day', 1), ('ETH', now() - interval '5 minutes', 13000000, now() - interval '1 day', 1)")));
    const api::DepositPolicy policy = answerTo(pages.loadPolicy());
    QVERIFY(policy.all.isPaused && policy.all.coin.isEmpty());
    for (const api::CoinOffer &offer : policy.coins) {
        const bool isBitcoin = offer.coin == QLatin1String("BTC");
        QCOMPARE(offer.isPaused, offer.coin == QLatin1String("LTC"));
        QCOMPARE(offer.unavailableUntil.has_value(), isBitcoin);
        QCOMPARE(offer.providerMinimum, isBitcoin ? std::optional(usd(12)) : std::nullopt);
        if (!offer.isPaused)
            continue;
        QCOMPARE(offer.reason, QStringLiteral("the network is split"));
        QCOMPARE(offer.changedBy, m_finance);
        QVERIFY(offer.changedAt);
    }
    QCOMPARE(stop("deposits.resume", "LTC"), QStringLiteral("done"));
    for (const api::CoinOffer &offer : answerTo(pages.loadPolicy()).coins)
        QVERIFY(!offer.isPaused);
}

void TestStaffPageQueries::peopleAreListedWithSessionsAndFactors()
{
    QVERIFY(m_connection->run(QStringLiteral(
        "INSERT INTO second_factors (operator_id, locked_secret, begun_at, confirmed_at, "
        "cause_id) SELECT id, decode(repeat('00', 60), 'hex'), now(), now(), 0 FROM operators "
        "WHERE name = 'admin'")));
    QVERIFY(m_connection->run(QStringLiteral(
        "INSERT INTO recovery_codes (operator_id, code_mac) SELECT id, sha256('a') FROM operators "
        "WHERE name = 'admin'")));
    assembly::PeoplePages pages(*m_pool, m_clock);
    const auto page = answerTo(pages.listPeople({.filter = {}, .after = {}}));
    QCOMPARE(page.total, 5);
    const auto admins = answerTo(pages.listPeople(having("role", QStringLiteral("admin")))).rows;
    QCOMPARE(admins.size(), 1);
    const api::PersonRow &admin = admins.first();
    QCOMPARE(admin.name, QStringLiteral("admin"));
    QCOMPARE(admin.roles, api::Roles(api::Role::Admin));
    QVERIFY(admin.isActive && admin.hasSecondFactor && admin.lastSeenAt);
    QCOMPARE(admin.recoveryCodes, 1);
    QCOMPARE(admin.openSessions, 1);
    QCOMPARE(answerTo(pages.listPeople(having("", QStringLiteral("SEN")))).rows.first().name,
             m_senior);
    QCOMPARE(answerTo(pages.listPeople(having("active", QStringLiteral("no")))).total, 0);
    const auto again = answerTo(pages.loadPeople({admin.id}));
    QCOMPARE(again.size(), 1);
    QCOMPARE(again.first().name, admin.name);
}

void TestStaffPageQueries::anEndedSessionIsNotListed()
{
    assembly::PeoplePages pages(*m_pool, m_clock);
    const auto row =
        answerTo(pages.listPeople(having("name", QStringLiteral("support")))).rows.first();
    const auto sessions = answerTo(pages.loadSessions(row.id));
    QCOMPARE(sessions.size(), 1);
    QCOMPARE(sessions.first().origin, QStringLiteral("local"));
    QCOMPARE(command(QStringLiteral("admin"), "session.end",
                     {{"v", 1}, {"session", sessions.first().id.value}, {"reason", "left"}},
                     QStringLiteral("end"))
                 .state,
             QStringLiteral("done"));
    QVERIFY(answerTo(pages.loadSessions(row.id)).isEmpty());
    const auto after = answerTo(pages.loadPeople({row.id})).first();
    QCOMPARE(after.openSessions, 0);
    QVERIFY(after.lastSeenAt);
}

void TestStaffPageQueries::textsBecomePictures()
{
    assembly::PeoplePages pages(*m_pool, m_clock);
    QVERIFY(answerTo(pages.drawQr(QStringLiteral("otpauth://totp/x"))).startsWith("\x89PNG"));
    auto refused = pages.drawQr({});
    refused.waitForFinished();
    QCOMPARE(refused.result().error().code, ErrorCode::BadInput);
}

void TestStaffPageQueries::theAuditIsFiltered()
{
    QCOMPARE(command(m_senior, "deposits.pause",
                     {{"v", 1}, {"coin", "LTC"}, {"reason", "provider is away"}},
                     QStringLiteral("p"))
                 .state,
             QStringLiteral("done"));
    QCOMPARE(command(m_senior, "deposits.resume",
                     {{"v", 1}, {"coin", "LTC"}, {"reason", "it is back"}}, QStringLiteral("r"))
                 .state,
             QStringLiteral("refused"));
    const auto pages = auditPages();
    const auto all = answerTo(pages->listAudit({.filter = {}, .after = {}}));
    QCOMPARE(all.total, 2);
    const api::AuditRow &denied = all.rows.first(); // the newest first
    QCOMPARE(denied.action, QStringLiteral("deposits.resume"));
    QCOMPARE(denied.outcome, api::AuditOutcome::Denied);
    QCOMPARE(denied.operatorName, m_senior);
    QCOMPARE(denied.roles, api::Roles(api::Role::Senior));
    const auto count = [&](const char *field, const char *value) {
        return answerTo(pages->listAudit(having(field, QLatin1String(value)))).total;
    };
    QCOMPARE(count("who", "senior"), 2);
    QCOMPARE(count("who", "nobody"), 0);
    QCOMPARE(count("action", "deposits.p"), 1);
    QCOMPARE(count("", "deposits"), 2);
    QCOMPARE(count("result", "denied"), 1);
    QCOMPARE(count("since", "2h"), 2);
    QCOMPARE(count("object", "nothing"), 0);
    QCOMPARE(answerTo(pages->suggest(QStringLiteral("who"), QStringLiteral("sen"))),
             QStringList(m_senior));
    const auto first = answerTo(pages->listAudit({.filter = {}, .after = {}, .limit = 1}));
    QCOMPARE(answerTo(pages->listAudit({.filter = {}, .after = first.next, .limit = 1}))
                 .rows.first()
                 .action,
             QStringLiteral("deposits.pause"));
}

void TestStaffPageQueries::auditRowsSayWhetherTheyAreSealed()
{
    const auto pause = [this](const char *key) {
        QCOMPARE(command(m_senior, "deposits.pause",
                         {{"v", 1}, {"coin", "LTC"}, {"reason", "provider is away"}},
                         QLatin1String(key))
                     .state,
                 QStringLiteral("done"));
    };
    pause("first");
    seal();
    pause("second");
    const auto pages = auditPages();
    const auto rows = answerTo(pages->listAudit({.filter = {}, .after = {}})).rows;
    QCOMPARE(rows.size(), 2);
    QVERIFY(!rows[0].isSealed);
    QVERIFY(rows[1].isSealed);
}

void TestStaffPageQueries::everythingIsVerifiedInSteps()
{
    (void)paidCall(Money::fromMicros(583'334));
    seal();
    (void)paidCall(Money::fromMicros(583'334));
    const auto pages = auditPages();
    auto future = pages->verify();
    const auto report = answerTo(future);
    QVERIFY2(report.problems.isEmpty(), qUtf8Printable(report.problems.join(u'\n')));
    QVERIFY(!report.hasEvidence); // there is no key in that folder
    QCOMPARE(report.seals, 1);
    QVERIFY(report.sum.isZero());
    QVERIFY(report.sealedTransfers.sealed > 0 && report.sealedTransfers.unsealed > 0);
    QCOMPARE(report.transfers, report.sealedTransfers.sealed + report.sealedTransfers.unsealed);
    QCOMPARE(future.progressValue(), future.progressMaximum());
}

void TestStaffPageQueries::aVerificationStopsWhenCancelled()
{
    int told = 0;
    const auto stopped = ledger::verify(
        *m_connection, ledger::SealCheck{.publicKey = {}, .file = {}, .hasEvidence = false},
        [&told](const QString &, int) { return ++told < 2; });
    QVERIFY(!stopped);
    QCOMPARE(stopped.error().code, ErrorCode::ShuttingDown);
    QCOMPARE(told, 2);
    const auto pages = auditPages();
    auto future = pages->verify();
    future.cancel();
    future.waitForFinished();
    QVERIFY(future.isCanceled());
}

void TestStaffPageQueries::aChangedRowIsFound()
{
    QCOMPARE(command(m_senior, "deposits.pause",
                     {{"v", 1}, {"coin", "LTC"}, {"reason", "provider is away"}},
                     QStringLiteral("p"))
                 .state,
             QStringLiteral("done"));
    seal();
    const auto owner = openConnection(m_url, database::Role::Owner);
    QVERIFY(owner->runScript(QStringLiteral("SET session_replication_role = replica; UPDATE audit "
                                            "SET reason = 'nothing happened'")));
    const auto report = answerTo(auditPages()->verify());
    QCOMPARE(report.problems.size(), 1);
    QVERIFY(report.problems.first().contains(QStringLiteral("are not what was sealed")));
}

void TestStaffPageQueries::aPlanIsShown()
{
    customers::CustomerPages pages(*m_pool, m_catalogue, m_clock);
    QVERIFY(!answerTo(pages.loadCustomer(CustomerId{kAsha})).plan);
    const QString anHourAgo = core::toIso(m_clock.now() - 1h);
    // Free is given once, and has no subscription.
    QVERIFY(m_connection->run(
        QStringLiteral("INSERT INTO plan_periods (customer_id, plan_version_id, starts_at, "
                       "ends_at, price, granted_s, cause_id) SELECT ?::bigint, id, ?::timestamptz, "
                       "?::timestamptz + days * interval '24 hours', 0, allowance_s, 1 FROM "
                       "plan_versions WHERE id = 1"),
        {kAsha, anHourAgo, anHourAgo}));
    const auto free = answerTo(pages.loadCustomer(CustomerId{kAsha})).plan;
    QVERIFY(free.has_value());
    QCOMPARE(free->plan, QStringLiteral("free"));
    QCOMPARE(free->left(), 120s);
    QVERIFY(free->price.isZero() && !free->renews && free->state.isEmpty());
}

void TestStaffPageQueries::aPostingIsExplained()
{
    const qint64 id = toAddress();
    pay(id, "1");
    ledger::LedgerPages pages(*m_pool, m_clock);
    const qint64 transfer = count("SELECT transfer_id FROM deposits");
    const auto explained = answerTo(pages.explain(TransferId{transfer}));
    QCOMPARE(explained.size(), 1);
    QCOMPARE(explained.first().id.value, transfer);
    QVERIFY(!explained.first().causes.isEmpty());
    auto nothing = pages.explain(TransferId{471'147});
    nothing.waitForFinished();
    QCOMPARE(nothing.result().error().code, ErrorCode::NotFound);
}

void TestStaffPageQueries::aBalanceOfThePastNamesItsPosting()
{
    const qint64 id = toAddress();
    pay(id, "1");
    ledger::LedgerPages pages(*m_pool, m_clock);
    const auto now = answerTo(pages.loadBalanceAt(CustomerId{kAsha}, m_clock.now()));
    QCOMPARE(now.available, available());
    QCOMPARE(now.transfer, std::optional(TransferId{count("SELECT transfer_id FROM deposits")}));
    const auto before = answerTo(pages.loadBalanceAt(CustomerId{kAsha}, m_clock.now() - 24h));
    QVERIFY(before.available.isZero() && !before.transfer);
    auto nobody = pages.loadBalanceAt(CustomerId{4711}, m_clock.now());
    nobody.waitForFinished();
    QCOMPARE(nobody.result().error().code, ErrorCode::NotFound);
}

REGISTER_TEST(TestStaffPageQueries);

} // namespace tst_staff_page_queries

#include "tst_staff_page_queries.moc"
