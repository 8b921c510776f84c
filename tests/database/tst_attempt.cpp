#include "tests/database/database_fixture.h"
#include "tests/support/test_main.h"

namespace tst_attempt {

using namespace tests;

namespace {

const QString kAdd = QStringLiteral("INSERT INTO sign_in_failures (what, failures, last_at, "
                                    "not_before) VALUES (?, 1, now(), now())");

/// Remembers what a commit told.
class Heard final : public database::ChangeSink {
public:
    void publish(std::vector<core::Change> changes) override
    {
        for (const core::Change &change : changes)
            ids << change.id;
    }
    QList<qint64> ids;
};

Result<void> add(database::Transaction &transaction, const char *what)
{
    const auto added = transaction.run(kAdd, {QLatin1String(what)});
    return added ? Result<void>() : failure(added.error());
}

} // namespace

/// Trying something inside a transaction that goes on whatever comes of it.
class TestAttempt final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void whatWorksStays();
    void whatFailsIsUndoneAndTheRestCommits();
    void aFailedStatementDoesNotSpoilTheTransaction();
    void aFailedStatementThatNobodyToldOfIsAFailure();
    void oneInsideAnotherIsUndoneAlone();
    void settingsAndLateChecksEndWithIt();

private:
    [[nodiscard]] QStringList kept()
    {
        return column(*m_connection,
                      QStringLiteral("SELECT what AS answer FROM sign_in_failures ORDER BY 1"));
    }
    QString m_url;
    Heard m_heard;
    std::unique_ptr<database::Connection> m_connection;
};

void TestAttempt::init()
{
    m_connection.reset();
    m_heard.ids.clear();
    m_url = emptiedDatabase();
    m_connection = openConnection(m_url, database::Role::Application, &m_heard);
}

void TestAttempt::whatWorksStays()
{
    auto transaction = database::Transaction::begin(*m_connection);
    QVERIFY(transaction->attempt([&] {
        transaction->changed(Topic::Operator, 1);
        return add(*transaction, "tried");
    }));
    QVERIFY(transaction->commit());
    QCOMPARE(kept(), QStringList{QStringLiteral("tried")});
    QCOMPARE(m_heard.ids, QList<qint64>{1});
}

void TestAttempt::whatFailsIsUndoneAndTheRestCommits()
{
    auto transaction = database::Transaction::begin(*m_connection);
    QVERIFY(add(*transaction, "before"));
    transaction->changed(Topic::Operator, 1);
    const auto tried = transaction->attempt([&]() -> Result<void> {
        transaction->changed(Topic::Operator, 2);
        if (auto added = add(*transaction, "tried"); !added)
            return added;
        return failure({.code = ErrorCode::TooOld});
    });
    QCOMPARE(tried.error().code, ErrorCode::TooOld);
    QVERIFY(add(*transaction, "after"));
    QVERIFY(transaction->commit());
    QCOMPARE(kept(), (QStringList{QStringLiteral("after"), QStringLiteral("before")}));
    QCOMPARE(m_heard.ids, QList<qint64>{1});
}

void TestAttempt::aFailedStatementDoesNotSpoilTheTransaction()
{
    auto transaction = database::Transaction::begin(*m_connection);
    QVERIFY(add(*transaction, "one"));
    const auto tried = transaction->attempt([&] { return add(*transaction, "one"); });
    QCOMPARE(tried.error().code, ErrorCode::Duplicate);
    QVERIFY(transaction->commit());
    QCOMPARE(kept(), QStringList{QStringLiteral("one")});
}

void TestAttempt::aFailedStatementThatNobodyToldOfIsAFailure()
{
    auto transaction = database::Transaction::begin(*m_connection);
    const auto tried = transaction->attempt([&]() -> Result<void> {
        (void)add(*transaction, "one");
        (void)add(*transaction, "one");
        return {};
    });
    QVERIFY(!tried);
    QVERIFY(transaction->commit());
    QVERIFY(kept().isEmpty());
}

void TestAttempt::oneInsideAnotherIsUndoneAlone()
{
    auto transaction = database::Transaction::begin(*m_connection);
    QVERIFY(transaction->savepoint()); // as the engine has around each row
    const auto outer = transaction->attempt([&]() -> Result<void> {
        if (auto added = add(*transaction, "outer"); !added)
            return added;
        const auto inner = transaction->attempt([&]() -> Result<void> {
            (void)add(*transaction, "inner");
            return failure({});
        });
        return inner ? failure({}) : Result<void>();
    });
    QVERIFY(outer);
    QCOMPARE(kept(), QStringList{QStringLiteral("outer")});
    QVERIFY(transaction->rollbackToSavepoint());
    QVERIFY(kept().isEmpty());
    QVERIFY(transaction->commit());
}

void TestAttempt::settingsAndLateChecksEndWithIt()
{
    auto transaction = database::Transaction::begin(*m_connection);
    const auto setting = [&] {
        return transaction->run(QStringLiteral("SELECT current_setting('lock_timeout') AS s"))
            ->first()
            .text("s");
    };
    const QString before = setting();
    QVERIFY(!transaction->attempt([&]() -> Result<void> {
        if (auto set = transaction->set(QStringLiteral("SET LOCAL lock_timeout = '200ms'")); !set)
            return set;
        return failure({.detail = setting()});
    }));
    QCOMPARE(setting(), before);
    QVERIFY(before != QLatin1String("200ms"));
}

REGISTER_TEST(TestAttempt);

} // namespace tst_attempt

#include "tst_attempt.moc"
