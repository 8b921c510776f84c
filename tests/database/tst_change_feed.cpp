#include "tests/database/database_fixture.h"
#include "tests/support/test_main.h"

#include "database/change_feed.h"

namespace tst_change_feed {

using core::Change;
using database::ChangeFeed;
using tests::openConnection;

namespace {

/// What a page would hear: signals of the feed's thread, arrived on this one.
class Listener : public QObject {
public:
    explicit Listener(ChangeFeed &feed)
    {
        connect(&feed, &api::Changes::changed, this, [this](const QList<Change> &changes) {
            ++signalCount;
            for (const Change &change : changes)
                heard.append(change.id);
        });
        connect(&feed, &api::Changes::readAgain, this, [this] { ++readAgain; });
        connect(&feed, &api::Changes::connected, this, [this] { ++connected; });
        connect(&feed, &api::Changes::lost, this, [this] { ++lost; });
    }
    QList<qint64> heard;
    int signalCount = 0;
    int readAgain = 0;
    int connected = 0;
    int lost = 0;
};

/// A feed with its listener, listening.
struct Process {
    explicit Process(const QString &url)
        : feed(url)
        , listener(feed)
        , isListening(tests::becomes([this] { return listener.readAgain > 0; }))
    {
    }
    ChangeFeed feed;
    Listener listener;
    bool isListening;
};

std::vector<Change> changes(qint64 count)
{
    std::vector<Change> all;
    for (qint64 id = 1; id <= count; ++id)
        all.push_back({Topic::Customer, id});
    return all;
}

} // namespace

class TestChangeFeed : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_url = tests::emptiedDatabase(); }
    void committedChangesAreToldHereAndElsewhereOnce();
    void manyChangesAreFewSignals();
    void moreThanAHundredIdsAreAReadAgainElsewhere();
    void lostConnectionIsToldAndComesBack();
    void whatCouldNotBeToldIsReadAgainElsewhere();

private:
    /// Cuts the connections that listen on this database just now.
    [[nodiscard]] qint64 cut(qint64 pid = 0)
    {
        return tests::number(
            *openConnection(m_url, database::Role::Owner),
            QStringLiteral("(SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE "
                           "datname = current_database() "
                           "AND application_name = 'speechcad listen' AND %1 IN (0, pid))")
                .arg(pid));
    }
    QString m_url;
};

void TestChangeFeed::committedChangesAreToldHereAndElsewhereOnce()
{
    Process one(m_url);
    Process other(m_url);
    QVERIFY(one.isListening && other.isListening);
    auto connection = openConnection(m_url, database::Role::Application, &one.feed);
    QVERIFY(database::inTransaction(*connection,
                                    [](database::Transaction &transaction) -> Result<void> {
                                        transaction.changed(Topic::Deposit, 9007199254740993);
                                        return {};
                                    }));
    QTRY_COMPARE(one.listener.heard, QList<qint64>{9007199254740993});
    QTRY_COMPARE(other.listener.heard, QList<qint64>{9007199254740993});
    // Its own notification came back before this one, and was not told a second time.
    other.feed.publish({{Topic::Wallet, 5}});
    QTRY_COMPARE(one.listener.heard, QList<qint64>({9007199254740993, 5}));
    QTRY_COMPARE(other.listener.heard, QList<qint64>({9007199254740993, 5}));
}

void TestChangeFeed::manyChangesAreFewSignals()
{
    Process one(m_url);
    QVERIFY(one.isListening);
    for (int i = 0; i < 1000; ++i)
        one.feed.publish(changes(10));
    one.feed.publish({{Topic::Customer, 99}});
    QTRY_VERIFY(one.listener.heard.contains(99));
    QVERIFY2(one.listener.signalCount < 20,
             QByteArray::number(one.listener.signalCount).constData());
    QCOMPARE(QSet<qint64>(one.listener.heard.cbegin(), one.listener.heard.cend()).size(), 11);
}

void TestChangeFeed::moreThanAHundredIdsAreAReadAgainElsewhere()
{
    Process one(m_url);
    Process other(m_url);
    QVERIFY(one.isListening && other.isListening);
    const int before = other.listener.readAgain;
    one.feed.publish(changes(101));
    QTRY_COMPARE(one.listener.heard.size(), 101);
    QTRY_COMPARE(other.listener.readAgain, before + 1);
    QVERIFY(other.listener.heard.isEmpty());
    one.feed.publish(changes(100));
    QTRY_COMPARE(other.listener.heard.size(), 100);
}

void TestChangeFeed::lostConnectionIsToldAndComesBack()
{
    Process one(m_url);
    Process other(m_url);
    QVERIFY(one.isListening && other.isListening);
    QVERIFY(cut() >= 2);
    QTRY_VERIFY(one.listener.lost == 1 && other.listener.lost == 1);
    QTRY_VERIFY(one.listener.connected == 2 && other.listener.connected == 2);
    QTRY_VERIFY(one.listener.readAgain >= 2 && other.listener.readAgain >= 2);
    one.feed.publish({{Topic::Customer, 3}});
    QTRY_COMPARE(other.listener.heard, QList<qint64>{3});
}

void TestChangeFeed::whatCouldNotBeToldIsReadAgainElsewhere()
{
    Process one(m_url);
    QVERIFY(one.isListening);
    const qint64 pid = tests::number(
        *openConnection(m_url, database::Role::Owner),
        QStringLiteral("(SELECT max(pid) FROM pg_stat_activity WHERE datname = current_database() "
                       "AND application_name = 'speechcad listen')"));
    Process other(m_url);
    QVERIFY(other.isListening);
    const int before = other.listener.readAgain;
    QCOMPARE(cut(pid), 1);
    one.feed.publish({{Topic::Customer, 4}});
    QTRY_VERIFY(one.listener.heard.contains(4)); // here it is told in any case
    QTRY_VERIFY(other.listener.readAgain > before || other.listener.heard.contains(4));
}

REGISTER_TEST(TestChangeFeed);

} // namespace tst_change_feed

#include "tst_change_feed.moc"
