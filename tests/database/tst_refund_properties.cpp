#include "tests/database/operator_fixture.h"
#include "tests/support/test_main.h"

#include <random>

namespace tst_refund_properties {

using namespace tests;

namespace {

constexpr int kStepsUsual = 400; // tests/run-long takes more
constexpr int kStepsOfBatch = 20;
constexpr int kWorkers = 3;
constexpr int kCustomers = 20;
constexpr int kCalls = 40;
constexpr unsigned kSeedUsual = 20'261'128;

/// What must never be of refunds and adjustments, whoever asks for what, in which order and how
/// often.
struct Rule {
    const char *name;
    const char *violations; // a count
};
constexpr std::array kRules = {
    Rule{"no more is refunded than was paid, less what was taken back",
         "transfers p JOIN (SELECT coalesce(o.refunds_id, t.refunds_id) AS paid, "
         "-sum(t.platform_amount) AS back FROM transfers t LEFT JOIN transfers o ON o.id = "
         "t.refunds_id AND o.kind = 'refund' WHERE t.kind = 'refund' GROUP BY 1) r ON r.paid = "
         "p.id WHERE back > p.platform_amount"},
    Rule{"what needs nobody is small, and within the day of who gave it",
         "refunds r JOIN refund_rules v ON v.version = r.rules_version WHERE r.state = 'done' AND "
         "r.needs = 'nobody' AND (r.amount > v.small OR (SELECT sum(x.amount) FROM refunds x WHERE "
         "x.state = 'done' AND x.needs = 'nobody' AND x.requested_by = r.requested_by AND "
         "x.decided_at::date = r.decided_at::date) > greatest(v.day_support, v.day_senior, "
         "v.day_finance))"},
    Rule{"what is more was agreed to by as many others as it needs, who saw the same",
         "refunds r JOIN refund_rules v ON v.version = r.rules_version WHERE r.state = 'done' AND "
         "r.amount > v.small AND (SELECT count(DISTINCT a.approver_id) FROM refund_approvals a "
         "WHERE a.refund_id = r.id AND a.hash = r.preview_hash AND a.approver_id <> r.requested_by "
         "AND a.roles && ARRAY['senior', 'finance']) <> CASE WHEN r.amount > v.large THEN 2 ELSE 1 "
         "END"},
    Rule{"above the middle limit one of them is of Finance",
         "refunds r JOIN refund_rules v ON v.version = r.rules_version WHERE r.state = 'done' AND "
         "r.amount > v.middle AND NOT EXISTS (SELECT FROM refund_approvals a WHERE a.refund_id = "
         "r.id AND 'finance' = ANY (a.roles))"},
    Rule{"a refund that is done is one transfer, and a transfer one refund",
         "(SELECT id FROM refunds WHERE state = 'done') r FULL JOIN (SELECT id, request_key FROM "
         "transfers WHERE kind = 'refund') t ON t.request_key = 'refund:' || r.id WHERE r.id IS "
         "NULL OR t.id IS NULL"},
    Rule{"an adjustment that is done is one transfer, agreed to by another of Finance",
         "(SELECT a.*, o.roles FROM adjustments a LEFT JOIN operators o ON o.id = a.approved_by "
         "WHERE a.state = 'done') a FULL JOIN (SELECT request_key FROM transfers WHERE kind IN "
         "('goodwill', 'correction', 'refund_reversal')) t ON t.request_key = 'adjustment:' || "
         "a.id WHERE a.id IS NULL OR t.request_key IS NULL OR a.approved_by = a.requested_by OR "
         "NOT 'finance' = ANY (a.roles)"},
    Rule{"nothing is overdrawn", "wallets WHERE available < 0 OR held < 0"},
    Rule{"nothing was given up", "inbox_outcomes WHERE state <> 'done'"},
    Rule{"no chain is broken", "ledger_problems()"},
};

const std::array kAskers = {"support", "senior", "finance", "admin"};
const std::array kDeciders = {"support", "senior",   "senior2",  "finance",
                              "finance", "finance2", "finance2", "admin"};

} // namespace

/// Staff who ask for money to be given back or taken, agree to it, refuse it and take it back, by
/// chance, twice, and several at once: whatever is asked, only what the rules allow is done.
class TestRefundProperties final : public OperatorStage {
    Q_OBJECT

private Q_SLOTS:
    void rulesHoldWhateverIsAsked();

private:
    struct Wish {
        QString who;
        const char *kind = nullptr;
        Json payload;
        QString key = {};
    };
    [[nodiscard]] int pick(int below) { return static_cast<int>(m_random() % unsigned(below)); }
    template <size_t N> [[nodiscard]] QString oneOf(const std::array<const char *, N> &names)
    {
        return QString::fromLatin1(names[size_t(pick(int(N)))]);
    }
    [[nodiscard]] qint64 someId(const char *from);
    /// As a dialog does: the figures are looked at first.
    [[nodiscard]] Wish seen(const char *preview, Wish wish);
    [[nodiscard]] Wish askForRefund();
    [[nodiscard]] Wish decideRefund();
    [[nodiscard]] Wish askForAdjustment();
    [[nodiscard]] Wish decideAdjustment();
    [[nodiscard]] Wish takeBack();
    void handleAtOnce();
    [[nodiscard]] QString brokenRule();

