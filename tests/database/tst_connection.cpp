#include "tests/database/database_fixture.h"
#include "tests/support/test_main.h"

#include "core/json.h"
#include "database/leader_lock.h"
#include "database/read_pool.h"

#include <QTemporaryDir>

namespace tst_connection {

using database::arrayOf;
using database::Connection;
using tests::column;
using tests::number;

namespace {

const QString kHard = QStringLiteral("it's \"quoted\" \\ back\\\\slash {a,b} NULL; é 中文 😀\n--");

} // namespace

class TestConnection : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void textComesBackAsItWent();
    void bytesComeBackAsTheyWent();
    void jsonKeepsTheDigitsOfItsFractions();
    void timesKeepTheirMicroseconds();
    void nullsStayNull();
    void numbersKeepAll64Bits();
    void textArraysKeepEveryCharacter();
    void otherArraysComeBackAsTheyWent();
    void errorNamesTheConstraintAndNoValue();
    void malformedValueIsNotRepeatedInTheError();
    void badStatementIsAnInternalError();
    void scriptFailsWithAnyOfItsStatements();
    void lostConnectionIsSeen();
    void databaseThatIsNotThereIsRefused();
    void malformedUrlIsAConfigurationError();
    void serverThatIsNotThereIsUnavailable();
    void databaseWithoutOurRoleIsRefused();
    void secondHostIsTakenWhenTheFirstIsAway();
    void applicationMayNotMakeTables();
    void questionMarksInQuotesAndCommentsAreNoParameters();
    void valuesStandInNoViewOfTheServer();
    void characterZeroIsRefused();
    void leaderIsOneAndTheNextTakesOver();
    void readPoolAnswersAndComesBackAfterALoss();

private:
    [[nodiscard]] std::unique_ptr<Connection> owner() const
    {
        return tests::openConnection(m_url, database::Role::Owner);
    }
    QString m_url;
};

void TestConnection::initTestCase()
{
    m_url = tests::emptiedDatabase();
    QVERIFY(owner()->runScript(
        QStringLiteral("CREATE TABLE IF NOT EXISTS things (id bigint PRIMARY KEY, name text "
                       "CONSTRAINT short CHECK (length(name) < 9))")));
}

void TestConnection::textComesBackAsItWent()
{
    auto connection = owner();
    const auto rows = connection->run(QStringLiteral("SELECT ?::text AS t, ?::text AS empty"),
                                      {kHard, QStringLiteral("")});
    QVERIFY(rows);
    QCOMPARE(rows->first().text("t"), kHard);
    QVERIFY(!rows->first().isNull("empty"));
}

void TestConnection::bytesComeBackAsTheyWent()
{
    QByteArray all;
    for (int byte = 0; byte < 256; ++byte)
        all.append(static_cast<char>(byte));
    const auto rows =
        owner()->run(QStringLiteral("SELECT ?::bytea AS b, length(?::bytea) AS n"), {all, all});
    QVERIFY(rows);
    QCOMPARE(rows->first().bytes("b"), all);
    QCOMPARE(rows->first().integer("n"), 256);
}

void TestConnection::jsonKeepsTheDigitsOfItsFractions()
{
    const QString text =
        QStringLiteral(R"({"a": 0.100000000000000001, "b": [1, "\"\\"], "c": 9007199254740993})");
    const auto rows = owner()->run(QStringLiteral("SELECT ?::jsonb AS j"), {text});
    QVERIFY(rows);
    QCOMPARE(rows->first().text("j"), text);
    const auto json = core::parseJson(rows->first().text("j").toUtf8());
    QVERIFY(json);
    QCOMPARE(core::numberText(*json, "a").value(), QStringLiteral("0.100000000000000001"));
    QCOMPARE(core::integerMember(*json, "c").value(), 9007199254740993);
}

void TestConnection::timesKeepTheirMicroseconds()
{
    auto connection = owner();
    for (const qint64 micros : {0LL, -1LL, 1'795'334'400'123'457LL, 4'102'444'799'999'999LL}) {
        const auto rows = connection->run(QStringLiteral("SELECT to_micros(?::timestamptz) AS at"),
                                          {core::toIso(core::fromMicros(micros))});
        QVERIFY(rows);
        QCOMPARE(core::toMicros(rows->first().time("at")), micros);
    }
}

