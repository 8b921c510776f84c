#include "tests/database/courier_fixture.h"
#include "tests/support/test_main.h"

#include <QRegularExpression>

namespace tst_delivery_restarts {

using namespace std::chrono_literals;
using tests::CourierFixture;
using tests::ProviderCall;

namespace {

QString text(int number)
{
    return QStringLiteral("m%1").arg(number);
}

} // namespace

/// A courier that dies, loses its database or its lead, and one that is stopped.
class TestDeliveryRestarts final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rowsLeftBehindByACrashAreSentOnceMore();
    void clockMovedPastTheMinuteSendsNothingTwice();
    void onlyTheLeaderSendsAndTheOtherTakesOver();
    void cutConnectionIsMadeAnew();
    void stopWaitsForAnswersUnderWay();
    void answerThatCameWhileTheDatabaseWasAwayCounts();
    void rowThatAnotherLeaderTookIsItsOwn();
    void outcomeThatCannotBeWrittenIsWrittenLater();
    void rowMarkedByACommitNobodySawIsUnknown();
};

void TestDeliveryRestarts::rowsLeftBehindByACrashAreSentOnceMore()
{
    CourierFixture fixture;
    std::vector<OutboxId> ids;
    for (int i = 0; i < 40; ++i)
        ids.push_back(fixture.sendMessage(1 + i % 20, text(i)));
    // What a courier leaves behind that dies between its commit and the answers.
    fixture.inTransaction([&](database::Transaction &transaction) -> Result<void> {
        const auto due =
            queue::dueHeads(transaction, queue::Provider::Telegram, {}, 64, fixture.clock.now());
        if (!due)
            return failure(due.error());
        return queue::markSending(transaction, due->heads, fixture.clock.now() + 60s);
    });
    QCOMPARE(fixture.number(QStringLiteral(
                 "SELECT count(*) AS n FROM outbox_waiting WHERE state = 'sending'")),
             20);
    fixture.provider.answer = [&](const ProviderCall &call, const http::Reply &reply) {
        // Half of them hang up once: its second unknown outcome, so it is sent a third time.
        const qint64 chat = core::integerMember(call.body, "chat_id").value_or(0);
        if (chat % 2 == 0 && fixture.provider.texts(chat).size() == 1)
            return reply.hangUp();
        fixture.provider.accept(reply);
    };
    fixture.start();
    QTRY_COMPARE(fixture.number(QStringLiteral("SELECT count(*) AS n FROM outbox_outcomes")), 20);
    QTRY_COMPARE(fixture.number(QStringLiteral(
                     "SELECT count(*) AS n FROM outbox_waiting WHERE state = 'unknown'")),
                 10);
    fixture.clock.advance(delivery::pauseAfterUnknown(1));
    QTRY_COMPARE(fixture.waiting(), 0);
    for (int i = 0; i < 40; ++i) {
        const qsizetype sent = fixture.provider.texts(1 + i % 20).count(text(i));
        const bool hungUp = i < 20 && i % 2 == 1; // chats are counted from 1
        QCOMPARE(sent, hungUp ? 2 : 1);
    }
}

void TestDeliveryRestarts::clockMovedPastTheMinuteSendsNothingTwice()
{
    CourierFixture fixture;
    std::optional<http::Reply> slow;
    fixture.provider.answer = [&](const ProviderCall &call, const http::Reply &reply) {
        if (core::integerMember(call.body, "chat_id") == 1)
            slow = reply;
        else
            fixture.provider.accept(reply);
    };
    fixture.sendMessage(1, text(0));
    fixture.start();
    QTRY_VERIFY(slow);
    fixture.clock.advance(1h);
    const OutboxId other = fixture.sendMessage(2, text(0));
    QTRY_COMPARE(fixture.stateOf(other), QStringLiteral("sent"));
    QCOMPARE(fixture.provider.texts(1).size(), 1);
    fixture.provider.accept(*slow);
    QTRY_COMPARE(fixture.waiting(), 0);
    QCOMPARE(fixture.provider.texts(1).size(), 1);
}

