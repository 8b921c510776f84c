#include "api/operators.h"
#include "tests/support/journey_operator.h"
#include "tests/support/sent_messages.h"
#include "tests/support/test_main.h"

#include <QTest>

namespace tst_call_journey {

using namespace tests;
using namespace std::chrono_literals;

namespace {

constexpr qint64 kCamille = 7001;
const QByteArray kPassphrase = QByteArrayLiteral("seventeen green herons");
const QString kNumber = QStringLiteral("+12015550199"); // a talk, as the simulator reads it

} // namespace

/// A customer tops up, writes a script and calls: 100 seconds at 0.35 a minute. They hear badly,
/// and an operator gives half of it back.
class TestCallJourney final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void topsUpAndWritesAScript();
    void callIsDialledOnceAndTalks();
    void secondsAreChargedAndTheRestComesBack();
    void customerReadsItInFrench();
    void transcriptIsMaskedEverywhere();
    void operatorGivesHalfBack();
    void customerReadsOfTheRefundInFrench();
    void walletShowsWhatIsThere();
    void entriesAreTheWholeStory();
    void ledgerVerifies();
    void everyMessageIsFrench();
    void leavesNothingUndone();
    void cleanupTestCase();

private:
    [[nodiscard]] Json seen() { return m_stage->simulator().see(QStringLiteral("retell/calls")); }
    [[nodiscard]] QString call(const char *column)
    {
        return m_stage->value(QStringLiteral("SELECT %1 FROM calls").arg(QLatin1String(column)));
    }

    [[nodiscard]] qint64 available()
    {
        return m_stage->number(
            QStringLiteral("SELECT available FROM wallets WHERE customer_id = ?"), {kCamille});
    }
    [[nodiscard]] ProgramRun verb(const QString &words) { return m_stage->verb(words.split(u' ')); }
    [[nodiscard]] QStringList entriesOf(const char *kind);

    std::unique_ptr<JourneyStage> m_stage;
    std::vector<JourneyCustomer> m_customers;
};

void TestCallJourney::initTestCase()
{
    m_stage = std::make_unique<JourneyStage>();
    m_stage->goToCallingHours();
    m_stage->startServer();
    m_customers.emplace_back(*m_stage, kCamille, QStringLiteral("fr"));
}

void TestCallJourney::topsUpAndWritesAScript()
{
    QCOMPARE(topUpTogether(*m_stage, m_customers), QString());
    m_stage->pay(kCamille, {QStringLiteral("exact")});
    QVERIFY(m_stage->until([&] { return m_customers[0].hasRead(QStringLiteral("T-")); }));
    QCOMPARE(m_stage->balanceOf(kCamille), QStringLiteral("25.00"));
    QCOMPARE(writeScript(*m_stage, m_customers[0], QStringLiteral("fr")), QString());
}