    std::mt19937 m_random;
    int m_keys = 0;
    std::vector<qint64> m_calls;
};

/// 0: there is none.
qint64 TestRefundProperties::someId(const char *from)
{
    const QStringList ids = column(
        *m_connection, QStringLiteral("SELECT id::text AS answer FROM %1 ORDER BY id DESC LIMIT 8")
                           .arg(QLatin1String(from)));
    return ids.isEmpty() ? 0 : ids[pick(int(ids.size()))].toLongLong();
}

TestRefundProperties::Wish TestRefundProperties::seen(const char *preview, Wish wish)
{
    wish.key = QStringLiteral("k%1").arg(++m_keys);
    const Finished shown =
        command(wish.who, preview, wish.payload, wish.key + QStringLiteral("-preview"));
    // Now and then somebody sends figures that nobody has seen.
    wish.payload["hash"] = pick(20) == 0
                               ? QString(64, u'0')
                               : core::textMember(shown.answer, "hash").value_or(QString());
    return wish;
}

TestRefundProperties::Wish TestRefundProperties::askForRefund()
{
    constexpr std::array kCents = {50,    450,   499,    500,    501,    1'200,
                                   4'999, 6'000, 30'000, 60'000, 70'000, 80'000};
    const qint64 call = m_calls[size_t(pick(int(m_calls.size())))];
    const Money amount = Money::fromCents(kCents[size_t(pick(int(kCents.size())))]);
    Wish wish{.who = oneOf(kAskers),
              .kind = pick(2) == 0 ? "refund.execute" : "refund.request",
              .payload = refundOf(call, amount)};
    return seen("refund.preview", std::move(wish));
}

TestRefundProperties::Wish TestRefundProperties::decideRefund()
{
    const qint64 refund = someId("refunds WHERE state IN ('pending_approval', 'approved')");
    if (refund == 0)
        return askForRefund();
    const bool isRefused = pick(8) == 0;
    Wish wish{.who = oneOf(kDeciders),
              .kind = isRefused ? "refund.reject" : "refund.approve",
              .payload = {{"v", 1}, {"refund", refund}}};
    wish = seen("refund.preview", std::move(wish));
    if (isRefused)
        wish.payload = {{"v", 1}, {"refund", refund}, {"reason", "it is not what was said"}};
    return wish;
}

TestRefundProperties::Wish TestRefundProperties::askForAdjustment()
{
    const bool isGiven = pick(2) == 0;
    const Money amount = Money::fromCents(1 + pick(300'000));
    Wish wish{.who = oneOf(kDeciders),
              .kind = "adjustment.request",
              .payload = {{"v", 1},
                          {"customer", kPayer + pick(kCustomers)},
                          {"kind", isGiven ? "goodwill" : "correction"},
                          {"amount", isGiven ? amount.micros() : -amount.micros()},
                          {"reason", "the line was bad for a week"}}};
    return seen("adjustment.preview", std::move(wish));
}

TestRefundProperties::Wish TestRefundProperties::decideAdjustment()
{
    const qint64 id = someId("adjustments WHERE state = 'pending_approval'");
    if (id == 0)
        return askForAdjustment();
    Wish wish{.who = oneOf(kDeciders),
              .kind = "adjustment.approve",
              .payload = {{"v", 1}, {"adjustment", id}}};
    return seen("adjustment.preview", std::move(wish));
}

TestRefundProperties::Wish TestRefundProperties::takeBack()
{
    const qint64 refund = someId("refunds WHERE state = 'done'");
    if (refund == 0)
        return askForRefund();
    return {.who = oneOf(kDeciders),
            .kind = "refund.reverse",
            .payload = {{"v", 1}, {"refund", refund}, {"reason", "it was the wrong call"}},
            .key = QStringLiteral("k%1").arg(++m_keys)};
}

void TestRefundProperties::handleAtOnce()
{
    std::vector<std::jthread> threads;
    for (int i = 0; i < kWorkers; ++i) {
        threads.emplace_back([this] {
            const auto connection = openConnection(m_url);
            engine::Counters counters;
            engine::Worker worker(m_routes, m_clock, kInstallationKey, counters);
            for (int idle = 0; idle < 3;) {
                const auto pass = worker.runOnce(*connection);
                idle += pass && pass->rows == 0 ? 1 : 0;
            }
        });
    }
    threads.clear();
    QTRY_COMPARE_WITH_TIMEOUT((handleAll(), count("SELECT count(*) FROM inbox_waiting")), 0,
                              20'000);
}

QString TestRefundProperties::brokenRule()
{
    for (const Rule &rule : kRules) {
        const qint64 found = count(qPrintable(
            QStringLiteral("SELECT count(*) FROM %1").arg(QLatin1String(rule.violations))));
        if (found != 0)
            return QStringLiteral("%1: %2").arg(QLatin1String(rule.name)).arg(found);
    }
    return {};
}

void TestRefundProperties::rulesHoldWhateverIsAsked()
{
    bool isNumber = false;
    const int given = qEnvironmentVariableIntValue("SPEECHCAD_REFUND_STEPS", &isNumber);
    const int steps = isNumber ? given : kStepsUsual;
    startStage();
    addOperator(QStringLiteral("senior2"), QStringLiteral("senior"));
    addOperator(QStringLiteral("finance2"), QStringLiteral("finance"));
    for (int i = 1; i < kCustomers; ++i)
        addFrenchCustomer(*m_connection, kPayer + i, QStringLiteral("made-%1").arg(i));
    for (int i = 0; i < kCalls; ++i)
        m_calls.push_back(addPaidCall(*m_connection, kPayer + i % kCustomers,
                                      Money::fromCents(i % 2 == 0 ? 900'00 : 20'00 + i)));
    m_random.seed(kSeedUsual);
    using Step = Wish (TestRefundProperties::*)();
    constexpr std::array<Step, 8> kSteps = {
        &TestRefundProperties::askForRefund,     &TestRefundProperties::askForRefund,
        &TestRefundProperties::decideRefund,     &TestRefundProperties::decideRefund,
        &TestRefundProperties::decideRefund,     &TestRefundProperties::askForAdjustment,
        &TestRefundProperties::decideAdjustment, &TestRefundProperties::takeBack};
    for (int done = 0; done < steps; done += kStepsOfBatch) {
        std::vector<Wish> wishes; // all see the same figures, so some of them become void
        for (int i = 0; i < kStepsOfBatch; ++i)
            wishes.push_back((this->*kSteps[size_t(pick(int(kSteps.size())))])());
        for (const Wish &wish : wishes) {
            (void)submit(wish.who, wish.kind, wish.payload, wish.key);
            if (pick(5) == 0)
                (void)submit(wish.who, wish.kind, wish.payload, wish.key); // a repeat
        }
        handleAtOnce();
        if (QTest::currentTestFailed())
            return;
        const QString broken = brokenRule();
        QVERIFY2(broken.isEmpty(),
                 qPrintable(QStringLiteral("after %1 steps, %2").arg(done).arg(broken)));
    }
    for (const char *happened :
         {"refunds WHERE state = 'done' AND needs = 'nobody'",
          "refunds WHERE state = 'done' AND needs = 'senior_or_finance'",
          "refunds WHERE state = 'done' AND needs = 'finance'",
          "refunds WHERE state = 'done' AND needs = 'two_people'",
          "refunds WHERE state = 'rejected'", "adjustments WHERE state = 'done'",
          "transfers WHERE kind = 'refund_reversal'"}) {
        const qint64 found = count(
            qPrintable(QStringLiteral("SELECT count(*) FROM %1").arg(QLatin1String(happened))));
        QVERIFY2(found > 0, happened);
        qInfo("%lld %s", static_cast<long long>(found), happened);
    }
}

REGISTER_TEST(TestRefundProperties);

} // namespace tst_refund_properties

#include "tst_refund_properties.moc"
