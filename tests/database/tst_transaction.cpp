#include "tests/database/database_fixture.h"
#include "tests/support/test_main.h"

namespace tst_transaction {

using database::Connection;
using database::Transaction;
using tests::column;
using tests::number;

namespace {

class Sink final : public database::ChangeSink {
public:
    void publish(std::vector<core::Change> changes) override
    {
        for (const core::Change &change : changes)
            told.append(change.id);
    }
    QList<qint64> told;
};

} // namespace

class TestTransaction : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void transactionThatIsLeftIsRolledBack();
    void transactionBeginsWithItsFirstStatement();
    void serverThatGoesBeforeTheFirstStatementIsSeen();
    void commitAfterAFailedStatementIsRefused();
    void savepointUndoesRowsAndChanges();
    void changesAreToldAfterTheCommitOnly();
    void conflictIsTriedAgain();

private:
    [[nodiscard]] std::unique_ptr<Connection> owner() const
    {
        return tests::openConnection(m_url, database::Role::Owner);
    }
    QString m_url;
};

void TestTransaction::initTestCase()
{
    m_url = tests::emptiedDatabase();
    QVERIFY(owner()->runScript(
        QStringLiteral("CREATE TABLE IF NOT EXISTS things (id bigint PRIMARY KEY, name text)")));
}

void TestTransaction::transactionThatIsLeftIsRolledBack()
{
    auto connection = owner();
    {
        auto transaction = Transaction::begin(*connection);
        QVERIFY(transaction &&
                transaction->run(QStringLiteral("INSERT INTO things VALUES (10, 'x')")));
    }
    QCOMPARE(number(*connection, QStringLiteral("(SELECT count(*) FROM things WHERE id = 10)")), 0);
}

void TestTransaction::transactionBeginsWithItsFirstStatement()
{
    auto connection = owner();
    auto other = owner();
    const qint64 pid = number(*connection, QStringLiteral("pg_backend_pid()"));
    const auto isInTransaction = [&] {
        return number(*other, QStringLiteral("(SELECT count(*) FROM pg_stat_activity WHERE pid = "
                                             "%1 AND state = 'idle in transaction')")
                                  .arg(pid)) == 1;
    };
    auto transaction = Transaction::begin(*connection);
    QVERIFY(transaction && !isInTransaction());
    QVERIFY(transaction->run(QStringLiteral("SELECT 1 AS one")));
    QVERIFY(isInTransaction());
    QVERIFY(transaction->commit());
    QVERIFY(!isInTransaction());

    auto script = Transaction::begin(*connection); // SET LOCAL needs the transaction, too
    QVERIFY(script && script->set(QStringLiteral("SET LOCAL lock_timeout = '7s'")));
    QCOMPARE(script->run(QStringLiteral("SELECT current_setting('lock_timeout') AS t"))
                 ->first()
                 .text("t"),
             QStringLiteral("7s"));
    QVERIFY(script->commit());

    auto refused = Transaction::begin(*connection);
    QVERIFY(!refused->run(QStringLiteral("SELECT nothing FROM nowhere")));
    refused->rollback();
    auto failed = Transaction::begin(*connection);
    QVERIFY(!failed->run(QStringLiteral("SELECT 1/?::bigint AS x"), {0}));
    failed->rollback();
    QVERIFY(!isInTransaction());
    auto empty = Transaction::begin(*connection);
    QVERIFY(empty->commit());
    QCOMPARE(number(*connection, QStringLiteral("1")), 1);
    QVERIFY(!isInTransaction());
}

void TestTransaction::serverThatGoesBeforeTheFirstStatementIsSeen()
{
    auto connection = owner();
    const QString one = QStringLiteral("SELECT 1 AS one");
    {
        auto before = Transaction::begin(*connection); // both statements are prepared
        QVERIFY(before->run(one) && before->commit());
    }
    QVERIFY(owner()->run(QStringLiteral("SELECT pg_terminate_backend(?, 5000)"),
                         {number(*connection, QStringLiteral("pg_backend_pid()"))}));
    auto transaction = Transaction::begin(*connection);
    const auto rows = transaction->run(one);
    QVERIFY(!rows);
    QCOMPARE(rows.error().code, ErrorCode::DatabaseUnavailable);
    QVERIFY(connection->isLost());
    QVERIFY(!transaction->commit());
}

