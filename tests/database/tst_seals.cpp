#include "ledger/seal_keeper.h"
#include "ledger/sealer.h"
#include "tests/database/seal_fixture.h"
#include "tests/support/test_main.h"

#include <QFile>

namespace tst_seals {

using namespace tests;
using namespace std::chrono_literals;

/// Making seals: what is covered, in which order, and the file beside the database.
class TestSeals final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void everythingNewIsSealedOnce();
    void whatIsNotSealedYetIsNamed();
    void whatIsSealedMeanwhileIsNoProblem();
    void aRowThatCommitsLateIsWaitedFor();
    void aClockSetBackSealsOn();
    void moreThanOneSealTakesGetsSeveral();
    void theTableRefusesWhatDoesNotFollow_data();
    void theTableRefusesWhatDoesNotFollow();
    void anotherKeySealsNothing();
    void aTornLastLineIsWrittenAgain();
    void aFileThatIsBehindIsCompleted();
    void aFileThatIsAheadStopsTheSealing();
    void ofTwoKeepersOneSeals();

private:
    [[nodiscard]] QByteArray fileText() const
    {
        QFile file(m_stage->book().file());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void write(const QByteArray &text) const
    {
        QFile file(m_stage->book().file());
        if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) ||
            file.write(text) != text.size())
            qFatal("no file");
    }
    std::unique_ptr<SealStage> m_stage;
};

void TestSeals::init()
{
    m_stage.reset(); // its connections first
    m_stage = std::make_unique<SealStage>(emptiedDatabase());
}

void TestSeals::everythingNewIsSealedOnce()
{
    m_stage->addRows(12);
    QCOMPARE(m_stage->seal(), 1);
    QCOMPARE(m_stage->seal(), 0); // nothing is new
    m_stage->addRows(5);
    QCOMPARE(m_stage->seal(), 1);
    const auto report = m_stage->verify();
    QCOMPARE(report.problems, QStringList());
    QCOMPARE(report.seals, 2);
    QCOMPARE(report.transfers.sealed, m_stage->count("transfers"));
    QCOMPARE(report.audit.sealed, m_stage->count("audit"));
    QCOMPARE(report.transfers.unsealed + report.audit.unsealed, 0);
    QCOMPARE(report.missingInFile, 0);
    QCOMPARE(fileText().count('\n'), 2);
}

void TestSeals::whatIsNotSealedYetIsNamed()
{
    m_stage->addRows(4);
    QCOMPARE(m_stage->seal(), 1);
    const qint64 sealed = m_stage->count("transfers");
    m_stage->addRows(3);
    const auto report = m_stage->verify();
    QCOMPARE(report.problems, QStringList());
    QCOMPARE(report.transfers.sealed, sealed);
    QCOMPARE(report.transfers.unsealed, m_stage->count("transfers") - sealed);
    QCOMPARE(report.transfers.firstUnsealed,
             m_stage->number("SELECT min(id) FROM transfers WHERE id > (SELECT transfers_upto "
                             "FROM seals)"));
    QCOMPARE(report.transfers.lastUnsealed, m_stage->number("SELECT max(id) FROM transfers"));
    QCOMPARE(report.audit.unsealed, 3);
}

/// A running server goes on while somebody verifies: the file gets ahead of the snapshot.
void TestSeals::whatIsSealedMeanwhileIsNoProblem()
{
    m_stage->addRows(4);
    QCOMPARE(m_stage->seal(), 1);
    const auto other = openConnection(m_stage->url());
    int meanwhile = 0;
    const auto verified =
        ledger::verify(*other,
                       ledger::SealCheck{.publicKey = m_stage->signer().publicKey(),
                                         .file = m_stage->book().file()},
                       [&](const QString &, int) {
                           m_stage->addRows(1);
                           meanwhile += m_stage->seal();
                           return true;
                       });
    QVERIFY(verified && meanwhile > 0);
    QCOMPARE(verified->seals->problems, QStringList());
    QVERIFY(verified->isSound());
    QCOMPARE(verified->seals->seals, 1);
    QCOMPARE(m_stage->verify().seals, 1 + meanwhile);
}