void TestDeliveryRestarts::onlyTheLeaderSendsAndTheOtherTakesOver()
{
    CourierFixture fixture;
    fixture.start();
    fixture.sendMessage(1, text(0));
    QTRY_COMPARE(fixture.waiting(), 0);
    auto otherSettings = fixture.settings;
    otherSettings.telegram.token = QStringLiteral("34:other");
    delivery::Courier other(fixture.url, nullptr, otherSettings, fixture.clock);
    other.start();
    for (int i = 1; i < 20; ++i) {
        fixture.sendMessage(1, text(i));
        other.wake();
        QTRY_COMPARE(fixture.waiting(), 0);
    }
    for (const ProviderCall &call : fixture.provider.calls)
        QVERIFY(call.path.startsWith("/bot12:token/"));
    fixture.courier->stop();
    fixture.sendMessage(1, text(20));
    QTRY_COMPARE(fixture.waiting(), 0);
    QVERIFY(fixture.provider.calls.back().path.startsWith("/bot34:other/"));
    QCOMPARE(fixture.provider.texts(1).size(), 21);
}

void TestDeliveryRestarts::cutConnectionIsMadeAnew()
{
    CourierFixture fixture;
    fixture.start();
    fixture.sendMessage(1, text(0));
    QTRY_COMPARE(fixture.waiting(), 0);
    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(QStringLiteral("waits for the database")));
    const auto cut = tests::psql(
        fixture.url, QStringLiteral("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE "
                                    "application_name = 'speechcad outbox' AND datname = "
                                    "current_database()"));
    QCOMPARE(cut.output, QStringLiteral("t"));
    fixture.sendMessage(1, text(1));
    QTRY_COMPARE(fixture.waiting(), 0);
    QCOMPARE(fixture.provider.texts(1), QStringList({text(0), text(1)}));
}

void TestDeliveryRestarts::stopWaitsForAnswersUnderWay()
{
    CourierFixture fixture;
    const OutboxId message = fixture.sendMessage(1, text(0));
    fixture.sendMessage(1, text(1));
    std::optional<http::Reply> slow;
    fixture.provider.answer = [&](const ProviderCall &, const http::Reply &reply) { slow = reply; };
    fixture.start();
    QTRY_VERIFY(slow);
    const core::ThreadPtr stopper =
        core::startThread(QStringLiteral("stopper"), [&] { fixture.courier->stop(); });
    fixture.provider.accept(*slow);
    QTRY_VERIFY(stopper->isFinished());
    QCOMPARE(fixture.stateOf(message), QStringLiteral("sent"));
    QCOMPARE(fixture.waiting(), 1);
}

namespace {

void cutDatabase(CourierFixture &fixture)
{
    const auto cut = tests::psql(
        fixture.url, QStringLiteral("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE "
                                    "application_name = 'speechcad outbox' AND datname = "
                                    "current_database()"));
    QCOMPARE(cut.output, QStringLiteral("t"));
}

} // namespace

void TestDeliveryRestarts::answerThatCameWhileTheDatabaseWasAwayCounts()
{
    CourierFixture fixture;
    std::optional<http::Reply> slow;
    fixture.provider.answer = [&](const ProviderCall &, const http::Reply &reply) { slow = reply; };
    const OutboxId message = fixture.sendMessage(1, text(0));
    fixture.start();
    QTRY_VERIFY(slow);
    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(QStringLiteral("waits for the database")));
    cutDatabase(fixture);
    // It leads again, and has not sent the message a second time.
    const OutboxId other = fixture.sendMessage(2, text(0));
    const http::Reply first = *slow;
    slow.reset();
    QTRY_VERIFY(slow);
    fixture.provider.accept(*slow);
    QTRY_COMPARE(fixture.stateOf(other), QStringLiteral("sent"));
    fixture.provider.accept(first);
    QTRY_COMPARE(fixture.stateOf(message), QStringLiteral("sent"));
    QCOMPARE(fixture.provider.texts(1).size(), 1);
}

