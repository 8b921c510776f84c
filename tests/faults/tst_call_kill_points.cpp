#include "tests/faults/kill_moments.h"
#include "tests/support/journey_operator.h"
#include "tests/support/test_main.h"

#include <QFile>
#include <QTest>

#include <cstdio>

namespace tst_call_kill_points {

using namespace tests;
using namespace std::chrono_literals;

namespace {

constexpr qint64 kFirstCustomer = 8500;
constexpr int kPatienceMs = 60'000;
constexpr unsigned kSeed = 20261123;

/// In New Jersey, and a talk, as the simulator reads its last digits.
QString numberOf(qint64 customer)
{
    return QStringLiteral("+1201%1").arg(5550099 + (customer - kFirstCustomer) * 100);
}

/// The newest of what was sent or edited.
qint64 newestChange(const QList<Json> &messages)
{
    qint64 newest = 0;
    for (const Json &message : messages)
        newest = std::max(newest, core::integerMember(message, "change").value_or(0));
    return newest;
}

/// What the bot asked last, of what it wrote or edited after the change `after`, on the way to a
/// price. Gives the change up to which there is nothing more to answer.
qint64 answerLastQuestion(JourneyCustomer &customer, qint64 after, const QString &number)
{
    const QList<Json> all = customer.messages();
    for (qsizetype i = all.size() - 1; i >= 0; --i) {
        if (core::integerMember(all[i], "change").value_or(0) <= after)
            continue;
        if (core::boolMember(all[i], "asks_for_contact").value_or(false)) {
            customer.shareOwnNumber(number);
            return newestChange(all);
        }
        for (const QString &choice :
             {QStringLiteral("call:script:"), QStringLiteral("call:to:") + number})
            if (hasButton(all[i], choice))
                return customer.tap(choice) ? newestChange(all) : after;
    }
    return after;
}

/// What both sides wrote last, for who wants to know where it got stuck.
QString lastWords(JourneyCustomer &customer)
{
    constexpr qsizetype kShown = 8;
    QStringList words;
    for (const Json &message :
         customer.messages().mid(std::max<qsizetype>(0, customer.messages().size() - kShown)))
        words << QString::fromStdString(message.dump());
    return words.join(u'\n');
}

} // namespace

/// A call of 100 seconds, half of which an operator gives back, with the server killed (SIGKILL) at
/// one of the places where that could hurt, and started again: one dial, one charge, the rest
/// released, one refund. SPEECHCAD_KILLS says how many
/// times, SPEECHCAD_KILLS_FROM with which moment to begin.
class TestCallKillPoints final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void killedAnywhereItDialsChargesAndRefundsOnce();
    void ledgerVerifies();
    void cleanupTestCase();

private:
    void startServer(const Environment &fault);
    [[nodiscard]] bool reaches(const std::function<bool()> &condition, std::chrono::seconds step);
    /// With 25 USD and a script. Empty: all went well.
    [[nodiscard]] QString prepare(JourneyCustomer &customer);
    [[nodiscard]] QString askForCall(JourneyCustomer &customer);
    [[nodiscard]] QString callOf(JourneyCustomer &customer);
    /// Of the newest call, through a preview.
    [[nodiscard]] QString refundHalf(JourneyCustomer &customer);
    [[nodiscard]] QString run(qint64 customer, const Environment &fault);
    [[nodiscard]] QString problemsOf(qint64 customer);
    [[nodiscard]] int countMoments();
    [[nodiscard]] QString newest(qint64 customer, const char *column);

    std::unique_ptr<JourneyStage> m_stage;
    std::unique_ptr<JourneyOperator> m_operator;
    int m_deaths = 0; // of the server, in this run
};

void TestCallKillPoints::initTestCase()
{
    m_stage = std::make_unique<JourneyStage>();
    m_operator = std::make_unique<JourneyOperator>(*m_stage);
    m_stage->goToCallingHours();
    m_stage->startServer();
    m_stage->simulator().act(QStringLiteral("retell/plans"),
                             {{"count", 0}, {"steps", {"talk(100)"}}});
}

void TestCallKillPoints::startServer(const Environment &fault)
{
    m_deaths = 0;
    m_stage->launchServer(0, fault);
    if (m_stage->waitForServer())
        return;
    QVERIFY(!m_stage->server().isRunning()); // killed before it was ready
    ++m_deaths;
    m_stage->startServer();
}

/// As a person waits who sees that nothing happens, while somebody starts the server again.
bool TestCallKillPoints::reaches(const std::function<bool()> &condition, std::chrono::seconds step)
{
    return m_stage->until(
        [&] {
            if (!m_stage->server().isRunning()) {
                ++m_deaths;
                m_stage->startServer();
            }
            return condition();
        },
        kPatienceMs, step);
}

QString TestCallKillPoints::newest(qint64 customer, const char *column)
{
    return m_stage->value(QStringLiteral("SELECT %1 FROM calls WHERE customer_id = ? ORDER BY id "
                                         "DESC LIMIT 1")
                              .arg(QLatin1String(column)),
                          {customer});
}