void TestTransaction::commitAfterAFailedStatementIsRefused()
{
    auto connection = owner();
    auto transaction = Transaction::begin(*connection);
    QVERIFY(transaction);
    QVERIFY(transaction->run(QStringLiteral("INSERT INTO things VALUES (20, 'x')")));
    QVERIFY(!transaction->run(QStringLiteral("INSERT INTO things VALUES (20, 'y')")));
    const auto done = transaction->commit();
    QVERIFY(!done);
    QCOMPARE(number(*connection, QStringLiteral("(SELECT count(*) FROM things WHERE id = 20)")), 0);
    QVERIFY(database::inTransaction(*connection, [](Transaction &next) -> Result<void> {
        const auto inserted = next.run(QStringLiteral("INSERT INTO things VALUES (20, 'z')"));
        return inserted ? Result<void>() : failure(inserted.error());
    }));
}

void TestTransaction::savepointUndoesRowsAndChanges()
{
    Sink sink;
    auto connection = tests::openConnection(m_url, database::Role::Owner, &sink);
    auto transaction = Transaction::begin(*connection);
    QVERIFY(transaction);
    QVERIFY(transaction->run(QStringLiteral("INSERT INTO things VALUES (30, 'kept')")));
    transaction->changed(Topic::Customer, 30);
    QVERIFY(transaction->savepoint());
    QVERIFY(transaction->run(QStringLiteral("INSERT INTO things VALUES (31, 'undone')")));
    transaction->changed(Topic::Customer, 31);
    QVERIFY(!transaction->run(QStringLiteral("INSERT INTO things VALUES (30, 'again')")));
    QVERIFY(transaction->rollbackToSavepoint());
    QVERIFY(transaction->commit());
    QCOMPARE(sink.told, QList<qint64>{30});
    QCOMPARE(column(*connection,
                    QStringLiteral("SELECT name AS answer FROM things WHERE id IN (30, 31)")),
             QStringList(QStringLiteral("kept")));
}

void TestTransaction::changesAreToldAfterTheCommitOnly()
{
    Sink sink;
    auto connection = tests::openConnection(m_url, database::Role::Owner, &sink);
    {
        auto transaction = Transaction::begin(*connection);
        transaction->changed(Topic::Customer, 1);
    }
    QVERIFY(sink.told.isEmpty());
    auto transaction = Transaction::begin(*connection);
    transaction->changed(Topic::Customer, 2);
    QVERIFY(sink.told.isEmpty());
    QVERIFY(transaction->commit());
    QCOMPARE(sink.told, QList<qint64>{2});
}

void TestTransaction::conflictIsTriedAgain()
{
    auto connection = owner();
    int tries = 0;
    QVERIFY(connection->runScript(
        QStringLiteral("CREATE FUNCTION pg_temp.lose() RETURNS int LANGUAGE plpgsql AS $$ BEGIN "
                       "RAISE EXCEPTION 'raced' USING ERRCODE = 'serialization_failure'; END $$")));
    const auto done =
        database::inTransaction(*connection, [&](Transaction &transaction) -> Result<void> {
            const QString sql = ++tries < 3
                                    ? QStringLiteral("SELECT pg_temp.lose()")
                                    : QStringLiteral("INSERT INTO things VALUES (40, 'third')");
            const auto rows = transaction.run(sql);
            return rows ? Result<void>() : failure(rows.error());
        });
    QVERIFY(done);
    QCOMPARE(tries, 3);
    tries = 0;
    const auto lost =
        database::inTransaction(*connection, [&](Transaction &transaction) -> Result<void> {
            ++tries;
            return failure(transaction.run(QStringLiteral("SELECT pg_temp.lose()")).error());
        });
    QVERIFY(!lost);
    QCOMPARE(lost.error().code, ErrorCode::Conflict);
    QCOMPARE(tries, 3);
}

REGISTER_TEST(TestTransaction);

} // namespace tst_transaction

#include "tst_transaction.moc"