/// Its id is lower than one that is committed already: a seal that did not wait would miss it.
void TestSeals::aRowThatCommitsLateIsWaitedFor()
{
    m_stage->addRows(2);
    const auto slow = openConnection(m_stage->url());
    auto late = database::Transaction::begin(*slow);
    QVERIFY(late);
    const QString insert = QStringLiteral(
        "INSERT INTO audit (at, operator_name, roles, action, result, origin, cause_id) VALUES "
        "(now(), 'maria', '{admin}', 'late', 'done', 'local', 1)");
    QVERIFY(late->run(insert));
    QVERIFY(m_stage->connection().run(insert));
    const auto refused = ledger::sealNext(m_stage->connection(), m_stage->signer(), kMorning);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Conflict);
    QCOMPARE(m_stage->count("seals"), 0);
    QVERIFY(late->commit());
    QCOMPARE(m_stage->seal(), 1);
    QCOMPARE(m_stage->verify().audit.sealed, 4);
    QCOMPARE(m_stage->verify().problems, QStringList());
}

void TestSeals::aClockSetBackSealsOn()
{
    m_stage->addRows(2);
    QCOMPARE(m_stage->seal(kMorning), 1);
    m_stage->addRows(2);
    QCOMPARE(m_stage->seal(kMorning - 1h), 1);
    QCOMPARE(m_stage->number("SELECT count(DISTINCT at) FROM seals"), 1);
    QCOMPARE(m_stage->verify().problems, QStringList());
}

void TestSeals::moreThanOneSealTakesGetsSeveral()
{
    m_stage->addRows(1);
    const auto owner = openConnection(m_stage->url(), database::Role::Owner);
    QVERIFY(
        owner->runScript(QStringLiteral("SELECT setval(pg_get_serial_sequence('audit', 'id'), %1)")
                             .arg(ledger::kSealedIdsMax + 5)));
    m_stage->addRows(1);
    QCOMPARE(m_stage->seal(), 2);
    QCOMPARE(m_stage->verify().problems, QStringList());
    QCOMPARE(m_stage->verify().audit.sealed, 2);
}

void TestSeals::theTableRefusesWhatDoesNotFollow_data()
{
    QTest::addColumn<QString>("sql");
    const auto row = [](const char *name, const char *sql) {
        QTest::newRow(name) << QString::fromLatin1(sql);
    };
    const auto copy = [&](const char *name, const char *columns) {
        QTest::newRow(name) << QStringLiteral("INSERT INTO seals (id, at, transfers_upto, "
                                              "audit_upto, body, signature) SELECT %1, signature "
                                              "FROM seals ORDER BY id DESC LIMIT 1")
                                   .arg(QLatin1String(columns));
    };
    row("changed", "UPDATE seals SET at = at");
    row("taken away", "DELETE FROM seals");
    row("emptied", "TRUNCATE seals");
    copy("the same again", "id + 1, at, transfers_upto, audit_upto, body");
    copy("a gap",
         "id + 2, at, transfers_upto, audit_upto, replace(body, '\"seal\":1', '\"seal\":3')");
    copy("not naming the one before",
         "id + 1, at, transfers_upto, audit_upto, replace(body, '\"seal\":1', '\"seal\":2')");
    copy("beginning anew", "1, at, transfers_upto, audit_upto, body");
}

void TestSeals::theTableRefusesWhatDoesNotFollow()
{
    QFETCH(QString, sql);
    m_stage->addRows(3);
    QCOMPARE(m_stage->seal(), 1);
    const auto owner = openConnection(m_stage->url(), database::Role::Owner);
    QVERIFY(!owner->runScript(sql));
    QVERIFY(!m_stage->connection().runScript(sql));
    QCOMPARE(m_stage->verify().problems, QStringList());
}

void TestSeals::anotherKeySealsNothing()
{
    m_stage->addRows(3);
    QCOMPARE(m_stage->seal(), 1);
    m_stage->addRows(3);
    const seals::Signer another(QByteArray(32, 'x'));
    const auto refused = ledger::sealNext(m_stage->connection(), another, kMorning);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::DatabaseRefused);
    QCOMPARE(m_stage->count("seals"), 1);
    QVERIFY(!m_stage->verify(another.publicKey()).problems.isEmpty());
    QVERIFY(m_stage->verify(QByteArray()).problems.first().contains(u"no key file"));
}