QString TestCallKillPoints::prepare(JourneyCustomer &customer)
{
    for (const JourneyStep &step : topUpSteps()) {
        if (step.act == QLatin1String("menu:wallet"))
            break;
        doStep(customer, step);
        if (!reaches([&] { return isDone(customer, step); }, {}))
            return QStringLiteral("nothing after ") + step.act;
    }
    giveMoney(*m_stage, customer.id()); // kills of the top-up are tst_kill_points'
    return writeScript(*m_stage, customer, QStringLiteral("fr"));
}

QString TestCallKillPoints::askForCall(JourneyCustomer &customer)
{
    const QString number = numberOf(customer.id());
    const auto hasPrice = [&] { return customer.sees(QStringLiteral("call:go:")); };
    const qint64 before = m_stage->number(QStringLiteral("SELECT count(*) FROM calls"), {});
    const qsizetype earlier = customer.messages().size();
    qint64 answered = newestChange(customer.messages());
    customer.say(QStringLiteral("/call"));
    // The newest question counts: where the server is killed, /call may be answered after the tap
    // on an older message's button.
    const auto goesOn = [&] {
        // A message that is repeated may stand behind the price, and a note of an earlier call
        // behind a question.
        if (customer.seesSince(earlier, QStringLiteral("call:go:")))
            return true;
        answered = answerLastQuestion(customer, answered, number);
        return false;
    };
    if (!reaches(goesOn, 1s) || !customer.tap(QStringLiteral("call:go:")))
        return QStringLiteral("no price: ") + lastWords(customer);
    const auto isPlaced = [&] {
        // Too long after the price was shown, as after a restart, the bot asks again.
        if (customer.sees(QStringLiteral("call:show")) && customer.tap(QStringLiteral("call:show")))
            return false;
        if (hasPrice())
            (void)customer.tap(QStringLiteral("call:go:"));
        return m_stage->number(QStringLiteral("SELECT count(*) FROM calls"), {}) > before;
    };
    return reaches(isPlaced, 1s) ? QString() : QStringLiteral("not placed");
}

QString TestCallKillPoints::callOf(JourneyCustomer &customer)
{
    constexpr int kTriesMax = 2; // what could not be placed is asked for again
    for (int tries = 0; tries < kTriesMax; ++tries) {
        if (const QString problem = askForCall(customer); !problem.isEmpty())
            return problem;
        const auto isOver = [&] {
            return newest(customer.id(), "is_final") == QLatin1String("true");
        };
        if (!reaches(isOver, 15s))
            return QStringLiteral("the call never ends: ") + newest(customer.id(), "state");
        if (!reaches([&] { return !newest(customer.id(), "told_at").isEmpty(); }, 15s))
            return QStringLiteral("never told how it ended");
        if (newest(customer.id(), "state") == QLatin1String("ended"))
            return {};
    }
    return QStringLiteral("every call failed");
}

QString TestCallKillPoints::refundHalf(JourneyCustomer &customer)
{
    const Money charged = Money::fromMicros(newest(customer.id(), "charged").toLongLong());
    Json wish = {{"v", 1},
                 {"call", newest(customer.id(), "id").toLongLong()},
                 {"amount", charged.timesRatioDown(1, 2).micros()},
                 {"reason", "bad_audio"}};
    const qint64 preview = m_operator->submit("refund.preview", wish);
    if (!reaches([&] { return m_operator->isDone(preview); }, 1s))
        return QStringLiteral("no preview: ") + m_operator->stateOf(preview);
    wish["hash"] = m_operator->answerOf(preview)["hash"];
    const qint64 refund = m_operator->submit("refund.execute", wish);
    if (!reaches([&] { return m_operator->isDone(refund); }, 1s))
        return QStringLiteral("no refund: ") + m_operator->stateOf(refund);
    if (!reaches([&] { return customer.hasRead(QStringLiteral("Nous avons remboursé")); }, 1s))
        return QStringLiteral("never told of the refund");
    return reaches([&] { return m_stage->isQuiet(); }, 5s) ? QString()
                                                           : QStringLiteral("never quiet");
}

QString TestCallKillPoints::run(qint64 id, const Environment &fault)
{
    m_stage->goToCallingHours();
    JourneyCustomer customer(*m_stage, id, QStringLiteral("fr"));
    if (!m_stage->server().isRunning())
        startServer({});
    if (const QString problem = prepare(customer); !problem.isEmpty())
        return problem;
    if (!m_stage->server().stop(5s))
        return QStringLiteral("the server does not stop");
    startServer(fault);
    if (const QString problem = callOf(customer); !problem.isEmpty())
        return problem;
    if (const QString problem = refundHalf(customer); !problem.isEmpty())
        return problem;
    return problemsOf(id);
}