void TestConnection::nullsStayNull()
{
    const auto rows = owner()->run(
        QStringLiteral("SELECT ?::text AS t, ?::bigint AS n, ?::bytea AS b, "
                       "?::text AS empty_text, ?::bytea AS empty_bytes"),
        {database::null(), database::null(), database::null(), QString(), QByteArray()});
    QVERIFY(rows);
    const database::Row row = rows->first();
    QVERIFY(row.isNull("t") && row.isNull("n") && row.isNull("b"));
    QVERIFY(!row.optionalInteger("n") && !row.optionalTime("n"));
    QCOMPARE(row.integer("n"), 0);
    // A null QString is an empty text to us, and so it is to the database.
    QVERIFY(!row.isNull("empty_text") && !row.isNull("empty_bytes"));
}

void TestConnection::numbersKeepAll64Bits()
{
    auto connection = owner();
    for (const qint64 value :
         {std::numeric_limits<qint64>::max(), std::numeric_limits<qint64>::min() + 1, 0LL}) {
        const auto rows = connection->run(QStringLiteral("SELECT ?::bigint AS n"), {value});
        QVERIFY(rows);
        QCOMPARE(rows->first().integer("n"), value);
        QCOMPARE(rows->first().money("n"), Money::fromMicros(value));
    }
}

void TestConnection::textArraysKeepEveryCharacter()
{
    const std::vector<QString> values = {kHard,
                                         QString(),
                                         QStringLiteral("NULL"),
                                         QStringLiteral("\\"),
                                         QStringLiteral("\""),
                                         QStringLiteral(" a ")};
    auto connection = owner();
    QCOMPARE(column(*connection, QStringLiteral("SELECT unnest(?::text[]) AS answer"),
                    {arrayOf(values)}),
             QStringList(values.begin(), values.end()));
    const std::vector<std::optional<QString>> some = {QStringLiteral("x"), std::nullopt,
                                                      QStringLiteral("NULL")};
    QCOMPARE(column(*connection,
                    QStringLiteral("SELECT coalesce(a, 'none') AS answer FROM unnest(?::text[]) a"),
                    {arrayOf(some)}),
             QStringList({QStringLiteral("x"), QStringLiteral("none"), QStringLiteral("NULL")}));
    QCOMPARE(column(*connection, QStringLiteral("SELECT unnest(?::text[]) AS answer"),
                    {arrayOf(std::vector<QString>())}),
             QStringList());
}

void TestConnection::otherArraysComeBackAsTheyWent()
{
    const std::vector<QByteArray> bytes = {QByteArrayLiteral("\x00\xff\"\\"), QByteArray(),
                                           QByteArrayLiteral("")};
    const auto rows = owner()->run(
        QStringLiteral("SELECT b, n FROM unnest(?::bytea[], ?::bigint[]) u(b, n)"),
        {arrayOf(bytes), arrayOf(std::vector<std::optional<qint64>>{-1, std::nullopt, 3})});
    QVERIFY(rows);
    QCOMPARE(rows->size(), 3);
    QCOMPARE((*rows)[0].bytes("b"), bytes[0]);
    QVERIFY((*rows)[1].isNull("b") && (*rows)[1].isNull("n"));
    QVERIFY(!(*rows)[2].isNull("b"));
    QCOMPARE((*rows)[0].integer("n"), -1);
}

void TestConnection::errorNamesTheConstraintAndNoValue()
{
    auto connection = owner();
    const QString insert = QStringLiteral("INSERT INTO things VALUES (?, ?)");
    QVERIFY(connection->run(insert, {77001122, QStringLiteral("a")}));
    const auto twice = connection->run(insert, {77001122, QStringLiteral("b")});
    QVERIFY(!twice);
    QCOMPARE(twice.error().code, ErrorCode::Duplicate);
    QVERIFY(twice.error().detail.contains(QLatin1String("things_pkey")));
    QVERIFY(!twice.error().detail.contains(QLatin1String("77001122")));

    const auto tooLong = connection->run(insert, {2, QStringLiteral("+1 555 0100 secret")});
    QVERIFY(!tooLong);
    QCOMPARE(tooLong.error().code, ErrorCode::ConstraintViolated);
    QVERIFY(tooLong.error().detail.contains(QLatin1String("\"short\"")));
    QVERIFY(!tooLong.error().detail.contains(QLatin1String("secret")));
    QVERIFY(!tooLong.error().transient && !connection->isLost());
}

