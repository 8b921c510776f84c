#include "ledger/balance_at.h"
#include "ledger/explanation.h"
#include "ledger/statement.h"
#include "ledger/trial_balance.h"
#include "queue/inbox.h"
#include "tests/database/ledger_fixture.h"
#include "tests/support/test_main.h"

namespace tst_explain {

using namespace tests;
using namespace std::chrono_literals;

namespace {

constexpr qint64 kAsha = 7;
constexpr qint64 kNobody = 99;

} // namespace

/// The answers that the ledger gives about itself.
class TestExplain final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aDepositGoesBackToItsWebhook();
    void aRefundGoesBackToTheHoldAndTheOperator();
    void aCustomerIsExplainedByTheNewestTransfers();
    void whatIsNotThereIsSaidSo();
    void bodiesAreMasked();
    void balanceAtAnyMoment();
    void trialBalanceAtAnyMoment();
    void aStatementIsCsv();

private:
    template <typename T>
    Result<T> ask(const std::function<Result<T>(database::Transaction &)> &query)
    {
        return committed<T>(*m_console, query);
    }
    /// An inbox row; its id.
    InboxId record(queue::Source source, const QString &key, const QString &kind,
                   const QByteArray &payload, std::optional<InboxId> cause = {});
    ledger::Transfer make(const ledger::NewTransfer &transfer, InboxId cause, Timestamp at);
    /// 25 USD by webhook at 8:00, a hold at 9:00, its charge at 10:00, half of it back at 11:00.
    void makeHistory();

    std::unique_ptr<database::Connection> m_connection;
    std::unique_ptr<database::Connection> m_console;
    InboxId m_webhook;
    InboxId m_answer;
    InboxId m_command;
    ledger::Transfer m_deposit;
    ledger::Transfer m_hold;
    ledger::Transfer m_charge;
    ledger::Transfer m_refund;
};

void TestExplain::init()
{
    m_console.reset();
    m_connection.reset();
    const QString url = emptiedDatabase();
    m_connection = openConnection(url);
    m_console = openConnection(url, database::Role::Console);
    addCustomer(*m_connection, kAsha, QStringLiteral("Asha"));
    makeHistory();
}

InboxId TestExplain::record(queue::Source source, const QString &key, const QString &kind,
                            const QByteArray &payload, std::optional<InboxId> cause)
{
    const queue::NewEntry entry = {.source = source,
                                   .externalId = key,
                                   .lane = QStringLiteral("customer:7"),
                                   .kind = kind,
                                   .payload = payload,
                                   .cause = cause};
    const auto recorded = queue::record(*m_connection, std::span(&entry, 1), kMorning);
    if (!recorded)
        qFatal("not recorded");
    return recorded->front().id;
}

ledger::Transfer TestExplain::make(const ledger::NewTransfer &transfer, InboxId cause, Timestamp at)
{
    const auto made =
        committed<ledger::Transfer>(*m_connection, [&](database::Transaction &transaction) {
            return ledger::post(transaction, transfer, cause, at);
        });
    if (!made)
        qFatal("no transfer: %s", qUtf8Printable(made.error().detail));
    return *made;
}

void TestExplain::makeHistory()
{
    m_webhook =
        record(queue::Source::Dynopay, QStringLiteral("hook"), QStringLiteral("dynopay.webhook"),
               R"({"event":"payment.confirmed","payment_id":"p1","email":"asha@mail.in"})");
    m_answer = record(queue::Source::Delivery, QStringLiteral("31:1"),
                      QStringLiteral("deposit.verified"), R"({"ok":true,"outbox":31})", m_webhook);
    m_deposit = make({.customer = CustomerId{kAsha},
                      .kind = QStringLiteral("deposit"),
                      .requestKey = QStringLiteral("deposit:p1"),
                      .available = usd(25),
                      .platform = ledger::Platform::DynopayClearing,
                      .platformAmount = -usd(25)},
                     m_answer, kMorning);
    const InboxId tap =
        record(queue::Source::Telegram, QStringLiteral("1:2"), QStringLiteral("telegram.update"),
               R"({"update_id":2,"text":"+1 415"})");
    m_hold = make(hold(kAsha, QStringLiteral("x"), usd(10)), tap, kMorning + 1h);
    m_charge =
        make(charge(kAsha, QStringLiteral("x"), m_hold.id, usd(10), usd(4)), tap, kMorning + 2h);
    m_command =
        record(queue::Source::Operator, QStringLiteral("1:k"),
               QStringLiteral("command.refund.execute"), R"({"v":1,"call":3,"note":"told"})");
    const auto audited = m_connection->run(
        QStringLiteral("INSERT INTO audit (at, operator_name, roles, action, result, origin, "
                       "cause_id) VALUES (now(), 'maria', '{admin}', 'refund.execute', 'done', "
                       "'local', ?)"),
        {m_command.value});
    if (!audited)
        qFatal("no audit");
    m_refund = make({.customer = CustomerId{kAsha},
                     .kind = QStringLiteral("refund"),
                     .requestKey = QStringLiteral("refund:1"),
                     .available = usd(2),
                     .platform = ledger::Platform::RevenueCalls,
                     .platformAmount = -usd(2),
                     .refunds = m_charge.id},
                    m_command, kMorning + 3h);
}

