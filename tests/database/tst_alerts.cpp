#include "assembly/alerts.h"
#include "core/json.h"
#include "core/log.h"
#include "tests/support/test_main.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

namespace tst_alerts {

Q_LOGGING_CATEGORY(lcTest, "test")

using namespace std::chrono_literals;

/// The program that is told of critical alerts.
class TestAlerts final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void theProgramGetsOneObjectAndNothingElse();
    void aStateIsToldOnceUntilItClears();
    void theSameLineIsToldOnceAnHour();
    void noPhoneNumberAndNoSecretIsTold();
    void criticalLinesOfTheLogAreTold();
    void aProgramThatHangsIsEnded();
    void aProgramThatIsNotThereHurtsNobody();

private:
    /// Its path; what it says goes into a file.
    QString script(const QByteArray &body);
    [[nodiscard]] QList<Json> told() const;
    [[nodiscard]] QByteArray content(const char *name) const
    {
        QFile file(m_directory->filePath(QString::fromLatin1(name)));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    core::FakeClock m_clock{core::fromIso(u"2026-11-22T08:00:00Z").value()};
};

void TestAlerts::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
}

QString TestAlerts::script(const QByteArray &body)
{
    QFile file(m_directory->filePath(QStringLiteral("program")));
    const QByteArray text = "#!/bin/sh\ncd '" + m_directory->path().toUtf8() + "'\n" + body + '\n';
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() ||
        !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner))
        qFatal("no script");
    return file.fileName();
}

QList<Json> TestAlerts::told() const
{
    QList<Json> alerts;
    for (const QByteArray &line : content("told").split('\n')) {
        if (const auto alert = core::parseJson(line); alert && !line.isEmpty())
            alerts << *alert;
    }
    return alerts;
}

void TestAlerts::theProgramGetsOneObjectAndNothingElse()
{
    qputenv("TELEGRAM_BOT_TOKEN", "a token that is a secret");
    assembly::Alerts alerts(
        {.command = script("cat >> told\nenv > environment\necho \"$@\" > arguments") +
                    QStringLiteral(" --room \"night shift\"")},
        m_clock);
    alerts.start();
    alerts.raise(QStringLiteral("conservation"), QStringLiteral("`touch broken`; $(touch broken)"));
    QTRY_COMPARE(told().size(), 1);
    alerts.stop();
    qunsetenv("TELEGRAM_BOT_TOKEN");
    QCOMPARE(core::textMember(told()[0], "alert"), QStringLiteral("conservation"));
    QCOMPARE(core::textMember(told()[0], "level"), QStringLiteral("critical"));
    QCOMPARE(core::textMember(told()[0], "at"), QStringLiteral("2026-11-22T08:00:00.000000Z"));
    QCOMPARE(core::textMember(told()[0], "words"),
             QStringLiteral("`touch broken`; $(touch broken)"));
    QCOMPARE(content("arguments"), QByteArray("--room night shift\n"));
    QVERIFY(content("environment").contains("PATH="));
    QVERIFY(!content("environment").contains("TELEGRAM"));
    QVERIFY(!QFile::exists(m_directory->filePath(QStringLiteral("broken"))));
}

void TestAlerts::aStateIsToldOnceUntilItClears()
{
    assembly::Alerts alerts({.command = script("cat >> told")}, m_clock);
    alerts.start();
    for (int i = 0; i < 5; ++i)
        alerts.raise(QStringLiteral("seals"), QStringLiteral("try %1").arg(i));
    alerts.clear(QStringLiteral("seals"));
    alerts.raise(QStringLiteral("seals"), QStringLiteral("again"));
    QTRY_COMPARE(told().size(), 2);
    alerts.stop();
    QCOMPARE(told().size(), 2);
    QCOMPARE(core::textMember(told()[1], "words"), QStringLiteral("again"));
}

void TestAlerts::theSameLineIsToldOnceAnHour()
{
    assembly::Alerts alerts({.command = script("cat >> told")}, m_clock);
    alerts.start();
    const auto note = [&](int number) {
        alerts.note(QStringLiteral("log.engine"), QStringLiteral("event %1 is dead").arg(number));
    };
    note(1);
    note(2);
    m_clock.advance(59min);
    note(3);
    alerts.note(QStringLiteral("log.engine"), QStringLiteral("something else"));
    m_clock.advance(1min);
    note(4);
    QTRY_COMPARE(told().size(), 3);
    alerts.stop();
    QCOMPARE(core::textMember(told()[2], "words"), QStringLiteral("event 4 is dead"));
}

void TestAlerts::noPhoneNumberAndNoSecretIsTold()
{
    core::hideInLog(QStringLiteral("hush-hush-hush"));
    assembly::Alerts alerts({.command = script("cat >> told")}, m_clock);
    alerts.start();
    alerts.raise(QStringLiteral("x"), QStringLiteral("call to +14155550123 with hush-hush-hush"));
    QTRY_COMPARE(told().size(), 1);
    alerts.stop();
    QCOMPARE(core::textMember(told()[0], "words"), QStringLiteral("call to [phone] with [secret]"));
}

void TestAlerts::criticalLinesOfTheLogAreTold()
{
    assembly::Alerts alerts({.command = script("cat >> told")}, m_clock);
    alerts.start();
    const QtMessageHandler previous = qInstallMessageHandler(nullptr);
    core::installLog(core::LogFormat::Text);
    core::onCriticalLine([&](const QString &category, const QString &words) {
        alerts.note(QStringLiteral("log.") + category, words);
    });
    qCWarning(lcTest) << "a warning is no alert";
    qCCritical(lcTest).noquote() << "deposit 7 was paid twice, by +14155550123";
    core::onCriticalLine({});
    qCCritical(lcTest) << "nobody listens any more";
    qInstallMessageHandler(previous);
    QTRY_COMPARE(told().size(), 1);
    alerts.stop();
    QCOMPARE(core::textMember(told()[0], "alert"), QStringLiteral("log.test"));
    QCOMPARE(core::textMember(told()[0], "words"),
             QStringLiteral("deposit 7 was paid twice, by [phone]"));
}

void TestAlerts::aProgramThatHangsIsEnded()
{
    assembly::Alerts alerts(
        {.command = script("cat >> told\nexec tail -f /dev/null"), .patience = 300ms}, m_clock);
    alerts.start();
    QElapsedTimer time;
    time.start();
    alerts.raise(QStringLiteral("first"), QStringLiteral("hangs"));
    alerts.raise(QStringLiteral("second"), QStringLiteral("is told all the same"));
    QVERIFY(time.elapsed() < 200); // who raises does not wait
    QTRY_COMPARE(told().size(), 2);
    alerts.stop();
    QVERIFY(time.elapsed() < 20'000);
}

void TestAlerts::aProgramThatIsNotThereHurtsNobody()
{
    assembly::Alerts missing({.command = QStringLiteral("/nowhere/at/all")}, m_clock);
    missing.start();
    missing.raise(QStringLiteral("x"), QStringLiteral("x"));
    missing.stop();
    assembly::Alerts none({.command = QString()}, m_clock);
    none.start();
    none.raise(QStringLiteral("x"), QStringLiteral("x"));
    none.stop();
}

REGISTER_TEST(TestAlerts);

} // namespace tst_alerts

#include "tst_alerts.moc"
