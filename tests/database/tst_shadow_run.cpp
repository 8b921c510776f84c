#include "tests/database/engine_fixture.h"
#include "tests/support/test_main.h"

namespace tst_shadow_run {

using engine::Outcome;
using tests::column;
using tests::entry;
using tests::kMorning;
using tests::openConnection;

namespace {

const QList<engine::EffectReader> kReaders = {
    {QStringLiteral("handled"),
     QStringLiteral("SELECT lane, what FROM handled WHERE inbox_id = ?")},
    {QStringLiteral("outbox"),
     QStringLiteral("SELECT method, payload FROM outbox WHERE cause_id = ?")},
};

} // namespace

/// What a handler would do, without doing it.
class TestShadowRun : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void effectsAreReportedAndNothingIsLeft();
    void whatTheCommitWouldRefuseIsRefused();
    void failingOrThrowingHandlerIsAnError();
    void unknownKindAndMalformedPayloadAreBadInput();
    void recordedKeyIsADuplicate();
    void lockedRowIsNotWaitedFor();

private:
    Result<engine::ShadowReport> shadow(const char *kind, const QByteArray &payload = "{}")
    {
        return engine::shadowRun(*m_connection, m_routes,
                                 entry(QStringLiteral("preview"), QStringLiteral("customer:7"),
                                       QLatin1String(kind), payload),
                                 tests::kInstallationKey, kReaders, kMorning);
    }
    [[nodiscard]] QStringList leftovers()
    {
        QStringList counts;
        for (const char *table : {"handled", "outbox", "outbox_waiting", "inbox", "inbox_keys",
                                  "inbox_waiting", "inbox_outcomes", "timers"})
            counts << column(
                *m_connection,
                QStringLiteral("SELECT count(*) AS answer FROM %1").arg(QLatin1String(table)));
        counts.removeAll(QStringLiteral("0"));
        return counts;
    }
    QString m_url;
    std::unique_ptr<database::Connection> m_connection;
    engine::RoutingTable m_routes;
};

void TestShadowRun::init()
{
    m_connection.reset();
    m_url = tests::engineDatabase(tests::emptiedDatabase());
    m_connection = openConnection(m_url);
    m_routes = tests::countingRoutes();
    m_routes.add(
        {.kind = QStringLiteral("say"),
         .handle = [](const engine::Event &event, engine::Context &context) -> Result<Outcome> {
             const auto sent = context.send({.requestKey = {},
                                             .method = QStringLiteral("sendMessage"),
                                             .lane = QStringLiteral("chat:7"),
                                             .payload = {{"text", "hello"}}});
             return sent ? tests::note(event, context) : failure(sent.error());
         }});
    m_routes.add({.kind = QStringLiteral("break"), .handle = tests::breakAtCommit});
    m_routes.add({.kind = QStringLiteral("refuse"), .handle = tests::refuse});
    m_routes.add({.kind = QStringLiteral("throw"),
                  .handle = [](const engine::Event &, engine::Context &) -> Result<Outcome> {
                      throw std::runtime_error("thrown by the test");
                  }});
}

void TestShadowRun::effectsAreReportedAndNothingIsLeft()
{
    const auto report = shadow("say");
    QVERIFY2(report, report ? "" : qPrintable(report.error().detail));
    QCOMPARE(report->outcome, Outcome::Handled);
    QCOMPARE(core::toBytes(report->effects),
             QByteArray(R"({"handled":[{"lane":"customer:7","what":"say"}],)"
                        R"("outbox":[{"method":"sendMessage","payload":{"text":"hello"}}]})"));
    QCOMPARE(leftovers(), QStringList());
    QVERIFY(shadow("say")); // again, as nothing was kept
}

void TestShadowRun::whatTheCommitWouldRefuseIsRefused()
{
    const auto report = shadow("break");
    QVERIFY(!report);
    QCOMPARE(report.error().code, ErrorCode::ConstraintViolated);
    QCOMPARE(leftovers(), QStringList());
}

void TestShadowRun::failingOrThrowingHandlerIsAnError()
{
    QCOMPARE(shadow("refuse").error().code, ErrorCode::ProviderRefused);
    QCOMPARE(shadow("throw").error().code, ErrorCode::Internal);
    QCOMPARE(leftovers(), QStringList());
}

void TestShadowRun::unknownKindAndMalformedPayloadAreBadInput()
{
    QCOMPARE(shadow("nobody's").error().code, ErrorCode::BadInput);
    QCOMPARE(shadow("say", "{").error().code, ErrorCode::BadInput);
}

void TestShadowRun::recordedKeyIsADuplicate()
{
    tests::recordAll(*m_connection,
                     {entry(QStringLiteral("preview"), QStringLiteral("customer:7"))});
    QCOMPARE(shadow("say").error().code, ErrorCode::Duplicate);
    QCOMPARE(tests::waiting(*m_connection), 1);
}

void TestShadowRun::lockedRowIsNotWaitedFor()
{
    m_routes.add({.kind = QStringLiteral("lock"),
                  .handle = [](const engine::Event &, engine::Context &context) {
                      return tests::run(
                          context, QStringLiteral("UPDATE timers SET kind = 'x' WHERE key = 't'"),
                          {});
                  }});
    auto owner = openConnection(m_url, database::Role::Owner);
    QVERIFY(
        owner->run(QStringLiteral("INSERT INTO timers VALUES ('t', now(), 'k', 'l', '{}', 1)")));
    auto holder = database::Transaction::begin(*owner);
    QVERIFY(holder->run(QStringLiteral("SELECT key FROM timers WHERE key = 't' FOR UPDATE")));
    const auto report = shadow("lock");
    QVERIFY(!report);
    QCOMPARE(report.error().code, ErrorCode::Conflict);
    QVERIFY(report.error().detail.contains(QLatin1String("lock timeout")));
}

REGISTER_TEST(TestShadowRun);

} // namespace tst_shadow_run

#include "tst_shadow_run.moc"