void TestSeals::aTornLastLineIsWrittenAgain()
{
    for (int i = 0; i < 3; ++i) {
        m_stage->addRows(2);
        QCOMPARE(m_stage->seal(), 1);
    }
    const QByteArray whole = fileText();
    const qsizetype lastLine = whole.lastIndexOf('\n', whole.size() - 2) + 1;
    QVERIFY(lastLine > 0);
    for (qsizetype cut = lastLine; cut < whole.size(); ++cut) {
        write(whole.first(cut));
        const auto report = m_stage->verify();
        QCOMPARE(report.problems, QStringList());
        QCOMPARE(report.missingInFile, 1);
        QCOMPARE(m_stage->seal(), 0);
        QCOMPARE(fileText(), whole);
    }
}

/// Another machine that takes over has no file, or an older one.
void TestSeals::aFileThatIsBehindIsCompleted()
{
    for (int i = 0; i < 3; ++i) {
        m_stage->addRows(2);
        QCOMPARE(m_stage->seal(), 1);
    }
    const QByteArray whole = fileText();
    write(whole.first(whole.indexOf('\n') + 1));
    QCOMPARE(m_stage->verify().missingInFile, 2);
    QCOMPARE(m_stage->seal(), 0);
    QCOMPARE(fileText(), whole);
    QVERIFY(QFile::remove(m_stage->book().file()));
    QVERIFY(m_stage->verify().problems.first().contains(u"cannot be read"));
    QCOMPARE(m_stage->seal(), 0);
    QCOMPARE(fileText(), whole);
}

/// The newest seals were taken out of the database: the file is the evidence, and stays.
void TestSeals::aFileThatIsAheadStopsTheSealing()
{
    for (int i = 0; i < 3; ++i) {
        m_stage->addRows(2);
        QCOMPARE(m_stage->seal(), 1);
    }
    const QByteArray whole = fileText();
    const auto owner = openConnection(m_stage->url(), database::Role::Owner);
    QVERIFY(owner->runScript(QStringLiteral("SET session_replication_role = replica; "
                                            "DELETE FROM seals WHERE id = 3")));
    const auto refused = ledger::SealKeeper::sealAll(m_stage->connection(), m_stage->signer(),
                                                     m_stage->book(), kMorning);
    QVERIFY(!refused);
    QVERIFY(!refused.error().transient);
    QVERIFY2(refused.error().detail.contains(u"no seal 3"), qPrintable(refused.error().detail));
    QCOMPARE(m_stage->count("seals"), 2);
    QCOMPARE(fileText(), whole);
    QVERIFY(m_stage->verify().problems.first().contains(u"the database has not"));
}

void TestSeals::ofTwoKeepersOneSeals()
{
    core::FakeClock clock(kMorning);
    QStringList told;
    std::mutex mutex;
    const auto setup = [&] {
        return ledger::SealKeeper::Setup{.databaseUrl = m_stage->url(),
                                         .directory = m_stage->directory(),
                                         .installationKey = kInstallationKey,
                                         .told = [&](const QString &problem) {
                                             const std::scoped_lock lock(mutex);
                                             told << problem;
                                         }};
    };
    ledger::SealKeeper first(setup(), clock);
    ledger::SealKeeper second(setup(), clock);
    // Each round of whoever leads says that all is well.
    const auto rounds = [&] {
        const std::scoped_lock lock(mutex);
        return told.size();
    };
    first.start();
    second.start();
    QTRY_COMPARE(rounds(), 1);
    for (int minute = 1, expected = 2; minute <= 5; ++minute, ++expected) {
        m_stage->addRows(2);
        clock.advance(60s);
        QTRY_COMPARE(rounds(), expected);
        QCOMPARE(m_stage->count("seals"), minute);
        QVERIFY(first.newestAt().has_value() != second.newestAt().has_value());
        if (minute == 3) {
            (first.newestAt() ? first : second).stop();
            ++expected;
            QTRY_COMPARE(rounds(), expected); // the other one begins at once
        }
    }
    QTRY_COMPARE(fileText().count('\n'), 5);
    first.stop();
    second.stop();
    QCOMPARE(m_stage->verify().problems, QStringList());
    QVERIFY(told.filter(QRegularExpression(QStringLiteral("."))).isEmpty());
}

REGISTER_TEST(TestSeals);

} // namespace tst_seals

#include "tst_seals.moc"