void TestCallJourney::callIsDialledOnceAndTalks()
{
    m_stage->simulator().act(
        QStringLiteral("retell/plans"),
        {{"count", 1},
         {"steps", {"talk(100)", "duplicate(2)", "agent=Quel est le code ?", "user=C'est 4711."}}});
    QCOMPARE(placeCall(*m_stage, m_customers[0], kNumber), QString());
    QVERIFY(m_stage->until([&] { return call("state") == QStringLiteral("talking"); }, 20'000, 1s));
    QCOMPARE(call("hold"), QStringLiteral("1750000"));
    QVERIFY(m_stage->until(
        [&] { return m_stage->number(QStringLiteral("SELECT turns FROM live_transcripts")) == 2; },
        20'000, 5s));
    QVERIFY(m_customers[0].sees(QStringLiteral("call:stop:")));
}

void TestCallJourney::secondsAreChargedAndTheRestComesBack()
{
    QVERIFY(m_stage->until([&] { return call("state") == QStringLiteral("ended"); }, 30'000, 5s));
    QVERIFY(m_stage->until([&] { return !call("told_at").isEmpty(); }, 20'000, 5s));
    QCOMPARE(call("charged"), QStringLiteral("583334"));
    QCOMPARE(available(), 24'416'666);
    QCOMPARE(m_stage->number(QStringLiteral("SELECT held FROM wallets WHERE customer_id = ?"),
                             {kCamille}),
             0);
    const Json provider = seen();
    QCOMPARE(core::integerMember(provider, "dials"), std::optional<qint64>(1));
    QCOMPARE(provider["calls"].size(), size_t(1));
    QCOMPARE(core::textMember(provider["calls"][0], "call_id"),
             std::optional(call("provider_call_id")));
    QCOMPARE(m_stage->number(QStringLiteral("SELECT count(*) FROM transfers WHERE kind IN "
                                            "('hold', 'charge')")),
             2);
}

void TestCallJourney::customerReadsItInFrench()
{
    QVERIFY(m_stage->until([&] { return m_customers[0].hasRead(QStringLiteral("Facturé")); }));
    QVERIFY(m_customers[0].hasRead(QStringLiteral("0,58")));
    QVERIFY(m_customers[0].hasRead(QStringLiteral("Appel au ") + kNumber));
    QVERIFY(m_stage->until([&] { return !m_customers[0].sees(QStringLiteral("call:stop:")); },
                           10'000, 2s));
}

void TestCallJourney::transcriptIsMaskedEverywhere()
{
    QVERIFY(call("transcript").contains(QStringLiteral("[4 digits]")));
    const char *const places[] = {"calls", "inbox", "outbox", "outbox_outcomes",
                                  "live_transcripts"};
    for (const char *place : places)
        QCOMPARE(m_stage->number(QStringLiteral("SELECT count(*) FROM %1 t WHERE t::text LIKE "
                                                "'%%4711%%'")
                                     .arg(QLatin1String(place))),
                 0);
    QCOMPARE(m_stage->number(QStringLiteral("SELECT count(*) FROM inbox WHERE source = 2 AND raw "
                                            "IS NOT NULL")),
             0);
}

void TestCallJourney::operatorGivesHalfBack()
{
    QVERIFY(verbWithPassphrase(*m_stage, QStringLiteral("operator add maria --roles admin --solo"),
                               kPassphrase)
                .exitCode == 0);
    QVERIFY(verbWithPassphrase(*m_stage, QStringLiteral("sign-in maria"), kPassphrase).exitCode ==
            0);
    const QString words = QStringLiteral("refund %1 half --reason bad_audio").arg(call("id"));
    const ProgramRun shown = verb(words);
    QVERIFY2(shown.exitCode == 0, qUtf8Printable(shown.errors));
    const auto preview = api::refundPreviewFromJson(shown.json["answer"]);
    QVERIFY(preview);
    QCOMPARE(preview->paid, Money::fromMicros(583'334));
    QCOMPARE(preview->customerLanguage, QStringLiteral("fr"));
    QVERIFY(preview->customerText.contains(QStringLiteral("remboursé")));
    QStringList promised;
    for (const api::RefundEntry &entry : preview->entries)
        promised << QStringLiteral("%1 %2").arg(entry.account).arg(entry.amount.micros());
    promised.sort();
    QCOMPARE(available(), 24'416'666); // only looked at

    const ProgramRun done = verb(words + QStringLiteral(" --confirm ") + preview->hash);
    QVERIFY2(done.exitCode == 0, qUtf8Printable(done.errors));
    QCOMPARE(available(), 24'708'333);
    QCOMPARE(entriesOf("refund"), promised);
    // The same once more is of other figures: half has gone.
    QCOMPARE(verb(words + QStringLiteral(" --confirm ") + preview->hash).exitCode, 1);
    QCOMPARE(available(), 24'708'333);
}

void TestCallJourney::customerReadsOfTheRefundInFrench()
{
    const QString transfer = QStringLiteral("T-") +
                             m_stage->value(QStringLiteral("SELECT id FROM transfers WHERE kind = "
                                                           "'refund'"));
    QVERIFY(m_stage->until([&] { return m_customers[0].hasRead(transfer); }));
    const QList<Json> messages = m_customers[0].messages();
    const auto refund = std::find_if(messages.begin(), messages.end(), [&](const Json &message) {
        return core::textMember(message, "text").value_or(QString()).contains(transfer);
    });
    const QString text = core::textMember(*refund, "text").value();
    for (const QString &part : {QStringLiteral("Nous avons remboursé"), QStringLiteral("0,291667"),
                                QStringLiteral("Nouveau solde"), QStringLiteral("24,708333")})
        QVERIFY2(text.contains(part), qUtf8Printable(text));
}

void TestCallJourney::walletShowsWhatIsThere()
{
    m_customers[0].say(QStringLiteral("/wallet"));
    QVERIFY(m_stage->until([&] { return m_customers[0].sees(QStringLiteral("wallet:topup")); }));
    const Json wallet = m_customers[0].messages().back();
    QVERIFY2(
        core::textMember(wallet, "text").value_or(QString()).contains(QStringLiteral("24,708333")),
        wallet.dump().c_str());
}

/// "account amount", sorted.
QStringList TestCallJourney::entriesOf(const char *kind)
{
    QStringList entries =
        m_stage
            ->value(QStringLiteral("SELECT string_agg(e.account || ' ' || e.amount, ',') FROM "
                                   "entries e JOIN transfers t ON t.id = e.transfer_id WHERE "
                                   "t.kind = ? AND t.customer_id = ?"),
                    {QLatin1String(kind), kCamille})
            .split(u',');
    entries.sort();
    return entries;
}

void TestCallJourney::entriesAreTheWholeStory()
{
    using List = QStringList;
    QCOMPARE(entriesOf("deposit"),
             (List{QStringLiteral("available 25000000"), QStringLiteral("dynopay_clearing "
                                                                        "-25000000")}));
    QCOMPARE(entriesOf("hold"),
             (List{QStringLiteral("available -1750000"), QStringLiteral("held 1750000")}));
    QCOMPARE(entriesOf("charge"),
             (List{QStringLiteral("available 1166666"), QStringLiteral("held -1750000"),
                   QStringLiteral("revenue_calls 583334")}));
    QCOMPARE(entriesOf("refund"),
             (List{QStringLiteral("available 291667"), QStringLiteral("revenue_calls -291667")}));
    QCOMPARE(m_stage->number(QStringLiteral("SELECT sum(amount) FROM entries WHERE customer_id = ? "
                                            "AND is_customers"),
                             {kCamille}),
             available());
    QCOMPARE(m_stage->number(QStringLiteral("SELECT sum(amount) FROM entries")), 0);
}

void TestCallJourney::everyMessageIsFrench()
{
    QCOMPARE(notIn(*m_stage, kCamille, QStringLiteral("fr"), 25), QString());
}

void TestCallJourney::ledgerVerifies()
{
    const ProgramRun run = m_stage->verb({QStringLiteral("ledger"), QStringLiteral("verify")});
    QVERIFY2(run.exitCode == 0, qUtf8Printable(run.words()));
    QCOMPARE(core::boolMember(run.json, "sound"), std::optional(true));
    QCOMPARE(core::integerMember(run.json, "transfers"), std::optional<qint64>(4));
}

void TestCallJourney::leavesNothingUndone()
{
    QVERIFY(m_stage->until([&] { return m_stage->isQuiet(); }));
    QCOMPARE(m_stage->looseEnds(), QString());
    QVERIFY(m_stage->until([&] {
        return m_stage->number(
                   QStringLiteral("SELECT count(*) FROM timers WHERE key LIKE 'call:%'")) == 0;
    }));
    const Json violations = m_stage->simulator().see(QStringLiteral("violations"));
    QVERIFY2(core::integerMember(violations, "count") == 0, violations.dump().c_str());
}

void TestCallJourney::cleanupTestCase()
{
    m_customers.clear();
    m_stage.reset();
}

REGISTER_TEST(TestCallJourney);

} // namespace tst_call_journey

#include "tst_call_journey.moc"