void TestExplain::aDepositGoesBackToItsWebhook()
{
    const auto explained =
        ask<QList<ledger::ExplainedTransfer>>([&](database::Transaction &transaction) {
            return ledger::explainTransfer(transaction, m_deposit.id);
        });
    QVERIFY(explained);
    QCOMPARE(explained->size(), 1);
    const auto &deposit = explained->first();
    QCOMPARE(deposit.reference, QStringLiteral("deposit:p1"));
    QCOMPARE(deposit.platforms, QStringLiteral("dynopay_clearing -25.00"));
    QCOMPARE(deposit.causes.size(), 2);
    QCOMPARE(deposit.causes[0].id, m_answer);
    QCOMPARE(deposit.causes[0].source, QStringLiteral("delivery"));
    QCOMPARE(deposit.causes[0].detail, QStringLiteral("answer to a request, outbox row 31"));
    QCOMPARE(deposit.causes[1].id, m_webhook);
    QCOMPARE(deposit.causes[1].source, QStringLiteral("dynopay"));
    QCOMPARE(deposit.causes[1].receivedAt, kMorning);
    QCOMPARE(deposit.causes[1].state, QStringLiteral("waiting"));
    QCOMPARE(core::textMember(deposit.causes[1].body, "payment_id"), QStringLiteral("p1"));
    QCOMPARE(core::textMember(deposit.causes[1].body, "email"), QStringLiteral("•••"));
}

void TestExplain::aRefundGoesBackToTheHoldAndTheOperator()
{
    // From whichever of the three it is asked.
    for (const TransferId from : {m_hold.id, m_charge.id, m_refund.id}) {
        const auto explained =
            ask<QList<ledger::ExplainedTransfer>>([&](database::Transaction &transaction) {
                return ledger::explainTransfer(transaction, from);
            });
        QVERIFY(explained);
        QCOMPARE(explained->size(), 3);
        QCOMPARE((*explained)[0].id, m_hold.id);
        QCOMPARE((*explained)[1].resolves, std::optional(m_hold.id));
        QCOMPARE((*explained)[2].refunds, std::optional(m_charge.id));
        QCOMPARE((*explained)[0].causes.first().source, QStringLiteral("telegram"));
        QCOMPARE((*explained)[2].causes.size(), 1);
        QCOMPARE((*explained)[2].causes.first().detail,
                 QStringLiteral("refund.execute of operator maria: done"));
    }
}

void TestExplain::aCustomerIsExplainedByTheNewestTransfers()
{
    const auto explained =
        ask<QList<ledger::ExplainedTransfer>>([&](database::Transaction &transaction) {
            return ledger::explainCustomer(transaction, CustomerId{kAsha}, 3);
        });
    QVERIFY(explained);
    QCOMPARE(explained->size(), 3);
    QCOMPARE(explained->first().id, m_hold.id);
    QCOMPARE(explained->last().availableAfter, usd(23));
}

void TestExplain::whatIsNotThereIsSaidSo()
{
    const auto transfer =
        ask<QList<ledger::ExplainedTransfer>>([&](database::Transaction &transaction) {
            return ledger::explainTransfer(transaction, TransferId{4711});
        });
    const auto customer =
        ask<QList<ledger::ExplainedTransfer>>([&](database::Transaction &transaction) {
            return ledger::explainCustomer(transaction, CustomerId{kNobody}, 3);
        });
    const auto balance = ask<ledger::Balance>([&](database::Transaction &transaction) {
        return ledger::balanceAt(transaction, CustomerId{kNobody}, kMorning);
    });
    QCOMPARE(transfer.error().code, ErrorCode::NotFound);
    QCOMPARE(customer.error().code, ErrorCode::NotFound);
    QCOMPARE(balance.error().code, ErrorCode::NotFound);
}