void TestConnection::malformedValueIsNotRepeatedInTheError()
{
    auto connection = owner();
    const QString secret = QStringLiteral("sk-secret-1234");
    for (const char *type : {"bigint", "jsonb", "timestamptz", "platform_account", "bigint[]"}) {
        const auto rows = connection->run(
            QStringLiteral("SELECT ?::text::%1 AS x").arg(QLatin1String(type)), {secret});
        QVERIFY(!rows);
        QVERIFY2(!rows.error().detail.contains(secret), qPrintable(rows.error().detail));
        QVERIFY(!rows.error().detail.isEmpty() && !rows.error().transient);
    }
    const auto bound = connection->run(QStringLiteral("SELECT ?::bigint AS x"), {secret});
    QVERIFY(!bound && !bound.error().detail.contains(secret));
}

void TestConnection::badStatementIsAnInternalError()
{
    auto connection = owner();
    const auto rows = connection->run(QStringLiteral("SELECT nothing FROM nowhere"));
    QVERIFY(!rows);
    QCOMPARE(rows.error().code, ErrorCode::Internal);
    QVERIFY(!connection->isLost());
    QCOMPARE(number(*connection, QStringLiteral("1")), 1);
}

void TestConnection::scriptFailsWithAnyOfItsStatements()
{
    auto connection = owner();
    QVERIFY(connection->runScript(QStringLiteral("SELECT 1; SELECT 2; SET lock_timeout = '3s'")));
    QCOMPARE(
        column(*connection, QStringLiteral("SELECT current_setting('lock_timeout') AS answer")),
        QStringList(QStringLiteral("3s")));
    for (const char *script :
         {"SELECT 1/0; SELECT 1", "SELECT 1; SELECT 1/0; SELECT 1", "SELECT 1; SELECT 1/0"})
        QVERIFY2(!connection->runScript(QLatin1String(script)), script);
}

void TestConnection::lostConnectionIsSeen()
{
    auto connection = owner();
    const qint64 pid = number(*connection, QStringLiteral("pg_backend_pid()"));
    auto other = owner();
    QVERIFY(other->run(QStringLiteral("SELECT pg_terminate_backend(?)"), {pid}));
    QVERIFY(tests::becomes([&] { return !connection->run(QStringLiteral("SELECT 1 AS one")); }));
    QVERIFY(connection->isLost());
    const auto after = connection->run(QStringLiteral("SELECT 2 AS two"));
    QVERIFY(!after);
    QCOMPARE(after.error().code, ErrorCode::DatabaseUnavailable);
    QVERIFY(after.error().transient);
}

void TestConnection::databaseThatIsNotThereIsRefused()
{
    QString url = m_url;
    url.replace(QLatin1String("postgresql:///"), QLatin1String("postgresql:///nowhere_"));
    const auto opened = Connection::open(url, QStringLiteral("test"));
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, ErrorCode::DatabaseRefused);
    QVERIFY(!opened.error().transient);
}

void TestConnection::malformedUrlIsAConfigurationError()
{
    const auto opened =
        Connection::open(QStringLiteral("postgresql://u:pa ss@[h/"), QStringLiteral("test"));
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, ErrorCode::ConfigurationInvalid);
    QVERIFY(!opened.error().detail.contains(QLatin1String("pa ss")));
}

void TestConnection::serverThatIsNotThereIsUnavailable()
{
    const QTemporaryDir empty;
    const auto opened = Connection::open(QStringLiteral("postgresql:///x?host=") + empty.path(),
                                         QStringLiteral("test"));
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, ErrorCode::DatabaseUnavailable);
    QVERIFY(opened.error().transient);
}

void TestConnection::databaseWithoutOurRoleIsRefused()
{
    // Roles belong to the cluster, so only one of its own has never seen ours.
    tests::TestCluster cluster;
    const QString url = cluster.createDatabase();
    QVERIFY(Connection::open(url, QStringLiteral("test"), database::Role::Owner));
    const auto opened = Connection::open(url, QStringLiteral("test"));
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, ErrorCode::DatabaseRefused);
}

void TestConnection::secondHostIsTakenWhenTheFirstIsAway()
{
    const QTemporaryDir wrong;
    auto &cluster = tests::TestCluster::instance().cluster();
    const QString name =
        column(*owner(), QStringLiteral("SELECT current_database() AS answer")).first();
    const QString user = cluster.superuser();
    for (const char *attributes : {"", "&target_session_attrs=read-write"}) {
        const QString url = QStringLiteral("postgresql:///%1?user=%2&host=%3,%4&port=%5%6")
                                .arg(name, user, wrong.path(), cluster.socketDirectory(),
                                     QString::number(cluster.port()), QLatin1String(attributes));
        auto opened = Connection::open(url, QStringLiteral("two hosts"));
        QVERIFY2(opened, opened ? "" : qPrintable(opened.error().detail));
        QCOMPARE(column(**opened,
                        QStringLiteral("SELECT current_setting('application_name') AS answer")),
                 QStringList(QStringLiteral("speechcad two hosts")));
    }
}