void TestDeliveryRestarts::rowThatAnotherLeaderTookIsItsOwn()
{
    CourierFixture fixture;
    std::vector<http::Reply> slow;
    fixture.provider.answer = [&](const ProviderCall &, const http::Reply &reply) {
        slow.push_back(reply);
    };
    const OutboxId message = fixture.sendMessage(1, text(0));
    fixture.start();
    QTRY_COMPARE(slow.size(), 1u);
    // What another server does that leads while this one has lost its connection.
    fixture.inTransaction([&](database::Transaction &transaction) -> Result<void> {
        const auto adopted = queue::adoptSending(transaction);
        return adopted ? Result<void>() : failure(adopted.error());
    });
    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(QStringLiteral("waits for the database")));
    cutDatabase(fixture);
    QTRY_COMPARE(slow.size(), 2u);
    fixture.provider.accept(slow[0]); // too late: of a request that is nobody's any more
    const OutboxId other = fixture.sendMessage(2, text(0));
    QTRY_COMPARE(slow.size(), 3u);
    fixture.provider.accept(slow[2]);
    QTRY_COMPARE(fixture.stateOf(other), QStringLiteral("sent"));
    QCOMPARE(fixture.stateOf(message), QString());
    fixture.provider.accept(slow[1]);
    QTRY_COMPARE(fixture.stateOf(message), QStringLiteral("sent"));
    QVERIFY(fixture.answerOf(message) == Json({{"message_id", 103}}));
}

void TestDeliveryRestarts::outcomeThatCannotBeWrittenIsWrittenLater()
{
    CourierFixture fixture;
    const OutboxId message = fixture.sendMessage(1, text(0));
    const OutboxId other = fixture.sendMessage(2, text(0));
    const auto refuse = tests::psql(
        fixture.url,
        QStringLiteral("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF "
                       "NEW.outbox_id = %1 THEN RAISE 'not this one'; END IF; RETURN NEW; END $$; "
                       "CREATE TRIGGER refuse BEFORE INSERT ON outbox_outcomes FOR EACH ROW "
                       "EXECUTE FUNCTION refuse()")
            .arg(message.value));
    QCOMPARE(refuse.exitCode, 0);
    QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(QStringLiteral("cannot be stored")));
    fixture.start();
    QTRY_COMPARE(fixture.stateOf(other), QStringLiteral("sent"));
    QTRY_COMPARE(fixture.provider.calls.size(), 2u);
    QCOMPARE(tests::psql(fixture.url, QStringLiteral("DROP FUNCTION refuse CASCADE")).exitCode, 0);
    fixture.clock.advance(1s);
    QTRY_COMPARE(fixture.stateOf(message), QStringLiteral("sent"));
    QCOMPARE(fixture.provider.calls.size(), 2u);
    QCOMPARE(fixture.waiting(), 0);
}

void TestDeliveryRestarts::rowMarkedByACommitNobodySawIsUnknown()
{
    CourierFixture fixture;
    fixture.sendMessage(1, text(0));
    fixture.inTransaction([&](database::Transaction &transaction) -> Result<void> {
        const auto due =
            queue::dueHeads(transaction, queue::Provider::Telegram, {}, 64, fixture.clock.now());
        if (!due)
            return failure(due.error());
        if (auto marked = queue::markSending(transaction, due->heads, fixture.clock.now() + 60s);
            !marked)
            return marked;
        const auto later = queue::dueHeads(transaction, queue::Provider::Telegram, {}, 64,
                                           fixture.clock.now() + 60s);
        if (!later)
            return failure(later.error());
        [&] {
            QCOMPARE(later->heads.size(), 1u);
            QVERIFY(later->heads[0].isUnknown);
        }();
        return {};
    });
}

REGISTER_TEST(TestDeliveryRestarts);

} // namespace tst_delivery_restarts

#include "tst_delivery_restarts.moc"
