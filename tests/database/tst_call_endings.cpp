#include "calls/call_end.h"
#include "tests/database/call_fixture.h"
#include "tests/support/test_main.h"

#include <QFile>

namespace tst_call_endings {

using namespace tests;
namespace retell = providers::retell;

namespace {

/// How a call ends by docs/call-endings.md.
struct Row {
    QString reason;
    bool isConnected = false;
    QString state;
    bool isCharged = false;
    QString outcome;
};

const QString kNewReason = QStringLiteral("a reason we do not know");

std::vector<Row> tableOfTheDocuments()
{
    QFile file(QStringLiteral(SPEECHCAD_SOURCE_DIR) + QStringLiteral("/docs/call-endings.md"));
    std::vector<Row> rows;
    if (!file.open(QIODevice::ReadOnly))
        return rows;
    for (const QString &line : QString::fromUtf8(file.readAll()).split(u'\n')) {
        QStringList cells = line.split(QStringLiteral(" | "));
        if (cells.size() != 7 || !line.startsWith(u'|') || cells[0] == QLatin1String("| Reason"))
            continue;
        cells[0].remove(0, 2);
        cells[6].chop(2);
        for (const int from : {1, 4}) {
            if (cells[from] != QLatin1String("-"))
                rows.push_back({cells[0], from == 1, cells[from],
                                cells[from + 1] == QLatin1String("charged"), cells[from + 2]});
        }
    }
    return rows;
}

enum class Telling {
    InOrder,
    Reversed,
    OnlyTheLast,
    EachTwice,
    BeforeTheAnswer,
    NoneUntilAsked,
};
constexpr std::array kTellings = {Telling::InOrder,         Telling::Reversed,
                                  Telling::OnlyTheLast,     Telling::EachTwice,
                                  Telling::BeforeTheAnswer, Telling::NoneUntilAsked};

struct Told {
    const char *event;
    Json call;
};

} // namespace

/// Every reason, connected and not, told in every way: the end that the table says.
class TestCallEndings final : public CallStage {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void tableHasEveryReason();
    void endIsAsTheTableSays_data();
    void endIsAsTheTableSays();
    void nothingIsLeftUndone();

private:
    [[nodiscard]] std::vector<Told> eventsOf(qint64 call, const Row &row);
    void tellAll(qint64 call, const Row &row, Telling telling);

    std::vector<Row> m_rows;
    qint64 m_customer = kCaller;
};

void TestCallEndings::initTestCase()
{
    m_rows = tableOfTheDocuments();
    start();
}

void TestCallEndings::tableHasEveryReason()
{
    QSet<QString> connected;
    QSet<QString> unconnected;
    for (const Row &row : m_rows)
        (row.isConnected ? connected : unconnected).insert(row.reason);
    for (const retell::ReasonFacts &facts : retell::disconnectionReasons()) {
        const QString word = facts.word;
        QVERIFY2(unconnected.contains(word), qUtf8Printable(word));
        QCOMPARE(connected.contains(word), facts.status != retell::CallStatus::NotConnected);
    }
    QCOMPARE(unconnected.size(), qsizetype(retell::disconnectionReasons().size()) + 1);
    QVERIFY(unconnected.contains(kNewReason));
}

void TestCallEndings::endIsAsTheTableSays_data()
{
    QTest::addColumn<int>("index");
    for (size_t i = 0; i < m_rows.size(); ++i)
        QTest::addRow("%s, %s", qUtf8Printable(m_rows[i].reason),
                      m_rows[i].isConnected ? "connected" : "not connected")
            << int(i);
}

std::vector<Told> TestCallEndings::eventsOf(qint64 call, const Row &row)
{
    const QString reason =
        row.reason == kNewReason ? QStringLiteral("reason_of_tomorrow") : row.reason;
    const Json over = this->over(call, reason, row.isConnected ? 100'000 : -1);
    std::vector<Told> events;
    if (row.isConnected)
        events.push_back({"call_started", ongoing(call)});
    events.push_back({"call_ended", over});
    events.push_back({"call_analyzed", analyzed(over)});
    return events;
}

void TestCallEndings::tellAll(qint64 call, const Row &row, Telling telling)
{
    std::vector<Told> events = eventsOf(call, row);
    if (telling == Telling::Reversed)
        std::reverse(events.begin(), events.end());
    if (telling == Telling::OnlyTheLast)
        events.erase(events.begin(), events.end() - 1);
    if (telling != Telling::BeforeTheAnswer)
        answerDial(call);
    if (telling == Telling::NoneUntilAsked) {
        wait(125s);
        answer("getCall", call, events.back().call);
        return;
    }
    for (const Told &event : events) {
        tell(event.event, call, event.call);
        if (telling == Telling::EachTwice)
            tell(event.event, call, event.call);
    }
    if (telling == Telling::BeforeTheAnswer)
        answerDial(call);
}

void TestCallEndings::endIsAsTheTableSays()
{
    QFETCH(int, index);
    const Row &row = m_rows[size_t(index)];
    for (const Telling telling : kTellings) {
        addCaller(++m_customer, Money::fromCents(25'00));
        const auto serial = m_customer - kCaller;
        const qint64 call =
            ask(QStringLiteral("+1201555%1").arg(serial, 4, 10, QLatin1Char('0')), m_customer);
        QCOMPARE(state(call), QStringLiteral("dialling"));
        tellAll(call, row, telling);

        QCOMPARE(state(call), row.state);
        QCOMPARE(value(call, "outcome"), row.outcome);
        const auto charged = Money::fromMicros(row.isCharged ? 583'334 : 0);
        QCOMPARE(money(m_customer).available, Money::fromCents(25'00) - charged);
        QCOMPARE(money(m_customer).held, Money());
        const QString resolved =
            row.isCharged ? QStringLiteral("charge") : QStringLiteral("release");
        QCOMPARE(kinds(m_customer),
                 (QStringList{QStringLiteral("deposit"), QStringLiteral("hold"), resolved}));
        QCOMPARE(value(call, "provider_cost"), QStringLiteral("23.456789"));
        const QStringList words = told(m_customer);
        QCOMPARE(words.value(1), QStringLiteral("call.end.") + row.outcome);
        QCOMPARE(words.value(2), row.isCharged ? QStringLiteral("call.money.charged")
                                               : QStringLiteral("call.money.released"));
        QCOMPARE(count(QStringLiteral("outbox WHERE method = 'sendMessage' AND lane = 'chat:%1'")
                           .arg(m_customer)),
                 2); // the live message and the end, whatever was told how often
        QCOMPARE(value(call, "(SELECT count(*) FROM timers WHERE key LIKE 'call:' || calls.id || "
                             "':%' AND key NOT LIKE '%:show')"),
                 QStringLiteral("0"));
    }
}

void TestCallEndings::nothingIsLeftUndone()
{
    wait(10s); // what the live messages still have to show
    QCOMPARE(looseEnds(), QString());
    QCOMPARE(count(QStringLiteral("calls WHERE NOT is_final")), 0);
    QCOMPARE(asked("createPhoneCall"), count(QStringLiteral("calls")));
}

REGISTER_TEST(TestCallEndings);

} // namespace tst_call_endings

#include "tst_call_endings.moc"