void TestConnection::applicationMayNotMakeTables()
{
    auto connection = tests::openConnection(m_url);
    const auto made = connection->runScript(QStringLiteral("CREATE TABLE mine (x int)"));
    QVERIFY(!made);
    QCOMPARE(made.error().code, ErrorCode::DatabaseRefused);
}

void TestConnection::questionMarksInQuotesAndCommentsAreNoParameters()
{
    auto connection = owner();
    const auto rows =
        connection->run(QStringLiteral("SELECT '?' AS text, ?::text AS \"what?\" -- really?\n"
                                       ", /* ? */ 'it''s ?' AS quoted, ?::bigint AS n"),
                        {QStringLiteral("?"), 2});
    QVERIFY2(rows, rows ? "" : qPrintable(rows.error().detail));
    QCOMPARE(rows->first().text("text"), QStringLiteral("?"));
    QCOMPARE(rows->first().text("what?"), QStringLiteral("?"));
    QCOMPARE(rows->first().text("quoted"), QStringLiteral("it's ?"));
    QCOMPARE(rows->first().integer("n"), 2);
}

void TestConnection::valuesStandInNoViewOfTheServer()
{
    auto connection = owner();
    const auto rows = connection->run(
        QStringLiteral("SELECT query FROM pg_stat_activity WHERE pid = pg_backend_pid() AND "
                       "?::text IS NOT NULL"),
        {QStringLiteral("sk-secret-1234")});
    QVERIFY(rows && rows->size() == 1);
    QVERIFY(rows->first().text("query").contains(QLatin1String("$1::text")));
    QVERIFY(!rows->first().text("query").contains(QLatin1String("sk-secret")));
}

void TestConnection::characterZeroIsRefused()
{
    auto connection = owner();
    const auto rows =
        connection->run(QStringLiteral("SELECT ?::text AS t"),
                        {QStringLiteral("cut") + QChar(u'\0') + QStringLiteral("off")});
    QVERIFY(!rows && !rows.error().transient);
    QVERIFY(!connection->isLost());
}

void TestConnection::leaderIsOneAndTheNextTakesOver()
{
    database::LeaderLock first(QStringLiteral("job"));
    database::LeaderLock second(QStringLiteral("job"));
    database::LeaderLock other(QStringLiteral("another job"));
    auto one = tests::openConnection(m_url);
    auto two = tests::openConnection(m_url);
    QVERIFY(first.tryTake(*one).value());
    QVERIFY(first.tryTake(*one).value());
    QVERIFY(!second.tryTake(*two).value());
    QVERIFY(other.tryTake(*two).value());
    one.reset();
    QVERIFY(tests::becomes([&] { return second.tryTake(*two).value(); }));
    QVERIFY(second.isLeader());
}

void TestConnection::readPoolAnswersAndComesBackAfterALoss()
{
    database::ReadPool pool(m_url, 2);
    const auto pid = [&pool] {
        return pool.read<qint64>([](Connection &connection) -> Result<qint64> {
            return number(connection, QStringLiteral("pg_backend_pid()"));
        });
    };
    const auto first = pid();
    const auto second = pid();
    QTRY_VERIFY(first.isFinished() && second.isFinished());
    QVERIFY(first.result().value() != second.result().value());
    QVERIFY(
        owner()->run(QStringLiteral("SELECT pg_terminate_backend(?)"), {first.result().value()}));
    const auto comesBack = [&] {
        auto asked = pool.read<qint64>([](Connection &connection) -> Result<qint64> {
            const auto rows = connection.run(QStringLiteral("SELECT 42 AS n"));
            return rows ? Result<qint64>(rows->first().integer("n")) : failure(rows.error());
        });
        asked.waitForFinished();
        return asked.result() && asked.result().value() == 42;
    };
    QVERIFY(tests::becomes([&] { return comesBack() && comesBack(); }));
    QCOMPARE(
        number(*owner(), QStringLiteral("(SELECT count(*) FROM pg_stat_activity WHERE pid = %1)")
                             .arg(first.result().value())),
        0);
}

REGISTER_TEST(TestConnection);

} // namespace tst_connection

#include "tst_connection.moc"