QString TestCallKillPoints::problemsOf(qint64 customer)
{
    QStringList problems;
    const auto expect = [&](const char *what, const QString &is, const QString &shouldBe) {
        if (is != shouldBe)
            problems
                << QStringLiteral("%1: %2 instead of %3").arg(QLatin1String(what), is, shouldBe);
    };
    const auto value = [&](const char *sql) {
        return m_stage->value(QLatin1String(sql), {customer});
    };
    expect("available", value("SELECT available FROM wallets WHERE customer_id = ?"),
           QStringLiteral("24708333"));
    expect("held", value("SELECT held FROM wallets WHERE customer_id = ?"), QStringLiteral("0"));
    expect("charges",
           value("SELECT count(*) FROM transfers WHERE kind = 'charge' AND customer_id = ?"),
           QStringLiteral("1"));
    expect("given back",
           value("SELECT string_agg(available::text, ' ') FROM transfers WHERE kind = 'refund' AND "
                 "customer_id = ?"),
           QStringLiteral("291667"));
    expect("notes of it",
           value("SELECT count(*) FROM outbox WHERE lane = 'chat:' || ?::text AND payload #>> "
                 "'{texts,0,key}' = 'refund.done'"),
           QStringLiteral("1"));
    expect("holds that were not resolved",
           value("SELECT count(*) FILTER (WHERE kind = 'hold') - count(*) FILTER (WHERE kind IN "
                 "('charge', 'release')) FROM transfers WHERE customer_id = ?"),
           QStringLiteral("0"));
    expect("live calls", value("SELECT count(*) FROM calls WHERE NOT is_final AND customer_id = ?"),
           QStringLiteral("0"));
    const Json provider = m_stage->simulator().see(
        QStringLiteral("retell/calls?to=%1")
            .arg(QString::fromLatin1(QUrl::toPercentEncoding(numberOf(customer)))));
    expect("calls at the provider", QString::number(provider["calls"].size()), QStringLiteral("1"));
    expect("ledger problems",
           m_stage->value(QStringLiteral("SELECT count(*) FROM ledger_problems()")),
           QStringLiteral("0"));
    return problems.join(QStringLiteral("; "));
}

/// How many places a call and its refund pass.
int TestCallKillPoints::countMoments()
{
    const QString file = m_stage->directory() + QStringLiteral("/passes");
    const QString problem =
        run(kFirstCustomer + 1, {{QStringLiteral("SPEECHCAD_FAULT_COUNT"), file}});
    if (!problem.isEmpty() || !m_stage->server().stop(5s))
        return 0;
    QFile passes(file);
    return passes.open(QIODevice::ReadOnly) ? passes.readAll().toInt() : 0;
}

void TestCallKillPoints::killedAnywhereItDialsChargesAndRefundsOnce()
{
    QCOMPARE(run(kFirstCustomer, {}), QString());
    const int moments = countMoments();
    QVERIFY2(moments >= 40, qUtf8Printable(QString::number(moments)));

    const int from = setting("SPEECHCAD_KILLS_FROM", 0);
    const int runs = setting("SPEECHCAD_KILLS", 20);
    int killed = 0;
    QStringList failures;
    for (int index = from; index < from + runs; ++index) {
        QElapsedTimer time;
        time.start();
        const int moment = momentOf(kSeed, index, moments);
        const QString problem =
            run(kFirstCustomer + 2 + index,
                {{QStringLiteral("SPEECHCAD_KILL_AT"), QString::number(moment)}});
        killed += m_deaths > 0 ? 1 : 0;
        std::printf("run %d: %s at moment %d of %d, %lld ms: %s\n", index,
                    m_deaths > 0 ? "killed" : "not reached", moment, moments, time.elapsed(),
                    problem.isEmpty() ? "one dial, one charge, one refund"
                                      : qUtf8Printable(problem));
        std::fflush(stdout);
        if (!problem.isEmpty())
            failures << QStringLiteral("run %1: %2").arg(index).arg(problem);
    }
    QVERIFY2(failures.isEmpty(), qUtf8Printable(failures.join(u'\n')));
    // Rows are taken together as it happens, so the last few moments may not come.
    QVERIFY2(killed * 10 >= runs * 7, qUtf8Printable(QString::number(killed)));
}

void TestCallKillPoints::ledgerVerifies()
{
    const ProgramRun run = m_stage->verb({QStringLiteral("ledger"), QStringLiteral("verify")});
    QVERIFY2(run.exitCode == 0, qUtf8Printable(run.words()));
    QCOMPARE(core::boolMember(run.json, "sound"), std::optional(true));
    QCOMPARE(
        m_stage->number(QStringLiteral("SELECT count(*) FROM inbox_outcomes WHERE state = 'dead'")),
        0);
}

void TestCallKillPoints::cleanupTestCase()
{
    m_operator.reset();
    m_stage.reset();
}

REGISTER_TEST(TestCallKillPoints);

} // namespace tst_call_kill_points

#include "tst_call_kill_points.moc"