void TestExplain::bodiesAreMasked()
{
    const Json body = {{"event", "call_ended"},
                       {"call",
                        {{"call_id", "c1"},
                         {"to_number", "+14155550123"},
                         {"duration_ms", 61000},
                         {"transcript", {{{"content", "my name is"}}, {{"content", "Asha"}}}}}},
                       {"chat", {{"id", 7}, {"first_name", "Asha"}}},
                       {"isFinal", true},
                       {"nothing", nullptr}};
    const auto rows = m_console->run(QStringLiteral("SELECT masked_body(?::jsonb)::text AS body"),
                                     {QString::fromUtf8(core::toBytes(body))});
    QVERIFY2(rows, rows ? "" : qUtf8Printable(rows.error().detail));
    const QByteArray masked =
        core::toBytes(core::parseJson(rows->first().text("body").toUtf8()).value());
    for (const char *secret : {"4155550123", "my name", "Asha", "\"id\":7"})
        QVERIFY2(!masked.contains(secret), secret);
    for (const char *shown : {"call_ended", "\"call_id\":\"c1\"", "61000", "2 elements", "true"})
        QVERIFY2(masked.contains(shown), shown);
}

void TestExplain::balanceAtAnyMoment()
{
    const auto at = [&](Timestamp moment) {
        const auto balance = ask<ledger::Balance>([&](database::Transaction &transaction) {
            return ledger::balanceAt(transaction, CustomerId{kAsha}, moment);
        });
        return balance ? balance->available.toString() + u'/' + balance->held.toString()
                       : balance.error().detail;
    };
    QCOMPARE(at(kMorning - 1us), QStringLiteral("0.00/0.00"));
    QCOMPARE(at(kMorning), QStringLiteral("25.00/0.00"));
    QCOMPARE(at(kMorning + 1h - 1us), QStringLiteral("25.00/0.00"));
    QCOMPARE(at(kMorning + 1h), QStringLiteral("15.00/10.00"));
    QCOMPARE(at(kMorning + 2h), QStringLiteral("21.00/0.00"));
    QCOMPARE(at(kMorning + 100h), QStringLiteral("23.00/0.00"));
}

void TestExplain::trialBalanceAtAnyMoment()
{
    const auto at = [&](std::optional<Timestamp> moment) {
        const auto balance = ask<ledger::TrialBalance>([&](database::Transaction &transaction) {
            return ledger::trialBalance(transaction, moment);
        });
        if (!balance)
            return QStringList(balance.error().detail);
        QStringList lines;
        for (const ledger::TrialLine &line : balance->lines) {
            if (!line.amount.isZero())
                lines << line.account + u' ' + line.amount.toString();
        }
        return lines << QStringLiteral("sum ") + balance->sum.toString();
    };
    QCOMPARE(
        at({}),
        QStringList({QStringLiteral("available 23.00"), QStringLiteral("dynopay_clearing -25.00"),
                     QStringLiteral("revenue_calls 2.00"), QStringLiteral("sum 0.00")}));
    QCOMPARE(at(kMorning + 1h),
             QStringList({QStringLiteral("available 15.00"), QStringLiteral("held 10.00"),
                          QStringLiteral("dynopay_clearing -25.00"), QStringLiteral("sum 0.00")}));
    QCOMPARE(at(kMorning - 1h), QStringList(QStringLiteral("sum 0.00")));
}

void TestExplain::aStatementIsCsv()
{
    QByteArray text;
    const auto take = [&](const QByteArray &bytes) {
        text += bytes;
        return true;
    };
    const auto statement = ledger::writeStatement(
        *m_connection, {.customer = CustomerId{kAsha}, .from = kMorning + 1h, .to = kMorning + 3h},
        take);
    QVERIFY(statement);
    QCOMPARE(statement->opening.available, usd(25));
    QCOMPARE(statement->closing.available, usd(21));
    QCOMPARE(statement->transfers, 2);
    QCOMPARE(text, "\xEF\xBB\xBFtime,transfer,kind,reference,available,held,debt,available_after,"
                   "held_after,debt_after\r\n"
                   "2026-11-22T09:00:00.000000Z," +
                       QByteArray::number(m_hold.id.value) +
                       ",hold,hold:x,-10.00,10.00,0.00,15.00,10.00,0.00\r\n"
                       "2026-11-22T10:00:00.000000Z," +
                       QByteArray::number(m_charge.id.value) +
                       ",charge,charge:x,6.00,-10.00,0.00,21.00,0.00,0.00\r\n");
    const auto refused = ledger::writeStatement(
        *m_connection, {.customer = CustomerId{kAsha}, .from = kMorning, .to = kMorning + 1h},
        [](const QByteArray &) { return false; });
    QCOMPARE(refused.error().code, ErrorCode::Internal);
}

REGISTER_TEST(TestExplain);

} // namespace tst_explain

#include "tst_explain.moc"
