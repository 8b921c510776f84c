#include "tests/support/journey_operator.h"
#include "tests/support/test_main.h"

#include <QFile>
#include <QTest>

namespace tst_console_only {

using namespace tests;
using namespace std::chrono_literals;

namespace {

const QByteArray kPassphrase = QByteArrayLiteral("seventeen green herons");
constexpr auto kPatience = 30s;

} // namespace

/// The console without a server in it, beside one that runs elsewhere. Its login of the database
/// may take on the console's role and has no other right.
class TestConsoleOnly final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void itSignsInAndReadsItsFirstPage();
    void cleanupTestCase() { m_stage.reset(); }

private:
    [[nodiscard]] QByteArray log() const
    {
        QFile file(m_stage->directory() + QStringLiteral("/console.log"));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    std::unique_ptr<JourneyStage> m_stage;
    QString m_url; // of the console
};

void TestConsoleOnly::initTestCase()
{
    m_stage = std::make_unique<JourneyStage>();
    m_stage->startServer();
    const auto added = verbWithPassphrase(
        *m_stage, QStringLiteral("operator add maria --roles admin --solo"), kPassphrase);
    QCOMPARE(added.exitCode, 0);
    const auto owner = database::Connection::open(m_stage->databaseUrl(), QStringLiteral("test"),
                                                  database::Role::Owner);
    QVERIFY(owner);
    const auto made = (*owner)->runScript(
        QStringLiteral("DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = "
                       "'console_clerk') THEN CREATE ROLE console_clerk LOGIN NOINHERIT IN ROLE "
                       "speechcad_console; END IF; END $$"));
    QVERIFY2(made, made ? "" : qUtf8Printable(made.error().detail));
    m_url = m_stage->databaseUrl();
    m_url.replace(QStringLiteral("user=speechcad"), QStringLiteral("user=console_clerk"));
    QVERIFY(m_url != m_stage->databaseUrl());
}

void TestConsoleOnly::itSignsInAndReadsItsFirstPage()
{
    Environment settings = {
        {QStringLiteral("SPEECHCAD_DATABASE_URL"), m_url},
        {QStringLiteral("SPEECHCAD_DATA_DIR"), m_stage->directory() + QStringLiteral("/console")},
        {QStringLiteral("SPEECHCAD_TEST_CLOCK"),
         m_stage->environment().value(QStringLiteral("SPEECHCAD_TEST_CLOCK"))},
        {QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen")},
        {QStringLiteral("SPEECHCAD_TEST_SIGN_IN"),
         QStringLiteral("maria:") + QString::fromLatin1(kPassphrase)}};
    Program console({.name = QStringLiteral("speechcad"),
                     .arguments = {QStringLiteral("--console-only")},
                     .environment = settings,
                     .logFile = m_stage->directory() + QStringLiteral("/console.log")});
    QVERIFY2(m_stage->until([this] { return log().contains("the first page is there"); }, 60'000),
             log().constData());
    // It hears of changes, reads pages and submits commands by that login alone.
    QCOMPARE(m_stage->value(QStringLiteral(
                 "SELECT string_agg(DISTINCT application_name, ' ' ORDER BY application_name) FROM "
                 "pg_stat_activity WHERE usename = 'console_clerk'")),
             QStringLiteral("speechcad console speechcad listen speechcad read"));
    QVERIFY2(!log().contains("permission denied"), log().constData());
    QVERIFY(console.isRunning());
    QVERIFY(console.stop(kPatience));
}

REGISTER_TEST(TestConsoleOnly);

} // namespace tst_console_only

#include "tst_console_only.moc"
